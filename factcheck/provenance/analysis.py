"""Articles, claims and groups → origins, voices and derivations."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from factcheck import outlets
from factcheck.config import Provenance as Policy
from factcheck.dates import moments
from factcheck.provenance.access import Access, accesses
from factcheck.provenance.derivation import Derivation, Texts, derivations
from factcheck.provenance.lineage import Lineage
from factcheck.provenance.origins import origins
from factcheck.provenance.relations import DEPENDENT, Relation, Relations
from factcheck.provenance.voices import voices
from factcheck.records import Article, Claim, Origin, Pair, Voice

# Tellings in nearly the same words (0–100) by so many families within so short a time.
_BURST_FAMILIES, _BURST, _BURST_ALIKE = 3, timedelta(hours=6), 85


class Sources(NamedTuple):
    """What stands behind one group: origins, voices, and the relations that made the origins.

    `several` is the probability of at least two origins; `caveat` is a doubt in words that changes
    no count, mostly empty.
    """

    origins: tuple[Origin, ...]
    voices: tuple[Voice, ...]
    relations: Mapping[tuple[str, str], Relation]
    several: float = 0.0
    caveat: str = ""


class Provenance(NamedTuple):
    """The sources of every group, in the order of the groups, and which article is whose copy."""

    groups: tuple[Sources, ...]
    derivations: tuple[Derivation, ...]
    accesses: Mapping[str, Access]


def analyse(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    groups: Sequence[Sequence[str]],
    policy: Policy | None = None,
) -> Provenance:
    """Return who and what stands behind each group of claim ids.

    Article families are taken as they are (the ledger's word is in them already). Linear in the
    articles, quadratic only in the claims of one group.
    """
    texts = Texts(articles)
    credited = {a.id: {outlets.family_of(c.name) for c in a.credits} for a in articles}
    derived = derivations(articles, texts, lambda a, b: b.family in credited[a.id] - {a.family})
    access = accesses(articles, claims)
    outlet_of = {article.id: article.outlet for article in articles}
    article_of = {claim.id: claim.article for claim in claims}
    met = [[article_of[claim] for claim in group] for group in groups]
    lineage = Lineage(articles, texts, met, access)
    relations = Relations(texts, derived, outlet_of, lineage, policy or Policy())
    by_id = {article.id: article for article in articles}
    result = []
    for group in groups:
        members = [access[claim] for claim in group]
        found = origins(members, relations)
        told = [m.claim for m in members]
        caveat = _burst(told, by_id) if len(found.origins) > 1 else ""
        heard = voices(told, found.origins, {m.outlet for m in members})
        result.append(Sources(found.origins, heard, found.relations, found.several, caveat))
    return Provenance(tuple(result), derived, access)


def pairs(sources: Sources) -> tuple[Pair, ...]:
    """How the tellings of a group relate, two by two, the likeliest to be one first."""
    found = (
        Pair(
            a=a,
            b=b,
            certain=relation.rule in DEPENDENT and not relation.levels,
            child=relation.child,
            parent=relation.parent,
            probability=round(relation.probability, 4),
            reason=str(relation.reason),
            levels=relation.levels,
        )
        for (a, b), relation in sources.relations.items()
    )
    return tuple(sorted(found, key=lambda pair: (pair.probability, pair.a, pair.b)))


def _burst(claims: Sequence[Claim], articles: Mapping[str, Article]) -> str:
    """Words of doubt where several families tell the same in the same words within hours."""
    from rapidfuzz import fuzz

    timed = [
        (claim, date)
        for claim in claims
        if moments([date := articles[claim.article].published or ""])
    ]
    first: dict[str, tuple[datetime, Claim]] = {}
    for (claim, _), moment in zip(timed, moments([d for _, d in timed]) or (), strict=True):
        family = articles[claim.article].family
        if family not in first or moment < first[family][0]:
            first[family] = (moment, claim)
    told = sorted(first.values(), key=lambda entry: (entry[0], entry[1].id))
    if len(told) < _BURST_FAMILIES or told[-1][0] - told[0][0] > _BURST:
        return ""
    pattern = told[0][1].text
    if any(fuzz.ratio(pattern, claim.text) < _BURST_ALIKE for _, claim in told):
        return ""
    hours = max(1, math.ceil((told[-1][0] - told[0][0]).total_seconds() / 3600))
    within = "an hour" if hours == 1 else f"{hours} hours"
    return f"{len(told)} outlets told it in nearly the same words within {within}"
