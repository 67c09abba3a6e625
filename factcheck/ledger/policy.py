"""What fails, for which articles: the ledger's policy with its overrides."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from factcheck.ledger.models import Override, Policy
from factcheck.records import Article, Report

_T = TypeVar("_T")


def fail_on(policy: Policy, articles: Iterable[Article]) -> frozenset[str]:
    """Names of the rules that fail for a finding of these articles: of any of them."""
    sets = [_value(policy, article, "fail_on", policy.fail_on) for article in articles]
    return frozenset().union(*(sets or [policy.fail_on]))


def minimum_origins(policy: Policy, articles: Iterable[Article]) -> int:
    """Independent origins that a statement of these articles needs: the most that one asks for."""
    asked = [
        _value(policy, article, "minimum_origins", policy.minimum_origins) for article in articles
    ]
    return max(asked, default=policy.minimum_origins)


def unmatched(policy: Policy, report: Report, paths: Sequence[str] = ()) -> list[str]:
    """The path patterns of overrides that match no file of a report, read or not.

    Of `paths` that were asked for only patterns that may match below one of them are judged.
    """
    files = [a.path for a in report.articles] + [skipped.path for skipped in report.skipped]
    patterns = dict.fromkeys(o.path for o in policy.overrides if o.path is not None)
    return [
        pattern
        for pattern in patterns
        if (not paths or any(_may_reach(pattern, path) for path in paths))
        and not any(matches(pattern, file) for file in files)
    ]


def _may_reach(pattern: str, folder: str) -> bool:
    """Whether a pattern may match something below a folder."""
    given = PurePosixPath(folder.replace("\\", "/"))
    wanted = pattern.removeprefix("./").split("/")
    for want, have in zip(wanted, given.parts, strict=False):
        if "**" in want or given.is_absolute():
            break
        if not matches(want, have):
            return False
    return True


def matches(pattern: str, path: str) -> bool:
    """Whether a path as given is under a pattern.

    `*` and `?` stay within one folder, `**` crosses folders; a pattern without wildcards also
    covers everything below it.
    """
    path = path.replace("\\", "/").removeprefix("./")
    if not any(char in pattern for char in "*?"):
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


def _value(policy: Policy, article: Article, field: str, value: _T) -> _T:
    for override in policy.overrides:
        if _applies(override, article) and getattr(override, field) is not None:
            value = getattr(override, field)
    return value


def _applies(override: Override, article: Article) -> bool:
    if override.path is not None:
        return matches(override.path, article.path)
    return override.outlet in (article.outlet, article.family)
