"""What a reader makes of a source: drafts of articles, and what was left out with the reason."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from factcheck.ingest.build import read_date
from factcheck.intake.zones import offset
from factcheck.safe import plain

# Seconds or milliseconds since 1970, as programs write dates.
_EPOCH = re.compile(r"(?P<seconds>[0-9]{9,10})(?:[0-9]{3})?(?:\.[0-9]+)?")
# A zone behind the time ("07:15:00 +0100", "2:15 p.m. ET"), and a date-time without one.
_ZONE = re.compile(
    r"\d\s?(?i:[ap]\.?m\b\.?)?\s\(?(?P<zone>[A-Za-z]{2,4}|(?:GMT|UTC)?[+-]\d[\d:]*)\)?$"
)
_UNZONED = re.compile(r"T\d\d:\d\d(?::\d\d)?$")
_MINUTE = "%Y-%m-%dT%H:%MZ"
_BY = re.compile(r"(?i)^by:?\s+")
_MARKS = re.compile(r"^\W*$")
_LONGEST = 1_000
_LONGEST_URL = 2_000
_MOST_NAMES = 20


@dataclass(frozen=True)
class Where:
    """What a source is called in messages, its address and the charset that its server told.

    `seen` is when it stood so on the web, where it was taken from there before (EDTF).
    """

    place: str
    url: str | None = None
    charset: str | None = None
    seen: str | None = None


@dataclass(frozen=True)
class Request:
    """A source to read: a file, or bytes that are there already."""

    where: Where
    file: Path | None = None
    data: bytes = b""
    # Keys of the records of JSON and tables by what they tell, before those of the data file.
    fields: tuple[tuple[str, str], ...] = ()
    # A name of `readers.READERS`, where that is known already.
    kind: str | None = None


@dataclass(frozen=True)
class Draft:
    """An article before it is filed: its text as Markdown, and what its source tells of it.

    `corrections` are notes of the editors on it, `links` addresses of others that its text leads
    to. `entry` names it among the entries of one page, as of a live blog. `retrieved` is when its
    source was seen so, where that is not now. `notes` say in words what of all that could not be
    used.
    """

    place: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    credits: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    entry: str | None = None
    retrieved: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Left:
    """What was left out, and why.

    `link` is where its whole text is, if the source tells. `of_no_kind`: nobody would expect it to
    be an article, as the pictures of a folder.
    """

    place: str
    reason: str
    link: str | None = None
    of_no_kind: bool = False


Taken = Draft | Left


def draft(
    place: str,
    paragraphs: Sequence[str] | str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    dates: Sequence[str] = (),
    url: str | None = None,
    bylines: Sequence[str] = (),
    language: str | None = None,
    credited: Sequence[str] = (),
    corrections: Sequence[str] = (),
    links: Sequence[str] = (),
    entry: str | None = None,
    retrieved: str | None = None,
    notes: Sequence[str] = (),
) -> Draft:
    """A draft of values as a source has them; what none of them can be is told in its notes."""
    text = paragraphs if isinstance(paragraphs, str) else "\n\n".join(filter(None, paragraphs))
    said = [line for one in corrections[:_MOST_NAMES] if (line := one_line(one))]
    published, undated = first_date(dates)
    names = [
        _BY.sub("", name, count=1) for value in bylines[:_MOST_NAMES] if (name := one_line(value))
    ]
    return Draft(
        place=place,
        text=text,
        title=one_line(title),
        outlet=one_line(outlet),
        published=published,
        url=web_address(url),
        byline=", ".join(dict.fromkeys(names)) or None,
        language=one_line(language),
        credits=tuple(dict.fromkeys(c for one in credited[:_MOST_NAMES] if (c := one_line(one)))),
        # One that stands in the text is read there.
        corrections=tuple(line for line in dict.fromkeys(said) if line not in text),
        links=tuple(dict.fromkeys(url for one in links if (url := web_address(one)))),
        entry=one_line(entry),
        retrieved=retrieved,
        notes=(*notes, *undated),
    )


def one_line(value: str | None) -> str | None:
    """A value on one line without what no terminal or file should get; `None` for nothing."""
    text = (value or "")[:_LONGEST].encode("utf-8", "ignore").decode()
    # Programs that make feeds and tags escape more often than they should.
    text = " ".join(plain(html.unescape(html.unescape(text))).split())
    return None if _MARKS.match(text) else text


def web_address(value: str | None) -> str | None:
    """An address of the web without spaces, `None` for anything else."""
    if not value or len(value) > _LONGEST_URL or re.search(r"[\s\x00-\x1f\"<>\\]", value.strip()):
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    return value.strip().encode("utf-8", "ignore").decode()


def first_date(values: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The first of some dates that is one, else a note that there is none."""
    told = [line for value in values if (line := one_line(value))]
    for value in told:
        if date := _date(value):
            return date, ()
    return None, tuple(f"'{value}' is no date: the article stays undated" for value in told[:1])


def moment(value: str | None) -> str | None:
    """A moment as archives write it, with its zone, as an EDTF date-time in UTC."""
    try:
        told = datetime.datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return told.astimezone(datetime.UTC).strftime(_MINUTE) if told.tzinfo else None


def _date(value: str) -> str | None:
    if match := _EPOCH.fullmatch(value):
        told = datetime.datetime.fromtimestamp(int(match["seconds"]), datetime.UTC)
        return told.strftime(_MINUTE)
    date = read_date(value)
    if date and _UNZONED.search(date) and (match := _ZONE.search(value)):
        date += offset(match["zone"], date[:10])
    return date
