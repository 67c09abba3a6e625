"""`claims.yaml`: policy, outlets, tracked claims and human decisions, and a report against it."""

from factcheck.ledger.load import find, load, loads, place_for, schema
from factcheck.ledger.models import EMPTY, Decision, Ledger, Outlet, Policy, Tracked

__all__ = [
    "EMPTY",
    "Decision",
    "Ledger",
    "Outlet",
    "Policy",
    "Tracked",
    "find",
    "load",
    "loads",
    "place_for",
    "schema",
]
