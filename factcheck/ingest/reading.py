"""A file's text as a person reads it, with a map back to what is filed.

First characters, then lines: in the text that comes out every paragraph is one line, its words are
whole and one space stands between them. The front matter stays as it is.
"""

from __future__ import annotations

from factcheck.filed import edited
from factcheck.ingest.characters import readings
from factcheck.ingest.lines import joints
from factcheck.records import Filed


def as_read(text: str, start: int, *, markdown: bool = False) -> tuple[str, Filed | None]:
    """The text as it is read, and where it stands in the file: `None` where nothing differs.

    What stands before `start` is taken over.
    """
    plain, places = edited(text, readings(text, start))
    whole, places = edited(plain, joints(plain, start, markdown=markdown), places)
    return whole, places if whole != text else None
