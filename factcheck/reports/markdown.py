"""The report as Markdown (GitHub's flavour), for people who never saw a terminal."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from factcheck.records import Claim, Divergence, DivergenceValue, Group, Report, Span
from factcheck.reports import counts, remarks, tellings, words
from factcheck.reports.brief import HEADINGS, brief
from factcheck.reports.index import TELLINGS, Index
from factcheck.reports.places import Piece, as_read, excerpt, place
from factcheck.reports.rank import Ranking
from factcheck.reports.spoken import spoken
from factcheck.reports.view import View, kind_of, narrow
from factcheck.safe import markdown as escaped
from factcheck.safe import markdown_code as code

# Wider tables are cut off on most pages.
_MOST_OUTLETS = 12


# A comment or a description on GitHub holds 65,536 characters. The table has half of them at most.
_MOST_CHARACTERS = 64_500
_ROOM = "a comment holds 65,000 characters, --all tells everything"


def render(report: Report, view: View, most: float = _MOST_CHARACTERS) -> str:
    """The whole report, or the summary and overview alone where the view is quiet.

    Unless a part or all of it is asked for it has `most` characters: the first statements are told
    in detail, as many as there is room for, and the others counted.
    """
    return "\n".join(_Markdown(report, view, math.inf if view.asks else most).lines())


class _Markdown:
    def __init__(self, report: Report, view: View, most: float) -> None:
        self.view = view
        self.most = most
        self.whole = spoken(report)
        self.report = narrow(self.whole, view)
        self.index = Index(self.whole)
        self.parts = Ranking(self.whole).parts(self.report.groups)
        self.groups = [*self.parts.main, *self.parts.background]
        # Those that are told in detail.
        self.detailed = {group.id for group in self.groups} if view.verbosity >= 0 else set()

    def lines(self) -> Iterator[str]:
        tail = list(self.tail()) if self.view.verbosity >= 0 else []
        details = {group.id: list(self.group(group)) for group in self.groups}
        if self.view.verbosity >= 0:
            room = self.most - _size(tail) - _size(self.head())
            self.detailed = set(_fitting(details, room))
        yield from self.head()
        if self.view.verbosity < 0:
            return
        for heading in ("main", "background"):
            groups = self.parts.main if heading == "main" else self.parts.background
            yield from self.section(heading, [g for g in groups if g.id in self.detailed], details)
        if left := len(self.groups) - len(self.detailed):
            yield f"*{words.count(left, 'statement')} more, not told in detail here: {_ROOM}.*"
            yield ""
        yield from tail

    def head(self) -> Iterator[str]:
        """Title, counts, summary and overview."""
        # `ingest` knows a report among articles by its first words.
        yield "# Claims compared" + (f": {escaped(self.view.title)}" if self.view.title else "")
        yield ""
        yield " · ".join(words.headline(self.whole))
        yield ""
        for name, tally in counts.tallies(self.whole):
            yield f"- {words.SIGNS[name]} {tally}"
        yield ""
        yield from self.brief()
        yield from self.overview(self.groups)

    def section(
        self, heading: str, groups: Sequence[Group], details: Mapping[str, Sequence[str]]
    ) -> Iterator[str]:
        """Statements in detail; the background is folded unless it was asked for."""
        folded = heading == "background" and not self.view.asks
        if groups:
            yield f"## {words.HEADINGS[heading]}"
            yield ""
            if folded:
                yield from _open_fold(words.count(len(groups), "statement"))
        for group in groups:
            yield from details[group.id]
        if groups and folded:
            yield from ("</details>", "")

    def tail(self) -> Iterator[str]:
        """What stands behind the statements."""
        yield from self.alone(self.parts.alone)
        yield from self.inconsistencies()
        yield from self.skipped()
        yield from self.articles()
        for note in (*remarks.remarks(self.whole, self.view), words.CAUTION):
            yield escaped(note)
            yield ""

    def brief(self) -> Iterator[str]:
        """The report in a minute."""
        for part in brief(self.whole, self.parts):
            yield f"**{HEADINGS[part.name]}**"
            yield ""
            for line in part.lines:
                about = ""
                if line.group:
                    statement = escaped(words.statement(line.group))
                    about = f"{self.link(line.group, statement)} – "
                yield f"- {words.SIGNS[line.sign]} {about}{escaped(line.told)}"
            if part.left:
                yield f"- {escaped(part.left)}"
            yield ""

    def link(self, group: Group, told: str) -> str:
        """A link to where a statement is told, if it is."""
        return f'<a href="#{group.id}">{told}</a>' if group.id in self.detailed else told

    def overview(self, groups: Sequence[Group]) -> Iterator[str]:
        outlets = self.index.outlets(groups)
        yield ""
        if not groups:
            return
        if len(outlets) > _MOST_OUTLETS:
            outlets = []
        yield _row(["", "Statement", *map(escaped, outlets), "Verdict"])
        yield _row(["---", "---", *[":-:" for _ in outlets], "---"])
        rows = {group.id: [self.row(group, outlets)] for group in groups}
        fitting = _fitting(rows, self.most / 2)
        for name in fitting:
            yield from rows[name]
        yield ""
        if left := len(rows) - len(fitting):
            yield f"*{words.count(left, 'statement')} more, not in this table: {_ROOM}.*"
            yield ""
        if outlets:
            signs = [f"{words.SIGNS[form]} {form}" for form in TELLINGS]
            yield " · ".join([*signs, "**1 2** the value it gives"])
            yield ""
        for name, meaning in words.legend(groups):
            yield f"- {words.SIGNS[name]} {escaped(meaning)}"
        yield ""

    def row(self, group: Group, outlets: Sequence[str]) -> str:
        told, sides = self.index.tellings(group), self.index.sides(group)
        cells = [
            f"<b>{'/'.join(sides[outlet])}</b>"
            if outlet in sides
            else words.SIGNS[told.get(outlet, "")]
            for outlet in outlets
        ]
        verdict = escaped(f"{words.verdict(group)} – {words.behind(group)[0]}")
        values = next((d.values for d in group.divergences if d.material), ())
        if values:
            numbered = (f"{n} {value.value}" for n, value in enumerate(values, 1))
            verdict += f"<br>{escaped(' / '.join(numbered))}"
        ident = f"{words.SIGNS[kind_of(group)]} {self.link(group, group.id)}"
        return _row([ident, escaped(words.statement(group)), *cells, verdict])

    def group(self, group: Group) -> Iterator[str]:
        yield f'<a id="{group.id}"></a>'
        yield ""
        yield f"### {words.SIGNS[kind_of(group)]} {group.id}: {escaped(words.statement(group))}"
        yield ""
        lead, rest = words.verdict_words(group)
        yield f"**{escaped(lead)}** – {escaped(rest)}"
        yield ""
        for divergence in group.divergences:
            yield from self.divergence(divergence, group)
        yield from self.tellings(group, self.index.differing_words(group))

    def tellings(self, group: Group, hits: dict[str, list[Span]]) -> Iterator[str]:
        yield _row(["Outlet", "Who says it", "In what words"])
        yield _row(["---"] * 3)
        for claim in self.index.members(group):
            said = "<br>".join(escaped(line) for line in tellings.who(claim))
            yield _row([self.where(claim), said, self.wording(claim, hits.get(claim.id, []))])
        yield ""

    def where(self, claim: Claim) -> str:
        return f"{escaped(self.index.labels[claim.article])}, line {self.index.line(claim)}"

    def wording(self, claim: Claim, hits: Sequence[Span]) -> str:
        article = self.index.articles[claim.article]
        marks = [(hit, "hit") for hit in hits]
        spans = tellings.shown_spans(claim, article.text)
        body = " … ".join(_pieces(as_read(article, span, marks)) for span in spans)
        before, after = map(escaped, tellings.frame(claim, article.text))
        return f"{before}“{body}”" if claim.quote == "direct" else f"{before}{body}{after}"

    def divergence(self, divergence: Divergence, group: Group) -> Iterator[str]:
        note = "" if divergence.material else "no conflict: "
        told = "" if divergence.reason in group.reason else f" – {note}{divergence.reason}"
        yield f"**{words.slot(divergence.slot)}**{escaped(told)}"
        yield ""
        yield _row(["Value", "Told by", "Origins"])
        yield _row(["---"] * 3)
        for value in divergence.values:
            yield _row(
                [
                    f"<b>{escaped(value.value)}</b>",
                    "<br>".join(self.places(value)),
                    escaped(words.listed(value.origins)),
                ]
            )
        yield ""

    def places(self, value: DivergenceValue) -> Iterator[str]:
        for claim_id, span in zip(value.claims, value.spans, strict=False):
            article = self.index.article(claim_id)
            at = f"{escaped(self.index.labels[article.id])}, line {place(article, span).line}"
            yield f"{at}: {_pieces(excerpt(article, span, 120))}"

    def alone(self, groups: Sequence[Group]) -> Iterator[str]:
        if not groups:
            return
        yield f"## {words.HEADINGS['single-sourced']}"
        yield ""
        asked = "single-sourced" in self.view.statuses or self.view.verbosity > 0
        if not asked:
            yield f"{words.count(len(groups), 'statement')} of one outlet alone, not shown here."
            yield ""
            return
        yield _row(["", "Outlet", "Who says it", "In what words"])
        yield _row(["---"] * 4)
        for group in groups:
            for claim in self.index.members(group):
                said = "<br>".join(escaped(line) for line in tellings.who(claim))
                yield _row([group.id, self.where(claim), said, self.wording(claim, [])])
        yield ""

    def inconsistencies(self) -> Iterator[str]:
        if not self.report.inconsistencies:
            return
        yield "## At odds with itself"
        yield ""
        for found in self.report.inconsistencies:
            article = self.index.articles[found.article]
            values = " / ".join(value.value for value in found.values)
            title = escaped(f"{self.index.labels[article.id]} – {words.slot(found.slot)}: {values}")
            yield f"- **{title}** – {escaped(found.reason)}"
            for value in found.values:
                line = place(article, value.spans[0]).line
                yield f"  - line {line}: {_pieces(excerpt(article, value.spans[0], 120))}"
        yield ""

    def skipped(self) -> Iterator[str]:
        if not self.report.skipped:
            return
        yield "## Not measured"
        yield ""
        for skipped in self.report.skipped:
            yield f"- {code(skipped.path)} – {escaped(skipped.reason)} ({code(skipped.code)})"
        yield ""

    def articles(self) -> Iterator[str]:
        if not self.report.articles:
            return
        yield "## What was read"
        yield ""
        yield _row(["Outlet", "Article", "Published"])
        yield _row(["---"] * 3)
        for article in self.report.articles:
            name = escaped(article.title or article.path)
            if url := words.web_address(article):
                name = f'<a href="{html.escape(url)}">{name}</a>'
            yield _row([escaped(article.outlet), name, words.day(article.published)])
        yield ""


def _size(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _fitting(parts: Mapping[str, Sequence[str]], room: float) -> list[str]:
    """The first parts, by name, that `room` characters hold together."""
    names = []
    for name, lines in parts.items():
        room -= _size(lines)
        if room < 0:
            break
        names.append(name)
    return names


def _open_fold(told: str) -> Iterator[str]:
    yield from ("<details>", f"<summary>{told}</summary>", "")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _pieces(pieces: Sequence[Piece]) -> str:
    # Not `**`: whether that opens bold depends on the characters around it.
    return "".join(
        f"<b>{escaped(piece.text)}</b>" if piece.mark == "hit" else escaped(piece.text)
        for piece in pieces
    )
