"""Slots, case by case from `cases/`, and what must hold for any text."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck import slots
from factcheck.records import Article, DateDetail, FigureDetail, Slot
from factcheck.slots import dates, figures, manner, order, people, places, polarity
from factcheck.slots.callings import callings
from factcheck.slots.numbers import granularity, number
from factcheck.slots.tokens import tokenize

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> Any:
    return YAML(typ="safe").load(CASES / f"{name}.yaml")


def article(text: str, published: str | None = None) -> Article:
    return Article(
        id="a",
        path="a.txt",
        outlet="a",
        family="a",
        title=None,
        published=published,
        language="en",
        text=text,
    )


def read(text: str, published: str | None = None) -> list[Slot]:
    return slots.read(article(text, published), 0, len(text))


def figure(slot: Slot) -> FigureDetail:
    assert isinstance(slot.detail, FigureDetail)
    return slot.detail


@pytest.mark.parametrize(("text", "wanted"), cases("figures").items())
def test_figures(text: str, wanted: list[list[Any]]) -> None:
    tokens = tokenize(text)
    _, taken = dates.slots(tokens, text, dates.Anchor())
    found = figures.slots(tokens, taken, text)
    assert [s.text for s in found] == [str(w[0]) for w in wanted]
    for slot, (_, low, high, unit, counted) in zip(found, wanted, strict=True):
        detail = figure(slot)
        assert detail.low == pytest.approx(low)
        assert detail.high == pytest.approx(high)
        assert (detail.unit, detail.counted) == (unit, counted)


@pytest.mark.parametrize(("text", "published", "wanted"), [*cases("dates"), *cases("days")])
def test_dates(text: str, published: str | None, wanted: list[str]) -> None:
    found, _ = dates.slots(tokenize(text), text, dates.anchor(published))
    assert [s.value for s in found] == [str(w) for w in wanted]


@pytest.mark.parametrize(("text", "wanted"), cases("order"))
def test_order(text: str, wanted: list[str]) -> None:
    found = order.slots(article(text), 0, len(text))
    assert [s.value for s in found] == wanted
    assert all(text[slice(*s.span)] == s.text for s in found)


@pytest.mark.parametrize(("text", "wanted"), cases("names"))
def test_roles(text: str, wanted: list[list[str]]) -> None:
    found = [s for s in people.slots(tokenize(text), text) if s.slot == "role"]
    assert [[s.value, s.about] for s in found] == wanted


@pytest.mark.parametrize(("text", "wanted"), cases("callings"))
def test_what_people_are_said_to_be(text: str, wanted: list[list[str]]) -> None:
    tokens = tokenize(text)
    found = [
        [c.person, c.head, text[tokens[c.first].start : tokens[c.last - 1].end]]
        for c in callings(tokens)
    ]
    assert found == wanted


@pytest.mark.parametrize(("text", "wanted"), cases("polarity"))
def test_negations(text: str, wanted: list[str]) -> None:
    found = [s for s in polarity.slots(tokenize(text), text) if s.slot == "polarity"]
    assert [s.text for s in found] == wanted


@settings(deadline=None)  # the first call reads the word lists
@given(
    st.dates(date(1990, 1, 1), date(2040, 12, 31)),
    st.integers(0, 6),
    st.booleans(),
)
def test_a_bare_weekday_is_the_nearest_on_its_side(day: date, weekday: int, ahead: bool) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[weekday]
    text = f"They {'will meet' if ahead else 'met'} on {name}."
    (slot,), _ = dates.slots(tokenize(text), text, dates.anchor(day.isoformat()))
    step = 1 if ahead else -1
    wanted = next(
        d for d in (day + timedelta(step * n) for n in range(7)) if d.weekday() == weekday
    )
    assert isinstance(slot.detail, DateDetail)
    assert slot.detail.first == slot.detail.last == wanted.isoformat()


@settings(deadline=None)
@given(st.integers(2, 999_999))
def test_a_count_in_digits_is_read_as_written(value: int) -> None:
    text = f"They counted {value:,} sheep."
    found = [s for s in read(text) if s.slot == "figure"]
    assert [(figure(s).low, figure(s).high) for s in found] == [(value, value)]


@given(st.integers(1, 9_999_999))
def test_granularity_is_the_place_of_the_last_digit_that_is_not_zero(value: int) -> None:
    stripped = str(value).rstrip("0")
    assert granularity(value) == 10 ** (len(str(value)) - len(stripped))


def test_numbers_are_written_as_news_does() -> None:
    assert [number(v) for v in (12, 1.5, 43350, 1.5e6, 43885310, 2e9)] == [
        "12",
        "1.5",
        "43,350",
        "1.5 million",
        "43,885,310",
        "2 billion",
    ]


WORDS = st.sampled_from(
    "the 12 at least 3.5 million $ % Monday May 2010 to - , . “ ” not President of Ankara in "
    "U.S. will was due to set for next GMT 0500 named the killed two dozen half a last week ago "
    "11 am 9/11 Ünal café 1,000,000 … ( ) 's Wednesday's is plans said".split()
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_every_span_is_the_words_of_its_slot(text: str) -> None:
    for slot in read(text, "2025-04-10"):
        start, end = slot.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == slot.text
        assert slot.value
        if isinstance(slot.detail, FigureDetail):
            assert slot.detail.low <= slot.detail.high
        if isinstance(slot.detail, DateDetail) and slot.detail.first and slot.detail.last:
            assert slot.detail.first <= slot.detail.last


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece", ["12 ", "one hundred and ", "not ", "Mc.", "President ", "A-", "“"]
)
def test_a_hostile_sentence_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * size
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(4_000) < 5


def test_an_alias_and_a_suburb_are_no_other_place() -> None:
    assert not places.apart("Palmyra", "Tadmur")
    assert not places.apart("Brooklyn", "New York")
    assert not places.apart("Antalya", "Turkey")
    assert not places.apart("Munich", "Germany")
    assert places.apart("Antalya", "Greece")
    assert places.apart("Geneva", "Vienna")
    assert places.apart("Texas", "Ohio")


def test_the_two_sides_of_talks_are_opposed_manners() -> None:
    found = [
        manner.slots(tokenize(text), text)[0]
        for text in ("They held indirect talks.", "The delegations met in May.")
    ]
    assert [s.value for s in found] == ["indirect", "direct"]
    assert found[0].about == found[1].about


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        ("Wednesday", "2025-04-10", "“Wednesday” → 2025-04-09, from publication 2025-04-10"),
        ("Wednesday", None, "“Wednesday” → Wednesday (the article: nothing dates it)"),
        ("nearly 200 men", None, "“nearly 200” → nearly 200 men (180 to 200)"),
        ("at least 12 killed", None, "“at least 12” → at least 12 killed (12 and more)"),
        ("Turkish President Abdullah Gul", None, None),
    ],
)
def test_explain_shows_how_a_value_was_reached(
    text: str, published: str | None, wanted: str | None
) -> None:
    slot = read(text, published)[0]
    line = slots.explain(slot, article(text, published))
    assert line == (wanted or "“Turkish President” → president (Turkey) of Abdullah Gul")
