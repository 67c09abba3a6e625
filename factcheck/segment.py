"""Text → blocks, with what is no statement marked as what it is.

Raw web copy carries navigation lines, captions, date lines and lists of other stories; markdown
carries headings and images. Every line gets a kind; only `body` blocks hold claims. What a line
says of itself is in `clutter`; what it is by its place and its neighbours is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck import clutter
from factcheck.bylines import capitalised, is_byline, is_dateline, is_name, is_post
from factcheck.dates import dateline_date, is_update, parse_date_line
from factcheck.records import Block, BlockKind, Span

_TERMINAL = re.compile(r"[.!?…:;,。][\"'”’»)\]]*$")
# A sentence ends inside a line, and another begins.
_ENDED_WITHIN = re.compile(r"[a-z][.!?][\"”’']? [A-Z]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# A quotation and who said it, as pages set it apart: “We need answers” – Roy Beal, fisherman.
_SIGNED = re.compile(
    r"[\"“'‘][^\"”]{8,400}[\"”'’][.,]?(?: ?[—–-]{1,2} ?|(?<=[.!?,][\"”'’]) )"
    r"(?:[A-Z][\w.'’-]+ ){1,4}?[A-Z][\w.'’-]+(?:, .{2,60})?$"
)
_OF_HER = re.compile(r"(?:He|She|They|His|Her|Their)\b")
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(r"(?:[•▪●■◦‣·*✓✔➤→–—-]|\d{1,2}[.)])(?=\s+\S)")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]*(?:\r\n|[\r\n\u2028\u2029\x0b\x0c\x85]|$)")
# Between links: bars, points, arrows and small pictures.
_LINKS = re.compile(r"[|•·›»▾▼▸\u2600-\u27bf\U0001f300-\U0001faff]| > ")
# A bullet of so many words may state something.
_FEWEST = 4
_SLOGAN = re.compile(r"(?:[A-Z][\w’'&-]* ?){1,5}[—–|-] ")
# The name of a paper has no more words.
_NAME = 5
# So many lines in a row may be of the page because of those around them.
_BETWEEN = 3


@dataclass(slots=True)
class _Unit:
    """A line, or what of a line is of one kind, and what it is as far as it tells by itself.

    `followed`: a blank line and more text stand behind it. `called`: it speaks to the reader.
    `story`: it is about its author, if the article is at its end. `last`: its line ends with it.
    """

    start: int
    end: int
    line: str
    chunk: int
    followed: bool
    kind: BlockKind | None = None
    bullet: bool = False
    called: bool = False
    story: str = ""
    last: bool = True

    @property
    def words(self) -> list[str]:
        return _WORD.findall(self.line[:2_000])

    @property
    def complete(self) -> bool:
        """Whether it ends as sentences do."""
        return _TERMINAL.search(self.line[-8:]) is not None

    @property
    def headline(self) -> bool:
        """Whether it may be a headline."""
        words = self.words
        return (
            not self.bullet
            and not (self.complete and is_dateline(self.line))
            and len(words) <= 25
            and len(self.line) <= 400
            and (
                not self.complete
                or (self.followed and len(words) <= 20 and capitalised(words) >= 0.75)
            )
        )


def body_text(span: Span, text: str) -> str:
    """The words of a span with every run of white space as one space."""
    return " ".join(text[span[0] : span[1]].split())


def blocks(text: str, start: int = 0, *, markdown: bool = False) -> tuple[Block, ...]:
    """Cut `text[start:]` into blocks, in order, each of one kind; white space is in none.

    Every line is a paragraph (`ingest.reading` makes it so). The first line before the text that
    may be a headline is the title; those before it are of the page, those between it and the first
    paragraph captions (which is what raw copies carry there), later ones headings.
    """
    units = [unit for line in _lines(text, start) for unit in _units(text, line, markdown)]
    _by_heads(units)
    _by_neighbours(units)
    _authors(units)
    _in_context(units)
    return tuple(Block(start=u.start, end=u.end, kind=u.kind or "body") for u in units)


def bullet(line: str) -> str:
    """The mark of a list that a line opens with, or the empty string."""
    match = _BULLET.match(line)
    return match.group() if match else ""


def is_title_case(line: str) -> bool:
    """Whether a line is a headline by the capitals of its words."""
    words = _WORD.findall(line)
    return len(words) > 2 and capitalised(words) >= 0.75 and not _ENDED_WITHIN.search(line)


def is_set_apart(line: str) -> bool:
    """Whether a line is of the page by itself: a date, a byline, a button."""
    return _own_kind(line, markdown=False) in ("date", "byline", "navigation", "related")


def date_of(text: str, found: tuple[Block, ...]) -> str | None:
    """The article's date (EDTF) as far as a date line, else a dateline, tells it."""
    updated = None
    for block in found:
        if block.kind in ("date", "byline"):
            line = text[block.start : block.end]
            if date := parse_date_line(line):
                if not is_update(line):
                    return date
                updated = updated or date
    if updated:
        return updated
    for block in found:
        if block.kind == "body":
            return dateline_date(text[block.start : block.end])
    return None


def _lines(text: str, start: int) -> Iterator[_Unit]:
    waiting: _Unit | None = None
    chunk = 0
    for match in _LINE.finditer(text, start):
        line = match.group()
        stripped = line.strip()
        if stripped:
            if waiting:
                yield waiting
            first = match.start() + len(line) - len(line.lstrip())
            waiting = _Unit(first, first + len(stripped), stripped, chunk, followed=False)
        elif waiting:
            waiting.followed = True
            chunk = waiting.chunk + 1
    if waiting:
        waiting.followed = False
        yield waiting


def _units(text: str, unit: _Unit, markdown: bool) -> Iterator[_Unit]:
    """A line as what it is, or cut where an article's sentence and another meet."""
    if markdown and (heading := _HEADING_MARK.match(unit.line)):
        unit.start += heading.end()
        unit.line, unit.kind = unit.line[heading.end() :], "heading"
        yield unit
        return
    if mark := bullet(unit.line):
        # A number may be one of a heading too, which tells that by its words.
        rest = unit.line[len(mark) :].lstrip()
        unit.start, unit.line, unit.bullet = unit.end - len(rest), rest, not mark[0].isdigit()
    unit.kind = _own_kind(unit.line, markdown)
    if unit.kind is not None:
        yield unit
        return
    found = clutter.pieces(unit.line)
    for start, end, kind in found:
        last = end == found[-1][1]
        part = _Unit(
            unit.start + start,
            unit.start + end,
            unit.line[start:end],
            unit.chunk,
            last and unit.followed,
            bullet=unit.bullet,
            last=last,
        )
        if kind in ("author", "life", "staff"):
            part.story = kind
        elif kind is not None:
            part.kind = "credit" if kind == "credit" else "navigation"
            part.called = kind == "navigation"
        yield part


def _own_kind(line: str, markdown: bool) -> BlockKind | None:
    """What a line is by itself, `None` where that depends on what stands around it."""
    if len(line) > 400:
        return None
    if not any(map(str.isalpha, line)):
        return "date" if len(line) <= 40 and parse_date_line(line) else "navigation"
    if markdown and line.startswith("!["):
        return "caption"
    if is_byline(line):
        return "byline"
    if len(line) <= 120 and parse_date_line(line) is not None:
        return "date"
    if _is_link_bar(line):
        return "navigation"
    return clutter.line_kind(line)


def _by_heads(units: Sequence[_Unit]) -> None:
    """What a line alone says of the next: "Corrections", "About the author"."""
    seen = offer = False
    rest: BlockKind | None = None
    for unit, after in pairwise(units):
        kind = clutter.head(unit.line) if unit.kind in (None, "navigation", "credit") else None
        if kind and seen:
            unit.kind = rest = "credit" if kind == "credit" else "navigation"
            offer = kind == "offer"
        elif unit.last:
            rest = None
        if rest and after.kind is None:
            rest = None if offer and not clutter.sells(after.line) else rest
            after.kind = rest
        seen = seen or (unit.kind is None and unit.complete)


def _by_neighbours(units: Sequence[_Unit]) -> None:
    """Short lines between calls to the reader, with no blank line between, are such a call too."""
    last: int | None = None
    for number, unit in enumerate(units):
        if unit.called:
            if last is not None and number - last <= _BETWEEN + 1:
                between = units[last + 1 : number]
                if all(
                    one.kind is None and one.chunk == unit.chunk and clutter.is_short(one.line)
                    for one in between
                ):
                    for one in between:
                        one.kind = "navigation"
            last = number
        elif (
            unit.kind is None
            and last is not None
            and number == last + 1
            and unit.chunk == units[last].chunk
            and clutter.speaks_to_reader(unit.line)
        ):
            unit.kind, unit.called, last = "navigation", True, number


def _authors(units: Sequence[_Unit]) -> None:
    """Lines about an author: who is named in a byline, and who stands at the end of the text."""
    for unit, after in pairwise(units):
        if unit.kind is None and is_name(unit.line) and is_post(after.line):
            unit.kind = after.kind = "byline"
    names = " ".join(unit.line for unit in units if unit.kind == "byline").casefold()
    last = max(
        (n for n, u in enumerate(units) if u.kind is None and not u.story and u.complete),
        default=-1,
    )
    before = False
    for number, unit in enumerate(units):
        name = " ".join(unit.line.split(" ", 2)[:2]).casefold().rstrip(",")
        given = name.partition(" ")[0]
        own = bool(unit.story) and (
            (len(name) > 4 and name in names) or (len(given) > 2 and given in names.split())
        )
        # "Jane Doe" alone, and below it what she covers.
        below = number > 0 and len(name) > 4 and units[number - 1].line.casefold().strip() == name
        ends = (unit.story == "author" or (below and unit.story)) and number > last >= 0
        before = bool(unit.story) and (own or bool(ends) or before or unit.story == "staff")
        # "Una Price covers the coast. | She has two cats."
        told = number > 0 and units[number - 1].kind == "credit" and not units[number - 1].last
        if before or (told and unit.kind is None and _OF_HER.match(unit.line)):
            unit.kind = "credit"


def _in_context(units: Sequence[_Unit]) -> None:
    """Tell title, captions, headings and lists of other articles by where they stand."""
    first = next(
        (
            n
            for n, u in enumerate(units)
            if u.kind is None and not u.headline and (not u.bullet or len(u.words) >= _FEWEST)
        ),
        len(units),
    )
    title = _title(units[:first])
    tail = _tail(units, first)
    in_related = False
    for number, unit in enumerate(units):
        marked = unit.kind == "heading"
        if number == title:
            unit.kind = "title"
        elif unit.kind is None:
            unit.kind = _placed(unit, number, first, title, in_related or number >= tail)
        in_related = unit.kind == "related" or (in_related and unit.kind == "navigation")
        if marked:
            in_related = bool(clutter.lists().related.fullmatch(unit.line.strip(" :")))


def _placed(unit: _Unit, number: int, first: int, title: int | None, in_related: bool) -> BlockKind:
    headline = unit.headline
    words = unit.words
    if _SIGNED.fullmatch(unit.line):
        return "body"
    listed = headline or (unit.bullet and not unit.complete) or unit.line.endswith("?")
    if in_related and listed and len(words) <= 25:
        return "related"
    if number < first:
        if title is None or number < title or clutter.is_menu(unit.line):
            return "body" if unit.complete else "navigation"
        return "caption" if not unit.complete else "body"
    if unit.bullet:
        return "heading" if len(words) < _FEWEST and not unit.complete else "body"
    if headline and not unit.complete and (len(words) <= 8 or capitalised(words) >= 0.6):
        return "heading"
    return "body"


def _title(units: Sequence[_Unit]) -> int | None:
    """The number of the title among the lines before the text."""
    for number, unit in enumerate(units):
        if unit.kind == "heading":
            return number
    open_ = [n for n, unit in enumerate(units) if unit.kind is None and unit.headline]
    names = [n for n in open_ if not clutter.is_menu(units[n].line)]
    long = [n for n in names if len(units[n].words) > 2]
    proper = [n for n in long if not _names_paper(units, n)]
    return next(iter(proper or long or names), None)


def _names_paper(units: Sequence[_Unit], number: int) -> bool:
    """Whether a line is the name of a paper: by its words, or in capitals over its menu."""
    line, after = units[number].line, units[number + 1 : number + 2]
    over_menu = bool(after) and after[0].kind == "navigation"
    name = line.isupper() and len(units[number].words) <= _NAME
    # "The Marby Post – news from the islands", and the menu right below it.
    slogan = _SLOGAN.match(line) is not None and bool(after) and "|" in after[0].line
    return clutter.is_masthead(line) or (over_menu and (name or slogan))


def _tail(units: Sequence[_Unit], first: int) -> int:
    """Where a list of headlines at the end begins, which is of other articles."""
    whole = [n for n, u in enumerate(units) if n >= first and u.kind is None and u.complete]
    if len(whole) < 2 or units[whole[-1]].line.endswith(":"):
        return len(units)
    rest = sum(unit.kind is None for unit in units[whole[-1] + 1 :])
    return whole[-1] + 1 if rest > 2 else len(units)


def _is_link_bar(line: str) -> bool:
    """Whether a line is a row of links: "World | Politics | Sport"."""
    parts = [part.strip() for part in _LINKS.split(line) if part.strip()]
    longest = {1: 0, 2: 2}.get(len(parts), 4)
    return all(len(part.split()) <= longest for part in parts)
