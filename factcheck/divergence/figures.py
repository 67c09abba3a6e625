"""Two figures for one thing."""

from __future__ import annotations

import math
import re
from itertools import takewhile

from factcheck.attribution.identity import same_speaker
from factcheck.divergence import scope, units
from factcheck.divergence.scope import detail
from factcheck.divergence.views import Conflict, View
from factcheck.lang import table, words
from factcheck.records import FigureDetail, Slot
from factcheck.slots.numbers import granularity, number
from factcheck.slots.tokens import stem, stems

# A round figure stands for what lies within this share of it.
_ROUNDING = 0.025
# Figures that two outlets give for one thing differ by no more than this factor.
_LIKE_SIZE = 2.0
# … or by so many zeros that are easily lost.
_ZEROS = 3
# Years by which two tellings of somebody's age may differ.
_MISTAKEN = 5
# Words near both that make counts of one kind, far apart, two counts of one thing.
_FAR = 3
# Words near both that make figures of other sizes two figures for one thing all the same.
_SURE = 4
_GENERAL = words("conflicts", "figures", "general")
_OTHERS = words("conflicts", "figures", "others")
_BEFORE_AGE = words("conflicts", "figures", "before_age")
_IN_NAME = words("conflicts", "figures", "in_name")


def conflicts(a: View, b: View) -> list[Conflict]:
    """Hold the figures of two claims together: same unit, same thing counted."""
    if a.is_list("figure") or b.is_list("figure"):
        return []
    left, right = a.slots("figure"), b.slots("figure")
    out = []
    for one in left:
        partners = [s for s in right if comparable(a, one, b, s)]
        if not partners or any(compatible(one, s) for s in partners):
            continue
        if any(_is_told(s, one) for s in right):
            continue
        other = max(partners, key=lambda s: len(a.around(one.span) & b.around(s.span)))
        back = [s for s in left if comparable(a, s, b, other)]
        if any(compatible(s, other) for s in back) or any(_is_told(s, other) for s in left):
            continue
        out.append(conflict(a, one, b, other))
    return out[:1]


def _is_told(slot: Slot, told: Slot) -> bool:
    return detail(slot).unit == detail(told).unit and told_too(slot, told)


def told_too(slot: Slot, told: Slot) -> bool:
    """Whether a figure is the very same as another, or the same in another unit."""
    x, y = detail(slot), detail(told)
    if x.unit == y.unit:
        counted = x.counted == y.counted or not x.counted or not y.counted
        return counted and (x.low, x.high) == (y.low, y.high)
    if x.unit and y.unit and not units.of_one_measure(x, y):
        return False
    return units.meet(x, y)


def any_differ(a: View, b: View) -> bool:
    """Whether some figures of one unit and one thing counted are incompatible."""
    return not all(_alike(a, b))


def all_apart(a: View, b: View) -> bool:
    """Whether both claims have figures of one unit and one thing counted, all incompatible.

    Or whether both tell shares of polls that are not shown to be one.
    """
    found = _alike(a, b)
    shares = [any(is_share(detail(s)) for s in v.slots("figure")) for v in (a, b)]
    return bool(found) and (not any(found) or of_two_polls(a, b, share=all(shares)))


def _alike(a: View, b: View) -> list[bool]:
    """Of each pair of figures of one unit and one thing counted, whether they are compatible."""
    return [
        compatible(x, y)
        for x in a.slots("figure")
        for y in b.slots("figure")
        if detail(x).unit == detail(y).unit and detail(x).counted == detail(y).counted
    ]


def comparable(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether two figures are about the same thing, as far as the words tell."""
    x, y = detail(one), detail(other)
    measured = bool(x.unit and y.unit) and units.of_one_measure(x, y)
    if (x.unit != y.unit and not measured) or scope.count_apart(a, one, b, other):
        return False
    if x.unit == "years old":
        return _one_person(a, one, b, other)
    if of_two_polls(a, b, share=is_share(x)):
        return False
    if of_other_times(a, b) and not (scope.taken_at(a) or scope.taken_at(b)):
        return False
    around = a.around(one.span), b.around(other.span)
    names = around[0] & a.names, around[1] & b.names
    if is_share(x) and all(names) and not names[0] & names[1]:
        return False  # 22 percent for one candidate, 16 for the other
    shared = around[0] & around[1]
    near = len(shared)
    toll = _toll(x)
    if toll and toll == _toll(y):
        # Of soldiers and of civilians killed neither is part of the other.
        return x.counted in (y.counted, toll) or y.counted == toll
    if x.counted == y.counted and x.counted not in _GENERAL:
        if _partners(a, one, b, other) or _partners(b, other, a, one):
            return False
        if not may_be_one(a, one, b, other) and x.high and y.high:
            return near >= _FAR
        return near >= 1 or len(a.stems & b.stems) >= 2
    # Of nobody and of three workers the one is told of all, the other of some.
    if x.counted and y.counted and x.counted != y.counted and not scope.of_people(x, y):
        return False
    named = {s for s in shared if s in a.names and s in b.names}
    plain = {s for s in shared - named if not s[0].isdigit()}
    # Nobody is told of instead of any number; a running count may grow to any.
    any_size = not (x.high and y.high) or (scope.taken_at(a) and scope.taken_at(b))
    if not any_size and not may_be_one(a, one, b, other):
        return len(plain) >= _SURE
    return (bool(plain) and near >= 2) or len(named) >= 3


def of_other_times(a: View, b: View) -> bool:
    """Whether both claims tell a time and the times differ: two figures of two years."""
    left, right = a.slots("date"), b.slots("date")
    return bool(left and right) and not {s.value for s in left} & {s.value for s in right}


def of_two_polls(a: View, b: View, *, share: bool = False) -> bool:
    """Whether both claims tell of polls that are not shown to be one: both may be right.

    A share is that of a poll where voters, or a lead, are told of too.
    """
    told_by = stems("figures", "shares" if share else "polls")
    return all(view.stems & told_by for view in (a, b)) and not _one_poll(a, b)


def is_share(of: FigureDetail) -> bool:
    """Whether a figure is a share or a lead of shares: "42 percent", "by six points"."""
    return of.unit in ("%", "points") or of.counted == "point"


def _one_poll(a: View, b: View) -> bool:
    one, other = a.claim.speaker, b.claim.speaker
    if one and other and one.name != one.name.lower():
        return same_speaker(one, other) is True
    return bool(_pollsters(a) & _pollsters(b))


def _pollsters(view: View) -> frozenset[str]:
    """Stems of the names beside the word for a poll."""
    polls = [t for t in view.tokens if stem(t.low) in ("poll", "survey")]
    return frozenset(n for t in polls for n in view.around((t.start, t.end), 3) & view.names)


def _one_person(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether two ages are of one person: named alike; else told likewise, and not far apart."""
    left, right = _whose(a, one), _whose(b, other)
    if left and right:
        return bool(left & right)
    told_likewise = a.around(one.span) & b.around(other.span) and not of_other_times(a, b)
    ages = detail(one).low, detail(other).low
    near = abs(ages[0] - ages[1]) <= _MISTAKEN or sorted(number(ages[0])) == sorted(number(ages[1]))
    return bool(told_likewise) and near


def _whose(view: View, age: Slot) -> frozenset[str]:
    """Stems of the name that an age stands behind ("Lopez, 20", "Lopez was 20") or before
    ("10-year-old Ann", "At 20, Lopez").
    """
    behind = [t for t in view.tokens if t.start >= age.span[1]]
    before = [t for t in view.tokens if t.end <= age.span[0]][::-1]
    if before and before[0].low == "at" and behind and behind[0].text == ",":
        behind = behind[1:]
    lead = list(takewhile(lambda t: t.low in _BEFORE_AGE, before))
    for near in (behind, before[len(lead) :] if lead else []):
        name = list(takewhile(lambda t: t.is_capital or t.low in _IN_NAME, near))
        if name and name[0].is_capital:
            return frozenset(stem(t.low) for t in name if t.is_word)
    return frozenset()


def _partners(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether one leaves out who the other counts: "with 11 clubs", "a 12-club league"."""
    without = a.before(one.span) == "with" or a.after(one.span) in _OTHERS
    return without and (b.after(other.span) == "-" or a.after(one.span) != b.after(other.span))


def _toll(of: FigureDetail) -> str:
    """What happened to those who are counted ("killed" of "killed soldier"); else empty."""
    what = of.counted.partition(" ")[0]
    return what if what in table("figures")["toll"].values() else ""


def compatible(one: Slot, other: Slot) -> bool:
    """Whether two figures can both hold: intervals that meet, or one rounds the other."""
    x, y = detail(one), detail(other)
    if x.unit != y.unit and units.of_one_measure(x, y):
        return units.meet(x, y)
    if one.value.startswith("up to") and other.value.startswith("up to"):
        return _rounds(x.high, y.high)
    if x.low <= y.high and y.low <= x.high:
        return True
    if x.counted != y.counted and _toll(x):
        # Two women killed may be among three people killed.
        part, whole = (y, x) if x.counted == _toll(x) else (x, y)
        return part.low <= whole.high
    if x.unit == "years old":
        return False  # nobody rounds an age
    if x.low == x.high and y.low == y.high:
        return _rounds(x.low, y.low, measured=x.unit in table("figures")["measures"])
    return False


def exclude(one: Slot, other: Slot) -> bool:
    """Whether two figures cannot both hold."""
    return not compatible(one, other)


def of_like_size(one: Slot, other: Slot) -> bool:
    """Whether two figures may count one thing: outlets differ by some, not by a multiple.

    Or by digits that changed places: 3.1 million and 1.3 million.
    """
    low, high = sorted(units.named(detail(slot)) for slot in (one, other))
    return 0 < high <= _LIKE_SIZE * low or sorted(number(low)) == sorted(number(high))


def may_be_one(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether two figures that differ are near enough to be one: of like size, or misread."""
    return of_like_size(one, other) or zeros_apart(a, one, b, other)


def zeros_apart(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether two numbers may be one of which some zeros were lost: 85 and 850 crore.

    One digit and zeros are round numbers of anything, but for those told alike: 4 lakh, 4 million.
    """
    if scope.elsewhere(a, b):
        return False
    low, high = sorted(units.named(detail(slot)) for slot in (one, other))
    digits = [f"{value:.0f}" for value in (low, high)]
    bare = [text.strip("0") for text in digits]
    if not bare[0] or bare[0] != bare[1] or len(digits[1]) > len(digits[0]) + _ZEROS:
        return False
    powers = words("figures", "in_numbers", "powers")
    told = [
        [w for w in re.findall(r"[^\W\d_]+", s.text.lower()) if w in powers] for s in (one, other)
    ]
    return len(bare[0]) > 1 or (all(told) and told[0] != told[1])


def _rounds(a: float, b: float, *, measured: bool = False) -> bool:
    """Whether the coarser of two numbers is the other one rounded, or cut off.

    What is `measured` is rounded to whole miles and metres, however few: 6 and 6.2 miles.
    """
    if a == b:
        return True
    steps = granularity(a), granularity(b)
    if steps[0] == steps[1]:
        return False
    coarse, fine, step = (a, b, steps[0]) if steps[0] > steps[1] else (b, a, steps[1])
    if measured and step == 1 and abs(fine - coarse) <= step / 2:
        return True
    return -step / 2 <= fine - coarse < step and abs(fine - coarse) <= _ROUNDING * abs(coarse)


def conflict(a: View, one: Slot, b: View, other: Slot) -> Conflict:
    """Two figures that cannot both hold, or of which the later replaces the earlier."""
    updated = _supersedes(a, one, b, other) or _taken_later(a, one, b, other)
    reason = f"two figures that cannot both hold: {one.value} and {other.value}"
    if updated:
        reason = f"a later count replaces an earlier one: {one.value}, {other.value}"
    return Conflict(
        "figure",
        reason,
        (one.value, other.value),
        (one.span, other.span),
        material=not updated,
        updated=updated,
    )


def _supersedes(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether the later article has the higher running count."""
    first, second = a.article.published, b.article.published
    x, y = detail(one), detail(other)
    if not first or not second or first == second or not _toll(x):
        return False
    if len(first) != len(second) and (first.startswith(second) or second.startswith(first)):
        return False
    if first.startswith("XXXX") != second.startswith("XXXX"):
        return False
    early, late = (x, y) if first < second else (y, x)
    return late.low > early.low and not math.isinf(late.low)


def _taken_later(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether two counts say when they were taken, and that is not at one time.

    Where one of them tells no time, either may be the later count of a toll.
    """
    taken = scope.taken_at(a), scope.taken_at(b)
    x, y = detail(one), detail(other)
    if taken[0] and taken[1]:
        return scope.order(taken[0], taken[1]) != 0
    undated = b if taken[0] else a
    tolls = bool(_toll(x) or _toll(y)) and not undated.slots("date")
    return tolls and (taken[0] or taken[1]) is not None
