"""What matters to a story: statements by how many tell them, how high up, and how central."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from factcheck.dates import is_full
from factcheck.kinds import KINDS
from factcheck.records import Article, Claim, DateDetail, Group, Report, Slot
from factcheck.reports.view import SECTIONS, section
from factcheck.slots.tokens import content, stem, tokenize

# How the importance of a statement adds up, in shares of one.
_OUTLETS, _PROMINENCE, _CENTRALITY = 0.4, 0.3, 0.3
# Statements are of equal importance within a step of this size.
_STEP = 0.2
# What stands in this upper part of an article is its news. Background that is no truism stands
# below this height of its articles; what is older than so many days is another story's.
_HIGH, _LOW, _OLD = 2 / 3, 0.5, 60
# A statement of fewer words that mean something is a truism.
_FEWEST = 4
# A statement with so many words that other articles have, too, is of their story.
_MUCH = 8
# The head of an article: its title and so many sentences.
_HEAD = 2


class Parts(NamedTuple):
    """Statements in the order in which they are told.

    `main` are those of several outlets, `background` those of them that are told in passing,
    `alone` those of one outlet.
    """

    main: tuple[Group, ...]
    background: tuple[Group, ...]
    alone: tuple[Group, ...]


class Ranking:
    """How much each statement of a report matters to its story."""

    def __init__(self, report: Report) -> None:
        self._claims = {claim.id: claim for claim in report.claims}
        self._articles = {article.id: article for article in report.articles}
        self._outlets = len({article.outlet for article in report.articles}) or 1
        # Word → the number of articles that have it.
        self._spread = Counter(word for article in report.articles for word in _stems(article.text))
        heads = [_head(article) for article in report.articles]
        # Word → the share of the articles whose head holds it.
        self._heads = {
            word: number / len(heads)
            for word, number in Counter(w for h in heads for w in h).items()
        }

    def importance(self, group: Group) -> float:
        """0 to 1: the outlets that tell it, how high up they do, and how much it is the story."""
        told = self._tellings(group)
        return (
            _OUTLETS * min(1.0, len(group.outlets) / self._outlets)
            + _PROMINENCE * sum(self._height(claim) for claim in told) / max(1, len(told))
            + _CENTRALITY * self._centrality(told)
        )

    def parts(self, groups: Iterable[Group]) -> Parts:
        """Statements by importance; among equals conflicts first, then what is best founded."""
        scores = {group.id: self.importance(group) for group in groups}
        ordered = sorted(
            groups,
            key=lambda group: (
                -int(scores[group.id] / _STEP),
                SECTIONS.index(section(group)),
                -scores[group.id],
            ),
        )
        alone = sorted(
            (group for group in ordered if section(group) == "single-sourced"),
            key=lambda group: -int((scores[group.id] + self._shared(group)) / _STEP),
        )
        several = [group for group in ordered if section(group) != "single-sourced"]
        return Parts(
            tuple(group for group in several if not self.is_background(group)),
            tuple(group for group in several if self.is_background(group)),
            tuple(alone),
        )

    def is_background(self, group: Group) -> bool:
        """Whether a statement is a truism, or of another time or none, told in passing by outlets
        themselves.
        """
        told = self._tellings(group)
        if group.status == "divergent" or any(self._height(claim) >= _HIGH for claim in told):
            return False
        if max(len(self._words(claim)) for claim in told) < _FEWEST:
            return True
        if any(claim.kind != "report" or self._height(claim) >= _LOW for claim in told):
            return False
        slots = [(slot, self._articles[claim.article]) for claim in told for slot in claim.slots]
        if any(_is_old(slot, article.published) for slot, article in slots):
            return True
        return not any(slot.slot == "date" or KINDS[slot.slot].counts for slot, _ in slots)

    def _tellings(self, group: Group) -> Sequence[Claim]:
        """Of each article that tells a statement the claim that does so first."""
        found: dict[str, Claim] = {}
        for claim in sorted((self._claims[c] for c in group.claims), key=lambda c: c.start):
            found.setdefault(claim.article, claim)
        return list(found.values())

    def _height(self, claim: Claim) -> float:
        """How high up in its article a claim stands: 1 at the top, 0 at the end."""
        body = [s for s in self._articles[claim.article].sentences if s.end > s.start]
        if len(body) < 2:
            return 1.0
        before = sum(sentence.end <= claim.start for sentence in body)
        return 1 - before / len(body)

    def _centrality(self, told: Sequence[Claim]) -> float:
        """How much of what a statement says stands in the heads of the articles, 0 to 1."""
        words = set().union(*(self._words(claim) for claim in told))
        return sum(self._heads.get(word, 0.0) for word in words) / len(words) if words else 0.0

    def _shared(self, group: Group) -> float:
        """How much a statement says of what other articles speak of, too, 0 to 1."""
        words = set().union(*(self._words(claim) for claim in self._tellings(group)))
        return min(1.0, sum(self._spread[word] > 1 for word in words) / _MUCH)

    def _words(self, claim: Claim) -> frozenset[str]:
        text = self._articles[claim.article].text
        return frozenset(
            stem(token.low)
            for start, end in claim.spans
            for token in content(tokenize(text, start, end))
        )


def _head(article: Article) -> frozenset[str]:
    """The stems of an article's title and first sentences."""
    body = [s for s in article.sentences if article.blocks[s.block].kind == "body"][:_HEAD]
    texts = [article.title or "", *(article.text[s.start : s.end] for s in body)]
    return frozenset().union(*map(_stems, texts))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.low) for token in content(tokenize(text, 0, len(text))))


def _is_old(slot: Slot, published: str | None) -> bool:
    """Whether a detail dates what it belongs to long before its article."""
    if not (
        isinstance(slot.detail, DateDetail) and is_full(slot.detail.last) and is_full(published)
    ):
        return False
    then, now = (date.fromisoformat(day[:10]) for day in (slot.detail.last, published))
    return (now - then).days > _OLD
