"""Exports of exactly what the terminal shows: HTML, SVG, and text without any escape."""

from __future__ import annotations

import re
from dataclasses import replace

from rich._export_format import CONSOLE_HTML_FORMAT, CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME

from factcheck.records import Report
from factcheck.reports.pen import console, draw
from factcheck.reports.terminal import compose
from factcheck.reports.view import View

_TITLE = "factcheck"
# The fonts rich links to are left out: a report loads nothing from anywhere.
_SVG = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "<!-- Generated with Rich https://www.textualize.io -->\n", ""
)
_HTML = CONSOLE_HTML_FORMAT.replace(
    '<meta charset="UTF-8">',
    '<meta charset="UTF-8">\n<meta name="viewport" content="width=device-width">\n'
    f"<title>{_TITLE}</title>",
).replace("<html>", '<html lang="en">')


def text(report: Report, view: View) -> str:
    """The terminal's report without styles."""
    plain = replace(view, colour=False)
    return draw(plain, compose(report, plain))


def html(report: Report, view: View) -> str:
    """One self-contained page: the terminal's report with its colours, on white."""
    return _recorded(report, view).export_html(theme=DEFAULT_TERMINAL_THEME, code_format=_HTML)


def svg(report: Report, view: View) -> str:
    """A picture of the terminal's report, with real text in it."""
    return _recorded(report, view).export_svg(
        title=_TITLE, theme=SVG_EXPORT_THEME, code_format=_SVG, unique_id="factcheck"
    )


def _recorded(report: Report, view: View) -> Console:
    coloured = replace(view, colour=True)
    out = console(coloured, record=True)
    for item in compose(report, coloured):
        out.print(item)
    return out
