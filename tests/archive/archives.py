"""A small archive for tests, and what has to be the same however it was made."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.cli.desk import factcheck

ROOT = Path(__file__).parents[2]
# Event → the days it is told on, by which outlets, in which words.
_FIRE = (
    "The fire in the grain store of Harlow killed {dead} people, Mayor Ann Orde said on Monday. "
    "“We will rebuild the store before the harvest,” she told reporters at the harbour. Firemen "
    "of three towns fought the flames in the grain store until the morning.\n"
)
_QUAY = (
    "The council of Sillford voted {votes} to sell the old quay to a shipyard. “The quay belongs "
    "to all of us,” said the harbour master, Tom Brandt. The shipyard wants to build ferries on "
    "the old quay of Sillford.\n"
)
ARTICLES = {
    "2024/fire/courier.md": ("2024-03-04", _FIRE.format(dead="12")),
    "2024/fire/gazette.md": ("2024-03-05", _FIRE.format(dead="21")),
    "2024/fire/record.md": ("2024-03-29", _FIRE.format(dead="21")),
    "2024/fire/post.md": ("2024-04-20", _FIRE.format(dead="21")),
    "2024/quay/courier.md": ("2024-06-01", _QUAY.format(votes="twelve to three")),
    "2024/quay/gazette.md": ("2024-06-02", _QUAY.format(votes="thirteen to two")),
    "undated/courier.md": ("", _QUAY.format(votes="twelve to three")),
    "undated/gazette.md": ("", _QUAY.format(votes="twelve to three")),
}


def write(folder: Path) -> Path:
    """Write the articles, and one file that cannot be measured."""
    for path, (day, text) in ARTICLES.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        published = f"published: {day}\n" if day else ""
        file.write_text(f"---\noutlet: {file.stem.title()}\n{published}---\n{text}")
    (folder / "2024" / "empty.md").write_text("")
    return folder


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "factcheck", *arguments]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}


def update(folder: Path, *arguments: str) -> str:
    """Bring an archive up to date; what was told. One file cannot be measured."""
    status, told, errors = factcheck("archive", "update", str(folder), "--no-cache", *arguments)
    assert status == 3 and not errors, errors
    return told


def made(folder: Path) -> tuple[str, dict[str, bytes]]:
    """All that an archive says: its statements, and every shard by name."""
    everything = ("--status", "divergent", "--status", "corroborated", "--status", "single-sourced")
    status, told, errors = factcheck(
        "archive", "list", str(folder), "--format", "json", "-n", "1000", *everything
    )
    assert status == 0, errors
    shards = {path.name: path.read_bytes() for path in folder.glob(".factcheck/shards/*/*.z")}
    return told, shards
