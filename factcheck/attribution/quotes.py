"""Quotation marks: which open, which close, which are apostrophes.

Every style in use is read – “ ” „ “ " '' `` « » ‹ › ‘ ’ ' – in one pass over a block of text, so
that the time grows with its length whatever the marks are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_MARK = re.compile(r"''|``|’’|‘‘|[\"“”„‟«»‹›‘’‚'＂]")
_DOUBLE_OPENERS = frozenset(("“", "„", "‟", "«", "``", "‘‘", "‹"))
_DOUBLE_CLOSERS = frozenset(("”", "»", "’’", "›"))
_STRAIGHT = frozenset(('"', "''", "＂"))
# Inverted pairs (German „…“, Danish »…«): what closes a quotation that this mark opened.
_INVERTED = {"„": "“", "‟": "“", "»": "«", "›": "‹", "”": "”"}
_BEFORE_OPENING = frozenset("([{—–-/…“‘\"'«„")
_SINGLE = frozenset(("‘", "’", "‚", "'"))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in code points of the text: the marks at both ends are part of it.

    `start`–`inner_start` is the opening mark, `inner_end`–`end` the closing one; a quotation that
    its block leaves open has `inner_end == end`, the end of the block. `depth` is 1 for a quotation
    that stands in no other, 2 for one inside it.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    depth: int

    @property
    def closed(self) -> bool:
        """Whether a closing mark was found."""
        return self.inner_end < self.end


class _Pair(NamedTuple):
    start: int
    inner_start: int
    inner_end: int
    end: int
    mark: str

    def quotation(self, depth: int) -> Quotation:
        return Quotation(self.start, self.inner_start, self.inner_end, self.end, depth)


def pair_quotes(text: str, blocks: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Pair the quotation marks of each block on its own.

    `blocks` are [start, end) code-point ranges of `text`. A quotation never leaves its block: one
    that goes on over several paragraphs opens anew in each by the conventions of print, and is cut
    at the end of the block. Returns quotations sorted by start; those of one depth do not overlap.
    """
    found: list[Quotation] = []
    for start, end in blocks:
        found.extend(_pair_block(text, start, end))
    found.sort(key=lambda quotation: (quotation.start, -quotation.end))
    return found


def _pair_block(text: str, start: int, end: int) -> list[Quotation]:
    double: tuple[int, int, str] | None = None
    single: tuple[int, int, str] | None = None
    doubles: list[_Pair] = []
    singles: list[_Pair] = []
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match[0], match.start(), match.end()
        before = text[at - 1] if at > start else " "
        before_word = after < end and not text[after].isspace()
        opens = before_word and (before.isspace() or before in _BEFORE_OPENING)
        if mark in _SINGLE:
            if single is not None and mark in "’'" and not (after < end and text[after].isalnum()):
                singles.append(_Pair(single[0], single[1], at, after, single[2]))
                single = None
            elif mark != "’" and opens and not text[after].isdigit():
                single = (at, after, mark)
        elif double is None:
            if opens or (after < end and _may_open(mark, before)):
                double = (at, after, mark)
        elif _closes(mark, double[2], opens):
            doubles.append(_Pair(double[0], double[1], at, after, double[2]))
            double = None
        elif mark in _STRAIGHT:
            # A second opening mark: the first was never closed, so its quotation ends here.
            doubles.append(_Pair(double[0], double[1], at, at, double[2]))
            double = (at, after, mark)
    if double is not None:
        doubles.append(_Pair(double[0], double[1], end, end, double[2]))
    return _with_depth(doubles, singles)


def _may_open(mark: str, before: str) -> bool:
    """Whether a mark opens a quotation though it does not stand between a space and a word."""
    if mark in _STRAIGHT:
        return not (before.isalnum() or before in ".,!?")
    return mark in _DOUBLE_OPENERS


def _closes(mark: str, opener: str, looks_opening: bool) -> bool:
    if mark in _STRAIGHT:
        # '"a" "b"': a mark after a space and before a word opens, unless the quotation is of
        # another style.
        return not (opener in _STRAIGHT and looks_opening)
    if mark == _INVERTED.get(opener) or (mark == opener == "“" and not looks_opening):
        return True
    return mark in _DOUBLE_CLOSERS and opener not in ("»", "›")


def _with_depth(doubles: list[_Pair], singles: list[_Pair]) -> list[Quotation]:
    """Give each pair its depth; single marks that cross a double-marked quotation are no pair."""
    nested: set[int] = set()
    found: list[Quotation] = []
    position = 0
    last_end = -1
    for pair in singles:
        while position < len(doubles) and doubles[position].end <= pair.start:
            position += 1
        outer = doubles[position] if position < len(doubles) else None
        if pair.start < last_end:
            continue
        last_end = pair.end
        if outer is None or pair.end <= outer.start:
            found.append(pair.quotation(1))
        elif outer.inner_start <= pair.start and pair.end <= outer.inner_end:
            found.append(pair.quotation(2))
        elif pair.start < outer.start and pair.mark == "‘":
            held = position
            while held < len(doubles) and doubles[held].end <= pair.inner_end:
                held += 1
            if held == len(doubles) or doubles[held].start >= pair.end:
                nested.update(range(position, held))
                found.append(pair.quotation(1))
    found += [pair.quotation(2 if index in nested else 1) for index, pair in enumerate(doubles)]
    return found
