"""What two outlets' tellings of a statement are to each other, and what makes them one for certain.

One family, one agency or outlet credited on the spot or for the whole article, copied text.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from factcheck.access import speaks_in_public
from factcheck.config import Provenance as Policy
from factcheck.provenance.access import Access, Hand, one_outlet
from factcheck.provenance.bounds import (
    Odds,
    Shown,
    at_one_place,
    bounded,
    may_share,
    named_behind,
    shown,
)
from factcheck.provenance.derivation import Derivation, Texts, connected, precedes
from factcheck.provenance.independence import MOST, NOTHING, SILENT, load_model
from factcheck.provenance.lineage import Lineage, Telling
from factcheck.provenance.passages import longest_run
from factcheck.provenance.reasons import Reason, both
from factcheck.records import Evidence, Level

# What relates two tellings: certain dependence by its ground, `taken` for a likely one, and how
# independent two others are.
Dependent = Literal["family", "credit", "text", "taken"]
Rule = Literal[Dependent, "shown", "likely", "assumed"]
DEPENDENT: frozenset[Rule] = frozenset(get_args(Dependent))

# Words in a row, names and quotations not counted, that two sentences do not share by chance.
_VERBATIM = 7
# From so many common sentences on, a text is copied whatever hands its outlets name.
_PASSAGES = 2
# So much more likely one way than the other, in log-odds, tells who has it from whom.
_ONE_WAY = 1.0
# Parts of the odds that are told as the reason, and what each must add.
_MOST_PARTS, _TELLING_PART = 2, 0.3

NOTHING_SHOWN = Reason("nothing shows that one outlet has it from the other")


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

    def weigh(
        self, one: Sequence[Telling], other: Sequence[Telling], tellers: int
    ) -> tuple[Relation, float, float]:
        """What two of so many outlets are to each other, and the log-odds that the one has it from
        the other, and the other from the one.
        """
        if certain := self._certain(one, other):
            return certain, MOST, MOST
        apart = shown(one, other)
        there, back = (
            bounded(self._taken(child, parent, tellers), child, parent, apart is not None)
            for child, parent in ((one, other), (other, one))
        )
        return _likely(one, other, there, back, apart), there[0], back[0]

    def _certain(self, one: Sequence[Telling], other: Sequence[Telling]) -> Relation | None:
        """What makes two outlets' tellings dependent beyond doubt, if anything does.

        Where different hands are shown, or both were where it was said, that one sentence is the
        same does not.
        """
        apart = shown(one, other) is not None or at_one_place(one, other)
        for a, b in itertools.product(one, other):
            alone = len(self._texts.overlap(a.article, b.article).passages) < _PASSAGES
            for x, y in itertools.product(a.members, b.members):
                found = _common_credit(x, y) or (None if apart and alone else self._derived(x, y))
                if found:
                    return found
        return None

    def _taken(self, child: Sequence[Telling], parent: Sequence[Telling], tellers: int) -> Odds:
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
            return Relation("text", both(a.outlet, b.outlet, "print one text"), through=source)
        overlap = self._texts.overlap(one, other)
        if overlap.mostly:
            reason = both(a.outlet, b.outlet, f"share {overlap.share:.0%} of their text")
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
            both(a.outlet, b.outlet, told),
            tuple(
                Evidence(article=article, span=span, note=note)
                for x, y in common
                for article, span in ((one, words.spans[x]), (other, others.spans[y]))
            ),
        )


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


def _likely(
    one: Sequence[Telling],
    other: Sequence[Telling],
    there: Odds,
    back: Odds,
    apart: Shown | None,
) -> Relation:
    """How two outlets relate of which nothing is certain."""
    a, b = one[0].members[0], other[0].members[0]
    separate = 1 / (1 + math.exp(there[0]) + math.exp(back[0]))
    child, parent, (_, levels) = (a, b, there) if there[0] >= back[0] else (b, a, back)
    told = Relation(
        "assumed",
        _assumed(a, b, may_share(one, other)),
        probability=separate,
        levels=levels,
        child=child.outlet,
        parent=parent.outlet,
    )
    if separate < 0.5:
        why = why_taken(levels)
        if hand := named_behind(one, other):
            reason = Reason(f"probably have it from {hand.name}", (a.outlet, b.outlet))
            evidence = tuple(e for e in (hand.evidence,) if e)
            return told._replace(rule="taken", reason=reason, evidence=evidence, through=hand)
        if abs(there[0] - back[0]) >= _ONE_WAY:
            reason = Reason(
                f"probably have it from {parent.outlet}{why}",
                (child.outlet,),
                f"probably has it from {parent.outlet}{why}",
            )
        else:
            reason = both(a.outlet, b.outlet, f"probably have it from one hand{why}")
        return told._replace(rule="taken", reason=reason)
    if apart:
        return told._replace(rule="shown", reason=apart.reason, evidence=apart.evidence)
    return told


def why_taken(levels: Sequence[Level]) -> str:
    """The parts that tell most for a telling having been taken from another."""
    told = [
        level
        for level in levels
        if level.name not in SILENT and level.level not in NOTHING and level.weight >= _TELLING_PART
    ]
    told.sort(key=lambda level: (-level.weight, level.name))
    words = ", ".join(level.level for level in told[:_MOST_PARTS])
    return f" ({words})" if words else ""


def _assumed(a: Access, b: Access, may_share: bool) -> Reason:
    if a.stated and b.stated:
        one, other = sorted((a.stated.name, b.stated.name))
        return Reason(f"one through {one}, the other through {other}, as far as they tell")
    if may_share:
        return Reason("each may have it for itself, though one hand may be behind both")
    if all(x.voice and speaks_in_public(x.voice, x.claim.access) for x in (a, b)):
        return Reason("said or written in public, where each outlet can have witnessed it")
    return NOTHING_SHOWN
