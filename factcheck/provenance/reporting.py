"""What an article as a whole shows of how its outlet works: by its own reporting, or by passing on.

Of two who tell the same, the one that was at the news conference and talked to the neighbours is
less likely to have it from the other than one that has nothing but what others told.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from factcheck.bylines import is_dateline
from factcheck.provenance.access import Access
from factcheck.records import Article

# Claims that are added to those of an article, so that one in three of a short text is not a third.
_MORE = 4
_PUBLIC = frozenset(("public", "document"))


class Reporting(NamedTuple):
    """How an article came to know all that it tells.

    `heard`: claims that were told to its outlet, or that it saw itself, in nats; `attended`: claims
    of public occasions and documents, in nats; `passed_on`: the share that came through another
    outlet; `filed`: whether it is signed, or says where it was filed, and credits nobody.
    """

    heard: float
    attended: float
    passed_on: float
    filed: bool


def reporting(article: Article, accesses: Iterable[Access]) -> Reporting:
    """Sum up the accesses of an article's claims."""
    accesses = list(accesses)
    heard = sum(a.first_hand is not None for a in accesses)
    attended = sum(a.claim.access.kind in _PUBLIC for a in accesses)
    passed_on = sum(any(h.stated for h in a.hands) for a in accesses)
    return Reporting(
        math.log1p(heard),
        math.log1p(attended),
        passed_on / (len(accesses) + _MORE),
        not article.credits and (bool(article.byline) or _filed_somewhere(article)),
    )


def _filed_somewhere(article: Article) -> bool:
    first = next((b for b in article.blocks if b.kind == "body"), None)
    return first is not None and is_dateline(article.text[first.start : first.end])
