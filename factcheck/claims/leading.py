"""Lines that lead up to a list whose items complete them: "It will: | - sell the baths"."""

from __future__ import annotations

import re

from factcheck.claims.grammar import table
from factcheck.records import Span

_BULLET = re.compile(r"\n[ \t]*[•‣▪●◦∙*–-][ \t]+")
_LAST = re.compile(r"([^\W\d_]+):\s*$")
# A list is looked at so far up, in characters.
_REACH = 1500
_SHORT = 40


def is_lead(text: str, span: Span) -> bool:
    """Whether a statement ends in the verb that the items of a list go on from: "it would:"."""
    last = _LAST.search(
        text[max(span[0], span[1] - _SHORT) : span[1]] + text[span[1] : span[1] + 1]
    )
    return last is not None and last[1].lower() in table().auxiliaries | {"to"}


def is_item(text: str, start: int) -> bool:
    """Whether the sentence at `start` opens the line of a list's item."""
    line = text.rfind("\n", 0, start)
    return line >= 0 and _BULLET.match(text, line, start + 1) is not None


def is_led(text: str, start: int) -> bool:
    """Whether the sentence at `start` is an item that completes the line over its list."""
    line = text.rfind("\n", 0, start)
    if not is_item(text, start):
        return False
    above = text[max(0, line - _REACH) : line]
    colon = above.rfind(":")
    between = above[colon + 1 :]
    listed = all(_BULLET.match(f"\n{row}") for row in between.split("\n") if row.strip())
    end = line - len(above) + colon
    return colon >= 0 and listed and is_lead(text, (max(0, end - _SHORT), end))
