"""Changes to articles that a hostile or broken world makes: for `benchmarks.fuzz`.

Each change takes a text and a source of chance, and returns another text; `to_bytes` then writes it
as files come. Articles are the sample's and, where at hand, those of the newsroom events.
"""

from __future__ import annotations

import codecs
import random
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

Change = Callable[[str, random.Random], str]

_PARTS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def _insert(words: list[str], chance: random.Random, parts: list[str]) -> str:
    for _ in range(chance.randint(1, 8)):
        words.insert(chance.randrange(len(words) + 1), chance.choice(parts))
    return " ".join(words)


def numbers(text: str, chance: random.Random) -> str:
    """Odd numbers between the words, or in place of those that are there."""
    if chance.random() < 0.5:
        return re.sub(r"\d+", lambda m: chance.choice([m.group(), *_PARTS["numbers"]]), text)
    return _insert(text.split(" "), chance, _PARTS["numbers"])


def times(text: str, chance: random.Random) -> str:
    """Days and hours that no calendar has, or that lie at its ends."""
    return _insert(text.split(" "), chance, _PARTS["times"])


def scraps(text: str, chance: random.Random) -> str:
    """Loose marks, markup of all kinds, commands, other scripts."""
    return _insert(text.split(" "), chance, _PARTS["scraps"])


def characters(text: str, chance: random.Random) -> str:
    """Any characters of Unicode at any place."""
    letters = list(text)
    for _ in range(chance.randint(1, 40)):
        point = chance.choice((chance.randrange(0x250), chance.randrange(0x110000)))
        if not 0xD800 <= point < 0xE000:
            letters.insert(chance.randrange(len(letters) + 1), chr(point))
    return "".join(letters)


def line_ends(text: str, chance: random.Random) -> str:
    """Other line ends, too many, or none."""
    ends = ["\r\n", "\r", "\n\n", "\u2028", "\x85", "\x0b", "", "\n \n", "\r\r\n", " "]
    return text.replace("\n", chance.choice(ends))


def cut(text: str, chance: random.Random) -> str:
    """A part is gone."""
    first, last = sorted(chance.randrange(len(text) + 1) for _ in "ab")
    return text[:first] + text[last:]


def repeated(text: str, chance: random.Random) -> str:
    """A part stands several times."""
    first = chance.randrange(len(text) + 1)
    last = min(len(text), first + chance.randint(1, 300))
    return text[:last] + text[first:last] * chance.randint(1, 20) + text[last:]


def shuffled(text: str, chance: random.Random) -> str:
    """The sentences stand in another order."""
    sentences = re.split(r"(?<=[.!?”]) ", text)
    chance.shuffle(sentences)
    return " ".join(sentences)


def fronted(text: str, chance: random.Random) -> str:
    """Another front matter, seldom a good one."""
    body = text.split("\n---\n", 1)[-1]
    keys = chance.sample(_PARTS["front"], chance.randint(1, 3))
    return "---\n" + "\n".join(keys) + "\n---\n" + body


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        numbers, times, scraps, characters, line_ends, cut, repeated, shuffled, fronted,
    )
}  # fmt: skip
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "koi8-r")


def to_bytes(text: str, chance: random.Random) -> bytes:
    """The text as a file: mostly UTF-8, sometimes another encoding, cut or with flipped bytes."""
    if chance.random() < 0.8:
        return text.encode("utf-8", "replace")
    data = bytearray(text.encode(chance.choice(_ENCODINGS), "replace"))
    kind = chance.randrange(4)
    if kind == 0 and data:
        del data[chance.randrange(len(data)) :]
    elif kind == 1:
        for _ in range(chance.randint(1, 20)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
    elif kind == 2:
        data[:0] = chance.choice((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, b"\0\0", b"%PDF-1.7\n"))
    return bytes(data)
