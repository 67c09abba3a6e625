"""A claim's words in a form that needs no neighbours, and says nothing that its article does not.

All words are the article's own, in their order. Where words are left out between them stands "…";
what is filled in stands between square brackets, never inside quotation marks, and only where it is
as good as certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.attribution.discourse import discourse_of
from factcheck.attribution.pronouns import FEMALE, MALE, RELATIVE
from factcheck.attribution.resolve import Resolved
from factcheck.attribution.salience import certain
from factcheck.claims.clauses import has_verb
from factcheck.claims.leaning import Leaning
from factcheck.claims.quoted import Quoted, paired
from factcheck.claims.stance import bracketed, concedes
from factcheck.lang import words
from factcheck.records import Article, Span, Stance

_FIRST = re.compile(r"([^\W\d_]+)(?=\s)")
_POSSESSIVE = frozenset(("his", "her"))
_FILLED = (MALE | FEMALE) - words("claims", "readings", "filled")
# A reporting clause that is longer, in characters, is no help to a reader.
_LONGEST = 500
_WORD = re.compile(r"[^\W_]")
# "What | the firm denied was that it knew".
_WHAT = re.compile(r"(?<!\w)[Ww]hat $")
_NEAR = 8
# Between two things that one says: "said that it rained, but has never | denied".
_SECOND = re.compile(r",? (?:but|and|while|yet) (?:(?:also|later|then|has|had|have|did|\w+ly) )*$")


class Reader:
    """Makes readings of one article's claims, in text order."""

    def __init__(self, article: Article, resolved: Sequence[Resolved], quoted: Quoted) -> None:
        """Prepare to fill in the pronouns of an article with these speakers."""
        self._text = article.text
        self._quoted = quoted
        self._discourse = discourse_of(article)
        self._leaning = Leaning(article)
        self._turns = sorted(
            (
                (one.attribution.source[0][0], one.speaker.name)
                for one in resolved
                if one.attribution.source and one.speaker
            ),
            reverse=True,
        )

    def context(self, spans: Sequence[Span], one: Resolved | None, stance: Stance) -> str:
        """What the words of a claim lean on, in brackets; empty where they stand alone."""
        roles = (*one.attribution.source, *one.attribution.cue) if one else ()
        begin = min(start for start, _ in (*roles, *spans))
        return self._leaning.context((spans[0][0], spans[-1][1]), begin, stance)

    def read(
        self,
        spans: Sequence[Span],
        one: Resolved | None,
        stance: Stance = "asserts",
        context: str = "",
    ) -> str:
        """The text of a claim in a form that stands alone, `context` first; calls come in text
        order.
        """
        while self._turns and self._turns[-1][0] <= spans[0][0]:
            self._discourse.heard_name(*self._turns.pop())
        leads = context.endswith(":]") or self._leaning.answers(spans[0][0])
        if context and one and (leads or self._told_in(context, one)):
            return f"{context} {self._joined(spans, '')}"
        return f"{context} {self._told(spans, one, stance, bool(context))}".lstrip()

    def _told_in(self, context: str, one: Resolved) -> bool:
        """Whether what a claim leans on ends in its reporting words: "[Asked why, Doe said]"."""
        cue = self._joined(one.attribution.cue[-1:], "").rstrip(":, ")
        return bool(cue) and context.rstrip("]:, ").endswith(cue)

    def _told(
        self, spans: Sequence[Span], one: Resolved | None, stance: Stance, leans: bool
    ) -> str:
        """The words of a claim, with its reporting words where it needs them: `leans`."""
        quoted = self._quoted.kind(spans) == "direct"
        conceded = one is not None and concedes(self._text, one.attribution)
        needless = not conceded and self._stands(spans) and (quoted or not leans)
        if one is None or (stance == "asserts" and needless):
            return self._joined(spans, self._filling(spans[0]))
        framed = self._framed(one, spans)
        if framed:
            return self._joined(framed, self._source(one, framed[0]))
        if stance == "asserts" and quoted and not conceded:
            return self._joined(spans, "")
        lead = bracketed(one.speaker, "concedes" if conceded else stance)
        return f"{lead} {self._joined(spans, '')}"

    def _stands(self, spans: Sequence[Span]) -> bool:
        """Whether a content needs no reporting words, as "as the best friend" does."""
        return any(has_verb(self._text, *span) for span in spans)

    def _framed(self, one: Resolved, spans: Sequence[Span]) -> list[Span]:
        """The pieces of a claim with its source and cue; none where these stand elsewhere."""
        if not one.attribution.cue:
            return []
        said = one.attribution.source
        roles = [*said, *one.attribution.cue]
        start = min(span[0] for span in (*roles, *spans))
        end = max(span[1] for span in (*roles, *spans))
        sentence = self._discourse.sentence
        if end - start > _LONGEST or sentence(start) != sentence(end - 1):
            return []
        if what := _WHAT.search(self._text, max(0, start - _NEAR), start):
            start = what.start()
        last = max(end for _, end in spans)
        if said and self._text[slice(*said[0])].lower() in RELATIVE:
            return []
        if said and said[0][0] >= last and one.attribution.cue[-1][1] <= spans[0][0]:
            # "Denying that he met them, | Doe": what Doe does follows.
            return []
        if said and start == said[0][0] and (at := self._second(said[0], one.attribution.cue[0])):
            # "Doe said that it rained, but | denied …": what was said first is no part of it.
            return [said[0], (at, end)]
        return [(start, end)]

    def _second(self, source: Span, cue: Span) -> int:
        """Where a cue begins that follows another of its source with what it tells; else 0."""
        told = self._text[source[1] : cue[0]]
        joint = _SECOND.search(told)
        return source[1] + joint.end() if joint and has_verb(told, 0, joint.start()) else 0

    def _joined(self, spans: Sequence[Span], filling: str) -> str:
        """Pieces in a row, the first word of the first replaced by what fills it."""
        parts: list[str] = []
        last: int | None = None
        for start, end in spans:
            if last is not None and _WORD.search(self._text, last, start):
                parts.append("…")
            parts.append(" ".join(self._text[start:end].split()))
            last = end
        if filling:
            parts[0] = _FIRST.sub(filling, parts[0], count=1)
        return paired(" ".join(part for part in parts if part))

    def _source(self, one: Resolved, span: Span) -> str:
        """What fills a pronoun that opens a reporting clause: its speaker, where that is named."""
        source = one.attribution.source
        word = _FIRST.match(self._text, *span)
        if not source or word is None or source[0] != word.span() or one.speaker is None:
            return ""
        if word[1].lower() not in ("he", "she") or one.speaker.kind != "named":
            return ""
        entity = certain(self._discourse, span[0], word[1].lower())
        return f"[{one.speaker.name}]" if entity and entity.name == one.speaker.name else ""

    def _filling(self, span: Span) -> str:
        """Who is meant by the pronoun that opens a span, in brackets; empty where unsure."""
        word = _FIRST.match(self._text, *span)
        if word is None or word[1].lower() not in _FILLED or self._quoted.holds(span[0]):
            return ""
        entity = certain(self._discourse, span[0], word[1].lower())
        if entity is None:
            return ""
        return f"[{entity.name}]’s" if word[1].lower() in _POSSESSIVE else f"[{entity.name}]"
