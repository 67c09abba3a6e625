"""HTML by construction: what is not made here is text, and is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable

from factcheck import safe


class Markup(str):
    """HTML that is safe to put into a page as it is. Only `element` and `joined` make it."""

    __slots__ = ()


# Tags that end a line, so that two pages can be compared line by line.
_LINES = frozenset("article details div footer h1 h2 h3 header li nav p section table tr".split())
_VOID = frozenset(("br", "input"))

Content = str | Markup


def element(tag: str, *content: Content, **attributes: str | bool) -> Markup:
    """An element of `content`; plain strings are text of articles and are escaped.

    An attribute's name may end in `_` (`class_`); its inner `_` become `-`. One that is `False`
    is left out, one that is `True` has no value.
    """
    head = tag
    for name, value in attributes.items():
        name = name.rstrip("_").replace("_", "-")
        if value is True:
            head += f" {name}"
        elif value is not False:
            head += f' {name}="{text(value)}"'
    end = "\n" if tag in _LINES else ""
    if tag in _VOID:
        return Markup(f"<{head}>")
    return Markup(f"<{head}>{joined(content)}</{tag}>{end}")


def text(raw: str) -> Markup:
    """Safe text, also within an attribute's quotes."""
    return Markup(html.escape(safe.plain(raw)))


def joined(content: Iterable[Content], separator: str = "") -> Markup:
    """Pieces one after the other, with plain text (escaped, too) between them."""
    pieces = (piece if isinstance(piece, Markup) else text(piece) for piece in content)
    return Markup(text(separator).join(pieces))
