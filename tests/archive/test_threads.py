"""Groups of windows become threads: each once, in whatever order the windows come."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from factcheck.archive.index import Index, Period
from factcheck.archive.threads import Thread, components, weightiest
from factcheck.archive.work import Compared, Read, Told
from factcheck.matching.terms import term

DAY = 738_000


def told(
    *members: tuple[int, int], status: str = "single-sourced", outlets: int = 2, name: str = ""
) -> Told:
    names = tuple(f"outlet {n}" for n in range(outlets))
    name = name or "-".join(f"{a}.{c}" for a, c in members)
    return Told(status, (), f"statement {name}", name, (), names, members)


def read(number: int, words: tuple[str, ...] = ()) -> Read:
    return Read(
        f"{number:03}.md",
        "",
        str(number),
        day=DAY + number,
        outlet=f"outlet {number}",
        claims=1,
        words=tuple((word, 1.0) for word in words),
    )


def listed(
    folder: Path, windows: list[tuple[str, list[Told]]], period: Period | None = None
) -> list[Thread]:
    with Index(folder / f"{random.random()}.sqlite") as index:
        index.put([read(n) for n in range(1, 41)], "")
        for name, groups in windows:
            index.enter(name, 2, Compared("", 0, tuple(groups)))
        return index.threads(period or Period())


def test_groups_that_share_a_claim_are_one_thread(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        [("w1", [told((1, 0), (2, 0)), told((5, 0), (6, 0))]), ("w2", [told((2, 0), (3, 0))])],
    )
    assert [(t.articles, t.claims, t.windows) for t in found] == [(3, 3, 2), (2, 2, 1)]
    assert found[0].first == "2021-07-30" and found[0].last == "2021-08-01"


def test_a_thread_through_a_claim_of_a_third_window(tmp_path: Path) -> None:
    ends = [("w1", [told((1, 0), (2, 0))]), ("w3", [told((3, 0), (4, 0))])]
    assert len(listed(tmp_path, ends)) == 2
    (thread,) = listed(tmp_path, [*ends, ("w2", [told((2, 0), (3, 0))])])
    assert thread.articles == 4


def test_a_window_that_is_compared_anew_takes_its_own_apart(tmp_path: Path) -> None:
    windows = [
        ("w1", [told((1, 0), (2, 0))]),
        ("w2", [told((2, 0), (3, 0))]),
        ("w3", [told((3, 0), (4, 0))]),
    ]
    assert len(listed(tmp_path, windows)) == 1
    assert [t.articles for t in listed(tmp_path, [*windows, ("w2", [])])] == [2, 2]


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_windows_and_what_was_there_before_change_nothing(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)

    def some() -> list[Told]:
        claims = [(a, 0) for a in chance.sample(range(1, 41), 16)]
        sizes = [2, 3, 4, 2, 3]
        groups = []
        for size in sizes:
            members, claims = claims[:size], claims[size:]
            status = chance.choice(("divergent", "corroborated", "single-sourced"))
            groups.append(told(*sorted(members), status=status, outlets=size))
        return groups

    last = [(f"w{n}", some()) for n in range(4)]
    before = [(f"w{n}", some()) for n in range(4)]
    straight = listed(tmp_path, last)
    shuffled = chance.sample(last, 4)
    assert listed(tmp_path, [*before, *shuffled]) == straight
    groups = {n: one.members for n, one in enumerate(o for _, g in last for o in g)}
    assert len(straight) == len(components(groups)) == len(by_search(groups))


def by_search(groups: dict[int, tuple[tuple[int, int], ...]]) -> set[frozenset[int]]:
    """Components the slow way: from each group on, whatever shares a claim, until nothing more."""
    found = set()
    for start in groups:
        reached = {start}
        while True:
            claims = {c for n in reached for c in groups[n]}
            more = {n for n, members in groups.items() if claims & set(members)}
            if more == reached:
                break
            reached = more
        found.add(frozenset(reached))
    return found


def test_the_larger_of_two_groups_speaks_for_both() -> None:
    small = told((1, 0), (2, 0), status="divergent")
    large = told((1, 0), (2, 0), (3, 0), status="corroborated")
    assert weightiest([("w1", small), ("w2", large)]) == ("w2", large)


def test_of_groups_beside_each_other_the_divergent_one_speaks() -> None:
    one = told((1, 0), (2, 0), status="divergent")
    other = told((2, 0), (3, 0), (4, 0), status="corroborated", outlets=3)
    assert weightiest([("w1", other), ("w2", one)]) == ("w2", one)


def test_the_same_claims_in_two_windows_are_told_by_the_earlier(tmp_path: Path) -> None:
    group = told((1, 0), (2, 0))
    (thread,) = listed(tmp_path, [("w2", [group]), ("w1", [group])])
    assert (thread.window, thread.windows, thread.claims) == ("w1", 2, 2)


PERIODS = [
    (Period(), 2),
    (Period(DAY + 3, None), 1),
    (Period(None, DAY + 2), 1),
    (Period(DAY + 2, DAY + 5), 2),
    (Period(DAY + 3, DAY + 4), 0),
]


@pytest.mark.parametrize(("period", "number"), PERIODS)
def test_a_period_holds_the_threads_of_its_articles(
    tmp_path: Path, period: Period, number: int
) -> None:
    windows = [("w1", [told((1, 0), (2, 0)), told((5, 0), (6, 0))])]
    assert len(listed(tmp_path, windows, period)) == number


WORDS = [
    ("dam", [1, 2]),
    ("Dam inquiries", [2]),
    ("dam harbour", []),
    ("", [1, 2, 3]),
    ("U.S.", [3]),
    ('" OR *', []),
]


@pytest.mark.parametrize(("about", "numbers"), WORDS)
def test_about_finds_articles_by_their_telling_words(
    tmp_path: Path, about: str, numbers: list[int]
) -> None:
    with Index(tmp_path / "index.sqlite") as index:
        words = (("dam", "flood"), ("dam", term("inquiry")), ("us.",))
        index.put([read(number, told) for number, told in enumerate(words, 1)], "")
        found = index.select(Period(), about)
    assert found == [f"{number:03}.md" for number in numbers]


def test_a_changed_file_is_a_new_article_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    with Index(tmp_path / "index.sqlite") as index:
        index.put([read(1, ("dam",)), read(2, ("dam",))], "")
        before = {entry.path: entry.number for entry in index.between(0, 10**6)}
        index.put([read(1)._replace(status="later"), read(2)._replace(content="other")], "")
        after = {entry.path: entry.number for entry in index.between(0, 10**6)}
        assert index.select(Period(), "dam") == ["001.md"]
    assert before["001.md"] == after["001.md"]
    assert before["002.md"] != after["002.md"]
