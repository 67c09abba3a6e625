"""GitHub Actions: annotations on the lines of a pull request, and the summary of a step.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from factcheck.records import Finding, Report
from factcheck.reports import markdown as report_markdown
from factcheck.reports import words
from factcheck.reports.findings import LEVELS, by_id, location, tally, worst_first
from factcheck.reports.view import View
from factcheck.safe import markdown, markdown_code, workflow_data, workflow_property

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
# GitHub shows this many annotations of a kind for a step, and drops the others.
_MOST_ANNOTATIONS = 10
_MOST_SUMMARY_BYTES = 1_048_576
_MOST_ROWS = 200


def render(report: Report, view: View) -> str:
    """Workflow commands that annotate the worst findings of each level, then what is left out."""
    articles = by_id(report)
    lines = []
    for level in LEVELS:
        found = [f for f in worst_first(view.findings) if f.level == level]
        for finding in found[:_MOST_ANNOTATIONS]:
            where = location(finding, articles)
            properties = {"file": where.path}
            if where.place:
                properties["line"] = str(where.place.line)
                properties["endLine"] = str(where.place.end_line)
                if where.place.line == where.place.end_line:
                    properties["col"] = str(where.place.column)
                    properties["endColumn"] = str(where.place.end_column)
            elif where.line:
                properties["line"] = str(where.line)
            properties["title"] = " ".join(filter(None, (finding.rule, finding.group)))
            told = ",".join(f"{key}={workflow_property(text)}" for key, text in properties.items())
            lines.append(f"::{_COMMANDS[level]} {told}::{workflow_data(finding.message)}")
        if len(found) > _MOST_ANNOTATIONS:
            more = len(found) - _MOST_ANNOTATIONS
            lines.append(f"{more} more {level}s are in the summary.")
    lines.append(f"{report.tool.name}: {tally(view.findings)}")
    return "\n".join(lines) + "\n"


def summary(report: Report, view: View) -> str:
    """A step summary in Markdown: the findings, then the report; at most 1 MiB."""
    whole = report_markdown.render(report, view, math.inf)
    lines = [*_findings(report, view), whole]
    text = "\n".join(lines)
    note = "\n\n*The rest is left out: a step summary holds 1 MiB.*\n"
    if len(text.encode()) <= _MOST_SUMMARY_BYTES:
        return text
    head = text.encode()[: _MOST_SUMMARY_BYTES - len(note)].decode(errors="ignore")
    return head[: head.rfind("\n")] + note


def _findings(report: Report, view: View) -> Iterator[str]:
    articles = by_id(report)
    yield f"# {report.tool.name}: {tally(view.findings)}"
    yield ""
    if view.findings:
        yield "| Level | Rule | Place | Finding |"
        yield "| --- | --- | --- | --- |"
    ordered = worst_first(view.findings)
    for finding in ordered[:_MOST_ROWS]:
        where = location(finding, articles)
        line = where.place.line if where.place else where.line
        at = f"{where.path}:{line}" if line else where.path
        yield (
            f"| {_level(finding)} | {markdown_code(finding.rule)} | {markdown_code(at)} "
            f"| {markdown(finding.message)} |"
        )
    yield ""
    if len(ordered) > _MOST_ROWS:
        yield f"{words.count(len(ordered) - _MOST_ROWS, 'more finding')} not listed."
        yield ""


def _level(finding: Finding) -> str:
    return f"**{finding.level}**" if finding.new else f"{finding.level} (known)"
