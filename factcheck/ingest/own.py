"""Reports of this program that lie among the articles: what they quote was said elsewhere."""

from __future__ import annotations

import re

_DOT = "[·-]"
# How the renderings begin whose files have the endings of articles: those of `compare`, `check`,
# `extract`, `explain`, `trace`, `who` and `outlet`.
_BEGINNING = re.compile(
    rf"""\#\ Claims\ compared\n
    | \#\ factcheck:\ \d
    | [\d,]+\ articles?\ {_DOT}\ (?:[\d,]+\ outlets?\ {_DOT}\ )?[\d,]+\ claims?\b
    | [^\n]*:\ (?:error|warning|note)\ FC\d{{3}}\ [a-z-]+
    | [^\n]{{1,300}}\ [─-]{{5,}}\n[\d,]+\ (?:statement|article)s?(?:,|\ {_DOT}|\n)
    | [≠✓↻·*+=~.!#x-]?\ ?g\d+\ \ \S""",
    re.VERBOSE,
)


def is_report(text: str) -> bool:
    """Whether a text is a rendering of this program rather than an article."""
    return _BEGINNING.match(text) is not None
