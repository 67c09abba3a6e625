"""Average-link clustering against a slow and obvious oracle."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.matching.groups import Told, cluster, join, tell_two

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
        least = max(threshold, 0.6) if len(a) > 1 and len(b) > 1 else threshold
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


@given(inputs(), st.sets(st.integers(0, 40)), st.data())
def test_only_disputed_pairs_join_groups_and_never_across_a_decision(
    given_inputs: tuple[list[str], dict[tuple[int, int], float]],
    marked: set[int],
    data: st.DataObject,
) -> None:
    articles, scores = given_inputs
    pairs = sorted(scores)
    disputed = {pair for number, pair in enumerate(pairs) if number in marked}
    apart = data.draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    groups = cluster(articles, scores, 0.5, UNSCORED, different=apart)
    joined = join(groups, pairs, lambda a, b, _: (a, b) in disputed, apart)
    assert sorted(n for group in joined for n in group) == list(range(len(articles)))
    assert joined == sorted(sorted(group) for group in joined)
    home = {n: number for number, group in enumerate(joined) for n in group}
    before = {n: number for number, group in enumerate(groups) for n in group}
    assert all(home[a] == home[b] for a, b in combinations(before, 2) if before[a] == before[b])
    for a, b in disputed:
        if home[a] != home[b]:
            assert any({home[x], home[y]} == {home[a], home[b]} for x, y in apart)
    assert len(groups) - len(joined) <= len(disputed)
    assert all(home[a] != home[b] for a, b in apart)


def test_disputes_do_not_chain_into_one_group_of_everything() -> None:
    pairs = list(combinations(range(40), 2))
    joined = join([[n] for n in range(40)], pairs, lambda a, b, both: True)
    assert max(map(len, joined)) == 10
    assert sorted(n for group in joined for n in group) == list(range(40))


def second_oracle(
    groups: list[list[int]],
    articles: list[str],
    scores: dict[tuple[int, int], float],
    least: float,
    apart: set[tuple[int, int]],
) -> list[set[int]]:
    """Each claim beside each group, one after the other."""
    entered = [set(group) for group in groups]
    for claim in range(len(articles)):
        best, into = 0.0, None
        for number, group in enumerate(groups):
            pairs = [(min(claim, other), max(claim, other)) for other in group]
            if claim in group or articles[claim] in {articles[other] for other in group}:
                continue
            if any(pair in apart or pair[::-1] in apart for pair in pairs):
                continue
            if not any(pair in scores for pair in pairs):
                continue
            mean = sum(scores.get(pair, UNSCORED) for pair in pairs) / len(pairs)
            if mean > best:
                best, into = mean, number
        if into is not None and best >= least:
            entered[into].add(claim)
    return entered


@given(inputs(), st.sampled_from([0.25, 0.5, 0.75]), st.data())
def test_a_claim_enters_the_group_that_an_oracle_puts_it_into(
    given_inputs: tuple[list[str], dict[tuple[int, int], float]], least: float, data: st.DataObject
) -> None:
    articles, scores = given_inputs
    apart = data.draw(st.sets(st.sampled_from(sorted(scores)))) if scores else set()
    groups = cluster(articles, scores, 0.5, UNSCORED, different=apart)
    wanted = second_oracle(groups, articles, scores, least, apart)
    told = tell_two(groups, articles, scores, least, UNSCORED, apart)
    left = [w for w in wanted if not any(w < other for other in wanted)]
    assert sorted(group.claims for group in told) == sorted({tuple(sorted(w)) for w in left})
    assert sorted(c for g in told for c in g.claims if c not in g.second) == list(
        range(len(articles))
    ), "every claim is at home in one group"


def test_what_tells_two_statements_stands_in_both_groups() -> None:
    articles = ["a", "b", "c", "d"]
    scores = {(0, 1): 0.9, (2, 3): 0.9, (0, 2): 0.7, (0, 3): 0.5}
    told = tell_two([[0, 1], [2, 3]], articles, scores, 0.5, 0.0)
    assert told == [Told((0, 1)), Told((0, 2, 3), (0,))]


def test_two_groups_that_enter_each_other_are_one() -> None:
    scores = {(0, 1): 0.9, (2, 3): 0.9, (0, 2): 0.5, (0, 3): 0.5, (1, 2): 0.5, (1, 3): 0.5}
    told = tell_two([[0, 1], [2, 3]], ["a", "b", "c", "d"], scores, 0.5, 0.0)
    assert told == [Told((0, 1, 2, 3))]


def test_nothing_is_told_twice_against_a_decision_or_by_one_article() -> None:
    scores = {(0, 1): 0.9, (0, 2): 0.7}
    assert tell_two([[0, 1], [2]], ["a", "b", "c"], scores, 0.5, 0.0, [(2, 0)]) == [
        Told((0, 1)),
        Told((2,)),
    ]
    apart = [(1, 2)]
    assert tell_two([[0, 1], [2, 3]], ["a", "b", "c", "a"], scores, 0.3, 0.0, apart) == [
        Told((0, 1)),
        Told((2, 3)),
    ]
