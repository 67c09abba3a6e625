"""What stands on a page beside the article: calls to the reader, notes of the editors, credits.

Which of a text's lines and sentences are of the page is read by a chain of kinds whose weights were
fitted (`training/train_lines.py`, `data/clutter.json`): each piece speaks for a kind by its signs
(`clutter_signs`), and neighbours speak for one another. What is left out by mistake is a lost
claim, so a piece counts as the article's own unless the page is much more likely.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from factcheck.clutter_signs import Piece, signs
from factcheck.records import BlockKind

# What the chain tells apart: the article's own text first, what is fixed before it last.
KINDS: tuple[BlockKind, ...] = ("body", "navigation", "credit", "caption", "related", "byline")
# How a piece follows the one before it: in its line, in the next, behind a blank line.
JOINTS = 3

_JOINING = frozenset(("and", "the", "of"))
_NEVER = -1e4
# How likely the page has to be of a sentence that ends as sentences do; of one among the article's
# own in one line, of what is quoted, and in a text of few pieces, whose neighbours tell little.
_ENDED, _SURE, _FEW = 0.9, 0.95, 12
# No page has so many lines and sentences: all of a longer text is its own.
_MOST = 20_000

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """The fitted weights.

    `weights`: of a sign, one for each kind but the first and last; `moves`: for each joint, from
    the kind before (row) to the kind (column), and `opens` for the first piece. `least`: how likely
    the page must be. `least_title`: the same for a line that may be the article's title.
    """

    weights: dict[str, list[float]]
    moves: Floats
    opens: Floats
    least: float
    least_title: float


@lru_cache(1)
def model() -> Model:
    """The weights of `data/clutter.json`."""
    data = json.loads((files("factcheck") / "data" / "clutter.json").read_text("utf-8"))
    return Model(
        data["weights"],
        np.array(data["moves"]),
        np.array(data["opens"]),
        data["least"],
        data["least_title"],
    )


def kinds(pieces: Sequence[Piece]) -> list[BlockKind | None]:
    """What each piece is that is of the page, `None` for the article's own and what is fixed."""
    if not 0 < len(pieces) <= _MOST:
        return [None] * len(pieces)
    known = model()
    told = list(signs(pieces))
    shares = likely(pieces, told, known)
    found: list[BlockKind | None] = []
    for line in _lines(pieces):
        page: list[bool] = []
        for n in line:
            few = len(pieces) < _FEW and pieces[n].opens
            # The rest of a line that begins with the page's, and what is told of the author.
            eager = page[-1:] == [True] or not {"author", "author:tail"}.isdisjoint(told[n])
            least = known.least if eager else _least(pieces[n], told[n], few, known)
            page.append(_of_page(pieces[n], 1 - shares[n, 0], least, known))
        whole = all(page)
        for n, of_page in zip(line, page, strict=True):
            sure = whole or 1 - shares[n, 0] > _SURE
            kept = not (of_page and sure) or pieces[n].fixed in ("byline", "page")
            found.append(None if kept else KINDS[1 + int(shares[n, 1:-1].argmax())])
    return found


def _lines(pieces: Sequence[Piece]) -> Iterator[range]:
    """The numbers of the pieces of each line."""
    opens = [n for n, piece in enumerate(pieces) if piece.opens or n == 0]
    return map(range, opens, [*opens[1:], len(pieces)])


def _least(piece: Piece, own: Sequence[str], few: bool, known: Model) -> float:
    """How likely the page has to be of a piece by itself."""
    if piece.quoted or few:
        return _SURE
    return _ENDED if "ended:True" in own else known.least


def _of_page(piece: Piece, share: float, least: float, known: Model) -> bool:
    """Whether a piece is the page's: as told by its words alone, or as likely as it has to be."""
    if piece.fixed:
        return piece.fixed == "page" or (piece.fixed == "heading" and share > known.least)
    return share > (known.least_title if piece.headline else least)


def likely(pieces: Sequence[Piece], told: Sequence[Sequence[str]], known: Model) -> Floats:
    """How likely each piece (row) is of each kind (column of `KINDS`); rows sum to one.

    `told` are the signs of each piece.

    The forward-backward algorithm of a linear chain; linear in the length of the text.
    """
    found = zip(pieces, told, strict=True)
    spoken = np.array([_spoken(piece, own, known) for piece, own in found])
    moves = [known.moves[joint(piece)] for piece in pieces]
    ahead, behind = np.empty_like(spoken), np.zeros_like(spoken)
    ahead[0] = known.opens + spoken[0]
    for n in range(1, len(pieces)):
        ahead[n] = _summed(ahead[n - 1][:, None] + moves[n], 0) + spoken[n]
    for n in range(len(pieces) - 1, 0, -1):
        behind[n - 1] = _summed(moves[n] + (spoken[n] + behind[n])[None, :], 1)
    logs = ahead + behind
    shares = np.exp(logs - logs.max(1, keepdims=True))
    return np.asarray(shares / shares.sum(1, keepdims=True))


def joint(piece: Piece) -> int:
    """How a piece follows the one before it."""
    return 0 if not piece.opens else 2 if piece.gap else 1


def is_menu(line: str) -> bool:
    """Whether a short line names sections of a paper and nothing else."""
    words = [word for word in re.findall(r"[\w-]+", line.lower()) if word not in _JOINING]
    known = sum(word in _words()[0] for word in words)
    return 0 < len(words) <= 12 and (
        known == len(words) or (line.isupper() and len(words) > 3 and known > len(words) / 2)
    )


def is_masthead(line: str) -> bool:
    """Whether a line may be the name of a paper."""
    mastheads = _words()[1]
    words = re.findall(r"[\w'’-]+", line)
    return (
        1 < len(words) <= 5
        and (words[-1].lower() in mastheads or line.isupper())
        and all(word[0].isupper() or len(word) <= 3 for word in words)
        and any(word.lower() in mastheads for word in words[1:])
    )


@lru_cache(1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Sections of a paper and words in names of papers, from `data/clutter.toml`."""
    data = tomllib.loads((files("factcheck") / "data" / "clutter.toml").read_text("utf-8"))
    return frozenset(data["sections"].split()), frozenset(data["mastheads"].split())


def _spoken(piece: Piece, own: Sequence[str], known: Model) -> Floats:
    """How much a piece by itself speaks for each kind."""
    spoken = np.full(len(KINDS), _NEVER)
    if piece.fixed in ("byline", "page"):
        spoken[KINDS.index("byline" if piece.fixed == "byline" else "navigation")] = 0.0
        return spoken
    spoken[0] = 0.0
    found = [known.weights[sign] for sign in own if sign in known.weights]
    spoken[1:-1] = np.array(found).sum(0) if found else 0.0
    return spoken


def _summed(logs: Floats, axis: int) -> Floats:
    top = logs.max(axis)
    return np.asarray(top + np.log(np.exp(logs - np.expand_dims(top, axis)).sum(axis)))
