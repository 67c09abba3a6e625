"""An attribution in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from factcheck.records import Span


@dataclass(slots=True, eq=False)
class Draft:
    """Code-point spans of the three roles, in any order."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
