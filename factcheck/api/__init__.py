"""The program for programs: what `import factcheck` offers, as docs/api.md describes it.

Nothing here prints, exits or asks the network. What a caller does wrong, or gives that cannot be
used, is an error of the family `FactcheckError`.
"""

from __future__ import annotations

from factcheck.api.articles import Article, Articles, read
from factcheck.api.report import Explanation, Report, Trace
from factcheck.api.work import Check, check, compare, explain, extract, trace
from factcheck.errors import ConfigurationError, FactcheckError, UnreadableError, UsageError
from factcheck.records import (
    Access,
    Claim,
    Divergence,
    DivergenceValue,
    Finding,
    Group,
    Inconsistency,
    Origin,
    Skipped,
    Slot,
    Speaker,
    Summary,
    Via,
    Voice,
)
from factcheck.reports.told import OutletView, Person, Statement

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
    "check",
    "compare",
    "explain",
    "extract",
    "read",
    "trace",
]
