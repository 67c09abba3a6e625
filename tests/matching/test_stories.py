"""Articles of one story find each other; unlike stories and common words do not."""

from __future__ import annotations

from factcheck.matching.stories import stories
from tests.matching.build import article

TALKS = [
    "Turkey and Israel have begun talks in Azerbaijan to keep their forces apart in Syria.",
    "Turkish bases near Palmyra are a red line, an Israeli official told Reuters.",
]
SAME = [
    "Israeli and Turkish delegations met in Azerbaijan to avoid clashes over Syria.",
    "Israel calls Turkish bases at Palmyra a red line.",
]
OTHER = [
    "The council of Millbrook voted on Monday to close the swimming pool after the storm.",
    "The mayor said that the talks with the bathers would go on, and that both sides had agreed.",
]


def test_the_same_event_is_one_story_and_common_words_are_none() -> None:
    articles = {
        name: article(name, lines)
        for name, lines in (("talks", TALKS), ("same", SAME), ("other", OTHER))
    }
    assert stories(articles, 0.07) == {
        "talks": frozenset({"same"}),
        "same": frozenset({"talks"}),
        "other": frozenset(),
    }


def test_a_copy_is_the_same_story_and_an_empty_text_is_none() -> None:
    articles = {name: article(name, TALKS) for name in ("a", "b")}
    articles["c"] = article("c", ["the and of"])
    assert stories(articles, 1.0 - 1e-9)["a"] == frozenset({"b"})
    assert stories(articles, 0.07)["c"] == frozenset()
