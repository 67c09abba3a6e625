"""The patterns and words of `data/stances.toml`, by which reporting words tell a stance."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.records import Stance

# How far before a place words are read, in characters.
_REACH = 80
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@cache
def data() -> dict[str, Any]:
    """Read the file, once."""
    path = files("factcheck").joinpath("data", "stances.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def filled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with the parts that it names."""
    for name, part in data()["parts"].items():
        pattern = pattern.replace("{" + name + "}", part)
    return re.compile(pattern)


@cache
def listed(table: str, name: str = "words") -> frozenset[str]:
    """The words of a list."""
    return frozenset(data()[table][name].split())


@cache
def openings() -> tuple[tuple[Stance, re.Pattern[str]], ...]:
    """How a content opens that denies its rest or leaves it open, by stance."""
    return tuple((stance, filled(one)) for stance, one in data()["opening"].items())


@cache
def closing(name: str) -> re.Pattern[str]:
    """How a content ends that tells of a denial."""
    return filled(data()["closing"][name])


def word_before(text: str, at: int) -> str:
    """The last word before an offset, in lower case; empty without one near by."""
    found = _WORD.findall(text[max(0, at - _REACH) : at].lower())
    return found[-1] if found else ""
