"""What a page tells beside its text: corrections of the article, and where its body links to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from factcheck.corrections import is_correction
from factcheck.intake.drafts import web_address
from factcheck.outlets import host_of, registrable_domain

_CORRECTIONS = "".join(
    f"//*[contains(concat(' ', normalize-space(@class), ' '), '{name}')] | "
    for name in (" correction", "-correction ", " clarification", " update-note", " editors-note")
).removesuffix(" | ")
_MOST = 20
_MOST_LINKS = 50
_LONGEST = 1_000


def corrections(tree: Any) -> list[str]:
    """The corrections and update notes that a page marks as such, in its order."""
    found = []
    for element in tree.xpath(_CORRECTIONS)[:_MOST]:
        said = " ".join(element.text_content().split())
        marked = "correction" in (element.get("class") or "")
        if said and len(said) <= _LONGEST and (is_correction(said) or marked):
            found.append(said)
    # An element that holds another one says what that says, too.
    return [one for one in dict.fromkeys(found) if not any(one in o != one for o in found)]


class Links:
    """The links of a page's paragraphs, kept before its main text is found."""

    def __init__(self, tree: Any) -> None:
        """Note each link and the words of the paragraph in which it stands."""
        self._found = [
            (address, " ".join(block.text_content().split()))
            for link in tree.xpath("//a[@href][ancestor::p or ancestor::li]")[:2_000]
            if (address := web_address(link.get("href")))
            and (block := next(link.iterancestors("p", "li"), None)) is not None
        ]

    def of(self, body: Sequence[str], address: str | None) -> list[str]:
        """Those in the paragraphs of the text that lead to another publisher, once each."""
        own = registrable_domain(host_of(address)) if address else ""
        text = "\n".join(body)
        found = (
            link
            for link, words in self._found
            if words and words in text and registrable_domain(host_of(link)) != own
        )
        return list(dict.fromkeys(found))[:_MOST_LINKS]
