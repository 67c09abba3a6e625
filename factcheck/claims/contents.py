"""The content of an attribution → its statements: pieces joined, cut and trimmed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.resolve import Resolved
from factcheck.claims.clauses import Statement, has_words, is_question, split, trim
from factcheck.claims.courtesy import is_courtesy
from factcheck.claims.grammar import is_clause
from factcheck.claims.leading import is_lead
from factcheck.lang import words
from factcheck.records import Article, Span

# A gap of so many characters inside a content, and a first piece of fewer words, are slips.
_GAP = 40
_CRUMB = 2
# Reporting words in the middle of a statement have so many characters at most.
_ROLES = 100
_LETTER = re.compile(r"\w")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_REPLIES = words("claims", "leaning", "replies")
_CLAIMS = "suggestion|claim|report|allegation|accusation|charge|idea|story|rumour|rumor|notion"
_NEXT_VERB = re.compile(r", (?:and|but) (?:also |later |then )?(?P<verb>[a-z]+(?:ed|id))\b")
# "What they denied | was that it rained".
_THAT_IS = re.compile(r"(?:was|is) (?:only |simply |just |rather )?that (?=\S)")
_NAMING = re.compile(
    r"(?i)(?:and )?(?:call|brand|label|labell|describ|term|dubb|denounc|dismiss|slamm)ing "
    rf"(?:it|them|that|this|these|those|him|her|the (?:{_CLAIMS})s?)\b"
)
_MORE = re.compile(r",[\"”’']? (?:and|but|while|though) ")
# "The former said it rained, | the latter that it snowed": what another says.
_OTHER = re.compile(r", (?:and |while |but )?the latter (?:said |says )?that\b")
# The rest of a noun phrase, up to a sign or a clause.
_OF = re.compile(
    r" of (?:(?!(?:while|when|after|before|because|and|but|who|which|that) )[\w’'-]+ ?){1,8}"
    r"(?<! )"
)


class Sentences:
    """The sentences of an article, looked up by offset."""

    def __init__(self, article: Article) -> None:
        """Take the sentences of an article."""
        self._all = article.sentences
        self._starts = [sentence.start for sentence in article.sentences]

    def at(self, offset: int) -> int:
        """The number of the sentence that an offset lies in, or behind."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def apart(self, piece: Span, cue: Span) -> bool:
        """Whether a piece stands in a paragraph before the one of its reporting words."""
        if piece[1] >= cue[0] or not self._all:
            return False
        return self._all[self.at(piece[0])].block != self._all[self.at(cue[0])].block

    def after(self, piece: Span, cue: Sequence[Span]) -> bool:
        """Whether a piece stands in a sentence behind the one of its reporting words."""
        return bool(cue) and self.at(piece[0]) > self.at(cue[-1][0])

    def last(self, text: str, piece: Span, cue: Sequence[Span]) -> Span:
        """A piece without the sentences before the one that its reporting words end: "It was posted
        at 6 a.m. | It blew up at noon, police said". All of it where anything is quoted.
        """
        ends = bool(cue) and piece[1] < cue[0][0] and text[piece[1]] == ","
        if not ends or any(mark in text[slice(*piece)] for mark in '"“”‘«»'):
            return piece
        return list(self.cut(*piece))[-1] if self._all else piece

    def cut(self, start: int, end: int) -> Iterator[Span]:
        """Cut `[start, end)` where sentences end."""
        number = self.at(start)
        while number < len(self._all) and self._starts[number] < end:
            stop = self._starts[number + 1] if number + 1 < len(self._all) else end
            piece = (max(start, self._starts[number]), min(end, stop))
            if piece[0] < piece[1]:
                yield piece
            number += 1


def closed_up(text: str, one: Resolved) -> list[Span]:
    """The pieces of a content, joined over gaps of a few words that belong to no other role."""
    pieces: list[Span] = []
    others = (*one.attribution.source, *one.attribution.cue)
    for start, end in one.attribution.content:
        if pieces:
            first, last = pieces[-1]
            if text[last].isalnum() and not has_words(text, first, last, _CRUMB):
                pieces[-1] = (start, end)
                continue
            gap = text[last:start]
            taken = any(s < start and e > last for s, e in others)
            if not taken and len(gap) <= _GAP and not any(mark in gap for mark in '“”"\n'):
                pieces[-1] = (first, end)
                continue
            if not has_words(text, first, last, _CRUMB) and not _quoted(text, pieces[-1]):
                pieces.pop()
        pieces.append((start, end))
    return pieces


def within_source(text: str, one: Resolved, piece: Span) -> Span:
    """A piece of a content without what its source says next: "said it rained, | and demanded …";
    and with the rest of a phrase that it is cut in: "he took €412,000 | of the trust's money".
    """
    start, end = piece
    cue = one.attribution.cue
    if cue and cue[0][0] < start and (lead := _THAT_IS.match(text, start, end)):
        return lead.end(), end
    if names(text, one) and (more := _MORE.search(text, start, end)):
        return start, more.start()
    if not cue or cue[0][0] > start or _quoted(text, piece):
        return piece
    for match in _NEXT_VERB.finditer(text, start, end):
        if match["verb"] in lexicon().sayings and has_words(text, start, match.start(), _CRUMB):
            return start, match.start()
    if other := _OTHER.search(text, start, end):
        return start, other.start()
    rest = _OF.match(text, end)
    others = (*one.attribution.source, *cue)
    if rest and not any(s < rest.end() and e > end for s, e in others):
        end = rest.end()
    return start, end


def names(text: str, one: Resolved) -> bool:
    """Whether a source calls something by a name beside what it says: "…, calling it absurd"."""
    cue, content = one.attribution.cue, one.attribution.content
    if not cue or not content or cue[-1][1] > content[0][0]:
        return False
    called = f"{text[slice(*cue[-1])]} {text[slice(*content[0])]}"
    return _NAMING.match(called) is not None


def _quoted(text: str, span: Span) -> bool:
    return any(mark in text[max(0, span[0] - 1) : span[1] + 1] for mark in '“”"«»')


def statements(
    text: str, pieces: Sequence[Span], sentences: Sentences, plain: bool
) -> Iterator[Statement]:
    """Group the pieces of a content into statements: cut at sentences and clauses, join where a
    sentence of the speaker goes on after the reporting words. `plain`: without "But" and "Then".
    """
    current = Statement(())
    for piece in pieces:
        parts = [part for cut in sentences.cut(*piece) for part in split(text, *cut)]
        for number, part in enumerate(parts):
            start, end = trim(text, (part.start, part.end), openers=plain)
            if start >= end or not _LETTER.search(text, start, end):
                continue
            spans = current.spans
            if spans and number == 0 and _goes_on(text, spans[-1], start, end):
                current = Statement((*spans, (start, end)))
                continue
            yield from _kept(text, current)
            current = Statement(((start, end),))
    yield from _kept(text, current)


def _goes_on(text: str, before: Span, start: int, end: int) -> bool:
    """Whether a piece goes on with the sentence of the piece before it (around "he said")."""
    last = text[max(before[0], before[1] - 3) : before[1]].rstrip("”\"'’»")[-1:]
    if last in (".", "!", "?"):
        return False
    first = next((char for char in text[start : start + 4] if char.isalnum()), "A")
    gap = text[before[1] : start]
    if gap.endswith(": ") and len(gap) <= _ROLES and not is_clause(text[start:end]):
        # "There were two reasons, the port said: | fog and a missing pilot."
        return first.islower()
    return first.islower() and len(gap) <= 200 and not any(mark in gap for mark in ";:\n")


def _kept(text: str, statement: Statement) -> Iterator[Statement]:
    spans = statement.spans
    if spans and is_lead(text, spans[-1]):
        # "He said it would:", and a list of what it would.
        return
    polite = len(spans) == 1 and is_courtesy(text, spans[0])
    if spans and not polite and not is_question(text, spans[-1][1]):
        yield statement


def calls_out(text: str, spans: Sequence[Span]) -> bool:
    """Whether what is quoted is one word, which answers nothing: "One!", "Incredible"."""
    told = [word.lower() for start, end in spans for word in _WORD.findall(text, start, end)]
    return len(told) == 1 and told[0] not in _REPLIES
