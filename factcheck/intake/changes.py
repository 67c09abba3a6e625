"""Two versions of an article → what was added, cut or reworded since, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from factcheck.rewording import differing

# Paragraphs that share less are not one and the same, reworded.
_REWORDED = 55.0
# So many paragraphs of a version are compared.
_MOST = 2_000


@dataclass(frozen=True)
class Change:
    """A paragraph that was `added` (only `after`), `cut` (only `before`) or `reworded`."""

    kind: Literal["added", "cut", "reworded"]
    before: str
    after: str


def changes(old_title: str | None, old: str, new_title: str | None, new: str) -> tuple[Change, ...]:
    """What differs between two versions; differences of white space are none."""
    found: list[Change] = []
    if old_title and new_title and old_title != new_title:
        found.append(Change("reworded", old_title, new_title))
    before, after = _paragraphs(old), _paragraphs(new)
    if max(len(before), len(after)) > _MOST and before != after:
        found.append(
            Change("reworded", f"{len(before):,} paragraphs", f"{len(after):,} paragraphs")
        )
        return tuple(found)
    for one, other in differing(before, after, _REWORDED):
        if other is None and one is not None:
            found.append(Change("cut", before[one], ""))
        elif one is None and other is not None:
            found.append(Change("added", "", after[other]))
        elif one is not None and other is not None:
            found.append(Change("reworded", before[one], after[other]))
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]
