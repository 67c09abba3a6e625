"""Values that hold together are one, dates are words, and nothing is told twice."""

from __future__ import annotations

import pytest

from factcheck.records import (
    Claim,
    DateDetail,
    Detail,
    Divergence,
    DivergenceValue,
    FigureDetail,
    Report,
    Slot,
    SlotName,
)
from factcheck.reports.spoken import spoken
from factcheck.reports.times import moment
from factcheck.reports.times import spoken as in_words

from .fixture import CLAIMS, REPORT


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("2026-05-12", "Tuesday 12 May 2026"),
        ("2026-05-12 00–11 h", "Tuesday 12 May 2026, morning"),
        ("2026-05-12 14 h BST", "Tuesday 12 May 2026, between 14:00 and 15:00 BST"),
        ("Wednesday 09–11 h", "Wednesday, between 9:00 and 12:00"),
        ("Wednesday 12–17 h", "Wednesday, afternoon"),
        ("2023-05-01/2023-05-31", "May 2023"),
        ("2024-02-01/2024-02-29", "February 2024"),
        ("2024-02-01/2024-02-28", "1 to 28 February 2024"),
        ("2009-01-01/2009-12-31", "2009"),
        ("2009-01-01/2012-12-31", "2009 to 2012"),
        ("2025-04-03/2025-04-06", "3 to 6 April 2025"),
        ("2025-04-28/2025-05-03", "28 April to 3 May 2025"),
        ("2024-12-30/2025-01-02", "30 December 2024 to 2 January 2025"),
        ("2024-01-01/2024-03-31", "January to March 2024"),
        ("XXXX-04-09", "9 April"),
        ("Thursday (2025-04-10)", "Thursday (10 April 2025)"),
        ("2025-04-10 and 2025-04-09", "Thursday 10 April 2025 and Wednesday 9 April 2025"),
        ("on Wednesday", "on Wednesday"),
        ("case 2025-04-10-17", "case 2025-04-10-17"),
    ],
)
def test_dates_in_words(raw: str, told: str) -> None:
    assert in_words(raw) == told
    assert in_words(told) == told


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2025-04-11", "11 April 2025"),
        ("2025-04-11T14:54Z", "11 April 2025, 14:54 (UTC)"),
        ("2025-04-11T14:54:10-05:00", "11 April 2025, 14:54 (UTC-05:00)"),
    ],
)
def test_a_moment_keeps_its_zone(published: str, told: str) -> None:
    assert moment(published) == told


def figure(low: float, high: float | None = None) -> FigureDetail:
    return FigureDetail(low=low, high=low if high is None else high)


def days(first: str, last: str | None = None, hours: tuple[int, int] | None = None) -> DateDetail:
    return DateDetail(first=first, last=last or first, hours=hours)


def report(slot: SlotName, values: dict[str, Detail | None], material: bool = True) -> Report:
    """A report whose first group has a claim for each value, at the place of that claim."""
    claims: list[Claim] = []
    for number, (value, detail) in enumerate(values.items()):
        base = CLAIMS[number]
        slots = (Slot(slot=slot, value=value, text=value, span=base.spans[0], detail=detail),)
        claims.append(base.model_copy(update={"slots": slots}))
    divergence = Divergence(
        slot=slot,
        material=material,
        reason="they cannot both hold",
        values=tuple(
            DivergenceValue(
                value=value, claims=(claim.id,), spans=(claim.spans[0],), origins=(claim.article,)
            )
            for value, claim in zip(values, claims, strict=True)
        ),
    )
    group = REPORT.groups[0].model_copy(
        update={"divergences": (divergence, divergence), "claims": tuple(c.id for c in claims)}
    )
    return REPORT.model_copy(update={"claims": tuple(claims), "groups": (group,)})


INF = float("inf")


@pytest.mark.parametrize(
    ("slot", "values", "against", "free"),
    [
        # One number with more words and less, against another.
        (
            "figure",
            {"4 killed": figure(4), "4 workers killed": figure(4), "6 killed": figure(6)},
            ["4 workers killed", "6 killed"],
            [],
        ),
        # What holds with all is numbered against none.
        (
            "figure",
            {"10": figure(10), "12": figure(12), "at least 9": figure(9, INF)},
            ["10", "12"],
            ["at least 9"],
        ),
        # Of two that hold together the more precise one is told.
        (
            "figure",
            {"10": figure(10), "12": figure(12), "at least 11": figure(11, INF)},
            ["10", "12"],
            [],
        ),
        (
            "date",
            {
                "2026-05-11": days("2026-05-11"),
                "2026-05-11 00–11 h": days("2026-05-11", hours=(0, 11)),
                "2026-05-12": days("2026-05-12"),
            },
            ["Monday 11 May 2026, morning", "Tuesday 12 May 2026"],
            [],
        ),
        # One name and one day with the words around them, and without.
        (
            "person",
            {"The Port Board": None, "Port Board": None, "City Board": None},
            ["Port Board", "City Board"],
            [],
        ),
        (
            "date",
            {"on Sunday, towards": None, "Sunday": None, "before Sunday": None},
            ["Sunday", "before Sunday"],
            [],
        ),
        # No detail tells that these hold together: each stands for itself.
        ("place", {"Almar": None, "Tarsk": None}, ["Almar", "Tarsk"], []),
        ("quotation", {"not": None, "": None}, ["not", "(word missing: not)"], []),
        # Nothing is in conflict by the details: what was found is left as it is.
        ("figure", {"10": figure(10), "about 10": figure(9, 11)}, ["10", "about 10"], []),
    ],
)
def test_only_what_cannot_hold_together_is_held_against_each_other(
    slot: SlotName, values: dict[str, Detail | None], against: list[str], free: list[str]
) -> None:
    found = spoken(report(slot, values)).groups[0].divergences
    assert [value.value for value in found[0].values] == against
    assert [value.value for d in found[1:] for value in d.values] == free
    assert found[0].material
    assert not any(d.material for d in found[1:])


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("7 d", "7 days"),
        ("1 d", "1 day"),
        ("3 month", "3 months"),
        ("1.5 h", "1.5 hours"),
        ("2 million acre", "2 million acres"),
        ("≥ 12 week", "at least 12 weeks"),
        ("at least 2 d late", "at least 2 days late"),
        ("40 km", "40 km"),
        ("4 killed", "4 killed"),
        ("2 in 3", "2 in 3"),
        ("in the village", "in the village"),
        ("3 months", "3 months"),
    ],
)
def test_units_are_told_in_words(raw: str, told: str) -> None:
    found = spoken(report("figure", {raw: None, "no": None})).groups[0].divergences[0]
    assert told in [value.value for value in found.values]
    found = spoken(report("place", {raw: None, "no": None})).groups[0].divergences[0]
    assert (raw if "≥" not in raw else told.replace("weeks", "week")) in [
        value.value for value in found.values
    ]


def within(slot: SlotName, values: list[tuple[str, str, Detail, int, bool]]) -> list[str]:
    """The values of a conflict that are left of these: words, the detail's own value and normal
    form, the claim, and whether the words are but the detail.
    """
    claims: dict[int, Claim] = {}
    made: list[DivergenceValue] = []
    for value, own, detail, number, exact in values:
        base = claims.get(number, CLAIMS[number].model_copy(update={"slots": ()}))
        start, end = base.spans[0]
        span = (start, end) if not exact else (start + 2, start + 8)
        one = Slot(slot=slot, value=own, text=own, span=(start + 2, start + 8), detail=detail)
        claims[number] = base.model_copy(update={"slots": (*base.slots, one)})
        made.append(DivergenceValue(value=value, claims=(base.id,), spans=(span,)))
    first = REPORT.groups[0]
    divergence = first.divergences[0].model_copy(update={"slot": slot, "values": tuple(made)})
    group = first.model_copy(
        update={"claims": tuple(c.id for c in claims.values()), "divergences": (divergence,)}
    )
    found = REPORT.model_copy(update={"claims": tuple(claims.values()), "groups": (group,)})
    return [value.value for value in spoken(found).groups[0].divergences[0].values]


def test_a_figure_and_the_words_that_hold_it_are_one_value() -> None:
    two, three = figure(2), figure(3)
    assert within(
        "figure",
        [
            ("2 month", "2 month", two, 0, True),
            ("3 month", "3 month", three, 1, True),
            # The same words of the same claim; other words of others.
            ("offered two months' pay", "2 month", two, 0, False),
            ("three months' salary", "3 month", three, 2, False),
        ],
    ) == ["2 months", "3 months"]


def test_words_that_hold_another_figure_are_another_value() -> None:
    assert within(
        "figure",
        [
            ("2 month", "2 month", figure(2), 0, True),
            ("3 month", "3 month", figure(3), 1, True),
            ("four months' salary", "4 month", figure(4), 2, False),
        ],
    ) == ["2 months", "3 months", "four months' salary"]


def test_a_merged_value_keeps_all_who_tell_it() -> None:
    values: dict[str, Detail | None] = {"4": figure(4), "4 dead": figure(4), "6": figure(6)}
    merged = spoken(report("figure", values)).groups[0].divergences[0].values[0]
    assert merged.claims == (CLAIMS[0].id, CLAIMS[1].id)
    assert merged.spans == (CLAIMS[0].spans[0], CLAIMS[1].spans[0])
    assert set(merged.origins) == {CLAIMS[0].article, CLAIMS[1].article}


def test_signs_of_figures_are_words() -> None:
    values: dict[str, Detail | None] = {"≥ 12 dead": figure(12, INF), "≈5 dead": figure(4, 6)}
    found = spoken(report("figure", values)).groups[0].divergences[0]
    assert [value.value for value in found.values] == ["at least 12 dead", "about 5 dead"]


def test_several_missing_words_are_several() -> None:
    found = spoken(report("quotation", {"": None, "did not": None})).groups[0].divergences[0]
    assert found.values[0].value == "(words missing: did not)"


def quoted(*told: tuple[str, str]) -> list[str]:
    """What is left in conflict of values of a quotation: pairs of a claim's id and its words."""
    texts = {article.id: article.text for article in REPORT.articles}
    owner = {claim.id: claim.article for claim in CLAIMS}
    values = []
    for claim, words in told:
        at = texts[owner[claim]].find(words)
        span = (at, at + len(words)) if at >= 0 else (0, 0)
        values.append(DivergenceValue(value=words, claims=(claim,), spans=(span,)))
    one = Divergence(slot="quotation", material=True, reason="words differ", values=tuple(values))
    group = REPORT.groups[0].model_copy(update={"divergences": (one,)})
    report = REPORT.model_copy(update={"groups": (group,)})
    return [value.value for value in spoken(report).groups[0].divergences[0].values]


A, B, C = CLAIMS[0].id, CLAIMS[1].id, CLAIMS[2].id


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (
            ((A, "hours of warning"), (B, "days of warning for us"), (C, "days of warning")),
            ["hours of warning", "days of warning for us"],
        ),
        (
            ((A, "we would have hours"), (B, "would have days"), (C, "have days of warning")),
            ["we would have hours", "have days of warning"],
        ),
        # A word that turns it round makes another wording of it, whatever the rest is.
        (
            ((A, "will pay"), (B, "will never pay"), (C, "may pay")),
            ["will pay", "will never pay", "may pay"],
        ),
    ],
)
def test_cuts_of_one_wording_are_one_value(
    told: tuple[tuple[str, str], ...], left: list[str]
) -> None:
    assert quoted(*told) == left
