"""The same words given to two speakers: one of the two outlets is wrong, so neither bears out the
other. A new case is a new entry in two_speakers.toml.
"""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest

from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Report

CASES = tomllib.loads(Path(__file__).with_name("two_speakers.toml").read_text("utf-8"))["case"]
# Each outlet has something of its own, so that nothing else makes them one origin.
OPENINGS = (
    "Snow closed the pass road for a second night, and the bus from the valley did not run.",
    "The market square was empty at noon. Two stalls sold bread, and one sold nothing at all.",
    "Shops along the quay opened late. Their owners had waited for the plough since breakfast.",
)


def compared(texts: list[str], place: Path) -> Report:
    for number, (opening, text) in enumerate(zip(OPENINGS, texts, strict=False)):
        page = f"---\noutlet: Outlet {'ABC'[number]}\npublished: 2024-02-06\n---\n\n{opening}\n\n"
        (place / f"{number}.md").write_text(page + text + "\n", encoding="utf-8")
    articles, skipped = load([str(place)], Settings().limits)
    return compare(Corpus(tuple(extract(articles, Tagger.load())), tuple(skipped)), Settings())


@pytest.mark.model
@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_same_words(case: dict[str, Any], tmp_path: Path) -> None:
    report = compared([case["one"], case["other"]], tmp_path)
    said = {c.id: c.speaker.name for c in report.claims if c.speaker}
    told = [
        group
        for group in report.groups
        if len(group.outlets) == 2 and any(claim in said for claim in group.claims)
    ]
    assert told
    for group in told:
        names = {said[claim] for claim in group.claims if claim in said}
        if not case["speakers"]:
            assert group.status == "corroborated"
            continue
        assert names == set(case["speakers"])
        assert group.status in ("single-sourced", "divergent")
        assert any(
            f"{one} and {other}" in group.reason for one, other in itertools.permutations(names, 2)
        )


@pytest.mark.model
def test_a_third_that_agrees_with_one_does_not_make_three(tmp_path: Path) -> None:
    case = CASES[0]
    report = compared([case["one"], case["other"], case["one"].replace("on Tuesday", "")], tmp_path)
    for group in report.groups:
        if {"Outlet A", "Outlet B", "Outlet C"} <= set(group.outlets):
            assert group.status != "corroborated" or "2 origins" in group.reason
