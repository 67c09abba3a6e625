"""Words of a text with their offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck import lang
from factcheck.attribution.lexicon import lexicon

# An initialism with its points, or a word with its inner hyphens, apostrophes and points. The
# classes inside and between pieces are disjoint, so that matching is linear.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’&./]\w+)*")
# A line may be wrapped anywhere, and titles are tied to names by spaces that do not break.
_SPACES = frozenset((" ", "\n", "\r\n", "\u00a0", "\u202f", "\u2009"))
_PARTICLE = re.compile(
    r"(?:(?:al|el|ad|ar|ash|an|as|at|az|ul|ben|bin|ibn|van|de)-|(?:d|l|dall|dell|o|n)['’])[^\W\d_a-z]"
)
_POSSESSIVE = re.compile(r"(?:['’][sS]|(?<=[sS])['’])$")


# A sentence goes on after the quotation that it opens with: “It is shut,” Cole said.
_GOES_ON = frozenset((",” ", '," ', ",’ ", ",' ", "”, ", '", ', "’, ", "', ", "», "))
_ALONE = lang.words("attribution", "words", "alone")


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
        # How often each capitalised word stands without "and" before it: it names by itself.
        self.often = Counter(
            word.text
            for number, word in enumerate(self.all)
            if word.capital and number and self.all[number - 1].lower in _ALONE
        )
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


def opens_sentence(words: Words, number: int) -> bool:
    """Whether a word is the first of its sentence or quotation, going by the marks before it."""
    if number == 0:
        return True
    before = words.text[words.all[number - 1].stop : words.all[number].start]
    if before in _GOES_ON:
        return False
    return any(mark in before for mark in '.!?\n:;“"«”—–-•*|') and before != "-"
