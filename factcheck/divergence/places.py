"""Two places for one thing."""

from __future__ import annotations

from factcheck.divergence.names import other_people
from factcheck.divergence.views import Conflict, View
from factcheck.records import Slot
from factcheck.slots import places

_AT = frozenset({"in", "at", "near", "outside"})
# Words around a place that may tell what is there, and that must be told of the other place too.
_BESIDE, _NEAR = 3, 6


def conflicts(a: View, b: View) -> list[Conflict]:
    """Hold the places in which two claims say that it happened together."""
    if not all_apart(a, b) or other_people(a, b):
        return []
    left, right = _where(a), _where(b)
    for one in left:
        for other in right:
            if _governor(a, one) & b.around(other.span, _NEAR) or (
                _governor(b, other) & a.around(one.span, _NEAR)
            ):
                reason = f"two places for one event: {one.text} and {other.text}"
                values, spans = (one.value, other.value), (one.span, other.span)
                return [Conflict("place", reason, values, spans)]
    return []


def all_apart(a: View, b: View) -> bool:
    """Whether both claims tell where it happened, and no two of these places can be one."""
    pairs = [(x, y) for x in _where(a) for y in _where(b)]
    return bool(pairs) and all(places.apart(x.value, y.value) for x, y in pairs)


def exclude(one: Slot, other: Slot) -> bool:
    """Whether two places have two names."""
    return one.value != other.value


def _governor(view: View, slot: Slot) -> frozenset[str]:
    """Stems of the words that a place belongs to: "talks in X", "was held on Monday in X"."""
    return view.around(slot.span, _BESIDE) - view.names


def _where(view: View) -> list[Slot]:
    return [s for s in view.slots("place") if s.about in _AT]
