"""Average-link clustering against a slow and obvious oracle."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.matching.groups import cluster

UNSCORED = 0.125


def oracle(
    articles: list[str], scores: dict[tuple[int, int], float], threshold: float
) -> list[list[int]]:
    """Look at all pairs of groups, merge the best, start again."""
    groups = [[number] for number in range(len(articles))]

    def mean(a: list[int], b: list[int]) -> float:
        pairs = [(min(x, y), max(x, y)) for x in a for y in b if articles[x] != articles[y]]
        scored = [scores[pair] for pair in pairs if pair in scores]
        value = (sum(scored) + UNSCORED * (len(pairs) - len(scored))) / max(1, len(pairs))
        least = max(threshold, 0.5) if len(a) > 1 and len(b) > 1 else threshold
        return value if scored and value >= least else 0.0

    while True:
        ranked = sorted(
            (-mean(a, b), a[0], b[0]) for a, b in combinations(groups, 2) if mean(a, b) >= threshold
        )
        if not ranked:
            return groups
        _, first, second = ranked[0]
        merged = sorted(x for group in groups if group[0] in (first, second) for x in group)
        groups = sorted([g for g in groups if g[0] not in (first, second)] + [merged])


@st.composite
def inputs(draw: st.DrawFn) -> tuple[list[str], dict[tuple[int, int], float]]:
    articles = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=8))
    pairs = [p for p in combinations(range(len(articles)), 2) if articles[p[0]] != articles[p[1]]]
    # Eighths: sums of them are exact, so that both ways to add them up agree.
    eighths = st.integers(1, 8).map(lambda number: number / 8)
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return articles, {pair: draw(eighths) for pair in chosen}


@given(inputs(), st.sampled_from([0.25, 0.375, 0.5, 0.75]))
def test_agrees_with_the_oracle(
    data: tuple[list[str], dict[tuple[int, int], float]], threshold: float
) -> None:
    articles, scores = data
    assert cluster(articles, scores, threshold, UNSCORED) == oracle(articles, scores, threshold)


@given(inputs(), st.sampled_from([0.25, 0.5]))
def test_every_claim_stands_in_one_group(
    data: tuple[list[str], dict[tuple[int, int], float]], threshold: float
) -> None:
    articles, scores = data
    groups = cluster(articles, scores, threshold, UNSCORED)
    assert sorted(claim for group in groups for claim in group) == list(range(len(articles)))


def test_a_chain_of_links_is_no_group() -> None:
    scores = {(0, 1): 0.9, (1, 2): 0.6}
    assert cluster(["a", "b", "c"], scores, 0.5, 0.0) == [[0, 1], [2]]


def test_human_decisions_are_respected() -> None:
    scores = {(0, 1): 0.99, (1, 2): 0.01}
    apart = cluster(["a", "b", "c"], scores, 0.5, 0.0, different=[(0, 1)])
    assert apart == [[0], [1], [2]]
    together = cluster(["a", "b", "c"], scores, 0.5, 0.0, same=[(1, 2)], different=[(0, 1)])
    assert together == [[0], [1, 2]]


def test_a_group_does_not_absorb_what_was_called_different_from_a_member() -> None:
    scores = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9}
    assert cluster(["a", "b", "c"], scores, 0.5, 0.0, different=[(2, 1)]) == [[0, 1], [2]]
