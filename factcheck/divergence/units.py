"""Figures in two units of one measure, or one of them in none: miles and kilometres, °F and °C."""

from __future__ import annotations

import math
from collections.abc import Iterator

from factcheck.lang import table
from factcheck.records import FigureDetail
from factcheck.slots.numbers import granularity, number

# What is converted is rounded again: a figure stands for what lies within this share of it.
_CONVERTED = 0.12
# Sums of money are told in thousands; below, a number without a currency counts something else.
_SUM = 1000.0
# Factors by which two sums, and two figures in two units, may differ and be two tellings of one.
_SUMS, _UNITS = 10.0, 5.0
_HEAT = ("°C", "°F")

Interval = tuple[float, float]


def of_one_measure(x: FigureDetail, y: FigureDetail) -> bool:
    """Whether two figures can be held together: one unit, one measure, or one of them in none."""
    if x.unit == y.unit:
        return True
    if not x.unit or not y.unit:
        bare, other = (y, x) if x.unit else (x, y)
        return _is_portion(bare, other) or _is_sum(bare, other)
    if not list(_readings(x, y)):
        return False
    return any(d.unit.startswith("°") for d in (x, y)) or _within(*sizes(x, y), _UNITS)


def _within(a: float, b: float, factor: float) -> bool:
    return min(a, b) > 0 and max(a, b) <= factor * min(a, b)


def meet(x: FigureDetail, y: FigureDetail) -> bool:
    """Whether two figures of one measure and two units can both hold, each rounded in its own."""
    if not x.unit or not y.unit:
        return x.low <= y.high and y.low <= x.high
    return any(a[0] <= b[1] and b[0] <= a[1] for a, b in _readings(x, y))


def sizes(x: FigureDetail, y: FigureDetail) -> tuple[float, float]:
    """The two numbers that are named, in one unit; as they are told where they have no measure."""
    first = next(_readings(x, y), None) if x.unit != y.unit else None
    if first is None:
        return named(x), named(y)
    (low, high), (least, most) = first
    return low if math.isinf(high) else high, least if math.isinf(most) else most


def named(of: FigureDetail) -> float:
    """The number that a figure names: 16 in "up to 16", 12 in "at least 12"."""
    return of.low if math.isinf(of.high) else of.high


def _is_portion(bare: FigureDetail, other: FigureDetail) -> bool:
    """Whether one is told of a whole and the other alone: "118", "181 of the 204"."""
    counted = not bare.counted or not other.counted or bare.counted == other.counted
    all_of_it = other.unit in (f"of {number(other.low)}", f"of {number(bare.low)}")
    return other.unit.startswith("of ") and counted and not all_of_it


def _is_sum(bare: FigureDetail, other: FigureDetail) -> bool:
    """Whether a large number that counts nothing may be of the other's currency."""
    if bare.counted or other.unit not in set(table("figures")["currencies"].values()):
        return False
    sums = named(bare), named(other)
    return min(sums) >= _SUM and _within(*sums, _SUMS)


def _readings(x: FigureDetail, y: FigureDetail) -> Iterator[tuple[Interval, Interval]]:
    """Two figures in the unit of their measure; "six degrees" may be of either scale."""
    measures = table("figures")["measures"]
    if "°" in (x.unit, y.unit):
        scales = [_HEAT if d.unit == "°" else (d.unit,) for d in (x, y)]
        if not all(u in _HEAT for units in scales for u in units):
            return
        yield from (
            (_interval(x, a), _interval(y, b)) for a in sorted(scales[0]) for b in sorted(scales[1])
        )
        return
    if x.unit in measures and y.unit in measures and measures[x.unit][0] == measures[y.unit][0]:
        yield _interval(x, x.unit), _interval(y, y.unit)


def _interval(of: FigureDetail, unit: str) -> Interval:
    """What a figure stands for, in the unit of its measure."""
    _, factor, *start = table("figures")["measures"][unit]
    off = start[0] if start else 0.0
    slack = min(granularity(named(of)) / 2, _CONVERTED * abs(named(of)))
    return (of.low - slack - off) * factor, (of.high + slack - off) * factor
