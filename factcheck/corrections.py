"""Notes of the editors that an article was changed."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_EDGE = ' \t*_|·•►▶»>#[](){}"“”-–—:;,.!?…'


def is_correction(text: str) -> bool:
    """Whether a note of the editors says that the article was corrected, clarified or updated."""
    return _pattern().match(text.strip(_EDGE)) is not None


@lru_cache(1)
def _pattern() -> re.Pattern[str]:
    data = tomllib.loads((files("factcheck") / "data" / "clutter.toml").read_text("utf-8"))
    return re.compile("(?i)(?:" + "|".join(data["correction"]) + ")")
