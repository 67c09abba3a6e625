"""A file is read as a person reads it, and every offset leads back to what is filed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck.ingest.reading import as_read
from tests.growing import MOST, exponent

HERE = Path(__file__).parent
READINGS = YAML(typ="safe").load((HERE / "readings.yaml").read_text(encoding="utf-8"))
CORPUS = sorted((HERE.parents[1] / "corpus").iterdir())
PARAGRAPHS = [
    " ".join(line.split())
    for path in CORPUS
    for line in path.read_text(encoding="utf-8").split("---")[-1].splitlines()
    if line.strip() and not line.startswith("#")
]


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in as_read(text, 0)[0].splitlines() if line.strip()]


@pytest.mark.parametrize("case", READINGS, ids=lambda case: f"{case['kind']}: {case['read'][0]}")
def test_case(case: dict[str, Any]) -> None:
    assert paragraphs(case["filed"]) == case["read"]


@pytest.mark.parametrize("width", [30, 40, 60, 72, 80])
@pytest.mark.parametrize("mark", ["", "> ", "   "])
def test_wrapped_text_is_read_as_on_one_line(width: int, mark: str) -> None:
    def wrapped(paragraph: str) -> str:
        lines = textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
        return "\n".join(mark + line for line in lines)

    bodies = [line for line in PARAGRAPHS if line.count(" ") > 12 and line.endswith((".", "”"))]
    assert len(bodies) > 20
    assert paragraphs(f"\n{mark.strip()}\n".join(map(wrapped, bodies))) == bodies


@pytest.mark.parametrize("case", READINGS, ids=lambda case: f"{case['kind']}: {case['read'][0]}")
def test_offsets_lead_to_the_same_words(case: dict[str, Any]) -> None:
    text, filed = as_read(case["filed"], 0)
    if filed is None:
        assert text == case["filed"]
        return
    for start, end in words(text):
        first, last = filed.span(start, end)
        assert paragraphs(case["filed"][first:last]) == [text[start:end]]


def words(text: str) -> list[tuple[int, int]]:
    """Words of plain letters, which are the same in any surrounding."""
    found, start = [], None
    for number, character in enumerate(text + " "):
        if character.isalpha():
            start = number if start is None else start
        elif start is not None:
            if character in " ," and (start == 0 or text[start - 1] == " "):
                found.append((start, number))
            start = None
    return found


PARTS = "Ann said bil- lion 12 [4] &amp; &#39; . > • SMITH: By ﬁ e\u0301 \u00ad".split(" ")
PARTS += ["\u200b", "\u00a0", "By Jo Doe", "¹", "\ufeff"]


@given(st.lists(st.sampled_from([*PARTS, "\n", "\r\n", "\x0c", " "]), max_size=60))
def test_offsets_hold_for_any_text(parts: list[str]) -> None:
    filed_text = "".join(parts)
    text, filed = as_read(filed_text, 0)
    if filed is None:
        assert text == filed_text
        return
    assert filed.text == filed_text
    last = 0
    for number, character in enumerate(text):
        start, end = filed.span(number, number + 1)
        assert last <= start <= end <= len(filed_text)
        if character.isascii() and character.isalnum():
            assert character in filed_text[start:end] or end - start == 1
        last = start
    assert filed.span(0, len(text))[1] <= len(filed_text)


def test_front_matter_stays_as_it_is() -> None:
    front = "---\noutlet: Hald &amp; Riis\n---\n"
    text, filed = as_read(front + "Hald &amp; Riis left.\n", len(front))
    assert text == front + "Hald & Riis left.\n"
    assert filed is not None
    assert filed.span(4, 10) == (4, 10)


HOSTILE = [
    "wo-\nrd ",
    "&amp;",
    "&amp;amp;",
    "[4]",
    "a\u00ad",
    "> ",
    "• a b c d ",
    "\x0c\n",
    "\u00a0",
]
HOSTILE += [
    "e\u0301",
    "Sign up. ",
    "a- b ",
    "By A B\n",
    "12 May 2025\n",
    "FILE - ",
    "We you. ",
    "¹",
]
HOSTILE += ["a.The b ", "A is a ", "If you ", "this story ", "(Ap/", "Correction: "]


@pytest.mark.growth
@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str) -> None:
    from factcheck import segment

    def of(size: int) -> Callable[[], object]:
        text = unit * (size // len(unit))
        return lambda: segment.blocks(as_read(text, 0)[0])

    assert exponent(of, 10_000) < MOST
