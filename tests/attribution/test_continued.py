"""Sentences that go on with the speaker before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.attribution.continued import Reading, with_continued
from factcheck.attribution.continued_model import Continuation
from factcheck.attribution.resolve import resolve
from factcheck.attribution.tagger import MODELS
from factcheck.claims import build
from factcheck.records import Article
from tests.growing import MOST, exponent, many
from tests.known import param
from tests.marked import marked

CASES = YAML(typ="safe").load(
    (Path(__file__).parent / "cases" / "continued.yaml").read_text(encoding="utf-8")
)
MARKED = [param(case, name=case["case"], known=case.get("known")) for case in CASES]
MODEL = Continuation(MODELS)
SURE = 8.0


def read_as(*told: str) -> Reading:
    """A reading that is sure of the sentences that begin so, and sure that no other goes on."""

    def reading(article: Article) -> Mapping[int, float]:
        texts = [article.text[one.start : one.end] for one in article.sentences]
        return {n: SURE if text.startswith(told) else -SURE for n, text in enumerate(texts)}

    return reading


def went_on(text: str, reading: Reading) -> list[str]:
    article, attributions = marked(text)
    resolved = resolve(article, attributions)
    found = with_continued(article, resolved, reading)
    assert found[: len(resolved)] == resolved
    added = [one.attribution for one in found[len(resolved) :]]
    assert not any(one.source or one.cue for one in added)
    return [article.text[slice(*one.content[0])].strip() for one in added]


@pytest.mark.parametrize("case", MARKED)
def test_what_goes_on_with_a_speaker(case: dict[str, Any]) -> None:
    assert went_on(case["text"], MODEL) == case["goes_on"]


def test_who_goes_on_is_the_one_before() -> None:
    article, attributions = marked(
        "{t1:The pier is safe}, {s1:Mayor Ann Cole} {c1:told Reuters}. It would open on Monday.\n\n"
        "{t2:“We have lost a day,”} {s2:Cole} {c2:said}."
    )
    resolved = resolve(article, attributions)
    first, _, added = with_continued(article, resolved, read_as("It would open"))
    assert added.speaker == first.speaker
    assert added.voice == first.voice
    assert added.who == first.who
    assert [via.name for via in added.via] == [via.name for via in first.via] == ["Reuters"]
    assert all(via.carried for via in added.via)


def test_nobody_goes_on_without_a_speaker_before() -> None:
    text = "It would open. {t1:The pier is safe}, {s1:Ann Cole} {c1:said}."
    assert went_on(text, read_as("It would open")) == []


def test_a_question_between_goes_on_with_nobody() -> None:
    text = "{t1:The pier is safe}, {s1:Ann Cole} {c1:said}. Would it open? It would open on Monday."
    assert went_on(text, read_as("Would it", "It would")) == ["It would open on Monday."]


def test_one_who_spoke_long_ago_goes_on_no_more() -> None:
    told = "{t1:The pier is safe}, {s1:Ann Cole} {c1:said}. " + "The sea was calm. " * 9
    assert went_on(told + "It would open.", read_as("It would")) == []


def test_nothing_is_read_where_nobody_speaks() -> None:
    def never(_: Article) -> Mapping[int, float]:
        raise AssertionError("the model is asked about an article without speakers")

    assert went_on("The pier is safe. It opens on Monday.", never) == []


def test_a_fingerprint_does_not_tell_who_goes_on() -> None:
    for case in CASES:
        article, attributions = marked(case["text"])
        resolved = resolve(article, attributions)
        plain = {claim.text: claim.fingerprint for claim in build(article, resolved)}
        added = with_continued(article, resolved, read_as(*case["goes_on"], "–"))
        found = build(article, added)
        assert {claim.text: claim.fingerprint for claim in found} == plain
        theirs = [claim.text for claim in found if claim.speaker and not claim.cue_spans]
        assert len(theirs) == len(added) - len(resolved)


@pytest.mark.growth
def test_who_goes_on_is_found_in_linear_time() -> None:
    def prepare(size: int) -> Callable[[], object]:
        article, attributions = many("{s:The mayor} {c:said} {t:no}. It would open. ", size)
        resolved = resolve(article, attributions)
        return lambda: with_continued(article, resolved, read_as("It would"))

    assert exponent(prepare, 250) < MOST
