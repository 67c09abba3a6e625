"""Votes: how many were for and against, as "12-3", "by 12 votes to 3", "unanimously"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from factcheck.lang import table, words
from factcheck.records import Detail, Slot
from factcheck.slots.bare import is_label, is_year
from factcheck.slots.numbers import adjacent, number, read
from factcheck.slots.stretch import Stretch
from factcheck.slots.tokens import Token, possessor, word_at

_DASHES = ("-", "–")
# How far before and behind a tally a word may tell that it is one, and in which it is split.
_BEFORE, _BEHIND = 6, 3
# How near a word of voting has to be where the smaller part comes first, and how near a score
# takes the numbers.
_CLOSE, _SCORED = 3, 4
# Words between a number and its side, between the sides, and before who abstained.
_MOST_BETWEEN, _MOST_MATTER, _MOST_LEAD = 4, 8, 4


class VoteDetail(Detail):
    """How many voted yes, no, and not at all where that is told.

    `sided` is false where it is told how the votes were split, and not which part was for: "12-3"
    may reject something. `yes` is `None` where nobody was against and no number is told.
    """

    type: Literal["vote"] = "vote"
    yes: int | None
    no: int
    abstained: int | None = None
    sided: bool = False


class Vote(NamedTuple):
    """A vote told by tokens `[first, last)`."""

    first: int
    last: int
    detail: VoteDetail


class _Side(NamedTuple):
    number: int
    yes: bool
    last: int


def details(stretch: Stretch) -> list[Slot]:
    """The votes of one sentence; their numbers are no figures. `about` is the body that voted."""
    out = []
    for vote in find(stretch.tokens, stretch.taken):
        stretch.taken.update(range(vote.first, vote.last))
        span = stretch.tokens[vote.first].start, stretch.tokens[vote.last - 1].end
        out.append(
            Slot(
                slot="vote",
                value=_value(vote.detail),
                text=stretch.text[slice(*span)],
                span=span,
                about=_body(stretch.tokens, vote),
                detail=vote.detail,
            )
        )
    return out


def told(slot: Slot, _: str | None) -> str:
    """Which part was for, and which against, where that is told."""
    detail = _of(slot)
    if detail.yes is None:
        return " (none against)"
    return f" ({detail.yes} for, {detail.no} against)" if detail.sided else ""


def exclude(one: Slot, other: Slot) -> bool:
    """Whether two votes cannot be one: other parts, parts on other sides, others abstained."""
    x, y = _of(one), _of(other)
    if x.abstained is not None and y.abstained is not None and x.abstained != y.abstained:
        return True
    if x.yes is None or y.yes is None:
        return any(d.yes is not None and min(d.yes, d.no) > 0 for d in (x, y))
    if x.sided and y.sided:
        return (x.yes, x.no) != (y.yes, y.no)
    return sorted((x.yes, x.no)) != sorted((y.yes, y.no))


def find(tokens: list[Token], taken: set[int]) -> Iterator[Vote]:
    """The votes of one sentence; `taken` are indices of tokens that belong to dates."""
    k = 0
    while k < len(tokens):
        vote = None
        if k not in taken:
            vote = _by_sides(tokens, k) or _tally(tokens, k) or _unanimous(tokens, k)
        if vote is None or not taken.isdisjoint(range(vote.first, vote.last)):
            k += 1
            continue
        yield vote
        k = vote.last


def _of(slot: Slot) -> VoteDetail:
    if not isinstance(slot.detail, VoteDetail):
        raise TypeError(f"a vote without detail: {slot.value}")
    return slot.detail


def _value(detail: VoteDetail) -> str:
    if detail.yes is None:
        return "unanimous"
    abstained = f", {detail.abstained} abstaining" if detail.abstained is not None else ""
    return f"{number(detail.yes)} to {number(detail.no)}{abstained}"


def _body(tokens: list[Token], vote: Vote) -> str:
    """The body that voted: the nearest that is named before the vote, or else behind it."""
    bodies = table("votes")["bodies"]
    near = [*range(vote.first - 1, -1, -1), *range(vote.last, len(tokens))]
    named = (possessor(tokens[k].low) for k in near)
    return next((bodies[low] for low in named if low in bodies), "")


def _count(tokens: list[Token], k: int) -> tuple[int, int] | None:
    """A whole number at token `k`, and the token behind it."""
    value = read(tokens, k) if k < len(tokens) and tokens[k].low not in ("a", "an") else None
    if value is None or value.low != value.high or value.low != int(value.low):
        return None
    if tokens[k].is_number and value.last != k + 1:
        return None  # "5 million"
    return int(value.low), value.last


def _by_sides(tokens: list[Token], k: int) -> Vote | None:
    """Two numbers with the side of each: "12 in favour and three against"."""
    one = _side(tokens, k)
    if one is None:
        return None
    # What was voted on may stand in between: "12 voted for the levy and three against".
    ends = range(one.last, min(len(tokens), one.last + _MOST_MATTER))
    starts = (at + 1 for at in ends if tokens[at].low in words("votes", "joins"))
    other = next((side for at in starts if (side := _side(tokens, at))), None)
    if other is None or other.yes == one.yes:
        return None
    yes, no = (one, other) if one.yes else (other, one)
    return _with_abstained(tokens, Vote(k, other.last, _split(yes.number, no.number, sided=True)))


def _split(yes: int, no: int, *, sided: bool) -> VoteDetail:
    return VoteDetail(yes=yes, no=no, sided=sided)


def _side(tokens: list[Token], k: int) -> _Side | None:
    """A number, or nobody, and the side taken: "12 members voted for"."""
    found = _count(tokens, k)
    if found is None and word_at(tokens, k) in words("votes", "nobody"):
        found = 0, k + 1
    if found is None:
        return None
    count, at = found
    for last in range(at, at + _MOST_BETWEEN + 1):
        for yes, phrase in _sides():
            end = last + len(phrase)
            if tuple(t.low for t in tokens[last:end]) == phrase:
                return _Side(count, yes, end)
        if word_at(tokens, last) not in words("votes", "between"):
            break
    return None


def _sides() -> Iterator[tuple[bool, tuple[str, ...]]]:
    for yes, key in ((True, "yes"), (False, "no")):
        for phrase in table("votes")[key]:
            yield yes, tuple(phrase.split())


def _tally(tokens: list[Token], k: int) -> Vote | None:
    """Two numbers of a vote: "12-3", "12 votes to three", "5-to-4", "12-3-1" with who abstained."""
    one = _count(tokens, k)
    if one is None:
        return None
    at = one[1] + (word_at(tokens, one[1]) in words("votes", "between"))
    joint = _joint(tokens, at)
    other = _count(tokens, joint) if joint > at else None
    if other is None:
        return None
    last, detail = other[1], _split(one[0], other[0], sided=False)
    third = _joint(tokens, last) if joint == at + 1 and tokens[at].text in _DASHES else last
    more = _count(tokens, third) if third > last else None
    if more:
        last, detail = more[1], detail.model_copy(update={"abstained": more[0]})
    last += word_at(tokens, last) == "votes"
    if not _is_vote(tokens, Vote(k, last, detail), at > one[1]):
        return None
    return _with_abstained(tokens, Vote(k, last, _on_sides(tokens, last, detail)))


def _on_sides(tokens: list[Token], k: int, detail: VoteDetail) -> VoteDetail:
    """The two parts with their sides, where the first is told behind: "voted 12-3 against"."""
    ahead = [t.low for t in tokens[k : k + 2]]
    if ahead in [phrase.split() for phrase in table("votes")["yes"]]:
        return detail.model_copy(update={"sided": True})
    advice = {t.low for t in tokens[k + 1 : k + 1 + _MOST_LEAD]} & words("votes", "advice")
    if ahead[:1] != ["against"] or advice:
        return detail
    return detail.model_copy(update={"yes": detail.no, "no": detail.yes, "sided": True})


def _joint(tokens: list[Token], k: int) -> int:
    """The token behind what joins two parts ("-", "to", "-to-"); `k` where nothing does."""
    if word_at(tokens, k) in words("votes", "to"):
        return k + 1
    if word_at(tokens, k) not in _DASHES or not adjacent(tokens, k):
        return k
    if word_at(tokens, k + 1) in words("votes", "to") and word_at(tokens, k + 2) in _DASHES:
        return k + 3
    return k + 1


def _is_vote(tokens: list[Token], vote: Vote, named: bool) -> bool:
    """Whether two numbers are a vote and no score, range, ratio, address, date or span of years.

    `named` tells that votes or voters are named between them.
    """
    first, last, detail = vote
    yes, no = detail.yes or 0, detail.no
    before = word_at(tokens, first - 1)
    if before in words("votes", "never_behind") or _goes_on(tokens, last):
        return False
    digits = tokens[first].text.isdecimal()
    if digits and is_year(yes) and (no < 100 or is_year(no)):
        return False
    value = read(tokens, first)
    if value is None or is_label(tokens, first, value):
        return False
    nouned = word_at(tokens, last) in words("votes", "whole") or not words(
        "votes", "nouns"
    ).isdisjoint(word_at(tokens, k) for k in (last, last + 1, last + 3))
    if before in words("votes", "determiners"):
        return nouned and not _is_elsewhere(tokens)
    if named or _near(tokens, vote, _BEFORE, _BEHIND, "votes"):
        close = named or _near(tokens, vote, _CLOSE, 1, "votes", "failing")
        return (yes >= no or close) and (named or not _is_scored(tokens, first))
    if _is_elsewhere(tokens):
        return False
    failing = _near(tokens, vote, _BEFORE, _BEHIND, "failing")
    if yes < no and not failing:
        return False
    if before in words("votes", "direct"):
        return True
    bodies = table("votes")["bodies"].keys() | words("votes", "matters")
    told_of = failing or nouned or _near(tokens, vote, _BEFORE, _BEHIND, "deeds")
    return told_of and any(t.low in bodies for t in tokens)


def _near(tokens: list[Token], vote: Vote, before: int, behind: int, *lists: str) -> bool:
    """Whether a word of one of the lists stands so many tokens before or behind a vote."""
    first, last, _ = vote
    near = (*tokens[max(0, first - before) : first], *tokens[last : last + behind])
    return any(t.low in words("votes", name) for t in near for name in lists)


def _is_elsewhere(tokens: list[Token]) -> bool:
    """Whether a sentence tells of a match, a poll or a bet."""
    return any(t.low in words("votes", "elsewhere") for t in tokens)


def _is_scored(tokens: list[Token], first: int) -> bool:
    """Whether the nearest telling word before is one of a score: "beat City 3-1"."""
    for k in range(first - 1, max(-1, first - 1 - _SCORED), -1):
        if tokens[k].low in words("votes", "votes") | words("votes", "deeds"):
            return False
        if tokens[k].low in words("votes", "scoring"):
            return True
    return False


def _goes_on(tokens: list[Token], k: int) -> bool:
    """Whether the numbers before token `k` count or measure what it names: "5 to 10 years"."""
    if k >= len(tokens):
        return False
    low = tokens[k].low
    if not tokens[k].is_word:
        return (
            low in ("%", "$", "°", "/")
            or (low in _DASHES and adjacent(tokens, k))
            or (low.isdecimal())
        )
    known = words("words", "function") | words("votes", "nouns") | words("votes", "behind")
    if low in known or tokens[k].is_capital or low.endswith("ly"):
        return low == "per"
    # "A 5-2 party-line vote": what stands before the noun.
    return words("votes", "nouns").isdisjoint((word_at(tokens, k + 1), word_at(tokens, k + 3)))


def _with_abstained(tokens: list[Token], vote: Vote) -> Vote:
    """A vote with how many abstained, where that is told right behind it."""
    for k in range(vote.last, vote.last + _MOST_LEAD):
        found = _count(tokens, k)
        if found:
            count, last = found
            last += word_at(tokens, last) in words("votes", "between")
            if word_at(tokens, last) in words("votes", "abstaining"):
                detail = vote.detail.model_copy(update={"abstained": count})
                return Vote(vote.first, last + 1, detail)
            return vote
        if word_at(tokens, k) not in words("votes", "joins"):
            break
    return vote


def _unanimous(tokens: list[Token], k: int) -> Vote | None:
    """A vote without a dissenting one: "voted unanimously", "a unanimous decision"."""
    low = tokens[k].low
    ahead = (word_at(tokens, k + 1), word_at(tokens, k + 2))
    noun = low == "unanimous" and not words("votes", "nouns").isdisjoint(ahead)
    if not (noun or low == "unanimously") or word_at(tokens, k - 1) in words("votes", "nearly"):
        return None
    return Vote(k, k + 1, VoteDetail(yes=None, no=0, sided=True))
