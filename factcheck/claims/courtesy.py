"""Greetings and thanks, which state nothing: "Good morning, June.", "Thank you for having me."."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files

from factcheck.records import Span

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# "Professor Moe, thank you", "And thank you".
_LEADING = re.compile(
    r"[\"“'‘]?(?:(?i:and|well|so|but|ok|okay|all right|right)\b,? )?"
    r"(?:(?!Thank|Many|Good|Hello|Welcome)(?:[A-Z][\w.'-]* ?){1,5}, (?=[a-z]))?"
)
# Nobody is more polite in characters.
_LONGEST = 120


@lru_cache(maxsize=1)
def _lists() -> tuple[tuple[str, ...], frozenset[str]]:
    """How a courtesy begins, and what else is in one beside names."""
    data = json.loads((files("factcheck") / "data" / "clauses.json").read_text(encoding="utf-8"))
    return tuple(data["courtesies"].split(", ")), frozenset(data["courtesy"].split())


def is_courtesy(text: str, span: Span) -> bool:
    """Whether a stretch only greets or thanks."""
    if span[1] - span[0] > _LONGEST:
        return False
    said = text[slice(*span)].replace("’", "'")
    words = _WORD.findall(_LEADING.sub("", said, count=1))
    plain = " ".join(words).lower() + " "
    openers, others = _lists()
    opener = next((one for one in openers if plain.startswith(f"{one} ")), None)
    if opener is None:
        return False
    rest = words[len(opener.split()) :]
    return all(word[0].isupper() or word.lower() in others for word in rest)
