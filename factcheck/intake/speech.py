"""Transcripts in markup: each turn on one line, behind the name of who speaks."""

from __future__ import annotations

import re
from typing import Any

# A name, or the letters of question and answer; no sentence.
_NAME = re.compile(r"[^\W\d_][^.!?:\n]{0,60}[.:]?")
_SPEAKER = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' speaker ')"
    " or contains(@class, 'speaker-name') or contains(@class, 'transcript-speaker')"
    " or @itemprop='speaker']"
)


def join_turns(tree: Any) -> None:
    """Put who speaks and what they say into one paragraph, where a page has them apart.

    As a list of terms (`dt`, `dd`), an element of the class `speaker`, or a bold name on a line of
    its own within the paragraph. The tree is changed in place.
    """
    for term in tree.xpath("//dt")[:2_000]:
        said = term.getnext()
        if said is not None and said.tag == "dd" and _name(term):
            said.tag = "p"
            _lead(said, term)
    for speaker in tree.xpath(_SPEAKER)[:2_000]:
        said = speaker.getnext()
        inside = speaker.getparent() is not None and speaker.getparent().tag == "p"
        if not inside and said is not None and isinstance(said.tag, str) and _name(speaker):
            said.tag = "p" if said.tag in ("div", "span", "dd", "blockquote") else said.tag
            _lead(said, speaker)
    for line in tree.xpath("//p/*[self::b or self::strong][following-sibling::*[1][self::br]]"):
        broken = line.getnext()
        name = _name(line)
        if name and not (line.tail or "").strip() and not (line.getparent().text or "").strip():
            line.text, line.tail = f"{name}: ", broken.tail
            for inner in list(line):
                line.remove(inner)
            line.getparent().remove(broken)


def _name(element: Any) -> str:
    """The name that an element holds and nothing else, without its mark; empty for other words."""
    text = " ".join(element.text_content().split())
    return text.rstrip(".:") if _NAME.fullmatch(text) and len(text.split()) <= 8 else ""


def _lead(said: Any, speaker: Any) -> None:
    """Put a name before what is said, and take it away where it was."""
    said.text = f"{_name(speaker)}: {(said.text or '').lstrip()}"
    parent = speaker.getparent()
    previous, tail = speaker.getprevious(), speaker.tail or ""
    if tail.strip():
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(speaker)
