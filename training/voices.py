"""What careful readers said of whose voice each sentence of an article is in.

`training/continued/*.tsv` has a line an article: its key, a tab, and entries `NUMBER KIND SPEAKER`
(`7+Cole`), parted by `; `. The kinds: `=` the sentence's own words report somebody, `+` it goes on
with somebody without such words, `?` the reader cannot tell. All others are in the outlet's own
voice.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "continued"
NEWSROOM, POLNEAR = HERE / "newsroom.tsv", HERE / "polnear.tsv"
# The events whose articles the model has not read.
HELD = HERE / "held.txt"
_ENTRY = re.compile(r"(\d+)(?:-(\d+))?([=+?])(.*)")


class Voice(NamedTuple):
    """Whose voice a sentence is in: `-`, `=`, `+` or `?`, and whose."""

    kind: str
    speaker: str


def read_voices(file: Path) -> dict[str, dict[int, Voice]]:
    """For each article, by its key, the sentences that are not in the outlet's own voice.

    Raises `ValueError` for an entry that cannot be read, naming file and line.
    """
    found: dict[str, dict[int, Voice]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        key, _, told = line.partition("\t")
        found[key] = {}
        for entry in filter(None, (one.strip() for one in told.split(";"))):
            match = _ENTRY.fullmatch(entry)
            if match:
                for at in range(int(match[1]), int(match[2] or match[1]) + 1):
                    found[key][at] = Voice(match[3], match[4].strip())
            elif entry != "-":
                raise ValueError(f"{file}:{number}: {entry!r} is no entry")
    return found
