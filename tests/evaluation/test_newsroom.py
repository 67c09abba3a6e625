"""The benchmark's events are whole: tags and verdicts hold, and there is enough of each kind."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from benchmarks import newsroom
from benchmarks.newsroom import page, two_readers
from factcheck.evaluation.events import figures
from factcheck.evaluation.gold import SLOTS
from factcheck.evaluation.tagged import compile_event

SPLIT: dict[str, list[str]] = json.loads(newsroom.SPLIT.read_text(encoding="utf-8"))
compiled_once = cache(compile_event)
FOLDERS = sorted(path for path in newsroom.EVENTS.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_an_event_is_whole(folder: Path) -> None:
    compiled = compiled_once(folder)
    assert len(compiled.texts) >= 4
    assert any(statement.verdict == "divergent" for statement in compiled.gold.clusters)
    for statement in (*compiled.gold.clusters, *compiled.gold.single):
        for mention in statement.mentions:
            text = compiled.texts[mention.outlet]
            for telling in mention.tellings:
                assert text[slice(*telling.span)].strip()
                assert all(
                    telling.span[0] <= start < end <= telling.span[1]
                    for start, end in telling.value_spans
                )


def test_two_readers_had_the_same_texts_and_agree() -> None:
    total, names = two_readers.read(newsroom.HERE / "second")
    assert len(names) >= 8
    assert (figures(total.counts)["verdicts_right"] or 0.0) >= 0.85


def test_the_page_tells_what_was_measured() -> None:
    for path, blocks in page.PAGES.items():
        text = path.read_text(encoding="utf-8")
        assert page.filled(text, blocks) == text, "run: python -m benchmarks.newsroom.page"


def test_every_event_is_in_one_part() -> None:
    assert sorted([*SPLIT["train"], *SPLIT["dev"]]) == [folder.name for folder in FOLDERS]
    assert len(SPLIT["dev"]) >= 26


def test_there_is_enough_of_each_kind() -> None:
    counts, slots = Counter[str](), Counter[str]()
    for folder in FOLDERS:
        compiled = compiled_once(folder)
        counts["events"] += 1
        counts["articles"] += len(compiled.texts)
        for statement in compiled.gold.clusters:
            counts["statements"] += 1
            counts[statement.verdict] += 1
            if statement.conflict:
                slots[statement.conflict.slot] += 1
    wanted = {
        "events": 72,
        "articles": 400,
        "statements": 1100,
        "divergent": 260,
        "single-sourced": 300,
    }
    assert {name: counts[name] for name in wanted if counts[name] < wanted[name]} == {}
    assert {slot: slots[slot] for slot in SLOTS if slots[slot] < 12} == {}
