"""The report as Markdown (GitHub's flavour), for people who never saw a terminal."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from factcheck.records import Claim, Divergence, DivergenceValue, Group, Report, Span
from factcheck.reports import words
from factcheck.reports.brief import HEADINGS, brief
from factcheck.reports.index import TELLINGS, Index
from factcheck.reports.places import Piece, cut, excerpt, place
from factcheck.reports.rank import Ranking
from factcheck.reports.spoken import spoken
from factcheck.reports.view import View, kind_of, narrow
from factcheck.safe import markdown as escaped
from factcheck.safe import markdown_code as code

# Wider tables are cut off on most pages.
_MOST_OUTLETS = 12


def render(report: Report, view: View) -> str:
    """The whole report, or the summary and overview alone where the view is quiet."""
    return "\n".join(_Markdown(report, view).lines())


class _Markdown:
    def __init__(self, report: Report, view: View) -> None:
        self.view = view
        self.whole = spoken(report)
        self.report = narrow(self.whole, view)
        self.index = Index(self.whole)
        self.parts = Ranking(self.whole).parts(self.report.groups)

    def lines(self) -> Iterator[str]:
        parts = self.parts
        # `ingest` knows a report among articles by its first words.
        yield "# Claims compared" + (f": {escaped(self.view.title)}" if self.view.title else "")
        yield ""
        yield " · ".join(words.headline(self.whole))
        yield ""
        for name, tally in words.tallies(self.whole):
            yield f"- {words.SIGNS[name]} {tally}"
        yield ""
        yield from self.brief()
        yield from self.overview([*parts.main, *parts.background])
        if self.view.verbosity < 0:
            return
        for heading, groups in (("main", parts.main), ("background", parts.background)):
            folded = heading == "background" and not self.view.asks
            if groups:
                yield f"## {words.HEADINGS[heading]}"
                yield ""
                if folded:
                    yield from _open_fold(words.count(len(groups), "statement"))
            for group in groups:
                yield from self.group(group)
            if groups and folded:
                yield from ("</details>", "")
        yield from self.alone(parts.alone)
        yield from self.inconsistencies()
        yield from self.skipped()
        yield from self.articles()
        for note in (*words.remarks(self.whole, self.view), words.CAUTION):
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
                yield f"- and {part.left} more"
            yield ""

    def link(self, group: Group, told: str) -> str:
        """A link to where a statement is told, if it is."""
        there = self.view.verbosity >= 0 and group not in self.parts.alone
        return f'<a href="#{group.id}">{told}</a>' if there else told

    def overview(self, groups: Sequence[Group]) -> Iterator[str]:
        outlets = self.index.outlets(groups)
        yield ""
        if not groups:
            return
        if len(outlets) > _MOST_OUTLETS:
            outlets = []
        yield _row(["", "Statement", *map(escaped, outlets), "Verdict"])
        yield _row(["---", "---", *[":-:" for _ in outlets], "---"])
        for group in groups:
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
            yield _row([ident, escaped(words.statement(group)), *cells, verdict])
        yield ""
        if outlets:
            signs = [f"{words.SIGNS[form]} {form}" for form in TELLINGS]
            yield " · ".join([*signs, "**1 2** the value it gives"])
            yield ""
        for name, meaning in words.legend(groups):
            yield f"- {words.SIGNS[name]} {escaped(meaning)}"
        yield ""

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
            said = "<br>".join(escaped(line) for line in words.who(claim))
            yield _row([self.where(claim), said, self.wording(claim, hits.get(claim.id, []))])
        yield ""

    def where(self, claim: Claim) -> str:
        return f"{escaped(self.index.labels[claim.article])}, line {self.index.line(claim)}"

    def wording(self, claim: Claim, hits: Sequence[Span]) -> str:
        text = self.index.articles[claim.article].text
        marks = [(hit, "hit") for hit in hits]
        spans = words.shown_spans(claim, text)
        body = " … ".join(_pieces(cut(text, span, marks)) for span in spans)
        before, after = map(escaped, words.frame(claim, text))
        return f"“{body}”" if claim.quote == "direct" else f"{before}{body}{after}"

    def divergence(self, divergence: Divergence, group: Group) -> Iterator[str]:
        note = "" if divergence.material else "no conflict: "
        told = "" if divergence.reason in group.reason else f" – {note}{divergence.reason}"
        yield f"**{divergence.slot}**{escaped(told)}"
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
                said = "<br>".join(escaped(line) for line in words.who(claim))
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
            title = escaped(f"{self.index.labels[article.id]} – {found.slot}: {values}")
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
