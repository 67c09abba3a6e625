"""The tables of `data/intake.toml`, and libraries that only the readers of this room need."""

from __future__ import annotations

import functools
import importlib
import re
import tomllib
from importlib import resources
from types import ModuleType
from typing import Any

from factcheck.errors import UsageError
from factcheck.installation import with_extra


def table(name: str) -> dict[str, Any]:
    """One table of the data file."""
    return _tables()[name]


@functools.cache
def _tables() -> dict[str, dict[str, Any]]:
    text = resources.files("factcheck").joinpath("data/intake.toml").read_text("utf-8")
    return tomllib.loads(text)


def plain_key(key: str) -> str:
    """A key without what its writers spell differently."""
    return re.sub(r"[-_. ]", "", key).casefold()


def library(name: str) -> ModuleType:
    """A library of the extra. Raises `UsageError` that asks for it where it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise UsageError(
            "missing-extra",
            f"this needs a package that is not installed: {name.split('.')[0]}",
            f"install it with {with_extra('web')}",
        ) from error
