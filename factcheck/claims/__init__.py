"""Attributions and the remaining sentences of an article → claims."""

from factcheck.claims.build import build

__all__ = ["build"]
