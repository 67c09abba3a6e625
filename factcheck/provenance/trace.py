"""How one statement reached each outlet: its tellings by origin, in time, and who repeats whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from factcheck.dates import is_full, ranks
from factcheck.provenance.access import Access, Hand
from factcheck.provenance.analysis import Provenance, Sources, analyse, pairs
from factcheck.provenance.derivation import precedes
from factcheck.provenance.graph import Graph, graph
from factcheck.provenance.relations import DEPENDENT
from factcheck.records import Article, Claim, Group, Origin, Pair, Report, homes

# Text that is looked for must stand in a telling this far (0–100).
_ALIKE = 70


class Telling(NamedTuple):
    """One outlet's telling of the statement.

    `ways` are the hands it came through, the nearest to the facts first; `repeats` is whom the
    article only repeats here, in words, empty where it does not.
    """

    claim: Claim
    article: Article
    ways: tuple[Hand, ...]
    repeats: str


class Branch(NamedTuple):
    """An origin and its tellings, the earliest known first."""

    origin: Origin
    tellings: tuple[Telling, ...]


class Trace(NamedTuple):
    """The way of a statement. `earliest` is `None` where the dates do not tell, `when` says why.

    `pairs` are how the outlets' tellings relate, the likeliest to be one first.
    """

    group: Group
    branches: tuple[Branch, ...]
    earliest: Telling | None
    when: str
    graph: Graph
    pairs: tuple[Pair, ...] = ()

    @property
    def timeline(self) -> tuple[Telling, ...]:
        """The tellings whose articles bear a full date, in order."""
        told = [t for branch in self.branches for t in branch.tellings]
        dated = [t for t in told if is_full(t.article.published)]
        places = _places([t.article for t in dated])
        return tuple(sorted(dated, key=lambda t: (places[t.article.id], t.claim.id)))


def find(report: Report, target: str) -> Group | None:
    """Find a group as `Report.group` does, else by words that one of its claims states."""
    if group := report.group(target):
        return group
    from rapidfuzz import fuzz, process, utils

    readings = {claim.id: claim.reading for claim in report.claims}
    best = process.extractOne(
        target,
        readings,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=_ALIKE,
    )
    if best is None:
        return None
    return homes(report.groups).get(best[2])


def trace(report: Report, group: Group) -> Trace:
    """Trace a group of a report through its articles (whose texts the report must still hold)."""
    told = set(group.claims)
    claims = [claim for claim in report.claims if claim.id in told]
    wanted = {claim.article for claim in claims}
    articles = {article.id: article for article in report.articles if article.id in wanted}
    # Who told what in an article depends on its other claims too: who gave an interview.
    around = [claim for claim in report.claims if claim.article in wanted]
    found = analyse(list(articles.values()), around, [list(group.claims)])
    sources = found.groups[0]
    tellings = {
        claim.id: Telling(
            claim,
            articles[claim.article],
            _ways(found.accesses[claim.id]),
            _repeats(claim, sources, found, articles),
        )
        for claim in claims
    }
    places = _places(articles.values())
    branches = tuple(
        Branch(
            origin,
            tuple(
                sorted(
                    (tellings[claim] for claim in origin.claims),
                    key=lambda t: (places[t.article.id], t.article.outlet, t.claim.start),
                )
            ),
        )
        for origin in group.origins
    )
    earliest, when = _earliest(list(tellings.values()))
    drawn = graph(articles.values(), claims, found)
    return Trace(group, branches, earliest, when, drawn, group.pairs or pairs(sources))


def _places(articles: Iterable[Article]) -> dict[str, int]:
    """The place of each article in time; those without a full date come last."""
    found = list(articles)
    dated = {one.id: one.published for one in found if is_full(one.published)}
    told = dict(zip(dated, ranks(list(dated.values())), strict=True))
    return {one.id: told.get(one.id, len(found)) for one in found}


def _ways(access: Access) -> tuple[Hand, ...]:
    """The hands of a claim, one of each name, those that the claim itself names first."""
    ordered = sorted(access.hands, key=lambda hand: (not hand.stated, hand.carried, hand.distant))
    return tuple({hand.name: hand for hand in reversed(ordered)}.values())[::-1]


def _repeats(
    claim: Claim,
    sources: Sources,
    found: Provenance,
    articles: Mapping[str, Article],
) -> str:
    """Whom the article only repeats here: the outlet it credits, or whose text it prints."""
    article = articles[claim.article]
    for derivation in found.derivations:
        source = derivation.source
        if source and source != article.id and article.id in (derivation.a, derivation.b):
            return f"{articles[source].outlet} ({derivation.reason})"
    access = found.accesses[claim.id]
    families = {other.family: other.outlet for other in articles.values()}
    for hand in access.hands:
        if hand.family in families and hand.family != article.family:
            return f"{families[hand.family]} ({hand.note})"
    for pair, relation in sources.relations.items():
        through = relation.through
        dependent = claim.id in pair and relation.rule in DEPENDENT
        if dependent and through and article.outlet != through.name:
            return f"{through.name} ({relation.reason})"
    return ""


def _earliest(tellings: Sequence[Telling]) -> tuple[Telling | None, str]:
    """The telling whose article precedes all others, as far as their dates tell."""
    by_article = {t.article.id: t for t in reversed(tellings)}
    pages = list(by_article.values())
    undated = sum(not is_full(t.article.published) for t in pages)
    if undated:
        return None, f"unknown: {undated} of {len(pages)} articles without a full date"
    for telling in pages:
        if all(
            precedes(telling.article.published, other.article.published)
            for other in pages
            if other is not telling
        ):
            return telling, str(telling.article.published)
    return None, "unknown: the first articles bear the same date"
