"""Quotation marks: which open, which close, which are apostrophes.

Every style in use is read – “ ” „ “ " '' `` « » ‹ › ‘ ’ ' – in one pass over each block of text,
so that the time grows with its length whatever the marks are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from factcheck.attribution.speech import speech

_MARK = re.compile(r"''|``|’’|‘‘|[\"“”„‟«»‹›‘’‚'＂]")
_DOUBLE_OPENERS = frozenset(("“", "„", "‟", "«", "``", "‘‘", "‹"))
_DOUBLE_CLOSERS = frozenset(("”", "»", "’’", "›"))
_STRAIGHT = frozenset(('"', "''", "＂"))
# Inverted pairs (German „…“, Danish »…«): what closes a quotation that this mark opened.
_INVERTED = {"„": "“", "‟": "“", "»": "«", "›": "‹", "”": "”"}
_BEFORE_OPENING = frozenset("([{—–-/…“‘\"'«„")
_SINGLE = frozenset(("‘", "’", "‚", "'"))
# What stands before a mark that closes a sentence or a clause of speech, never a possessive.
_ENDS = frozenset(".,!?…—")
_FIRST = re.compile(r"[^\W\d_]+|\d+")
# "the '90s", "the class of '08": an apostrophe.
_YEAR = re.compile(r"\d\ds?(?![\w,.%])")
# So many blocks further on the closing mark of a quotation is looked for.
_REACH = 12


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in code points of the text: the marks at both ends are part of it.

    `start`–`inner_start` is the opening mark, `inner_end`–`end` the closing one; a quotation that
    its block leaves open has `inner_end == end`, the end of the block, and one that goes on from
    the block before it without a mark `start == inner_start`. `depth` is 1 for a quotation that
    stands in no other, 2 for one inside it.
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
    """Pair the quotation marks of some blocks.

    `blocks` are [start, end) code-point ranges of `text`, in order. A quotation is cut at the end
    of its block. One that goes on over several gives a piece in each: most open with a mark anew,
    by the conventions of print; where only the last of them has a mark, the closing one, the
    pieces before it have none at all (`inner_start == start`). Returns quotations sorted by start;
    those of one depth do not overlap.
    """
    read = [_Block(text, start, end) for start, end in blocks]
    gaps = [text[one.end : other.start] for one, other in itertools.pairwise(read)]
    _go_on(read, [0 if gap.strip() else gap.count("\n") or 1 for gap in gaps])
    found = [quote for block in read for quote in _with_depth(block.doubles, block.singles)]
    found.sort(key=lambda quotation: (quotation.start, -quotation.end))
    return found


def _go_on(read: list[_Block], gaps: list[int]) -> None:
    """Pair what one block leaves open with the marks of a later one.

    `gaps` are the line ends between a block and the next, 0 where something else stands there.
    """
    open_double = [bool(b.doubles) and b.doubles[-1].inner_end == b.end for b in read]
    goes_on = False
    for number, block in enumerate(read):
        if open_double[number]:
            _reach(read, gaps, number, single=False)
        left = block.single
        begun = goes_on and left is not None and left.start == block.start
        goes_on = False
        if left is None:
            continue
        # An apostrophe opens nothing: a single mark left open counts only in a chain of paragraphs.
        goes_on = number < len(gaps) and bool(gaps[number]) and read[number + 1].opens(single=True)
        if goes_on or _reach(read, gaps, number, single=True) or begun:
            block.singles.append(left)


def _reach(read: list[_Block], gaps: list[int], number: int, *, single: bool) -> bool:
    """Carry an open quotation on to the block that closes it, if one of the next few does.

    Lines of its paragraph are of it too where the next paragraph opens anew.
    """
    for last in range(number + 1, min(len(read), number + _REACH)):
        block = read[last]
        if not gaps[last - 1]:
            return False
        pairs = block.singles if single else block.doubles
        stray = block.stray_single if single else block.stray_double
        if stray is not None:
            pairs.insert(0, _Pair(block.start, block.start, *stray, "‘"))
        elif not pairs and not (single and block.single):
            continue
        elif not block.opens(single=single) or any(gap > 1 for gap in gaps[number : last - 1]):
            return False
        for between in read[number + 1 : last]:
            pairs = between.singles if single else between.doubles
            pairs.append(_Pair(between.start, between.start, between.end, between.end, "‘"))
        return True
    return False


class _Block:
    """The quotations of one block, and the marks in it that have no partner there.

    `single` is a single quotation that the block leaves open; a stray mark closes one that was open
    before the block began.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.doubles: list[_Pair] = []
        self.singles: list[_Pair] = []
        self.single: _Pair | None = None
        self.stray_double: tuple[int, int] | None = None
        self.stray_single: tuple[int, int] | None = None
        found = _MARK.finditer(text, start, end)
        marks = [(match[0], match.start(), match.end()) for match in found]
        self._doubles(text, [mark for mark in marks if mark[0] not in _SINGLE])
        self._singles(text, [mark for mark in marks if mark[0] in _SINGLE])

    def opens(self, *, single: bool) -> bool:
        """Whether the block begins with an opening mark."""
        pairs = self.singles if single else self.doubles
        first = pairs[0] if pairs else self.single if single else None
        return first is not None and first.start == self.start < first.inner_start

    def _opens(self, text: str, at: int, after: int) -> bool:
        """Whether a mark stands between a space and a word."""
        before = text[at - 1] if at > self.start else " "
        return (
            after < self.end
            and not text[after].isspace()
            and (before.isspace() or before in _BEFORE_OPENING)
        )

    def _doubles(self, text: str, marks: list[tuple[str, int, int]]) -> None:
        double: tuple[int, int, str] | None = None
        for mark, at, after in marks:
            before = text[at - 1] if at > self.start else " "
            opens = self._opens(text, at, after)
            if double is None:
                if opens or (after < self.end and _may_open(mark, before)):
                    double = (at, after, mark)
                elif not self.doubles and self.stray_double is None and before in _ENDS:
                    self.stray_double = (at, after)
            elif _closes(mark, double[2], opens):
                self.doubles.append(_Pair(double[0], double[1], at, after, double[2]))
                double = None
            elif mark in _STRAIGHT:
                # A second opening mark: the first was never closed, so its quotation ends here.
                self.doubles.append(_Pair(double[0], double[1], at, at, double[2]))
                double = (at, after, mark)
        if double is not None:
            self.doubles.append(_Pair(double[0], double[1], self.end, self.end, double[2]))

    def _singles(self, text: str, marks: list[tuple[str, int, int]]) -> None:
        ways = [self._way(text, *mark) for mark in marks]
        # From the right: whether a mark that surely closes comes before the next that opens.
        closed_later = [False] * len(marks)
        later = False
        for number in range(len(marks) - 1, -1, -1):
            closed_later[number] = later
            later = {"opens": False, "closes": True}.get(ways[number], later)
        open_mark: tuple[int, int, str] | None = None
        for number, (mark, at, after) in enumerate(marks):
            way = ways[number]
            if way == "opens":
                open_mark = (at, after, mark)
            elif open_mark is None:
                if way == "closes" and not self.singles and self.stray_single is None:
                    self.stray_single = (at, after)
            elif way == "closes" or (way == "may close" and not closed_later[number]):
                # A mark that surely closes makes sure of its partner too.
                opener = "‘" if way == "closes" else open_mark[2]
                self.singles.append(_Pair(open_mark[0], open_mark[1], at, after, opener))
                open_mark = None
        if open_mark is not None:
            self.single = _Pair(open_mark[0], open_mark[1], self.end, self.end, open_mark[2])

    def _way(self, text: str, mark: str, at: int, after: int) -> str:
        """What a single mark may be: one that opens, closes, may close (“the workers' rights”)."""
        if mark != "’" and self._opens(text, at, after):
            word = _FIRST.match(text, after, self.end)
            elided = word is not None and (
                word[0].lower() in speech()["elisions"] or bool(_YEAR.match(text, after, self.end))
            )
            return "" if elided else "opens"
        if mark in "’'" and not (after < self.end and text[after].isalnum()):
            before = text[at - 1] if at > self.start else " "
            return "closes" if before in _ENDS else "may close"
        return ""


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
