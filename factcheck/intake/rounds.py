"""Running reports and round-ups without markup of their own → their entries.

A running report ("live", "as it happened") opens each entry with its time, a round-up ("in brief")
each with a heading. What stands before the first is an article of its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from factcheck.dates import is_full, parse_date
from factcheck.intake.drafts import Draft, one_line
from factcheck.intake.zones import offset

_RUNNING = re.compile(
    r"(?i)\blive(?:[ -]?(?:blog|updates?|coverage|report(?:ing)?|ticker|feed)\b|\s*[:–—|-]|$)"
    r"|\bas it happen(?:s|ed)\b|\bminute by minute\b|\brolling (?:coverage|updates)\b"
    r"|\blatest updates\b"
)
_ROUND_UP = re.compile(
    r"(?i)\b(?:round[ -]?up|in brief|briefs|briefing|digest|at a glance|news bites)\b"
)
_CLOCK = (
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b\.?)?"
    r"|(?:1[0-2]|[1-9]) ?[ap]\.?m\b\.?"
    # As agencies write it, which without a zone would be any number.
    r"|(?:[01]\d|2[0-3])[0-5]\d(?= ?(?:gmt|utc|bst|e[sd]?t|ces?t)\b)"
)
_TIMED = re.compile(
    rf"(?im)^(?:#{{1,6}} |\*\*|- )?(?:updated? (?:at )?)?(?P<time>{_CLOCK})"
    r"(?: ?\(?(?:(?P<zone>[a-z]{2,4}(?:[+-]\d{1,2}(?::?\d\d)?)?)|local time)\)?)?"
    # The same in another zone.
    r"(?: ?\([^)\n]{1,30}\))?(?:\*\*)?"
    r"(?:[ \t]*(?:[:–—|]|-(?=[ \t]))(?P<title>[^\n]*))?[ \t]*$"
)
_HEADED = re.compile(r"(?m)^#{1,6} (?P<title>[^\n]+)$")
# Fewer entries are an article with a time line, or with headings; fewer words are no entry.
_LEAST, _MOST, _WORDS = 3, 500, 6
# What is longer behind a time is the entry's text, not its title.
_TITLE_WORDS = 14
_NAMED = 80
# Hours by which a clock falls behind at midnight, and not because an entry stands out of order.
_FALLEN = 6


def apart(draft: Draft) -> Iterator[Draft]:
    """The entries of a draft, or the draft itself where it is one article."""
    title, days = draft.title or "", [""] * _MOST
    if draft.entry:
        heads = []
    elif _RUNNING.search(title) and is_full(draft.published):
        heads = list(islice(_TIMED.finditer(draft.text), _MOST))
        days = _days(draft.published[:10], [_clock(head["time"]) for head in heads])
    else:
        found = _HEADED.finditer(draft.text) if _ROUND_UP.search(title) else ()
        heads = list(islice(found, _MOST))
    ends = [head.start() for head in heads[1:]] + [len(draft.text)] * bool(heads)
    entries = [
        entry
        for head, end, day in zip(heads, ends, days, strict=False)
        if (entry := _entry(draft, head, day, draft.text[head.end() : end].strip()))
    ]
    if len(entries) < _LEAST:
        yield draft
        return
    lead = draft.text[: heads[0].start()].strip()
    if len(lead.split()) >= _WORDS:
        yield replace(draft, text=lead)
    yield from entries


def _clock(time: str) -> str:
    """A time as an entry has it as `09:30`; nothing for one that is none."""
    digits = f"{time[:2]}:{time[2:]}" if time.isdigit() else time
    return (parse_date(f"2000-01-01 {digits}") or "")[11:16]


def _days(first: str, clocks: Sequence[str]) -> list[str]:
    """The day of each entry: where the clock falls behind, the next day has begun.

    The report begins on the day `first`; its entries stand oldest first or newest first.
    """
    steps = [then < now for then, now in pairwise(clocks)]
    newest_first = sum(steps) * 2 < len(steps)
    day, last, days = datetime.date.fromisoformat(first), "", []
    for clock in reversed(clocks) if newest_first else clocks:
        if last and clock and int(last[:2]) - int(clock[:2]) >= _FALLEN:
            day += datetime.timedelta(1)
        last = clock or last
        days.append(day.isoformat())
    return days[::-1] if newest_first else days


def _entry(draft: Draft, head: re.Match[str], day: str, text: str) -> Draft | None:
    """The entry behind its head, with its own time where that tells one."""
    title = one_line((head["title"] or "").strip(" \t*")) or ""
    if len(title.split()) > _TITLE_WORDS or title.endswith(".") or not text:
        title, text = "", f"{title}\n\n{text}".strip()
    if len(text.split()) < _WORDS:
        return None
    published, name = draft.published, title
    if day and (clock := _clock(head["time"])):
        published = f"{day}T{clock}{offset(head['zone'] or '', day)}"
        name = f"{day}T{clock} {title}"
    return replace(
        draft,
        text=text,
        title=title or draft.title,
        published=published,
        # Without a title of its own it goes by its beginning.
        entry=name.strip() or one_line(text[:_NAMED]),
    )
