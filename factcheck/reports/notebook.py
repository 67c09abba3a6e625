"""What a notebook shows of a report: a small table without style sheet or script of its own."""

from __future__ import annotations

from factcheck.records import Group, Report
from factcheck.reports import words
from factcheck.reports.page.markup import Markup, element
from factcheck.reports.spoken import spoken
from factcheck.reports.view import View, kind_of, narrow

_MOST = 20


def table(report: Report) -> str:
    """The counts, and the first statements with verdict, outlets and what stands behind them."""
    shown = narrow(spoken(report), View()).groups
    several = [group for group in shown if len(group.outlets) > 1] or list(shown)
    heads = ("", "", "Statement", "Outlets", "In short")
    head = element("tr", *(element("th", head, scope="col") for head in heads))
    rows = [_row(group) for group in several[:_MOST]]
    left = len(report.groups) - len(rows)
    more = f"and {words.count(left, 'more statement')}: Report.groups, Report.rows()"
    return element(
        "div",
        element("p", " · ".join(words.headline(report))),
        element("table", element("thead", head), element("tbody", *rows)),
        element("p", more) if left else "",
    )


def preformatted(text: str) -> str:
    """Lines as they stand."""
    lines = [element("span", line) for line in text.splitlines()]
    return Markup(f"<pre>{chr(10).join(lines)}</pre>")


def _row(group: Group) -> Markup:
    kind = kind_of(group)
    return element(
        "tr",
        element("td", group.id),
        element("td", words.SIGNS.get(kind, ""), title=words.verdict(group)),
        element("td", words.statement(group)),
        element("td", words.listed(group.outlets)),
        element("td", words.gist(group)),
    )
