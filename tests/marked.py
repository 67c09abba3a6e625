"""Texts with their attributions marked in them: `{s1:Doe} {c1:said} {t1:it rained}`."""

from __future__ import annotations

import re

from factcheck.ingest import article_from_text
from factcheck.records import Article, Attribution, Span

_MARK = re.compile(r"\{([sct])(\d+):|\}")
_ROLES = {"s": "source", "c": "cue", "t": "content"}


def marked(text: str, path: str = "example.txt") -> tuple[Article, list[Attribution]]:
    """The article of a marked text, and its attributions in the order of their numbers."""
    plain = ""
    at = 0
    opened: list[tuple[str, int, int]] = []
    spans: dict[int, dict[str, list[Span]]] = {}
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match[1]:
            opened.append((_ROLES[match[1]], int(match[2]), len(plain)))
        else:
            role, number, start = opened.pop()
            roles = spans.setdefault(number, {"source": [], "cue": [], "content": []})
            roles[role].append((start, len(plain)))
    plain += text[at:]
    assert not opened, "a mark is not closed"
    attributions = [
        Attribution(**{role: tuple(sorted(pieces)) for role, pieces in spans[number].items()})
        for number in sorted(spans)
    ]
    return article_from_text(plain, path), attributions
