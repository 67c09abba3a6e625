"""Two claims one under the other, with the words that differ, for a person to judge."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from factcheck import safe
from factcheck.records import Article, Claim, Span
from factcheck.reports import tellings
from factcheck.reports.diff import differing
from factcheck.reports.places import cut, neighbourhood, place, sentence_around
from factcheck.reports.view import View


def render_pair(
    a: Claim, b: Claim, articles: Mapping[str, Article], view: View, around: bool = False
) -> str:
    """Both claims in their sentences: who says it, where, and the differing words in `*…*`.

    The sentence is told where it says more; with `around` those before and after it, too.
    """
    left, right = differing(a.reading, b.reading)
    lines = []
    for (
        letter,
        claim,
        spans,
    ) in (("A", a, left), ("B", b, right)):
        article = articles[claim.article]
        at = place(article, (claim.start, claim.end))
        who = ", ".join(tellings.who(claim))
        head = f"{letter}  {article.outlet}, {article.path}:{at.line} – {who}"
        lines.append(_shown(head, view))
        lines += _wrapped(_marked(claim.reading, spans), view)
        start, end = sentence_around(article, (claim.start, claim.end))
        if around:
            before, after = neighbourhood(article, (claim.start, claim.end))
            start, end = min(start, before[0]), max(end, after[1])
        context = article.text[start:end]
        if " ".join(context.split()) != " ".join(claim.reading.split()):
            lines += _wrapped(f"in: {context}", view)
    return "\n".join(lines) + "\n"


def _marked(text: str, spans: Sequence[Span]) -> str:
    pieces = cut(text, (0, len(text)), [(span, "hit") for span in spans])
    return "".join(f"*{piece.text}*" if piece.mark else piece.text for piece in pieces)


def _shown(text: str, view: View) -> str:
    text = safe.plain(text)
    return text if view.unicode else safe.ascii_only(text)


def _wrapped(text: str, view: View) -> list[str]:
    return textwrap.wrap(
        _shown(text, view), max(40, view.width), initial_indent="   ", subsequent_indent="   "
    )
