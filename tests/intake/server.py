"""A web server for tests, on this computer, that behaves as badly as servers do."""

from __future__ import annotations

import contextlib
import functools
import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = (
    "The mayor of Harlow, Ann Cole, said on Friday that the old coal bridge over the Sill would "
    "stay closed until May.",
    "“It is unsafe,” she told reporters in front of the town hall, where some forty people had "
    "gathered to hear what the engineers had found.",
    "The engineers found three cracks in the northern pier, the council said in a statement, and "
    "asked for a second opinion before anything is rebuilt.",
)


def page(*paragraphs: str, head: str = "", title: str = "Bridge closed") -> str:
    """An article's page with navigation around it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or TEXT)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
        f"<article><h1>{title}</h1>{text}</article><footer>About us</footer></body></html>"
    )


@functools.cache
def bomb() -> bytes:
    """A hundred megabytes in a hundred kilobytes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(100)) + packer.flush()


class Handler(BaseHTTPRequestHandler):
    """Each path is one kind of behaviour."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        name = self.path.strip("/").partition("?")[0].replace(".", "_") or "article"
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"give_{name}", self.give_missing)()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def give(self, body: str | bytes, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def give_missing(self) -> None:
        self.give("nothing here", 404)

    def give_robots_txt(self) -> None:
        self.give("User-agent: *\nDisallow: /closed\n", Content_Type="text/plain")

    def give_article(self) -> None:
        self.give(page())

    def give_marked(self) -> None:
        """A page with an `ETag`; another one once "next" was asked for."""
        self._give_unless("If-None-Match", ETag=f'"{self._version()}"')

    def give_dated(self) -> None:
        """A page with a `Last-Modified`."""
        day = f"Sat, 1{self._version()} Apr 2025 08:00:00 GMT"
        self._give_unless("If-Modified-Since", Last_Modified=day)

    def _version(self) -> int:
        return self.server.asked.count("next")

    def _give_unless(self, asked: str, **mark: str) -> None:
        if self.headers.get(asked) == next(iter(mark.values())):
            self.send_response(304)
            self.end_headers()
        else:
            more = "The firm did not answer." if self._version() else "The firm is asked."
            self.give(page(*TEXT, more), 200, **mark)

    def give_marked_feed(self) -> None:
        host = f"http://{self.headers['Host']}"
        self.give(
            "<rss version='2.0'><channel><title>Harlow Post</title>"
            f"<item><title>a</title><link>{host}/article</link></item></channel></rss>",
            Content_Type="application/rss+xml",
            ETag='"feed"',
        )

    def give_closed(self) -> None:
        self.give(page())

    def give_other(self) -> None:
        self.give(
            page(
                "Ann Cole, the mayor, said that the bridge in Harlow would be closed until June.",
                *TEXT[2:],
                "The firm that built it did not answer questions on Saturday, and its office in "
                "the harbour stayed dark.",
                title="No bridge before June",
            )
        )

    def give_moved(self) -> None:
        self.give("", 302, Location="/article")

    def give_sent_on(self) -> None:
        self._send_on("/article")

    def give_sent_in_a_circle(self) -> None:
        self._send_on("/sent_in_a_circle_too")

    def give_sent_in_a_circle_too(self) -> None:
        self._send_on("/sent_in_a_circle")

    def give_sent_to_private(self) -> None:
        self._send_on(f"http://127.0.0.2:{self.server.server_port}/article")

    def give_sent_to_file(self) -> None:
        self._send_on("file:///etc/passwd")

    def give_sent_to_closed(self) -> None:
        self._send_on("/closed")

    def _send_on(self, address: str) -> None:
        told = f'<meta http-equiv="refresh" content="0; url={address}">'
        self.give(page("One moment, please.", head=told), ETag='"in between"')

    def give_loop(self) -> None:
        self.give("", 302, Location="/loop")

    def give_to_private(self) -> None:
        self.give("", 302, Location=f"http://127.0.0.2:{self.server.server_port}/article")

    def give_to_metadata(self) -> None:
        self.give("", 302, Location="http://169.254.169.254/latest/")

    def give_to_file(self) -> None:
        self.give("", 302, Location="file:///etc/passwd")

    def give_busy_once(self) -> None:
        first = self.server.asked.count(self.path) == 1
        if first:
            self.give("busy", 503, Retry_After="0")
        else:
            self.give(page())

    def give_busy(self) -> None:
        self.give("busy", 429, Retry_After="0")

    def give_until(self) -> None:
        """Busy until a moment that is past."""
        if self.server.asked.count(self.path) == 1:
            self.give("busy", 503, Retry_After="Sat, 12 Apr 2025 08:00:00 GMT")
        else:
            self.give(page())

    def give_later(self) -> None:
        self.give("busy", 503, Retry_After="3600")

    def give_wrong_charset(self) -> None:
        self.give(page(), Content_Type="text/html; charset=iso-8859-1")

    def give_old_charset(self) -> None:
        self.give(page().encode("cp1252"), Content_Type="text/html; charset=windows-1252")

    def give_no_charset(self) -> None:
        self.give(page(), Content_Type="text/html; charset=zlib")

    def give_packed(self) -> None:
        self.give(gzip.compress(page().encode()), Content_Encoding="gzip")

    def give_members(self) -> None:
        data = page().encode()
        packed = gzip.compress(data[:300]) + gzip.compress(data[300:])
        self.give(packed, Content_Encoding="gzip")

    def give_bare(self) -> None:
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = packer.compress(page().encode()) + packer.flush()
        self.give(packed, Content_Encoding="deflate")

    def give_broken_off(self) -> None:
        self.give(gzip.compress(page().encode())[:-100], Content_Encoding="gzip")

    def give_wide(self) -> None:
        self.give(page().encode("utf-16"), Content_Type="text/html; charset=utf-16")

    def give_damaged(self) -> None:
        self.give(gzip.compress(page().encode())[10:], Content_Encoding="gzip")

    def give_unknown_packing(self) -> None:
        self.give(page(), Content_Encoding="br")

    def give_bomb(self) -> None:
        self.give(bomb(), Content_Encoding="gzip")

    def give_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"<p>and so on</p>" * 1000)

    def give_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x")
            time.sleep(0.05)

    def give_dripping_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            self.wfile.write(b"x")
            time.sleep(0.05)

    def give_silence(self) -> None:
        time.sleep(5)

    def give_paywall(self) -> None:
        self.give(page(TEXT[0], "Subscribe to continue reading this article."))

    def give_consent(self) -> None:
        self.give(page("We value your privacy. We and our partners store cookies.", "Accept all"))

    def give_soft_404(self) -> None:
        self.give(page("Sorry, the page you are looking for does not exist.", title="Oops"))

    def give_feed(self) -> None:
        host = f"http://127.0.0.1:{self.server.server_port}"
        items = "".join(
            f"<item><title>{title}</title><link>{host}/{path}</link><description>In short."
            "</description></item>"
            for title, path in (("Bridge closed", "article"), ("No bridge", "other"))
        )
        feed = f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"
        self.give(feed, Content_Type="application/rss+xml")


class Server(ThreadingHTTPServer):
    """Clients that go away are what it is for."""

    daemon_threads = True
    asked: list[str]

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextlib.contextmanager
def serving() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that runs, and the paths that it was asked for."""
    server = Server(("127.0.0.1", 0), Handler)
    bomb()  # It takes a while to make.
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked
    finally:
        server.shutdown()
        server.server_close()
