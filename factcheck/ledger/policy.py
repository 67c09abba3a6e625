"""What fails, for which articles: the ledger's policy with its overrides."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import TypeVar

from factcheck.ledger.models import Override, Policy
from factcheck.records import Article

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


def matches(pattern: str, path: str) -> bool:
    """Whether a path as given is under a pattern.

    `*` and `?` stay within one folder, `**` crosses folders; a pattern without wildcards also
    covers everything below it.
    """
    return _compiled(pattern).fullmatch(path.replace("\\", "/").removeprefix("./")) is not None


def _value(policy: Policy, article: Article, field: str, value: _T) -> _T:
    for override in policy.overrides:
        if _applies(override, article) and getattr(override, field) is not None:
            value = getattr(override, field)
    return value


def _applies(override: Override, article: Article) -> bool:
    if override.path is not None:
        return matches(override.path, article.path)
    return override.outlet in (article.outlet, article.family)


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./").rstrip("/"))
    table = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    body = "".join(table.get(part) or re.escape(part) for part in parts)
    return re.compile(body + ("" if any(c in pattern for c in "*?") else "(?:/.*)?"), re.DOTALL)
