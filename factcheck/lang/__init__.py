"""The words of a language, as commented lists of TOML: a folder for each language.

An entry has the words that one rule asks for, parted by blanks, or as an array where a blank or
nothing is one of them; the comment above says what they are for. No stage holds a set of words in
its code: it asks for it here by name. What several modules mean by one set stands in `[common]`,
of their room's list or of `words.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

# The language of the articles that are compared.
LANGUAGE = "en"


@cache
def table(name: str) -> dict[str, Any]:
    """The lists of `lang/en/<name>.toml`, read once."""
    path = resources.files(__name__) / LANGUAGE / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def listed(name: str, *keys: str) -> tuple[str, ...]:
    """The words under `keys` of the list `name`, in their order."""
    value: Any = table(name)
    for key in keys:
        value = value[key]
    return tuple(value.split() if isinstance(value, str) else value)


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """The words under `keys` of the list `name`."""
    return frozenset(listed(name, *keys))
