"""A claim's text made to stand alone: its leading pronoun replaced by who is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.attribution.discourse import PRONOUNS, discourse_of
from factcheck.attribution.resolve import Resolved
from factcheck.claims.clauses import has_verb
from factcheck.records import Article, Span

_FIRST = re.compile(r"[“\"'‘«\s]*([^\W\d_]+)(['’](?:s|re|ve|ll|d|m))?(?=\W)")
_POSSESSIVE = frozenset(("his", "its", "their", "my"))
_AMBIGUOUS = frozenset(("her", "we", "our", "us", "that", "who", "which", "whom", "whose"))


def _stands(text: str, spans: Sequence[Span]) -> bool:
    """Whether a content has a verb of its own: "as the best friend" needs its reporting words."""
    return any(has_verb(text, *span) for span in spans)


class Reader:
    """Makes readings of one article's claims, in text order."""

    def __init__(self, article: Article, resolved: Sequence[Resolved]) -> None:
        """Prepare to fill in the pronouns of an article with these speakers."""
        self._text = article.text
        self._discourse = discourse_of(article)
        self._turns = sorted(
            (
                (one.attribution.source[0][0], one.speaker.name)
                for one in resolved
                if one.attribution.source and one.speaker
            ),
            reverse=True,
        )

    def read(self, spans: Sequence[Span], one: Resolved | None, subject: Span | None = None) -> str:
        """The text of a claim in a form that needs no neighbours; calls come in text order.

        `subject` is where the subject stands of a claim that shares another's.
        """
        spans = (subject, *spans) if subject else spans
        text = " ".join(" ".join(self._text[start:end].split()) for start, end in spans)
        start = spans[0][0]
        while self._turns and self._turns[-1][0] <= start:
            self._discourse.heard_name(*self._turns.pop())
        if one is not None and not _stands(self._text, spans):
            return self._with_cue(spans, one)
        match = _FIRST.match(self._text, start, spans[0][1])
        if match is None:
            return text
        word = match[1].lower()
        if word not in PRONOUNS or word in _AMBIGUOUS or match[2]:
            return text
        name = self._name(one, match.start(1), word)
        if not name:
            return text
        filled = f"{name}’s" if word in _POSSESSIVE else name
        return text.replace(match[1], filled, 1)

    def _with_cue(self, spans: Sequence[Span], one: Resolved) -> str:
        """The claim with its speaker and reporting words, in the order of the text."""
        speaker = one.speaker.name if one.speaker else ""
        parts = [(start, self._text[start:end]) for start, end in (*one.attribution.cue, *spans)]
        if one.attribution.source:
            parts.append((one.attribution.source[0][0], speaker))
        return " ".join(" ".join(part.split()) for _, part in sorted(parts) if part)

    def _name(self, one: Resolved | None, at: int, word: str) -> str:
        if word in ("i", "my", "me"):
            speaker = one.speaker if one else None
            return speaker.name if speaker and speaker.kind == "named" else ""
        entity = self._discourse.pronoun(at, word, speaks=False)
        return entity.name if entity and entity.named and entity.kind != "unknown" else ""
