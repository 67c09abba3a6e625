"""Who had it first: "as first reported by X", "X was the first to report the news"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.access.evidence import Evidence
from factcheck.access.traces import NAMED_OTHERWISE, Trace
from factcheck.records import Article, Span

_BEFORE, _AFTER = 90, 90
_DID = (
    r"(?:reported|revealed|disclosed|published|broken|carried|told|printed|aired|announced|posted"
    r"|documented|uncovered|noted|spotted|noticed|observed)"
)
_BY = r"(?:\s+\w+){0,3}?\s+(?:by|in|on)\s+(?:(?:the\s+|a\s+)(?:\w+\s+)?)?[«\"“‘'(*_]{0,2}$"
# "First reported by", "appeared first in", "a story broken by", before the name.
_BY_FIRST = re.compile(
    rf"(?i)\b(?:first\s+{_DID}|{_DID}\s+first|(?:first\s+appeared|appeared\s+first)"
    rf"|(?:story|scoop|report)\s+(?:first\s+)?(?:broken|published|reported|aired)){_BY}"
)
# "(h/t X)", "hat tip to X".
_POINTED = re.compile(
    r"(?i)(?:^|[^\w/])(?:h/t|hat[ -]tip)(?:\s+to)?:?\s+(?:the\s+)?[«\"“‘'*_]{0,2}$"
)
# Of a thing beside the statement: "his debts, which were first reported by".
_ASIDE = re.compile(r"(?i)\b(?:which|that|who|whose)\s+(?:\w+\s+){0,3}?$")
# "Was the first to report", "first reported", "broke the story", behind it.
_FIRST_BY = re.compile(
    r"(?i)(?:,[^,.;]{2,60},)?(?:,?\s+which)?\s+(?:(?:was|were)\s+(?:the\s+)?first\s+to\s+(?:report|reveal|break"
    r"|publish|disclose|write|carry)|(?:was|were)\s+(?:the\s+)?first\s+with"
    r"|had(?=\s+(?:it\s+first|the\s+(?:news|scoop|story)\b))|(?:had\s+|has\s+)?first\s+(?:reported|revealed|disclosed"
    r"|published|broke)|(?:had\s+|has\s+)?broke(?:n)?)\b(?P<what>[^.;]{0,60})"
)
# "On Wednesday night", "last week", "yesterday".
_WHEN = (
    r"\s+(?:(?:on|late|early|last|this)\s+){0,3}(?:\w+day|night|week|month|morning|evening)\b"
    r"(?:\s+(?:night|morning|evening|afternoon))?(?!['’])"
)
# What is meant by a word of a statement before.
_IT = re.compile(
    rf"(?i)(?:{_WHEN})?\s*(?:$|[.,;)]|first\b|(?:it|this|that|about\s+it|on\s+it)\b|(?:on|of|about)?\s*(?:the|this|these"
    r"|those)\s+(?:[\w-]+\s+)?(?:affair|change|decision|deal|development|discovery|fact|find|finding"
    r"|findings|investigation|matter|merger|move|news|plan|plans|report|sale|story|takeover|talks)\b)"
)
_BROKE = re.compile(r"(?i)\s+(?:had\s+|has\s+)?broken?\s+(?:the|this)\s+(?:story|news|scoop)\b")
_OPENED = re.compile(r"(?i)\(?(?:The|This|That|These|Those|It|News)\b")


def first(article: Article, number: int, span: Span) -> tuple[bool, bool] | None:
    """Whether the name at `span` had a statement first: one of its sentence, one of that before.

    None where it is not said to have had anything first.
    """
    sentence, text = article.sentences[number], article.text
    before = text[max(sentence.start, span[0] - _BEFORE) : span[0]]
    told = _BY_FIRST.search(before)
    if told:
        if _ASIDE.search(before[: told.start()]):
            return None
        return True, _OPENED.match(text, sentence.start, sentence.end) is not None
    if pointed := _POINTED.search(before):
        return True, not before[: pointed.start()].strip()
    after = _FIRST_BY.match(text[span[1] : min(sentence.end, span[1] + _AFTER)])
    if after and _IT.match(after["what"]):
        opened = not text[sentence.start : span[0]].strip(" «\"“‘'(").removeprefix("The").strip()
        return not opened, opened or _BROKE.match(text, span[1], sentence.end) is not None
    return None


class Firsts:
    """The outlets that are said to have had a statement first, by its sentence."""

    def __init__(self, evidence: Evidence) -> None:
        """Look for them among the traces of an article."""
        article = evidence.article
        self._here: dict[int, Trace] = {}
        for trace in evidence.traces.all:
            if trace.whole or trace.form & NAMED_OTHERWISE:
                continue
            had = first(article, trace.sentence, trace.span)
            if had is None:
                continue
            here, before = had
            if here:
                self._here.setdefault(trace.sentence, trace)
            number = trace.sentence - 1
            sentences = article.sentences
            if before and number >= 0 and sentences[number].block == sentences[number + 1].block:
                self._here.setdefault(number, trace)

    def by(self, held: Sequence[int]) -> Trace | None:
        """The outlet that had what stands in some sentences."""
        return next((self._here[number] for number in held if number in self._here), None)
