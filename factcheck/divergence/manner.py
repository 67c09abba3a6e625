"""Opposed qualities: direct against indirect talks."""

from __future__ import annotations

from factcheck.divergence.views import Conflict, View
from factcheck.lang import table
from factcheck.slots.tokens import stem


def conflicts(a: View, b: View) -> list[Conflict]:
    """Hold the manners of two claims together, pair by pair."""
    out = []
    for pair in table("manner")["pair"]:
        left = [s for s in a.slots("manner") if s.about == pair["name"]]
        right = [s for s in b.slots("manner") if s.about == pair["name"]]
        sides = {s.value for s in left}, {s.value for s in right}
        if not left or not right or sides[0] & sides[1] or len(sides[0]) > 1 or len(sides[1]) > 1:
            continue
        about = {stem(w) for w in pair["about"].split()}
        if not _speaks(a, about) or not _speaks(b, about):
            continue
        one, other = left[0], right[0]
        reason = (
            f"{pair['name']}: {one.value} (“{one.text}”) against {other.value} (“{other.text}”)"
        )
        out.append(Conflict("manner", reason, (one.value, other.value), (one.span, other.span)))
    return out


def _speaks(view: View, about: set[str]) -> bool:
    return any(t.is_word and stem(t.low) in about for t in view.tokens)
