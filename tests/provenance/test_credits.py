"""Credits of articles: a new case is a new entry in the case files."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import access
from factcheck.access.crediting import credited, placed_credits
from factcheck.access.names import mentions
from factcheck.access.reading import read
from factcheck.ingest import article_from_text
from factcheck.records import Credit
from tests.growing import MOST, exponent

from .build import article, claim

CASES = Path(__file__).with_name("cases")


def load(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case.get("name", case["text"][:40])) for case in cases]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Calder Press", ["Calder Press"]),
        ("with reports from CLP", ["CLP"]),
        ("With inputs from Calder Press", ["Calder Press"]),
        ("Calder Press contributed to this report", ["Calder Press"]),
        ("Calder Press, Tellin", ["Calder Press"]),
        ("Calder Press and staff", ["Calder Press"]),
        ("Own reporter / CLP", ["CLP"]),
        ("© Calder Press. Reproduction without permission prohibited.", ["Calder Press"]),
        ("Reuters and AFP", ["Reuters", "AFP"]),
        ("Thread and Loom", ["Thread and Loom"]),
        ("English edition", []),
        ("Translated from Danish", []),
        ("Business desk", []),
        ("Agencies", []),
        ("", []),
    ],
)
def test_a_line_of_credit(line: str, names: list[str]) -> None:
    assert list(credited(line)) == names


@pytest.mark.parametrize("case", load("credits.toml"))
def test_credits(case: dict[str, Any]) -> None:
    page = article_from_text(case["text"], case.get("path", "case.txt"))
    if "byline" in case:
        page = page.model_copy(update={"byline": case["byline"]})
    found = placed_credits(page)
    assert sorted(f"{p.credit.name} @ {p.place}" for p in found) == sorted(case["credits"])
    for placed in found:
        if placed.credit.span and placed.place != "byline":
            start, end = placed.credit.span
            assert 0 <= start < end <= len(page.text)


def test_stated_credits_are_kept_and_told_once() -> None:
    page = article(
        "HARBOUR CITY (AP) — Dock workers ended their strike on Monday after long talks."
    )
    stated = Credit(name="Quayside Gazette", kind="outlet", span=None)
    page = page.model_copy(update={"credits": (stated,)})
    once = access.credits(page)
    assert [c.name for c in once] == ["Quayside Gazette", "Associated Press"]
    assert access.credits(page.model_copy(update={"credits": once})) == once


@given(st.text(alphabet="APReuters ()—-./the Times'\n", max_size=300))
def test_mentions_lie_in_the_text_in_order(text: str) -> None:
    found = mentions(text)
    assert found == sorted(found, key=lambda m: m.span)
    for first, second in itertools.pairwise(found):
        assert first.span[1] <= second.span[0]
    for mention in found:
        if not mention.short:
            assert text[slice(*mention.span)] in mention.outlet.names


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit",
    [
        "the Times Reuters ",
        "told the ",
        "according to a an the ",
        "first reported the by ",
        "(AP) — ",
        "in an in an ",
        "https://a.b/",
        "“ ” \" '' ",
        "h/t: ",
        "Reuters reported that ",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def of(size: int) -> Callable[[], object]:
        # As much English as it takes to be read at all.
        part = "The harbour was closed for the whole of the day. " * 3 + unit * 12
        page = article(part * (size // len(part)))
        # Sentences repeat: each claim stands in its own, not where its words stand first.
        claims = [
            claim(
                page,
                page.text[s.start : s.end],
                n,
                start=s.start,
                end=s.end,
                spans=((s.start, s.end),),
                sentence=n,
            )
            for n, s in enumerate(page.sentences)
        ]
        return lambda: (placed_credits(page), read(page, claims))

    assert exponent(of, 8_000) < MOST
