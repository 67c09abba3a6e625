"""Attributed claims of news articles, matched across outlets.

What a program may use is in `__all__`, and described in docs/api.md. It is loaded when it is first
asked for: `import factcheck` alone takes next to no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.api import (
        Access,
        Article,
        Articles,
        Check,
        Claim,
        ConfigurationError,
        Divergence,
        DivergenceValue,
        Explanation,
        FactcheckError,
        Finding,
        Group,
        Inconsistency,
        Origin,
        OutletView,
        Person,
        Report,
        Skipped,
        Slot,
        Speaker,
        Statement,
        Summary,
        Trace,
        UnreadableError,
        UsageError,
        Via,
        Voice,
        check,
        compare,
        explain,
        extract,
        read,
        trace,
    )

__version__ = "0.1.0"
__all__ = [
    "Access",
    "Article",
    "Articles",
    "Check",
    "Claim",
    "ConfigurationError",
    "Divergence",
    "DivergenceValue",
    "Explanation",
    "FactcheckError",
    "Finding",
    "Group",
    "Inconsistency",
    "Origin",
    "OutletView",
    "Person",
    "Report",
    "Skipped",
    "Slot",
    "Speaker",
    "Statement",
    "Summary",
    "Trace",
    "UnreadableError",
    "UsageError",
    "Via",
    "Voice",
    "__version__",
    "check",
    "compare",
    "explain",
    "extract",
    "read",
    "trace",
]


def __getattr__(name: str) -> object:
    if name in __all__:
        found: object = getattr(import_module("factcheck.api"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module 'factcheck' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
