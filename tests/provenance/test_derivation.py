"""Copied text: what counts as a shared passage, and which articles derive from which."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.provenance.derivation import Texts, candidates, connected, derivations, precedes
from factcheck.provenance.passages import Vocabulary, aligned, longest_run, quotations, same_passage
from factcheck.records import Article

from .build import article

STORY = [
    "The old lighthouse at the river mouth was sold to a family from the mountains on Friday.",
    "They want to open a small hotel there and keep the lamp burning for the fishing boats.",
    "Neighbours fear that the narrow road along the cliff cannot carry so many more cars.",
    "The council will vote on a permit next month, after an inspection of the stairs.",
    "Nobody had bid for the tower in the nine years since the navy gave it up.",
    "A storm broke most of its windows in the winter before last.",
]
OTHER = [
    "Farmers in the plain began the harvest two weeks early this year because of the heat.",
    "Prices for barley have fallen by a fifth since the spring, the growers' union says.",
    "Many sell straw to a paper mill that opened across the border in March.",
    "Rain is expected on Sunday, which would be too late for most of the fields.",
]
SPEECH = (
    "We will rebuild every bridge and every school in this valley before the snow comes back, "
    "and we will do it together with the people who live here."
)


def texts(**bodies: list[str]) -> Texts:
    return Texts([article("\n\n".join(body), id=name) for name, body in bodies.items()])


def test_a_copy_is_found_under_new_order_cuts_and_additions() -> None:
    moved = [OTHER[0], STORY[3], STORY[0], STORY[4]]
    found = texts(a=STORY, b=moved).overlap("a", "b")
    assert {(p.a, p.b) for p in found.passages} == {(3, 1), (0, 2), (4, 3)}
    assert found.mostly


def test_different_stories_share_nothing() -> None:
    assert texts(a=STORY, b=OTHER).overlap("a", "b").passages == ()


def test_shared_quotations_are_no_derivation() -> None:
    one = [f'"{SPEECH}" the mayor told the crowd in the square.', *STORY[:3]]
    other = [f"In the evening he went on the air. “{SPEECH}”", *OTHER[:3]]
    found = texts(a=one, b=other).overlap("a", "b")
    assert found.passages == () and not found.derived


def test_quotation_beside_a_copied_sentence_is_part_of_the_passage() -> None:
    body = [STORY[0], f"“{SPEECH}”", STORY[1], *OTHER]
    found = texts(a=body, b=[STORY[0], f"“{SPEECH}”", STORY[1], *STORY[2:]]).overlap("a", "b")
    assert {(0, 0), (1, 1), (2, 2)} <= {(p.a, p.b) for p in found.passages}


def test_a_transcript_counts_with_its_quotations() -> None:
    body = [f"“{sentence}”" for sentence in STORY]
    assert texts(a=body, b=body).overlap("a", "b").mostly


@pytest.mark.parametrize("share", [0.05, 0.15, 0.3])
def test_rewording_is_seen_through(share: float) -> None:
    rng = random.Random(1)
    words = " ".join(OTHER).lower().replace(".", "").split()
    reworded = []
    for sentence in STORY:
        parts = sentence.split()
        for n in rng.sample(range(len(parts) - 1), round(share * len(parts))):
            parts[n] = rng.choice(words)
        reworded.append(" ".join(parts))
    assert texts(a=STORY, b=reworded).overlap("a", "b").mostly


def test_derivation_and_its_direction() -> None:
    full = article("\n\n".join(STORY), id="full", outlet="Full")
    cut = article("\n\n".join(STORY[:2]), id="cut", outlet="Cut")
    rest = article("\n\n".join(OTHER), id="rest", outlet="Rest")
    pages = [full, cut, rest]

    def source(*changed: Article, credited: bool = False) -> tuple[str | None, str]:
        found = derivations(
            list(changed), Texts(list(changed)), lambda a, b: credited and a.id == "full"
        )
        assert [(d.a, d.b, d.extent) for d in found] == [("full", "cut", "wholly")]
        return found[0].source, found[0].reason

    assert source(*pages)[0] == "full"  # the fuller text
    later = full.model_copy(update={"published": "2024-05-02"})
    earlier = cut.model_copy(update={"published": "2024-05-01T10:00"})
    assert source(later, earlier, rest)[0] == "cut"
    assert source(*pages, credited=True)[0] == "cut"
    twin = article("\n\n".join(STORY), id="cut", outlet="Cut")
    assert source(full, twin, rest)[0] is None


def test_copies_of_copies_are_one_chain() -> None:
    pages = [article("\n\n".join(STORY), id=f"p{n:02}") for n in range(40)]
    pages.append(article("\n\n".join(OTHER), id="other"))
    chains = connected(derivations(pages, Texts(pages), lambda a, b: False))
    assert {chains[f"p{n:02}"] for n in range(40)} == {"p00"} and "other" not in chains


@pytest.mark.parametrize(
    ("a", "b", "before"),
    [
        ("2024-05-01", "2024-05-02", True),
        ("2024-05-01T10:00", "2024-05-01T11:00", True),
        ("2024-05-01", "2024-05-01T11:00", False),
        ("2024-05-01T18:30+09:00", "2024-05-01T10:00Z", True),
        ("2024-05-01T10:00Z", "2024-05-01T18:30+09:00", False),
        ("2024-05-02T00:30+01:00", "2024-05-01T23:45+00:00", True),
        ("2024-05-01T10:00Z", "2024-05-01T09:00-05:00", True),
        ("2024-05-01T12:00+02:00", "2024-05-01T10:00Z", False),
        ("2024-05-01T10:00Z", "2024-05-01T12:00+02:00", False),
        ("2024-05-01T10:00+02:00", "2024-05-01T11:00", True),
        ("2024-05-01T10:00:10", "2024-05-01T10:00:40", False),
        ("XXXX-05-01", "2024-05-02", False),
        ("2024-05-02", "2024-05-01", False),
        (None, "2024-05-01", False),
    ],
)
def test_precedes(a: str | None, b: str | None, before: bool) -> None:
    assert precedes(a, b) is before


@given(st.lists(st.sets(st.integers(0, 40), max_size=25), max_size=9))
def test_candidates_against_all_pairs(sets: list[set[int]]) -> None:
    """With few texts nothing is left out: the index agrees with comparing all pairs."""
    runs = [np.array(sorted(s), dtype=np.uint64) for s in sets]
    expected = []
    for i, j in itertools.combinations(range(len(sets)), 2):
        fewer = min(len(sets[i]), len(sets[j]))
        wanted = min(max(6, 0.03 * fewer), max(2, 0.5 * fewer))
        if len(sets[i] & sets[j]) >= wanted:
            expected.append((i, j))
    assert candidates(runs) == expected


@given(
    st.lists(st.integers(0, 3), max_size=24),
    st.lists(st.integers(0, 3), max_size=24),
    st.sets(st.integers(0, 3)),
)
def test_longest_run_against_all_runs(a: list[int], b: list[int], counted: set[int]) -> None:
    runs = {tuple(b[i:j]) for i in range(len(b)) for j in range(i + 1, len(b) + 1)}
    best = max(
        (
            sum(word in counted for word in a[i:j])
            for i in range(len(a))
            for j in range(i + 1, len(a) + 1)
            if tuple(a[i:j]) in runs
        ),
        default=0,
    )
    assert longest_run(a, b, counted) == best


@given(st.lists(st.integers(0, 9), max_size=40), st.lists(st.integers(0, 9), max_size=40))
def test_same_passage_is_symmetric_and_bounded(a: list[int], b: list[int]) -> None:
    assert same_passage(a, b) == same_passage(b, a)
    assert 0 <= same_passage(a, b) <= 1
    assert same_passage(a, a) == (1.0 if len(a) >= 6 else 0.0)


@given(st.text(alphabet="ab .\n“”\"«»'`", max_size=200))
def test_quotations_are_in_order_and_inside(text: str) -> None:
    found = quotations(text)
    assert found == sorted(found)
    assert all(0 <= start <= end <= len(text) for start, end in found)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(found))


@settings(max_examples=30)
@given(st.lists(st.sampled_from(STORY + OTHER), min_size=1, max_size=8), st.randoms())
def test_an_article_aligns_with_itself(body: list[str], rng: random.Random) -> None:
    vocabulary = Vocabulary()
    page = vocabulary.words(article(" ".join(body)))
    rng.shuffle(body)
    other = vocabulary.words(article(" ".join(body)))
    assert {p.b for p in aligned(page, other)} == set(range(len(other.sentences)))
