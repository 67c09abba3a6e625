"""The report in a terminal: what matters first, in words, nothing told by colour alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from factcheck.records import Group, Report
from factcheck.reports import counts, remarks, words
from factcheck.reports.brief import HEADINGS, Part, brief, fitted
from factcheck.reports.index import TELLINGS, Index
from factcheck.reports.pen import Pen, draw
from factcheck.reports.places import excerpt, place
from factcheck.reports.rank import Parts, Ranking
from factcheck.reports.spoken import spoken
from factcheck.reports.statement import BLANK, NARROW, WIDE, Statements
from factcheck.reports.view import View, kind_of, narrow

# Beyond these an overview is no longer one.
_MOST_ROWS = 30
_MOST_OUTLETS = 16
# Groups told in full; a reader who wants more asks for a part of them, or for a file.
_MOST_GROUPS = 100
# The share of the articles' words that a report has where nobody asks for more, however few
# statements that is; and those that are told even so.
_SHARE, _FEWEST_GROUPS = 0.52, 1
# The share that it has at most, where the articles are short and the summary says most.
_MOST_SHARE = 0.56
# Words that the summary may have however short they are.
_LEAST_WORDS = 160
# Characters of a statement in the summary; and of one of which there is less to know.
_STATEMENT, _THIN = 90, 64
# Rows of a screen; the last is the pager's.
_SCREEN = 39
_HINT = "not shown (--all shows them)."


def render(report: Report, view: View) -> str:
    """What `compare` prints."""
    return draw(view, compose(report, view))


def compose(report: Report, view: View) -> list[RenderableType]:
    """The renderables of a report, for a terminal and for what is exported from one."""
    return list(_Terminal(report, view).everything())


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
        self.told = Statements(self.pen, self.index)

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
            yield BLANK
            yield self.pen.heading(words.HEADINGS[name])
        for group in groups[:room]:
            yield BLANK
            yield from self.told.group(group)
        if len(groups) > room:
            yield BLANK
            yield self.folded(len(groups) - room, f"more, {_HINT}")

    def story(self) -> Iterator[RenderableType]:
        """The statements that matter most, in short, as many as a reader has time for."""
        room = self.words_left(_SHARE) - _length(self.minute)
        told = 0
        for group in self.parts.main:
            body = self.short(group)
            room -= _length(body)
            if told >= _FEWEST_GROUPS and room < 0:
                break
            if not told:
                yield BLANK
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
            yield BLANK
            yield self.pen.text(f"Not shown: {shown} (--all shows them).", style="dim")

    def short(self, group: Group) -> list[RenderableType]:
        """A statement of the story."""
        return [BLANK, *self.told.group(group, short=True)]

    def words_left(self, share: float) -> float:
        """How many words are left of a share of the articles', behind what any report tells."""
        length = sum(len(article.text.split()) for article in self.report.articles)
        others = (self.summary(), self.inconsistencies(), self.skipped(), self.hint(()))
        return share * length - _length([item for part in others for item in part])

    def brief(self) -> Iterator[RenderableType]:
        """The report in a minute: at most a screen, with what stands above it."""
        yield from self.minute

    @cached_property
    def minute(self) -> list[RenderableType]:
        """The summary, with as many lines as a screen has; of short articles it has fewer."""
        above = draw(self.view, self.summary()).count("\n")
        groups = self.parts.main[:_FEWEST_GROUPS]
        first = [item for group in groups for item in self.short(group)]
        left = self.words_left(_MOST_SHARE) - _length([*first, *self.legend(groups)])
        room = (_SCREEN - above, max(left, _LEAST_WORDS))
        parts = fitted(brief(self.whole, self.parts), self.size, room)
        return [item for part in parts for item in self.part(part)]

    def size(self, part: Part) -> tuple[int, int]:
        """The rows that a part of the summary takes, and its words."""
        items = self.part(part)
        return draw(self.view, items).count("\n"), _length(items)

    def part(self, part: Part) -> list[RenderableType]:
        """A part of the summary under its heading."""
        pen = self.pen
        rows = []
        for line in part.lines:
            sign = Text(pen.symbol(line.sign), pen.style(line.sign))
            told = pen.text(line.told, style="dim" if line.group else "")
            ident = Text(line.group.id if line.group else "", "dim")
            if line.group:
                most = _THIN if part.name in ("one source", "one outlet") else _STATEMENT
                statement = words.around(words.statement(line.group), line.core, most)
                told = pen.join([statement, pen.text(" – ", style="dim"), told])
            rows.append((sign, told, ident))
        if part.left:
            rows.append((Text(""), pen.text(part.left, style="dim"), Text("")))
        width = max(row[2].cell_len for row in rows) or 1
        return [BLANK, pen.heading(HEADINGS[part.name]), pen.table(rows, [1, None, width])]

    # The top

    def summary(self) -> Iterator[RenderableType]:
        pen = self.pen
        headline = pen.flow(words.headline(self.whole), " · ")
        headline.stylize("bold")
        yield headline
        tallies = [
            pen.join([Text(f"{pen.symbol(name)} ", pen.style(name)), pen.text(text)])
            for name, text in counts.tallies(self.whole)
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
        yield BLANK
        names = [
            pen.join([Text(f"{letter} ", "bold"), pen.shorten(outlet, 30)])
            for letter, outlet in zip(letters, outlets, strict=True)
        ]
        yield pen.flow(names)
        left = max(len(group.id) for group in groups) + 2
        gist = pen.width // 3 if pen.width >= WIDE else 0
        shown = groups[:_MOST_ROWS]
        columns = self._columns(shown, outlets)
        room = pen.width - 2 - left - gist - sum(columns)
        table = Table.grid()
        for width in (2, left, room, *columns, *([gist] if gist else [])):
            table.add_column(width=width, no_wrap=True)
        table.add_row("", "", "", *(Text(letter, "bold") for letter in letters))
        for group in shown:
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

    def _columns(self, groups: Sequence[Group], outlets: Sequence[str]) -> list[int]:
        """The width of each outlet's column: its longest cell ("2/3") and a blank, at least 3."""
        sides = [self.index.sides(group) for group in groups]
        cells = [["/".join(side.get(outlet, ())) for side in sides] for outlet in outlets]
        return [max(3, 1 + max(map(len, column))) for column in cells]

    def legend(self, groups: Sequence[Group]) -> Iterator[RenderableType]:
        """What the signs of these statements mean that could be taken for more than they are."""
        pen = self.pen
        rows = [
            (Text(pen.symbol(name), pen.style(name)), pen.text(meaning, style="dim"))
            for name, meaning in words.legend(groups)
        ]
        if rows:
            yield BLANK
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

    # The rest

    def alone(self, groups: Sequence[Group]) -> Iterator[RenderableType]:
        if not groups:
            return
        pen = self.pen
        yield BLANK
        if "single-sourced" not in self.view.statuses and self.view.verbosity < 1:
            yield self.folded(len(groups), f"of one outlet alone, {_HINT}")
            return
        yield pen.heading(words.HEADINGS["single-sourced"], "single-sourced")
        if pen.width < NARROW:
            for group in groups:
                tellings = [self.told.narrow_telling(c, []) for c in self.index.members(group)]
                yield pen.table([(Text(group.id, "dim"), Lines(*tellings))], [len(group.id), None])
            return
        outlet, said = max(12, pen.width // 5), max(18, pen.width // 4)
        yield pen.table(
            (
                (
                    Text(group.id, "dim"),
                    *self.told.where(claim, outlet),
                    self.told.who(claim),
                    self.told.wording(claim, []),
                )
                for group in groups
                for claim in self.index.members(group)
            ),
            [max(len(group.id) for group in groups), *self.told.where_widths(outlet), said, None],
        )

    def folded(self, number: int, rest: str) -> Text:
        symbol = self.pen.symbol("single-sourced")
        return self.pen.text(f"{symbol} {words.count(number, 'statement')} {rest}", style="dim")

    def inconsistencies(self) -> Iterator[RenderableType]:
        if not self.report.inconsistencies:
            return
        pen = self.pen
        yield BLANK
        yield pen.heading("At odds with itself", "inconsistent")
        for found in self.report.inconsistencies:
            article = self.index.articles[found.article]
            yield BLANK
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
        yield BLANK
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
        told_hints = [*remarks.remarks(self.whole, self.view), *hints]
        yield from [BLANK] * bool(told_hints)
        yield from (self.pen.text(hint, style="dim") for hint in told_hints)
