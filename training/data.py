"""PolNeAR articles as training windows, each piece with its tag and its links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from factcheck.attribution.windows import LIMIT, Ints, Pieces, cut, encode, window

ROLES = ("source", "cue", "content")
Spans = list[tuple[int, int]]
Event = dict[str, Spans]


@dataclass(frozen=True)
class Document:
    """An article's pieces, and their targets by annotator.

    Targets are tags, the piece that opens the cue of a content, and the piece that opens the source
    of a cue, each of shape (pieces,); -1 where there is none.
    """

    name: str
    text: str
    blocks: list[tuple[int, int]]
    pieces: Pieces
    annotations: list[tuple[Ints, Ints, Ints]]


@dataclass(frozen=True)
class Example:
    """A window with its targets.

    Targets are tags, and the positions that its content and cue pieces point to (-1: nothing
    asked).
    """

    ids: Ints
    case: Ints
    quote: Ints
    tags: Ints
    to_cue: Ints
    to_source: Ints


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The non-empty lines of a text, without outer white space, as [start, end) code points."""
    return [match.span() for match in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def read_annotations(path: Path) -> list[Event]:
    """Read the attributions of a brat standoff file."""
    spans: dict[str, Spans] = {}
    events: list[list[str]] = []
    for line in path.read_bytes().decode("utf-8").split("\n"):
        if match := re.match(r"(T\d+)\t\S+ ([\d ;]+)\t", line):
            parts = [part.split() for part in match[2].split(";")]
            spans[match[1]] = [(int(start), int(end)) for start, end in parts]
        elif re.match(r"E\d+\t", line):
            events.append(line.split("\t", 1)[1].split()[1:])
    found: list[Event] = []
    for arguments in events:
        event: Event = {role: [] for role in ROLES}
        for argument in arguments:
            label, target = argument.split(":")
            event[re.sub(r"\d+$", "", label).lower()] += spans[target]
        found.append(event)
    return found


def read_split(folder: Path, tokenizer: Tokenizer) -> list[Document]:
    """Read all articles of a split folder (`text/`, `attributions/`), sorted by name."""
    files: dict[str, list[Path]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rsplit("_", 1)[0], []).append(path)
    documents = []
    for name, paths in sorted(files.items()):
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        blocks = paragraphs(text)
        pieces = encode(text, blocks, tokenizer)
        annotations = [_targets(pieces, read_annotations(path)) for path in paths]
        documents.append(Document(name, text, blocks, pieces, annotations))
    return documents


def examples(
    document: Document, annotator: int, special: tuple[int, int], limit: int = LIMIT
) -> list[Example]:
    """Cut a document into windows of at most `limit` pieces with the targets of one annotator."""
    tags, cues, sources = document.annotations[annotator]
    found = []
    for first, last in cut(document.pieces, limit):
        framed = window(document.pieces, first, last, special)
        real = framed.piece >= 0
        place = np.full(len(document.pieces.ids) + 1, 0, np.int64)
        place[framed.piece[real]] = np.flatnonzero(real)
        tag = np.where(real, tags[framed.piece], 0)
        # Links that leave the window lead to 0, "none"; a special piece and a piece of another role
        # ask nothing.
        cue = np.where(real & (tag >= 5), place[cues[framed.piece]], -1)
        source = np.where(real & ((tag == 3) | (tag == 4)), place[sources[framed.piece]], -1)
        found.append(Example(framed.ids, framed.case, framed.quote, tag, cue, source))
    return found


def _targets(pieces: Pieces, events: list[Event]) -> tuple[Ints, Ints, Ints]:
    count = len(pieces.ids)
    tags, cues, sources = np.zeros(count, np.int64), np.full(count, -1), np.full(count, -1)

    def covered(span: tuple[int, int]) -> tuple[int, int]:
        low = int(np.searchsorted(pieces.end, span[0], "right"))
        return low, max(low, int(np.searchsorted(pieces.start, span[1], "left")))

    for event in events:
        ranges = {
            role: [r for r in map(covered, sorted(event[role])) if r[1] > r[0]] for role in ROLES
        }
        if not ranges["content"]:
            continue
        cue = ranges["cue"][0][0] if ranges["cue"] else -1
        source = ranges["source"][0][0] if ranges["source"] else -1
        for number, role in enumerate(ROLES):
            for low, high in ranges[role]:
                tags[low:high] = 2 + 2 * number
                tags[low] = 1 + 2 * number
                if role == "content":
                    cues[low:high] = cue
                elif role == "cue":
                    sources[low:high] = source
    return tags, cues, sources
