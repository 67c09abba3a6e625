"""Statements stand by what they matter to the story, and the summary says who stands where."""

from __future__ import annotations

import pytest

from factcheck.records import Claim, DateDetail, Group, Report, Slot
from factcheck.reports import REGISTRY, remarks, words
from factcheck.reports.brief import brief
from factcheck.reports.rank import Ranking
from factcheck.reports.spoken import spoken
from factcheck.reports.view import View, section

from .fixture import CLAIMS, GROUPS, REPORT

BY_ID = {group.id: group for group in GROUPS}


def with_claims(*claims: Claim, **changes: object) -> tuple[Report, Group]:
    """A report with one group of these claims."""
    group = BY_ID["g10"].model_copy(update={"claims": tuple(c.id for c in claims), **changes})
    return REPORT.model_copy(update={"claims": claims, "groups": (group,)}), group


def test_every_statement_stands_in_one_part() -> None:
    parts = Ranking(REPORT).parts(GROUPS)
    told = [group.id for part in parts for group in part]
    assert sorted(told) == sorted(BY_ID)
    assert {section(group) for group in parts.alone} == {"single-sourced"}


def test_what_more_outlets_tell_matters_more() -> None:
    ranking = Ranking(REPORT)
    fewer = BY_ID["g4"].model_copy(update={"outlets": BY_ID["g4"].outlets[:1]})
    assert ranking.importance(BY_ID["g4"]) > ranking.importance(fewer)


def test_what_stands_higher_and_in_the_heads_matters_more() -> None:
    first, last = CLAIMS[0], CLAIMS[6]
    assert first.start < last.start and first.article == last.article
    report, group = with_claims(first)
    lower, other = with_claims(last)
    assert Ranking(report).importance(group) > Ranking(lower).importance(other)


def test_among_equals_conflicts_come_first() -> None:
    calm = BY_ID["g1"].model_copy(update={"id": "g0", "status": "corroborated", "divergences": ()})
    parts = Ranking(REPORT).parts((calm, BY_ID["g1"]))
    assert [group.id for group in parts.main] == ["g1", "g0"]


LOW = CLAIMS[6].model_copy(update={"kind": "report", "quote": "none", "speaker": None})


def slot(last: str) -> Slot:
    detail = DateDetail(first=last, last=last)
    return Slot(slot="date", value=last, text="on Monday", span=LOW.spans[0], detail=detail)


@pytest.mark.parametrize(
    ("change", "aside"),
    [
        # No detail of the day, far down, in the outlet's own words.
        ({"slots": ()}, True),
        # Of the days before its article (5 May 2031), or of long before.
        ({"slots": (slot("2031-05-05"),)}, False),
        ({"slots": (slot("2030-05-05"),)}, True),
        # Said by somebody.
        ({"slots": (), "kind": "utterance"}, False),
    ],
)
def test_background_is_told_in_passing_and_of_no_day(
    change: dict[str, object], aside: bool
) -> None:
    report, group = with_claims(LOW.model_copy(update=change))
    assert Ranking(report).is_background(group) == aside


def test_a_conflict_is_never_background() -> None:
    report, group = with_claims(LOW.model_copy(update={"slots": ()}), status="divergent")
    assert not Ranking(report).is_background(group)


def _told(report: Report = REPORT) -> dict[str, list[str]]:
    shown = spoken(report)
    found = brief(shown, Ranking(shown).parts(shown.groups))
    return {part.name: [line.told for line in part.lines] for part in found}


def test_the_summary_says_what_is_contested_and_between_whom() -> None:
    assert (
        "manner: direct (almar-courier.example) against indirect (north-gazette.example)"
        in _told()["contested"]
    )


def test_the_summary_says_what_is_best_founded_the_surest_first() -> None:
    likely = BY_ID["g4"].model_copy(update={"id": "g40", "independence": "likely"})
    told = _told(REPORT.model_copy(update={"groups": (likely, BY_ID["g4"])}))["agreed"]
    assert [line.rsplit(" ", 1)[1] for line in told] == ["shown", "likely"]
    assert told[0] == (
        "almar-courier.example, evening-ledger.example and north-gazette.example, from 3 origins: "
        "Almar Courier, Evening Ledger and North Gazette themselves; independence shown"
    )


def test_the_summary_keeps_apart_what_was_only_said() -> None:
    assert _told()["one source"][0] == (
        "only that it was said, by one unnamed person close to the ferry company; in "
        "almar-courier.example and north-gazette.example"
    )


def test_the_summary_says_who_has_it_from_whom() -> None:
    assert _told()["repeats"] == [
        "almar-courier.example, evening-ledger.example and wharf-daily.example have 1 statement "
        "from Coastwire"
    ]


def test_who_has_it_from_whom_is_counted_by_outlet() -> None:
    echoed = BY_ID["g5"]
    origin = echoed.origins[0]
    fewer = origin.model_copy(update={"outlets": origin.outlets[:2]})
    # An origin that nobody else tells is repeated by nobody.
    alone = origin.model_copy(update={"outlets": ("Coastwire",)})
    again = [
        echoed.model_copy(update={"id": name, "origins": (one,)})
        for name, one in (("g41", fewer), ("g42", alone))
    ]
    assert _told(REPORT.model_copy(update={"groups": (echoed, *again)}))["repeats"] == [
        "almar-courier.example (2), evening-ledger.example (2) and wharf-daily.example (1) have 2 "
        "statements from Coastwire"
    ]


def test_the_summary_says_what_rests_on_one_outlet() -> None:
    assert _told()["one outlet"] == ["wharf-daily.example"]


@pytest.mark.parametrize("name", ["terminal", "markdown", "html"])
def test_every_format_for_people_begins_with_the_summary(name: str) -> None:
    text = " ".join(REGISTRY[name](REPORT, View(width=150)).split())
    first = text.index("Where they disagree")
    assert first < text.index(words.HEADINGS["main"])


def test_the_summary_fits_a_screen() -> None:
    text = REGISTRY["terminal"](REPORT, View(width=100))
    assert text[: text.index(words.HEADINGS["main"])].count("\n") <= 40


def test_articles_that_share_nothing_are_told() -> None:
    lonely = REPORT.articles[0].model_copy(update={"id": "b1", "path": "articles/other.txt"})
    report = REPORT.model_copy(update={"articles": (*REPORT.articles, lonely)})
    assert remarks.strangers(REPORT) == ""
    assert remarks.strangers(report).startswith("articles/other.txt shares no statement")
    assert "One article alone" in remarks.strangers(
        REPORT.model_copy(update={"articles": REPORT.articles[:1]})
    )
    apart = REPORT.model_copy(update={"groups": (BY_ID["g9"],)})
    assert remarks.strangers(apart).startswith("No two articles share a statement")


@pytest.mark.parametrize("name", ["terminal", "markdown", "html"])
def test_what_editors_changed_is_told(name: str) -> None:
    said = "The length of the cracks was given wrongly."
    article = REPORT.articles[0].model_copy(update={"corrections": (said,)})
    report = REPORT.model_copy(update={"articles": (article, *REPORT.articles[1:])})
    told = " ".join(REGISTRY[name](report, View(width=150)).split())
    assert f"{article.outlet} on its article: {said}" in told


def test_the_summary_names_who_denies_and_who_asserts() -> None:
    groups = [
        group.model_copy(
            update={
                "divergences": tuple(
                    one.model_copy(update={"slot": "polarity"}) for one in group.divergences
                )
            }
        )
        for group in REPORT.groups
    ]
    report = REPORT.model_copy(update={"groups": tuple(groups)})
    speakers = {claim.speaker.name for claim in REPORT.claims if claim.speaker}
    assert any(f" by {name}" in line for line in _told(report)["contested"] for name in speakers)


def test_two_values_of_an_outlet_stand_apart_from_the_next_column() -> None:
    group = next(g for g in GROUPS if any(d.material for d in g.divergences))
    one = next(d for d in group.divergences if d.material)
    claims = tuple(claim for value in one.values for claim in value.claims)
    spans = tuple(span for value in one.values for span in value.spans)
    values = tuple(v.model_copy(update={"claims": claims, "spans": spans}) for v in one.values)
    changed = group.model_copy(update={"divergences": (one.model_copy(update={"values": values}),)})
    groups = tuple(changed if g.id == group.id else g for g in GROUPS)
    told = REGISTRY["terminal"](
        REPORT.model_copy(update={"groups": groups}), View(width=100, verbosity=1)
    )
    cell = "/".join(str(n) for n, _ in enumerate(values, start=1))
    row = next(line for line in told.splitlines() if f"{group.id} " in line and cell in line)
    assert row.split().count(cell) == len({claim.split("-")[0] for claim in claims})
