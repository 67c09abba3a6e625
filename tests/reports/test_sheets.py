"""Spreadsheets: a row a telling, three sheets, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from factcheck.records import Report
from factcheck.reports import REGISTRY, render
from factcheck.reports.view import View

from .fixture import REPORT

_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows(report: Report = REPORT) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(REGISTRY["csv"](report, View()), newline="")))


def test_csv_has_a_row_for_each_telling() -> None:
    told = [(row["statement"], row["claim"]) for row in rows()]
    wanted = [(group.id, claim) for group in REPORT.groups for claim in group.claims]
    assert sorted(told) == sorted(wanted)


def test_a_row_says_who_where_and_in_which_words() -> None:
    row = next(row for row in rows() if row["claim"] == "a1-4")
    assert row["outlet"] == "almar-courier.example"
    assert row["said by"] == "person close to the ferry company (unnamed)"
    assert row["how"] == "via Coastwire"
    assert "the steering had failed" in row["words"]
    assert row["line"] == "9"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_is_a_formula(start: str) -> None:
    evil = f'{start}HYPERLINK("http://a.example","x")'
    article = REPORT.articles[0].model_copy(update={"title": evil, "outlet": evil})
    report = REPORT.model_copy(update={"articles": (article, *REPORT.articles[1:])})
    cells = [cell for row in rows(report) for cell in row.values()]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    made = render(report, "xlsx", View())
    assert isinstance(made, bytes)
    book = zipfile.ZipFile(io.BytesIO(made))
    for name in book.namelist():
        if name.startswith("xl/worksheets/"):
            assert not list(ElementTree.fromstring(book.read(name)).iter(f"{_XML}f"))


def test_xlsx_has_three_sheets_with_their_rows() -> None:
    made = render(REPORT, "xlsx", View())
    assert isinstance(made, bytes)
    book = zipfile.ZipFile(io.BytesIO(made))
    names = [
        sheet.get("name")
        for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_XML}sheet")
    ]
    assert names == ["Statements", "Tellings", "Conflicts"]
    lengths = [
        len(
            list(
                ElementTree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")).iter(f"{_XML}row")
            )
        )
        for n in (1, 2, 3)
    ]
    tellings = sum(len(group.claims) for group in REPORT.groups)
    values = sum(
        len(value.claims)
        for group in REPORT.groups
        for divergence in group.divergences
        for value in divergence.values
        if divergence.material
    )
    assert lengths == [len(REPORT.groups) + 1, tellings + 1, values + 1]
    assert made == render(REPORT, "xlsx", View())
