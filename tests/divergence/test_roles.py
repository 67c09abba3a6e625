"""Whether two names, of which roles are told, can be one person's."""

from __future__ import annotations

import pytest

from factcheck.divergence.roles import same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dick Durbin", "Richard J. Durbin", True),
        ("Alex Salmond", "Alexander Salmond", True),
        ("Richard Durbin", "Robert Durbin", False),
        ("Bill Clinton", "Hillary Clinton", False),
        ("J. Kerry", "John Kerry", True),
        ("Donald Trump", "Don Trump Jr.", False),
    ],
)
def test_short_forms_of_a_given_name(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same_person(other, one) is same
