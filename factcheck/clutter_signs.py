"""What can be seen of a sentence or line that may be of the page and not of the article.

Signs are words and word pairs, the shape of the line, how it ends, whom it speaks to, and where it
stands. Each is a short name, so that the weights fitted for them can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from factcheck.bylines import capitalised
from factcheck.corrections import is_correction
from factcheck.dates import MONTHS

_TOKEN = re.compile(r"[^\W_]+(?:['’.@/\-–&][^\W_]+)*|[^\w\s]")
_WORDS, _LAST = 48, 3
_LONGEST = 600
_ENDED = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_QUOTED = re.compile(r"[\"“”«»„]|''|``|(?<!\w)[‘']|[’'](?!\w)")
_ADDRESS = re.compile(r"\S@\S+\.\w|https?:|www\.|\w\.(?:com|org|net|co|example|gov|html?|io|me)\b")
_HANDLE = re.compile(r"(?<!\w)@\w")
_PHONE = re.compile(r"\d[\d ()/-]{5,}\d")
_PRICE = re.compile(r"[$£€]\s?\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PAST = re.compile(
    r"\b(?:[a-z]{2,}ed|was|were|had|said|told|did|went|came|took|made|found|left|began|broke|fell"
    r"|got|gave|held|kept|knew|led|lost|met|ran|rose|saw|sent|spent|stood|struck|thought|won|wrote"
    r"|says|has|have|will|would)\b"
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_LENGTHS = (1, 2, 4, 7, 11, 16, 25, 40)
_AWAY = (0, 1, 2, 4, 8, 16)


Fixed = Literal["", "byline", "page", "heading"]


@dataclass(slots=True)
class Piece:
    """A sentence of a line, or a whole line.

    `opens` and `ends`: whether its line begins and ends with it; `gap`: whether a blank line stands
    before its line; `quoted`: whether it stands in the middle of what somebody says; `bullet`:
    whether its line opens with a mark; `fixed`: what it is where that is known before its signs are
    read; `headline`: whether it may be the title.
    """

    text: str
    opens: bool = True
    ends: bool = True
    gap: bool = False
    quoted: bool = False
    bullet: bool = False
    fixed: Fixed = ""
    headline: bool = False


def is_running(piece: Piece) -> bool:
    """Whether it is a sentence as articles have them: long, ended, in the past."""
    text = piece.text[:_LONGEST]
    return (
        text.count(" ") >= 9
        and _ENDED.search(text[-8:]) is not None
        and _PAST.search(text) is not None
    )


def signs(pieces: Sequence[Piece]) -> Iterator[list[str]]:
    """The signs of each piece, in order; linear in the length of the text."""
    running = [n for n, piece in enumerate(pieces) if is_running(piece)]
    first, last = (running[0], running[-1]) if running else (len(pieces), -1)
    authors = frozenset(
        word.casefold()
        for piece in pieces
        if piece.fixed == "byline"
        for word in _TOKEN.findall(piece.text[:120])
        if word[0].isupper() and len(word) > 2
    )
    for number, piece in enumerate(pieces):
        found = [*_words(piece), *_shape(piece)]
        found.append("at:" + ("head" if number < first else "tail" if number > last else "among"))
        found.append(f"left:{_bucket(len(pieces) - 1 - number, _AWAY)}")
        found.append(f"from:{_bucket(number, _AWAY)}")
        for name, near in (("before", number - 1), ("after", number + 1)):
            if 0 <= near < len(pieces):
                found += [f"{name}:{sign}" for sign in _near(pieces[near])]
            else:
                found.append(f"{name}:none")
        head = piece.text.split(None, 1)[0].casefold().strip(".,:") if piece.text.strip() else ""
        if authors and head in authors:
            found.append("author" if number <= last else "author:tail")
        yield list(dict.fromkeys(found))


def _tokens(text: str) -> list[tuple[str, str]]:
    """Words as they are and as their kind."""
    found = []
    for number, word in enumerate(_TOKEN.findall(text)):
        low = word.casefold().replace("’", "'")
        if low[0].isdigit():
            kind = low = "0" if low.isdigit() else "0x"
        elif low in MONTHS:
            kind = low = "<month>"
        elif low in _DAYS:
            kind = low = "<day>"
        elif number and word[0].isupper():
            kind = "<Name>" if not word.isupper() or len(word) == 1 else "<NAME>"
        else:
            kind = low
        found.append((low, kind))
    return found


def _words(piece: Piece) -> Iterator[str]:
    text = piece.text[:_LONGEST]
    tokens = _tokens(text)[:_WORDS]
    yield from (low for low, _ in tokens)
    kinds = ["^", *(kind for _, kind in tokens), "$"]
    lows = ["^", *(low for low, _ in tokens), "$"]
    for one, other in (*pairwise(kinds), *pairwise(lows)):
        yield f"{one} {other}"
    yield "^ " + " ".join(kinds[1:4])


def _shape(piece: Piece) -> Iterator[str]:
    text = piece.text[:_LONGEST]
    words = text.split()
    letters = [w for w in words if any(map(str.isalpha, w))]
    past = _PAST.search(text) is not None
    ended = _ENDED.search(text[-8:]) is not None
    length = _bucket(len(words), _LENGTHS)
    yield f"length:{length}"
    yield f"ended:{ended}"
    yield f"length:{length},ended:{ended}"
    yield f"past:{past}"
    yield f"capitals:{round(4 * capitalised(letters)) if letters else '-'}"
    yield f"part:{piece.opens:d}{piece.ends:d}"
    for name, pattern in (
        ("address", _ADDRESS),
        ("handle", _HANDLE),
        ("phone", _PHONE),
        ("price", _PRICE),
        ("year", _YEAR),
    ):
        if pattern.search(text):
            yield f"has:{name}"
    quoted = piece.quoted or _QUOTED.search(text) is not None
    if quoted:
        yield "quoted:inside" if piece.quoted else "quoted"
    low = set(re.findall(r"[a-z']+", text.lower().replace("’", "'")))
    reader = bool(low & {"you", "your", "you're", "yours", "you'd", "you've", "you'll"})
    ours = bool(low & {"we", "our", "us", "we're", "we've", "we'd", "we'll"})
    for name, true in (("you", reader), ("we", ours)):
        if true:
            yield f"{name},past:{past},quoted:{quoted}"
    if letters and letters[-1].isupper() and len(letters) > 1:
        yield "loud" if text.isupper() else "loud:end"
    if piece.bullet:
        yield "bullet"
    if is_correction(text):
        yield "change"


def _near(piece: Piece) -> Iterator[str]:
    """What is told of the piece before or behind."""
    if piece.fixed:
        yield piece.fixed
    words = piece.text[:_LONGEST].split()
    ended = _ENDED.search(piece.text[-8:]) is not None
    yield f"{_bucket(len(words), (2, 7, 16))},{ended}"
    if len(words) <= 5:
        yield " ".join(low for low, _ in _tokens(piece.text[:_LONGEST]) if low.isalnum())


def _bucket(number: int, bounds: Sequence[int]) -> int:
    return sum(number > bound for bound in bounds)
