"""What people wrote in the ledger about the claims of a report, in words for its readers."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.ledger.match import match
from factcheck.ledger.models import Decision, Ledger
from factcheck.records import Report

_KINDS = {
    "same": "called the same by hand",
    "different": "told apart by hand",
    "conflict-accepted": "the conflict is accepted",
    "finding-accepted": "the finding is accepted",
}


def notes(ledger: Ledger, report: Report) -> Iterator[tuple[str, str]]:
    """Pairs of what a note is about (a claim's fingerprint, or a group's id) and the note."""
    known = [claim.fingerprint for claim in report.claims]
    for decision in ledger.decisions:
        for name in decision.fingerprints:
            if any(fingerprint.startswith(name) for fingerprint in known):
                yield name, _words(decision)
    for found in match(ledger.claims, report, ledger.folder):
        if found.group:
            tracked = found.tracked
            note = f": {tracked.note}" if tracked.note else ""
            owner = f" by {tracked.owner}" if tracked.owner else ""
            yield found.group, f"followed as {tracked.id}{owner}{note}"


def _words(decision: Decision) -> str:
    told = _KINDS[decision.decision]
    told += f", {decision.by}" if decision.by else ""
    told += f", {decision.date.isoformat()}" if decision.date else ""
    return f"{told}: {decision.why}" if decision.why else told
