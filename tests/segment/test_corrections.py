"""Which notes of the editors tell of a change of the article."""

from __future__ import annotations

import pytest

from factcheck.corrections import is_correction
from factcheck.ingest import article_from_text

CHANGES = [
    "Correction: The bridge was built in 1911, not 1921.",
    "Correction, 13 April: The bridge was built in 1911.",
    "Correction, April 13: The bridge was built in 1911.",
    "CORRECTIONS & CLARIFICATIONS: The bridge was built in 1911.",
    "(Update: The council has answered since.)",
    "Update (14 April): The council has answered.",
    "Editor’s note: An earlier version gave another year.",
    "Editors’ note: This story was updated to add the answer of the council.",
    "An earlier version of this article misstated the year.",
    "This article was amended on 13 April to give the right year.",
    "The headline of this story has been corrected.",
    "We have updated this article with the council’s answer.",
    "*Corrected on 13 April: the year.*",
]
OTHERS = [
    "Editor’s note: The writer is a friend of the mayor.",
    "Disclosure: The paper’s owner holds shares in the firm.",
    "Correction officers were hurt in the fire.",
    "The council updated its plan for the bridge on Friday.",
    "This story is part of a series on bridges.",
    "Privacy policy",
]


@pytest.mark.parametrize("text", CHANGES)
def test_a_change_is_told(text: str) -> None:
    assert is_correction(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_notes_tell_of_none(text: str) -> None:
    assert not is_correction(text)


def test_an_article_tells_what_its_text_and_its_front_matter_say() -> None:
    text = (
        "---\ncorrection: [The year was wrong., '{note}']\n---\n# Bridge closed\n\n"
        "The council closed the old bridge over the Sill on Friday, the mayor said.\n\n{note}\n"
    )
    note = "Correction: The bridge was built in 1911, not 1921."
    from factcheck.ingest.frontmatter import split

    filed = text.format(note=note)
    article = article_from_text(filed, "a.md", split(filed), markdown=True)
    assert article.corrections == ("The year was wrong.", note)
