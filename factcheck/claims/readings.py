"""A claim's text made to stand alone: its leading pronoun replaced by who is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.attribution.discourse import PRONOUNS, Discourse
from factcheck.attribution.resolve import Resolved
from factcheck.claims.clauses import has_verb
from factcheck.records import Article, Span

_FIRST = re.compile(r"[“\"'‘«\s]*([^\W\d_]+)(['’](?:s|re|ve|ll|d|m))?(?=\W)")
_POSSESSIVE = frozenset(("his", "its", "their", "my"))
_AMBIGUOUS = frozenset(("her", "we", "our", "us", "that", "who", "which", "whom", "whose"))



def _stands(text: str, spans: Sequence[Span]) -> bool:
    """Whether a content has a verb of its own: "as the best friend" needs its reporting words."""
    first = _FIRST.match(text, *spans[0])
    if first is not None and first[1].lower() in ("of", "as", "to", "for"):
        return False
    return any(has_verb(text, *span) for span in spans)


class Reader:
    """Makes readings of one article's claims, in text order."""

    def __init__(self, article: Article, resolved: Sequence[Resolved]) -> None:
        """Prepare to fill in the pronouns of an article with these speakers."""
        self._text = article.text
        self._discourse = Discourse(article)
        self._turns = sorted(
            (
                (one.attribution.source[0][0], one.speaker.name)
                for one in resolved
                if one.attribution.source and one.speaker
            ),
            reverse=True,
        )

    def read(self, spans: Sequence[Span], one: Resolved | None) -> str:
        """The text of a claim in a form that needs no neighbours; calls come in text order."""
        text = " ".join(" ".join(self._text[start:end].split()) for start, end in spans)
        start = spans[0][0]
        while self._turns and self._turns[-1][0] <= start:
            self._discourse.heard_name(*self._turns.pop())
        if one is not None and not _stands(self._text, spans):
            cue = " ".join(" ".join(self._text[s:e].split()) for s, e in one.attribution.cue)
            speaker = one.speaker.name if one.speaker else ""
            return " ".join(part for part in (speaker, cue, text) if part)
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

    def _name(self, one: Resolved | None, at: int, word: str) -> str:
        if word in ("i", "my", "me"):
            speaker = one.speaker if one else None
            return speaker.name if speaker and speaker.kind == "named" else ""
        entity = self._discourse.pronoun(at, word)
        return entity.name if entity and entity.named and entity.kind != "unknown" else ""
