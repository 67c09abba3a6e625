"""Outlets that nothing names go by their files, and a reader is told what to do about it."""

from __future__ import annotations

from typing import TypeVar, cast

import pytest

from factcheck.records import Article, Record
from factcheck.reports import REGISTRY
from factcheck.reports.asked import outlet
from factcheck.reports.naming import named, nameless
from factcheck.reports.view import View

from .fixture import REPORT

T = TypeVar("T")
HASH = "000_218b169f9b8a22b1"


def swapped(value: T, old: str, new: str) -> T:
    """A record with one text in the place of another, wherever it stands."""
    if isinstance(value, Record):
        names = type(value).model_fields
        changed = {name: swapped(getattr(value, name), old, new) for name in names}
        return value.model_copy(update=changed)
    if isinstance(value, tuple):
        return cast("T", tuple(swapped(item, old, new) for item in value))
    return cast("T", value.replace(old, new)) if isinstance(value, str) else value


def article(path: str, name: str | None = None) -> Article:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return REPORT.articles[0].model_copy(update={"path": path, "outlet": name or stem})


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"seeds/{HASH}.txt", "000_218b….txt"),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301.md", "3f2504e0….md"),
        ("in/0042.txt", "0042.txt"),
        ("article-3.txt", "article-3.txt"),
        ("a/text2.md", "text2.md"),
        ("b17.txt", "b17.txt"),
    ],
)
def test_a_number_or_checksum_is_no_outlet(path: str, told: str) -> None:
    assert list(nameless([article(path)]).values()) == [told]


@pytest.mark.parametrize(
    "path",
    [
        "bbc.txt",
        "ferry-lane-herald.txt",
        "channel-4.md",
        "7news.txt",
        "ap_2.txt",
        "n24/le-monde.md",
    ],
)
def test_a_word_may_be_one(path: str) -> None:
    assert not nameless([article(path)])


def test_a_name_that_the_article_gives_is_kept() -> None:
    assert not nameless([article(f"{HASH}.txt", "The Sill Herald")])


def test_names_are_shortened_to_what_tells_them_apart() -> None:
    files = nameless([article("00218b169f9b8a22b1.txt"), article("00218b169f0000ff11.txt")])
    assert sorted(files.values()) == ["00218b169f0….txt", "00218b169f9….txt"]


def test_a_report_tells_the_file_everywhere_and_what_to_do() -> None:
    own = REPORT.articles[0]
    report = swapped(swapped(REPORT, own.path, f"in/{HASH}.txt"), own.outlet, HASH)
    assert not [group for group in named(report).groups if HASH in group.model_dump_json()]
    told = REGISTRY["text"](report, View(width=100))
    assert "000_218b….txt" in told
    assert "No outlet is named for 000_218b….txt: files stand in their place." in told
    assert HASH not in told
    assert outlet(named(report), HASH) == outlet(named(report), "000_218b….txt") is not None
