"""How many separate hands a statement came through: the origins of a group.

Two tellings are held against each other in a fixed order, and the first rule that applies
decides, with its reason. Tellings that depend on each other, directly or through a third, share
one origin. In doubt they depend: a false "corroborated" is the worst error there is.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from factcheck.provenance.access import Access, Hand
from factcheck.provenance.derivation import Derivation, Texts, connected
from factcheck.provenance.reasons import Reason, in_words
from factcheck.provenance.voices import one_voice
from factcheck.records import Evidence, Independence, Origin, OriginKind

Rule = Literal["family", "credit", "text", "source", "shown", "assumed"]
DEPENDENT: frozenset[Rule] = frozenset(("family", "credit", "text", "source"))

# Claims of one article that are compared with other articles' claims, and reasons that are told.
_MOST_CLAIMS, _MOST_REASONS = 30, 3
_NOTHING = Reason("nothing shows that one outlet has it from the other")
# Words in a row, names and quotations not counted, that two sentences do not share by chance.
_VERBATIM = 7


class Relation(NamedTuple):
    """What two tellings are to each other: the rule that decided, why, and where it stands.

    `through` is the hand that both have in common, where there is one.
    """

    rule: Rule
    reason: Reason
    evidence: tuple[Evidence, ...] = ()
    through: Hand | None = None


class Relations:
    """Compares the tellings of the articles of one run."""

    def __init__(
        self, texts: Texts, derived: Iterable[Derivation], outlets: Mapping[str, str]
    ) -> None:
        """`derived` are the derivations among the articles, `outlets` their outlets by id."""
        self._texts = texts
        derived = list(derived)
        self._chains = connected(derived)
        self._sources = {
            frozenset((d.a, d.b)): Hand(outlets[d.source], outlets[d.source], "own", d.reason)
            for d in derived
            if d.source
        }

    def between(self, a: Access, b: Access) -> Relation:
        """Return the relation of two tellings, by the first rule that applies."""
        if a.family == b.family:
            return Relation("family", _both(a, b, f"are one family ({a.family})"))
        return (
            _common_credit(a, b)
            or self._derived(a, b)
            or _common_source(a, b)
            or _shown(a, b)
            or Relation("assumed", _assumed(a, b))
        )

    def _derived(self, a: Access, b: Access) -> Relation | None:
        one, other = a.claim.article, b.claim.article
        source = self._sources.get(frozenset((one, other)))
        chain = self._chains.get(one)
        if chain is not None and chain == self._chains.get(other):
            return Relation("text", _both(a, b, "print one text"), through=source)
        overlap = self._texts.overlap(one, other)
        if overlap.mostly:
            reason = _both(a, b, f"share {overlap.share:.0%} of their text")
            return Relation("text", reason, through=source)
        common = [p for p in overlap.passages if p.a in a.sentences and p.b in b.sentences]
        if overlap.derived and "report" in (a.claim.kind, b.claim.kind):
            # Nobody else vouches for what an outlet tells in its own voice.
            return Relation("text", _both(a, b, "share parts of their text"))
        words, others = self._texts.words[one], self._texts.words[other]
        if common:
            return Relation(
                "text",
                _both(a, b, "tell it in the same sentence"),
                tuple(
                    Evidence(article=article, span=span, note="the same passage")
                    for p in common
                    for article, span in ((one, words.spans[p.a]), (other, others.spans[p.b]))
                ),
            )
        for x, y in itertools.product(sorted(a.sentences), sorted(b.sentences)):
            mine, theirs = words.sentences[x], others.sentences[y]
            if longest_run(mine, theirs, self._texts.common) >= _VERBATIM:
                return Relation(
                    "text",
                    _both(a, b, "tell it with the same words in a row"),
                    (
                        Evidence(article=one, span=words.spans[x], note="the same words"),
                        Evidence(article=other, span=others.spans[y], note="the same words"),
                    ),
                )
        return None


def origins(
    members: Sequence[Access], relations: Relations
) -> tuple[tuple[Origin, ...], dict[tuple[str, str], Relation]]:
    """Return the origins of a group's claims, sorted by name, and the relations that made them.

    Relations are keyed by claim ids in the order of `members`. Once two claims share an origin
    they are not held against each other again; of one article the first claims speak for all.
    """
    found: dict[tuple[str, str], Relation] = {}
    parent = list(range(len(members)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    first_of: dict[str, int] = {}
    told: Counter[str] = Counter()
    speaking: list[int] = []
    for n, member in enumerate(members):
        first = first_of.setdefault(member.family, n)
        if first != n:
            parent[n] = root(first)
            if members[first].outlet != member.outlet:
                found[members[first].claim.id, member.claim.id] = relations.between(
                    members[first], member
                )
        told[member.claim.article] += 1
        if told[member.claim.article] <= _MOST_CLAIMS:
            speaking.append(n)
    for i, j in itertools.combinations(speaking, 2):
        if root(i) != root(j):
            relation = relations.between(members[i], members[j])
            found[members[i].claim.id, members[j].claim.id] = relation
            if relation.rule in DEPENDENT and relation.rule != "source":
                parent[root(j)] = root(i)
    _attach(members, found, parent, root)

    part_of = {member.claim.id: root(n) for n, member in enumerate(members)}
    parts: dict[int, list[Access]] = {}
    for n, member in enumerate(members):
        parts.setdefault(root(n), []).append(member)
    inside: dict[int, list[Relation]] = {part: [] for part in parts}
    outside: dict[int, list[Relation]] = {part: [] for part in parts}
    for (a, b), relation in found.items():
        if relation.rule in DEPENDENT:
            if part_of[a] == part_of[b]:
                inside[part_of[a]].append(relation)
        elif part_of[a] != part_of[b]:
            outside[part_of[a]].append(relation)
            outside[part_of[b]].append(relation)
    result = [_origin(part, inside[n], outside[n]) for n, part in parts.items()]
    return tuple(sorted(result, key=lambda o: (o.name, o.claims))), found


def _attach(
    members: Sequence[Access],
    found: Mapping[tuple[str, str], Relation],
    parent: list[int],
    root: Callable[[int], int],
) -> None:
    """Let tellings of unplaced unnamed sources join one origin that may be theirs.

    They add no origin of their own, but which one they repeat is not known, so they do not make
    one of two origins that nothing else joins.
    """
    number = {member.claim.id: n for n, member in enumerate(members)}
    # By claim ids, so that the order of the claims changes nothing.
    doubtful = sorted(
        tuple(sorted(pair)) for pair, relation in found.items() if relation.rule == "source"
    )
    placed = {root(n) for n, member in enumerate(members) if not member.unplaced}
    for among_unplaced in (True, False):
        for first, second in doubtful:
            i, j = root(number[first]), root(number[second])
            known = (i in placed) + (j in placed)
            if i != j and known == (0 if among_unplaced else 1):
                parent[j] = i
                if known:
                    placed.add(i)


def _origin(
    part: Sequence[Access], inside: Sequence[Relation], outside: Sequence[Relation]
) -> Origin:
    independence: Independence | None = None
    if outside:
        independence = "shown" if any(r.rule == "shown" for r in outside) else "assumed"
    # Why it is one origin matters more where outlets were merged, then why it stands apart.
    apart = [r for r in outside if r.rule == independence]
    apart.sort(key=lambda r: r.reason == _NOTHING)
    reasons = in_words(r.reason for r in (*inside, *apart[:1])) or [_alone(part)]
    name, kind = _name(part, inside)
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
        outlets=tuple(sorted({a.outlet for a in part})),
        claims=tuple(sorted(a.claim.id for a in part)),
        independence=independence,
        reason="; ".join(reasons[:_MOST_REASONS]),
        evidence=tuple(evidence),
    )


def _name(part: Sequence[Access], inside: Sequence[Relation]) -> tuple[str, OriginKind]:
    """Name an origin: the hand its tellings share, else the relay they name, else the outlet.

    Several outlets of one family go by the family's name.
    """
    shared = Counter((r.through.name, r.through.kind) for r in inside if r.through)
    if shared:
        return min(shared, key=lambda hand: (-shared[hand], hand))
    for named in (
        [access.stated for access in part],
        [hand for access in part for hand in access.hands if not (hand.whole or hand.distant)],
        [_agency(access) for access in part],
    ):
        count = Counter((hand.name, hand.kind) for hand in named if hand)
        if count:
            return min(count, key=lambda hand: (-count[hand], hand))
    families: dict[str, set[str]] = {}
    for access in part:
        families.setdefault(access.family, set()).add(access.outlet)
    return min(f if len(names) > 1 else min(names) for f, names in families.items()), "own"


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


def _common_credit(a: Access, b: Access) -> Relation | None:
    for one, other in ((a, b), (b, a)):
        for hand in one.hands:
            if hand.family == other.family:
                evidence = tuple(e for e in (hand.evidence,) if e)
                own = Hand(other.outlet, other.family, "own", note=hand.note)
                reason = Reason(f"credit {other.outlet}", (one.outlet,), f"credits {other.outlet}")
                return Relation("credit", reason, evidence, own)
    by_family = {hand.family: hand for hand in reversed(_binding(b))}
    for hand in _binding(a):
        if match := by_family.get(hand.family):
            evidence = tuple(e for e in (hand.evidence, match.evidence) if e)
            reason = Reason(f"have it from {hand.name}", (a.outlet, b.outlet))
            return Relation("credit", reason, evidence, hand)
    return None


def _binding(access: Access) -> list[Hand]:
    """The hands that two tellings can have in common.

    What was said in public, at a place or in a document that the claim names, does not depend on
    an outlet that only the lead of the article names.
    """
    public = access.claim.kind == "utterance" and any(
        via.kind in ("venue", "document") and not via.carried for via in access.claim.via
    )
    return [hand for hand in access.hands if not (public and hand.distant)]


def _common_source(a: Access, b: Access) -> Relation | None:
    """Two unnamed sources that may be one, and at least one outlet not telling its access."""
    if a.voice is None or b.voice is None or not (a.unplaced or b.unplaced):
        return None
    if a.voice.kind == b.voice.kind == "unnamed" and one_voice(a.voice, b.voice):
        return Relation(
            "source",
            Reason(
                "name no source and no relay that would set their tellings apart",
                tuple(access.outlet for access in (a, b) if access.unplaced),
                "names no source and no relay that would set its telling apart",
            ),
        )
    return None


def _shown(a: Access, b: Access) -> Relation | None:
    """Different relays named on the spot, or first-hand reporting, on both sides."""
    reasons = []
    evidence = []
    for access in (a, b):
        hand = access.stated
        if access.first_hand:
            reasons.append(f"{access.outlet} first-hand")
            evidence.append(access.first_hand)
        elif hand and not hand.carried:
            reasons.append(f"{access.outlet} through {hand.name}")
            evidence += [hand.evidence] if hand.evidence else []
        else:
            return None
    return Relation("shown", Reason("; ".join(reasons)), tuple(evidence))


def _assumed(a: Access, b: Access) -> Reason:
    if a.stated and b.stated:
        ways = ", ".join(sorted((a.stated.name, b.stated.name)))
        return Reason(f"the relays named earlier ({ways}) are taken to be these sources' too")
    if all(x.voice and x.voice.kind != "unnamed" for x in (a, b)):
        return Reason("said or written in public, where each outlet can have witnessed it")
    return _NOTHING


def _both(a: Access, b: Access, words: str) -> Reason:
    """What two outlets are to each other."""
    return Reason(words, (a.outlet, b.outlet), mutual=True)


def longest_run(a: Sequence[int], b: Sequence[int], counted: Container[int]) -> int:
    """Return how many counted words the best run of words has that two sentences share."""
    places: dict[int, list[int]] = {}
    for n, word in enumerate(b):
        places.setdefault(word, []).append(n)
    best, row = 0, dict[int, int]()
    for word in a:
        weight = word in counted
        row = {n: row.get(n - 1, 0) + weight for n in places.get(word, ())}
        best = max(best, *row.values()) if row else best
    return best
