"""Quantities in one unit for each dimension, so that miles can be held against kilometres."""

from __future__ import annotations

from typing import NamedTuple

from factcheck.records import FigureDetail
from factcheck.slots.tokens import table


class Quantity(NamedTuple):
    """A figure's interval in the base unit of its dimension ("length", in metres)."""

    dimension: str
    low: float
    high: float


def quantity(detail: FigureDetail) -> Quantity | None:
    """The figure in the base unit of its dimension; `None` where its unit has no other to it.

    Currencies are no dimension: what one is worth in another changes by the day.
    """
    known = table("figures")["conversions"].get(detail.unit)
    if known is None:
        return None
    dimension, factor, *offset = known
    shift = offset[0] if offset else 0.0
    return Quantity(dimension, (detail.low - shift) * factor, (detail.high - shift) * factor)
