"""Two days, or two other times, for one thing."""

from __future__ import annotations

from factcheck.divergence import figures
from factcheck.divergence.days import SPAN, by_calendar, differ, fineness
from factcheck.divergence.views import Conflict, View
from factcheck.lang import table, words
from factcheck.records import Slot, Span
from factcheck.slots.tokens import content, stem

# Words that only bound a date ("by June"), and those that start another clause before it.
_BOUNDS = words("conflicts", "dates", "bounds")
_CLAUSES = words("conflicts", "dates", "clauses")
_OPENERS = _CLAUSES | words("conflicts", "dates", "openers")
_DETERMINERS = words("conflicts", "dates", "determiners")
_REACH, _NEAR = 7, 6
_BEFORE, _BEHIND = 4, 3
# Years by which two tellings of one term of office may differ at either end.
_SLIP = 3


def conflicts(a: View, b: View) -> list[Conflict]:
    """Hold the dates of two claims together."""
    if a.is_list("date") or b.is_list("date"):
        return []
    left, right = closed(a), closed(b)
    if left and right and figures.of_two_polls(a, b):
        return []
    if left and right and figures.any_differ(a, b):
        # Two figures for two years are two statements.
        left, right = ([s for s in side if fineness(s) < 2] for side in (left, right))
    pairs = sorted(
        ((nearness(a, x, b, y), x, y) for x in left for y in right),
        key=lambda p: (-p[0], p[1].span, p[2].span),
    )
    used: set[Span] = set()
    for near, one, other in pairs:
        if one.span in used or other.span in used:
            continue
        used |= {one.span, other.span}
        if (
            near
            and differ(one, other)
            and not _elsewhere(one, right)
            and not _elsewhere(other, left)
        ):
            return [conflict(one, other)]
    return []


def _elsewhere(slot: Slot, others: list[Slot]) -> bool:
    """Whether the other claim has that very time too, for something else."""
    return any(s.value == slot.value for s in others)


def nearness(a: View, one: Slot, b: View, other: Slot) -> float:
    """How much the words near two dates have in common; equally fine dates first.

    Names do not count, except beside two spans of years that nearly agree: a term of office.
    """
    term = _one_term(one, other)
    if term:
        near = a.around(one.span, 2 * _NEAR) & b.around(other.span, 2 * _NEAR)
    else:
        near = (_dated(a, one) & _dated(b, other)) - (a.names & b.names)
    return len(near) + 0.5 * (fineness(one) == fineness(other)) if near else 0.0


def _dated(view: View, slot: Slot) -> frozenset[str]:
    """Stems of the words that a date belongs to: those of its own clause.

    The last plain words before it and the first behind it, more of these where it opens the clause.
    Names before it are passed over: they would keep the verb out of reach, and name anything.
    """
    times = [s.span for s in view.slots("date")]
    plain = [t for t in view.tokens if not any(a <= t.start < b for a, b in times)]
    before = [t for t in plain if t.end <= slot.span[0]]
    behind = [t for t in plain if t.start >= slot.span[1]]
    start = next((k + 1 for k in reversed(range(len(before))) if before[k].low in _OPENERS), 0)
    end = next((k for k, t in enumerate(behind) if t.low in _OPENERS), len(behind))
    own = [t for t in content(before[start:]) if not t.is_capital and t.is_word]
    own = own[-_BEFORE:] + content(behind[:end])[: _BEHIND if own else 2 * _BEHIND]
    return frozenset(stem(t.low) for t in own)


def _one_term(one: Slot, other: Slot) -> bool:
    """Whether both dates span years, and their ends lie few years apart."""
    left, right = SPAN.search(one.text), SPAN.search(other.text)
    if left is None or right is None:
        return False
    return all(abs(int(left[end]) - int(right[end])) <= _SLIP for end in (1, 2))


def conflict(one: Slot, other: Slot, *, of_saying: bool = False) -> Conflict:
    """Two dates that cannot both hold: those of an event, or those at which something was said."""
    what = "remark" if of_saying else "event"
    return Conflict(
        "date",
        f"two times for one {what}: {_shown(one)} and {_shown(other)}",
        (one.value, other.value),
        (one.span, other.span),
        of_saying=of_saying,
    )


def _shown(slot: Slot) -> str:
    return slot.text if slot.value.lower() == slot.text.lower() else f"{slot.text} ({slot.value})"


def closed(view: View) -> list[Slot]:
    """Dates that place what is told, not ones that only bound it ("since", "by")."""
    return [s for s in view.slots("date") if SPAN.search(s.text) or not _is_open(view, s)]


def bound(view: View, slot: Slot) -> str:
    """Which end of a time a date is said to be: "start" ("since", "from"), "end" ("until", "by").

    Empty where no word says so.
    """
    before = [view.before(slot.span, count) for count in (1, 2)]
    word = before[1] if before[0] in _DETERMINERS else before[0]
    end: str = table("dates")["ends"].get(word, "")
    return end


def _is_open(view: View, slot: Slot) -> bool:
    """Whether a bounding word governs the date: "after the row of Tuesday"."""
    before = [t for t in view.tokens if t.end <= slot.span[0]][-_REACH:]
    if " of " in slot.text and before and before[-1].low == "the":
        before.pop()  # "the eleventh of May", "the end of May" are told so
    if before and before[-1].low in _BOUNDS:
        return True
    if by_calendar(slot) and before and before[-1].low in _DETERMINERS:
        return True  # "the 2012 attack", "the December 6 killing" only name it
    if before and before[-1].low == "and" and any(t.low == "between" for t in before):
        return True
    for token in reversed(before):
        if not token.is_word and not token.is_number and token.text not in "'’":
            return False
        if token.low in _CLAUSES:
            return True
    return False
