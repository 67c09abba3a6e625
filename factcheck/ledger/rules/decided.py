"""FC3xx: the ledger's own upkeep."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.ledger.rules.base import Context, Found, excerpt, listed, rule


@rule("FC301", "stale-decision", "warning")
def stale_decision(context: Context) -> Iterator[Found]:
    """A decision in the ledger no longer applies.

    It names claims that no article makes any more, or accepts a finding that is no longer
    there. It is told only by a check over whole folders.

    For example:
    A conflict of two articles was accepted, and one of them has since been corrected.

    To resolve:
    Remove the entry from `decisions`; the ledger's history keeps it.
    """
    for decision in context.unused:
        names = listed(decision.fingerprints)
        words = excerpt(decision.about or decision.why or "")
        yield Found(
            message=f"the decision '{decision.decision}' on {names} no longer applies"
            + (f": {words}" if words else ""),
            sides=(frozenset(decision.fingerprints),),
            path=context.ledger_name,
        )
