"""Who speaks, as layout and grammar tell it: datelines, turns, quotations without a cue."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck.attribution.assembly import extract
from factcheck.attribution.datelines import running
from factcheck.attribution.resolve import resolve
from factcheck.attribution.transcripts import turns
from factcheck.ingest import article_from_text
from tests.attribution.test_assembly import FakeTagger, read_case, words
from tests.growing import MOST, exponent

HERE = Path(__file__).parent / "cases" / "voices"
SILENT = FakeTagger([("cue", "1", -1, -1)])


def cases(name: str) -> list[Any]:
    loaded = YAML(typ="safe").load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case.get("name") or case["text"][:40]) for case in loaded]


def lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


@pytest.mark.parametrize("case", cases("datelines"))
def test_datelines(case: dict[str, str]) -> None:
    text = case["text"]
    begin, end = running(text, [(0, len(text))])[0]
    assert text[begin:].startswith(case["begins"])
    assert end == len(text)


@pytest.mark.parametrize("case", cases("turns"))
def test_turns(case: dict[str, Any]) -> None:
    text = case["text"]
    found = turns(text, lines(text))
    assert [[text[slice(*turn.label)], turn.part] for turn in found] == [
        expected[:2] for expected in case["turns"]
    ]
    for turn, (_, _, begins) in zip(found, case["turns"], strict=True):
        assert len(turn.content) == len(begins)
        for (start, _), begin in zip(turn.content, begins, strict=True):
            assert text[start:].startswith(begin)


@pytest.mark.parametrize("case", cases("labels"))
def test_speakers_of_turns(case: dict[str, Any]) -> None:
    article = article_from_text(case["text"], "example.md", markdown=True)
    body = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
    found = resolve(article, extract(article.text, body, SILENT))
    assert [
        [one.speaker.name, one.speaker.kind] for one in found if one.speaker is not None
    ] == case["speakers"]


@pytest.mark.parametrize("case", cases("unclaimed"))
def test_unclaimed_quotations(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [words(text, one) for one in extract(text, lines(text), SILENT)]
    assert [source for source, _, _ in found] == [source for source, _ in case["found"]]
    for (_, _, content), (_, begins) in zip(found, case["found"], strict=True):
        assert len(content) == len(begins)
        assert all(map(str.startswith, content, begins))


@pytest.mark.parametrize("case", cases("repairs"))
def test_repairs(case: dict[str, Any]) -> None:
    text, blocks, tagger = read_case(case["text"])
    found = [words(text, one) for one in extract(text, blocks, tagger)]
    for one in found:
        one[1] = one[1].replace(" … ", " ")
    assert sorted(found) == sorted(case["attributions"])


@given(st.text(alphabet="QA: ?.\n-–—/()*_“”\"'ABab1 I", max_size=200))
def test_layout_stays_in_its_blocks(text: str) -> None:
    blocks = lines(text)
    for (start, end), (begin, stop) in zip(blocks, running(text, blocks), strict=True):
        assert start <= begin < stop == end
    taken = set()
    for turn in turns(text, blocks):
        assert turn.content
        assert text[slice(*turn.label)].strip()
        for number, (start, end) in zip(turn.blocks, turn.content, strict=True):
            assert number not in taken
            taken.add(number)
            assert blocks[number][0] <= start < end == blocks[number][1]


GROWING: dict[str, Callable[[int], str]] = {
    "labels": lambda n: "".join(f"ANN A{i}: We go.\nB: Why?\n" for i in range(n)),
    "one label": lambda n: "ANN COLE: We go.\nCOLE: No.\n" * n,
    "questions": lambda n: "Do you go?\nI go.\n" * n,
    "quotations": lambda n: "Ann Cole sat down. “Nobody listens to us.”\n" * n,
    "open quotations": lambda n: "“Nobody listens to us.\n'Nobody does.\n" * n,
    "single marks": lambda n: "the workers' 'n' " * n,
    "one line": lambda n: "Ann Cole: “It is shut.” " * n,
    "datelines": lambda n: "ANN, " * n + "— The",
}


@pytest.mark.growth
@pytest.mark.parametrize("name", GROWING)
def test_time_is_linear(name: str) -> None:
    def of(size: int) -> Callable[[], object]:
        text = GROWING[name](size)
        return lambda: extract(text, lines(text), SILENT)

    assert exponent(of, 1000) < MOST
