"""The benchmark on breaking news: texts are written so that each token keeps its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.tellings import LABELS, write

WORDS = st.sampled_from(
    [*"ab.,;:!?'’()[]-$£", "``", "''", '"', "-LRB-", "-RRB-", "n't", "'s", "31", "000", "Troy"]
)


@given(st.dictionaries(st.integers(0, 9), st.lists(WORDS, max_size=12), max_size=4), st.booleans())
def test_every_token_is_where_it_is_said_to_be(
    sentences: dict[int, list[str]], spaced: bool
) -> None:
    telling = write(sentences, spaced_hyphens=spaced)
    last = 0
    for number in sorted(sentences):
        assert len(telling.tokens[number]) == len(sentences[number])
        for word, (start, end) in zip(sentences[number], telling.tokens[number], strict=True):
            assert last <= start < end
            assert telling.text[last:start].strip() == ""
            assert telling.text[start:end] == word or not word.isalnum()
            last = end


@pytest.mark.parametrize(
    ("words", "spaced", "text"),
    [
        ("He did n't pay $ 2 . 5 million .", False, "He didn't pay $2.5 million."),
        ("`` Run , '' she said .", False, '"Run," she said.'),
        ("a 38 - year - old -LRB- Troy -RRB-", True, "a 38-year-old (Troy)"),
        ("won 31 - 24 - in Troy", False, "won 31-24 - in Troy"),
        ("on July 27 , 2004 , some 1 , 200 came", False, "on July 27, 2004, some 1,200 came"),
    ],
)
def test_text_is_written_as_outlets_write_it(words: str, spaced: bool, text: str) -> None:
    assert write({0: words.split()}, spaced_hyphens=spaced).text == text + "\n"


def test_a_label_sets_two_values_or_more_of_two_texts_against_each_other() -> None:
    labels = [label for found in json.loads(LABELS.read_text()).values() for label in found]
    assert sum(label["sure"] for label in labels) >= 30
    for label in labels:
        assert len(label["values"]) >= 2
        for value in label["values"]:
            assert value
            assert all(first <= last for _, _, first, last in value)
        assert len({document for value in label["values"] for document, *_ in value}) >= 2
