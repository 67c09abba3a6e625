"""Signs that two claims, however alike, tell of two things: the one does not bear out the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.divergence import days, figures, names, places, typed
from factcheck.divergence.views import View
from factcheck.matching.reader import Read
from factcheck.records import Article, Claim, Link

# The log-odds of a conflict, by the cross-encoder, from which on nobody bears the other out, and
# those of sameness that it takes. That a group holds together asks for less than that two hands
# tell one thing.
_DOUBT, _SAME = -1.0, -0.5


def of_one_thing(
    claims: Sequence[Claim],
    links: Sequence[Link],
    articles: Mapping[str, Article],
    read: Read | None = None,
) -> list[Link]:
    """The links of a group by which claims can bear each other out: decided, or not told apart.

    Nor do two claims that the cross-encoder takes for two statements, or that may conflict by it,
    though none is sure enough to be told. `articles` are by id. Claims need their
    slots (`slots.fill`).
    """
    views = {claim.id: View(claim, articles[claim.article]) for claim in claims}

    def doubtful(a: View, b: View) -> bool:
        reading = read(a.claim, b.claim) if read else None
        return reading is not None and (reading.conflict >= _DOUBT or reading.same < _SAME)

    return [
        link
        for link in links
        if link.decided
        or not (told_apart(views[link.a], views[link.b]) or doubtful(views[link.a], views[link.b]))
    ]


def told_apart(a: View, b: View) -> bool:
    """Whether two claims differ throughout in a kind of particular that both tell.

    Other people, other places, other times, other figures for one thing counted, another poll.
    Where such a difference is no conflict, it is one between two things.
    """
    return (
        names.other_people(a, b)
        or places.all_apart(a, b)
        or days.all_apart(a, b)
        or figures.all_apart(a, b)
        or typed.all_apart(a, b)
    )
