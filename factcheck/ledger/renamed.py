"""Decisions on claims of files that have got another name since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from factcheck.claims.build import fingerprints
from factcheck.ledger.models import Decision, Ledger
from factcheck.outlets import outlet_of, plain_stem
from factcheck.records import Article, Claim

# A name may hold what else divides it from the words.
_MOST_DIVIDED = 5


class Told(Protocol):
    """An article and its claims, in text order."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def claims(self) -> Sequence[Claim]:
        """All of its claims."""


def followed(ledger: Ledger, told: Sequence[Told]) -> Ledger:
    """A ledger whose decisions name the claims of renamed files as they are called now.

    The outlet of a plain text file is told by its name alone, and is part of what a decision
    names; so with a new name the same words would be another outlet's. A claim that nobody tells
    any more is followed to one of such a file that has the same fingerprint under the outlet's
    former name; nothing is guessed.
    """
    known = {claim.fingerprint for one in told for claim in one.claims}
    gone = {
        fingerprint: telling
        for entry in ledger.decisions
        for fingerprint, telling in zip(entry.fingerprints, entry.tellings, strict=False)
        if fingerprint not in known
    }
    named = {fingerprint for entry in ledger.decisions for fingerprint in entry.fingerprints}
    now: dict[str, str] = {}
    former = sorted({outlet for telling in gone.values() for outlet in _outlets(telling)})
    for one in (one for one in told if former and named_by_file(one.article)):
        for outlet in former:
            for claim, old in zip(one.claims, fingerprints(outlet, one.claims), strict=True):
                if old in gone and claim.fingerprint not in named:
                    now.setdefault(old, claim.fingerprint)
    if not now:
        return ledger
    decisions = tuple(_renamed(entry, now) for entry in ledger.decisions)
    return ledger.model_copy(update={"decisions": decisions})


def _renamed(entry: Decision, now: Mapping[str, str]) -> Decision:
    names = tuple(now.get(name, name) for name in entry.fingerprints)
    return (
        entry.model_copy(update={"fingerprints": names}) if names != entry.fingerprints else entry
    )


def _outlets(telling: str) -> Iterator[str]:
    """What may be the outlet of "Outlet: words"."""
    parts = telling.split(": ", _MOST_DIVIDED)
    return (": ".join(parts[:number]) for number in range(1, len(parts)))


def named_by_file(article: Article) -> bool:
    """Whether the name of its file, with or without a number, tells an article's outlet."""
    by_name = (outlet_of(None, None, article.path)[0], plain_stem(article.path))
    return article.url is None and any(
        name == article.outlet or name.startswith(f"{article.outlet}-") for name in by_name
    )
