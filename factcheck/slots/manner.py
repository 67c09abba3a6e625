"""Manner: a closed set of opposed qualities that news turns on (direct / indirect talks …)."""

from __future__ import annotations

import re
from functools import cache

from factcheck.records import Slot
from factcheck.slots.tokens import table


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, tuple[tuple[str, str], ...]]]:
    """One pattern for all phrases, and for each phrase its (pair, side)s."""
    sides: dict[str, list[tuple[str, str]]] = {}
    for pair in table("manner")["pair"]:
        for side, phrases in pair["sides"].items():
            for phrase in phrases:
                sides.setdefault(phrase, []).append((pair["name"], side))
    ordered = sorted(sides, key=lambda p: (-len(p), p))
    body = "|".join(re.escape(p).replace(r"\*", r"\w{0,12}").replace(r"\ ", r"\s") for p in ordered)
    return re.compile(rf"\b(?:{body})\b", re.IGNORECASE), {p: tuple(s) for p, s in sides.items()}


@cache
def _sides(written: str) -> tuple[tuple[str, str], ...]:
    """Return the (pair, side)s that the written words stand for."""
    _, sides = _phrases()
    for phrase in sorted(sides, key=lambda p: (-len(p), p)):
        if phrase.endswith("*"):
            if written.startswith(phrase[:-1].replace("*", "")):
                return sides[phrase]
        elif written == phrase:
            return sides[phrase]
    return ()


def slots(text: str, start: int, end: int) -> list[Slot]:
    """Return the qualities of `text[start:end]`; `about` names the pair, `value` the side."""
    pattern, _ = _phrases()
    out = []
    for match in pattern.finditer(text, start, end):
        written = " ".join(match[0].lower().split())
        for pair, side in _sides(written):
            out.append(
                Slot(slot="manner", value=side, text=match[0], span=match.span(), about=pair)
            )
    return out
