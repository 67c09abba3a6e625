"""Exports of exactly what the terminal shows: HTML, SVG, and text without any escape."""

from __future__ import annotations

import re
from dataclasses import replace

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from factcheck.records import Report
from factcheck.reports.pen import console, draw
from factcheck.reports.terminal import compose
from factcheck.reports.view import View

_TITLE = "factcheck"
# Black, red, green, yellow, blue, magenta, cyan, white; the first of the bright ones is the
# grey of what is less important. All have a contrast of at least 4.5 to 1 with the background.
_ON_WHITE = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [
        (31, 35, 40),
        (179, 29, 29),
        (17, 99, 41),
        (136, 84, 0),
        (9, 78, 167),
        (122, 40, 158),
        (3, 101, 122),
        (89, 96, 104),
    ],
    [(89, 96, 104)],
)
_ON_DARK = TerminalTheme(
    (30, 33, 39),
    (215, 219, 224),
    [
        (30, 33, 39),
        (255, 123, 114),
        (115, 201, 120),
        (224, 178, 84),
        (121, 176, 255),
        (210, 153, 255),
        (100, 200, 214),
        (215, 219, 224),
    ],
    [(148, 156, 166)],
)
# The fonts rich links to are left out: a report loads nothing from anywhere.
_SVG = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "<!-- Generated with Rich https://www.textualize.io -->\n", ""
)
_HTML = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{_TITLE}</title>
<style>
{{stylesheet}}
body {{{{ color: {{foreground}}; background: {{background}}; margin: 2rem; }}}}
pre {{{{ font: 14px/1.45 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }}}}
code {{{{ font: inherit; }}}}
</style>
</head>
<body>
<pre><code>{{code}}</code></pre>
</body>
</html>
"""


def text(report: Report, view: View) -> str:
    """The terminal's report without styles."""
    plain = replace(view, colour=False)
    return draw(plain, compose(report, plain))


def html(report: Report, view: View) -> str:
    """One self-contained page: the terminal's report with its colours, on white."""
    return _recorded(report, view).export_html(theme=_ON_WHITE, code_format=_HTML)


def svg(report: Report, view: View) -> str:
    """A picture of the terminal's report, with real text in it."""
    return _recorded(report, view).export_svg(
        title=_TITLE, theme=_ON_DARK, code_format=_SVG, unique_id=_TITLE
    )


def _recorded(report: Report, view: View) -> Console:
    coloured = replace(view, colour=True)
    out = console(coloured, record=True)
    for item in compose(report, coloured):
        out.print(item)
    return out
