"""A page's tree before its main text is looked for: boxes taken out, layout tables undone."""

from __future__ import annotations

import re
from typing import Any

from factcheck.intake.lookup import library

# Names of classes that boxes within articles have: lists of other articles, forms, repeated quotes.
_BOX = re.compile(
    r"(?i)(?:^|[\s_-])(?:related|relcontent|recirc\w*|read-?more|most-?read|newsletter\w*|promo|"
    r"sign-?up|subscri(?:be|ption)-?\w*|pull-?quote|share-?tools|inline-?(?:asset|promo|related))"
    r"(?:[\s_-]|$)"
)
_BOXES = frozenset("aside div section ul ol figure form nav blockquote".split())
# An article's own element may have such a name, too; a box says little, in few elements. No more of
# it is looked at, so that no page takes long.
_MOST_WORDS, _MOST_ELEMENTS = 60, 300
_LEAST_CELL = 60
_LAYOUT = frozenset("table thead tbody tfoot tr td th center".split())


def prune(tree: Any) -> None:
    """Take boxes out of a page and make plain elements of its layout tables, in place.

    A table is layout where one of its cells holds the text of an article; others are data.
    """
    etree = library("lxml.etree")
    boxes, cells = [], []
    inside: list[list[Any]] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if event == "end":
            if tag == "td":
                cell, words = inside.pop()
                cells += [cell] * (words >= _LEAST_CELL)
            if inside:
                inside[-1][1] += len((node.tail or "").split())
            continue
        if tag in _BOXES and _BOX.search(node.get("class") or "") and _is_small(node):
            boxes.append(node)
            walk.skip_subtree()
        elif tag == "td":
            inside.append([node, 0])
        if inside and isinstance(tag, str):
            inside[-1][1] += len((node.text or "").split())
    for box in boxes:
        _drop(box)
    for cell in cells:
        cell.tag = "div"
        for part in cell.iterancestors():
            if part.tag in _LAYOUT:
                part.tag = "div"


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    previous, tail = element.getprevious(), element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _is_small(element: Any) -> bool:
    """Whether an element holds so little that it may be a box."""
    words = 0
    for number, part in enumerate(element.iter()):
        if part is not element:
            words += len((part.tail or "").split())
        if isinstance(part.tag, str):
            words += len((part.text or "").split())
        if words >= _MOST_WORDS or number >= _MOST_ELEMENTS:
            return False
    return True
