"""Properties of matching as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import exp
from pathlib import Path

import pytest

from factcheck.config import Matching
from factcheck.matching import Decisions, _near, match
from factcheck.matching.reader import Reader
from factcheck.matching.score import PARTS
from tests.matching.build import Line, corpus, together

CASES = Path(__file__).parent / "cases"
FERRY: dict[str, list[Line]] = json.loads(
    (CASES / "figures-conflict.json").read_text(encoding="utf-8")
)["articles"]
MUSEUM: dict[str, list[Line]] = json.loads((CASES / "unrelated.json").read_text(encoding="utf-8"))[
    "articles"
]


def test_every_claim_stands_in_exactly_one_group() -> None:
    articles, claims = corpus(FERRY)
    groups = match(articles, claims, Matching()).groups
    assert sorted(member for group in groups for member in group) == sorted(c.id for c in claims)


def test_nothing_in_nothing_out() -> None:
    assert match({}, [], Matching()).groups == []


def test_one_article_matches_nothing() -> None:
    articles, claims = corpus({"alpha": FERRY["alpha"]})
    assert match(articles, claims, Matching()).groups == [[claim.id] for claim in claims]


def test_a_link_adds_up_to_its_score() -> None:
    articles, claims = corpus(FERRY)
    links = match(articles, claims, Matching()).links
    assert links
    for link in links:
        assert [level.name for level in link.levels] == ["prior", *PARTS, "reading"]
        log_odds = sum(level.weight for level in link.levels)
        assert link.score == pytest.approx(1 / (1 + exp(-log_odds)), abs=2e-3)


def test_people_decide() -> None:
    articles, claims = corpus(FERRY)
    print_of = {claim.id: claim.fingerprint for claim in claims}
    apart = Decisions(different=frozenset({(print_of["alpha:1"], print_of["beta:1"])}))
    one = Decisions(same=frozenset({(print_of["alpha:2"], print_of["beta:2"])}))
    matched = match(articles, claims, Matching(), apart)
    assert not together(matched, "alpha:1", "beta:1")
    matched = match(articles, claims, Matching(), one)
    assert together(matched, "alpha:2", "beta:2")
    assert [(k.a, k.b) for k in matched.links if k.decided] == [("alpha:2", "beta:2")]


def test_links_almost_made_are_handed_out_and_made_by_people() -> None:
    articles, claims = corpus(FERRY)
    sure, strict = Matching(), Matching(link=1.0)
    made = match(articles, claims, sure)
    assert {(link.a, link.b) for link in made.near}.isdisjoint((k.a, k.b) for k in made.links)
    matched = match(articles, claims, strict)
    assert matched.links == []
    first, *_ = matched.near
    assert first.score == max(link.score for link in matched.near)
    assert all(link.score >= 2 / 3 - 1e-4 for link in matched.near)
    assert first in made.links
    print_of = {claim.id: claim.fingerprint for claim in claims}
    pair = frozenset({(print_of[first.a], print_of[first.b])})
    decided = match(articles, claims, strict, Decisions(same=pair))
    assert together(decided, first.a, first.b)
    assert first not in decided.near
    assert first not in match(articles, claims, strict, Decisions(different=pair)).near


def test_of_two_groups_only_the_most_alike_claims_are_near() -> None:
    groups = [[0, 1], [2], [3, 4]]
    scores = {(0, 1): 0.9, (0, 2): 0.3, (1, 2): 0.4, (1, 3): 0.25, (2, 3): 0.1, (0, 4): 0.28}
    assert _near(groups, scores, 0.2, []) == [(1, 2), (0, 4)]
    assert _near(groups, scores, 0.2, [(0, 2)]) == [(0, 4)], "answered for both claims"


@dataclass
class Kept:
    """A cache of readings in memory."""

    readings: dict[str, bytes] = field(default_factory=dict)

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        return {name: self.readings[name] for name in keys if name in self.readings}

    def put(self, readings: Mapping[str, bytes]) -> None:
        self.readings.update(readings)


def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    articles, claims = corpus(FERRY)
    kept = Kept()
    plain = match(articles, claims, Matching())
    assert match(articles, claims, Matching(), readings=kept) == plain
    assert kept.readings
    half = Kept(dict(list(kept.readings.items())[::2]))
    assert match(articles, claims, Matching(), readings=half) == plain
    assert half == kept
    # The order of the articles tells which side of a pair is which.
    turned = [claim for name in reversed(articles) for claim in claims if claim.article == name]
    backwards = dict(reversed(articles.items()))
    other = match(backwards, turned, Matching())
    monkeypatch.delattr(Reader, "read")
    assert match(articles, claims, Matching(), readings=kept) == plain
    assert match(backwards, turned, Matching(), readings=kept) == other


def test_no_more_is_read_than_may_be() -> None:
    articles, claims = corpus(FERRY)
    whole = Kept()
    match(articles, claims, Matching(), readings=whole)
    for most in (0, 1, len(whole.readings) - 1):
        kept = Kept()
        matched = match(articles, claims, Matching(read=most), readings=kept)
        assert matched.read is not None
        told = [matched.read(a, b) for a, b in combinations(claims, 2) if a.article != b.article]
        assert len(kept.readings) == most
        assert None in told


def test_what_else_is_compared_changes_no_score() -> None:
    articles, claims = corpus(FERRY)
    more, others = corpus({**FERRY, "gamma": MUSEUM["alpha"], "delta": MUSEUM["beta"]})
    alone = match(articles, claims, Matching()).links
    assert alone == match(more, others, Matching()).links


def test_the_order_of_articles_changes_no_group() -> None:
    articles, claims = corpus(FERRY)
    turned = sorted(claims, key=lambda claim: claim.article, reverse=True)
    one = {frozenset(group) for group in match(articles, claims, Matching()).groups}
    other = {frozenset(group) for group in match(articles, turned, Matching()).groups}
    assert one == other


def test_articles_far_apart_in_time_are_not_compared() -> None:
    articles, claims = corpus(FERRY)
    days = {"alpha": "2025-01-01", "beta": "2025-03-01"}
    dated = {k: v.model_copy(update={"published": days[k]}) for k, v in articles.items()}
    assert match(dated, claims, Matching(window=30)).links == []
    assert match(dated, claims, Matching(window=90)).links
