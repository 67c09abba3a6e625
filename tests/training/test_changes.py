"""Controlled changes to tellings: what is put for what, and where it is said to stand."""

from __future__ import annotations

import random

import pytest

from training.changes import Telling, conflicting, harmless

NAMES = ("Marlow", "Ester Quill", "Tarn")


def whole(text: str) -> Telling:
    return Telling(text, ((0, len(text)),))


AGREED = (
    whole(
        "On Tuesday the mayor, Ruth Kelder, said that prices had not risen and 12 people stayed."
    ),
    whole("Ruth Kelder, the mayor, said on Tuesday: prices had not risen; 12 people stayed put."),
)


@pytest.mark.parametrize("seed", range(8))
def test_the_words_that_conflict_stand_where_it_is_said(seed: int) -> None:
    made = list(conflicting(*AGREED, NAMES, random.Random(seed)))
    assert len(made) >= 4
    for one in made:
        assert one.a.text != AGREED[0].text
        assert one.b == AGREED[1]
        for telling, marks in zip((one.a, one.b), one.marks, strict=True):
            assert marks
            for start, end in marks:
                assert telling.text[start:end].strip()


def test_opposites_are_put_for_each_other() -> None:
    told = (whole("Output will increase next year."), whole("There will be an increase next year."))
    words = {
        one.a.text.split()[2]
        for seed in range(40)
        for one in conflicting(*told, NAMES, random.Random(seed))
    }
    assert {"reduce", "drop"} & words


def test_harmless_changes_mark_nothing() -> None:
    made = list(harmless(*AGREED, NAMES, random.Random(3)))
    assert made
    assert all(one.marks == ((), ()) for one in made)
