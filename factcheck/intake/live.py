"""Live blogs → their entries, each with its own time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.intake.fields import fields_of
from factcheck.intake.markup import of_fragment, paragraphs

_LEAST, _MOST = 2, 500
_ENTRY = (
    "//*[@itemprop='liveBlogUpdate'"
    + "".join(
        f" or contains(concat(' ', normalize-space(@class)), ' {name}')"
        for name in (
            "live-blog-entry",
            "live-blog-post",
            "liveblog-entry",
            "liveblog-post",
            "live-entry",
            "live-post",
            "live-update",
        )
    )
    + "]"
)


@dataclass(frozen=True)
class Entry:
    """An entry of a live blog: what it is called there, when it came, and what it says.

    `name` tells it from the others of the page, whatever is added later.
    """

    name: str
    title: str | None
    published: str
    lines: tuple[str, ...]


def entries(node: Mapping[str, Any], tree: Any) -> list[Entry]:
    """The entries of a page, as its embedded data (`node`) or its markup tells them.

    Empty where it is no live blog: fewer than two entries with a time and a text.
    """
    for found in (list(_embedded(node)), list(_marked_up(tree))):
        distinct = list({entry.name: entry for entry in found}.values())
        if len(distinct) >= _LEAST:
            return distinct[:_MOST]
    return []


def _embedded(node: Mapping[str, Any]) -> Iterator[Entry]:
    told = node.get("liveBlogUpdate")
    for update in told if isinstance(told, list) else [told]:
        if not isinstance(update, Mapping):
            continue
        fields = fields_of(update)
        lines = [line for value in fields.get("text", ()) for line in of_fragment(value)]
        yield from _entry(
            _first(fields.get("title")), _first(fields.get("published")), lines, update.get("@id")
        )


def _marked_up(tree: Any) -> Iterator[Entry]:
    for element in tree.xpath(_ENTRY)[:_MOST]:
        times = element.xpath(".//time/@datetime")
        heads = element.xpath(".//h2 | .//h3 | .//h4")
        title = " ".join(heads[0].text_content().split()) if heads else None
        for apart in [*element.xpath(".//time"), *heads[:1]]:
            if (parent := apart.getparent()) is not None:
                apart.tail, tail = None, apart.tail
                parent.remove(apart)
                if tail and tail.strip():
                    parent.text = f"{parent.text or ''} {tail}"
        yield from _entry(title, _first(times), list(paragraphs(element)), element.get("id"))


def _entry(
    title: str | None, published: str | None, lines: Sequence[str], name: object
) -> Iterator[Entry]:
    if published and lines:
        told = name if isinstance(name, str) and name.strip() else f"{published} {title or ''}"
        yield Entry(told.strip(), title, published, tuple(lines))


def _first(values: Sequence[str] | None) -> str | None:
    return next(iter(values or ()), None)
