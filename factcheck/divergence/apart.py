"""Signs that two claims, however alike, tell of two things: the one does not bear out the other."""

from __future__ import annotations

from factcheck.divergence import dates, figures, places
from factcheck.divergence.views import View, other_people
from factcheck.records import Article, Claim


def tell_apart(a: Claim, b: Claim, article_a: Article, article_b: Article) -> bool:
    """Whether two claims differ throughout in a kind of particular that both tell.

    Other people, other places, other times, other figures for one thing counted, another poll.
    Where such a difference is no conflict, it is one between two things.
    """
    one, other = View(a, article_a), View(b, article_b)
    return (
        other_people(one, other)
        or places.all_apart(one, other)
        or dates.all_apart(one, other)
        or figures.all_apart(one, other)
    )
