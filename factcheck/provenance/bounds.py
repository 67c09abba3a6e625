"""What is known of two tellings beside the odds that one was taken from the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

from factcheck.access import findable, speaks_in_public
from factcheck.access.words import PUBLIC
from factcheck.provenance.access import Access, Hand, one_outlet
from factcheck.provenance.lineage import Telling
from factcheck.provenance.reasons import Reason
from factcheck.provenance.voices import one_voice, same_words
from factcheck.records import Evidence, Level

# Two that name different relays, or show their own reporting, have it from each other with such
# log-odds at most: in the newsroom's events there are too few of them to fit it.
_SHOWN = -3.0
# Where one hand may be behind both, they are two origins rather than one, as most such pairs of the
# newsroom's events are: enough to count as two, too little to corroborate each other.
_MAY = -1.2
# Where an outlet has named the very other as its relay, and none since, it has it from there.
_NAMED = 1.0
# Where the one says so, and the same person may have talked to the other through it, they are one.
_STATED = -0.5
# What was said before all, or written for all, each outlet has from there: so it is of 55 of 57
# pairs of the newsroom's tellings that name one such occasion and no relay.
_PLACED = -2.5
_OCCASIONS = (PUBLIC | {"statement"}) - {"court", "interview"}
# ... unless the texts are alike beyond what they quote: parts of the odds, and what they may add.
Text = Literal["copied text", "rewritten text", "sentences", "rare words here"]
_TEXT: frozenset[str] = frozenset(get_args(Text))
_MOST_TEXT = 1.0
# An unnamed source of which nothing is told is another outlet's, if it may be, as likely as not.
_UNTOLD = 0.0

# Log-odds, and how they add up.
Odds = tuple[float, tuple[Level, ...]]


class Shown(NamedTuple):
    """Why two tellings came through separate hands, as the texts show, and where."""

    reason: Reason
    evidence: tuple[Evidence, ...]


def bounded(taken: Odds, child: Sequence[Telling], parent: Sequence[Telling], apart: bool) -> Odds:
    """The odds within what is known beside them, which then tells of its own part in them."""
    weight, levels = taken
    for holds, words, bound, within in (
        (_names(child, parent), "has named the other as its relay", _NAMED, max),
        (may_share(child, parent), "one hand may be behind both", _MAY, max),
        (_may_have(child, parent), "it quotes what the other quotes, which it names", _UNTOLD, max),
        (
            named_behind(child, parent) is not None,
            "the relay of one may be behind the other",
            _STATED,
            max,
        ),
        (_private(child, parent), "the same words of somebody not in public", _STATED, max),
        (_untold(child, parent), "its unnamed source may be the other's", _UNTOLD, max),
        (
            at_one_place(child, parent) and _text(levels) < _MOST_TEXT,
            "said in public, where each can have heard it",
            _PLACED,
            min,
        ),
        (_other_relays(child, parent), "each names a relay of its own", _SHOWN, min),
        (_other_agencies(child, parent), "each prints an agency of its own", _SHOWN, min),
        (apart, "each shows its own way", _SHOWN, min),
    ):
        if holds and within(weight, bound) != weight:
            part = Level(name="bound", level=words, weight=round(bound - weight, 3))
            weight, levels = bound, (*levels, part)
    return weight, levels


def named_behind(one: Sequence[Telling], other: Sequence[Telling]) -> Hand | None:
    """The relay that one names on the spot and that may be behind what the other tells, too."""
    sides = [[a for telling in side for a in telling.members] for side in (one, other)]
    for side, others in (sides, sides[::-1]):
        theirs = {h.family for a in others for h in a.hands}
        for hand in (h for a in side for h in a.hands if not h.carried and not h.whole):
            if hand.family in theirs:
                return hand
    return None


def shown(one: Sequence[Telling], other: Sequence[Telling]) -> Shown | None:
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
    return Shown(Reason("; ".join(reasons)), tuple(evidence))


def _names(child: Sequence[Telling], parent: Sequence[Telling]) -> bool:
    """Whether an outlet names another as the relay of what it tells, on the spot or carried on."""
    other = parent[0].members[0]
    return any(
        hand.stated and other.has_from(hand) for t in child for a in t.members for hand in a.hands
    )


def may_share(one: Sequence[Telling], other: Sequence[Telling]) -> bool:
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
    """Whether an outlet has an unnamed source without telling how, which may be the other's.

    What the prosecution or the clinic tells, each outlet can have asked it itself.
    """
    mine = [a.voice for t in child for a in t.members if a.unplaced and a.voice]
    theirs = [a.voice for t in parent for a in t.members if a.voice]
    return any(
        one.kind == other.kind == "unnamed"
        and not (findable(one) and findable(other))
        and one_voice(one, other)
        for one, other in itertools.product(mine, theirs)
    )


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


def _text(levels: Sequence[Level]) -> float:
    """How much the texts as such add to the odds."""
    return sum(level.weight for level in levels if level.name in _TEXT)


def at_one_place(child: Sequence[Telling], parent: Sequence[Telling]) -> bool:
    """Whether both place it at one public occasion, and neither names a relay."""
    sides = [[a for telling in side for a in telling.members] for side in (child, parent)]
    if any(a.hands for side in sides for a in side):
        return False
    mine, theirs = ({a.claim.access.name for a in side} for side in sides)
    return not _OCCASIONS.isdisjoint(mine & theirs)


def _other_relays(child: Sequence[Telling], parent: Sequence[Telling]) -> bool:
    """Whether the two name relays of their own, on the spot or carried on, and these differ, or
    one was told it itself.
    """
    sides = [[a for telling in side for a in telling.members] for side in (child, parent)]
    return all(any(a.stated or a.first_hand for a in s) for s in sides) and not _one_hand(*sides)


def _other_agencies(child: Sequence[Telling], parent: Sequence[Telling]) -> bool:
    """Whether the two print agencies, and different ones."""
    agencies = [
        {
            h.family
            for t in side
            for a in t.members
            for h in a.hands
            if h.whole and h.kind == "agency"
        }
        for side in (child, parent)
    ]
    return all(agencies) and agencies[0].isdisjoint(agencies[1]) and not may_share(child, parent)
