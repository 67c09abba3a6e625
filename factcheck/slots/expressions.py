"""What a time expression says, as read and not yet resolved."""

from __future__ import annotations

from typing import NamedTuple

from factcheck.slots.verbs import Side


class Time(NamedTuple):
    """A time expression at tokens `[first, last)`, as read and not yet resolved.

    `kind`: `day` (year, month and day, each 0 where unknown), `monthday` (of an untold month),
    `span` (of years), `season` (of a year), `weekday`, `offset` (of `unit`, relative to
    publication), `other` (relative to another day) or `hours` alone.
    """

    first: int
    last: int
    kind: str
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    which: str = ""  # what places a weekday: last, next, this, coming, past, other
    weeks: int = 0
    how: str = ""  # how the weeks count: see `weekdays.Weekday`
    unit: str = ""
    offset: int = 0
    part: str = ""  # early, mid, late, earlier, later
    side: Side = "back"
    told: bool = True  # whether a verb or the like tells the side
    hours: tuple[int, int] | None = None
    zone: str = ""
    since: int = 0  # first day of days of one month: "between 10 and 18 June"
    until: int = 0  # last year of a span of years
    names: bool = False  # "the April 9 attack"
