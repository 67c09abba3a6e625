"""What fails, for which articles: the ledger's policy with its overrides."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from factcheck.ledger.models import Ledger, Override
from factcheck.records import Article, Report

_T = TypeVar("_T")
_WILD = re.compile(r"[*?]")


def fail_on(ledger: Ledger, articles: Iterable[Article]) -> frozenset[str]:
    """Names of the rules that fail for a finding of these articles: of any of them."""
    policy = ledger.policy
    sets = [_value(ledger, article, "fail_on", policy.fail_on) for article in articles]
    return frozenset().union(*(sets or [policy.fail_on]))


def minimum_origins(ledger: Ledger, articles: Iterable[Article]) -> int:
    """Independent origins that a statement of these articles needs: the most that one asks for."""
    least = ledger.policy.minimum_origins
    asked = [_value(ledger, article, "minimum_origins", least) for article in articles]
    return max(asked, default=least)


def unmatched(
    ledger: Ledger, report: Report, expected: Callable[[str], bool] = lambda pattern: True
) -> list[str]:
    """The path patterns of overrides that match no file of a report, read or not.

    `expected` tells of a pattern whether the report would hold its files, if there were any.
    """
    files = [a.path for a in report.articles] + [skipped.path for skipped in report.skipped]
    patterns = dict.fromkeys(o.path for o in ledger.policy.overrides if o.path is not None)
    return [
        pattern
        for pattern in patterns
        if expected(pattern) and not any(matches(pattern, file, ledger.folder) for file in files)
    ]


def may_reach(pattern: str, path: str, folder: str = "") -> bool:
    """Whether a pattern of a ledger in `folder` may match something at a path or below it."""
    wanted = pattern.removeprefix("./").split("/")
    for seen in views(path, folder):
        pairs = zip(wanted, PurePosixPath(seen).parts, strict=False)
        near = itertools.takewhile(lambda pair: "**" not in pair[0], pairs)
        if all(matches(want, have) for want, have in near):
            return True
    return False


def fixed(pattern: str) -> str:
    """The folder or file of a pattern above its first wildcard; empty where it begins with one."""
    parts = pattern.removeprefix("./").rstrip("/").split("/")
    return "/".join(itertools.takewhile(lambda part: not _WILD.search(part), parts))


def matches(pattern: str, path: str, folder: str = "") -> bool:
    """Whether a path is under a pattern: as it is given, or as seen from `folder`, in which the
    ledger lies.

    `*` and `?` stay within one folder, `**` crosses folders; a pattern without wildcards also
    covers everything below it.
    """
    return any(_fits(pattern, seen) for seen in views(path, folder))


def views(path: str, folder: str) -> list[str]:
    """A path as it is given and as seen from a folder, with slashes."""
    seen = [path]
    if folder:
        with contextlib.suppress(ValueError):  # on two drives
            seen.append(os.path.relpath(path, folder))
    return [one.replace("\\", "/").removeprefix("./") for one in seen]


def _fits(pattern: str, path: str) -> bool:
    if not _WILD.search(pattern):
        folder = pattern.removeprefix("./").rstrip("/")
        return path == folder or path.startswith(f"{folder}/")
    tokens = _tokens(pattern)
    # All places of the pattern at once, not one after the other: no pattern takes long.
    states = _reached(tokens, {0})
    for char in path:
        moved = set()
        for state in states:
            token = tokens[state] if state < len(tokens) else None
            if token == "**" or (token == "*" and char != "/"):
                moved.add(state)
            elif token == char or (token == "?" and char != "/"):
                moved.add(state + 1)
        states = _reached(tokens, moved)
    return len(tokens) in states


def _reached(tokens: Sequence[str], states: set[int]) -> set[int]:
    """Add the places behind wildcards, which may stand for nothing."""
    todo = list(states)
    while todo:
        state = todo.pop()
        behind = []
        if state < len(tokens) and tokens[state] in ("*", "**"):
            behind.append(state + 1)
            # "**/" stands for no folder at all, too.
            first = state == 0 or tokens[state - 1] == "/"
            if first and tokens[state : state + 2] == ("**", "/"):
                behind.append(state + 2)
        todo += [place for place in behind if place not in states]
        states.update(behind)
    return states


@functools.cache
def _tokens(pattern: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\*\*|.", pattern.removeprefix("./"), re.DOTALL))


def _value(ledger: Ledger, article: Article, field: str, value: _T) -> _T:
    for override in ledger.policy.overrides:
        if _applies(override, article, ledger.folder) and getattr(override, field) is not None:
            value = getattr(override, field)
    return value


def _applies(override: Override, article: Article, folder: str) -> bool:
    if override.path is not None:
        return matches(override.path, article.path, folder)
    return override.outlet in (article.outlet, article.family)
