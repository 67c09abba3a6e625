"""The summary of the page: what a reader sees of a report before scrolling."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from factcheck.records import Group
from factcheck.reports import words
from factcheck.reports.brief import HEADINGS, Line, Part, fitted
from factcheck.reports.page.markup import Markup, element
from factcheck.reports.page.statements import class_name, sign

# Characters of a statement in the summary, which is to be seen at a glance.
_STATEMENT = 90
# Rows that a screen of 1440 × 900 has room for, and characters of one.
_ROOM, _ROW = 50, 60

Link = Callable[[Group, str], Markup]


def minute(parts: Sequence[Part], link: Link) -> Iterator[Markup]:
    """The parts of the summary, each with as many lines as a screen has room for."""
    told = [_part(part, link) for part in fitted(parts, _rows, (_ROOM,))]
    if told:
        grid = element("div", *told, class_="brief")
        yield element("section", element("h2", "In a minute"), grid)


def _part(part: Part, link: Link) -> Markup:
    return element(
        "div",
        element("h3", HEADINGS[part.name]),
        element("ul", *(_line(line, link) for line in part.lines)),
        element("p", part.left, class_="faint") if part.left else "",
    )


def _line(line: Line, link: Link) -> Markup:
    about: list[Markup | str] = [line.told]
    if line.group is not None:
        told = element("span", line.told, class_="faint")
        about = [link(line.group, _statement(line, line.group)), " – ", told]
    return element("li", sign(line.sign), " ", *about, class_=class_name(line.sign))


def _statement(line: Line, group: Group) -> str:
    return words.around(words.statement(group), line.core, _STATEMENT)


def _rows(part: Part) -> tuple[int]:
    """The rows that a part takes, about; its heading takes two."""
    rows = [part.left]
    for line in part.lines:
        about = _statement(line, line.group) if line.group else ""
        rows.append(f"{about} – {line.told}")
    return (2 + sum(math.ceil(len(row) / _ROW) for row in rows),)
