"""Sources that the world has broken, for `benchmarks.fuzz`: some of each format that `add` reads.

Pages, feeds, mail, records, tables, documents and archives are those of the tests of their readers
and of `page_patterns`. They are changed as bytes and as text, cut, doubled, nested and put into
each other. Whatever a reader makes of one has to be an article that can be filed and found again,
or a reason.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.mutations import CHANGES
from benchmarks.page_patterns import PATTERNS
from benchmarks.pages import stories
from factcheck.config import Limits
from factcheck.errors import UsageError
from factcheck.ingest.frontmatter import split
from factcheck.intake.document import document, readable
from factcheck.intake.drafts import Draft, Request, Taken, Where
from factcheck.intake.folder import Folder
from factcheck.intake.readers import read
from factcheck.intake.worker import answers, quiet
from tests.intake.test_readers import CASES, archive, pdf, word

# A name and what stands in the file.
Source = tuple[str, bytes]

# What text of a source of one byte may come to: headings and lists are marked, nothing is unpacked
# but documents and archives.
_GROWTH = 200
_LIVE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def sources() -> list[Source]:
    """Whole sources of every format."""
    pages = [
        (f"{name}.html", make(story).encode())
        for name, make in PATTERNS.items()
        for story in stories()[:2]
    ]
    cases = [(case["file"], case["data"].encode()) for case in CASES]
    made = [
        ("a.pdf", pdf("Bridge closed", "The mayor of Harlow, Ann Cole, said no on Friday.")),
        ("a.docx", word()),
        ("a.warc.gz", archive(2)),
        ("a.warc", archive(2, gzip=False)),
    ]
    # A fourth of the cases goes to the formats that are no text.
    return pages + cases + made * (len(pages + cases) // (3 * len(made)))


def _flipped(data: bytes, others: list[Source], chance: random.Random) -> bytes:
    """Other bytes at some places."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, others: list[Source], chance: random.Random) -> bytes:
    """Broken off, or a part gone."""
    first, last = sorted(chance.randrange(len(data) + 1) for _ in "ab")
    return data[:first] + (data[last:] if chance.random() < 0.5 else b"")


def _doubled(data: bytes, others: list[Source], chance: random.Random) -> bytes:
    """A part stands many times."""
    first = chance.randrange(len(data))
    part = data[first : first + chance.randint(1, 400)]
    return data[:first] + part * chance.randint(2, 200) + data[first:]


def _spliced(data: bytes, others: list[Source], chance: random.Random) -> bytes:
    """A part of another source stands in it."""
    other = chance.choice(others)[1]
    first, last = sorted(chance.randrange(len(other) + 1) for _ in "ab")
    place = chance.randrange(len(data) + 1)
    return data[:place] + other[first:last] + data[place:]


def _untagged(data: bytes, others: list[Source], chance: random.Random) -> bytes:
    """Tags, braces, quotation marks and commas gone, or twice."""
    marks = list(re.finditer(rb"<[^<>]{0,200}>|[{}\[\]\",;:]|\r?\n", data))
    changed = bytearray(data)
    for mark in sorted(chance.sample(marks, min(len(marks), 6)), key=lambda m: -m.start()):
        changed[mark.start() : mark.end()] = mark.group() * chance.choice((0, 2, 50))
    return bytes(changed)


def _worded(data: bytes, others: list[Source], chance: random.Random) -> bytes:
    """Changed as articles are (`mutations`), whatever the words stand in."""
    text = data.decode("utf-8", "surrogateescape")
    changed = CHANGES[chance.choice(sorted(CHANGES))](text, chance)
    return changed.encode("utf-8", "surrogateescape")


Change = Callable[[bytes, list[Source], random.Random], bytes]
_CHANGES: tuple[Change, ...] = (_flipped, _cut, _doubled, _spliced, _untagged, _worded)


def broken(made: list[Source], chance: random.Random) -> Source:
    """One source after one to three changes; now and then under the name of another."""
    name, data = chance.choice(made)
    for change in chance.sample(_CHANGES, chance.randint(1, 3)):
        data = change(data or b"?", made, chance)
    return (chance.choice(made)[0] if chance.random() < 0.1 else name), data


def faults(name: str, data: bytes, counts: Counter[str]) -> Iterator[str]:
    """Read a source as `add` does, and file what comes of it; yields what is wrong."""
    limits = Limits()

    def taken(request: Request) -> Iterator[Taken]:
        return readable(read(request), limits)

    with quiet():
        found = list(answers(Request(Where(name), data=data), taken))
    if not found:
        yield "neither an article nor a reason"
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place), limits)
        for one in found:
            if isinstance(one, UsageError):
                raise one
            if isinstance(one, Draft):
                yield from _filed(one, data, folder, counts)
                continue
            counts[f"left out: {_kind(one.reason)}"] += 1
            if _LIVE.search(one.reason.replace("\n", "")):
                yield f"the reason holds a control: {one.reason!a}"


def _filed(one: Draft, data: bytes, folder: Folder, counts: Counter[str]) -> Iterator[str]:
    counts["articles read from sources"] += 1
    if len(one.text) > 100_000 + _GROWTH * len(data):
        yield f"{len(data)} bytes become {len(one.text)} characters"
    meta = split(document(one))
    for key in ("outlet", "url", "title", "byline", "published", "language", "entry"):
        if meta.get(key) != getattr(one, key):
            yield f"{key} {getattr(one, key)!a} is filed as {meta.get(key)!a}"
    if meta.notes:
        yield f"the front matter written is not read: {meta.notes}"
    folder.put(one)
    again = folder.put(one)
    if again.state != "unchanged":
        yield f"the same article again is {again.state}: {again.changes!a}"


def _kind(reason: str) -> str:
    """A reason without what it tells of this file."""
    return re.split(r"[:(\d'\"]", reason)[0].strip() if "gave up" not in reason else reason
