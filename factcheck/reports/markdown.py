"""The report as Markdown (GitHub's flavour), for people who never saw a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.records import Claim, Divergence, DivergenceValue, Group, Report, Span
from factcheck.reports import words
from factcheck.reports.index import TELLINGS, Index
from factcheck.reports.places import Piece, cut, excerpt, place
from factcheck.reports.view import SECTIONS, View, kind_of, narrow, section
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
        self.whole = report
        self.report = narrow(report, view)
        self.index = Index(report)

    def lines(self) -> Iterator[str]:
        told: dict[str, list[Group]] = {name: [] for name in SECTIONS}
        for group in self.report.groups:
            told[section(group)].append(group)
        alone = told.pop("single-sourced")
        yield "# Claims compared"
        yield ""
        yield " · ".join(words.headline(self.whole))
        yield ""
        for name, tally in words.tallies(self.whole):
            yield f"- {words.SIGNS[name]} {tally}"
        yield from self.overview([group for groups in told.values() for group in groups])
        if self.view.verbosity < 0:
            return
        for name, groups in told.items():
            if groups:
                yield f"## {words.HEADINGS[name]}"
                yield ""
            for group in groups:
                yield from self.group(group)
        yield from self.alone(alone)
        yield from self.inconsistencies()
        yield from self.skipped()
        for note in (*words.notes(self.whole.articles), words.undated(self.whole), words.CAUTION):
            if note:
                yield escaped(note)
                yield ""

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
            told = self.index.tellings(group)
            cells = [words.SIGNS[told.get(outlet, "")] for outlet in outlets]
            verdict = escaped(f"{words.verdict(group)} – {words.behind(group)[0]}")
            ident = f"{words.SIGNS[kind_of(group)]} {group.id}"
            yield _row([ident, escaped(words.statement(group)), *cells, verdict])
        yield ""
        if outlets:
            yield " · ".join(f"{words.SIGNS[form]} {form}" for form in TELLINGS)
            yield ""
        for name, meaning in words.legend(groups):
            yield f"- {words.SIGNS[name]} {escaped(meaning)}"
        yield ""

    def group(self, group: Group) -> Iterator[str]:
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
        if "single-sourced" not in self.view.statuses and self.view.verbosity < 1:
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


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _pieces(pieces: Sequence[Piece]) -> str:
    # Not `**`: whether that opens bold depends on the characters around it.
    return "".join(
        f"<b>{escaped(piece.text)}</b>" if piece.mark == "hit" else escaped(piece.text)
        for piece in pieces
    )
