"""A statement in a terminal: its verdict, its values side by side, and a row for each telling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.text import Text

from factcheck.records import Claim, Divergence, DivergenceValue, Group, Span
from factcheck.reports import tellings, words
from factcheck.reports.index import Index
from factcheck.reports.pen import Pen
from factcheck.reports.places import as_read, excerpt, place
from factcheck.reports.view import kind_of

BLANK = Text("")
# From here on there is room for one more column.
WIDE = 110
# Below this there is none for columns at all.
NARROW = 56
_COUNTS = re.compile(r"\d+ outlets?, (?:perhaps )?\d+ origins?[^;]*")
# Articles listed beside a value; the others are counted.
_MOST_TELLINGS = 3
# Widths: the name of a slot, and the narrowest column a value can be read in.
_LABEL = 11
_COLUMN = 28


def verdict(pen: Pen, group: Group, short: bool = False) -> Text:
    """The verdict in words: its first words in its colour, what explains the counts dimmed.

    `short` leaves out the latter.
    """
    lead, rest = words.verdict_words(group)
    counts = _COUNTS.search(rest)
    edge = counts.end() if counts else len(rest)
    told = pen.text(lead, style=pen.style(kind_of(group)))
    more = "" if short else rest[edge:]
    return pen.join([told, " – ", rest[:edge], pen.text(more, style="dim")])


class Statements:
    """Draws statements of a report with a pen."""

    def __init__(self, pen: Pen, index: Index) -> None:
        self.pen, self.index = pen, index

    def group(self, group: Group, short: bool = False) -> Iterator[RenderableType]:
        """A statement with its verdict, values and tellings; `short`: without their words."""
        pen, name = self.pen, kind_of(group)
        left = len(group.id) + 2
        room = pen.width - left - 2
        sign = pen.join([Text(f"{pen.symbol(name)} ", pen.style(name)), Text(group.id, "dim")])
        statement = pen.text(words.statement(group), style="bold")
        yield pen.table([(sign, statement), ("", verdict(pen, group, short))], [left, None])
        body: list[RenderableType] = []
        for divergence in group.divergences:
            if short and not divergence.material:
                continue
            body += [BLANK, *self.divergence(divergence, group, room - 2, short)]
        if short:
            body += [BLANK] * bool(body) + [self.tellers(group)]
        else:
            body += [BLANK, self.tellings(group, room)]
        yield pen.indent(*body, by=left + 2)

    def tellers(self, group: Group) -> Text:
        """Who says it through whom, and where, one line for each."""
        places: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for claim in self.index.members(group):
            outlets = places.setdefault(tuple(tellings.who(claim)), {})
            line = str(self.index.line(claim))
            lines = outlets.setdefault(self.index.labels[claim.article], [])
            lines += [line] * (line not in lines)
        told = []
        for who, outlets in places.items():
            where = [f"{outlet}:{','.join(lines)}" for outlet, lines in outlets.items()]
            head = self.pen.text(f"{', '.join(who)} – ", style="dim")
            told.append(self.pen.join([head, self.pen.text(words.listed(where, 6))]))
        return Text("\n").join(told)

    def tellings(self, group: Group, room: int) -> RenderableType:
        """Rows: outlets; who said it, through whom, in what words."""
        members = self.index.members(group)
        longest = max(len(self.index.labels[claim.article]) for claim in members)
        outlet = max(8, min(longest, room * 3 // 10))
        hits = self.index.differing_words(group)
        if room < NARROW:
            return Lines(*(self.narrow_telling(claim, hits.get(claim.id, [])) for claim in members))
        rows = []
        above = ""
        for claim in members:
            where = self.where(claim, outlet, again=claim.article == above)
            rows.append((*where, self.who(claim), self.wording(claim, hits.get(claim.id, []))))
            above = claim.article
        return self.pen.table(rows, [*self.where_widths(outlet), max(18, room // 4), None])

    def narrow_telling(self, claim: Claim, hits: Sequence[Span]) -> RenderableType:
        """A telling where there is no room for columns: its words under where and who."""
        at = f"{self.index.labels[claim.article]}, line {self.index.line(claim)}"
        who = "; ".join(tellings.who(claim))
        head = [self.pen.text(at, style="dim"), self.pen.text(who)]
        return Lines(*head, self.pen.indent(self.wording(claim, hits), by=2))

    def where(self, claim: Claim, room: int, again: bool = False) -> list[Text]:
        """Outlet and line: two columns where there is room, else one below the other.

        `again`: the row above is of the same article, so the line is enough.
        """
        line = Text(f"line {self.index.line(claim)}", style="dim")
        outlet = Text("") if again else self.pen.shorten(self.index.labels[claim.article], room)
        if self.pen.width >= WIDE:
            return [outlet, line]
        return [line] if again else [Text("\n").join([outlet, line])]

    def where_widths(self, room: int) -> list[int]:
        """The widths of the columns of `where`, the outlet's own being `room`."""
        return [room, 8] if self.pen.width >= WIDE else [room]

    def who(self, claim: Claim) -> Text:
        """Who says it, through whom, one below the other."""
        first, *rest = tellings.who(claim)
        style = "" if claim.speaker or claim.voice else "dim"
        lines = [self.pen.text(first, style=style)]
        return Text("\n").join(lines + [self.pen.text(line, style="dim") for line in rest])

    def wording(self, claim: Claim, hits: Sequence[tuple[int, int]]) -> Text:
        """The claim's own words; the pieces of an interrupted quotation joined by an ellipsis."""
        pen, article = self.pen, self.index.articles[claim.article]
        text = article.text
        marks = [(span, "hit") for span in hits]
        spans = tellings.shown_spans(claim, text)
        body = pen.join([pen.pieces(as_read(article, span, marks)) for span in spans], " … ")
        before, after = tellings.frame(claim, text)
        if claim.quote == "direct":
            return pen.join([pen.text(before, "dim"), "“", body, "”"])
        framed = [pen.text(before, "dim"), body, pen.text(after, "dim")]
        return pen.join([part for part in framed if part])

    def divergence(
        self, divergence: Divergence, group: Group, room: int, short: bool
    ) -> Iterator[RenderableType]:
        """The values side by side where there is room, else one below the other."""
        pen = self.pen
        style = pen.style("divergent") if divergence.material else "bold dim"
        label = pen.text(words.slot(divergence.slot), style=style)
        note = "" if divergence.material else "no conflict: "
        columns = [
            self.value(number if divergence.material else 0, value, () if short else group.claims)
            for number, value in enumerate(divergence.values, 1)
        ]
        if divergence.reason in group.reason and (room - _LABEL) // len(columns) >= _COLUMN:
            yield pen.table([(label, *columns)], [_LABEL, *[None] * len(columns)])
            return
        yield pen.join([label, pen.text(f"  {note}{divergence.reason}")])
        if room // len(columns) >= _COLUMN:
            yield pen.indent(pen.table([columns], [None] * len(columns)), by=2)
        else:
            yield pen.indent(*columns, by=2)

    def value(self, number: int, value: DivergenceValue, shown: Sequence[str]) -> Text:
        """A value, where it is told, and the origins behind it; 0 is no number.

        Its words are quoted here only where no claim of `shown` holds them.
        """
        pen = self.pen
        head = Text(f"{number} " if number else "", "bold red")
        lines = [pen.join([head, pen.text(value.value, style="bold")])]
        tellings: dict[str, tuple[str, Span]] = {}
        for claim, span in zip(value.claims, value.spans, strict=False):
            tellings.setdefault(self.index.claims[claim].article, (claim, span))
        for article_id, (claim, span) in list(tellings.items())[:_MOST_TELLINGS]:
            article = self.index.articles[article_id]
            at = f"{self.index.labels[article_id]}:{place(article, span).line}"
            lines.append(pen.text(at, style="dim"))
            told = self.index.claims[claim].spans if claim in shown else ()
            if not any(start <= span[0] and span[1] <= end for start, end in told):
                lines.append(pen.pieces(excerpt(article, span, 70)))
        if len(tellings) > _MOST_TELLINGS:
            more = words.count(len(tellings) - _MOST_TELLINGS, "more article")
            lines.append(pen.text(f"and {more}", style="dim"))
        if value.origins:
            behind = words.count(len(value.origins), "origin")
            lines.append(pen.text(f"{behind}: {words.listed(value.origins)}", style="dim"))
        return Text("\n").join(lines)
