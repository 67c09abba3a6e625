"""Two places for one thing."""

from __future__ import annotations

from factcheck.divergence.names import other_people
from factcheck.divergence.views import Conflict, View
from factcheck.lang import words
from factcheck.records import Slot, Span
from factcheck.slots import places

_AT = words("conflicts", "places", "at")
# Words around a place that may tell what is there, and that must be told of the other place too.
_BESIDE, _NEAR = 3, 6


def conflicts(a: View, b: View) -> list[Conflict]:
    """Hold the places in which two claims say that it happened together."""
    if not all_apart(a, b) or other_people(a, b):
        return []
    left, right = _where(a), _where(b)
    for one in left:
        for other in right:
            if _near(a, one.span, b, other.span) or _near(b, other.span, a, one.span):
                reason = f"two places for one event: {one.text} and {other.text}"
                values, spans = (one.value, other.value), (one.span, other.span)
                return [Conflict("place", reason, values, spans)]
    return []


def all_apart(a: View, b: View) -> bool:
    """Whether both claims tell where it happened, and no two of these places can be one."""
    pairs = [(x, y) for x in _where(a) for y in _where(b)]
    return bool(pairs) and all(places.apart(x.value, y.value) for x, y in pairs)


def exclude(one: Slot, other: Slot) -> bool:
    """Whether two places are known to be two."""
    return places.apart(one.value, other.value)


def of_one_thing(a: View, b: View, spans: tuple[Span, Span]) -> bool:
    """Whether what is beside one of two places is told in the other claim at all.

    "His speech in X" and "his service in Y" are in two places.
    """
    beside = [_governor(view, span) for view, span in zip((a, b), spans, strict=True)]
    return not all(beside) or bool(beside[0] & b.stems or beside[1] & a.stems)


def _near(a: View, one: Span, b: View, other: Span) -> bool:
    return bool(_governor(a, one) & b.around(other, _NEAR))


def _governor(view: View, span: Span) -> frozenset[str]:
    """Stems of the words that a place belongs to: "talks in X", "was held on Monday in X"."""
    return view.around(span, _BESIDE) - view.names


def _where(view: View) -> list[Slot]:
    return [s for s in view.slots("place") if s.about in _AT]
