"""`check` on a desk's folder and in its git repository, from first commit to annotations."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.changes import since
from factcheck.errors import UsageError
from factcheck.reports import REGISTRY

from .desk import desk_fixture, factcheck, git, repository_fixture, story

__all__ = ["desk_fixture", "repository_fixture"]

pytestmark = pytest.mark.model

CLOSED = "The harbour master has closed the eastern pier for a month."

LOADED = """
import sys
from factcheck.cli import main
try:
    main()
except SystemExit:
    heavy = {"onnxruntime", "syntok"}
    print(*sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def ledger(text: str) -> None:
    Path("claims.yaml").write_text(f"version: 1\n{text}")


def test_a_pull_request_from_start_to_end(repository: Path) -> None:
    story("courier.md")
    git("add", "-A")
    git("commit", "-q", "-m", "A third article")
    done = factcheck("check", "--new-from", "main", "-f", "github")
    assert done.status == 1
    lines = [line for line in done.out.splitlines() if line.startswith("::")]
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == 1
    assert errors[0].startswith("::error file=corpus/courier.md,line=9,endLine=9,col=1,endColumn=8")
    assert "15 injured (Harbour Courier) against 12 injured (The Sill Herald)" in errors[0]
    notices = [line for line in lines if line.startswith("::notice ")]
    assert [line.partition("title=")[2].split()[0] for line in notices] == ["FC103"]
    assert CLOSED in notices[0]
    assert all("file=corpus/courier.md," in line for line in lines), "the rest is evidence"
    group = errors[0].partition("title=FC101 ")[2].partition("::")[0]
    accepted = factcheck("accept", group, "--new-from", "main", "--by", "desk", "--why", "both")
    assert accepted.status == 0
    assert "15 injured (Harbour Courier)" in accepted.out
    assert accepted.out.endswith("1 recorded in claims.d\n")
    assert factcheck("check", "--new-from", "main").status == 0


def test_sarif_looks_for_standard_input_in_no_file(desk: Path) -> None:
    text = "Mayor Ann Cole said {} people in Harlow were killed in the fire at the mill.\n"
    Path("b.txt").write_text(text.format(12))
    arguments = ("check", "-", "b.txt", "--no-ledger", "-f", "sarif")
    (result,) = json.loads(factcheck(*arguments, stdin=text.format(15)).out)["runs"][0]["results"]
    (other,) = result["relatedLocations"]
    places = [*result["locations"], *(one for one in [other] if "physicalLocation" in one)]
    assert [one["physicalLocation"]["artifactLocation"]["uri"] for one in places] == ["b.txt"]


def test_findings_on_the_ledger_stand_on_their_lines(desk: Path) -> None:
    """An entry that is told to be wrong is found where it stands, in every format."""
    ledger(
        "policy:\n  overrides:\n    - outlet: Harbour Courier\n      minimum_origins: 2\n"
        "    - path: corpus/none/**\n      minimum_origins: 3\n"
        "claims:\n  - statement: The bridge in the hills was closed on Monday.\n    id: bridge\n"
        "decisions:\n  - decision: finding-accepted\n    fingerprints: [abcdef0123456789]\n"
        "    rule: single-sourced\ndecision_files: [more.yaml]\n"
    )
    entry = "version: 1\ndecisions:\n  - decision: different\n    fingerprints: [a{0}, b{0}]\n"
    Path("more.yaml").write_text(entry.format(1))
    Path("claims.d").mkdir()
    Path("claims.d/other.yaml").write_text("# By hand.\n" + entry.format(2))
    expected = {
        ("claims.yaml", 6, "FC303"),
        ("claims.yaml", 9, "FC202"),
        ("claims.yaml", 12, "FC301"),
        ("more.yaml", 3, "FC301"),
        ("claims.d/other.yaml", 4, "FC301"),
    }
    made = {name: factcheck("check", "-f", name).out for name in ("github", "junit", "summary")}
    annotations = re.findall(r"::\w+ file=([\w./]+yaml),line=(\d+),title=(\w+)", made["github"])
    cases = re.findall(
        r'name="(\w+)[^"]*" file="([\w./]+yaml)" time="0" line="(\d+)"', made["junit"]
    )
    rows = re.findall(r"`(\w+)` \| `([\w./]+yaml):(\d+)`", made["summary"])
    listed = re.findall(r"(?m)^([\w./]+yaml):(\d+): warning (\w+)", factcheck("check").out)
    sarif = json.loads(factcheck("check", "-f", "sarif").out)["runs"][0]["results"]
    places = [(one["ruleId"], one["locations"][0]["physicalLocation"]) for one in sarif]
    pointed = {
        (place["artifactLocation"]["uri"], place["region"]["startLine"], rule)
        for rule, place in places
    }
    assert {(file, int(line), rule) for file, line, rule in annotations} == expected
    assert {(file, int(line), rule) for rule, file, line in cases} == expected
    assert {(file, int(line), rule) for rule, file, line in rows} == expected
    assert {(file, int(line), rule) for file, line, rule in listed} == expected
    assert {one for one in pointed if one[0].endswith("yaml")} == expected


def test_sarif_points_into_the_new_article(repository: Path) -> None:
    story("courier.md")
    done = factcheck("check", "--new-from", "main", "-f", "sarif", "--show", "error")
    (result,) = json.loads(done.out)["runs"][0]["results"]
    (place,) = result["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "corpus/courier.md"
    region = place["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (9, 1, 8)
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "corpus/herald.md"
    assert "](1)" in result["message"]["text"]


def test_nothing_new_is_nothing_found(repository: Path) -> None:
    done = factcheck("check", "--new-from", "main")
    assert (done.status, done.out) == (0, "nothing found in 2 articles\n")


def test_of_a_changed_file_only_the_new_sentences_count(repository: Path) -> None:
    path = Path("corpus/post.md")
    path.write_text(path.read_text() + "\nThe pier will stay closed until June.\n")
    done = factcheck("check", "--new-from", "main", "--show", "note")
    assert done.out.count("corpus/post.md:") == 1
    assert "FC103" in done.out
    assert "The pier will stay closed until June." in done.out


def test_a_renamed_file_brings_nothing_new(repository: Path) -> None:
    git("mv", "corpus/post.md", "corpus/almar-post.md")
    git("commit", "-q", "-m", "Renamed")
    assert factcheck("check", "--new-from", "main").out == "nothing found in 2 articles\n"


def test_only_what_left_main_counts(repository: Path) -> None:
    git("checkout", "-q", "main")
    story("courier.md")
    git("add", "-A")
    git("commit", "-q", "-m", "On main")
    git("checkout", "-q", "new")
    assert factcheck("check", "--new-from", "main").out == "nothing found in 2 articles\n"


def test_from_a_folder_below_and_with_odd_names(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story("courier.md", "sub/ä “quoted” name\n.md")
    monkeypatch.chdir("corpus")
    done = factcheck("check", ".", "--new-from", "main", "--show", "error")
    assert done.status == 1
    assert "name .md:9:1: error FC101" in done.out


def test_of_a_large_corpus_the_nearest_are_evidence(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.runs.checking.NEAREST", 2)
    story("post.md", "rain.md").write_text("It rained in the hills above the lake all day.\n")
    git("add", "-A")
    git("commit", "-q", "-m", "A third")
    story("courier.md")
    for more in ((), (), ("--no-cache",)):
        done = factcheck("check", "--new-from", "HEAD", *more)
        assert done.status == 1
        assert "15 injured (Harbour Courier) against 12 injured (The Sill Herald)" in done.out
        assert done.out.endswith("held against the nearest 2 of 3 other articles\n")


def test_articles_have_the_ids_of_the_whole_corpus(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.runs.checking.NEAREST", 1)
    for name in ("post.md", "herald.md"):
        story(name, f"{name.partition('.')[0]}/story.md")
        Path("corpus", name).unlink()
    git("add", "-A")
    git("commit", "-q", "-m", "In folders")
    story("courier.md", "courier/story.md")
    part = json.loads(factcheck("check", "--new-from", "HEAD", "-f", "json").out)
    whole = json.loads(factcheck("check", "-f", "json").out)
    ids = {article["path"]: article["id"] for article in whole["articles"]}
    assert len(part["articles"]) == 2
    assert all(ids[article["path"]] == article["id"] for article in part["articles"])


def test_what_a_new_article_raises_is_found_in_the_whole_corpus(repository: Path) -> None:
    # Named before the others, it would shift the numbers of their groups.
    story("courier.md", "another/post.md")
    done = factcheck("check", "--new-from", "main", "-f", "text", "--show", "error")
    name = done.out.partition("FC101 divergent [")[2].partition("]")[0]
    assert len(name) == 8
    explained = factcheck("explain", name)
    assert explained.status == 0
    assert "15 injured" in explained.out
    assert "12 injured" in explained.out
    assert json.loads(factcheck("trace", name, "-f", "json").out)["status"] == "divergent"
    assert factcheck("claims", "add", name).out.endswith(" added to claims.yaml\n")
    assert factcheck("accept", name, "--by", "desk").out.endswith("recorded in claims.d\n")
    assert factcheck("check", "--new-from", "main").status == 0


def test_a_corroboration_that_a_branch_loses(repository: Path) -> None:
    factcheck("claims", "sync", "--write", "--status", "corroborated")
    git("add", "-A")
    git("commit", "-q", "-m", "Tracked")
    path = Path("corpus/post.md")
    text = path.read_text()
    path.write_text(text.replace("ran aground", "sank"))
    assert "FC102" not in factcheck("check", "--new-from", "new").out, "another statement"
    path.write_text(text.partition('"The captain')[0])
    done = factcheck("check", "--new-from", "new")
    assert done.status == 1
    assert "error FC102 lost-corroboration" in done.out
    path.unlink()
    assert "error FC102" in factcheck("check", "--new-from", "new").out
    git("commit", "-q", "-a", "-m", "Lost")
    story("courier.md", "another.md").write_text("It rained in the harbour of Almar all day.\n")
    done = factcheck("check", "--new-from", "new")
    assert "FC102" not in done.out, "it was lost before"
    assert "error FC102" in factcheck("check").out


@pytest.mark.parametrize("revision", ["nowhere", "--help", "main..new", ""])
def test_an_unknown_revision_is_said(repository: Path, revision: str) -> None:
    done = factcheck("check", f"--new-from={revision}")
    assert (done.status, done.err.partition("'")[0]) == (2, "git knows no revision ")


def test_no_repository_and_no_git_are_said(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="not a git repository"):
        since("main", ["corpus"])
    monkeypatch.setenv("PATH", str(desk))
    with pytest.raises(UsageError, match="no git on this machine"):
        since("main", ["corpus"])


def test_fails_as_the_policy_says(desk: Path) -> None:
    story("courier.md")
    assert factcheck("check").status == 1
    ledger("policy:\n  fail_on: []\n")
    done = factcheck("check")
    assert done.status == 0
    assert "warning FC101" in done.out
    assert factcheck("check", "--fail-on", "divergent").status == 1
    assert factcheck("check", "--fail-on", "FC101").status == 1
    assert factcheck("check", "--fail-on", "warning").status == 1
    assert factcheck("check", "--fail-on", "error").status == 0
    ledger("policy:\n  fail_on: [divergent]\n")
    assert factcheck("check", "--fail-on", "never").status == 0
    assert factcheck("check", "--fail-on", "lost-corroboration").status == 0


def test_what_is_shown_does_not_change_what_fails(desk: Path) -> None:
    story("courier.md")
    done = factcheck("check", "--show", "FC103")
    assert done.status == 1
    assert "FC101" not in done.out
    assert "FC103" in done.out
    assert "more not shown" in done.out
    assert factcheck("check", "--quiet").out.startswith("1 error")


def test_wrong_choices_are_said(desk: Path) -> None:
    done = factcheck("check", "--show", "divergnt")
    assert done.status == 2
    assert "did you mean 'divergent'?" in done.err


def test_tracked_statements(desk: Path) -> None:
    factcheck("claims", "sync", "--write", "--status", "corroborated")
    text = Path("claims.yaml").read_text()
    assert "expect: corroborated" in text
    assert factcheck("check").status == 0
    Path("corpus/post.md").unlink()
    done = factcheck("check")
    assert done.status == 1
    assert "error FC102 lost-corroboration" in done.out
    assert Path("claims.yaml").read_text() == text, "check rewrites nothing"
    listed = factcheck("claims", "list").out
    assert "single-sourced (expected: corroborated)" in listed


def test_one_file_that_is_not_measured(desk: Path) -> None:
    Path("corpus/scan.txt").write_bytes(bytes(range(256)))
    done = factcheck("check")
    assert done.status == 3
    assert "corpus/scan.txt: warning FC105 unmeasured" in done.out
    ledger("policy:\n  fail_on: [unmeasured]\n")
    assert factcheck("check").status == 1


def test_evidence_that_was_never_measured_fails_no_pull_request(repository: Path) -> None:
    Path("corpus/scan.txt").write_bytes(bytes(range(256)))
    git("add", "-A")
    git("commit", "-q", "-m", "A scan")
    assert factcheck("check", "--new-from", "main").status == 3
    assert factcheck("check", "--new-from", "new").status == 0


def test_no_articles_is_the_policy_s_to_judge(desk: Path) -> None:
    shutil.rmtree("corpus")
    Path("corpus").mkdir()
    assert factcheck("check").status == 2
    ledger("policy:\n  empty: ok\n")
    done = factcheck("check")
    assert (done.status, done.err) == (0, "no articles: nothing to check\n")
    assert factcheck("check", "nowhere").status == 2


def test_a_broken_ledger_is_a_usage_error(desk: Path) -> None:
    ledger("claimz: []\n")
    done = factcheck("check")
    assert done.status == 2
    assert done.err.startswith("claims.yaml:2:1: unknown key 'claimz'; did you mean 'claims'?")


@pytest.mark.parametrize("name", ["terminal", "json", "sarif", "junit", "github", "summary"])
def test_two_runs_are_the_same_to_the_byte(desk: Path, name: str) -> None:
    story("courier.md")
    runs = {
        factcheck("check", "-f", name, "--show", "note", *more).out
        for more in ((), ("--no-cache",))
    }
    assert len(runs) == 1


@pytest.mark.parametrize("new_from", [(), ("--new-from", "main")])
def test_a_warm_run_is_a_cold_one_to_the_byte(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_from: tuple[str, ...]
) -> None:
    monkeypatch.setattr("factcheck.runs.checking.NEAREST", 1)
    story("courier.md")
    outputs = [(name, tmp_path / f"out.{name}") for name in REGISTRY]
    asked = [word for name, path in outputs for word in ("-f", name, "-o", str(path))]

    def run(*more: str) -> list[bytes]:
        done = factcheck("check", "--show", "note", *new_from, *asked, *more)
        assert done.status in (0, 1)
        return [path.read_bytes() for _, path in outputs]

    without = run("--no-cache")
    assert all(without)
    assert run() == without, "cold"
    assert run() == without, "warm"


def test_a_warm_run_loads_no_model(desk: Path) -> None:
    story("courier.md")
    command = [sys.executable, "-c", LOADED, "check", "-q"]
    loaded = [
        subprocess.run(command, capture_output=True, text=True, check=True).stderr.split()
        for _ in range(2)
    ]
    assert loaded == [["onnxruntime", "syntok"], []]


def test_several_formats_in_one_run(desk: Path) -> None:
    story("courier.md")
    done = factcheck(
        "check", "-f", "sarif", "-o", "out.sarif", "-f", "junit", "-o", "out.xml", "-f", "github"
    )
    assert done.status == 1
    assert json.loads(Path("out.sarif").read_text())["runs"][0]["results"]
    assert Path("out.xml").read_text().startswith("<?xml")
    assert "::error " in done.out


def test_accepting_and_what_becomes_stale(desk: Path) -> None:
    path = story("courier.md")
    assert factcheck("accept", "--all", "--to", "decided.yaml").status == 0
    assert "decided.yaml" in Path("claims.yaml").read_text()
    done = factcheck("check")
    assert done.status == 0
    assert "accepted by decisions in the ledger" in done.out
    again = factcheck("accept", "--all", "--to", "decided.yaml")
    assert again.out == "nothing to accept\n"
    path.write_text(path.read_text().replace("Fifteen", "Twelve"))
    done = factcheck("check")
    assert "decided.yaml:3: warning FC301 stale-decision" in done.out
    Path("decided.yaml").unlink()
    done = factcheck("check")
    assert done.status == 2
    assert "decision file 'decided.yaml' is missing" in done.err


def test_accept_needs_something_to_accept(desk: Path) -> None:
    assert factcheck("accept").status == 2
    assert "no open finding in group 'g99'" in factcheck("accept", "g99").err
    assert not Path("claims.yaml").exists()


def test_tracking_a_group(desk: Path) -> None:
    done = factcheck("claims", "add", "g1", "--id", "storm", "--owner", "desk", "--expect", "any")
    assert done.out == "storm added to claims.yaml\n"
    assert factcheck("claims", "list").out.startswith("storm: ")
    again = factcheck("claims", "add", "g1", "--id", "other")
    assert again == (0, "storm tracks this statement already; nothing added\n", "")
    assert Path("claims.yaml").read_text().count("- id:") == 1
    assert factcheck("claims", "add", "g2", "--id", "storm").status == 2
    assert factcheck("claims", "add", "g99").status == 2


def test_upgrading_a_ledger(desk: Path) -> None:
    Path("claims.yaml").write_text("# ours\nversion: 0\nfail: [divergent]\n")
    assert "factcheck claims upgrade" in factcheck("check").err
    assert factcheck("claims", "upgrade").out == "claims.yaml: format version 0 → 1\n"
    assert Path("claims.yaml").read_text().startswith("# ours\nversion: 1\npolicy:\n")
    assert "already" in factcheck("claims", "upgrade").out
    assert factcheck("check").status == 0


def test_rules_are_explained() -> None:
    listed = factcheck("rules").out.splitlines()
    assert listed[0].startswith("FC101  divergent")
    page = Path(__file__).parents[2] / "docs" / "rules" / "FC101.md"
    assert factcheck("rules", "fc101").out == page.read_text()
    assert factcheck("rules", "divergent").out == page.read_text()
    assert "did you mean 'divergent'?" in factcheck("rules", "divergant").err


def test_findings_counted_by_rule(desk: Path) -> None:
    story("courier.md")
    done = factcheck("check", "--statistics", "--exit-zero")
    assert done.status == 0
    assert "     1  error    FC101  divergent\n" in done.out
    assert factcheck("check", "--statistics").status == 1
    ledger("claimz: []\n")
    assert factcheck("check", "--exit-zero").status == 2


def test_a_broken_ledger_is_annotated_on_its_line(desk: Path) -> None:
    ledger("claimz: []\n")
    done = factcheck("check", "-f", "github")
    assert done.status == 2
    assert done.out.startswith("::error file=claims.yaml,line=2,col=1,title=ledger::unknown key")
    assert factcheck("check").out == ""


def test_standard_input_has_no_place_in_sarif(desk: Path) -> None:
    text = story("courier.md").read_text()
    Path("corpus/courier.md").unlink()
    done = factcheck("check", "-", "corpus", "-f", "sarif", stdin=text)
    results = json.loads(done.out)["runs"][0]["results"]
    assert results
    assert '"uri": "-"' not in done.out


def test_cases_of_junit_have_names_of_their_own(desk: Path) -> None:
    story("courier.md")
    done = factcheck("check", "-f", "junit", "--show", "note")
    names = re.findall(r'<testcase classname="([^"]*)" name="([^"]*)"', done.out)
    assert len(names) == len(set(names)) > 3
