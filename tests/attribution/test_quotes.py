from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck.attribution.quotes import pair_quotes

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parent / "cases" / "quotes.yaml")


def lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [[text[q.start : q.end], q.depth] for q in pair_quotes(text, lines(text))]
    assert found == case["quotations"]


def test_open_quotation_is_not_closed() -> None:
    text = "“One.\n“Two.”"
    first, second = pair_quotes(text, lines(text))
    assert not first.closed
    assert first.inner_end == first.end == 5
    assert second.closed


MARKED = st.text(alphabet="ab .,\n\"'“”‘’«»„`-1A", max_size=80)


@given(MARKED)
def test_quotations_are_well_formed(text: str) -> None:
    blocks = lines(text)
    last = {1: 0, 2: 0}
    for quote in pair_quotes(text, blocks):
        assert 0 <= quote.start <= quote.inner_start <= quote.inner_end <= quote.end <= len(text)
        assert quote.start < quote.end
        assert any(start <= quote.start and quote.end <= end for start, end in blocks)
        assert quote.start >= last[quote.depth]
        last[quote.depth] = quote.end


@given(MARKED, st.text(alphabet="ab“\"'", max_size=20))
def test_blocks_apart_do_not_influence_each_other(first: str, second: str) -> None:
    text = first + "\n#\n" + second
    blocks = [(0, len(first)), (len(first) + 3, len(text))]
    alone = pair_quotes(first, [(0, len(first))])
    assert [q for q in pair_quotes(text, blocks) if q.start < len(first)] == alone


@pytest.mark.growth
@pytest.mark.parametrize("mark", ['"', "“", "”", "'", "‘", "''", " '", ' "', "«", "»", "‘“", "“‘"])
def test_time_is_linear_in_marks(mark: str) -> None:
    text = (mark + "a") * 50_000
    began = time.process_time()
    pair_quotes(text, [(0, len(text))])
    assert time.process_time() - began < 5
