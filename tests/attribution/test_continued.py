"""Sentences that go on with the speaker before them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.attribution.continued import with_continued
from factcheck.attribution.resolve import resolve
from factcheck.claims import build
from tests.growing import MOST, exponent, many
from tests.marked import marked

CASES = YAML(typ="safe").load(
    (Path(__file__).parent / "cases" / "continued.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_what_goes_on_with_a_speaker(case: dict[str, Any]) -> None:
    article, attributions = marked(case["text"])
    resolved = resolve(article, attributions)
    found = with_continued(article, resolved)
    assert found[: len(resolved)] == resolved
    added = [one.attribution for one in found[len(resolved) :]]
    told = [article.text[slice(*one.content[0])].strip() for one in added]
    assert told == case["goes_on"]
    assert not any(one.source or one.cue for one in added)


def test_who_goes_on_is_the_one_before() -> None:
    article, attributions = marked(
        "{t1:The pier is safe}, {s1:Mayor Ann Cole} {c1:told Reuters}. It would open on Monday.\n\n"
        "{t2:“We have lost a day,”} {s2:Cole} {c2:said}."
    )
    first, _, added = with_continued(article, resolve(article, attributions))
    assert added.speaker == first.speaker
    assert added.voice == first.voice
    assert added.who == first.who
    assert [via.name for via in added.via] == [via.name for via in first.via] == ["Reuters"]
    assert all(via.carried for via in added.via)


def test_a_fingerprint_does_not_tell_who_goes_on() -> None:
    for case in CASES:
        article, attributions = marked(case["text"])
        resolved = resolve(article, attributions)
        plain = {claim.text: claim.fingerprint for claim in build(article, resolved)}
        found = build(article, with_continued(article, resolved))
        assert {claim.text: claim.fingerprint for claim in found} == plain
        theirs = [claim.text for claim in found if claim.speaker and not claim.cue_spans]
        assert len(theirs) == len(case["goes_on"])


@pytest.mark.growth
def test_who_goes_on_is_found_in_linear_time() -> None:
    def prepare(size: int) -> Callable[[], object]:
        article, attributions = many("{s:The mayor} {c:said} {t:no}. It would open. ", size)
        resolved = resolve(article, attributions)
        return lambda: with_continued(article, resolved)

    assert exponent(prepare, 250) < MOST
