"""SARIF 2.1.0 as GitHub code scanning accepts it.

Limits: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning
(25,000 results, 10 MB, 1,000 locations a result, texts of rules up to 1,024 characters).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from factcheck import safe
from factcheck.ingest import STDIN
from factcheck.records import Article, Finding, Report, Rule
from factcheck.reports import remarks
from factcheck.reports.findings import (
    Location,
    by_id,
    location,
    span_location,
    worst_first,
)
from factcheck.reports.report_json import dumps
from factcheck.reports.view import Source, View

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_MOST_RESULTS = 25_000
_MOST_BYTES = 9_500_000
# How far a result is indented in the document, in blanks a line.
_DEPTH = 8
_MOST_RELATED = 100
_MOST_TEXT = 1_000


def render(report: Report, view: View) -> str:
    """The findings of a check as one SARIF run, worst first."""
    articles = by_id(report)
    indexes = {rule.id: index for index, rule in enumerate(view.rules)}
    seen: Counter[tuple[str, str]] = Counter()
    results: list[dict[str, Any]] = []
    rules = [_rule(rule, view.source) for rule in view.rules]
    room = _MOST_BYTES - 2 * len(dumps(rules).encode())
    for finding in worst_first(view.findings)[:_MOST_RESULTS]:
        seen[finding.rule, finding.fingerprint] += 1
        result = _result(finding, articles, indexes, seen[finding.rule, finding.fingerprint])
        text = dumps(result)
        room -= len(text.encode()) + _DEPTH * text.count("\n")
        if room < 0:
            break
        results.append(result)
    notes = [f"{record.path}: {record.reason} ({record.code})" for record in report.skipped]
    notes += remarks.notes(report.articles)
    if len(results) < len(view.findings):
        notes.append(f"{len(view.findings) - len(results)} findings are left out: too many.")
    return dumps(
        {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": report.tool.name,
                            "semanticVersion": report.tool.version,
                            **({"informationUri": view.source.page} if view.source else {}),
                            "rules": rules,
                        }
                    },
                    "originalUriBaseIds": {
                        "%SRCROOT%": {"description": {"text": "The root of the repository."}}
                    },
                    "automationDetails": {"id": f"{report.tool.name}/"},
                    "columnKind": "unicodeCodePoints",
                    "invocations": [
                        {
                            "executionSuccessful": True,
                            "toolExecutionNotifications": [
                                {"level": "warning", "message": {"text": _text(note)}}
                                for note in notes[:_MOST_RELATED]
                            ],
                        }
                    ],
                    "results": results,
                }
            ],
        }
    )


def _rule(rule: Rule, source: Source | None) -> dict[str, Any]:
    full = rule.full or rule.short
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.short[:_MOST_TEXT]},
        "fullDescription": {"text": full[:_MOST_TEXT]},
        "help": {"text": rule.help or full, "markdown": rule.help or full},
        "defaultConfiguration": {"level": rule.level},
        **({"helpUri": source.rule(rule.id)} if source else {}),
        "properties": {"tags": ["corroboration"]},
    }


def _result(
    finding: Finding, articles: Mapping[str, Article], rules: Mapping[str, int], number: int
) -> dict[str, Any]:
    related = finding.related[:_MOST_RELATED]
    links = [
        f"[{_text(place.message) or 'there'}]({index})"
        for index, place in enumerate(related, start=1)
    ]
    message = _text(finding.message) or finding.rule
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.level,
        "message": {"text": f"{message} See {', '.join(links)}." if links else message},
        "locations": [told] if (told := _physical(location(finding, articles))) else [],
        # GitHub tells alerts apart by this key; ours leaves out the position.
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:{number}"},
        "baselineState": "new" if finding.new else "unchanged",
    }
    if finding.rule in rules:
        result["ruleIndex"] = rules[finding.rule]
    if related:
        result["relatedLocations"] = [
            {
                "id": index,
                "message": {"text": _text(place.message) or "there"},
                **_physical(span_location(articles[place.article], place.span)),
            }
            for index, place in enumerate(related, start=1)
        ]
    return result


def _physical(where: Location) -> dict[str, Any]:
    """Where it is in a file; standard input is none, and a viewer would look for it."""
    if where.path == STDIN:
        return {}
    physical: dict[str, Any] = {"artifactLocation": _artifact(where.path)}
    if where.place and where.span:
        physical["region"] = {
            "startLine": where.place.line,
            "startColumn": where.place.column,
            "endLine": where.place.end_line,
            "endColumn": where.place.end_column,
            "charOffset": where.span[0],
            "charLength": where.span[1] - where.span[0],
        }
    elif where.line:
        physical["region"] = {"startLine": where.line}
    return {"physicalLocation": physical}


def _artifact(path: str) -> dict[str, str]:
    """A path as a URI: relative to the root of the repository unless it is absolute."""
    uri = quote(path.replace("\\", "/").removeprefix("./"), safe="/", errors="replace")
    if uri.startswith("/"):
        return {"uri": f"file://{uri}"}
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _text(raw: str) -> str:
    """Plain message text: what SARIF would read as a link or a placeholder is escaped."""
    text = safe.plain(raw).strip()
    for char in "\\[]":
        text = text.replace(char, f"\\{char}")
    return text.replace("{", "{{").replace("}", "}}")
