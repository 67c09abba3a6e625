"""WordPiece, the way in which BERT cuts text into pieces of words (Devlin et al., NAACL 2019).

Our own, since the library for it brings a client for a model hub with an HTTP stack: a program that
promises to open no connection should not install one. The tests hold it against that library.
Unlike there, no text is taken for a special piece: "[SEP]" in an article is a word in brackets.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

# A longer word is one unknown piece.
LONGEST = 100
UNKNOWN = "[UNK]"
_CONTINUED = "##"
# What lies between blanks is cut once for all its places in a text; news repeats four in five.
_CHUNK = re.compile(r"[^ \t\n\r]+")
_KEPT, _LONGEST_KEPT = 65_536, 40
_ASCII_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_CJK = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip

# Controls, formats, surrogates, private use; what is not assigned may be text of tomorrow.
_NO_TEXT = frozenset(("Cc", "Cf", "Cs", "Co"))

_Char = tuple[str, int]


class Encoding(NamedTuple):
    """Pieces in order: their ids, and [start, end) in code points of the text."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


class WordPiece:
    """An uncased vocabulary, by piece; a piece that continues a word begins with `##`."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Use a vocabulary, which has to hold `[UNK]`."""
        self._vocabulary = vocabulary
        self._unknown = vocabulary[UNKNOWN]
        self._kept = functools.lru_cache(_KEPT)(self._pieces)

    @classmethod
    def from_file(cls, path: Path) -> WordPiece:
        """Read the vocabulary of a `tokenizer.json`. Raises `OSError`, `ValueError`, `KeyError`."""
        return cls(json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"])

    def id_of(self, piece: str) -> int | None:
        """The id of a piece, `None` where the vocabulary lacks it."""
        return self._vocabulary.get(piece)

    def encode(self, text: str) -> Encoding:
        """Cut a text into pieces; nothing is added. Time grows linearly with the text."""
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for match in _CHUNK.finditer(text):
            chunk, at = match.group(), match.start()
            found = self._kept(chunk) if len(chunk) <= _LONGEST_KEPT else self._pieces(chunk)
            ids += found.ids
            offsets += [(at + start, at + end) for start, end in found.offsets]
        return Encoding(tuple(ids), tuple(offsets))

    def _pieces(self, chunk: str) -> Encoding:
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for word in _words(chunk):
            for piece, first, last in self._cut("".join(char for char, _ in word)):
                ids.append(piece)
                offsets.append((word[first][1], word[last - 1][1] + 1))
        return Encoding(tuple(ids), tuple(offsets))

    def _cut(self, word: str) -> list[tuple[int, int, int]]:
        """The longest pieces from the left: id, first and last character (half open)."""
        whole = [(self._unknown, 0, len(word))]
        if len(word) > LONGEST:
            return whole
        found, start = [], 0
        while start < len(word):
            prefix = _CONTINUED if start else ""
            for end in range(len(word), start, -1):
                piece = self._vocabulary.get(prefix + word[start:end])
                if piece is not None:
                    found.append((piece, start, end))
                    start = end
                    break
            else:
                return whole
        return found


def _words(chunk: str) -> Iterator[list[_Char]]:
    """Words and marks of a chunk, as characters in normal form with their place in it."""
    word: list[_Char] = []
    for char, place in _normal(chunk):
        alone = _is_mark(char) or _is_cjk(char)
        if (alone or char.isspace()) and word:
            yield word
            word = []
        if alone:
            yield [(char, place)]
        elif not char.isspace():
            word.append((char, place))
    if word:
        yield word


def _normal(chunk: str) -> Iterator[_Char]:
    """Characters in small letters, without accents and without what is no text."""
    if chunk.isascii() and chunk.isprintable():
        yield from zip(chunk.lower(), range(len(chunk)), strict=True)
        return
    for place, char in enumerate(chunk):
        if char in "\0\ufffd" or (unicodedata.category(char) in _NO_TEXT and char not in "\t\n\r"):
            continue
        for part in unicodedata.normalize("NFD", char):
            if unicodedata.category(part) != "Mn":
                yield from ((small, place) for small in part.lower())


def _is_mark(char: str) -> bool:
    return char in _ASCII_MARKS or unicodedata.category(char)[0] == "P"


def _is_cjk(char: str) -> bool:
    point = ord(char)
    return point >= 0x3400 and any(first <= point <= last for first, last in _CJK)
