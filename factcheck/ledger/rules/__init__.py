"""The rules of a check, by their stable ids; a rule's docstring is its documentation."""

from __future__ import annotations

from factcheck.ledger.rules import articles, changed, decided, tracked
from factcheck.ledger.rules.base import Check, Context, Found

# Every rule there is. A number is never given to another rule.
CHECKS: tuple[Check, ...] = (
    articles.divergent,
    tracked.lost_corroboration,
    articles.single_sourced,
    articles.anonymous,
    articles.unmeasured,
    articles.inconsistent,
    articles.too_few_origins,
    articles.corroborated,
    changed.silent_change,
    tracked.unexpected_status,
    tracked.not_found,
    tracked.ambiguous,
    tracked.changed_details,
    changed.changed_source,
    decided.stale_decision,
    decided.stale_ignore,
    decided.unused_override,
)
BY_ID = {check.rule.id: check for check in CHECKS}
BY_NAME = {check.rule.name: check for check in CHECKS}

__all__ = ["BY_ID", "BY_NAME", "CHECKS", "Check", "Context", "Found"]
