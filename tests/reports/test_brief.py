"""The first screen: what it names, what it counts, and that both add up. Cases: `brief.yaml`."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.records import Divergence, DivergenceValue, Group, Report
from factcheck.reports import REGISTRY, counts, words
from factcheck.reports.brief import HEADINGS, Part, brief, fitted
from factcheck.reports.rank import Parts, Ranking
from factcheck.reports.spoken import spoken
from factcheck.reports.view import View, kind_of

from .fixture import GROUPS, REPORT

CASES: dict[str, list[Any]] = YAML(typ="safe").load(Path(__file__).with_name("brief.yaml"))
BY_ID = {group.id: group for group in GROUPS}
FORMATS = ("terminal", "markdown", "html")
# Every statement is of one of these.
COUNTING = ("contested", "agreed", "one source", "one outlet")


def repeated(times: int) -> Report:
    """The report of the fixture with its statements so many times."""
    groups = [
        group.model_copy(update={"id": f"{group.id}x{number}"})
        for number in range(times)
        for group in GROUPS
    ]
    return REPORT.model_copy(update={"groups": tuple(groups)})


def long(report: Report) -> Report:
    """A report on articles so long that nothing is left out for their length."""
    articles = [
        article.model_copy(update={"text": article.text + "\nMore of it." * 400})
        for article in report.articles
    ]
    return report.model_copy(update={"articles": tuple(articles)})


def parts_of(report: Report) -> list[Part]:
    shown = spoken(report)
    return brief(shown, Ranking(shown).parts(shown.groups))


def changed(name: str, **changes: object) -> Report:
    """The report of the fixture with one statement changed."""
    groups = [g.model_copy(update=changes if g.id == name else {}) for g in GROUPS]
    return REPORT.model_copy(update={"groups": tuple(groups)})


def number(told: str) -> int:
    found = re.match(r"and (\d+) more", told)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("case", CASES["around"], ids=lambda case: f"{case[0][:20]} {case[1][:9]}")
def test_a_statement_is_cut_around_what_is_disputed(case: list[Any]) -> None:
    text, core, most, shown = case
    assert words.around(text, core, most) == shown


@pytest.mark.parametrize("case", CASES["whence"], ids=str)
def test_origins_are_told_by_what_they_are(case: list[Any]) -> None:
    names, most, told = case
    origin = BY_ID["g4"].origins[0]
    origins = [origin.model_copy(update={"name": name, "kind": kind}) for name, kind in names]
    assert words.whence(origins, most) == told


@pytest.mark.parametrize("case", CASES["differs"], ids=str)
def test_what_differs_has_a_name_that_is_true(case: list[Any]) -> None:
    slot, values, of_saying, told = case
    divergence = Divergence(
        slot=slot,
        material=True,
        reason="",
        values=tuple(DivergenceValue(value=value, claims=(), spans=()) for value in values),
        of_saying=of_saying,
    )
    assert words.differs(divergence) == told


@pytest.mark.parametrize("times", [1, 4, 30])
def test_what_is_named_and_what_is_left_add_up_to_the_counts_at_the_top(times: int) -> None:
    report = repeated(times)
    parts = {part.name: part for part in parts_of(report)}
    top = Counter(kind_of(group) for group in report.groups)
    assert sum(top.values()) == len(report.groups)
    assert [text.split()[0] for _, text in counts.counted(report.groups)] == [
        str(top[sign]) for sign, _ in counts.counted(report.groups)
    ]
    of_parts: Counter[str] = Counter()
    for name in COUNTING:
        part = parts[name]
        assert len(part.lines) + number(part.left) == len(part.every)
        of_parts.update(line.sign for line in part.every)
    assert of_parts == top
    repeats = parts["repeats"]
    assert sum(line.number for line in repeats.every) == top["echoed"]


def test_what_is_left_of_several_verdicts_is_told_by_each() -> None:
    part = next(part for part in parts_of(repeated(9)) if part.name == "one source")
    left = Counter(line.sign for line in part.every[part.shown :])
    assert part.left == (
        f"and {sum(left.values())} more ({left['said']} only said, {left['unsure']} perhaps of "
        f"one origin, {left['echoed']} echoed)"
    )
    agreed = next(part for part in parts_of(repeated(9)) if part.name == "agreed")
    assert agreed.left == "and 14 more (5 shown, 9 likely)"
    one = agreed._replace(shown=9)
    assert one.left == "and 9 more (likely)"
    contested = next(part for part in parts_of(repeated(2)) if part.name == "contested")
    assert contested.left == "and 5 more"


def test_background_is_counted_like_the_rest() -> None:
    shown = spoken(REPORT)
    parts = Ranking(shown).parts(shown.groups)
    aside = Parts((), (*parts.main, *parts.background), parts.alone)
    assert [part.every for part in brief(shown, aside)] == [
        part.every for part in brief(shown, parts)
    ]


def test_the_page_tells_the_verdicts_of_what_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ranking, "is_background", lambda _, group: group.id in ("g4", "g5"))
    page = REGISTRY["html"](REPORT, View())
    assert "<summary>2 statements: 1 corroborated (shown), 1 echoed</summary>" in page


def test_what_rests_on_one_source_is_named_each_kind_in_turn() -> None:
    part = next(part for part in parts_of(repeated(3)) if part.name == "one source")
    assert [line.sign for line in part.every] == ["said", "unsure", "echoed"] * 3
    assert [line.told for line in part.every[:3]] == [
        "only that it was said, by one unnamed person close to the ferry company; in "
        "almar-courier.example and north-gazette.example",
        "perhaps one origin: almar-courier.example and north-gazette.example; said by Dana Reyes "
        "alone",
        "almar-courier.example, evening-ledger.example and wharf-daily.example have it from "
        "Coastwire",
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_what_rests_on_one_source(name: str) -> None:
    told = " ".join(
        re.sub(r"<[^>]+>|\\", "", REGISTRY[name](long(REPORT), View(width=150))).split()
    )
    begin = told.index(HEADINGS["one source"])
    first = told[begin : told.index(HEADINGS["one outlet"], begin)]
    for group in ("g3", "g5", "g11"):
        assert words.statement(BY_ID[group])[:40] in first


def test_who_has_an_echoed_statement_from_an_outlet_is_concluded_and_said_to_be() -> None:
    origin = (
        BY_ID["g5"].origins[0].model_copy(update={"name": "almar-courier.example", "kind": "own"})
    )
    part = next(
        part for part in parts_of(changed("g5", origins=(origin,))) if part.name == "one source"
    )
    assert part.every[2].told == (
        "evening-ledger.example and wharf-daily.example probably have it from almar-courier.example"
    )


def test_what_is_told_by_one_outlet_is_counted_by_outlet() -> None:
    names = {"a": 3, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "g": 1}
    alone = [
        BY_ID["g9"].model_copy(update={"id": f"{name}{n}", "outlets": (name,)})
        for name, many in names.items()
        for n in range(many)
    ]
    part = brief(spoken(REPORT), Parts((), (), tuple(alone)))[0]
    assert part.name == "one outlet" and part.shown == 2
    assert part.left == "and 9 more; in all a 3, b 2, c 2, d 1, e 1, 2 other outlets 2"
    part = brief(spoken(REPORT), Parts((), (), tuple(alone[:-1])))[0]
    assert part.left == "and 8 more; in all a 3, b 2, c 2, d 1, e 1, f 1"


def test_repeats_that_are_left_are_counted_with_their_statements() -> None:
    echoed = BY_ID["g5"]
    groups = [
        echoed.model_copy(
            update={
                "id": f"{name}{n}",
                "origins": (echoed.origins[0].model_copy(update={"name": name}),),
            }
        )
        for name, many in {"P": 5, "Q": 4, "R": 3, "S": 2, "T": 1}.items()
        for n in range(many)
    ]
    report = REPORT.model_copy(update={"groups": tuple(groups)})
    part = next(part for part in parts_of(report) if part.name == "repeats")
    assert part.left == "and 3 statements from 2 more origins"


def _rows(part: Part) -> tuple[int, int]:
    """The rows of a part, and its characters."""
    return 2 + len(part.lines) + bool(part.left), sum(len(line.told) for line in part.lines)


@pytest.mark.parametrize(
    "room", [(15, 9999), (18, 9999), (30, 9999), (99, 500), (99, 900)], ids=str
)
def test_a_screen_is_filled_and_not_more(room: tuple[int, int]) -> None:
    parts = parts_of(repeated(20))
    told = fitted(parts, _rows, room)
    assert [part.name for part in told] == [part.name for part in parts]
    assert all(part.lines for part in told)
    assert all(part.shown <= full.shown for part, full in zip(told, parts, strict=True))
    least = all(part.shown == 1 for part in told)
    for measure in (0, 1):
        size = sum(_rows(part)[measure] for part in told)
        assert size <= room[measure] or least
    longer = [
        part
        for part, full in zip(told, parts, strict=True)
        if part.shown < full.shown
        and all(
            sum(_rows(one)[n] for one in told)
            - _rows(part)[n]
            + _rows(part._replace(shown=part.shown + 1))[n]
            <= room[n]
            for n in (0, 1)
        )
    ]
    assert not longer


def test_conflicts_and_what_rests_on_one_source_come_before_the_rest() -> None:
    parts = parts_of(repeated(20))
    room = sum(_rows(part._replace(shown=1))[0] for part in parts) + 2
    told = {part.name: part.shown for part in fitted(parts, _rows, (room, 9999))}
    assert told == {
        "contested": 2,
        "agreed": 1,
        "one source": 2,
        "one outlet": 1,
        "repeats": 1,
    }


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("times", [1, 3, 30])
def test_the_first_screen_of_a_terminal_holds_the_summary(times: int, width: int) -> None:
    text = REGISTRY["terminal"](long(repeated(times)), View(width=width))
    first = text[: text.index(words.HEADINGS["main"])].rstrip("\n")
    assert first.count("\n") + 1 <= 39
    for name in HEADINGS.values():
        assert name in first


def test_of_short_articles_the_summary_is_shorter() -> None:
    short, full = (
        REGISTRY["terminal"](report, View(width=100)) for report in (REPORT, long(REPORT))
    )
    heads = [text[: text.index(words.HEADINGS["main"])] for text in (short, full)]
    assert len(heads[0].split()) < len(heads[1].split())
    assert all(name in head for name in HEADINGS.values() for head in heads)


LONG = "On the quay of Port Almar, in the rain and in front of a crowd that had waited for hours, "


@pytest.mark.parametrize("name", FORMATS)
def test_the_disputed_words_of_a_statement_are_seen(name: str) -> None:
    statement = f"{LONG}the ferry Sirocco ran aground on Saturday."
    report = changed("g1", statement=statement)
    told = " ".join(re.sub(r"<[^>]+>|\\", "", REGISTRY[name](report, View(width=150))).split())
    begin = told.index(HEADINGS["contested"])
    first = told[begin : told.index(HEADINGS["agreed"], begin)]
    before, after = first.split("date: ", 1)
    assert "ran aground on Saturday" in before.rsplit("≠", 1)[1]
    assert "Saturday" in after


def test_of_a_denial_all_that_is_denied_is_seen() -> None:
    statement = f"{LONG}the steering had failed."
    told = REGISTRY["terminal"](long(changed("g8", statement=statement)), View(width=150))
    assert "the steering had failed." in told[: told.index(words.HEADINGS["main"])]


def _remark(of_saying: bool) -> Report:
    """A statement of one speaker with two days."""
    divergence = BY_ID["g2"].divergences[0]
    values = [
        value.model_copy(update={"value": day})
        for value, day in zip(divergence.values, ("Wednesday", "Thursday"), strict=True)
    ]
    made = divergence.model_copy(
        update={"slot": "date", "values": tuple(values), "of_saying": of_saying}
    )
    return changed("g2", divergences=(made,))


def test_the_day_of_a_remark_is_when_its_speaker_said_it() -> None:
    def contested(report: Report) -> list[str]:
        return [line.told for part in parts_of(report)[:1] for line in part.every]

    sides = "Wednesday (almar-courier.example) against Thursday (north-gazette.example)"
    assert f"when Dana Reyes said it: {sides}" in contested(_remark(of_saying=True))
    assert f"date: {sides}" in contested(_remark(of_saying=False))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_so(name: str) -> None:
    assert "when said" in REGISTRY[name](_remark(of_saying=True), View(width=150, verbosity=1))


def test_a_conflict_that_names_no_values_is_listed_all_the_same() -> None:
    group: Group = BY_ID["g7"].model_copy(update={"divergences": ()})
    report = REPORT.model_copy(update={"groups": (group,)})
    (part,) = parts_of(report)
    assert part.name == "contested" and part.every[0].group == group
