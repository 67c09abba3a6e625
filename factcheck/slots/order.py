"""Whether something was said before or after another event: "ahead of the vote"."""

from __future__ import annotations

import re

from factcheck.lang import words
from factcheck.records import Article, Slot
from factcheck.slots.tokens import possessor, singular, tokenize

_RELATION = re.compile(
    r"\b(?:(?P<before>in anticipation of|ahead of|prior to|before)"
    r"|(?P<after>in the wake of|in response to|following|after))\s(?P<what>[^,;:()“”\"—]{3,80})",
    re.IGNORECASE,
)


def slots(article: Article, start: int, end: int) -> list[Slot]:
    """The events that `article.text[start:end]`, one sentence, is placed before or after.

    `about` is "before" or "after"; the value names the event by the name beside it and by what it
    is: "after Obama announcement". "Before the committee" is a place, so only a word for an event
    counts. Whatever is said is of one kind, "announcement". There is no `detail`: no day is told.
    """
    out = []
    for match in _RELATION.finditer(article.text, start, end):
        about = "before" if match["before"] else "after"
        tokens = tokenize(article.text, *match.span("what"))
        kinds = [_kind(token.low) for token in tokens]
        at = next((k for k, kind in enumerate(kinds) if kind), None)
        if at is None:
            continue
        named = [possessor(t.text.replace("’", "'")) for t in tokens[:at] if t.is_capital][-1:]
        value = " ".join([about, *named, kinds[at]])
        span = match.start(), tokens[at].end
        text = article.text[slice(*span)]
        out.append(Slot(slot="date", value=value, text=text, span=span, about=about))
    return out


def _kind(low: str) -> str:
    """What sort of event a word names; empty for other words."""
    if low in words("dates", "order", "said"):
        return "announcement"
    return singular(low) if singular(low) in words("dates", "order", "events") else ""
