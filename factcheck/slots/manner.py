"""Manner: a closed set of opposed qualities that news turns on (direct / indirect talks …)."""

from __future__ import annotations

import re
from functools import cache

from factcheck.lang import table
from factcheck.records import Slot
from factcheck.slots.stretch import Stretch
from factcheck.slots.tokens import Token

# All phrases have at least so many letters before a blank that varies or a `*`.
_HEAD = 3


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


@cache
def _heads() -> frozenset[str]:
    """The first letters of all phrases, so that most words need no matching."""
    _, sides = _phrases()
    return frozenset(phrase[:_HEAD] for phrase in sides)


def details(stretch: Stretch) -> list[Slot]:
    """The qualities of one sentence."""
    return slots(stretch.tokens, stretch.text)


def slots(tokens: list[Token], text: str) -> list[Slot]:
    """Return the qualities of one sentence; `about` names the pair, `value` the side."""
    if not tokens:
        return []
    pattern, _ = _phrases()
    heads, end, done = _heads(), tokens[-1].end, 0
    out = []
    for token in tokens:
        if token.start < done or text[token.start : token.start + _HEAD].lower() not in heads:
            continue
        match = pattern.match(text, token.start, end)
        if match is None:
            continue
        done = match.end()
        written = " ".join(match[0].lower().split())
        for pair, side in _sides(written):
            span = match.span()
            out.append(Slot(slot="manner", value=side, text=match[0], span=span, about=pair))
    return out
