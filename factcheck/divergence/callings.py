"""What one person is said to be in two claims: two offices, two trades, two parts in one event."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from factcheck.divergence import roles
from factcheck.divergence.figures import of_other_times
from factcheck.divergence.views import Conflict, View, alike, outside, overlap
from factcheck.lang import table, words
from factcheck.records import Span
from factcheck.slots.callings import Calling, callings
from factcheck.slots.tokens import content, stem, stems

Features = dict[str, float]
# Features that tell that two descriptions of one person may both be right.
_UNSURE = ("one by a clause", "one general", "one a rank", "one former")


def conflicts(a: View, b: View) -> list[Conflict]:
    """Two offices of one person in two claims that else say the same: nothing has to be weighed.

    A rank or a part in what happened goes with an office, and a former office with another.
    """
    for found, features in pairs(a, b):
        one, other = (outside(view, span) for view, span in zip((a, b), found.spans, strict=True))
        unsure = any(features[name] for name in _UNSURE) or _told_too(a, b, found.spans)
        if not unsure and alike(one, other) and not of_other_times(a, b):
            return [found]
    return []


def _told_too(a: View, b: View, spans: tuple[Span, Span]) -> bool:
    """Whether one claim has the office that the other tells, too: "when he was governor"."""
    one, other = (
        {stem(t.low) for t in content(view.tokens) if s <= t.start < e}
        for view, (s, e) in zip((a, b), spans, strict=True)
    )
    return bool((one - other) & b.stems or (other - one) & a.stems)


def pairs(a: View, b: View) -> Iterator[tuple[Conflict, Features]]:
    """What two claims call one person that cannot be the same; and what tells of it."""
    left, right = list(callings(a.tokens)), list(callings(b.tokens))
    for one, other in product(left, right):
        if not roles.same_person(one.person, other.person) or can_be_one(one, other):
            continue
        if any(can_be_one(one, c) for c in right if _of(c, one)):
            continue
        if any(can_be_one(other, c) for c in left if _of(c, other)):
            continue
        yield _conflict(a, one, b, other), _features(one, other)


def _of(one: Calling, other: Calling) -> bool:
    return roles.same_person(one.person, other.person)


def can_be_one(one: Calling, other: Calling) -> bool:
    """Whether two descriptions may be of one office: one tells more, or one goes with any other.

    Two clauses ("who cooks", "who ran") tell of doings, which are many.
    """
    if not one.head and not other.head:
        return True
    if {one.head, other.head} & words("roles", "anybody"):
        return True
    former = stems("roles", "was")
    x, y = one.stems - former, other.stems - former
    same = _office(one) == _office(other)
    lesser = stems("roles", "lesser")
    if x & lesser != y & lesser and one.head and other.head:
        return False
    return x <= y or y <= x or (same and not (_qualified(one) and _qualified(other)))


def _office(of: Calling) -> str:
    same: str = table("roles")["same"].get(of.head, of.head)
    return same


def _qualified(of: Calling) -> bool:
    return len(of.stems) > 1


def _conflict(a: View, one: Calling, b: View, other: Calling) -> Conflict:
    spans = _span(a, one), _span(b, other)
    told = a.article.text[slice(*spans[0])], b.article.text[slice(*spans[1])]
    longer = max(one.person, other.person, key=len)
    reason = f"{longer} is “{told[0]}” here and “{told[1]}” there"
    return Conflict("role", reason, told, spans)


def _span(view: View, of: Calling) -> tuple[int, int]:
    return view.tokens[of.first].start, view.tokens[of.last - 1].end


def _features(one: Calling, other: Calling) -> Features:
    ranks, general = words("roles", "ranks"), words("roles", "general")
    heads = {one.head, other.head}
    return {
        "one by a clause": float("" in heads),
        "one office": float(_office(one) == _office(other)),
        "rivals": float(any(heads <= set(rivals) for rivals in table("roles")["rivals"])),
        "described alike": overlap(one.stems, other.stems),
        "one general": float(bool(heads & general)),
        "one a rank": float((one.head in ranks) != (other.head in ranks)),
        "both before the name": float(one.named and other.named),
        "full names": float(min(len(c.person.split()) for c in (one, other)) > 1),
        "one former": float(bool((one.stems ^ other.stems) & stems("roles", "was"))),
        "lesser": float(bool((one.stems ^ other.stems) & stems("roles", "lesser"))),
    }
