"""One verdict down to the spans it rests on: texts, score, origins, details, differences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.text import Text

from factcheck import slots
from factcheck.errors import UsageError
from factcheck.provenance.trace import find
from factcheck.records import (
    Claim,
    Divergence,
    Evidence,
    Group,
    Level,
    Link,
    Origin,
    Pair,
    Report,
    Span,
)
from factcheck.reports import tellings, words
from factcheck.reports.diff import inline
from factcheck.reports.index import Index
from factcheck.reports.pen import Pen, draw
from factcheck.reports.places import as_read, excerpt, neighbourhood, place, sentence_around
from factcheck.reports.spoken import spoken
from factcheck.reports.statement import Statements, verdict
from factcheck.reports.view import View, kind_of

_BLANK = Text("")
# Below this width two texts side by side are too narrow to read.
_SIDE_BY_SIDE = 110
_ROOM_FOR_BARS = 70
_MOST_LINKS = 10
_MOST_PAIRS = 10


def render_explain(report: Report, target: str, view: View) -> str:
    """Explain the group that `provenance.trace.find` finds; down to all of it in a verbose view.

    Raises `UsageError` where the report holds none.
    """
    if found := find(report, target):
        shown = spoken(report)
        group = next(group for group in shown.groups if group.id == found.id)
        return draw(view, _Explanation(shown, group, view).everything(target))
    known = [group.id for group in report.groups] + [claim.id for claim in report.claims]
    near = get_close_matches(target, known, n=3)
    raise UsageError(
        "unknown-id",
        f"no group or claim {target!r} in this report",
        f"did you mean {words.listed(near)}?" if near else "take an id that compare prints",
    )


class _Explanation:
    def __init__(self, report: Report, group: Group, view: View) -> None:
        self.pen = Pen(view)
        self.view, self.report = view, report
        self.group = group
        self.index = Index(report)
        self.claims = self.index.members(group)

    def everything(self, target: str) -> Iterator[RenderableType]:
        pen, group, name = self.pen, self.group, kind_of(self.group)
        left = len(group.id) + 2
        sign = pen.join([Text(f"{pen.symbol(name)} ", pen.style(name)), Text(group.id, "dim")])
        lines = [pen.text(words.statement(group), style="bold"), verdict(pen, group)]
        if target in group.claims:
            lines.append(pen.text(f"{target} is one of its tellings.", style="dim"))
        yield pen.table([(sign, Text("\n").join(lines))], [left, None])
        parts = [
            ("Who tells it", self.tellings()),
            ("The differences", self.differences()),
            ("The origins", self.origins()),
        ]
        if self.view.verbosity > 0:
            parts[0] = ("The texts", self.texts())
            parts += [
                ("From one hand?", self.pairs()),
                ("The score", self.scores()),
                ("The details", self.details()),
            ]
        for title, told in parts:
            items = list(told)
            if items:
                yield _BLANK
                yield pen.heading(title)
                yield from items
        if self.view.verbosity < 1 and self.view.hints:
            yield _BLANK
            yield pen.text(
                "-v shows each text in its passage, how scores add up, and how details were read.",
                style="dim",
            )

    # The texts

    def tellings(self) -> Iterator[RenderableType]:
        """All tellings in one table, their differing words marked."""
        yield Statements(self.pen, self.index).tellings(self.group, self.pen.width)

    def texts(self) -> Iterator[RenderableType]:
        hits = self.index.differing_words(self.group)
        if len(self.claims) == 2 and self.pen.width >= _SIDE_BY_SIDE:
            columns = [Lines(*self.text(c, hits.get(c.id, []))) for c in self.claims]
            yield self.pen.table([columns], [None, None])
            return
        for index, claim in enumerate(self.claims):
            if index:
                yield _BLANK
            head, *rest = self.text(claim, hits.get(claim.id, []))
            yield head
            yield self.pen.indent(*rest, by=2)

    def text(self, claim: Claim, hits: Sequence[Span]) -> list[RenderableType]:
        """A claim in its sentence, with the sentences before and after, and who says it."""
        pen, article = self.pen, self.index.articles[claim.article]
        whole = (claim.start, claim.end)
        at = place(article, whole)
        before, after = neighbourhood(article, whole)
        marks = [
            *((span, "hit") for span in hits),
            *((span, "source") for span in claim.source_spans),
            *((span, "cue") for span in claim.cue_spans),
            *((span, "claim") for span in claim.spans),
        ]
        inside = pen.pieces(as_read(article, sentence_around(article, whole), marks))
        told = [pen.text(article.text[slice(*span)], style="dim") for span in (before, after)]
        head = pen.join(
            [
                pen.text(self.index.labels[article.id], style="bold"),
                pen.text(f"  {article.path}:{at.line}:{at.column}  {claim.id}", style="dim"),
            ]
        )
        passage = pen.join([part for part in (told[0], inside, told[1]) if part.plain], " ")
        facts = [("said by", "; ".join(tellings.who(claim)))]
        for label, spans in (("source", claim.source_spans), ("cue", claim.cue_spans)):
            if spans:
                quoted = ", ".join(f"“{article.text[start:end]}”" for start, end in spans)
                facts.append((label, quoted))
        if claim.reading.rstrip(".") != claim.text.rstrip("."):
            facts.append(("read as", claim.reading))
        rows = [(Text(label, "dim"), pen.text(fact)) for label, fact in facts]
        return [head, passage, pen.table(rows, [7, None])]

    # The differences

    def differences(self) -> Iterator[RenderableType]:
        for index, divergence in enumerate(self.group.divergences):
            if index:
                yield _BLANK
            yield from self.divergence(divergence)

    def divergence(self, divergence: Divergence) -> Iterator[RenderableType]:
        pen = self.pen
        style = pen.style("divergent") if divergence.material else "bold dim"
        note = "" if divergence.material else "no conflict: "
        label = pen.text(words.slot(divergence.slot), style=style)
        reason = pen.text(f"{note}{divergence.reason}")
        yield pen.table([(label, reason)], [label.cell_len, None])
        if divergence.slot == "quotation" and len(divergence.values) == 2:
            left, right = (
                self.index.article(value.claims[0]).text[slice(*value.spans[0])]
                for value in divergence.values
            )
            yield pen.indent(pen.pieces(inline(left, right)), by=2)
        for number, value in enumerate(divergence.values, start=1):
            behind = words.count(len(value.origins), "origin")
            origins = f"  {behind}: {words.listed(value.origins)}" if value.origins else ""
            head = [
                Text(f"{number} " if divergence.material else "", "bold red"),
                pen.text(value.value, style="bold"),
                pen.text(origins, style="dim"),
            ]
            places = [
                self.place(self.index.claims[claim].article, span)
                for claim, span in zip(value.claims, value.spans, strict=False)
            ]
            yield pen.indent(pen.join(head), by=2)
            yield pen.indent(pen.table(places, [self.place_width(), None]), by=4)

    def place(self, article_id: str, span: Span, note: str = "") -> tuple[Text, Text]:
        """`outlet:line`, and the words there in their sentence."""
        pen, article = self.pen, self.index.articles[article_id]
        at = f":{place(article, span).line}"
        label = pen.shorten(self.index.labels[article_id], self.place_width() - len(at))
        told = pen.pieces(excerpt(article, span, 100))
        if note:
            told = pen.join([told, pen.text(f"  ({note})", style="dim")])
        return pen.join([label, Text(at)]), told

    def place_width(self) -> int:
        longest = max(len(self.index.labels[claim.article]) for claim in self.claims)
        return max(10, min(longest + 5, self.pen.width // 3))

    # The origins

    def origins(self) -> Iterator[RenderableType]:
        pen = self.pen
        if several := words.several(self.group):
            yield pen.text(several)
        for number, origin in enumerate(self.group.origins, start=1):
            yield self.origin(number, origin)
            rows = [self.evidence(piece) for piece in origin.evidence]
            if rows and self.view.verbosity > 0:
                yield pen.indent(pen.table(rows, [self.place_width(), None]), by=4)
        if self.group.voices:
            voices = [
                f"{words.voice_words(voice)} ({words.count(len(voice.claims), 'claim')})"
                for voice in self.group.voices
            ]
            label = words.count(len(voices), "voice")
            yield pen.join([pen.text(f"{label}: ", style="dim"), pen.text("; ".join(voices))])

    def origin(self, number: int, origin: Origin) -> RenderableType:
        pen = self.pen
        head = pen.text(words.origin_words(origin), style="bold")
        told = pen.text(f"{', '.join(origin.outlets)}: {origin.reason}")
        return pen.table([(Text(str(number), "dim"), head), ("", told)], [len(str(number)), None])

    def evidence(self, piece: Evidence) -> tuple[Text, Text]:
        return self.place(piece.article, piece.span, piece.note)

    # From one hand?

    def pairs(self) -> Iterator[RenderableType]:
        """Two outlets after the other: what speaks for one having it from the other."""
        for index, pair in enumerate(self.group.pairs[:_MOST_PAIRS]):
            if index:
                yield _BLANK
            yield from self.pair(pair)
        left = len(self.group.pairs) - _MOST_PAIRS
        if left > 0:
            yield Text(f"and {words.count(left, 'more pair')}, less likely", "dim")

    def pair(self, pair: Pair) -> Iterator[RenderableType]:
        outlets = {claim.id: self.index.articles[claim.article].outlet for claim in self.claims}
        yield self.pen.text(words.pair_words(pair, outlets), style="bold")
        if pair.levels:
            yield from self.bars(words.main_levels(pair))

    # The score

    def scores(self) -> Iterator[RenderableType]:
        links = sorted(self.group.links, key=lambda link: (-link.score, link.a, link.b))
        for index, link in enumerate(links[:_MOST_LINKS]):
            if index:
                yield _BLANK
            yield from self.waterfall(link)
        if len(links) > _MOST_LINKS:
            yield Text(f"and {words.count(len(links) - _MOST_LINKS, 'more link')}", "dim")

    def waterfall(self, link: Link) -> Iterator[RenderableType]:
        """How the score of a link adds up."""
        pen = self.pen
        yield pen.join(
            [
                pen.text(f"{link.a} – {link.b}  ", style="bold"),
                pen.text(
                    f"{link.relation}, {words.likely(link.score)} likely to state the same"
                    + ("; a person called them the same" if link.decided else "")
                ),
            ]
        )
        if link.levels:
            yield from self.bars(link.levels)

    def bars(self, levels: Sequence[Level]) -> Iterator[RenderableType]:
        """Levels as bars that start where the one before ended, in log-odds."""
        pen = self.pen
        total = math.fsum(level.weight for level in levels)
        after = [
            math.fsum(level.weight for level in levels[: index + 1]) for index in range(len(levels))
        ]
        low, high = min(0.0, *after), max(0.0, *after)
        names = [pen.plain(level.name) for level in levels]
        label = min(max(map(len, [*names, "in all"])), 24)
        said = pen.width // 3
        room = max(10, pen.width - 2 - label - said - 8 - 6)

        def column(value: float) -> int:
            return round((value - low) / ((high - low) or 1.0) * room)

        def bar(start: float, end: float) -> Text:
            first, last = sorted((column(start), column(end)))
            text = Text(" " * first)
            if start != end:
                style = "green" if end > start else "red"
                text.append(pen.symbol("bar") * max(1, last - first), style)
            zero = column(0.0)
            if len(text) <= zero:
                text.append(" " * (zero - len(text)) + pen.symbol("axis"), "dim")
            elif first > zero:
                text = Text(" " * zero) + Text(pen.symbol("axis"), "dim") + text[zero + 1 :]
            return text

        rows: list[tuple[Text, ...]] = [
            (
                pen.shorten(level.name, label),
                pen.text(level.level, style="dim"),
                Text(words.log_odds(level.weight)),
                bar(end - level.weight, end),
            )
            for level, end in zip(levels, after, strict=True)
        ]
        in_all = Text(words.log_odds(total), "bold")
        rows.append((Text("in all", "bold"), Text("log-odds", "dim"), in_all, bar(0.0, total)))
        widths: list[int | None] = [label, said, 6, None]
        if pen.width < _ROOM_FOR_BARS:
            rows, widths = [row[:3] for row in rows], [label, None, 6]
        yield pen.indent(pen.table(rows, widths, ["left", "left", "right"]), by=2)

    # The details

    def details(self) -> Iterator[RenderableType]:
        pen = self.pen
        for claim in self.claims:
            if not claim.slots:
                continue
            article = self.index.articles[claim.article]
            yield pen.join([pen.text(self.index.labels[article.id]), Text(f"  {claim.id}", "dim")])
            rows = [
                (Text(slot.slot, "dim"), pen.text(slots.explain(slot, article)))
                for slot in claim.slots
            ]
            yield pen.indent(pen.table(rows, [12, None]), by=2)
