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

from factcheck import clutter, clutter_rules
from factcheck.bylines import capitalised, is_byline, is_dateline, is_name, is_post
from factcheck.clutter_signs import Fixed, Piece, is_running
from factcheck.dates import dateline_date, is_update, parse_date_line
from factcheck.records import Block, BlockKind, Span

_TERMINAL = re.compile(r"[.!?…:;,。][\"'”’»)\]]*$")
# A sentence ends inside a line, and another begins.
_ENDED_WITHIN = re.compile(r"[a-z][.!?][\"”’']? [A-Z]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# What a headline with capitals leaves in small letters: "Ann Cole quit Monday." is none.
_SMALL = re.compile(
    r"an?|the|and|or|but|nor|yet|of|in|on|to|for|at|by|as|up|out|off|vs?|per|via|from|into|over"
    r"|with|after"
)
# A quotation and who said it, as pages set it apart: “We need answers” – Roy Beal, fisherman.
_SIGNED = re.compile(
    r"[\"“'‘][^\"”]{8,400}[\"”'’][.,]?(?: ?[—–-]{1,2} ?|(?<=[.!?,][\"”'’]) )"
    r"(?:[A-Z][\w.'’-]+ ){1,4}?[A-Z][\w.'’-]+(?:, .{2,60})?$"
)
_QUOTE = re.compile(r"[\"“”«»„]|''|``")
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(r"(?:[•▪●■◦‣·*✓✔➤→–—-]|\d{1,2}[.)])(?=\s+\S)")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]*(?:\r\n|[\r\n\u2028\u2029\x0b\x0c\x85]|$)")
# Between links: bars, points, arrows and small pictures.
_LINKS = re.compile(r"[|•·›»▾▼▸\u2600-\u27bf\U0001f300-\U0001faff]| > ")
# The last line of an agency's report.
_FOOTER = re.compile(r"[(\[]?(?:Additional )?(?:Reporting|Writing|Editing) by (?:[A-Z]|.{2,80}; )")
# A bullet of so many words may state something.
_FEWEST = 4
_SLOGAN = re.compile(r"(?:[A-Z][\w’'&-]* ?){1,5}[—–|-] ")
# The name of a paper has no more words.
_NAME = 5
# What the patterns tell of a sentence; an author's life is told by the chain alone.
_RULED: dict[clutter_rules.Kind | None, BlockKind] = {
    "navigation": "navigation",
    "note": "navigation",
    "credit": "credit",
    "staff": "credit",
}
# What is fixed before the signs are read, and how the chain calls it.
_FIXED: dict[BlockKind | None, Fixed] = {
    None: "",
    "byline": "byline",
    "date": "byline",
    "heading": "heading",
    "caption": "page",
    "credit": "page",
    "related": "page",
    "navigation": "page",
}


@dataclass(slots=True)
class _Unit:
    """A line, or what of a line is of one kind, and what it is as far as it tells by itself.

    `followed`: a blank line and more text stand behind it. `opens`, `ends`: its line begins and
    ends with it. `quoted`: it stands in the middle of what somebody says.
    """

    start: int
    end: int
    line: str
    chunk: int
    followed: bool
    kind: BlockKind | None = None
    bullet: bool = False
    opens: bool = True
    ends: bool = True
    quoted: bool = False

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
                or (
                    self.followed
                    and len(words) <= 20
                    and capitalised(words) >= 0.75
                    and all(_SMALL.fullmatch(word) for word in words if word[0].islower())
                )
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
    units = [unit for line in _lines(text, start) for unit in _units(line, markdown)]
    related = _by_signs(units)
    units = list(_joined(text, units))
    _authors(units)
    _in_context(units, related)
    return tuple(Block(start=u.start, end=u.end, kind=u.kind or "body") for u in units)


def pieces(text: str, start: int = 0, *, markdown: bool = False) -> list[tuple[Span, Piece]]:
    """The lines and sentences of `text[start:]` as `clutter` reads them, for fitting it."""
    units = [unit for line in _lines(text, start) for unit in _units(line, markdown)]
    return [((u.start, u.end), piece) for u, piece in zip(units, _pieces(units), strict=True)]


def bullet(line: str) -> str:
    """The mark of a list that a line opens with, or the empty string."""
    match = _BULLET.match(line)
    return match.group() if match else ""


def is_title_case(line: str) -> bool:
    """Whether a line is a headline by the capitals of its words."""
    words = _WORD.findall(line)
    return len(words) > 2 and capitalised(words) >= 0.75 and not _ENDED_WITHIN.search(line)


def is_set_apart(line: str) -> bool:
    """Whether a line is of the page by itself: a date, a byline, a row of links."""
    return _own_kind(line, markdown=False) is not None


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


def _units(unit: _Unit, markdown: bool) -> Iterator[_Unit]:
    """A line as what it is, or its sentences."""
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
    found = clutter_rules.sentences(unit.line)
    ruled = clutter_rules.pieces(unit.line)
    quotes = 0
    for start, end in found:
        line = unit.line[start:end]
        yield _Unit(
            unit.start + start,
            unit.start + end,
            line,
            unit.chunk,
            unit.followed,
            kind=_RULED.get(next(kind for s, e, kind in ruled if s <= start < e)),
            bullet=unit.bullet,
            opens=start == 0,
            ends=end == found[-1][1],
            quoted=quotes % 2 == 1,
        )
        quotes += len(_QUOTE.findall(line))


def _own_kind(line: str, markdown: bool) -> BlockKind | None:
    """What a line is by itself, `None` where that depends on its words and what is around it."""
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
    if _FOOTER.match(line):
        return "credit"
    return "navigation" if _is_link_bar(line) else clutter_rules.line_kind(line)


def _by_signs(units: Sequence[_Unit]) -> frozenset[int]:
    """Give the units that are of the page their kinds; where headings stand over other articles."""
    related = []
    for unit, kind in zip(units, clutter.kinds(_pieces(units)), strict=True):
        if unit.kind is None:
            # Where it was filed opens an article, whatever else a line says.
            filed = kind != "caption" and unit.complete and is_dateline(unit.line)
            # Headlines of other stories end in no full stop or colon.
            ended = kind == "related" and unit.line[-1] in ".:" and len(unit.words) > _FEWEST
            unit.kind = None if filed or ended else kind
        elif unit.kind == "heading" and kind == "related":
            related.append(unit.start)
    return frozenset(related)


def _pieces(units: Sequence[_Unit]) -> list[Piece]:
    """Units as the signs of clutter are read from them."""
    found = []
    chunk = 0
    running = False
    for unit in units:
        piece = Piece(
            unit.line,
            opens=unit.opens,
            ends=unit.ends,
            gap=unit.opens and unit.chunk != chunk,
            quoted=unit.quoted,
            bullet=unit.bullet,
            fixed=_FIXED[unit.kind],
        )
        chunk = unit.chunk
        running = running or is_running(piece)
        piece.headline = not running and unit.headline and unit.opens and unit.ends
        found.append(piece)
    return found


def _joined(text: str, units: Sequence[_Unit]) -> Iterator[_Unit]:
    """Units with neighbours of the same kind in the same line made one."""
    last: _Unit | None = None
    for unit in units:
        if last and not unit.opens and last.kind == unit.kind:
            last.end, last.ends = unit.end, unit.ends
            last.line = text[last.start : last.end]
            continue
        if last:
            yield last
        last = unit
    if last:
        yield last


def _authors(units: Sequence[_Unit]) -> None:
    """Names over what they are: "Una Price | Education correspondent"."""
    for unit, after in pairwise(units):
        if unit.kind is None and is_name(unit.line) and is_post(after.line):
            unit.kind = after.kind = "byline"


def _in_context(units: Sequence[_Unit], related: frozenset[int]) -> None:
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
    in_related = led = False
    for number, unit in enumerate(units):
        marked = unit.kind == "heading"
        if not unit.bullet:
            led = unit.line.endswith(":")
        if number == title:
            unit.kind = "title"
        elif unit.kind is None and unit.bullet and led:
            # "The council will: | - close two schools".
            unit.kind = "body"
        elif unit.kind is None:
            unit.kind = _placed(unit, number, first, title, in_related or number >= tail)
        in_related = unit.kind == "related" or (in_related and unit.kind == "navigation")
        if marked:
            in_related = unit.start in related


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
