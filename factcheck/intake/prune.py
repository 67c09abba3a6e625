"""A page's tree before its main text is looked for: boxes taken out, layout tables undone."""

from __future__ import annotations

import re
from typing import Any

# Names of classes that boxes within articles have: lists of other articles, forms, repeated quotes.
_BOX = re.compile(
    r"(?i)(?:^|[\s_-])(?:related|relcontent|recirc\w*|read-?more|most-?read|newsletter\w*|promo|"
    r"sign-?up|subscri(?:be|ption)-?\w*|pull-?quote|share-?tools|inline-?(?:asset|promo|related))"
    r"(?:[\s_-]|$)"
)
_BOXES = frozenset("aside div section ul ol figure form nav blockquote".split())
# An article's own element may have such a name, too; a box says little.
_MOST_WORDS = 60
_LEAST_CELL = 60
_LAYOUT = frozenset("table thead tbody tfoot tr td th center".split())


def prune(tree: Any) -> None:
    """Take boxes out of a page and make plain elements of its layout tables, in place.

    A table is layout where one of its cells holds the text of an article; others are data.
    """
    for element in list(tree.iter()):
        if element.tag in _BOXES and _BOX.search(element.get("class") or ""):
            _drop(element)
    for table in tree.xpath("//table"):
        if any(_words(cell, _LEAST_CELL) for cell in table.iter("td")):
            for part in table.iter():
                if part.tag in _LAYOUT:
                    part.tag = "div"


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is None or _words(element, _MOST_WORDS):
        return
    previous, tail = element.getprevious(), element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _words(element: Any, least: int) -> bool:
    """Whether an element holds so many words."""
    count = 0
    for text in element.itertext():
        count += len(text.split())
        if count >= least:
            return True
    return False
