"""Pages from the network, only for addresses that somebody gave: bounded, polite, and public.

Every hop and every address that a name stands for is checked where the connection is made, so that
neither a redirect nor a name service can lead into a private network.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from factcheck import __version__
from factcheck.errors import UnreadableError
from factcheck.ingest.formats import other_format
from factcheck.intake.charset import decoded
from factcheck.intake.drafts import web_address
from factcheck.intake.fetched import Marks, marks_of
from factcheck.intake.lookup import library
from factcheck.intake.refresh import LOOKED_AT, leads_to

USER_AGENT = f"factcheck-cli/{__version__} (fetches single articles that a person asked for)"
_WAITED_FOR = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Bounds:
    """What a page may cost. Seconds are for all of it, redirects and attempts included."""

    seconds: float = 40.0
    silence: float = 10.0
    size: int = 20_000_000
    redirects: int = 5
    attempts: int = 3
    longest_wait: float = 10.0
    robots_size: int = 500_000


@dataclass(frozen=True)
class Page:
    """What an address gave: its last address, the body unpacked, the charset that was told, and the
    server's marks of this version. `unchanged`: it is the version that was asked about.
    """

    url: str
    data: bytes
    charset: str | None
    marks: Marks = field(default_factory=Marks)
    unchanged: bool = False


@dataclass
class Network:
    """Fetches pages. `may_ask` tells of an IP address whether it may be connected to."""

    may_ask: Callable[[str], bool] = field(default_factory=lambda: is_public)
    bounds: Bounds = field(default_factory=Bounds)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, url: str, known: Marks | None = None) -> Page:
        """The page of an address, its body only if it is not the version of the marks `known`.

        Raises `UnreadableError` with the reason where there is none.
        """
        httpx = library("httpx")
        found: list[Page | BaseException] = []
        until = time.monotonic() + self.bounds.seconds

        def run() -> None:
            try:
                found.append(self._get(httpx, url, known or Marks(), until))
            except BaseException as error:
                found.append(error)

        # A server that drips one byte at a time keeps every single wait short: the whole is bounded
        # from outside.
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(self.bounds.seconds + 1)
        if not found:
            raise _too_slow(self.bounds)
        result = found[0]
        if isinstance(result, httpx.TimeoutException):
            raise UnreadableError(
                "network", f"did not answer within {self.bounds.silence:g} seconds"
            ) from result
        if isinstance(result, httpx.HTTPError | httpx.InvalidURL | httpx.StreamError):
            raise UnreadableError("network", f"cannot be fetched: {_told(result)}") from result
        if isinstance(result, BaseException):
            raise result
        return result

    def _get(self, httpx: Any, url: str, known: Marks, until: float) -> Page:
        with httpx.Client(
            transport=_Guarded(httpx, self.may_ask),
            timeout=self.bounds.silence,
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            trust_env=False,
        ) as client:
            sent_on = False
            for _ in range(self.bounds.redirects + 1):
                self._ask_robots(client, url, until)
                answer = self._attempted(client, url, known, until)
                if isinstance(answer, str):
                    url = answer
                elif following := _sends_on(answer):
                    url, sent_on = following, True
                else:
                    # That the page in between has not changed would tell nothing of the last one.
                    return replace(answer, marks=Marks()) if sent_on else answer
        raise UnreadableError("network", f"redirects more than {self.bounds.redirects} times")

    def _attempted(self, client: Any, url: str, known: Marks, until: float) -> Page | str:
        """The page, or where it redirects to; asked again after a while if the server is busy."""
        for attempt in range(self.bounds.attempts):
            with client.stream("GET", url, headers=known.headers) as response:
                status = response.status_code
                if status == 304 and known.headers:
                    return Page(url, b"", None, known, unchanged=True)
                if response.has_redirect_location:
                    return _next(url, response.headers["location"])
                if 200 <= status < 300:
                    data = b"".join(_unpacked(response, self.bounds.size, until, self.bounds))
                    return Page(url, data, response.charset_encoding, marks_of(response.headers))
                wait = _wait(response.headers.get("retry-after"), attempt)
            last = attempt + 1 == self.bounds.attempts
            late = time.monotonic() + wait > until or wait > self.bounds.longest_wait
            if status not in _WAITED_FOR or last or late:
                break
            time.sleep(wait)
        raise UnreadableError(
            "network", f"the server says {status} {response.reason_phrase}".strip()
        )

    def _ask_robots(self, client: Any, url: str, until: float) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self._robots.get(origin)
        if rules is None:
            rules = self._robots[origin] = self._rules(client, f"{origin}/robots.txt", until)
        if not rules.can_fetch(USER_AGENT, url):
            raise UnreadableError("network", "its site asks programs not to fetch it (robots.txt)")

    def _rules(self, client: Any, url: str, until: float) -> RobotFileParser:
        """The rules of a site: none where it has none; where it cannot say, nothing may be fetched.

        So RFC 9309 has it.
        """
        rules = RobotFileParser()
        for _ in range(self.bounds.redirects + 1):
            with client.stream("GET", url) as response:
                if response.has_redirect_location:
                    url = _next(url, response.headers["location"])
                    continue
                if response.status_code >= 500:
                    rules.parse(["User-agent: *", "Disallow: /"])
                elif response.status_code >= 400:
                    rules.parse([])
                else:
                    parts = _unpacked(response, self.bounds.robots_size, until, self.bounds)
                    rules.parse(b"".join(parts).decode("utf-8", "replace").splitlines())
                return rules
        rules.parse([])
        return rules


class _Guarded:
    """A transport that connects to public addresses alone, by the number that was checked."""

    def __init__(self, httpx: Any, may_ask: Callable[[str], bool]) -> None:
        self._may_ask = may_ask
        # No connection is kept: one that was opened for a name is not used for another.
        self._inner = httpx.HTTPTransport(
            trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    def handle_request(self, request: Any) -> Any:
        host = request.url.host
        number = _checked(host, request.url.port, request.url.scheme, self._may_ask)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=number)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()

    def __enter__(self) -> _Guarded:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _checked(host: str, port: int | None, scheme: str, may_ask: Callable[[str], bool]) -> str:
    """The first address of a host, if all of its addresses may be asked."""
    try:
        found = socket.getaddrinfo(
            host, port or (443 if scheme == "https" else 80), type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise UnreadableError("network", f"{host}: no such host is known") from error
    numbers = [str(entry[4][0]) for entry in found]
    for number in numbers:
        if not may_ask(number):
            raise UnreadableError(
                "network",
                f"{host} is {number}, which is no public address; "
                "--allow-private fetches from a network of your own",
            )
    return numbers[0]


def anywhere(number: str) -> bool:
    """Whether an IP address may be asked where private networks are allowed: always."""
    return True


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet, also as IPv6 writes those of IPv4."""
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = None
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _embedded(address)
    return (
        address.is_global and not address.is_multicast and (inner is None or is_public(str(inner)))
    )


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a translator (NAT64) reaches by an IPv6 one."""
    nat64 = ipaddress.IPv6Network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in nat64 else None


def _sends_on(page: Page) -> str | None:
    """Where a page sends its reader by itself, as a redirect does."""
    if page.unchanged or b"http-equiv" not in page.data[:LOOKED_AT].lower():
        return None
    if other_format(page.data) not in (None, "HTML"):
        return None
    told = leads_to(decoded(page.data[:LOOKED_AT], page.charset), page.url)
    return _next(page.url, told) if told else None


def _next(url: str, location: str) -> str:
    following = web_address(urljoin(url, location))
    if following is None:
        raise UnreadableError("network", "redirects to what is no address of the web")
    return following


def _unpacked(response: Any, most: int, until: float, bounds: Bounds) -> Iterator[bytes]:
    """The body in pieces, unpacked no further than is allowed."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise UnreadableError(
            "network", f"is packed in a way that nobody asked for ({encoding})"[:120]
        )
    unpacker = _Unpacker(bare=encoding == "deflate") if encoding not in ("identity", "") else None
    size = 0
    for chunk in response.iter_raw():
        if time.monotonic() > until:
            raise _too_slow(bounds)
        if unpacker:
            try:
                chunk = unpacker.unpack(chunk, most + 1 - size)
            except zlib.error as error:
                raise UnreadableError("network", f"is packed and damaged: {error}") from error
        size += len(chunk)
        if size > most:
            raise UnreadableError("network", f"is larger than {most / 1e6:g} MB")
        yield chunk
    if unpacker and not unpacker.is_whole:
        raise UnreadableError("network", "is packed and cut off before its end")


class _Unpacker:
    """gzip, also of several members, and deflate, where it is `bare` without its head, too."""

    def __init__(self, bare: bool) -> None:
        self._bare = bare
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._fed = False

    @property
    def is_whole(self) -> bool:
        return self._inner.eof or not self._fed

    def unpack(self, data: bytes, most: int) -> bytes:
        """What a piece unpacks to, `most` bytes of it at most. Raises `zlib.error`."""
        out = b""
        while data and len(out) < most:
            if self._inner.eof:
                if not data.startswith(b"\x1f\x8b"):
                    break  # What follows the end is nothing.
                self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                out += self._inner.decompress(data, most - len(out))
            except zlib.error:
                if self._fed or not self._bare:
                    raise
                self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
                out += self._inner.decompress(data, most)
            self._fed = True
            data = self._inner.unused_data or self._inner.unconsumed_tail
        return out


def _wait(told: str | None, attempt: int) -> float:
    """Seconds until the next attempt: what the server asks for, else more each time."""
    if told and re.fullmatch(r"[0-9]{1,6}", told):
        return float(told)
    with contextlib.suppress(TypeError, ValueError):
        moment = parsedate_to_datetime(told or "")
        return max(0.0, moment.timestamp() - time.time())
    return 0.5 * 2.0**attempt


def _too_slow(bounds: Bounds) -> UnreadableError:
    return UnreadableError("network", f"takes more than {bounds.seconds:g} seconds to fetch")


def _told(error: BaseException) -> str:
    return str(error)[:200] or type(error).__name__
