"""`who`, `outlet` and `claims owners` on a desk's folder."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from factcheck.errors import UsageError
from factcheck.exchange import owners
from factcheck.ledger import load
from factcheck.ledger.models import Outlet
from factcheck.reports.queries import render_outlet, render_people
from factcheck.reports.view import View
from tests.reports.fixture import REPORT
from tests.test_safe import HOSTILE, check_text, hostile_report

from .desk import desk_fixture, factcheck, story

__all__ = ["desk_fixture"]

# Speakers and outlets


def test_a_speaker_is_told_with_verdicts_words_and_relays() -> None:
    told = render_people(REPORT, "reyes", "terminal", View(width=100))
    assert told is not None
    assert told.startswith("Dana Reyes ─")
    for part in ("≠ ", "divergent: quotation", "almar-courier.example:7", "“The captain did"):
        assert part in told, part
    assert "Quist" not in told


def test_a_speaker_in_json_has_every_telling() -> None:
    told = render_people(REPORT, "reyes", "json", View())
    assert told is not None
    (person,) = json.loads(told)["people"]
    assert person["name"] == "Dana Reyes"
    claims = {t["claim"] for one in person["said"] for t in one["tellings"]}
    assert claims >= {"a1-2", "a2-2"}


def test_an_outlet_is_told_by_what_it_has() -> None:
    told = render_outlet(REPORT, "evening-ledger.example", "terminal", View(width=100))
    assert told is not None
    for part in ("It has from Coastwire", "Whom it lets speak", "articles/ledger.md"):
        assert part in told, part
    assert render_outlet(REPORT, "nobody", "json", View()) is None
    document = json.loads(render_outlet(REPORT, "evening-ledger.example", "json", View()) or "")
    assert document["outlet"]["name"] == "evening-ledger.example"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("who", render_people(REPORT, "reyes", "json", View())),
        ("outlet", render_outlet(REPORT, "evening-ledger.example", "json", View())),
    ],
)
def test_an_answer_is_as_its_schema_says(command: str, told: str) -> None:
    schema = json.loads(factcheck("schema", command).out)
    jsonschema.Draft202012Validator.check_schema(schema)
    answer = json.loads(told)
    jsonschema.validate(answer, schema)
    (key,) = set(answer) - {"version"}
    inner = answer[key][0] if command == "who" else answer[key]
    for name in sorted(inner):
        kept = inner.pop(name)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(answer, schema)
        inner[name] = kept
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**answer, "other": 1}, schema)


def test_what_is_left_out_is_counted() -> None:
    many = tuple(
        REPORT.groups[0].model_copy(update={"id": f"g{number}"}) for number in range(1, 21)
    )
    report = REPORT.model_copy(update={"groups": many})
    told = render_people(report, "falk", "terminal", View(width=100))
    assert told and "and 8 more (--all shows them)" in told
    told = render_people(report, "falk", "terminal", View(width=100, verbosity=1))
    assert told and "more (--all" not in told


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_harmless(name: str) -> None:
    report, view = hostile_report(HOSTILE[name])
    outlet = report.articles[0].outlet
    for form in ("terminal", "json"):
        people = render_people(report, "x ", form, view)
        found = render_outlet(report, outlet, form, view)
        assert people and found
        check_text(people + found)


@pytest.mark.model
def test_the_commands(desk: Path) -> None:
    story("courier.md")
    outlet = json.loads(factcheck("extract", "-f", "json").out)["articles"][0]["outlet"]
    done = factcheck("outlet", outlet.upper(), "-f", "json")
    assert done.status == 0
    assert json.loads(done.out)["outlet"]["name"] == outlet
    speaker = next(
        claim["speaker"]["name"]
        for claim in json.loads(factcheck("extract", "-f", "json").out)["claims"]
        if claim["speaker"]
    )
    assert speaker in factcheck("who", speaker).out
    for command in ("who", "outlet"):
        done = factcheck(command, "Nobody at all")
        assert done.status == 2 and "Nobody at all" in done.err


# Owners

TABLE = "Outlet,Website,Owner,Notes,Type\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{TABLE}Courier,https://www.courier.example/,Sillford Media,x,\n",
         Outlet(name="Courier", domains=("courier.example",), family="Sillford Media")),
        ("name;domain;group\nCourier;courier.example news.example;Sillford\n",
         Outlet(name="Courier", domains=("courier.example", "news.example"), family="Sillford")),
        ("brand\tkind\nCoastwire\tAgency\n", Outlet(name="Coastwire", kind="agency")),
        ("name,owner\nCourier,\nThe Courier,Sillford\n", Outlet(name="Courier", family="Sillford")),
        ('name,owner\n"Courier, The","A ""B"" C"\n', Outlet(name="Courier, The", family='A "B" C')),
        ("name,owner\r\nCourier,Sillford\r\n\r\n,\r\n", Outlet(name="Courier", family="Sillford")),
    ],
)  # fmt: skip
def test_a_table_of_owners(text: str, wanted: Outlet) -> None:
    assert owners.read(text, "t.csv") == (wanted,)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("paper,owner\nCourier,Sillford\n", "no-column", "t.csv:1"),
        ("name,owner\n,Sillford\n", "no-name", "t.csv:2"),
        ("name,kind\nCourier,blog\n", "no-kind", "t.csv:2"),
        ("name,owner\nCourier,Sillford\nCOURIER,Almar\n", "two-owners", "t.csv:3"),
        ("", "no-column", "t.csv:1"),
        ("name,owner\n" + "x" * 200_000 + ",y\n", "no-table", "t.csv"),
    ],
)
def test_a_table_that_cannot_be_used(text: str, code: str, where: str) -> None:
    with pytest.raises(UsageError) as error:
        owners.read(text, "t.csv")
    assert error.value.code == code
    assert error.value.message.startswith(where)


def test_the_ledger_goes_before_the_table() -> None:
    own = (Outlet(name="Courier", family="Almar"), Outlet(name="Post"))
    table = (
        Outlet(name="The Courier", family="Sillford"),
        Outlet(name="post"),
        Outlet(name="Record", family="Sillford"),
    )
    found = owners.merged(table, own)
    assert [outlet.name for outlet in found.added] == ["Record"]
    assert found.known == 1
    assert found.disagreeing == ("Courier is of Almar in the ledger, of Sillford in the table",)


def test_owners_are_written_to_the_ledger(desk: Path) -> None:
    Path("o.csv").write_text("outlet,owner\nMill Gazette,=Sillford\nPost,\n", encoding="utf-8")
    before = "version: 1  # ours\noutlets:\n  - name: Old Post  # since 1901\n"
    Path("claims.yaml").write_text(before, encoding="utf-8")
    done = factcheck("claims", "owners", "o.csv", "--dry-run")
    assert (done.status, Path("claims.yaml").read_text(encoding="utf-8")) == (0, before)
    assert "2 would be added" in done.out
    assert factcheck("claims", "owners", "o.csv").status == 0
    after = Path("claims.yaml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert load(Path("claims.yaml")).families["Mill Gazette"] == "=Sillford"
    again = factcheck("claims", "owners", "o.csv")
    assert "0 added, 2 known already" in again.out
    assert Path("claims.yaml").read_text(encoding="utf-8") == after


def test_owners_without_a_file_or_a_ledger(desk: Path) -> None:
    done = factcheck("claims", "owners", "none.csv")
    assert done.status == 2 and "none.csv" in done.err
    Path("o.csv").write_text("outlet,owner\nMill Gazette,Sillford\n", encoding="utf-8")
    done = factcheck("claims", "owners", "o.csv", "--ledger", "new.yaml")
    assert done.status == 0 and load(Path("new.yaml")).families == {"Mill Gazette": "Sillford"}
