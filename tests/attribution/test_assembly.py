from __future__ import annotations

import re
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck.attribution.assembly import extract
from factcheck.attribution.decode import LABELS, ROLES, spans, viterbi
from factcheck.attribution.tagger import Decoding, Scored, Tagged, Tagger
from factcheck.attribution.windows import cut, encode, window
from factcheck.records import Attribution
from factcheck.wordpiece import WordPiece

CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).parent / "cases" / "assembly.yaml"
)
MARKUP = re.compile(r"\{([sqc])(\d+) ([^}]*)\}")
VOCABULARY = {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}


class FakeTagger(Tagger):
    """Scores from spans that are known beforehand, or from a seed; reads no file."""

    def __init__(self, known: Sequence[tuple[str, str, int, int]] = (), seed: int = 0) -> None:
        super().__init__(Path("none"))
        self.known = known
        self.seed = seed

    @property
    def decoding(self) -> Decoding:
        return Decoding(np.zeros((len(LABELS), len(LABELS)), np.float32), 0.2)

    def tag(self, text: str, blocks: Sequence[tuple[int, int]]) -> Tagged:
        pieces = encode(text, blocks, WordPiece(VOCABULARY))
        chance = np.random.default_rng(self.seed)
        scored = []
        for first, last in cut(pieces):
            framed = window(pieces, first, last, (1, 2))
            length = len(framed.ids)
            tags = np.zeros((length, len(LABELS)), np.float32)
            links = np.zeros((2, length, length), np.float32)
            if not self.known:
                tags = chance.normal(size=tags.shape).astype(np.float32)
                links = chance.random(size=links.shape, dtype=np.float32)
            places: dict[tuple[str, str], list[int]] = {}
            for role, numbers, start, end in self.known:
                inside = [
                    place
                    for place, piece in enumerate(framed.piece.tolist())
                    if piece >= 0 and pieces.start[piece] < end and start < pieces.end[piece]
                ]
                for place in inside:
                    tags[place, 2 + 2 * ROLES.index(role)] = 9
                    for number in numbers:
                        places.setdefault((role, number), []).append(place)
                if inside:
                    tags[inside[0], 1 + 2 * ROLES.index(role)] = 10
            for (role, number), inside in places.items():
                towards = {"content": (0, "cue"), "cue": (1, "source"), "source": (0, "")}[role]
                for place in inside:
                    for target in places.get((towards[1], number), [])[:1]:
                        links[towards[0], place, target] = 1
            scored.append(Scored(framed, tags, links))
        return Tagged(pieces, iter(scored))


def read_case(marked: str) -> tuple[str, list[tuple[int, int]], FakeTagger]:
    text, known, last = "", [], 0
    for match in MARKUP.finditer(marked):
        text += marked[last : match.start()]
        role = {"s": "source", "q": "cue", "c": "content"}[match[1]]
        known.append((role, match[2], len(text), len(text) + len(match[3])))
        text += match[3]
        last = match.end()
    text += marked[last:]
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    return (
        text,
        [span for span in lines if text[span[0]] != "#"],
        FakeTagger(known or [("cue", "1", -1, -1)]),
    )


def words(text: str, found: Attribution) -> list[Any]:
    def join(pieces: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(text[start:end] for start, end in pieces)

    return [join(found.source), join(found.cue), [text[start:end] for start, end in found.content]]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    text, blocks, tagger = read_case(case["text"])
    assert [words(text, found) for found in extract(text, blocks, tagger)] == case["attributions"]


def test_inner_attribution_lies_in_the_outer_content() -> None:
    class Twice(FakeTagger):
        """Reads the outer attribution in the text, the inner one in its content."""

        def tag(self, text: str, blocks: Sequence[tuple[int, int]]) -> Tagged:
            self.known = outer if len(blocks) == 1 and blocks[0] == (0, len(text)) else inner
            return super().tag(text, blocks)

    text = "Wires reported that the minister said the talks had failed."

    def at(role: str, part: str) -> tuple[str, str, int, int]:
        return role, "1", text.index(part), text.index(part) + len(part)

    outer = [at("source", "Wires"), at("cue", "reported"), at("content", text[20:-1])]
    inner = [at("source", "the minister"), at("cue", "said"), at("content", "the talks had failed")]
    found = extract(text, [(0, len(text))], Twice())
    assert [words(text, item) for item in found] == [
        ["Wires", "reported", ["the minister said the talks had failed"]],
        ["the minister", "said", ["the talks had failed"]],
    ]


def check(text: str, blocks: list[tuple[int, int]], found: list[Attribution]) -> None:
    for item in found:
        assert item.cue or item.source
        assert item.content
        for role in (item.source, item.cue, item.content):
            assert list(role) == sorted(role)
            assert all(0 <= start < end <= len(text) for start, end in role)
            assert all(a[1] <= b[0] for a, b in pairwise(role))
            for start, end in role:
                assert any(low <= start and end <= high for low, high in blocks)
        every = sorted(item.source + item.cue + item.content)
        assert all(a[1] <= b[0] for a, b in pairwise(every))


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="ab Cé\n\"'“”‘’«».,:?-1😀", max_size=300), st.integers(0, 9))
@example("C:«1", 2)
def test_spans_are_well_formed_for_any_scores(text: str, seed: int) -> None:
    blocks = [match.span() for match in re.finditer(r"[^\n]+", text)]
    tagger = FakeTagger(seed=seed)
    found = extract(text, blocks, tagger)
    check(text, blocks, found)
    assert found == extract(text, blocks, FakeTagger(seed=seed))


@given(st.integers(0, 99), st.lists(st.integers(1, 12), min_size=1, max_size=6))
def test_viterbi_is_the_best_path(seed: int, lengths: list[int]) -> None:
    """Against a slow search over all allowed paths, built up label by label."""
    chance = np.random.default_rng(seed)
    transitions = chance.normal(size=(7, 7)).astype(np.float32)
    windows = [chance.normal(size=(length, 7)).astype(np.float32) for length in lengths]
    for scores, tags in zip(windows, viterbi(windows, transitions), strict=True):
        paths: dict[int, tuple[float, list[int]]] = {
            label: (float(scores[0, label]), [label])
            for label in range(7)
            if label == 0 or label % 2 == 1
        }
        for row in scores[1:]:
            paths = {
                label: max(
                    (
                        total + float(transitions[path[-1], label]) + float(row[label]),
                        [*path, label],
                    )
                    for total, path in paths.values()
                    if label == 0 or label % 2 == 1 or path[-1] in (label, label - 1)
                )
                for label in range(7)
                if label == 0
                or label % 2 == 1
                or any(path[-1] in (label, label - 1) for _, path in paths.values())
            }
        best = max(paths.values())
        assert tags.tolist() == best[1]


def test_spans_of_tags() -> None:
    found = spans(np.array([1, 2, 1, 0, 5, 6, 6, 3]))
    assert [(span.role, span.first, span.last) for span in found] == [
        ("source", 0, 2),
        ("source", 2, 3),
        ("content", 4, 7),
        ("cue", 7, 8),
    ]


@pytest.mark.growth
@pytest.mark.parametrize(
    "text",
    ["“a” said b. " * 10_000, '"' * 10_000, "word " * 50_000, "😀" * 20_000, "SAID " * 20_000, ""],
    ids=["quotes", "marks", "no sentence end", "emoji", "capitals", "empty"],
)
def test_long_and_odd_texts(text: str) -> None:
    began = time.process_time()
    blocks = [(0, len(text))] if text else []
    check(text, blocks, extract(text, blocks, FakeTagger()))
    assert time.process_time() - began < 20
