"""Invented events told by several outlets, whose truth is known: see `docs/benchmark.md`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from factcheck.config import Settings
from factcheck.evaluation.tagged import Compiled, compile_event
from factcheck.ingest import load
from factcheck.records import Article, Skipped

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


def loaded(event: Compiled) -> tuple[list[Article], list[Skipped]]:
    """The articles of an event as the program reads them from files named by outlet."""
    with tempfile.TemporaryDirectory() as place:
        for outlet, text in event.texts.items():
            (Path(place) / f"{outlet}.md").write_bytes(text.encode("utf-8"))
        return load([place], Settings().limits)
