"""A report for spreadsheets: CSV with a row for each telling, XLSX with a sheet for each kind."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from factcheck import safe
from factcheck.records import Report
from factcheck.reports import tellings, words
from factcheck.reports.index import Index
from factcheck.reports.rank import Ranking
from factcheck.reports.spoken import spoken
from factcheck.reports.view import View, narrow

Row = Sequence[str | int]
_TELLINGS = (
    *("statement", "verdict", "told as", "outlet", "article", "address", "published", "line"),
    *("said by", "how", "words", "claim"),
)
_STATEMENTS = (
    *("statement", "told as", "verdict", "outlets", "origins", "names of origins", "voices"),
    *("probability of two origins", "reason"),
)
_CONFLICTS = (
    "statement",
    "told as",
    "what differs",
    "value",
    "outlet",
    "line",
    "origins",
    "reason",
)
# The widest column, in characters; a cell holds no more of them than a spreadsheet's can.
_WIDEST, _MOST = 60, 32_000
# Files of one report are the same to the byte, whenever they are made.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def as_csv(report: Report, view: View) -> str:
    """One row for each telling, the statements in the order of a report."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_TELLINGS)
    for row in _Sheets(report, view).tellings():
        writer.writerow([safe.spreadsheet(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def as_xlsx(report: Report, view: View) -> bytes:
    """A workbook with a sheet each for statements, tellings and conflicts."""
    from xlsxwriter import Workbook

    sheets = _Sheets(report, view)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, {**options, "strings_to_numbers": False}) as book:
        title = safe.plain(words.title(sheets.report, view))
        book.set_properties({"title": title, "created": _MADE})
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, heads, rows in (
            ("Statements", _STATEMENTS, sheets.statements()),
            ("Tellings", _TELLINGS, sheets.tellings()),
            ("Conflicts", _CONFLICTS, sheets.conflicts()),
        ):
            told = list(rows)
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(heads):
                longest = max([len(head), *(len(str(row[column])) for row in told)])
                sheet.set_column(column, column, min(_WIDEST, longest + 2), wrapped)
                sheet.write_string(0, column, head, bold)
            for number, row in enumerate(told, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(number, column, cell)
                    else:
                        sheet.write_string(number, column, safe.plain(cell)[:_MOST])
            if told:
                sheet.autofilter(0, 0, len(told), len(heads) - 1)
    return out.getvalue()


def rows(report: Report, view: View, sheet: str) -> tuple[tuple[str, ...], list[Row]]:
    """The heads and the rows of one sheet: `statements`, `tellings` or `conflicts`.

    Cells are texts as they stand in the articles, or whole numbers. Raises `KeyError` for another
    sheet.
    """
    sheets = _Sheets(report, view)
    heads, told = {
        "statements": (_STATEMENTS, sheets.statements),
        "tellings": (_TELLINGS, sheets.tellings),
        "conflicts": (_CONFLICTS, sheets.conflicts),
    }[sheet]
    return heads, list(told())


class _Sheets:
    def __init__(self, report: Report, view: View) -> None:
        self.report = spoken(report)
        self.index = Index(self.report)
        parts = Ranking(self.report).parts(narrow(self.report, view).groups)
        self.groups = [*parts.main, *parts.background, *parts.alone]

    def tellings(self) -> Iterable[Row]:
        for group in self.groups:
            for claim in self.index.members(group):
                article = self.index.articles[claim.article]
                first, *rest = tellings.who(claim)
                yield (
                    group.id,
                    words.verdict(group),
                    words.statement(group),
                    article.outlet,
                    article.title or article.path,
                    words.web_address(article),
                    article.published or "",
                    self.index.line(claim),
                    first,
                    "; ".join(rest),
                    tellings.wording(claim, article.text),
                    claim.id,
                )

    def statements(self) -> Iterable[Row]:
        for group in self.groups:
            likely = "" if group.probability is None else words.likely(group.probability)
            yield (
                group.id,
                words.statement(group),
                words.verdict(group),
                ", ".join(group.outlets),
                len(group.origins),
                ", ".join(origin.name for origin in group.origins),
                ", ".join(words.voice_words(voice) for voice in group.voices),
                likely,
                group.reason,
            )

    def conflicts(self) -> Iterable[Row]:
        for group in self.groups:
            for divergence in group.divergences:
                for value in divergence.values if divergence.material else ():
                    for claim in value.claims:
                        yield (
                            group.id,
                            words.statement(group),
                            words.slot(divergence.slot),
                            value.value,
                            self.index.labels[self.index.article(claim).id],
                            self.index.line(self.index.claims[claim]),
                            ", ".join(value.origins),
                            divergence.reason,
                        )
