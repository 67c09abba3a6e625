"""Which lines are one paragraph: text that was wrapped, hyphenated or broken over pages.

How a line ends and the next begins tells most: a sentence goes on in small letters, or after a word
that ends none. Such pairs of lines tell how wide the text was set, and by that whether any other
line was full, so that its paragraph goes on in the next. Bullets, labels, dates and bylines open a
line of their own in any case.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from factcheck import segment, sentences
from factcheck.bylines import is_byline, is_dateline
from factcheck.filed import Edit
from factcheck.ingest.layout import layout

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]*(?:\r\n|[\r\n\u2028\u2029\x0b\x0c\x85]|$)")
_ENDED = re.compile(r"[.!?…:;。][\"'”’»)\]]*$")
_LAST = re.compile(r"([^\W\d_]+)$")
_FIRST = re.compile(r"\S+")
_HYPHENATED = re.compile(r"[^\W_]([-\u2010\u2011])$")
_LETTERS = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"(?<![^\W_])[^\W\d_]+-[^\W\d_]+")
_DASHED = re.compile(r"[—–/]$")
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{0,30}:(?:\s|$)|(?:[A-Z][\w.'’-]* ){1,3}\([^)]{2,40}\):")
_NAMED_LABEL = re.compile(r"(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w.'’-]+:\s")
# A question or an answer of an interview: "Q. Why?".
_ASKED = re.compile(r"([QA])\d{0,2}(?:[.)]|\s[-–—])\s")
_PAGE = re.compile(r"(?i)(?:page |p\. ?)?[-–—\[(]? ?\d{1,4} ?[-–—\])]?(?: ?(?:of|/) ?\d{1,4})?")
# Two are what some put behind a full stop.
_SPACES = re.compile(r"(?<! ) {3,}")
_APART = re.compile(r"(?<=[a-z]{2})- (?=([a-z]{2,}))")
_ROW = re.compile(r" (?=[•▪●■◦‣] )")
_WORDS_IN_ROW = 4
# A line is as good as full at this share of the width: letters of print differ in theirs.
_FULL, _ROUGHLY = 0.85, 0.6
# Without a width a line has to be so long to be a wrapped one.
_LONG = 35
# So many lines of page furniture may stand between the pages that a sentence runs over.
_FURNITURE = 4
# The head of a page is no longer.
_WIDEST = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it.

    `depth` is how far it is set in; `gap` whether a blank line stands before it, `page` whether a
    page ends there.
    """

    start: int
    end: int
    text: str
    depth: int
    gap: bool
    page: bool
    opens: bool

    @property
    def size(self) -> int:
        """How far it reaches."""
        return self.depth + len(self.text)

    @property
    def ended(self) -> bool:
        """Whether it may end a sentence."""
        return _ENDED.search(self.text[-8:]) is not None

    @property
    def goes_on(self) -> bool:
        """Whether it ends in a way that no sentence does."""
        last = _LAST.search(self.text[-24:])
        return (
            self.text[-1] in ",—–("
            or (last is not None and last[1] in layout("going_on"))
            or sentences.unfinished(self.text)
        )

    @property
    def small(self) -> bool:
        """Whether it begins in the middle of a sentence."""
        return self.text.lstrip("\"'“”‘’(")[:1].islower()


def joints(text: str, start: int, *, markdown: bool = False) -> Iterator[Edit]:
    """What makes one line of each paragraph, from `start` on, in order."""
    lines = _lines(text, start, markdown)
    compounds = frozenset(_COMPOUND.findall(text.lower()))
    words = frozenset(_LETTERS.findall(text))
    joined = _Joiner(lines).joined()
    at = 0
    for number, line in enumerate(lines):
        if number < at:
            continue
        yield from _inside(text, line)
        at = number + 1
        last = line
        while (follower := joined.get(at - 1)) is not None:
            after = lines[follower]
            yield _joint(last, after, compounds, words)
            yield from _inside(text, after)
            at, last = follower + 1, after


def _lines(text: str, start: int, markdown: bool) -> list[Line]:
    marks: Counter[str] = Counter()
    raw = []
    gap = page = False
    for match in _LINE.finditer(text, start):
        line = match.group()
        stripped = line.strip()
        if stripped:
            depth = len(line) - len(line.lstrip())
            first = match.start() + depth
            raw.append((first, first + len(stripped), stripped, depth, gap, page))
            if mark := segment.bullet(stripped):
                marks[mark] += 1
                marks["1."] += mark[0].isdigit()
            if label := _NAMED_LABEL.match(stripped):
                marks[label[0][-2:]] += 1
            if asked := _ASKED.match(stripped):
                marks[asked[1]] += 1
            gap = page = False
        else:
            gap = True
        page = page or "\x0c" in line
    return [Line(*one, _opens(one[2], marks, markdown)) for one in raw]


def _opens(line: str, marks: Counter[str], markdown: bool) -> bool:
    """Whether a line begins something of its own, whatever stands before it."""
    if _PAGE.fullmatch(line):
        return False
    if mark := segment.bullet(line):
        if mark[0].isdigit():
            # "… to open Gate | 7. He said": one number is no list.
            return marks["1."] > 1 + (mark == "1.")
        # A dash may open a wrapped line too.
        return mark not in "-–—" or marks[mark] > 1 or not line[len(mark) :].lstrip()[:1].islower()
    return (
        (markdown and line.startswith("#"))
        or _LABEL.match(line) is not None
        or (_NAMED_LABEL.match(line) is not None and marks[": "] > 1)
        or (_ASKED.match(line) is not None and bool(marks["Q"] and marks["A"]))
        or is_dateline(line)
    )


class _Joiner:
    """Decides for each line which one goes on with it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        pairs = [
            (one, other) for one, other in pairwise(lines) if not other.gap and not other.opens
        ]
        sure = sorted(
            one.size
            for one, other in pairs
            if not one.ended and (other.small or one.goes_on) and len(one.text.split()) > 2
        )
        middle = sure[len(sure) // 2] if sure else 0
        # The widest line that is like the others; what stands on one long line is not wrapped.
        self._width = max((size for size in sure if size <= 1.25 * middle), default=0)
        full = sum(one.ended and self._fills(one, other, 1.0) for one, other in pairs)
        self._wrapped = bool(sure) and 3 * len(sure) >= full
        self._spaced = 8 * sum(line.gap for line in lines) >= len(lines)
        depths = Counter(line.depth for line in lines)
        # What heads or foots every page.
        self._often = {text for text, n in Counter(line.text for line in lines).items() if n > 1}
        self._edge = depths.most_common(1)[0][0] if depths else 0

    def joined(self) -> dict[int, int]:
        """The number of the line that continues a line, by that line's."""
        found: dict[int, int] = {}
        first = True
        number = 0
        while number + 1 < len(self._lines):
            follower = self._follower(number, first)
            first = follower is None
            if follower is not None:
                found[number] = follower
            number = follower if follower is not None else number + 1
        return found

    def _follower(self, number: int, first: bool) -> int | None:
        """The number of the line that continues this one; `first`: it opens its paragraph."""
        one, other = self._lines[number], self._lines[number + 1]
        if other.opens or (
            _is_apart(one.text)
            and not (other.small and self._width and self._fills(one, other, _ROUGHLY))
        ):
            return None
        if not other.gap:
            return number + 1 if self._continues(one, other, first) else None
        for after in range(number + 1, min(len(self._lines), number + 2 + _FURNITURE)):
            line = self._lines[after]
            paged = after > number + 1 or any(b.page for b in self._lines[number + 1 : after + 1])
            full = bool(self._width) and self._fills(one, line, _FULL if line.small else 1.0)
            passed = line.text in self._often or _PAGE.fullmatch(line.text)
            if not line.opens and not passed and not is_byline(line.text):
                if _cut(one.text, line.text) and line.small:
                    return after
                goes_on = line.small and (paged or one.goes_on or full)
                return after if not one.ended and (goes_on or (paged and full)) else None
            if not passed:
                return None
        return None

    def _continues(self, one: Line, other: Line, first: bool) -> bool:
        if _cut(one.text, other.text):
            return True
        over = not one.ended and (
            other.small or (other.ended and bool(self._width) and self._fills(one, other, 1.0))
        )
        if not one.goes_on and (is_byline(other.text) or (not over and _is_apart(other.text))):
            return False
        if one.ended and other.depth > self._edge + 1:
            # Set in: a paragraph of its own.
            return False
        words = one.text.count(" ") + 1
        if other.small:
            if first and one.small and not one.goes_on:
                return False
            share = _FULL if one.ended and one.text[-1] not in "\"”'’" else _ROUGHLY
            return (
                bool(self._width)
                and self._fills(one, other, share)
                and (words > 2 or self._fills(one, other, 1.0))
            )
        if not one.ended and one.goes_on:
            return self._fills(one, other, _ROUGHLY) if self._width else len(one.text) >= _LONG
        if not self._width or not self._wrapped:
            return False
        if one.ended:
            return self._fills(one, other, 0.7 if self._spaced and not first else 1.0)
        # No heading opens with a dateline, so its paragraph goes on as any other line's.
        heads = first and not is_dateline(one.text)
        if heads and not self._spaced and segment.is_title_case(one.text):
            return False
        shouts = other.text.isupper() and not other.ended
        return not shouts and self._fills(one, other, 1.0 if heads else _FULL)

    def _fills(self, one: Line, other: Line, share: float) -> bool:
        """Whether the next word had no room in a line of this share of the width."""
        word = _FIRST.match(other.text)
        return one.size + 1 + (word.end() if word else 0) > share * self._width


def _is_apart(line: str) -> bool:
    """Whether a line is none of running text by what it says: a date, a byline, furniture."""
    return len(line) <= 120 and segment.is_set_apart(line)


def _cut(one: str, other: str) -> bool:
    """Whether a word is cut in two by the end of a line."""
    return bool(_HYPHENATED.search(one[-2:])) and other[:1].isalpha()


def _joint(one: Line, other: Line, compounds: frozenset[str], words: frozenset[str]) -> Edit:
    if _cut(one.text, other.text):
        before = _LETTERS.findall(one.text[-60:])[-1]
        after = _LETTERS.match(other.text)
        if after and after[0] not in layout("suspending"):
            # A name is known by where it stands in one piece.
            whole = before + after[0] in words or _is_one_word(before, after[0], compounds)
            return Edit(one.end - whole, other.start, "")
    elif _DASHED.search(one.text[-1:]) and one.text[-2:-1].isalnum():
        return Edit(one.end, other.start, "")
    return Edit(one.end, other.start, " ")


def _inside(text: str, line: Line) -> Iterator[Edit]:
    """What is read otherwise inside a line: runs of spaces, words apart, bullets in a row."""
    edits = [
        Edit(*match.span(), "\n" if _columns(text, line, match) else " ")
        for match in _SPACES.finditer(text, line.start, line.end)
    ]
    for match in _APART.finditer(text, line.start, line.end):
        before = _LETTERS.findall(text[max(line.start, match.start() - 40) : match.start()])[-1]
        if match[1] not in layout("suspending") and _is_known(before + match[1]):
            edits.append(Edit(*match.span(), ""))
    row = list(_ROW.finditer(text, line.start, line.end))
    if row and line.text.count(" ") + 1 >= (_WORDS_IN_ROW + 1) * len(row):
        edits += [Edit(*match.span(), "\n") for match in row]
    at = line.start
    for edit in sorted(edits):
        if edit.start >= at:
            yield edit
            at = edit.end


def _columns(text: str, line: Line, gap: re.Match[str]) -> bool:
    """Whether a run of spaces parts a date or a page number from what else heads a page."""
    sides = text[line.start : gap.start()].strip(), text[gap.end() : line.end].strip()
    return len(line.text) <= _WIDEST and any(
        _is_apart(side) or _PAGE.fullmatch(side) is not None for side in sides
    )


def _is_one_word(before: str, after: str, compounds: frozenset[str]) -> bool:
    """Whether a hyphen at the end of a line was put there by who set the text."""
    if before[-1].isdigit() or not after[0].islower() or not before.isalpha():
        return False
    if _is_known(before + after):
        return True
    if f"{before}-{after}".lower() in compounds:
        return False
    # "X-ray" and "co-op" keep theirs; of two letters is what is left of a name.
    compound = _is_known(after) and (_is_known(before) or len(before) == 1)
    return not (compound and len(after) > 2)


def _is_known(word: str) -> bool:
    words = _vocabulary()
    lower = word.lower()
    return lower in words or any(
        lower.endswith(tail) and lower[: -len(tail)] + put in words
        for tail, put in (
            ("s", ""),
            ("es", ""),
            ("d", ""),
            ("ed", ""),
            ("ing", ""),
            ("ing", "e"),
            ("ly", ""),
        )
    )


@lru_cache(1)
def _vocabulary() -> frozenset[str]:
    """The words that the tagger knows as one piece: some twenty thousand of news and of names."""
    stored = json.loads((files("factcheck") / "models" / "tokenizer.json").read_text("utf-8"))
    return frozenset(
        word for word in stored["model"]["vocab"] if len(word) > 1 and not word.startswith("##")
    )
