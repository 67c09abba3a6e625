"""Votes, case by case from `cases/votes.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.slots.stretch import stretch
from factcheck.slots.votes import details

CASES: dict[str, list[Any]] = YAML(typ="safe").load(Path(__file__).parent / "cases" / "votes.yaml")


@pytest.mark.parametrize("text", CASES)
def test_a_vote_is_read_as_it_is_told(text: str) -> None:
    found = details(stretch(text, 0, len(text)))
    assert [[slot.text, slot.value, slot.about] for slot in found] == CASES[text]


@pytest.mark.parametrize("text", CASES)
def test_what_a_vote_holds_is_taken(text: str) -> None:
    read = stretch(text, 0, len(text))
    spans = [slot.span for slot in details(read)]
    held = {k for k, t in enumerate(read.tokens) if any(s <= t.start < e for s, e in spans)}
    assert read.taken == held
