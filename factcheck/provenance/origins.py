"""How many separate hands a statement came through: the origins of a group.

Each outlet's telling is its own access to the facts or was taken from another's. Where it is
certain (one family, one agency credited on the spot, copied text) that decides; else the odds do
that `independence` gives a pair. Of all ways in which the tellings can go back to one another
(`forest`) the likeliest origins are told, and how probable it is that there are at least two.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from factcheck.access import speaks_in_public
from factcheck.config import Provenance as Policy
from factcheck.provenance import forest
from factcheck.provenance.access import Access, Hand, one_outlet
from factcheck.provenance.derivation import Derivation, Texts, connected, precedes
from factcheck.provenance.independence import MOST, NOTHING, SILENT, load_model
from factcheck.provenance.lineage import Lineage, Telling, tellings
from factcheck.provenance.passages import longest_run
from factcheck.provenance.reasons import Reason, in_words
from factcheck.provenance.voices import one_voice, same_words
from factcheck.records import Evidence, Independence, Level, Origin, OriginKind

# What relates two tellings: certain dependence by its ground, `taken` for a likely one, and how
# independent two others are.
Rule = Literal["family", "credit", "text", "taken", "shown", "likely", "assumed"]
DEPENDENT: frozenset[Rule] = frozenset(("family", "credit", "text", "taken"))

# Reasons that are told.
_MOST_REASONS = 3
_NOTHING = Reason("nothing shows that one outlet has it from the other")
# Words in a row, names and quotations not counted, that two sentences do not share by chance.
_VERBATIM = 7
# From so many common sentences on, a text is copied whatever hands its outlets name.
_PASSAGES = 2
# So much more likely one way than the other, in log-odds, tells who has it from whom.
_ONE_WAY = 1.0
# Two that name different relays, or show their own reporting, have it from each other with such
# log-odds at most: in the newsroom's events there are too few of them to fit it.
_SHOWN = -3.0
# Where one hand may be behind both, they are hardly likelier to be two origins than one: enough to
# count as two, too little to corroborate each other.
_MAY = -0.8
# Where the one says so, and the same person may have talked to the other through it, they are one.
_STATED = -0.5
# An unnamed source of which nothing is told is another outlet's, if it may be, as likely as not.
_UNTOLD = 0.0
# Parts of the odds that are told as the reason, and what each must add.
_MOST_PARTS, _TELLING_PART = 2, 0.3


# Log-odds, and how they add up.
_Odds = tuple[float, tuple[Level, ...]]


class Relation(NamedTuple):
    """What two outlets' tellings are to each other: the rule, why, and where it stands.

    `through` is the hand that both have in common, where there is one; `probability` that of the
    two being independent, were there no others; `levels` are those of the likelier direction, in
    which the outlet `child` has it from `parent`.
    """

    rule: Rule
    reason: Reason
    evidence: tuple[Evidence, ...] = ()
    through: Hand | None = None
    probability: float = 0.0
    levels: tuple[Level, ...] = ()
    child: str = ""
    parent: str = ""


class Found(NamedTuple):
    """The origins of a group, the probability of at least two, and how its tellings relate.

    Relations are keyed by claim ids, the first claims of two outlets.
    """

    origins: tuple[Origin, ...]
    several: float
    relations: dict[tuple[str, str], Relation]


class Relations:
    """Compares the tellings of the articles of one run."""

    def __init__(
        self,
        texts: Texts,
        derived: Iterable[Derivation],
        outlets: Mapping[str, str],
        lineage: Lineage,
        policy: Policy,
    ) -> None:
        """`derived` are the derivations among the articles, `outlets` their outlets by id."""
        self._texts, self._lineage, self.policy = texts, lineage, policy
        derived = list(derived)
        self._chains = connected(derived)
        self._sources = {
            frozenset((d.a, d.b)): Hand(outlets[d.source], outlets[d.source], "own", d.reason)
            for d in derived
            if d.source
        }

    def certain(self, one: Sequence[Telling], other: Sequence[Telling]) -> Relation | None:
        """What makes two outlets' tellings dependent beyond doubt, if anything does.

        Where different hands are shown, that one sentence is the same does not.
        """
        apart = _shown(one, other) is not None
        for a, b in itertools.product(one, other):
            alone = len(self._texts.overlap(a.article, b.article).passages) < _PASSAGES
            for x, y in itertools.product(a.members, b.members):
                found = _common_credit(x, y) or (None if apart and alone else self._derived(x, y))
                if found:
                    return found
        return None

    def taken(self, child: Sequence[Telling], parent: Sequence[Telling], tellers: int) -> _Odds:
        """The log-odds that an outlet has its telling from another, and how they add up."""
        model = load_model()
        measured = [
            self._lineage.measure(a, b, tellers) for a, b in itertools.product(child, parent)
        ]
        best = max(measured, key=model.log_odds)
        return model.log_odds(best), model.levels(best)

    def may_be_first(self, told: Sequence[Sequence[Telling]]) -> Sequence[bool]:
        """For outlets' tellings, whether none of the others was published before all of its own."""
        days = [[self._lineage.published(t.article) for t in outlet] for outlet in told]
        return [
            not any(
                other is not own and all(precedes(x, y) for x in other for y in own)
                for other in days
            )
            for own in days
        ]

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
        words, others = self._texts.words[one], self._texts.words[other]
        common = [(p.a, p.b) for p in overlap.passages if p.a in a.sentences and p.b in b.sentences]
        if common:
            told, note = "tell it in the same sentence", "the same passage"
        else:
            told, note = "tell it with the same words in a row", "the same words"
            pairs = itertools.product(sorted(a.sentences), sorted(b.sentences))
            common = [
                (x, y)
                for x, y in pairs
                if longest_run(words.sentences[x], others.sentences[y], self._texts.common)
                >= _VERBATIM
            ][:1]
        if not common:
            return None
        return Relation(
            "text",
            _both(a, b, told),
            tuple(
                Evidence(article=article, span=span, note=note)
                for x, y in common
                for article, span in ((one, words.spans[x]), (other, others.spans[y]))
            ),
        )


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
    found: dict[tuple[str, str], Relation] = {}
    log_odds = np.full((size, size), -MOST)
    for i, j in itertools.combinations(range(size), 2):
        relation = relations.certain(told[i], told[j])
        if relation:
            log_odds[i, j] = log_odds[j, i] = MOST
        else:
            shown = _shown(told[i], told[j])
            there, back = (
                _bounded(relations.taken(child, parent, size), child, parent, shown is not None)
                for child, parent in ((told[i], told[j]), (told[j], told[i]))
            )
            log_odds[i, j], log_odds[j, i] = there[0], back[0]
            relation = _likely(told[i], told[j], there, back, shown)
            behind = _named_behind(told[i], told[j])
            if behind and relation.rule == "taken":
                relation = relation._replace(
                    reason=Reason(
                        f"probably have it from {behind.name}",
                        (told[i][0].members[0].outlet, told[j][0].members[0].outlet),
                    ),
                    evidence=tuple(e for e in (behind.evidence,) if e),
                    through=behind,
                )
        found[_key(told[i], told[j])] = relation
    weights = forest.odds(log_odds, MOST)
    trees = forest.trees(weights)
    several = forest.several(weights)
    result = []
    for tree in trees:
        joined = (
            sum(np.exp(forest.together(weights, tree, other)) for other in trees if other != tree)
            if len(trees) > 1
            else 0.0
        )
        likely = forest.roots(weights[np.ix_(tree, tree)]).round(9)
        root = tree[int((likely * relations.may_be_first([told[n] for n in tree])).argmax())]
        inside = [
            _told_inside(found[_key(told[i], told[j])])
            for i, j in itertools.combinations(tree, 2)
            if _key(told[i], told[j]) in found and _joins(weights, i, j)
        ]
        outside = [
            found[_key(told[min(i, j)], told[max(i, j)])]
            for i in tree
            for j in range(size)
            if j not in tree
        ]
        part = [access for n in tree for telling in told[n] for access in telling.members]
        every = [m for m in members if m.family in {told[n][0].family for n in tree}]
        result.append(
            _origin(
                every,
                part,
                [a for t in told[root] for a in t.members],
                [*inside, *_of_one_family(every)],
                outside,
                float(1 / (1 + joined)) if len(trees) > 1 else None,
                relations.policy,
            )
        )
    return Found(tuple(sorted(result, key=lambda o: (o.name, o.claims))), several, found)


def _bounded(
    taken: _Odds, child: Sequence[Telling], parent: Sequence[Telling], shown: bool
) -> _Odds:
    """The odds within what is known beside them, which then tells of its own part in them."""
    weight, levels = taken
    for holds, words, bound, within in (
        (_may_share(child, parent), "one hand may be behind both", _MAY, max),
        (_may_have(child, parent), "it quotes what the other quotes, which it names", _UNTOLD, max),
        (
            _named_behind(child, parent) is not None,
            "the relay of one may be behind the other",
            _STATED,
            max,
        ),
        (_private(child, parent), "the same words of somebody not in public", _STATED, max),
        (_untold(child, parent), "its unnamed source may be the other's", _UNTOLD, max),
        (_other_relays(child, parent), "each names a relay of its own", _SHOWN, min),
        (shown, "each shows its own way", _SHOWN, min),
    ):
        if holds and within(weight, bound) != weight:
            part = Level(name="bound", level=words, weight=round(bound - weight, 3))
            weight, levels = bound, (*levels, part)
    return weight, levels


def _joins(weights: forest.Odds, i: int, j: int) -> bool:
    """Whether two tellings of an origin speak for being one by themselves."""
    return forest.together(weights, [i], [j]) > 0


def _key(one: Sequence[Telling], other: Sequence[Telling]) -> tuple[str, str]:
    return one[0].members[0].claim.id, other[0].members[0].claim.id


def _told_inside(relation: Relation) -> Relation:
    return relation if relation.rule in DEPENDENT else relation._replace(rule="taken")


def _of_one_family(members: Sequence[Access]) -> list[Relation]:
    """That outlets of one name share a family, once for each family."""
    families: dict[str, dict[str, Access]] = {}
    for member in members:
        families.setdefault(member.family, {}).setdefault(member.outlet, member)
    return [
        Relation("family", _both(*pair, f"are one family ({family})"))
        for family, outlets in families.items()
        for pair in itertools.pairwise(outlets.values())
    ]


def _likely(
    one: Sequence[Telling],
    other: Sequence[Telling],
    there: _Odds,
    back: _Odds,
    shown: Relation | None,
) -> Relation:
    """How two outlets relate of which nothing is certain."""
    a, b = one[0].members[0], other[0].members[0]
    odds = np.exp([there[0], back[0]]).sum()
    apart = float(1 / (1 + odds))
    child, parent, (_, levels) = (a, b, there) if there[0] >= back[0] else (b, a, back)
    told = Relation(
        "assumed",
        _assumed(a, b),
        probability=apart,
        levels=levels,
        child=child.outlet,
        parent=parent.outlet,
    )
    if apart < 0.5:
        why = _why(levels)
        if abs(there[0] - back[0]) >= _ONE_WAY:
            reason = Reason(
                f"probably have it from {parent.outlet}{why}",
                (child.outlet,),
                f"probably has it from {parent.outlet}{why}",
            )
        else:
            reason = _both(a, b, f"probably have it from one hand{why}")
        return told._replace(rule="taken", reason=reason)
    if shown:
        return told._replace(rule="shown", reason=shown.reason, evidence=shown.evidence)
    return told


def _why(levels: Sequence[Level]) -> str:
    """The parts that tell most for a telling having been taken from another."""
    told = [
        level
        for level in levels
        if level.name not in SILENT and level.level not in NOTHING and level.weight >= _TELLING_PART
    ]
    told.sort(key=lambda level: (-level.weight, level.name))
    words = ", ".join(level.level for level in told[:_MOST_PARTS])
    return f" ({words})" if words else ""


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
    apart.sort(key=lambda r: (r.rule != "shown", r.reason == _NOTHING, -r.probability))
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
    )


def _doubt(outside: Sequence[Relation]) -> str:
    """What speaks most for an origin being part of another one after all."""
    told = [r for r in outside if r.levels and r.child and r.parent]
    if not told:
        return ""
    least = min(told, key=lambda r: (r.probability, r.child, r.parent))
    return f"{least.child} may have it from {least.parent}{_why(least.levels)}"


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


def _common_credit(a: Access, b: Access) -> Relation | None:
    """One credits the other, or both the same hand, on the spot or for the whole article."""
    for one, other in ((a, b), (b, a)):
        for hand in one.hands:
            if other.has_from(hand) and _sure(hand):
                evidence = tuple(e for e in (hand.evidence,) if e)
                own = Hand(other.outlet, other.family, "own", note=hand.note)
                reason = Reason(f"credit {other.outlet}", (one.outlet,), f"credits {other.outlet}")
                return Relation("credit", reason, evidence, own)
    for hand, match in itertools.product(filter(_sure, a.hands), filter(_sure, b.hands)):
        if hand.family == match.family or one_outlet(hand.name, match.name):
            evidence = tuple(e for e in (hand.evidence, match.evidence) if e)
            reason = Reason(f"have it from {hand.name}", (a.outlet, b.outlet))
            return Relation("credit", reason, evidence, hand)
    return None


def _sure(hand: Hand) -> bool:
    """Whether a hand is certainly behind the claim: its own attribution or the article says so."""
    return (hand.stated and not hand.carried) or hand.whole


def _may_share(one: Sequence[Telling], other: Sequence[Telling]) -> bool:
    """Whether one agency or outlet may be behind both tellings, or one behind the other."""
    sides = [[a for telling in side for a in telling.members] for side in (one, other)]
    for side, others in (sides, sides[::-1]):
        if any(others[0].has_from(hand) for a in side for hand in a.hands):
            return True
    mine, theirs = ({h.family for a in side for h in a.hands} for side in sides)
    return not mine.isdisjoint(theirs)


def _may_have(child: Sequence[Telling], parent: Sequence[Telling]) -> bool:
    """Whether an outlet quotes what another, which it names as a reporter of it, quotes."""
    other = parent[0].members[0]
    pairs = itertools.product(
        (a for t in child for a in t.members), (a for t in parent for a in t.members)
    )
    return any(
        same_words(x.claim, y.claim) and any(other.has_from(hand) for hand in x.hands)
        for x, y in pairs
    )


def _named_behind(one: Sequence[Telling], other: Sequence[Telling]) -> Hand | None:
    """The relay that one names on the spot and that may be behind what the other tells, too."""
    sides = [[a for telling in side for a in telling.members] for side in (one, other)]
    for side, others in (sides, sides[::-1]):
        theirs = {h.family for a in others for h in a.hands}
        for hand in (h for a in side for h in a.hands if not h.carried and not h.whole):
            if hand.family in theirs:
                return hand
    return None


def _private(one: Sequence[Telling], other: Sequence[Telling]) -> bool:
    """Whether both quote the same words of somebody who does not speak in public."""
    return any(
        x.voice is not None
        and y.voice is not None
        and same_words(x.claim, y.claim)
        and not speaks_in_public(x.voice, x.claim.access)
        and not speaks_in_public(y.voice, y.claim.access)
        for a, b in itertools.product(one, other)
        for x, y in itertools.product(a.members, b.members)
    )


def _untold(child: Sequence[Telling], parent: Sequence[Telling]) -> bool:
    """Whether an outlet has an unnamed source without telling how, which may be the other's."""
    mine = [a.voice for t in child for a in t.members if a.unplaced and a.voice]
    theirs = [a.voice for t in parent for a in t.members if a.voice]
    return any(
        one.kind == other.kind == "unnamed" and one_voice(one, other)
        for one, other in itertools.product(mine, theirs)
    )


def _shown(one: Sequence[Telling], other: Sequence[Telling]) -> Relation | None:
    """Different relays named on the spot, or first-hand reporting, on both sides."""
    sides = [[a for telling in side for a in telling.members] for side in (one, other)]
    if _one_hand(*sides):
        return None
    reasons = []
    evidence = []
    for members in sides:
        for access in members:
            hand = access.stated
            if access.first_hand:
                reasons.append(f"{access.outlet} first-hand")
                evidence.append(access.first_hand)
                break
            if hand and not hand.carried:
                reasons.append(f"{access.outlet} through {hand.name}")
                evidence += [hand.evidence] if hand.evidence else []
                break
        else:
            return None
    return Relation("shown", Reason("; ".join(reasons)), tuple(evidence))


def _one_hand(side: Sequence[Access], others: Sequence[Access]) -> bool:
    """Whether a hand of the one is one of the other's, or is the other itself."""
    hands = [{h for a in members for h in a.hands if not h.whole} for members in (side, others)]
    if any(x.family == y.family or one_outlet(x.name, y.name) for x in hands[0] for y in hands[1]):
        return True
    return any(
        b.has_from(hand)
        for members, b in ((side, others[0]), (others, side[0]))
        for access in members
        for hand in access.hands
    )


def _other_relays(child: Sequence[Telling], parent: Sequence[Telling]) -> bool:
    """Whether the two name relays of their own, on the spot or carried on, and these differ."""
    sides = [[a for telling in side for a in telling.members] for side in (child, parent)]
    return all(any(a.stated for a in side) for side in sides) and not _one_hand(*sides)


def _assumed(a: Access, b: Access) -> Reason:
    if a.stated and b.stated:
        one, other = sorted((a.stated.name, b.stated.name))
        return Reason(f"one through {one}, the other through {other}, as far as they tell")
    if all(x.voice and x.voice.kind != "unnamed" for x in (a, b)):
        return Reason("said or written in public, where each outlet can have witnessed it")
    return _NOTHING


def _both(a: Access, b: Access, words: str) -> Reason:
    """What two outlets are to each other."""
    return Reason(words, (a.outlet, b.outlet), mutual=True)
