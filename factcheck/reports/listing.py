"""What a check found, for people in a terminal or a log: one place a line, then why."""

from __future__ import annotations

import textwrap

from factcheck import safe
from factcheck.records import Report
from factcheck.reports.findings import Location, by_id, location, span_location, tally, worst_first
from factcheck.reports.view import View
from factcheck.reports.words import count

_STYLES = {"error": "31;1", "warning": "33;1", "note": "36"}
_MOST_RELATED = 8


def render(report: Report, view: View) -> str:
    """List the findings of `view`, each with its place, rule, message and related places."""
    articles = by_id(report)
    names = {rule.id: rule.name for rule in view.rules}
    lines: list[str] = []
    for finding in worst_first(view.findings) if view.verbosity >= 0 else ():
        level: str = finding.level
        if view.colour:
            level = f"\x1b[{_STYLES[level]}m{level}\x1b[0m"
        rule = f"{finding.rule} {names.get(finding.rule, '')}".rstrip()
        group = f" [{finding.group}]" if finding.group else ""
        where = _at(location(finding, articles), view)
        lines.append(f"{where}: {level} {rule}{group}")
        lines += _wrapped(finding.message, view, "    ")
        # A note says who tells the same; where exactly is for `explain`.
        related = finding.related if finding.level != "note" else ()
        for there in related[:_MOST_RELATED]:
            at = _at(span_location(articles[there.article], there.span), view)
            lines += _wrapped(f"{at}: {there.message}", view, "      ")
        if len(related) > _MOST_RELATED:
            lines.append(f"      and {len(related) - _MOST_RELATED} more places")
    lines.append(f"{tally(view.findings)} in {count(report.summary.articles, 'article')}")
    return "\n".join(lines) + "\n"


def _at(where: Location, view: View) -> str:
    return _shown(str(where), view)


def _shown(text: str, view: View) -> str:
    text = safe.plain(text)
    return text if view.unicode else safe.ascii_only(text)


def _wrapped(text: str, view: View, indent: str) -> list[str]:
    return textwrap.wrap(
        _shown(text, view),
        max(40, view.width),
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
    )
