"""Groups of claims → where they disagree, and only there.

A rule holds two claims of one group and two articles together and returns a conflict with its
reason, or nothing; what the cross-encoder says of the two is weighed with it. When in doubt it
returns nothing: a reader who is warned of every rephrasing stops reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from factcheck.divergence import (
    dates,
    days,
    events,
    figures,
    places,
    scope,
    typed,
    weigh,
    wordings,
)
from factcheck.divergence.apart import of_one_thing
from factcheck.divergence.inside import inconsistencies
from factcheck.divergence.sides import carrying
from factcheck.divergence.views import Conflict, View
from factcheck.kinds import EXACT
from factcheck.matching.reader import Read
from factcheck.records import Article, Claim, Divergence, DivergenceValue, Slot, Span

__all__ = [
    "Comparison",
    "Read",
    "carrying",
    "find",
    "inconsistencies",
    "of_one_thing",
    "with_origins",
]

# Pairs of one group that are held together at most; a group of more tellings repeats itself.
_MOST_PAIRS = 3000
# The score from which on two claims that name two places may tell of one event.
_NEARLY = 0.25
# The score from which on a conflict of any kind joins the groups of two claims.
_LIKELY = 0.5
# The log-odds of a conflict, by the cross-encoder, from which on it does so for a less likely pair.
_CONFLICT = 1.0
# Claims whose words are kept at hand.
_MOST_VIEWS = 5000
Held = tuple[Claim, Claim, Conflict]


class Comparison:
    """The claims of one run side by side: a claim is looked at once, and so are two.

    `articles` are by id. Claims need their slots (`slots.fill`).
    """

    def __init__(self, articles: Mapping[str, Article]) -> None:
        """Nothing is looked at before it is asked for."""
        self._articles = articles
        self._views: dict[str, View] = {}
        self._known: dict[tuple[str, str, bool], list[Conflict]] = {}

    def find(
        self, groups: Sequence[Sequence[Claim]], read: Read | None = None
    ) -> list[list[Divergence]]:
        """Find the divergences of each group.

        `read` is asked of every two claims that are held together; without it the words alone
        count. All groups at once, since a conflict in the circumstances of one utterance event
        (its day) is reported in one group only.
        """
        told = events.conflicts(groups, self._articles)
        held = [
            [*self._held(group, read), *told.get(number, [])] for number, group in enumerate(groups)
        ]
        return [_merged(items) for items in _once(held, groups)]

    def disputed(
        self, a: Claim, b: Claim, group: Sequence[Claim], score: float, read: Read | None = None
    ) -> bool:
        """Whether two claims, though not matched, tell one thing with two figures, dates or places.

        Matching weighs words, and a figure that differs is a word that differs: of "50,000 pages"
        and "55,000 pages" of the same papers it is less sure than of other tellings, although just
        these belong side by side. Two claims that more likely match than not, and yet stand in two
        groups, do so with a conflict of any kind. A place says less than a figure, and asks for
        more of a `score`. `group` are all claims that would stand together with `a` and `b`: the
        conflict must hold among them (an article that tells both figures tells two things).
        """
        reading = read(a, b) if read else None
        if score >= _LIKELY or (reading and reading.conflict >= _CONFLICT):
            return any(d.material for d in self.find([[a, b]], read)[0]) and any(
                d.material for d in self.find([group], read)[0]
            )
        told_of = [{s.slot for s in claim.slots if s.scope == "claim"} for claim in (a, b)]
        if not told_of[0] & told_of[1] & EXACT:
            return False
        one, other = self._view(a), self._view(b)
        rules = [_like_figures, _calendar_dates, typed.conflicts]
        if score >= _NEARLY:
            rules.append(places.conflicts)
        told = {found.slot for rule in rules for found in rule(one, other)}
        if not told:
            return False
        return any(d.material and d.slot in told for d in self.find([group], read)[0])

    def _view(self, claim: Claim) -> View:
        known = self._views.get(claim.id)
        if known is None:
            if len(self._views) >= _MOST_VIEWS:
                self._views.clear()
            known = self._views[claim.id] = View(claim, self._articles[claim.article])
        return known

    def _held(self, group: Sequence[Claim], read: Read | None) -> list[Held]:
        if len({claim.article for claim in group}) < 2:
            return []
        views = [self._view(claim) for claim in group]
        out: list[Held] = []
        for number, (a, b) in enumerate(combinations(views, 2)):
            if number >= _MOST_PAIRS:
                break
            if a.claim.article == b.claim.article:
                continue
            if scope.is_of_another(a, b, views) or scope.is_of_another(b, a, views):
                continue
            out += [(a.claim, b.claim, found) for found in self._conflicts(a, b, read)]
        return [item for item in out if not _told_together(item, group)]

    def _conflicts(self, a: View, b: View, read: Read | None) -> list[Conflict]:
        """All that two claims differ in; what the reader alone sees, only where nothing else does.

        A pair that was not read may be read later in a run.
        """
        reading = read(a.claim, b.claim) if read else None
        key = a.claim.id, b.claim.id, reading is None
        known = self._known.get(key)
        if known is None:
            found = [conflict for rule in typed.rules() for conflict in rule(a, b)]
            found += typed.conflicts(a, b)
            found += weigh.conflicts(a, b, reading)
            found = found or weigh.unnamed(a, b, reading)
            known = self._known[key] = wordings.told(a, b, found)
        return known


def find(
    groups: Sequence[Sequence[Claim]], articles: Mapping[str, Article]
) -> list[list[Divergence]]:
    """The divergences of each group by its words alone; see `Comparison.find`."""
    return Comparison(articles).find(groups)


def _like_figures(a: View, b: View) -> list[Conflict]:
    """Figures in conflict that may count one thing, as they are of like size."""
    return [
        found for found in figures.conflicts(a, b) if found.material and _may_be_one(a, b, found)
    ]


def _calendar_dates(a: View, b: View) -> list[Conflict]:
    """Dates in conflict that are told by month or year: the days of one story are many."""
    return [
        found for found in dates.conflicts(a, b) if all(map(days.by_calendar, _slots(a, b, found)))
    ]


def _may_be_one(a: View, b: View, found: Conflict) -> bool:
    one, other = _slots(a, b, found)
    return figures.may_be_one(a, one, b, other)


def _slots(a: View, b: View, found: Conflict) -> tuple[Slot, Slot]:
    """The two slots that a conflict is about."""
    one, other = (
        next(s for s in view.claim.slots if s.slot == found.slot and s.span == span)
        for view, span in zip((a, b), found.spans, strict=True)
    )
    return one, other


def _once(held: Sequence[list[Held]], groups: Sequence[Sequence[Claim]]) -> list[list[Held]]:
    """Keep one of several groups in which two articles differ in the very same words.

    A day told once for a whole passage would otherwise be reported with each of its statements.
    """
    best: dict[tuple[object, ...], tuple[int, int]] = {}
    for number, items in enumerate(held):
        rank = (-len({c.article for c in groups[number]}), number)
        for item in items:
            key = _key(item)
            best[key] = min(best.get(key, rank), rank)
    return [
        [item for item in items if best[_key(item)][1] == number]
        for number, items in enumerate(held)
    ]


def _key(item: Held) -> tuple[object, ...]:
    a, b, found = item
    return (found.slot, *sorted(zip((a.article, b.article), found.values, strict=True)))


def _told_together(item: Held, group: Sequence[Claim]) -> bool:
    """Whether one article of the group has both values: then they are two things."""
    found = item[2]
    if found.slot not in EXACT:
        return False
    told: dict[str, set[str]] = {}
    for claim in group:
        told.setdefault(claim.article, set()).update(s.value for s in claim.slots)
    return any(set(found.values) <= values for values in told.values())


def _merged(held: Sequence[Held]) -> list[Divergence]:
    """One divergence per slot and reason's kind, with every value and who tells it."""
    by_kind: dict[tuple[str, bool, bool, bool, bool], list[Held]] = {}
    for item in held:
        found = item[2]
        key = (found.slot, found.material, found.contested, found.updated, found.of_saying)
        by_kind.setdefault(key, []).append(item)
    out = []
    for items in by_kind.values():
        first = items[0][2]
        tellers: dict[str, dict[str, Span]] = {}
        for a, b, found in items:
            for claim, value, span in zip((a, b), found.values, found.spans, strict=True):
                tellers.setdefault(value, {}).setdefault(claim.id, span)
        out.append(
            Divergence(
                slot=first.slot,
                material=first.material,
                reason=first.reason,
                values=tuple(
                    DivergenceValue(value=v, claims=tuple(spans), spans=tuple(spans.values()))
                    for v, spans in tellers.items()
                ),
                contested=first.contested,
                updated=first.updated,
                of_saying=first.of_saying,
            )
        )
    return out


def with_origins(divergence: Divergence, origin_of: Mapping[str, str]) -> Divergence:
    """Name the origins behind each value; `origin_of` maps claim ids to origin names.

    Five outlets that copied one agency are one origin behind their value.
    """
    values = tuple(
        value.model_copy(
            update={
                "origins": tuple(sorted({origin_of[c] for c in value.claims if c in origin_of}))
            }
        )
        for value in divergence.values
    )
    return divergence.model_copy(update={"values": values})
