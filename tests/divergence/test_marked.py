"""What becomes of words that the cross-encoder marks, and what its say weighs: no model is run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.divergence import marked, weigh
from factcheck.divergence.counterparts import candidates
from factcheck.divergence.views import Conflict, View
from factcheck.matching.reader import Reading, Word
from factcheck.records import Article, Claim

CASES = YAML(typ="safe").load(Path(__file__).with_name("marked.yaml"))
Tell = Callable[..., tuple[Article, Claim]]


def read(text: str, log_odds: float = 2.0) -> tuple[str, tuple[Word, ...]]:
    """A text without its braces, and the words that stood in them."""
    found = re.search(r"\{(.*?)\}", text)
    plain = text.replace("{", "").replace("}", "")
    if found is None:
        return plain, ()
    at = found.start()
    words = (m.span() for m in re.finditer(r"\w+|[^\w\s]", found[1]))
    return plain, tuple(Word(at + start, at + end, log_odds) for start, end in words)


def told(tell: Tell, a: str, b: str, options: dict[str, Any]) -> Conflict | None:
    sides = [read(text) for text in (a, b)]
    made = [tell(name, text, **options) for name, (text, _) in zip("ab", sides, strict=True)]
    marks = marked.marks(Reading(3.0, 3.0, (sides[0][1], sides[1][1])))
    views = [View(claim, article) for article, claim in made]
    return marked.conflict(views[0], views[1], marks.spans) if marks else None


@pytest.mark.parametrize(
    ("slot", "case"),
    [pytest.param(slot, case, id=f"{slot}-{case[0]}") for slot, of in CASES.items() for case in of],
)
def test_what_is_marked(tell: Tell, slot: str, case: list[Any]) -> None:
    a, b, *rest = case
    for one, other in ((a, b), (b, a)):
        found = told(tell, one, other, rest[0] if rest else {})
        assert (found.slot if found else "none") == slot


def test_a_run_ends_at_a_word_that_is_far_less_sure() -> None:
    sure, unsure, far = Word(0, 5, 3.0), Word(6, 9, 0.0), Word(10, 15, 2.0)
    two = (Word(40, 44, 2.5), Word(45, 49, 2.0), Word(60, 64, 1.0))
    found = marked.marks(Reading(1.0, 1.0, ((sure, unsure, far), two)))
    assert found == ((((0, 5), (40, 49))), 2.5)
    assert marked.marks(Reading(1.0, 1.0, ((), two))) is None


@pytest.fixture
def pair(tell: Tell) -> tuple[View, View]:
    texts = ("The fire destroyed 14 barns near the mill.", "The fire destroyed 19 barns there.")
    one, other = (tell(name, text) for name, text in zip("ab", texts, strict=True))
    return View(one[1], one[0]), View(other[1], other[0])


# Where the two figures stand.
FIGURES = ((Word(19, 21, 2.0),), (Word(19, 21, 1.0),))


@pytest.mark.parametrize(
    ("reading", "is_told"),
    [
        (Reading(1.0, 2.0, FIGURES), True),
        (Reading(1.0, -2.0, FIGURES), False),
        (Reading(1.0, 2.0, (FIGURES[0], ())), False),
        (Reading(1.0, 2.0, (FIGURES[0], (Word(4, 8, 3.0),))), False),
        (Reading(-4.0, 2.0, FIGURES), False),
        (None, False),
    ],
)
def test_what_the_reader_says_is_weighed(
    pair: tuple[View, View],
    reading: Reading | None,
    is_told: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second = {"least": 0.5, "bias": -1.5, "features": 0.0, "conflict": 1, "words": 1, "same": 0.5}
    table = {"figure": weigh.Weights(0.9, -1.0, {"shared words": 0.1}, second)}
    monkeypatch.setattr(weigh, "_table", lambda: table)
    (found,) = (c for c in candidates(*pair) if c.kind == "figure")
    assert weigh.conflicts(*pair, reading) == [found.conflict] * is_told


@pytest.mark.parametrize(("bias", "is_told"), [(-3.0, True), (-9.0, False)])
def test_what_the_reader_alone_sees_is_weighed(
    pair: tuple[View, View], bias: float, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {"marked": weigh.Weights(0.5, bias, {"conflict": 1.0, "words": 1.0})}
    monkeypatch.setattr(weigh, "_table", lambda: table)
    reading = Reading(4.0, 4.0, ((Word(4, 8, 2.0),), (Word(32, 37, 2.0),)))
    found = weigh.unnamed(*pair, reading)
    assert bool(found) == is_told
    assert weigh.unnamed(*pair, None) == []


# What the reader marks: one is denied, or two things that no kind of value holds.
DENIED = "The mayor {did not sign} the contract.", "The contract {signed} by the mayor is public."
WORLD = "The council is {closely divided}.", "The council is {ready to block} the plan."


@pytest.mark.parametrize(
    ("texts", "marked_bias", "denial_bias", "same", "is_told"),
    [
        (DENIED, 1.0, 1.0, 3.0, True),
        (DENIED, 1.0, -1.0, 3.0, False),
        (DENIED, 1.0, 1.0, 2.9, False),
        (WORLD, 1.0, 0.0, 3.0, True),
        (WORLD, 0.0, 0.0, 3.0, False),
        (WORLD, 1.0, 0.0, 2.9, False),
    ],
)
def test_what_the_reader_alone_sees_asks_for_more(
    tell: Tell,
    texts: tuple[str, str],
    marked_bias: float,
    denial_bias: float,
    same: float,
    is_told: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A denial asks the regression of denials, too, and all of it asks for one statement."""
    table = {
        "marked": weigh.Weights(0.6, marked_bias, {}),
        "denial": weigh.Weights(0.9, denial_bias, {}),
    }
    monkeypatch.setattr(weigh, "_table", lambda: table)
    sides = [read(text) for text in texts]
    made = [tell(name, text) for name, (text, _) in zip("ab", sides, strict=True)]
    one, other = (View(claim, article) for article, claim in made)
    reading = Reading(same, 3.0, (sides[0][1], sides[1][1]))
    assert bool(weigh.unnamed(one, other, reading)) == is_told


@pytest.mark.parametrize(
    ("reading", "more", "is_told"),
    [
        (None, " to all carts", True),
        (Reading(2.0, 0.0, ((), ())), " to all carts", True),
        (Reading(2.0, -2.0, ((), ())), " to all carts", False),
        (Reading(2.0, -2.0, ((), ())), "", True),
    ],
)
def test_days_that_are_likely_told_of_one_thing_ask_the_reader_unless_all_else_is_alike(
    tell: Tell, reading: Reading | None, more: str, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {"date": weigh.Weights(0.9, 0.0, {})}
    monkeypatch.setattr(weigh, "_table", lambda: table)
    texts = "The bridge opened on 3 May 2024.", f"The bridge opened{more} on 5 May 2024."
    made = [tell(name, text) for name, text in zip("ab", texts, strict=True)]
    one, other = (View(claim, article) for article, claim in made)
    assert bool(weigh.conflicts(one, other, reading)) == is_told
