from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck.attribution.assembly import extract
from factcheck.attribution.tagger import MODELS, Tagger
from factcheck.attribution.windows import LIMIT, cut, encode, window
from factcheck.records import Attribution
from factcheck.wordpiece import WordPiece

CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).parent / "cases" / "sentences.yaml"
)
MARKS = ("“ ”", '" "', "'' ''", "« »", "„ “", "‘ ’")


@pytest.fixture(scope="module")
def tokenizer() -> WordPiece:
    return WordPiece.from_file(MODELS / "tokenizer.json")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def texts(text: str, found: Sequence[Attribution]) -> list[list[Any]]:
    def join(pieces: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(text[start:end] for start, end in pieces)

    return [
        [join(item.source), join(item.cue), [text[s:e] for s, e in item.content]] for item in found
    ]


ODD = st.text(alphabet="ab CÉİß\n\"'“”’«».,:!?-—1😀\u0301\u00a0中", max_size=400)


@settings(deadline=None, max_examples=100)
@given(ODD, st.integers(1, 40))
def test_windows_cover_all_pieces_in_order(text: str, limit: int) -> None:
    pieces = encode(text, lines(text), WordPiece.from_file(MODELS / "tokenizer.json"))
    assert (pieces.start < pieces.end).all()
    assert (pieces.start[1:] >= pieces.start[:-1]).all()
    assert pieces.end.max(initial=0) <= len(text)
    ranges = cut(pieces, limit)
    flat = [index for first, last in ranges for index in range(first, last)]
    assert flat == list(range(len(pieces.ids)))
    for first, last in ranges:
        assert last - first <= limit
        framed = window(pieces, first, last, (101, 102))
        assert framed.piece[framed.piece >= 0].tolist() == list(range(first, last))
        assert framed.ids[0] == 101
        assert framed.ids[-1] == 102


def test_windows_break_between_blocks_and_sentences(tokenizer: WordPiece) -> None:
    text = "One two three. Four five six seven.\nEight nine."
    pieces = encode(text, lines(text), tokenizer)
    parts = [
        text[pieces.start[first] : pieces.end[last - 1]] for first, last in cut(pieces, limit=6)
    ]
    assert parts == ["One two three.", "Four five six seven.", "Eight nine."]


@pytest.mark.parametrize("marks", MARKS)
def test_all_marks_look_alike_to_the_model(marks: str, tokenizer: WordPiece) -> None:
    opening, closing = marks.split()
    text = f"{opening}The bridge is safe,{closing} the mayor said."
    usual = "“The bridge is safe,” the mayor said."
    found = encode(text, lines(text), tokenizer)
    expected = encode(usual, lines(usual), tokenizer)
    assert found.ids.tolist() == expected.ids.tolist()
    assert found.quote.tolist() == expected.quote.tolist()


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_sentences(case: dict[str, Any], tagger: Tagger) -> None:
    text = case["text"]
    assert texts(text, extract(text, lines(text), tagger)) == case["attributions"]


@pytest.mark.model
def test_model_does_not_link_across_a_heading(tagger: Tagger) -> None:
    text = "The mayor added:\nReactions\n“We will rebuild the bridge this year.”"
    blocks = lines(text)
    found = extract(text, [blocks[0], blocks[2]], tagger)
    assert all(item.content[0][0] < 16 or not item.cue for item in found)


@pytest.mark.model
def test_scores_depend_on_no_thread_count_and_no_neighbour() -> None:
    """Bit for bit: one thread or four, alone or behind another window, today or again."""
    paragraph = (
        "“The bridge is safe,” the mayor said, and the council agreed to open it again. " * 2
    )
    text = "\n".join(paragraph for _ in range(24))
    blocks = lines(text)
    tagged = Tagger(threads=1).tag(text, blocks)
    one = list(tagged.windows)
    assert len(one) > 4
    for threads in (4, 4, 2):
        other = Tagger(threads=threads).tag(text, blocks)
        for a, b in zip(one, other.windows, strict=True):
            assert np.array_equal(a.tags, b.tags)
            assert np.array_equal(a.links, b.links)
    first = int(tagged.pieces.block[one[-1].window.piece[1]])
    alone = next(Tagger(threads=2).tag(text, blocks[first:]).windows)
    assert np.array_equal(alone.tags, one[-1].tags)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "He said it was late. " * 3_000,
        "He said it was late and that " * 2_000,
        '"' * 10_000,
        "“Yes,” he said. " * 3_000,
        "THE MAYOR SAID THE BRIDGE WAS SAFE. " * 1_000,
        "😀" * 10_000,
        "x" * 100_000,
        "\u0301" * 1_000,
        "",
    ],
    ids="sentences endless marks quotations capitals emoji word accents empty".split(),
)
def test_odd_texts(text: str, tagger: Tagger) -> None:
    blocks = lines(text)
    for item in extract(text, blocks, tagger):
        for start, end in item.source + item.cue + item.content:
            assert 0 <= start < end <= len(text)


@pytest.mark.growth
def test_two_megabytes_are_cut_in_linear_time(tokenizer: WordPiece) -> None:
    """The part of the work that is ours; the model takes as long for each window."""

    def seconds(text: str) -> float:
        began = time.process_time()
        pieces = encode(text, [(0, len(text))], tokenizer)
        assert all(last - first <= LIMIT for first, last in cut(pieces))
        return time.process_time() - began

    small, large = "he said “no way” and " * 12_000, "he said “no way” and " * 96_000
    assert len(large) > 2_000_000
    assert seconds(large) < 24 * seconds(small) + 1
