"""Running reports and round-ups without markup of their own → their entries.

A running report ("live", "as it happened") opens each entry with its time, a round-up ("in brief")
each with a heading. What stands before the first is an article of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from factcheck.dates import is_full, parse_date
from factcheck.intake.drafts import Draft, one_line

_RUNNING = re.compile(
    r"(?i)\blive(?:[ -]?(?:blog|updates?|coverage|report(?:ing)?|ticker|feed)\b|\s*[:–—|-]|$)"
    r"|\bas it happen(?:s|ed)\b|\bminute by minute\b|\brolling (?:coverage|updates)\b"
    r"|\blatest updates\b"
)
_ROUND_UP = re.compile(
    r"(?i)\b(?:round[ -]?up|in brief|briefs|briefing|digest|at a glance|news bites)\b"
)
_CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\b\.?)?|(?:1[0-2]|[1-9]) ?[ap]\.?m\b\.?"
_TIMED = re.compile(
    rf"(?im)^(?:#{{1,6}} |\*\*|- )?(?:updated? (?:at )?)?(?P<time>{_CLOCK})"
    r"(?: ?(?:[a-z]{2,4}|local time))?(?:\*\*)?"
    r"(?:[ \t]*(?:[:–—|]|-(?=[ \t]))(?P<title>[^\n]*))?[ \t]*$"
)
_HEADED = re.compile(r"(?m)^#{1,6} (?P<title>[^\n]+)$")
# Fewer entries are an article with a time line, or with headings; fewer words are no entry.
_LEAST, _MOST, _WORDS = 3, 500, 6
# What is longer behind a time is the entry's text, not its title.
_TITLE_WORDS = 14
_NAMED = 80


def apart(draft: Draft) -> Iterator[Draft]:
    """The entries of a draft, or the draft itself where it is one article."""
    title = draft.title or ""
    if draft.entry:
        opening = None
    elif _RUNNING.search(title) and is_full(draft.published):
        opening = _TIMED
    else:
        opening = _HEADED if _ROUND_UP.search(title) else None
    heads = list(opening.finditer(draft.text))[:_MOST] if opening else []
    ends = [head.start() for head in heads[1:]] + [len(draft.text)] * bool(heads)
    found = [
        entry
        for head, end in zip(heads, ends, strict=True)
        if (entry := _entry(draft, head, draft.text[head.end() : end].strip()))
    ]
    if len(found) < _LEAST:
        yield draft
        return
    lead = draft.text[: heads[0].start()].strip()
    if len(lead.split()) >= _WORDS:
        yield replace(draft, text=lead)
    yield from found


def _entry(draft: Draft, head: re.Match[str], text: str) -> Draft | None:
    """The entry behind its head, with its own time where that tells one."""
    title = one_line((head["title"] or "").strip(" \t*")) or ""
    if len(title.split()) > _TITLE_WORDS or title.endswith(".") or not text:
        title, text = "", f"{title}\n\n{text}".strip()
    if len(text.split()) < _WORDS:
        return None
    published = draft.published
    if (time := head.groupdict().get("time")) and published:
        published = parse_date(f"{published[:10]} {time}") or published
    name = f"{published} {title}" if time else title
    return replace(
        draft,
        text=text,
        title=title or draft.title,
        published=published,
        # Without a title of its own it goes by its beginning.
        entry=name.strip() or one_line(text[:_NAMED]),
    )
