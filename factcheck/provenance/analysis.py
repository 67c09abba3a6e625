"""Articles, claims and groups → origins, voices and derivations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from factcheck.provenance.access import Access, accesses
from factcheck.provenance.crediting import placed_credits
from factcheck.provenance.derivation import Derivation, Texts, derivations
from factcheck.provenance.origins import Relation, Relations, origins
from factcheck.provenance.voices import voices
from factcheck.records import Article, Claim, Origin, Voice


class Sources(NamedTuple):
    """What stands behind one group: origins, voices, and the relations that made the origins."""

    origins: tuple[Origin, ...]
    voices: tuple[Voice, ...]
    relations: Mapping[tuple[str, str], Relation]


class Provenance(NamedTuple):
    """The sources of every group, in the order of the groups, and which article is whose copy."""

    groups: tuple[Sources, ...]
    derivations: tuple[Derivation, ...]
    accesses: Mapping[str, Access]


def analyse(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    groups: Sequence[Sequence[str]],
) -> Provenance:
    """Return who and what stands behind each group of claim ids.

    Article families are taken as they are (the ledger's word is in them already). Linear in the
    articles, quadratic only in the claims of one group.
    """
    texts = Texts(articles)
    credited_families = {
        article.id: {placed.family for placed in placed_credits(article)} for article in articles
    }
    derived = derivations(articles, texts, lambda a, b: b.family in credited_families[a.id])
    access = accesses(articles, claims)
    outlets = {article.id: article.outlet for article in articles}
    relations = Relations(texts, derived, outlets)
    result = []
    for group in groups:
        members = [access[claim] for claim in group]
        found, pairs = origins(members, relations)
        result.append(Sources(found, voices([m.claim for m in members]), pairs))
    return Provenance(tuple(result), derived, access)
