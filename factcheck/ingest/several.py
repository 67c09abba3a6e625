"""Files that hold several articles: notes with front matter each, exports of press archives."""

from __future__ import annotations

import re

from factcheck.ingest.frontmatter import told
from factcheck.records import Span

# Front matter that is closed after a few lines.
_FRONT = re.compile(
    r"(?m)^---[ \t]*\r?\n(?P<lines>(?:(?!---)[A-Za-z \t#-][^\r\n]*\r?\n){1,30})(?=---[ \t]*\r?$)"
)
# How press archives count ("Document 3 of 12"), and how they end an article.
_COUNTED = re.compile(r"(?mi)^[ \t_*]*(?:document )?\d{1,4} of \d{1,4}(?: documents?)?[ \t]*\r?$")
_ENDED = re.compile(
    r"(?m)^[ \t]*(?:End of Document|Document [A-Z]{3,}[0-9A-Za-z]{12,30})[ \t]*\r?$"
)
# Keys that front matter has at least so many of, to be that of an article.
_KEYS = 2
# Fewer letters are the head or the foot of an export.
_LEAST = 60


def parts(text: str) -> list[Span]:
    """The stretches of a text that holds several articles, one each; none where it holds one."""
    fronts = [match.start() for match in _FRONT.finditer(text) if _opens(text, match)]
    for cuts in (
        [(start, start) for start in fronts],
        [match.span() for match in _COUNTED.finditer(text)],
        [match.span() for match in _ENDED.finditer(text)],
    ):
        starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
        found = [
            (start, end)
            for start, end in zip(starts, ends, strict=True)
            if sum(map(str.isalpha, text[start:end])) >= _LEAST
        ]
        if len(found) > 1:
            return found
    return []


def _opens(text: str, front: re.Match[str]) -> bool:
    """Whether the front matter of an article begins here, and no rule between two paragraphs."""
    before = text[max(0, front.start() - 4) : front.start()].replace("\r", "")
    apart = not before.strip() or before.endswith("\n\n")
    return apart and len(told(front["lines"])) >= _KEYS
