"""Claims whose words lean on the sentence before: "It did", "She denies this", "No", "On Friday".

They say nothing alone, so their reading begins with what they answer or point to, in brackets and
in the article's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from factcheck.claims.clauses import has_words, past_head
from factcheck.claims.grammar import is_clause, table, tokens
from factcheck.claims.quoted import paired
from factcheck.lang import words
from factcheck.records import Article, Span, Stance

# Who asks or answers, at the head of a line: "Q:", "LIND:".
_TURN = re.compile(r"(?:[A-Z][\w.'’-]* ?){1,4}:\s+")
# What the line of a list's item begins with, and how far up its beginning may be, in sentences.
_LISTED = re.compile(r"[ \t]*(?:[•‣▪●◦∙*–-]|\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})[.)])[ \t]+")
_ITEMS = 12
_MARKS = "“”\"'‘’ "
_OPENING, _CLOSING = '“"', '”"'
# A reply with more words says something by itself; what is leant on is no longer, in characters.
_FEW, _LONGEST = 6, 220
# Who speaks takes no more characters.
_NAME = 60
# What stands in a sentence before such words is what they lean on if it has so many.
_LEAD = 3
_REPLIES = words("claims", "leaning", "replies")
_JUDGED = words("claims", "leaning", "judged")
_POINTING = words("claims", "leaning", "pointing")
_LEFT_OUT = words("claims", "leaning", "left_out")
_GOVERNING = table().prepositions | words("claims", "leaning", "comparing")
_THINGS = words("claims", "leaning", "things")
_UNNAMED = words("claims", "leaning", "unnamed")
_ASKING = re.compile(r"\b(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Aa]sking|[Ww]hether)\b")


class Leaning:
    """What the claims of one article lean on."""

    def __init__(self, article: Article) -> None:
        """Take the sentences of an article, and the questions that stand over its paragraphs."""
        self._text, self._blocks, self._all = article.text, article.blocks, article.sentences
        self._starts = [sentence.start for sentence in article.sentences]

    def context(self, span: Span, begin: int, stance: Stance) -> str:
        """What a claim at `span` leans on, in brackets: a sentence, a question, or how its own
        sentence begins; empty where it stands alone.

        `begin` is where what is told of it begins, its reporting words included.
        """
        number = bisect_right(self._starts, span[0]) - 1
        if number < 0:
            return ""
        said, first = self._text[slice(*span)], self._starts[number]
        head = self._text[first : begin if begin >= first else span[0]]
        turn = self.answers(span[0])
        found = ""
        led_in = _one_line(self._text[first : span[0]]).rstrip(_MARKS)
        if _answers(said) and _ASKING.search(led_in):
            return f"[{paired(led_in)}]"
        if _is_left_out(said, stance):
            led = has_words(head, 0, len(head), _LEAD) and begin >= first
            found = _one_line(head) if led else self._before(number) or self._over(number)
        elif _is_reply(said) or (turn and not is_clause(said)):
            asked = self._over(number) or self._before(number)
            if asked.endswith("?") or _ASKING.search(asked):
                found = asked
        elif _opens_unnamed(said):
            found = self._over(number)
        if not found and not is_clause(said):
            found = self._leading(number, span[0]) or self._heading(span[0])
        return f"[{paired(found)}]" if found else ""

    def answers(self, start: int) -> bool:
        """Whether nothing but a name at the head of its line says who speaks at `start`."""
        line = self._text.rfind("\n", 0, start) + 1
        return start - line < _NAME and bool(_TURN.fullmatch(self._text[line:start]))

    def _heading(self, at: int) -> str:
        """The question that runs into the paragraph of what it is answered by at `at`."""
        line = self._text.rfind("\n", 0, at) + 1
        if at - line > _LONGEST or past_head(self._text, line, at + 1) != at:
            return ""
        asked = _one_line(self._text[line:at]).strip("*_: ")
        return asked if asked.endswith("?") else ""

    def _leading(self, number: int, at: int) -> str:
        """What leads up to the list that a sentence is an item of: "It names three causes:"."""
        if not self._is_item(number, at):
            return ""
        for before in range(number - 1, max(-1, number - 1 - _ITEMS), -1):
            sentence = self._all[before]
            told = _one_line(self._text[sentence.start : sentence.end])
            if told.endswith(":"):
                return told if len(told) <= _LONGEST and is_clause(told[:-1]) else ""
            if not self._is_item(before, sentence.end):
                return ""
        return ""

    def _is_item(self, number: int, at: int) -> bool:
        """Whether the line that a sentence begins in, before `at`, opens as the item of a list."""
        start = self._starts[number]
        line = self._text.rfind("\n", 0, start) + 1
        return start - line < _NAME and _LISTED.match(self._text, line, at) is not None

    def _over(self, number: int) -> str:
        """The heading over the paragraph of a sentence, where it is a question."""
        at = self._all[number].block
        over = self._blocks[at - 1] if at else None
        if over is None or over.kind not in ("heading", "title"):
            return ""
        asked = _one_line(self._text[over.start : over.end])
        return asked if asked.endswith("?") and len(asked) <= _LONGEST else ""

    def _before(self, number: int) -> str:
        """The sentence before another, of the same paragraph or of the one before it."""
        if not number:
            return ""
        before, own = self._all[number - 1], self._all[number]
        between = self._blocks[before.block + 1 : own.block]
        if any(block.kind in ("heading", "title") for block in between):
            return ""
        told = _TURN.sub("", _one_line(self._text[before.start : before.end]), count=1)
        if told[:1] in _OPENING and not told.strip(_OPENING + _CLOSING).count(told[0]):
            # A quotation that goes on.
            told = told.strip(_OPENING + _CLOSING)
        whole = all(told.count(one) == told.count(other) for one, other in ("“”", "()", "[]"))
        return told if len(told) <= _LONGEST and whole and told.count('"') % 2 == 0 else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(said: str) -> list[str]:
    return [token.low for token in tokens(said) if token.is_word]


def _is_reply(said: str) -> bool:
    """Whether words open as an answer: "No.", "Yes, I think so"."""
    bare = said.lstrip(_MARKS)
    first = re.match(r"[\w'’ ]{2,20}?(?=[.,!]|\s*$)", bare)
    return first is not None and first[0].lower() in _REPLIES


def _answers(said: str) -> bool:
    """Whether few words reply to, or point back to, what was asked: "That is not for today"."""
    plain = _plain(said)
    points = bool(plain) and plain[0].partition("'")[0] in _THINGS and len(plain) <= _FEW + _LEAD
    return points or _is_reply(said)


def _is_left_out(said: str, stance: Stance) -> bool:
    """Whether what a claim states is left out, or pointed to: "it did", "has confirmed this",
    "that's not true".
    """
    plain = _plain(said)
    if not 0 < len(plain) <= _FEW:
        return False
    last = plain[-1]
    if plain[0].partition("'")[0] in _THINGS and last in _JUDGED:
        return len(plain) > 1 and plain[-2] not in table().prepositions
    if plain[-2:-1] and plain[-2] in _GOVERNING:
        return False
    if last in ("no", "yes"):
        return 1 < len(plain) <= _LEAD + 1
    if last in table().auxiliaries or last.endswith("n't") or last in _LEFT_OUT:
        return len(plain) > 1
    denied = stance == "denies" or plain[-2:-1] == ["denies"]
    return last in _POINTING or (last == "it" and denied)


def _opens_unnamed(said: str) -> bool:
    """Whether a claim is told of "it" or "they" and names nothing else."""
    plain = _plain(said)
    return bool(plain) and plain[0].partition("'")[0] in _UNNAMED and len(plain) <= 3 * _FEW
