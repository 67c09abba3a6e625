"""Two places for one thing."""

from __future__ import annotations

from factcheck.divergence.views import Conflict, View
from factcheck.records import Slot
from factcheck.slots import places

_AT = frozenset({"in", "at", "near", "outside"})
_NEAR = 8


def conflicts(a: View, b: View) -> list[Conflict]:
    """Hold the places in which two claims say that it happened together."""
    left, right = _where(a), _where(b)
    if not left or not right:
        return []
    if any(not places.apart(x.value, y.value) for x in left for y in right):
        return []
    for one in left:
        for other in right:
            near = a.around(one.span, _NEAR) & b.around(other.span, _NEAR)
            if near - (a.names & b.names):
                reason = f"two places for one event: {one.text} and {other.text}"
                values, spans = (one.value, other.value), (one.span, other.span)
                return [Conflict("place", reason, values, spans)]
    return []


def _where(view: View) -> list[Slot]:
    return [s for s in view.slots("place") if s.about in _AT]
