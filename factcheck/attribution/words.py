"""Words of a text with their offsets, and runs of capitalised words that are names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.attribution.lexicon import Lexicon, fold, lexicon
from factcheck.outlets import lookup

# An initialism with its points, or a word with its inner hyphens, apostrophes and points. The
# classes inside and between pieces are disjoint, so that matching is linear.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’&./]\w+)*")
# A line may be wrapped anywhere, and titles are tied to names by spaces that do not break.
_SPACES = frozenset((" ", "\n", "\r\n", "\u00a0", "\u202f", "\u2009"))
_PARTICLE = re.compile(r"(?:al|el|ash|an|as|at|ben|bin|van|de)-[^\W\d_a-z]")
_POSSESSIVE = re.compile(r"(?:['’][sS]|(?<=[sS])['’])$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: `end` leaves a possessive ending out, `stop` takes it in."""

    start: int
    end: int
    stop: int
    text: str
    lower: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter, a particle aside ("al-Assad")."""
        return self.text[0].isupper() or _PARTICLE.match(self.text) is not None

    @property
    def possessive(self) -> bool:
        """Whether it carries a possessive ending."""
        return self.stop > self.end


def split(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`, in order."""
    words = []
    abbreviations = lexicon().abbreviations
    for match in _WORD.finditer(text, start, end):
        begin, stop = match.span()
        word = match[0]
        tail = _POSSESSIVE.search(word)
        cut = begin + tail.start() if tail and tail.start() else stop
        if cut == stop and stop < end and text[stop] in "'’" and word[-1] in "sS":
            # "sources’ claims" – but a closing quotation mark has no word on its heels.
            follows = text[stop + 1 : stop + 3]
            if len(follows) == 2 and follows[0] == " " and follows[1].isalnum():
                stop += 1
        lower = text[begin:cut].lower()
        if stop < end and text[stop] == "." and (lower in abbreviations or cut - begin == 1):
            stop += 1
            cut = stop if cut == stop - 1 else cut
        words.append(Word(begin, cut, stop, text[begin:cut], lower.rstrip(".")))
    return words


class Words:
    """All words of an article's running text, found by offset."""

    def __init__(self, text: str, ranges: Sequence[tuple[int, int]]) -> None:
        """Split the `ranges` of `text`, which are sorted and do not overlap."""
        self.text = text
        self.all = [word for start, end in ranges for word in split(text, start, end)]
        self._starts = [word.start for word in self.all]
        self.lowered = frozenset(word.text for word in self.all if not word.capital)
        # Words that are capitalised where no sentence starts: sure to be of a name.
        self.capitalised = frozenset(
            word.text
            for number, word in enumerate(self.all)
            if word.capital and not opens_sentence(self, number)
        )

    def index(self, offset: int) -> int:
        """The number of the first word that starts at `offset` or later."""
        return bisect_left(self._starts, offset)

    def between(self, start: int, end: int) -> list[Word]:
        """The words that start inside `[start, end)`."""
        return self.all[self.index(start) : self.index(end)]

    def phrase(self, start: int, end: int) -> str:
        """The text between two offsets with plain single spaces."""
        return " ".join(self.text[start:end].split())

    def gap(self, number: int) -> str:
        """The characters between a word and the one after it; any lone space is a plain one."""
        gap = self.text[self.all[number].stop : self.all[number + 1].start]
        return " " if gap in _SPACES else gap


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive words that make a name: numbers of the first and of the one after the last."""

    first: int
    last: int


def name_runs(words: Words) -> list[Run]:
    """Find the names of a text: runs of capitalised words, with "of", "for", "de", "al" inside.

    A sentence's first word belongs to a run only where it is no function word, and a lone
    capital at a sentence's start only where the text does not have it in lower case.
    """
    lex = lexicon()
    runs: list[Run] = []
    number = 0
    total = len(words.all)
    while number < total:
        if not _starts_name(words, number, lex):
            number += 1
            continue
        last = number + 1
        while last < total and not words.all[last - 1].possessive:
            step = _joins(words, last - 1, lex)
            if not step:
                break
            last += step
        lone = last - number == 1 and opens_sentence(words, number)
        if not lone or _is_name_alone(words, number, lex):
            runs.append(Run(number, last))
        number = last
    return runs


def _is_name_alone(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether a lone capitalised word at a sentence's start is a name."""
    word = words.all[number]
    if number + 1 < len(words.all) and words.gap(number) == " ":
        speaks = words.all[number + 1].lower in lex.sayings | lex.opinions
        if speaks and word.lower not in words.lowered and not _is_noun(word.lower, lex):
            return True
    if word.text in words.capitalised:
        return word.lower not in words.lowered
    folded = fold(word.text)
    return (
        word.text.isupper()
        or folded in lex.countries
        or folded in lex.capitals
        or lookup(word.text) is not None
    )


def _is_noun(lower: str, lex: Lexicon) -> bool:
    singular = lower.removesuffix("s")
    known = (lex.plurals, lex.documents, lex.organisations, lex.persons)
    return any(lower in words or singular in words for words in known)


def _starts_name(words: Words, number: int, lex: Lexicon) -> bool:
    word = words.all[number]
    if not word.capital or word.lower in lex.calendar:
        return False
    if word.lower in lex.functions:
        # "US", "IT" and the like are names, "It" and "Us" are not.
        return len(word.text) > 1 and word.text.isupper() and word.lower in ("us", "who")
    return True


def _joins(words: Words, number: int, lex: Lexicon) -> int:
    """How many words after word `number` continue its name: 0, 1, or more across "of the"."""
    total = len(words.all)
    step = 1
    while number + step < total and step <= 3:
        gap = words.gap(number + step - 1)
        after = words.all[number + step]
        if gap != " " and not (gap == ", " and after.lower in ("jr", "sr", "inc")):
            return 0
        if after.capital:
            given = words.all[number].lower in lex.first_names
            if after.lower in lex.calendar:
                # "Theresa May" is a name, "in May" is none.
                return step if given else 0
            return 0 if after.lower in lex.functions else step
        if step == 1:
            inner = after.lower in lex.particles or (
                after.lower in ("of", "for") and _takes_of(words.all[number], lex)
            )
            if not inner:
                return 0
        elif after.lower != "the":
            return 0
        step += 1
    return 0


def _takes_of(word: Word, lex: Lexicon) -> bool:
    lower = word.lower
    return (
        lower in lex.organisation_names
        or (lower,) in lex.titles
        or lower in ("house", "institute", "department", "justice", "affairs", "chamber", "league")
    )


def opens_sentence(words: Words, number: int) -> bool:
    """Whether a word is the first of its sentence or quotation, going by the marks before it."""
    if number == 0:
        return True
    before = words.text[words.all[number - 1].stop : words.all[number].start]
    return any(mark in before for mark in '.!?\n:;“"«”—–-•*|') and before != "-"
