"""The cross-encoder: its inputs, and that nothing beside a pair changes what it says of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.matching.reader import LIMIT, MODELS, Reader, Reading, Side, Word
from tests.matching.build import article, claim

pytestmark = pytest.mark.model

TEXTS = [
    "Rescuers said 12 people were killed when the ferry struck a reef.",
    "Officials said 21 people were killed when the ferry struck a reef.",
    "Schools in the town stayed closed.",
    "word " * 300 + "and the harbour is closed.",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(threads=1)


@pytest.fixture(scope="module")
def sides(reader: Reader) -> list[Side]:
    articles = [article(str(number), [text]) for number, text in enumerate(TEXTS)]
    return [reader.side(one, claim(one, 0, {"sentence": one.text})) for one in articles]


def test_a_side_is_bounded(sides: list[Side]) -> None:
    assert all(len(side.ids) <= LIMIT for side in sides)
    assert all(len(s.ids) == len(s.terms) == len(s.inside) for s in sides)


def test_the_claim_of_a_long_sentence_is_read(reader: Reader) -> None:
    one = article("long", [TEXTS[3]])
    side = reader.side(
        one, claim(one, 0, {"sentence": one.text, "content": "the harbour is closed"})
    )
    assert "harbour" in {
        word for word, within in zip(side.terms, side.inside, strict=True) if within
    }


def test_shared_words_and_the_claim_are_marked(reader: Reader, sides: list[Side]) -> None:
    kinds = reader.inputs(sides[0], sides[1])["kinds"].tolist()
    names = json.loads((MODELS / "reader-tokenizer.json").read_text(encoding="utf-8"))["model"][
        "vocab"
    ]
    known = {number: name for name, number in names.items()}
    pieces = [known[i] for i in reader.inputs(sides[0], sides[1])["ids"].tolist()]
    assert kinds[pieces.index("ferry")] == 0 + 2 + 4
    assert kinds[pieces.index("12")] == 0 + 4
    assert kinds[pieces.index("21")] == 1 + 4


def test_neighbours_order_and_threads_change_nothing(sides: list[Side]) -> None:
    pairs = [(sides[0], sides[1]), (sides[0], sides[2]), (sides[1], sides[3])]
    alone = [Reader(threads=1).read([pair])[0] for pair in pairs]
    assert Reader(threads=1).read(pairs) == alone
    assert Reader(threads=2).read(pairs[::-1])[::-1] == alone
    turned = Reader(threads=1).read([(b, a) for a, b in pairs])
    assert [found.turned() for found in turned] == alone


def test_the_order_of_two_claims_of_one_sentence_changes_nothing(reader: Reader) -> None:
    one = article("one", [TEXTS[0]])
    a = reader.side(one, claim(one, 0, {"sentence": one.text, "content": "12 people were killed"}))
    b = reader.side(one, claim(one, 0, {"sentence": one.text, "content": "the ferry struck"}))
    assert a.ids == b.ids
    assert reader.read([(a, b)])[0] == reader.read([(b, a)])[0].turned()


def test_the_same_event_reads_closer_than_another(reader: Reader, sides: list[Side]) -> None:
    same, other = reader.read([(sides[0], sides[1]), (sides[0], sides[2])])
    # What its scale means is for the weights of the matcher: of two tellings of so few words with
    # another number it says less than nothing, and of another event far less.
    assert same.same > other.same + 2


def test_the_words_of_a_conflict_are_marked_where_they_stand(
    reader: Reader, sides: list[Side]
) -> None:
    found, other = reader.read([(sides[0], sides[1]), (sides[0], sides[2])])
    assert found.conflict > other.conflict + 1
    surest = [max(words, key=lambda w: w.log_odds) for words in found.words]
    assert [TEXTS[n][w.start : w.end] for n, w in enumerate(surest)] == ["12", "21"]


WORDS = st.lists(
    st.builds(Word, st.integers(0, 2**31), st.integers(0, 2**31), st.floats(allow_nan=False)),
    max_size=5,
).map(tuple)
NUMBERS = st.floats(allow_nan=False)


@given(st.builds(Reading, NUMBERS, NUMBERS, st.tuples(WORDS, WORDS)))
def test_a_packed_reading_comes_back_to_the_bit(found: Reading) -> None:
    assert repr(Reading.unpacked(found.packed())) == repr(found)
    assert found.turned().turned() == found
