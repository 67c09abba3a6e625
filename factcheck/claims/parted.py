"""What denies a content, or leaves it open, in front of its reporting words.

"It was not true, Doe told the court, that she had lied": what is said opens with words that say
the contrary of the rest. Told as one piece with it, they would make an assertion of a denial.
"""

from __future__ import annotations

from factcheck.claims.stance_words import openings
from factcheck.records import Attribution, Stance

_MARKS = "“”\"'‘’ "
# The opening, and so much of what follows it, are read.
_HEAD = 120


def parted(text: str, attribution: Attribution) -> tuple[Attribution, Stance] | None:
    """An attribution whose content opens so, the opening taken into its cue, and the stance that it
    tells; `None` for any other.
    """
    cue, content = attribution.cue, attribution.content
    if len(content) < 2 or not cue or not content[0][1] <= cue[0][0] < content[1][0]:
        return None
    first = text[slice(*content[0])].strip(_MARKS + ",")
    start, end = content[1]
    while start < end and text[start] in _MARKS:
        start += 1
    led = "that " if text[:start].endswith("that ") else ""
    rest = f"{led}{text[start : min(end, start + _HEAD)]}"
    if len(first) > _HEAD:
        return None
    joined = f"{first} {rest}".replace("’", "'").lower()
    for stance, pattern in openings():
        match = pattern.match(joined)
        if match is None or match.end() <= len(first) + len(led):
            continue
        at = start + match.end() - len(first) - 1 - len(led)
        if at >= end:
            return None
        taken = {"cue": (content[0], *cue), "content": ((at, end), *content[2:])}
        return attribution.model_copy(update=taken), stance
    return None
