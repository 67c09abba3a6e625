"""The words that tell how a text hangs together, of `data/layout.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(8)
def layout(name: str) -> frozenset[str]:
    """The words of a list."""
    source = (files("factcheck") / "data" / "layout.toml").read_text("utf-8")
    return frozenset(tomllib.loads(source)[name].split())
