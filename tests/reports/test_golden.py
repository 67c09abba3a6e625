"""One report feeds every format; what comes out is compared with the files in `golden/`.

`FACTCHECK_UPDATE_GOLDEN=1 pytest tests/reports` writes them anew: read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.reports import REGISTRY, render_explain, render_extract
from factcheck.reports.queries import render_outlet, render_people
from factcheck.reports.view import View

from .fixture import FINDINGS, REPORT, RULES, corpus

GOLDEN = Path(__file__).parent / "golden"
_OUTLET = "almar-courier.example"


def _view(width: int = 100, colour: bool = False, **more: object) -> View:
    return View(width=width, colour=colour, findings=FINDINGS, rules=RULES, **more)  # type: ignore[arg-type]


CASES: dict[str, Callable[[], str]] = {
    "terminal-80.txt": lambda: REGISTRY["terminal"](REPORT, _view(80)),
    "terminal-44.txt": lambda: REGISTRY["terminal"](REPORT, _view(44, verbosity=1)),
    "terminal-140.txt": lambda: REGISTRY["terminal"](REPORT, _view(140)),
    "terminal-80-ascii.txt": lambda: REGISTRY["terminal"](REPORT, _view(80, unicode=False)),
    "terminal-80-colour.txt": lambda: REGISTRY["terminal"](REPORT, _view(80, colour=True)),
    "terminal-quiet.txt": lambda: REGISTRY["terminal"](REPORT, _view(80, verbosity=-1)),
    "terminal-all.txt": lambda: REGISTRY["terminal"](REPORT, _view(80, verbosity=1)),
    "report.json": lambda: REGISTRY["json"](REPORT, _view()),
    "report-1.json": lambda: REGISTRY["json1"](REPORT, _view()),
    "report.md": lambda: REGISTRY["markdown"](REPORT, _view()),
    "report.csv": lambda: REGISTRY["csv"](REPORT, _view()),
    "report.html": lambda: REGISTRY["html"](REPORT, _view()),
    "report.svg": lambda: REGISTRY["svg"](REPORT, _view()),
    "report.txt": lambda: REGISTRY["text"](REPORT, _view()),
    "report.jsonld": lambda: REGISTRY["jsonld"](REPORT, _view()),
    "report.sarif": lambda: REGISTRY["sarif"](REPORT, _view()),
    "report.xml": lambda: REGISTRY["junit"](REPORT, _view()),
    "annotations.txt": lambda: REGISTRY["github"](REPORT, _view()),
    "summary.md": lambda: REGISTRY["summary"](REPORT, _view()),
    "explain-group-80.txt": lambda: render_explain(REPORT, "g2", _view(80)),
    "explain-group-44.txt": lambda: render_explain(REPORT, "g2", _view(44)),
    "explain-all-80.txt": lambda: render_explain(REPORT, "g2", _view(80, verbosity=1)),
    "explain-group-140.txt": lambda: render_explain(REPORT, "g1", _view(140)),
    "explain-claim-80.txt": lambda: render_explain(REPORT, "a3-2", _view(80)),
    "explain-unsure-100.txt": lambda: render_explain(REPORT, "g11", _view()),
    "who-80.txt": lambda: render_people(REPORT, "reyes", "terminal", _view(80)) or "",
    "who.json": lambda: render_people(REPORT, "reyes", "json", _view()) or "",
    "outlet-80.txt": lambda: render_outlet(REPORT, _OUTLET, "terminal", _view(80)) or "",
    "outlet.json": lambda: render_outlet(REPORT, _OUTLET, "json", _view()) or "",
    "extract-80.txt": lambda: render_extract(corpus(), "terminal", _view(80)),
    "extract.json": lambda: render_extract(corpus(), "json", _view()),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    produced = CASES[name]()
    path = GOLDEN / name
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        path.write_text(produced, encoding="utf-8", newline="")
    assert produced == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_twice_the_same(name: str) -> None:
    assert CASES[name]() == CASES[name]()


def test_every_format_has_a_golden_report() -> None:
    formats = {"terminal", "json", "json1", "markdown", "html", "csv", "svg", "text"}
    others = {"jsonld", "sarif", "junit", "github", "summary"}
    assert {name for name, row in REGISTRY.items() if row.is_text} == formats | others


def test_no_stray_golden_files() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)
