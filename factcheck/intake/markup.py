"""Markup → paragraphs of Markdown, without recursion: pages may be nested 100,000 deep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from factcheck.intake.lookup import library

# Elements that stand apart from what is around them, and what opens their line.
_APART = {
    **dict.fromkeys(
        "address article aside blockquote body br center dd div dl dt figure footer form header hr"
        " html lb list main nav ol p pre quote row section table tr ul".split(),
        "",
    ),
    **dict.fromkeys("h1 h2 h3 h4 h5 h6 head".split(), "## "),
    **dict.fromkeys("li item".split(), "- "),
}
_UNSEEN = frozenset("script style noscript template iframe svg math title button form".split())
_LOOKS_LIKE = re.compile(r"(?i)</?(?:p|div|br|h[1-6]|li|ul|a|em|strong|b|i|span)\b[^<>]{0,500}>")


def parsed(text: str) -> Any:
    """The tree of a page, `None` where there is none. Broken markup is mended by the parser."""
    html = library("lxml.html")
    etree = library("lxml.etree")
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, no_network=True)
    try:
        # Bytes: a string that declares an encoding is refused.
        return html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def is_markup(text: str) -> bool:
    """Whether a value that may be text or HTML is HTML."""
    return _LOOKS_LIKE.search(text) is not None


def of_fragment(text: str) -> list[str]:
    """The paragraphs of a piece of HTML, or of plain text."""
    if not is_markup(text):
        return [line for part in text.splitlines() if (line := " ".join(part.split()))]
    tree = parsed(text)
    return [] if tree is None else list(paragraphs(tree))


def paragraphs(tree: Any) -> Iterator[str]:
    """Each paragraph of a tree on one line; headings and items of lists carry their marks."""
    etree = library("lxml.etree")
    words: list[str] = []
    mark = ""
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _UNSEEN or not tag:
                walk.skip_subtree()
                continue
            if tag in _APART:
                yield from _line(mark, words)
                mark, words = _APART[tag], []
            words.append(node.text or "")
        else:
            if tag in _APART:
                yield from _line(mark, words)
                mark, words = "", []
            words.append((node.tail or "") if node is not tree else "")
    yield from _line(mark, words)


def _line(mark: str, words: list[str]) -> Iterator[str]:
    text = " ".join("".join(words).split())
    if re.search(r"\w", text):
        # A paragraph that begins like a heading or like quoted mail is none of them.
        yield mark + re.sub(r"^(?:#+|>+)\s*", "", text)
