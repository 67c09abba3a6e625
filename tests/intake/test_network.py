"""What is fetched, from a real server that behaves badly, and what is not."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator

import pytest

from factcheck.errors import UnreadableError
from factcheck.intake.charset import decoded
from factcheck.intake.fetched import Marks
from factcheck.intake.network import Bounds, Network, is_public
from tests.intake.server import page, serving

BOUNDS = Bounds(seconds=2, silence=1, size=3_000_000)


def ours(number: str) -> bool:
    """The test's server is public, as it were; nothing else on this computer is."""
    return number == "127.0.0.1"


@pytest.fixture(name="server", scope="module")
def server_fixture() -> Iterator[tuple[str, list[str]]]:
    with serving() as running:
        yield running


@pytest.mark.parametrize(
    "path",
    [
        "article",
        "moved",
        "sent_on",
        "busy_once",
        "until",
        "packed",
        "members",
        "bare",
        "wide",
        "wrong_charset",
        "old_charset",
        "no_charset",
    ],
)
def test_a_page_comes_as_it_is(path: str, server: tuple[str, list[str]]) -> None:
    host, _ = server
    found = Network(ours, BOUNDS).get(f"{host}/{path}")
    assert decoded(found.data, found.charset) == page()
    assert found.url == f"{host}/{'article' if path in ('moved', 'sent_on') else path}"
    # Marks of a page in between would say of the last one that it has not changed.
    assert found.marks == Marks()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "the server says 404"),
        ("busy", "the server says 429"),
        ("later", "the server says 503"),
        ("loop", "redirects more than 5 times"),
        ("to_private", "127.0.0.2, which is no public address"),
        ("to_metadata", "169.254.169.254, which is no public address"),
        ("to_file", "no address of the web"),
        ("sent_in_a_circle", "redirects more than 5 times"),
        ("sent_to_private", "127.0.0.2, which is no public address"),
        ("sent_to_file", "no address of the web"),
        ("sent_to_closed", "robots.txt"),
        ("damaged", "packed and damaged"),
        ("broken_off", "cut off before its end"),
        ("unknown_packing", "packed in a way that nobody asked for"),
        ("bomb", "larger than 3 MB"),
        ("endless", "larger than 3 MB"),
        ("drip", "more than 2 seconds"),
        ("dripping_head", "more than 2 seconds"),
        ("silence", "did not answer within 1 seconds"),
        ("closed", "robots.txt"),
    ],
)
def test_a_page_that_is_not_fetched(path: str, reason: str, server: tuple[str, list[str]]) -> None:
    host, _ = server
    start = time.monotonic()
    with pytest.raises(UnreadableError, match=reason):
        Network(ours, BOUNDS).get(f"{host}/{path}")
    assert time.monotonic() - start < BOUNDS.seconds + 3


def test_a_bomb_is_not_unpacked(server: tuple[str, list[str]]) -> None:
    tracemalloc.start()
    with pytest.raises(UnreadableError):
        Network(ours, BOUNDS).get(f"{server[0]}/bomb")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The page of 100 MB, and this limit, are in one process with the server.
    assert most < 30_000_000


def test_a_server_that_is_busy_for_an_hour_is_not_waited_for() -> None:
    with serving() as (host, asked):
        with pytest.raises(UnreadableError):
            Network(ours, BOUNDS).get(f"{host}/later")
        assert asked.count("/later") == 1


def test_what_robots_may_not_have_is_not_asked_for() -> None:
    with serving() as (host, asked):
        with pytest.raises(UnreadableError, match=r"robots\.txt"):
            Network(ours, BOUNDS).get(f"{host}/closed")
        assert asked == ["/robots.txt"]


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"],
)
def test_this_computer_is_not_asked_under_any_name(host: str) -> None:
    with serving() as (address, asked):
        port = address.rpartition(":")[2]
        with pytest.raises(UnreadableError, match="no public address"):
            Network(bounds=BOUNDS).get(f"http://{host}:{port}/article")
        assert asked == []


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_what_is_public(number: str, public: bool) -> None:
    assert is_public(number) is public
