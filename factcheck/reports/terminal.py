"""The report in a terminal: what matters first, in words, nothing told by colour alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from factcheck.records import Claim, Divergence, DivergenceValue, Group, Report, Span
from factcheck.reports import words
from factcheck.reports.brief import HEADINGS, brief
from factcheck.reports.index import TELLINGS, Index
from factcheck.reports.pen import Pen, draw
from factcheck.reports.places import cut, excerpt, place
from factcheck.reports.rank import Parts, Ranking
from factcheck.reports.spoken import spoken
from factcheck.reports.view import View, kind_of, narrow

_BLANK = Text("")
_COUNTS = re.compile(r"\d+ outlets?, (?:perhaps )?\d+ origins?[^;]*")
# Beyond these an overview is no longer one.
_MOST_ROWS = 30
_MOST_OUTLETS = 16
# From here on there is room for one more column.
_WIDE = 110
# Below this there is none for columns at all.
_NARROW = 56
# Groups told in full; a reader who wants more asks for a part of them, or for a file.
_MOST_GROUPS = 100
# The share of the articles' words that a report has where nobody asks for more, however few
# statements that is; and those that are told even so.
_SHARE, _FEWEST_GROUPS = 0.52, 1
# Characters of a statement in the summary.
_STATEMENT = 90
_HINT = "not shown (--all shows them)."
# Articles listed beside a value; the others are counted.
_MOST_TELLINGS = 3
# Widths: the name of a slot, and the narrowest column a value can be read in.
_LABEL = 11
_COLUMN = 28


def render(report: Report, view: View) -> str:
    """What `compare` prints."""
    return draw(view, compose(report, view))


def compose(report: Report, view: View) -> list[RenderableType]:
    """The renderables of a report, for a terminal and for what is exported from one."""
    return list(_Terminal(report, view).everything())


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


def tellings(report: Report, group: Group, view: View) -> RenderableType:
    """A table of a group's tellings: where, who says it through whom, in what words."""
    terminal = _Terminal(report, view)
    return terminal.tellings(group, terminal.pen.width)


def _length(items: Sequence[RenderableType]) -> int:
    """How many words a reader reads."""
    return len(draw(View(), items).split())


class _Terminal:
    def __init__(self, report: Report, view: View) -> None:
        self.view = view
        self.pen = Pen(view)
        self.whole = spoken(report)
        self.report = narrow(self.whole, view)
        self.index = Index(self.whole)

    @cached_property
    def parts(self) -> Parts:
        """The statements that are told, in their order."""
        return Ranking(self.whole).parts(self.report.groups)

    def everything(self) -> Iterator[RenderableType]:
        yield from self.summary()
        if self.view.verbosity < 0:
            return
        parts = self.parts
        several = [*parts.main, *parts.background]
        if not self.view.asks:
            yield from self.brief()
            yield from self.story()
        else:
            yield from self.overview(several)
            for name, groups in (("main", parts.main), ("background", parts.background)):
                yield from self.listed(name, groups)
            yield from self.alone(parts.alone)
        yield from self.inconsistencies()
        yield from self.skipped()
        yield from self.hint(several or parts.alone)

    def listed(self, name: str, groups: Sequence[Group]) -> Iterator[RenderableType]:
        """Statements in full, under their heading."""
        room = _MOST_GROUPS if self.view.verbosity < 1 else len(groups)
        if groups:
            yield _BLANK
            yield self.pen.heading(words.HEADINGS[name])
        for group in groups[:room]:
            yield _BLANK
            yield from self.group(group)
        if len(groups) > room:
            yield _BLANK
            yield self.folded(len(groups) - room, f"more, {_HINT}")

    def story(self) -> Iterator[RenderableType]:
        """The statements that matter most, in short, as many as a reader has time for."""
        length = sum(len(article.text.split()) for article in self.report.articles)
        others = (
            self.summary(),
            self.brief(),
            self.inconsistencies(),
            self.skipped(),
            self.hint(()),
        )
        room = _SHARE * length - _length([item for part in others for item in part])
        told = 0
        for group in self.parts.main:
            body = [_BLANK, *self.group(group, short=True)]
            room -= _length(body)
            if told >= _FEWEST_GROUPS and room < 0:
                break
            if not told:
                yield _BLANK
                yield self.pen.heading(words.HEADINGS["main"])
            yield from body
            told += 1
        yield from self.legend(self.parts.main[:told])
        left = [
            (len(self.parts.main) - told, "told by several outlets"),
            (len(self.parts.background), "of background"),
            (len(self.parts.alone), "of one outlet alone"),
        ]
        shown = words.listed([f"{number} {what}" for number, what in left if number])
        if shown:
            yield _BLANK
            yield self.pen.text(f"Not shown: {shown} (--all shows them).", style="dim")

    def brief(self) -> Iterator[RenderableType]:
        """The report in a minute."""
        pen = self.pen
        for part in brief(self.whole, self.parts):
            yield _BLANK
            yield pen.heading(HEADINGS[part.name])
            rows = []
            for line in part.lines:
                sign = Text(pen.symbol(line.sign), pen.style(line.sign))
                told = pen.text(line.told, style="dim" if line.group else "")
                ident = Text(line.group.id if line.group else "", "dim")
                if line.group:
                    statement = pen.shorten(words.statement(line.group), _STATEMENT)
                    told = pen.join([statement, pen.text(" – ", style="dim"), told])
                rows.append((sign, told, ident))
            if part.left:
                rows.append((Text(""), pen.text(f"and {part.left} more", style="dim"), Text("")))
            yield pen.table(rows, [1, None, max(row[2].cell_len for row in rows) or 1])

    # The top

    def summary(self) -> Iterator[RenderableType]:
        pen = self.pen
        headline = pen.flow(words.headline(self.whole), " · ")
        headline.stylize("bold")
        yield headline
        tallies = [
            pen.join([Text(f"{pen.symbol(name)} ", pen.style(name)), pen.text(text)])
            for name, text in words.tallies(self.whole)
        ]
        yield pen.flow(tallies)
        if len(self.report.groups) < len(self.whole.groups):
            yield pen.text(
                f"Shown: {len(self.report.groups) or 'none'} of "
                f"{words.count(len(self.whole.groups), 'statement')}, as asked for.",
                style="dim",
            )

    def overview(self, groups: Sequence[Group]) -> Iterator[RenderableType]:
        """Statements × outlets: who tells what in which form, and whose value."""
        outlets = self.index.outlets(groups)
        if len(groups) < 2 or not 1 < len(outlets) <= _MOST_OUTLETS:
            return
        pen = self.pen
        letters = [chr(ord("A") + index) for index in range(len(outlets))]
        yield _BLANK
        names = [
            pen.join([Text(f"{letter} ", "bold"), pen.shorten(outlet, 30)])
            for letter, outlet in zip(letters, outlets, strict=True)
        ]
        yield pen.flow(names)
        left = max(len(group.id) for group in groups) + 2
        gist = pen.width // 3 if pen.width >= _WIDE else 0
        room = pen.width - 2 - left - gist - 3 * len(outlets)
        table = Table.grid()
        for width in (2, left, room, *(3 for _ in outlets), *([gist] if gist else [])):
            table.add_column(width=width, no_wrap=True)
        table.add_row("", "", "", *(Text(letter, "bold") for letter in letters))
        for group in groups[:_MOST_ROWS]:
            row = list(self.overview_row(group, outlets, room - 2))
            if gist:
                row.append(pen.shorten(words.gist(group), gist))
                row[-1].stylize("dim")
            table.add_row(*row)
        yield table
        if len(groups) > _MOST_ROWS:
            yield pen.text(f"  and {len(groups) - _MOST_ROWS} more below", style="dim")
        forms = [f"{pen.symbol(form)} {form}" for form in TELLINGS]
        legend = pen.flow([*forms, "1 2 the value it gives"], room=pen.width - 2)
        legend.stylize("dim")
        yield pen.indent(legend, by=2)
        yield from self.legend(groups)

    def legend(self, groups: Sequence[Group]) -> Iterator[RenderableType]:
        """What the signs of these statements mean that could be taken for more than they are."""
        pen = self.pen
        rows = [
            (Text(pen.symbol(name), pen.style(name)), pen.text(meaning, style="dim"))
            for name, meaning in words.legend(groups)
        ]
        if rows:
            yield _BLANK
            yield pen.indent(pen.table(rows, [1, None]), by=2)

    def overview_row(self, group: Group, outlets: Sequence[str], room: int) -> Iterator[Text]:
        pen, name = self.pen, kind_of(group)
        told = self.index.tellings(group)
        sides = self.index.sides(group)
        yield Text(pen.symbol(name), pen.style(name))
        yield Text(group.id, "dim")
        yield pen.shorten(words.statement(group), room)
        for outlet in outlets:
            form = told.get(outlet, "")
            side = sides.get(outlet)
            yield (
                Text("/".join(side), "bold red")
                if side
                else Text(pen.symbol(form), "" if form else "dim")
            )

    # A group

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
            body += [_BLANK, *self.divergence(divergence, group, room - 2, short)]
        if short:
            body += [_BLANK] * bool(body) + [self.tellers(group)]
        else:
            body += [_BLANK, self.tellings(group, room)]
        yield pen.indent(*body, by=left + 2)

    def tellers(self, group: Group) -> Text:
        """Who says it through whom, and where, one line for each."""
        places: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for claim in self.index.members(group):
            outlets = places.setdefault(tuple(words.who(claim)), {})
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
        if room < _NARROW:
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
        who = "; ".join(words.who(claim))
        head = [self.pen.text(at, style="dim"), self.pen.text(who)]
        return Lines(*head, self.pen.indent(self.wording(claim, hits), by=2))

    def where(self, claim: Claim, room: int, again: bool = False) -> list[Text]:
        """Outlet and line: two columns where there is room, else one below the other.

        `again`: the row above is of the same article, so the line is enough.
        """
        line = Text(f"line {self.index.line(claim)}", style="dim")
        outlet = Text("") if again else self.pen.shorten(self.index.labels[claim.article], room)
        if self.pen.width >= _WIDE:
            return [outlet, line]
        return [line] if again else [Text("\n").join([outlet, line])]

    def where_widths(self, room: int) -> list[int]:
        return [room, 8] if self.pen.width >= _WIDE else [room]

    def who(self, claim: Claim) -> Text:
        first, *rest = words.who(claim)
        style = "" if claim.speaker or claim.voice else "dim"
        lines = [self.pen.text(first, style=style)]
        return Text("\n").join(lines + [self.pen.text(line, style="dim") for line in rest])

    def wording(self, claim: Claim, hits: Sequence[tuple[int, int]]) -> Text:
        """The claim's own words; the pieces of an interrupted quotation joined by an ellipsis."""
        pen, text = self.pen, self.index.articles[claim.article].text
        marks = [(span, "hit") for span in hits]
        spans = words.shown_spans(claim, text)
        body = pen.join([pen.pieces(cut(text, span, marks)) for span in spans], " … ")
        if claim.quote == "direct":
            return pen.join(["“", body, "”"])
        before, after = words.frame(claim, text)
        framed = [pen.text(before, "dim"), body, pen.text(after, "dim")]
        return pen.join([part for part in framed if part])

    # Differing values

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

    # The rest

    def alone(self, groups: Sequence[Group]) -> Iterator[RenderableType]:
        if not groups:
            return
        pen = self.pen
        yield _BLANK
        if "single-sourced" not in self.view.statuses and self.view.verbosity < 1:
            yield self.folded(len(groups), f"of one outlet alone, {_HINT}")
            return
        yield pen.heading(words.HEADINGS["single-sourced"], "single-sourced")
        if pen.width < _NARROW:
            for group in groups:
                tellings = [self.narrow_telling(c, []) for c in self.index.members(group)]
                yield pen.table([(Text(group.id, "dim"), Lines(*tellings))], [len(group.id), None])
            return
        outlet, said = max(12, pen.width // 5), max(18, pen.width // 4)
        yield pen.table(
            (
                (
                    Text(group.id, "dim"),
                    *self.where(claim, outlet),
                    self.who(claim),
                    self.wording(claim, []),
                )
                for group in groups
                for claim in self.index.members(group)
            ),
            [max(len(group.id) for group in groups), *self.where_widths(outlet), said, None],
        )

    def folded(self, number: int, rest: str) -> Text:
        symbol = self.pen.symbol("single-sourced")
        return self.pen.text(f"{symbol} {words.count(number, 'statement')} {rest}", style="dim")

    def inconsistencies(self) -> Iterator[RenderableType]:
        if not self.report.inconsistencies:
            return
        pen = self.pen
        yield _BLANK
        yield pen.heading("At odds with itself", "inconsistent")
        for found in self.report.inconsistencies:
            article = self.index.articles[found.article]
            yield _BLANK
            title = f"{self.index.labels[article.id]} – {words.slot(found.slot)}: "
            title += " / ".join(value.value for value in found.values)
            symbol = Text(f"{pen.symbol('inconsistent')} ", pen.style("inconsistent"))
            yield pen.join([symbol, pen.text(title, style="bold")])
            rows = [
                (
                    Text(f"line {place(article, value.spans[0]).line}", "dim"),
                    pen.pieces(excerpt(article, value.spans[0], 90)),
                )
                for value in found.values
            ]
            yield pen.indent(pen.text(found.reason), pen.table(rows, [9, None]), by=2)

    def skipped(self) -> Iterator[RenderableType]:
        if not self.report.skipped:
            return
        pen = self.pen
        yield _BLANK
        yield pen.heading("Not measured", "skipped")
        for skipped in self.report.skipped:
            symbol = Text(f"{pen.symbol('skipped')} ", pen.style("skipped"))
            name = pen.text(skipped.path, style="bold")
            yield pen.join([symbol, name, pen.text(f"  {skipped.reason} ({skipped.code})")])

    def hint(self, groups: Sequence[Group]) -> Iterator[RenderableType]:
        """What to type next."""
        told = groups[0].id if groups else "g1"
        asked = f" {self.view.asked}" if self.view.asked else ""
        hints = [
            f"factcheck explain {told}{asked} shows the texts, the score and the origins."
        ] * bool(self.report.groups)
        if 0 < self.report.summary.divergent < len(self.report.groups):
            hints.append(
                "--status divergent shows only the conflicts, -o report.html writes a page."
            )
        told_hints = [*words.remarks(self.whole, self.view), *hints]
        yield from [_BLANK] * bool(told_hints)
        yield from (self.pen.text(hint, style="dim") for hint in told_hints)
