"""A reason is told once for all outlets that it holds for, and for no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.provenance.reasons import Reason, in_words

NAMES = "Alpha Beta Delta Epsilon Gamma Zeta".split()


def credit(*outlets: str) -> Reason:
    return Reason("credit Reuters", outlets, "credits Reuters")


def same(*outlets: str) -> Reason:
    return Reason("print one text", outlets, mutual=True)


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ([credit("Beta")], ["Beta credits Reuters"]),
        ([credit("Beta"), credit("Alpha")], ["Alpha and Beta credit Reuters"]),
        ([same("Beta", "Alpha"), same("Beta", "Gamma")], ["Alpha, Beta and Gamma print one text"]),
        (
            [same("Alpha", "Beta"), credit("Beta"), same("Delta", "Gamma")],
            [
                "Alpha and Beta print one text",
                "Beta credits Reuters",
                "Delta and Gamma print one text",
            ],
        ),
        (
            [same("Alpha", "Beta"), same("Delta", "Gamma"), credit("Beta"), same("Beta", "Delta")],
            ["Alpha, Beta, Delta and Gamma print one text", "Beta credits Reuters"],
        ),
        (
            [Reason("in public"), credit("Beta"), Reason("in public")],
            ["in public", "Beta credits Reuters"],
        ),
        (
            [credit(*NAMES, "Eta", "Theta")],
            ["Alpha, Beta, Delta, Epsilon, Eta and 3 others credit Reuters"],
        ),
    ],
)
def test_reasons_in_words(reasons: list[Reason], told: list[str]) -> None:
    assert in_words(reasons) == told


@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1])
    )
)
def test_mutual_reasons_are_told_of_whom_they_connect(pairs: list[tuple[str, str]]) -> None:
    parts = [{name} for name in NAMES]
    for pair in pairs:
        hit = [part for part in parts if part & set(pair)]
        parts = [part for part in parts if part not in hit] + [set().union(*hit)]
    expected = {str(same(*sorted(part))) for part in parts if len(part) > 1}
    found = in_words([same(*pair) for pair in pairs])
    assert len(found) == len(expected) and set(found) == expected
