"""The most probable tag sequence, and the spans it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

Role = Literal["source", "cue", "content"]
Label = Literal["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
ROLES: tuple[Role, ...] = get_args(Role)
LABELS: tuple[Label, ...] = get_args(Label)
_FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class TagSpan:
    """A run of positions [first, last) of one window that carry one role."""

    role: str
    first: int
    last: int


def viterbi(windows: Sequence[Floats], transitions: Floats) -> list[NDArray[np.int64]]:
    """Decode every window by the Viterbi algorithm (Forney, Proc. IEEE 61, 1973).

    `windows` are tag scores of shape (length, 7), `transitions` scores of shape (from, to); an
    inside tag may only follow its own role. Windows of like length are decoded together, which
    changes no result: each has its own arithmetic. Returns the tag indices, shape (length,), of
    each window.
    """
    allowed = transitions.astype(np.float32).copy()
    for inside in range(2, len(LABELS), 2):
        for before in range(len(LABELS)):
            if before not in (inside - 1, inside):
                allowed[before, inside] = _FORBIDDEN
    results: list[NDArray[np.int64]] = [np.zeros(0, np.int64)] * len(windows)
    order = sorted(range(len(windows)), key=lambda index: -len(windows[index]))
    for at in range(0, len(order), 64):
        _decode_group([(index, windows[index]) for index in order[at : at + 64]], allowed, results)
    return results


def _decode_group(
    group: list[tuple[int, Floats]], allowed: Floats, results: list[NDArray[np.int64]]
) -> None:
    """Decode windows sorted from long to short, and put their tags into `results`."""
    lengths = np.array([len(scores) for _, scores in group])
    longest = int(lengths[0])
    count = len(LABELS)
    packed = np.zeros((len(group), longest, count), np.float32)
    for row, (_, scores) in enumerate(group):
        packed[row, : len(scores)] = scores
    back = np.zeros((longest, len(group), count), np.int64)
    best = packed[:, 0].copy()
    best[:, 2::2] += _FORBIDDEN
    for place in range(1, longest):
        live = int(np.searchsorted(-lengths, -place, "left"))
        paths = best[:live, :, None] + allowed
        back[place, :live] = paths.argmax(1)
        best[:live] = paths.max(1) + packed[:live, place]
    for row, (index, scores) in enumerate(group):
        tags = np.zeros(len(scores), np.int64)
        tag = int(best[row].argmax())
        for place in range(len(scores) - 1, -1, -1):
            tags[place] = tag
            tag = int(back[place, row, tag])
        results[index] = tags


def spans(tags: NDArray[np.int64]) -> list[TagSpan]:
    """Return the spans of a tag sequence in order; they do not overlap."""
    found: list[TagSpan] = []
    first = -1
    role = ""
    for place, tag in enumerate([*tags.tolist(), 0]):
        inside = tag > 0 and tag % 2 == 0
        if first >= 0 and not inside:
            found.append(TagSpan(role, first, place))
            first = -1
        if tag % 2 == 1:
            first, role = place, ROLES[tag // 2]
    return found
