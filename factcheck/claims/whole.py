"""Whether the words of a claim are a statement in whole, and what makes them one where not.

What a source is said to have said is often no clause: "blamed [the snow]", "described as [a mess]".
Such words say nothing alone, and are told with the clause that they stand in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.resolve import Resolved
from factcheck.claims.clauses import (
    Part,
    Statement,
    has_words,
    is_question,
    past_head,
    split,
    trim,
)
from factcheck.claims.grammar import (
    is_clause,
    is_finite,
    is_open,
    main_verb,
    may_be_past,
    table,
    tokens,
)
from factcheck.dates import WEEKDAYS
from factcheck.lang import words
from factcheck.records import Article, QuoteKind, Sentence, Span

_WORD = re.compile(r"[^\W_]+")
# What may stand beside a cut: a sign, or a word that joins what follows.
_BREAK = re.compile(
    r"[\s\"'“”‘’«»]*(?:[,.;:!?()—–•‣▪●◦∙\n-]|$|(?:and|but|or|yet|while|whereas|although|though|even)\b)"
)
_SIGN = re.compile(
    r"(?:^|[,.;:!?()—–•‣▪●◦∙-]|\b(?:and|but|or|yet|while|whereas|that))[\s\"'“”‘’«»]*$"
)
_AND = re.compile(r"[\s,;\"'”’»]*(?:and|but|while|whereas|although|though)\s|,\s+[a-z]+ing\s")
_LEADS = re.compile(r",\s+[a-z]+ing$")
_DAYS = "|".join(WEEKDAYS)
_DAY = re.compile(rf"(?i)\b(?:{_DAYS}|yesterday|today)\b.*,\s*$|\s[–—-]+\s*$", re.DOTALL)
# An opening that tells a day, or a dateline, is no longer than this.
_FRONT = 120
# "Doe said [the same, and so did Roe]" says nothing alone.
_THE_SAME = re.compile(r"(?i)(?:the same|as much|so|otherwise|likewise)\b(?! \w+ing\b)")
_THAT = re.compile(r"that\b")
_NEAR = 40
# "Her complaint about [a buoy got nowhere]" is no content in whole.
_GOVERNED = re.compile(r"\b(?:about|of|for|with|on|against|over|from|into|by) $")
_SHORTEST = 5
# So many words before a source are looked through for another saying.
_BEFORE = 40
# So many words beside a source tell that it stands in an inner clause: "what officials called".
_BESIDE = 2
_OF_THINGS = words("claims", "whole", "relatives")
_MARKS = frozenset("“\"«„‘'")
# A direct quotation of fewer words that has no verb ("“crazy”") states nothing by itself.
_FEWEST_QUOTED = 3
_LETTER = re.compile(r"[^\W\d_]")


class Whole:
    """Judges the statements of one article."""

    def __init__(self, article: Article) -> None:
        """Prepare for the statements of an article."""
        self._text = article.text
        self._all = article.sentences
        self._starts = [sentence.start for sentence in article.sentences]
        self._parts: dict[Span, list[Part]] = {}

    def grown(self, span: Span) -> Span:
        """A span with all of the words and figures that it begins and ends in: "$634|.5"."""
        start, end = span
        while _inside_word(self._text, start) and span[0] - start < _NEAR:
            start -= 1
        while _inside_word(self._text, end) and end - span[1] < _NEAR:
            end += 1
        more = _WORD.match(self._text, end + 1)
        if more and more[0] in table().magnitudes and self._text[end - 1].isdigit():
            end = more.end()
        return start, end

    def is_whole(self, one: Resolved, statement: Statement, quote: QuoteKind) -> bool:
        """Whether a statement of an attribution can stand alone as far as its cuts go."""
        spans = statement.spans
        text = self._text
        if len(spans) == 1 and self._is_sentence(spans[0]):
            return True
        for (_, last), (first, _) in pairwise(spans):
            if not _parenthetical(text, last, first) or self._begins_anew(spans[0], first):
                return False
        words = " ".join(text[start:end] for start, end in spans)
        if _THE_SAME.match(words):
            return False
        if quote == "direct":
            letter = _LETTER.search(words)
            # "The “source of evil”" begins with a word of the outlet's.
            own = text[spans[0][0]] in _MARKS or _MARKS.isdisjoint(words[1:-1])
            upper = letter is None or letter[0].isupper()
            if own and upper and has_words(words, 0, len(words), _FEWEST_QUOTED):
                return True
        if _GOVERNED.search(text[max(0, spans[0][0] - _NEAR) : spans[0][0]]):
            return False
        if self._is_relative(one, spans[0]):
            return False
        if quote == "indirect" and self._lacks_object(one, spans[0][0]):
            return False
        return self._may_end(one, words, spans[-1][1]) and is_clause(words)

    def _lacks_object(self, one: Resolved, start: int) -> bool:
        """Whether a content is told of in a relative clause: "tickets that | it says | it sold"."""
        source, cue = one.attribution.source, one.attribution.cue
        if not source or not cue or not source[0][1] <= cue[0][0] <= cue[-1][1] <= start:
            return False
        sentence = self._sentence(source[0][0])
        before = tokens(self._text[sentence.start : source[0][0]])[-_BEFORE:] if sentence else []
        low = [token.low for token in before if token.is_word]
        if len(low) < 2 or low[-1] not in _OF_THINGS:
            return False
        if not before[-2].is_word:
            # "The tickets, which | it says | it sold".
            return low[-1] != "that"
        # "He said on Friday | that police say it rained" is none.
        return not (low[-1] == "that" and set(low) & (lexicon().sayings | lexicon().opinions))

    def _is_relative(self, one: Resolved, span: Span) -> bool:
        """Whether "that" in front of a content stands for the noun before it: "a report | that put
        it at six", "two days are all that | he was given, Doe said".
        """
        start, end = span
        sentence = self._sentence(start)
        if sentence is None or not one.attribution.cue:
            return False
        that = _THAT.match(self._text, start, end)
        head = tokens(self._text[sentence.start : start])
        if that is None:
            # In front of what is said no word governs it, unless its cue stands there.
            led = [token.low for token in head[-2:]]
            follows = one.attribution.cue[0][0] >= end
            return follows and led[-1:] == ["that"] and len(led) > 1 and head[-2].is_word
        rest = tokens(self._text[start:end])
        noun = len(head) > 1 and head[-2].low in table().determiners
        return noun and len(rest) > 1 and is_finite(rest, 1)

    def _begins_anew(self, before: Span, at: int) -> bool:
        """Whether a piece is no part of the clause before: "…, the judge ruled, | awarding her"."""
        word = _WORD.match(self._text, at)
        low = word[0].lower() if word else ""
        if low.endswith("ing") and len(low) > _SHORTEST:
            return True
        told = self._text[slice(*before)]
        fronted = next((token.low for token in tokens(told) if token.is_word), "")
        leads = fronted in table().follow | table().adverbs or is_open(told)
        return low in table().determiners and not leads

    def _may_end(self, one: Resolved, words: str, end: int) -> bool:
        """Whether a statement may end where it does: not in "He conceded | nothing"."""
        if breaks_after(self._text, end) or breaks_before(self._text, end):
            return True
        if is_open(words):
            return False
        after = _WORD.search(self._text, end, end + _NEAR)
        if after is None or after[0].lower() in table().follow:
            return True
        # "Younger than anybody [has said]" ends in the subject of the cue.
        return any(end <= start <= after.start() for start, _ in one.attribution.source)

    def _is_sentence(self, span: Span) -> bool:
        sentence = self._sentence(span[0])
        if sentence is None:
            return False
        return not (
            _WORD.search(self._text, sentence.start, span[0])
            or _WORD.search(self._text, span[1], sentence.end)
        )

    def _sentence(self, at: int) -> Sentence | None:
        number = bisect_right(self._starts, at) - 1
        return self._all[number] if number >= 0 else None

    def clause(
        self, one: Resolved, statement: Statement, outer: Resolved | None
    ) -> Statement | None:
        """The clause that a fragment stands in; `None` where the outlet is who tells it.

        `outer` is whose content holds all of it, if anybody's.
        "He blamed [the snow]" is his, "the start of what he called ["a new age"]" the outlet's.
        """
        sentence = self._sentence(statement.spans[-1][0])
        if sentence is None:
            return None
        within = (past_head(self._text, sentence.start, sentence.end), sentence.end)
        for start, end in outer.attribution.content if outer else ():
            if start <= statement.spans[0][0] and statement.spans[-1][1] <= end:
                within = (max(start, within[0]), min(end, within[1]))
        source = _inside(one.attribution.source, within)
        cue = _inside(one.attribution.cue, within)
        told = [*source, *cue, *_inside(statement.spans, within)]
        if not told:
            # What stands between two sentences (a heading, a caption) is in no clause.
            return None
        hull = _hull(told)
        if within not in self._parts:
            self._parts[within] = split(self._text, *within)
        parts = self._parts[within]
        chosen = [part for part in parts if part.start < hull[1] and hull[0] < part.end]
        if not chosen:
            return None
        own = trim(self._text, (chosen[0].start, chosen[-1].end), openers=True)
        if _goes_on(self._text[hull[1] : max(hull[1], own[1])]):
            own = trim(self._text, (own[0], hull[1]))
        own = self._framed(own, hull)
        after = self._text[cue[-1][1] : cue[-1][1] + 1] if cue else ""
        if source and own[0] == source[0][0] and after == ",":
            # "Then, she said, came a sound": the reporting words stand inside what is said.
            own = trim(self._text, (chosen[0].start, own[1]))
        if not is_clause(self._text[slice(*own)]):
            own = trim(self._text, within, openers=True)
        start = min(own[0], chosen[0].start)
        if is_question(self._text, own[1]) or not self._speaks((start, own[1]), hull, source, cue):
            return None
        return Statement((own,))

    def _framed(self, own: Span, hull: Span) -> Span:
        """A clause without the day or dateline that opens it, which is a circumstance of the
        telling, and without a participle that leads on: ", saying".
        """
        start, end = own
        before = self._text[start : hull[0]]
        if len(before) < _FRONT and _DAY.search(before) and main_verb(tokens(before)) is None:
            start = hull[0]
        leads = _LEADS.search(self._text, max(hull[1] - _NEAR, start), end)
        return start, leads.start() if leads else end

    def _speaks(self, own: Span, hull: Span, source: Sequence[Span], cue: Sequence[Span]) -> bool:
        """Whether the main clause is that the source says so, and not what the outlet tells."""
        if not cue:
            return True
        if not source:
            return False
        before = self._text[own[0] : hull[0]]
        verb = _main_at(self._text, own)
        # "She went every week, her son [said], …": what comes before is his too.
        beside = before.rstrip().endswith(",") and _is_saying(self._text, cue)
        if verb is not None and not hull[0] <= verb < hull[1] and not beside:
            return False
        named = self._text[source[0][0] : cue[0][0]]
        if named.rstrip().endswith(","):
            # "The leader, who resigned, [said]": the inner clause is over.
            return True
        near = (*tokens(before)[-_BESIDE:], *tokens(named)[-_BESIDE:])
        told = tokens(self._text[slice(*source[0])])
        inner = table().relatives | {"what", "that"}
        return not any(token.low in inner for token in (*near, *told))


def _inside_word(text: str, at: int) -> bool:
    """Whether a word or a figure goes on over an offset: "$634|.5", "U|.S."."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left.isalnum() and right.isalnum():
        return True
    beyond = text[at + 1 : at + 2]
    if right in ".,:" and left.isdigit():
        return beyond.isdigit()
    if left in ".,:" and right.isdigit():
        return at > 1 and text[at - 2].isdigit()
    if right == "." and left.isupper():
        return beyond.isupper() or (at > 1 and text[at - 2] == ".")
    if left == "." and right.isupper():
        return at > 1 and text[at - 2].isupper() and text[at + 1 : at + 2] in (".", "")
    return left in "$€£¥#" and right.isdigit()


def breaks_after(text: str, at: int) -> bool:
    """Whether a stretch of text may end at `at`: a sign or a conjunction follows."""
    return _BREAK.match(text, at, at + _NEAR) is not None


def breaks_before(text: str, at: int) -> bool:
    """Whether a stretch of text may begin at `at`: a sign or a conjunction stands before."""
    return _SIGN.search(text[max(0, at - _NEAR) : at]) is not None


def _parenthetical(text: str, last: int, first: int) -> bool:
    """Whether what stands between two pieces of a statement is set off from both."""
    begins = breaks_before(text, last) or breaks_after(text, last)
    return begins and (breaks_before(text, first) or text[first] in _MARKS)


def _is_saying(text: str, cue: Sequence[Span]) -> bool:
    """Whether a cue is one of speech, or stands alone between commas: ", she [found], …"."""
    if text[cue[-1][1] : cue[-1][1] + 1] in (",", "."):
        return True
    words = {word.lower() for span in cue for word in _WORD.findall(text, *span)}
    return not words.isdisjoint(lexicon().sayings)


def _main_at(text: str, span: Span) -> int | None:
    """Where the main verb of a stretch of text stands."""
    found = tokens(text[slice(*span)])
    verb = main_verb(found)
    return None if verb is None else span[0] + found[verb].start


def _goes_on(after: str) -> bool:
    """Whether another statement follows: "called it a mess | and left", "…, | saying it rained"."""
    joint = _AND.match(after)
    if joint is None:
        return False
    word = _WORD.match(after, joint.end())
    opens = word is not None and (word[0] in lexicon().finite or may_be_past(word[0]))
    found = tokens(after)
    return opens or any(is_finite(found, at) for at in range(len(found)))


def _inside(spans: Sequence[Span], within: Span) -> list[Span]:
    return [
        (max(start, within[0]), min(end, within[1]))
        for start, end in spans
        if start < within[1] and within[0] < end
    ]


def _hull(spans: Sequence[Span]) -> Span:
    return min(span[0] for span in spans), max(span[1] for span in spans)
