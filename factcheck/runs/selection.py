"""Which findings are told, and which of them fail a check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.errors import UsageError
from factcheck.ledger.findings import Raised, rule_names
from factcheck.ledger.load import suggestion
from factcheck.ledger.rules import BY_NAME

LEVELS = ("error", "warning", "note")
NEVER = "never"


@dataclass(frozen=True)
class Selection:
    """Findings chosen by level (it and what is worse) or by rule."""

    level: int | None
    rules: frozenset[str]

    @classmethod
    def parse(cls, words: Iterable[str]) -> Selection:
        """Read names of rules and levels, or `never`. Raises `UsageError`."""
        level = None
        names: list[str] = []
        for word in words:
            if word == NEVER:
                level = -1
            elif word in LEVELS:
                level = max(level if level is not None else -1, LEVELS.index(word))
            else:
                names.append(word)
        try:
            rules = rule_names(names)
        except KeyError as error:
            unknown = str(error.args[0])
            known = (*LEVELS, *BY_NAME)
            hint = suggestion(unknown, known) or f"; known are {', '.join(known)}"
            raise UsageError("unknown-rule", f"no rule or level '{unknown}'{hint}") from None
        return cls(level, rules)

    def has(self, item: Raised) -> bool:
        """Whether a finding is chosen."""
        return item.check.rule.name in self.rules or LEVELS.index(item.finding.level) <= (
            -1 if self.level is None else self.level
        )

    def fails(self, item: Raised) -> bool:
        """Whether a finding fails the check; without any choice, where its level is `error`."""
        if self.level is None and not self.rules:
            return item.finding.level == "error"
        return self.has(item)
