"""A report that somebody wrote into the folder of articles is none of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.config import Limits
from factcheck.ingest import load
from factcheck.ingest.own import is_report
from factcheck.provenance.trace import trace
from factcheck.reports import REGISTRY, render_explain, render_extract
from factcheck.reports.listing import render as listing
from factcheck.reports.queries import render_outlet, render_people
from factcheck.reports.trace import render as render_trace
from factcheck.reports.view import View
from tests.reports.fixture import FINDINGS, REPORT, RULES, corpus

VIEW = View(findings=FINDINGS, rules=RULES)
# What could be written to a file that ends in .md or .txt.
WRITTEN: dict[str, Callable[[View], str]] = {
    **{
        name: lambda view, name=name: REGISTRY[name](REPORT, view)  # type: ignore[misc]
        for name in ("terminal", "text", "markdown", "summary")
    },
    "listing": lambda view: listing(REPORT, view),
    "extract": lambda view: render_extract(corpus(), "terminal", view),
    "explain": lambda view: render_explain(REPORT, "g1", view),
    "who": lambda view: render_people(REPORT, "reyes", "terminal", view) or "",
    "outlet": lambda view: render_outlet(REPORT, "wharf-daily.example", "terminal", view) or "",
    "trace": lambda view: render_trace(trace(REPORT, REPORT.groups[0]), "tree", view),
}


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("verbosity", [-1, 0, 1])
@pytest.mark.parametrize("name", WRITTEN)
def test_every_rendering_is_recognised(name: str, verbosity: int, unicode: bool) -> None:
    view = View(findings=FINDINGS, rules=RULES, verbosity=verbosity, unicode=unicode)
    if (name, verbosity) == ("listing", -1):
        return  # one line that counts findings: no sentence, and so no article
    assert is_report(WRITTEN[name](view))


@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_it_is_told_and_not_read(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"report{ending}").write_text(WRITTEN["markdown"](VIEW), encoding="utf-8")
    articles, skipped = load([str(tmp_path)], Limits())
    assert not articles
    assert [record.code for record in skipped] == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        "8 articles of the treaty were changed, and two struck out.",
        "# Claims compared with deeds\n\nThe minister said so on Monday.",
        "g1 is the name of the ship.",
        "Officials: error of judgement led to the fire.",
    ],
)
def test_an_article_is_none(text: str) -> None:
    assert not is_report(text)
