"""Terms, candidates and features, against slow oracles where there is an algorithm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.matching.candidates import candidates
from factcheck.matching.features import FEATURES, Rivals, cosine, longest_run, measure
from factcheck.matching.profiles import Vector, ordinal, profiles, telling
from factcheck.matching.terms import fold, term, tokens
from tests.matching.build import Line, corpus, one_story

WORDS = ["harbour", "mine", "council", "vote", "storm", "bridge", "the", "of", "12", "Welk"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("normalisation", "normalization"),
        ("talks", "talk"),
        ("stopped", "stopping"),
        ("parties", "party"),
        ("Erdoğan’s", "Erdogan"),
        ("12,000", "12000"),
        ("twelve", "12"),
        ("U.S.", "US."),
        ("weren’t", "not"),
    ],
)
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert term(one) == term(other)


@pytest.mark.parametrize(("one", "other"), [("US.", "us"), ("12", "21"), ("said", "sad")])
def test_different_words_do_not(one: str, other: str) -> None:
    assert term(one) != term(other)


@given(st.text())
def test_any_text_has_terms(text: str) -> None:
    for token in tokens(text):
        assert token in text
        assert isinstance(term(token), str)
    assert fold(fold(text)) == fold(text) or not text.isascii()


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_longest_run_agrees_with_the_oracle(a: list[str], b: list[str]) -> None:
    runs = {tuple(a[i:j]) for i in range(len(a)) for j in range(i + 1, len(a) + 1)}
    others = {tuple(b[i:j]) for i in range(len(b)) for j in range(i + 1, len(b) + 1)}
    assert longest_run(a, b) == max((len(run) for run in runs & others), default=0)


@st.composite
def articles(draw: st.DrawFn) -> dict[str, list[Line]]:
    sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
    line = sentence.map(lambda text: Line(sentence=text))
    return {
        name: draw(st.lists(line, min_size=1, max_size=5)) for name in ("alpha", "beta", "gamma")
    }


# Its first run loads tables.
@settings(deadline=None)
@given(articles(), st.integers(1, 4))
def test_candidates_agree_with_the_oracle(data: dict[str, list[Line]], limit: int) -> None:
    prepared = profiles(*corpus(data))
    # A claim that is its whole sentence is searched by its telling terms alone.
    found = set(candidates(prepared, limit, 30, one_story(data)))
    terms = [Vector(telling(profile.local)) for profile in prepared]
    for a, one in enumerate(prepared):
        score = {
            b: cosine(terms[a], terms[b])
            for b, other in enumerate(prepared)
            if other.claim.article != one.claim.article
        }
        partners = [b for pair in found if a in pair for b in pair if b != a]
        assert all(score[b] > 0 for b in partners)
        wanted = sorted((value for value in score.values() if value > 0), reverse=True)[:limit]
        got = sorted((score[b] for b in partners), reverse=True)[: len(wanted)]
        assert got == pytest.approx(wanted)


# Its first run loads tables.
@settings(deadline=None)
@given(articles())
def test_features_do_not_depend_on_the_side(data: dict[str, list[Line]]) -> None:
    prepared = profiles(*corpus(data))
    pairs = candidates(prepared, 30, 30, one_story(data))
    turned = [(b, a) for a, b in pairs]
    one = measure(prepared, pairs, Rivals(prepared, pairs))
    other = measure(prepared, turned, Rivals(prepared, turned))
    assert one.shape == (len(pairs), len(FEATURES))
    assert np.isfinite(one).all()
    np.testing.assert_allclose(one, other)


def test_cosine_of_equals_is_one_and_of_strangers_zero() -> None:
    vector = Vector([("mine", 2.0), ("vote", 1.0)])
    assert cosine(vector, vector) == pytest.approx(1.0)
    assert cosine(vector, Vector([("storm", 1.0)])) == 0.0
    assert cosine(vector, Vector()) == 0.0


def test_only_a_full_date_has_a_day() -> None:
    assert ordinal("2025-04-11T14:54") == ordinal("2025-04-11")
    assert ordinal("XXXX-04-11") is None
    assert ordinal(None) is None
