"""The report as JSON-LD."""

from __future__ import annotations

from factcheck.exchange.jsonld import document
from factcheck.records import Report
from factcheck.reports.report_json import dumps
from factcheck.reports.view import View, narrow


def render(report: Report, view: View) -> str:
    """The statements that the view asks for, their tellings and articles, as linked data."""
    return dumps(document(narrow(report, view)))
