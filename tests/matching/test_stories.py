"""Articles of one story find each other; unlike stories and common words do not."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.matching.features import Rivals, measure
from factcheck.matching.profiles import profiles
from factcheck.matching.score import load_model
from factcheck.matching.stories import stories, story
from tests.matching.build import Line, article, corpus

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
    found = stories(articles, 0.07)
    assert {name: set(near) for name, near in found.items()} == {
        "talks": {"same"},
        "same": {"talks"},
        "other": set(),
    }


def test_a_copy_is_the_same_story_and_an_empty_text_is_none() -> None:
    articles = {name: article(name, TALKS) for name in ("a", "b")}
    articles["c"] = article("c", ["the and of"])
    assert stories(articles, 1.0 - 1e-9)["a"] == {"b": 1.0}
    assert stories(articles, 0.07)["c"] == {}


WORDS = st.sampled_from("harbour mine council vote storm bridge Palmyra Almar the of 12".split())


@given(st.lists(st.lists(WORDS, max_size=6), max_size=5), st.sampled_from([0.07, 0.3, 0.9]))
def test_stories_agree_with_the_oracle(texts: list[list[str]], least: float) -> None:
    articles = {f"a{n}": article(f"a{n}", [" ".join(words)]) for n, words in enumerate(texts)}
    vectors = {name: story(one.text) for name, one in articles.items()}
    found = stories(articles, least)
    for name, vector in vectors.items():
        for other, there in vectors.items():
            cosine = sum(weight * there.get(word, 0.0) for word, weight in vector.items())
            if abs(cosine - least) > 1e-9 and name != other:
                assert (other in found[name]) == (cosine >= least)
                assert found[name].get(other, cosine) == pytest.approx(cosine, abs=1e-6)
                assert found[name].get(other) == found[other].get(name)
    assert all(name not in near for name, near in found.items())


def test_a_word_of_too_many_articles_tells_no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = {f"a{n}": article(f"a{n}", TALKS) for n in range(3)}
    monkeypatch.setattr(importlib.import_module(stories.__module__), "POSTINGS", 2)
    assert stories(articles, 0.07) == {name: {} for name in articles}


def test_the_less_two_articles_share_the_less_their_claims_match() -> None:
    lines: list[Line] = [{"sentence": sentence} for sentence in TALKS]
    articles, claims = corpus({"a": lines, "b": lines})
    prepared = profiles(articles, claims)
    pairs = [(0, 2), (1, 3)]
    rivals = Rivals(prepared, pairs)

    def odds(cosine: float) -> list[float]:
        near = {"a": {"b": cosine}, "b": {"a": cosine}}
        values: list[float] = load_model().log_odds(measure(prepared, pairs, rivals, near)).tolist()
        return values

    assert all(low < high for low, high in zip(odds(0.08), odds(0.2), strict=True))
    # Beyond some likeness it is one event, and no more can be said; nor where nobody knows.
    assert (
        odds(0.3) == odds(0.9) == load_model().log_odds(measure(prepared, pairs, rivals)).tolist()
    )
