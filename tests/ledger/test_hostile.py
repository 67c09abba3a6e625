"""Articles that try to be more than text: none of it lives in what a check prints or writes."""

from __future__ import annotations

import html.parser
import json
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from factcheck.ledger import Ledger, load, loads
from factcheck.ledger.findings import decision_on, judge
from factcheck.ledger.models import Tracked
from factcheck.ledger.rules import CHECKS
from factcheck.ledger.save import add_claims, add_decisions, rendered
from factcheck.records import Article, Report
from factcheck.reports import REGISTRY
from factcheck.reports.listing import render as listing
from factcheck.reports.question import render_pair
from factcheck.reports.view import View

from .build import claim, group, report

HOSTILE: dict[str, str] = json.loads((Path(__file__).parent / "cases" / "hostile.json").read_text())
HOSTILE["long"] = "word " * 2_000
FORMATS = [name for name, row in REGISTRY.items() if row.is_text and name != "html"]
# Controls but the line feed, C1 controls, direction overrides: nothing that a terminal obeys.
LIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)


def told(text: str) -> Report:
    """A report whose articles, values, outlets and paths all say the same hostile thing."""
    made = report(
        group(
            "divergent",
            claim("a", f"{text} 12", text, figure="12"),
            claim("b", f"{text} 15", text, figure="15"),
            differs="figure",
        ),
        group("corroborated", claim("a", text), claim("b", text), qualifiers=["anonymous"]),
        skipped=[(f"corpus/{text[:200]}", "empty")],
        inconsistent="a",
    )
    articles = tuple(_renamed(article, text[:200]) for article in made.articles)
    return made.model_copy(update={"articles": articles})


def _renamed(article: Article, text: str) -> Article:
    return article.model_copy(update={"outlet": text, "path": f"corpus/{text}", "title": text})


def view(made: Report) -> View:
    ledger = Ledger(version=1, claims=(Tracked(id="a", statement="x " + made.claims[0].text),))
    found = judge(made, ledger, "claims.yaml")
    return View(
        findings=tuple(item.finding for item in found.open),
        rules=tuple(check.rule for check in CHECKS),
    )


@cache
def judged(text: str) -> tuple[Report, View]:
    """The same report, and what a check finds in it, for every format."""
    made = told(text)
    return made, view(made)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", [*FORMATS, "listing"])
def test_no_output_carries_anything_live(text: str, name: str) -> None:
    made, seen = judged(text)
    out = listing(made, seen) if name == "listing" else REGISTRY[name](made, seen)
    assert not LIVE.search(out)
    if name == "github":
        commands = [line for line in out.splitlines() if "::" in line]
        assert all(re.match(r"::(error|warning|notice) file=", line) for line in commands)
        assert all(len(re.findall("::", line)) == 2 for line in commands)
    else:
        assert not COMMAND.search(out)
    match name:
        case "json" | "sarif":
            json.loads(out)
        case "junit":
            ElementTree.fromstring(out)
        case "summary" | "markdown":
            _assert_dead(MarkdownIt("commonmark").enable("table").render(out))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_html_carries_a_script(text: str) -> None:
    page, script, rest = REGISTRY["html"](*judged(text)).partition("<script>")
    assert script
    # The page's own script, and nothing after it.
    _assert_dead(page + rest.partition("</script>")[2])
    assert rest == REGISTRY["html"](*judged("calm")).partition("<script>")[2]


def _assert_dead(page: str) -> None:
    """No tag in a page runs, loads or leads anywhere outside of it."""

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in ("script", "img", "iframe", "object", "link")
            for name, value in attrs:
                assert not name.startswith("on")
                assert name not in ("href", "src") or (value or "").startswith("#")

    Reader().feed(page)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_ledger_is_broken_by_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("version: 1\n# kept\n")
    made = told(text)
    found = judge(made, load(path), str(path)).open
    decisions = [decision_on(item, made, by=text, why=text) for item in found]
    add_decisions(path, decisions)
    entry = Tracked(id="a", statement=text, speaker=text, slots={"figure": text}, note=text)
    add_claims(path, [entry])
    written = load(path)
    assert set(written.decisions) == set(decisions)
    assert written.claims == (entry,)
    assert "# kept\n" in path.read_text()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", path.read_text())
    assert loads("version: 1\nclaims:\n" + rendered([entry], 2), "x").claims == (entry,)


DISGUISES = {
    "controls": "\x1b[31mred\x1b]52;c;QQ==\x07",
    "a command": "all is well ##[error]not ##[add-path]/evil",
    "a command on a line": "all is well\n::error::not",
    "bidirectional marks": "12 \u202evictims\u2066\u2069",
    "nothing to see": "zero\u200bwidth\u200djoined\u2060",
    "tags beyond the plane": "flag \U000e0067\U000e007f end",
}


@pytest.mark.parametrize("text", DISGUISES.values(), ids=DISGUISES)
def test_a_proposed_entry_shows_what_it_holds(text: str, tmp_path: Path) -> None:
    entry = Tracked(id="a", statement=text, speaker=text, note=text)
    proposed = rendered([entry], 2)
    assert not LIVE.search(proposed)
    assert not COMMAND.search(proposed)
    assert not re.search("[\u200b-\u200d\u2060\U000e0000-\U000e0fff]", proposed)
    add_claims(tmp_path / "claims.yaml", [entry])
    written = (tmp_path / "claims.yaml").read_text(encoding="utf-8")
    assert proposed in written
    assert load(tmp_path / "claims.yaml").claims == (entry,)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_question_carries_anything_live(text: str) -> None:
    made = told(text)
    articles = {article.id: article for article in made.articles}
    out = render_pair(made.claims[0], made.claims[1], articles, View())
    assert not LIVE.search(out)
    assert not COMMAND.search(out)
