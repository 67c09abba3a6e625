"""How many separate hands a statement came through: the origins of a group.

Each outlet's telling is its own access to the facts or was taken from another's. Where it is
certain (`relations`) that decides; else the odds do that `independence` gives a pair. Of all ways
in which the tellings can go back to one another (`forest`) the likeliest origins are told, and how
probable it is that there are at least two.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from factcheck.config import Provenance as Policy
from factcheck.provenance import forest
from factcheck.provenance.access import Access, Hand
from factcheck.provenance.independence import MOST
from factcheck.provenance.lineage import Telling, tellings
from factcheck.provenance.reasons import both, in_words
from factcheck.provenance.relations import (
    DEPENDENT,
    NOTHING_SHOWN,
    Relation,
    Relations,
    why_taken,
)
from factcheck.records import Independence, Origin, OriginKind

# Reasons that are told.
_MOST_REASONS = 3


class Found(NamedTuple):
    """The origins of a group, the probability of at least two, and how its tellings relate.

    Relations are keyed by claim ids, the first claims of two outlets.
    """

    origins: tuple[Origin, ...]
    several: float
    relations: dict[tuple[str, str], Relation]


def origins(members: Sequence[Access], relations: Relations) -> Found:
    """Return the origins of a group's claims, sorted by name.

    Of one article the first claims speak for all; outlets of one family are one hand.
    """
    hands: dict[str, list[Telling]] = {}
    for telling in tellings(members):
        hands.setdefault(telling.family, []).append(telling)
    # In an order of their own, so that the order of the claims decides nothing, ties included.
    told = [hands[family] for family in sorted(hands)]
    size = len(told)
    between: dict[tuple[int, int], Relation] = {}
    log_odds = np.full((size, size), -MOST)
    for i, j in itertools.combinations(range(size), 2):
        between[i, j], log_odds[i, j], log_odds[j, i] = relations.weigh(told[i], told[j], size)
    weights = forest.odds(log_odds, MOST)
    trees = forest.trees(weights)
    result = []
    for tree in trees:
        likely = forest.roots(weights[np.ix_(tree, tree)]).round(9)
        root = tree[int((likely * relations.may_be_first([told[n] for n in tree])).argmax())]
        inside = [
            _told_inside(between[i, j])
            for i, j in itertools.combinations(tree, 2)
            if forest.together(weights, [i], [j]) > 0
        ]
        outside = [
            between[min(i, j), max(i, j)] for i in tree for j in range(size) if j not in tree
        ]
        families = {told[n][0].family for n in tree}
        every = [m for m in members if m.family in families]
        result.append(
            _origin(
                every,
                [access for n in tree for telling in told[n] for access in telling.members],
                [access for telling in told[root] for access in telling.members],
                [*inside, *_of_one_family(every)],
                outside,
                _apart(weights, tree, trees),
                relations.policy,
            )
        )
    found = {
        (told[i][0].members[0].claim.id, told[j][0].members[0].claim.id): relation
        for (i, j), relation in between.items()
    }
    ordered = tuple(sorted(result, key=lambda o: (o.name, o.claims)))
    return Found(ordered, forest.several(weights), found)


def _apart(
    weights: forest.Odds, tree: Sequence[int], trees: Sequence[Sequence[int]]
) -> float | None:
    """The probability that an origin is no part of another one; none where it is the only one."""
    if len(trees) < 2:
        return None
    joined = sum(np.exp(forest.together(weights, tree, o)) for o in trees if o is not tree)
    return float(1 / (1 + joined))


def _told_inside(relation: Relation) -> Relation:
    return relation if relation.rule in DEPENDENT else relation._replace(rule="taken")


def _of_one_family(members: Sequence[Access]) -> list[Relation]:
    """That outlets of one name share a family, once for each family."""
    families: dict[str, dict[str, None]] = {}
    for member in members:
        families.setdefault(member.family, {})[member.outlet] = None
    return [
        Relation("family", both(one, other, f"are one family ({family})"))
        for family, outlets in families.items()
        for one, other in itertools.pairwise(outlets)
    ]


def _origin(
    every: Sequence[Access],
    part: Sequence[Access],
    root: Sequence[Access],
    inside: Sequence[Relation],
    outside: Sequence[Relation],
    probability: float | None,
    policy: Policy,
) -> Origin:
    independence: Independence | None = None
    if probability is not None:
        if probability >= policy.independent and any(r.rule == "shown" for r in outside):
            independence = "shown"
        else:
            independence = "likely" if probability >= policy.likely else "assumed"
    # Why it is one origin matters more where outlets were merged, then why it stands apart.
    apart = [r for r in outside if r.rule not in DEPENDENT]
    apart.sort(key=lambda r: (r.rule != "shown", r.reason == NOTHING_SHOWN, -r.probability))
    apart = apart[:1]
    reasons = in_words(r.reason for r in (*inside, *apart)) or [_alone(root)]
    name, kind = _name(every, root, inside)
    evidence = dict.fromkeys(
        e
        for e in (
            *(e for r in inside for e in r.evidence),
            *(h.evidence for a in part for h in (a.stated,) if h and h.evidence),
            *(a.first_hand for a in part if a.first_hand),
        )
    )
    return Origin(
        name=name,
        kind=kind,
        outlets=tuple(sorted({a.outlet for a in every})),
        claims=tuple(sorted(a.claim.id for a in every)),
        independence=independence,
        probability=None if probability is None else round(probability, 4),
        reason="; ".join(reasons[:_MOST_REASONS]),
        apart="; ".join(in_words(r.reason for r in apart)),
        doubt=_doubt(outside),
        evidence=tuple(evidence),
        first=tuple(sorted(access.claim.id for access in root)),
    )


def _doubt(outside: Sequence[Relation]) -> str:
    """What speaks most for an origin being part of another one after all."""
    told = [r for r in outside if r.levels and r.child and r.parent]
    if not told:
        return ""
    least = min(told, key=lambda r: (r.probability, r.child, r.parent))
    return f"{least.child} may have it from {least.parent}{why_taken(least.levels)}"


def _name(
    every: Sequence[Access], root: Sequence[Access], inside: Sequence[Relation]
) -> tuple[str, OriginKind]:
    """Name an origin: the hand its tellings share, else the relay of the one that the others go
    back to, or the agency that it prints, else its outlet.

    Several outlets of one family go by the family's name.
    """
    shared = Counter((r.through.name, r.through.kind) for r in inside if r.through)
    if shared:
        return min(shared, key=lambda hand: (-shared[hand], hand))
    for named in ([access.stated for access in root], [_agency(access) for access in root]):
        count = Counter((hand.name, hand.kind) for hand in named if hand)
        if count:
            return min(count, key=lambda hand: (-count[hand], hand))
    family = root[0].family
    names = {access.outlet for access in every if access.family == family}
    return (family if len(names) > 1 else min(names)), "own"


def _agency(access: Access) -> Hand | None:
    """The agency that the claim's article as a whole is credited to."""
    return next((h for h in access.hands if h.kind == "agency" and h.whole), None)


def _alone(part: Sequence[Access]) -> str:
    first = part[0]
    if first.stated:
        return first.stated.note
    agency = _agency(first)
    if agency:
        return agency.note
    return "told first-hand" if first.first_hand else f"told by {first.outlet} alone"
