from __future__ import annotations

import math
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from factcheck.cache import Cache
from factcheck.neighbours import nearest, nearest_claims, telling_words, words_of

WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=6)


def slowly(corpus: dict[str, frozenset[str]], query: frozenset[str], limit: int) -> set[str]:
    """The same by comparing the query with every text."""

    def weight(word: str) -> float:
        holders = sum(word in words for words in corpus.values())
        return math.log((len(corpus) + 1) / (holders + 0.5)) ** 2

    def near(name: str) -> float:
        size = math.sqrt(sum(weight(word) for word in corpus[name])) or 1
        return sum(weight(word) for word in corpus[name] & query) / size

    sharing = [name for name in corpus if corpus[name] & query]
    return set(sorted(sharing, key=lambda name: (-round(near(name), 9), name))[:limit])


@given(st.dictionaries(st.text("xyz", min_size=1, max_size=3), WORDS, max_size=8), WORDS)
def test_finds_what_a_look_at_every_text_finds(
    corpus: dict[str, frozenset[str]], query: frozenset[str]
) -> None:
    for limit in (1, 3, 10):
        assert nearest(corpus, [query], limit) == slowly(corpus, query, limit)


def test_common_words_tell_nothing() -> None:
    words = telling_words("The president said on Monday that the Sirocco ran aground off Almar.")
    assert {"sirocco", "almar"} <= words
    assert not {"the", "said", "monday", "president"} & words


def test_claims_are_near_by_their_words() -> None:
    claims = {
        "a": "The ferry Sirocco ran aground off Almar.",
        "b": "The bridge over the Sill is closed.",
        "c": "Nobody was hurt.",
    }
    assert nearest_claims(claims, ["The Sirocco hit the rocks."], 1) == {"a"}
    assert nearest_claims(claims, [], 1) == set()


def test_words_of_unchanged_files_come_from_the_cache(tmp_path: Path) -> None:
    data = "The ferry Sirocco ran aground.".encode("utf-16")
    with Cache(tmp_path) as cache:
        first = words_of(data, cache)
        assert "sirocco" in first
        assert words_of(bytes(range(256)) * 9, cache) == frozenset()
    with Cache(tmp_path) as cache:
        assert words_of(data, cache) == first
        assert words_of(bytes(range(256)) * 9, cache) == frozenset()
