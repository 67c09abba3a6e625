"""Which claims of a group stand for its statement, and which contradict it or leave it open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.claims.stance import side
from factcheck.divergence.polarity import agree
from factcheck.divergence.views import View
from factcheck.records import Article, Claim

# A denial is held against so many assertions of its group at most.
_MOST = 50


def carrying(group: Sequence[Claim], articles: Mapping[str, Article]) -> list[Claim]:
    """The claims of a group that stand for its statement, in their order.

    Those that assert it, and denials of its contrary; where nobody asserts it the denials, and
    where all leave it open all of them. A denial is no voice for what it denies, nor is a question.
    """
    sides = {claim.id: side(claim) for claim in group}
    asserted = [claim for claim in group if sides[claim.id] > 0]
    denied = [claim for claim in group if sides[claim.id] < 0]
    if not asserted:
        return denied or list(group)
    if not denied:
        return asserted
    views = [View(claim, articles[claim.article]) for claim in asserted[:_MOST]]
    agreeing = {
        claim.id
        for claim in denied
        if any(agree(View(claim, articles[claim.article]), view) for view in views)
    }
    return [claim for claim in group if sides[claim.id] > 0 or claim.id in agreeing]
