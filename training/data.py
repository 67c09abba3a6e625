"""PolNeAR articles as training windows, each piece with its tag and its links."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from factcheck.attribution.windows import LIMIT, Ints, Pieces, cut, encode, window
from factcheck.wordpiece import WordPiece

ROLES = ("source", "cue", "content")
SAID = frozenset(
    "said told added announced claimed confirmed reported stated suggested warned".split()
)
# PolNeAR is American and of one campaign: hardly anyone there "has told Reuters".
LISTENERS = (
    *("Reuters", "AFP", "the Associated Press", "the BBC", "Al Jazeera", "The Jerusalem Post"),
    *("Jerusalem Post", "Haaretz", "Ynet", "Channel 12", "TASS", "Interfax", "Anadolu", "APA"),
    *("Sky News", "The Guardian", "Le Monde", "Der Spiegel", "El País", "Kyodo", "Xinhua", "Dawn"),
    *("The Hindu", "Kan", "state television", "this newspaper", "reporters", "the paper"),
)
_PLURAL = re.compile(r"(?i:they|we|you|both|some|many|(?:.*\b)?[a-z]{3,}s)")
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
    events: list[list[Event]]
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


def read_split(folder: Path, tokenizer: WordPiece) -> list[Document]:
    """Read all articles of a split folder (`text/`, `attributions/`), sorted by name."""
    files: dict[str, list[Path]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rsplit("_", 1)[0], []).append(path)
    documents = []
    for name, paths in sorted(files.items()):
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        documents.append(_document(name, text, map(read_annotations, paths), tokenizer))
    return documents


def reworded(
    document: Document, annotator: int, chance: random.Random, share: float, tokenizer: WordPiece
) -> Document:
    """Tell some attributions of one annotator in words that the corpus hardly has.

    In a `share` of those whose source stands right before one plain reporting word, that word goes
    into the perfect ("has said"), and "said" becomes "told" somebody, each by its own draw.
    """
    edits: dict[tuple[int, int], tuple[str, str]] = {}
    for event in document.events[annotator]:
        if len(event["cue"]) != 1 or not event["source"]:
            continue
        (start, end), before = event["cue"][0], event["source"][-1]
        word = document.text[start:end]
        if word not in SAID or document.text[before[1] : start] != " ":
            continue
        perfect, relayed = chance.random() < share, chance.random() < share
        who = document.text[slice(*before)]
        have = ("have " if _PLURAL.fullmatch(who) else "has ") if perfect else ""
        if relayed and word == "said":
            edits[start, end] = (f"{have}told", f" {chance.choice(LISTENERS)}")
        elif perfect:
            edits[start, end] = (have + word, "")
    if not edits:
        return document
    return _edited(document, annotator, sorted(edits.items()), tokenizer)


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


def _document(
    name: str, text: str, events: Iterable[list[Event]], tokenizer: WordPiece
) -> Document:
    blocks = paragraphs(text)
    pieces = encode(text, blocks, tokenizer)
    listed = list(events)
    return Document(name, text, blocks, pieces, listed, [_targets(pieces, e) for e in listed])


def _edited(
    document: Document,
    annotator: int,
    edits: list[tuple[tuple[int, int], tuple[str, str]]],
    tokenizer: WordPiece,
) -> Document:
    """Replace cues by new ones, and what follows them, and move every span along."""
    parts, at = [], 0
    for (start, end), (cue, after) in edits:
        parts += [document.text[at:start], cue, after]
        at = end
    text = "".join([*parts, document.text[at:]])

    def moved(offset: int, closing: bool) -> int:
        shift = 0
        for (start, end), (cue, after) in edits:
            if offset < end or (offset == end and not closing):
                break
            # What is added after the cue belongs to it only if a span reaches past the cue.
            shift += len(cue) + start - end + (len(after) if offset > end else 0)
        return offset + shift

    events = [
        {role: [(moved(s, False), moved(e, True)) for s, e in event[role]] for role in ROLES}
        for event in document.events[annotator]
    ]
    return _document(document.name, text, [events], tokenizer)


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
