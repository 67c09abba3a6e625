"""Invented events told by several outlets, whose truth is known: see `docs/benchmark.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from factcheck.evaluation.tagged import Compiled, compile_event

HERE = Path(__file__).parent
EVENTS = HERE / "events"
SPLIT = HERE / "split.json"
RESULTS = HERE.parent / "results" / "newsroom.json"

Part = Literal["train", "dev"]


def names(part: Part) -> list[str]:
    """The events of a part. `train` may be read; of `dev` nobody reads what went wrong."""
    found: dict[str, list[str]] = json.loads(SPLIT.read_text(encoding="utf-8"))
    return found[part]


def events(part: Part) -> Iterator[Compiled]:
    """The events of a part without their tags, and their truth."""
    return (compile_event(EVENTS / name) for name in names(part))
