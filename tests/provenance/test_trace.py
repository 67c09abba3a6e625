"""Traces and the provenance graph, as data and in each format."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck import __version__, verdict
from factcheck.cli import cli
from factcheck.config import Provenance, Settings
from factcheck.errors import UsageError
from factcheck.provenance import analyse
from factcheck.provenance.graph import Graph, Node
from factcheck.provenance.trace import Trace, find, trace
from factcheck.records import Access, Group, Report, Summary, Tool
from factcheck.reports.trace import mermaid, render
from factcheck.reports.view import View

from .build import tellings as build

TELLINGS = [
    {
        "outlet": "Alpha",
        "published": "2024-05-01T08:00",
        "text": "NORTHTOWN (Reuters) - [[The northern dam broke before dawn]], an engineer said.",
        "speaker": "engineer",
        "kind": "unnamed",
    },
    {
        "outlet": "The Guardian",
        "published": "2024-05-01T09:30",
        "text": "Villagers woke to sirens. [[A dam in the north gave way early in the morning]].",
    },
    {
        "outlet": "Beta",
        "published": "2024-05-02",
        "text": "[[A dam broke in the early morning]], the Guardian reported. Help came late.",
    },
]


def report(tellings: list[dict[str, str]]) -> Report:
    made = build(tellings)
    articles = tuple(page for page, _ in made)
    claims = tuple(told[0] for _, told in made)
    sources = analyse(articles, claims, [[c.id for c in claims]]).groups[0]
    outlets = {page.id: page.outlet for page in articles}
    found = verdict.decide(claims, outlets, sources.origins, sources.voices, (), Provenance())
    group = Group(
        id="g1",
        statement=claims[0].reading,
        status=found.status,
        qualifiers=found.qualifiers,
        claims=tuple(c.id for c in claims),
        outlets=tuple(sorted(set(outlets.values()))),
        origins=sources.origins,
        voices=sources.voices,
        divergences=(),
        links=(),
        reason=found.reason,
    )
    summary = dict.fromkeys(Summary.model_fields, 0)
    return Report(
        tool=Tool(version=__version__, settings=Settings()),
        articles=articles,
        claims=claims,
        groups=(group,),
        inconsistencies=(),
        skipped=(),
        summary=Summary(**summary),
    )


@pytest.fixture
def traced() -> Trace:
    made = report(TELLINGS)
    return trace(made, made.groups[0])


def test_find_by_id_claim_and_words() -> None:
    made = report(TELLINGS)
    for target in ("g1", "Beta:0", "a dam broke in the early morning"):
        assert find(made, target) == made.groups[0]
    assert find(made, "the price of barley in the plains") is None


def test_branches_and_who_repeats_whom(traced: Trace) -> None:
    tree = {
        branch.origin.name: [(t.article.outlet, bool(t.repeats)) for t in branch.tellings]
        for branch in traced.branches
    }
    assert tree == {
        "Reuters": [("Alpha", False)],
        "The Guardian": [("The Guardian", False), ("Beta", True)],
    }


def test_earliest_and_time_line(traced: Trace) -> None:
    assert traced.earliest and traced.earliest.article.outlet == "Alpha"
    assert [t.article.outlet for t in traced.timeline] == ["Alpha", "The Guardian", "Beta"]


def test_time_line_and_earliest_go_by_the_moment_and_not_by_the_clock() -> None:
    """Half past nine in Kyiv is before eight in London."""
    times = ["2024-05-01T08:00+01:00", "2024-05-01T09:30+03:00", "2024-05-01T06:45Z"]
    told = zip(TELLINGS, times, strict=True)
    made = report([{**telling, "published": time} for telling, time in told])
    found = trace(made, made.groups[0])
    assert [t.article.outlet for t in found.timeline] == ["The Guardian", "Beta", "Alpha"]
    assert found.earliest and found.earliest.article.outlet == "The Guardian"


@pytest.mark.parametrize("published", [None, "XXXX-05-01", "2024-05-01"])
def test_earliest_is_unknown_where_dates_do_not_tell(published: str | None) -> None:
    made = report([{**TELLINGS[0], "published": published}, *TELLINGS[1:]])  # type: ignore[dict-item]
    found = trace(made, made.groups[0])
    assert found.earliest is None and found.when.startswith("unknown")


def test_graph_edges_join_known_nodes_with_evidence_in_the_text(traced: Trace) -> None:
    ids = {node.id for node in traced.graph.nodes}
    texts = {t.article.id: t.article.text for b in traced.branches for t in b.tellings}
    kinds = {edge.kind for edge in traced.graph.edges}
    assert {"published", "states", "quotes", "relays"} <= kinds
    for edge in traced.graph.edges:
        assert {edge.source, edge.target} <= ids
        for evidence in edge.evidence:
            start, end = evidence.span
            assert 0 <= start < end <= len(texts[evidence.article])


def test_json_is_stable_and_complete(traced: Trace) -> None:
    text = render(traced, "json", View())
    assert text == render(traced, "json", View())
    data = json.loads(text)
    assert data["earliest"] == "Alpha:0"
    claims = [t["claim"] for origin in data["origins"] for t in origin["tellings"]]
    assert sorted(claims) == ["Alpha:0", "Beta:0", "The Guardian:0"]


def test_tree_tells_the_verdict_and_every_outlet(traced: Trace) -> None:
    text = render(traced, "tree", View(width=100))
    for words in ("3 outlets, 2 origins", "Reuters", "repeats The Guardian", "told first"):
        assert words in text


def test_tree_quotes_what_tells_of_an_access_and_only_full_dates() -> None:
    entry = {**TELLINGS[0], "published": "XXXX-05-01T08:00"}
    made = report([entry, *TELLINGS[1:]])
    first = made.claims[0]
    at = made.articles[0].text.index("Reuters")
    access = Access(kind="relayed", name="Reuters", spans=((at, at + 7),), carried=True)
    claims = (first.model_copy(update={"access": access, "via": ()}), *made.claims[1:])
    made = made.model_copy(update={"claims": claims})
    found = trace(made, made.groups[0])
    text = " ".join(render(found, "tree", View(width=140)).split())
    assert "through Reuters, whom the article credits – line 1: “NORTHTOWN (*Reuters*)" in text
    assert "XXXX" not in text and "Alpha Alpha:0 undated" in text
    assert [t.article.outlet for t in found.timeline] == ["The Guardian", "Beta"]
    assert "told first unknown: 1 of 3 articles without a full date" in text
    data = json.loads(render(found, "json", View()))
    told = {t["claim"]: t["access"]["kind"] for o in data["origins"] for t in o["tellings"]}
    assert told == {"Alpha:0": "relayed", "The Guardian:0": "untold", "Beta:0": "relayed"}


def test_tree_tells_two_by_two_who_may_have_it_from_whom(traced: Trace) -> None:
    assert {(p.a, p.b) for p in traced.pairs} == {
        ("Alpha:0", "Beta:0"),
        ("Alpha:0", "The Guardian:0"),
        ("Beta:0", "The Guardian:0"),
    }
    certain = [p for p in traced.pairs if p.certain]
    assert [(p.a, p.b) for p in certain] == [("Beta:0", "The Guardian:0")]
    for pair in traced.pairs:
        if not pair.certain:
            odds = sum(level.weight for level in pair.levels)
            # What the parts add up to is the likelier direction's share of the pair's odds.
            assert 1 / (1 + math.exp(-odds)) <= 1 - pair.probability + 0.01
            assert {pair.child, pair.parent} == {pair.a[:-2], pair.b[:-2]}
    text = " ".join(render(traced, "tree", View(width=140)).split())
    assert "Beta credits The Guardian: certain" in text
    assert re.search(
        r"(may have|probably has) it from (Alpha|Beta|The Guardian): \d+% likely", text
    )


def test_hostile_text_stays_inside_its_label() -> None:
    hostile = 'a"]; click n0 "javascript:x" \x1b[31m<img src=x>\n%%{init}%% [bold] end'
    chart = mermaid(Graph((Node("n", "claim", hostile),), ()))
    assert len(chart.splitlines()) == 2
    label = re.fullmatch(r'  n0\["(.*)"\]', chart.splitlines()[1])
    assert label and not re.search(r'["\[\]<>{}\x1b]', label[1])
    entry = {
        **TELLINGS[1],
        "text": "[[The dam \x1b[31mbroke [bold] today]] in the north of the land.",
    }
    made = report([entry])
    assert "\x1b" not in render(trace(made, made.groups[0]), "tree", View())


@pytest.mark.model
@pytest.mark.parametrize(("target", "status"), [("a red line", 0), ("the price of barley", 2)])
def test_command(target: str, status: int) -> None:
    corpus = str(Path(__file__).parents[2] / "corpus")
    found = CliRunner().invoke(cli, ["trace", target, corpus, "--format", "json"])
    if status:
        assert isinstance(found.exception, UsageError) and "barley" in str(found.exception)
    else:
        names = {origin["name"] for origin in json.loads(found.output)["origins"]}
        assert {"Reuters", "The Jerusalem Post"} <= names
