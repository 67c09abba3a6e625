"""Reports for programs: explained, in tables, kept and loaded again."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import factcheck
from factcheck import Report
from factcheck.reports import REGISTRY
from factcheck.reports.view import View
from tests.reports.fixture import REPORT
from tests.test_safe import HOSTILE, _Tags, check_text, hostile_report

MADE = Report(REPORT)


def test_a_report_loads_again_from_its_json() -> None:
    again = Report.from_json(MADE.to_json())
    assert again == MADE
    assert again.to_json() == MADE.to_json()
    for name in REGISTRY:
        assert again.render(name) == MADE.render(name), name
    for group in MADE.groups:
        assert again.explain(group.id) == MADE.explain(group.id)
        assert again.trace(group.id) == MADE.trace(group.id)


def test_a_report_loads_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(MADE.to_json(), encoding="utf-8")
    assert Report.from_json(path) == MADE
    with pytest.raises(factcheck.UsageError, match=r"none\.json"):
        Report.from_json(tmp_path / "none.json")


def test_the_report_format_alone_loads_without_texts() -> None:
    plain = REGISTRY["json"](REPORT, View())
    loaded = Report.from_json(plain)
    assert loaded.render("json") == plain
    assert loaded.groups[0].status == MADE.groups[0].status
    for ask in (
        lambda: loaded.explain("g1"),
        lambda: loaded.trace("g1"),
        lambda: loaded.who("Reyes"),
        loaded.rows,
        loaded.to_html,
        loaded.to_jsonld,
    ):
        with pytest.raises(factcheck.UsageError, match="without the texts"):
            ask()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"articles": 5}', '{"articles": []}', '{"articles": [5]}', "[" * 100_000],
)
def test_what_is_no_report_is_an_error(text: str) -> None:
    with pytest.raises(factcheck.UsageError) as error:
        Report.from_json(text)
    assert error.value.code == "no-report"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_survives_json_and_is_harmless_in_a_notebook(name: str) -> None:
    record, _ = hostile_report(HOSTILE[name])
    made = Report(record)
    check_text(made.to_json())
    assert Report.from_json(made.to_json()) == made
    shown, calm = _Tags(), _Tags()
    for report, tags in ((record, shown), (hostile_report("calm")[0], calm)):
        page = Report(report)._repr_html_() + Report(report).explain("g1")._repr_html_()
        check_text(page)
        tags.feed(page)
    assert (shown.tags, shown.attributes) == (calm.tags, calm.attributes)


def test_an_explanation_is_a_record_and_words() -> None:
    told = MADE.explain("g1")
    assert told.statement.status == REPORT.groups[0].status
    assert {t.claim for t in told.statement.tellings} == set(REPORT.groups[0].claims)
    assert json.loads(json.dumps(told.to_dict()))["id"] == "g1"
    assert str(told).startswith("≠ g1")
    assert "-v" not in told.text and "\x1b" not in told.text
    assert len(MADE.explain("g1", everything=True).text) > len(told.text)
    assert factcheck.explain(MADE, "g1") == told
    texts = {article.path: article.text for article in MADE.articles}
    for telling in told.statement.tellings:
        line = texts[telling.path].split("\n")[telling.line - 1]
        assert telling.words.split()[0].strip("“") in line


def test_a_trace_is_data_words_and_a_chart() -> None:
    told = MADE.trace("g1")
    assert told.to_dict()["group"] == "g1"
    assert told.mermaid.startswith("flowchart LR")
    assert "Harbour" in str(told) or "origin" in str(told)
    assert factcheck.trace(MADE, "g1") == told


def test_an_unknown_statement_is_an_error() -> None:
    for ask in (MADE.group, MADE.explain, MADE.trace):
        with pytest.raises(factcheck.UsageError) as error:
            ask("no such thing at all")
        assert error.value.code == "unknown-statement"


def test_rows_are_those_of_the_sheets() -> None:
    assert [row["statement"] for row in MADE.rows()] == [
        row["statement"] for row in MADE.rows("statements")
    ]
    assert len(MADE.rows("tellings")) == sum(len(group.claims) for group in MADE.groups)
    assert {row["statement"] for row in MADE.rows("conflicts")} == {
        group.id for group in MADE.groups if any(d.material for d in group.divergences)
    }
    with pytest.raises(factcheck.UsageError, match="no sheet"):
        MADE.rows("nothing")  # type: ignore[arg-type]


def test_a_data_frame_has_the_rows() -> None:
    frame = MADE.to_dataframe("conflicts")
    assert frame.to_dict("records") == MADE.rows("conflicts")


def test_without_pandas_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(factcheck.UsageError) as error:
        MADE.to_dataframe()
    assert error.value.code == "missing-package"


def test_a_report_renders_as_the_command_line_does() -> None:
    for name, row in REGISTRY.items():
        assert MADE.render(name) == row.render(REPORT, View())
    with pytest.raises(factcheck.UsageError, match="no format"):
        MADE.render("docx")


def test_conflicts_are_the_divergent_statements() -> None:
    assert [group.id for group in MADE.conflicts] == [
        group.id for group in REPORT.groups if group.status == "divergent"
    ]


def test_who_finds_a_speaker_by_part_of_the_name() -> None:
    found = MADE.who("reyes")
    assert [person.name for person in found] == ["Dana Reyes"]
    told = {t.claim for one in found[0].said for t in one.tellings}
    named = {
        claim.id
        for claim in REPORT.claims
        if any(s and s.name == "Dana Reyes" for s in (claim.speaker, claim.voice))
    }
    grouped = {claim for group in REPORT.groups for claim in group.claims}
    assert told == named & grouped
    assert MADE.who("nobody of that name") == ()


def test_other_words_for_a_speaker_are_told_once_and_without_pronouns() -> None:
    words = ("he", "He", "Falk", "FALK", "Ines Falk", "hospital director Ines Falk")
    first = next(claim for claim in REPORT.claims if claim.id == "a2-1")
    assert first.speaker
    told = [
        first.model_copy(
            update={
                "id": f"a2-1{number}",
                "speaker": first.speaker.model_copy(update={"as_written": written}),
                "voice": None,
            }
        )
        for number, written in enumerate(words)
    ]
    report = REPORT.model_copy(update={"claims": (*told, *REPORT.claims)})
    (person,) = Report(report).who("Falk")
    assert person.also == ("Falk", "hospital director Ines Falk")


def test_an_outlet_has_statements_alone_and_with_others() -> None:
    found = MADE.outlet("ALMAR-courier.example")
    mine = [group for group in REPORT.groups if found.name in group.outlets]
    assert found.shared + len(found.alone) == len(mine)
    assert {one.id for one in found.alone} == {g.id for g in mine if len(g.outlets) == 1}
    assert {one.id for one in found.contradicted} == {
        g.id for g in mine if any(d.material for d in g.divergences) and len(g.outlets) > 1
    }
    assert "Coastwire" in {one.origin for one in MADE.outlet("evening-ledger.example").taken}
    with pytest.raises(factcheck.UsageError, match="no article is of"):
        MADE.outlet("none")
