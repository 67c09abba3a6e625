"""Where an outlet tells beside a statement that it was there, or has read it, itself.

"Our court reporter saw the clerk look up", "which we attended", "we bought a copy", "I was sitting
four rows from her": said of the sentence at hand, or of the one before or behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from factcheck import lang
from factcheck.access.evidence import Evidence
from factcheck.access.placed import ADDRESSEES
from factcheck.access.same import in_text
from factcheck.access.traces import Trace
from factcheck.access.words import DOCUMENTS
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.records import Article, Claim, Sentence, Span, Speaker

_WORD = re.compile(r"[^\W\d_]{4,}")
_QUOTE = re.compile(r"[“\"][^”\"]*[”\"]|(?<!\w)‘[^’]*’(?!\w)")


def _any(*keys: str) -> str:
    return "|".join(sorted(lang.words("access", "present", *keys), key=lambda w: (-len(w), w)))


_STAFF = rf"(?:{_any('staff')})s?"
_OURS = re.compile(rf"(?i)(?:our|this\s+(?:news)?paper['’]s)\s+(?:[\w-]+\s+){{0,2}}{_STAFF}$")
_WAS = r"(?:\s+(?:had|have|has|was|were|all|both|\w+ly|who|which)){0,2}"
_MEETING = re.compile(rf"\b(?:{_any('meeting')})s?\b", re.I)
_PLACE = re.compile(rf"\b(?:{_any('audience')}|{_any('meeting')})s?\b", re.I)
# "He was addressing growers", "told growers", "testified".
_TO_ALL = re.compile(rf"\b(?:{_any('to_all')})\b", re.I)
_IT = re.compile(rf"\s+(?:it|this|that)\b|\s+(?:it\s+)?all\b|\s+(?:{_any('happening')})\b")
_COPY = re.compile(
    r"\s+(?:it|them|a\s+copy|(?:all|each|every|the)\s+(?:of\s+)?(?:its|the)?\s*(?:\w+\s+)?"
    rf"(?:pages?|{_any('paper')})s?|(?:its|the|this|that)\s+(?:\w+\s+)?(?:{_any('paper')})s?)\b"
)


class Presence:
    """The places of an article where its outlet tells that it was there, or has read something."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._saw, self._was, self._read = _patterns(in_text(article.outlet)[1])

    def by(self, claim: Claim, held: Sequence[int], papers: Sequence[int]) -> Span | None:
        """Where it is told of what a claim tells; `papers` are the sentences that name a paper."""
        own_voice = claim.speaker is None or is_staff(claim.speaker)
        for sentence in self._around(held):
            for found in self._read.finditer(self._article.text, sentence.start, sentence.end):
                if papers and self._is_read(found) and not self._quoted(found, sentence):
                    return found.span()
            patterns = (self._saw,) if own_voice else (self._saw, self._was)
            for pattern in patterns:
                for found in pattern.finditer(self._article.text, sentence.start, sentence.end):
                    fits = self._seen if own_voice else self._heard
                    if fits(found, claim, held, sentence) and not self._quoted(found, sentence):
                        return found.span()
        return None

    def occasion(self, claim: Claim, held: Sequence[int], evidence: Evidence) -> Trace | None:
        """The occasion that the outlet says it was at, where a claim has a speaker."""
        there = self.by(claim, held, ()) if claim.speaker and not is_staff(claim.speaker) else None
        if there is None:
            return None
        number = bisect_right(self._article.sentences, there[0], key=lambda s: s.start) - 1
        named = evidence.traces.occasions
        found = (t for name in ADDRESSEES for t in named.get(name, ()) if t.sentence == number)
        return min(found, key=lambda trace: trace.span, default=None)

    def _around(self, held: Sequence[int]) -> Iterator[Sentence]:
        """The sentences at hand, then the one behind and the one before, of one paragraph."""
        sentences = self._article.sentences
        yield from (sentences[n] for n in held)
        for number, beside in ((held[-1] + 1, held[-1]), (held[0] - 1, held[0])):
            if 0 <= number < len(sentences) and sentences[number].block == sentences[beside].block:
                yield sentences[number]

    def _is_read(self, found: re.Match[str]) -> bool:
        copy = _COPY.match(self._article.text, found.end())
        return copy is not None or found["given"] is not None

    def _seen(
        self, found: re.Match[str], claim: Claim, held: Sequence[int], sentence: Sentence
    ) -> bool:
        """Whether what was seen is what the claim tells: "watched it", "saw the empty cabin"."""
        rest = self._article.text[found.end() : sentence.end]
        if _IT.match(rest):
            return True
        told = {fold(w) for w in _WORD.findall(rest)} - lexicon().functions
        return bool(told & {fold(w) for w in _WORD.findall(claim.text)})

    def _heard(
        self, found: re.Match[str], claim: Claim, held: Sequence[int], sentence: Sentence
    ) -> bool:
        """Whether it was where the speaker spoke to all: in the hall, at the hearing."""
        text, sentences = self._article.text, self._article.sentences
        whole = text[sentence.start : sentence.end]
        here = text[sentences[held[0]].start : sentences[held[-1]].end]
        if sentence.start < sentences[held[0]].start and _MEETING.search(whole):
            return True
        told = f"{here} {whole}" if sentence.start > sentences[held[-1]].start else here
        return bool(_PLACE.search(whole) and (_TO_ALL.search(told) or _PLACE.search(here)))

    def _quoted(self, found: re.Match[str], sentence: Sentence) -> bool:
        """Whether somebody is quoted with it, who was there himself."""
        quotes = _QUOTE.finditer(self._article.text, sentence.start, sentence.end)
        return any(q.start() < found.start() and found.end() <= q.end() for q in quotes)


@lru_cache(maxsize=64)
def _patterns(outlet: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What an outlet of this name says it saw, that it was somewhere, that it got to read."""
    name = re.escape(outlet)
    # "Today" is no outlet wherever it stands.
    by_name = rf"|(?<!\w){name}" if " " in outlet else ""
    own = (
        rf"(?:(?:[Oo]ur|[Tt]his\s+(?:news)?paper['’]s|{name}['’]s?)\s+(?:[\w-]+\s+){{0,2}}?{_STAFF}"
        rf"|(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]embers)\s+of\s+(?:our|{name}['’]s?)\s+"
        rf"(?:\w+\s+)?{_STAFF}|[Tt]his\s+{_STAFF}|\bwe\b|\bWe\b|\bI\b{by_name})"
    )
    saw = rf"(?<!\w){own}\b(?:[^.;:“”\"]{{0,80}}?\band|{_WAS})\s+(?:{_any('saw')})\b"
    was = (
        rf"(?<!\w){own}{_WAS}\s+(?:{_any('attended')})\b|(?:[Ww]ith|[Ff]rom)\s+{own}\s+(?:in|at|among)\b"
        rf"|(?<!\w){own}\s+(?:was|were|is|are)\s+(?:there|present|in|at|among)\b"
    )
    given = (
        rf"(?:{_any('given')})\s+to\s+(?:us|me|this\s+(?:news)?paper|(?:[Tt]he\s+)?{name})(?!\w)"
    )
    read = rf"(?<!\w){own}{_WAS}\s+(?:{_any('got')})\b"
    return re.compile(saw), re.compile(was), re.compile(f"{read}|(?P<given>{given})")


def is_staff(speaker: Speaker | None) -> bool:
    """Whether who speaks is the outlet's own: "our reporter"."""
    return speaker is not None and _OURS.match(speaker.as_written) is not None


def near_papers(evidence: Evidence, held: Sequence[int]) -> tuple[int, ...]:
    """The sentences near some that name a document."""
    return tuple(
        trace.sentence
        for name, found in evidence.traces.occasions.items()
        if name in DOCUMENTS
        for trace in found
        if held[0] - 1 <= trace.sentence <= held[-1] + 1
    )
