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

# A short text tells little of that: so many claims more are taken to be as usual.
_MORE = 12
_USUAL = {"heard": 0.58, "attended": 0.44, "passed_on": 0.06, "filed": 0.62, "quotes": 0.75}
_PUBLIC = frozenset(("public", "document"))


class Reporting(NamedTuple):
    """How an article came to know all that it tells; of a short one as much as its length tells.

    `heard`: claims that were told to its outlet, or that it saw itself, in nats; `attended`: claims
    of public occasions and documents, in nats; `passed_on`: the share that came through another
    outlet; `filed`: whether it is signed, or says where it was filed, and credits nobody;
    `others`: how much of what is usual counts beside what it has itself, in 0–1.
    """

    heard: float
    attended: float
    passed_on: float
    filed: float
    others: float

    def quotes(self, own: int) -> float:
        """Quotations that no other article has, in nats."""
        return _as_usual("quotes", math.log1p(own), self.others)


def reporting(article: Article, accesses: Iterable[Access]) -> Reporting:
    """Sum up the accesses of an article's claims."""
    accesses = list(accesses)
    others = _MORE / (len(accesses) + _MORE)
    heard = sum(a.first_hand is not None for a in accesses)
    attended = sum(a.claim.access.kind in _PUBLIC for a in accesses)
    passed_on = sum(any(h.stated for h in a.hands) for a in accesses)
    filed = not article.credits and (bool(article.byline) or _filed_somewhere(article))
    return Reporting(
        _as_usual("heard", math.log1p(heard), others),
        _as_usual("attended", math.log1p(attended), others),
        _as_usual("passed_on", passed_on / max(1, len(accesses)), others),
        _as_usual("filed", float(filed), others),
        others,
    )


def _as_usual(name: str, value: float, others: float) -> float:
    return value * (1 - others) + _USUAL[name] * others


def _filed_somewhere(article: Article) -> bool:
    first = next((b for b in article.blocks if b.kind == "body"), None)
    return first is not None and is_dateline(article.text[first.start : first.end])
