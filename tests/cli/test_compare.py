"""`compare` as a user runs it: real files, exit statuses, and whole processes that agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from .desk import factcheck

ROOT = Path(__file__).parents[2]
SEEDS = Path(os.environ.get("FACTCHECK_SEEDS", ROOT.parent / "shared" / "seeds"))
STORY = (
    "Ministers meet in {place}\n\n"
    "The ministers of both countries met in {place} on {day}, officials said.\n\n"
    "“We have agreed on a list of twelve points,” Foreign Minister Ana Brandt told reporters.\n"
)

pytestmark = pytest.mark.model


def process(*arguments: str) -> None:
    """Run the command as a process of its own, and well."""
    done = subprocess.run(
        [sys.executable, "-m", "factcheck", *arguments],
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture
def stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "north.txt").write_text(STORY.format(place="Baku", day="Wednesday"))
    (tmp_path / "corpus" / "south.txt").write_text(
        "Baku talks end\n\nForeign Minister Ana Brandt told reporters: “We have agreed on a list "
        "of twelve points.”\n\nOfficials said that the ministers of both countries met in Baku on "
        "Thursday.\n"
    )
    return tmp_path


def test_the_corpus_here_is_the_default(stories: Path) -> None:
    status, output, _ = factcheck("compare", "--format", "json")
    report = json.loads(output)
    assert status == 0
    assert [article["id"] for article in report["articles"]] == ["north", "south"]
    assert any(group["status"] == "divergent" for group in report["groups"])
    schema = json.loads(factcheck("schema", "report")[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)


def test_without_a_corpus_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, output, error = factcheck("compare")
    assert (status, output) == (2, "")
    assert "factcheck init" in error


def test_fail_on_and_status_filter(stories: Path) -> None:
    assert factcheck("compare", "--fail-on", "divergent")[0] == 1
    status, output, _ = factcheck("compare", "--status", "corroborated", "-f", "json")
    assert status == 0
    assert {group["status"] for group in json.loads(output)["groups"]} <= {"corroborated"}


def test_one_bad_file_never_stops_the_others(stories: Path) -> None:
    folder = stories / "corpus"
    (folder / "empty.txt").write_bytes(b"")
    (folder / "program.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "large.txt").write_bytes(b"word " * 10_000_001)
    (folder / "broken.md").write_text('---\noutlet: "north\n---\nText of it.\n')
    (folder / "french.txt").write_text(
        "Les ministres des deux pays se sont rencontrés mercredi à Bakou, ont déclaré des "
        "responsables. Ils se reverront la semaine prochaine dans la même ville, selon eux.\n" * 2
    )
    status, output, _ = factcheck("compare", "-f", "json")
    report = json.loads(output)
    assert status == 3
    assert {Path(item["path"]).name: item["code"] for item in report["skipped"]} == {
        "empty.txt": "empty",
        "program.txt": "binary",
        "large.txt": "too-large",
        "french.txt": "language",
    }
    assert [article["outlet"] for article in report["articles"][:1]] == ["north"]
    assert len(report["articles"]) == 3
    status, output, _ = factcheck("compare")
    assert status == 3
    assert "broken.md: line 3: front matter is no valid YAML" in output
    assert "large.txt" in output


def test_a_single_article_and_two_copies_of_one(stories: Path) -> None:
    article = stories / "corpus" / "north.txt"
    status, output, _ = factcheck("compare", "-f", "json", str(article))
    assert status == 0
    assert {group["status"] for group in json.loads(output)["groups"]} == {"single-sourced"}
    copy = stories / "copy.txt"
    copy.write_bytes(article.read_bytes())
    status, output, _ = factcheck("compare", "-f", "json", str(article), str(copy))
    groups = json.loads(output)["groups"]
    assert status == 0
    assert {group["status"] for group in groups} == {"single-sourced"}
    assert all("echoed" in group["qualifiers"] for group in groups)


@pytest.mark.parametrize(
    "text",
    [
        "“We have agreed, the minister said. He left “at once.\nNobody “knew” why” he said.\n",
        "The \u200bminis\u200bter said that \u202ethe talks\u202c would go on.\n",
        "The minister \x1b[31msaid\x1b[0m that [bold]the talks[/bold] would <b>go</b> on.\n",
        "THE MINISTER SAID THAT THE TALKS WOULD GO ON IN BAKU NEXT WEEK.\n",
        "“" * 3_000 + " said the minister of both.\n",
        "the of and to " * 1000,
    ],
    ids=["unbalanced", "invisible", "escapes", "capitals", "marks", "no sentence end"],
)
def test_odd_text_gives_a_correct_report(text: str, stories: Path) -> None:
    odd = stories / "corpus" / "odd.txt"
    odd.write_text(text, encoding="utf-8")
    status, output, _ = factcheck("compare", "-f", "json")
    assert status == 0
    report = json.loads(output)
    for claim in report["claims"]:
        if claim["article"] == "odd":
            assert claim["text"] == " ".join(text[s:e] for s, e in claim["spans"])
    shown = factcheck("compare", "--all")[1]
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_standard_input_and_several_formats(stories: Path) -> None:
    status, output, _ = factcheck(
        *("compare", "-", "corpus/south.txt", "-f", "markdown", "-f", "json", "-o", "out.md"),
        stdin=STORY.format(place="Baku", day="Wednesday"),
    )
    assert status == 0
    assert [article["path"] for article in json.loads(output)["articles"]] == [
        "-",
        "corpus/south.txt",
    ]
    assert (stories / "out.md").read_text(encoding="utf-8").startswith("#")


def test_two_runs_are_byte_identical(stories: Path) -> None:
    """Of two processes: each has other hashes of the same words."""
    names = ("out.json", "out.md", "out.html", "out.svg", "out.txt")
    wanted = [word for name in names for word in ("-o", name)]
    made = []
    # The second time what was read is kept, the third time it comes from what was kept.
    for more in (("--no-cache",), (), ()):
        process("compare", *more, *wanted)
        made.append([(stories / name).read_bytes() for name in names])
    assert all(made[0])
    assert made[0] == made[1] == made[2]


def test_unknown_ids_and_wrong_usage_are_told(stories: Path) -> None:
    assert factcheck("explain", "g99")[0] == 2
    assert factcheck("compare", "nowhere.txt")[0] == 2
    assert factcheck("compare", "-f", "json", "-o", "a", "-o", "b")[0] == 2
    assert factcheck("compare", "-o", "no/such/folder/a.json")[0] == 2


def test_explain_and_extract(stories: Path) -> None:
    status, output, _ = factcheck("explain", "g1")
    assert status == 0
    assert "Wednesday" in output
    status, output, _ = factcheck("extract", "-f", "json")
    data = json.loads(output)
    assert status == 0
    assert any(article["attributions"] for article in data["articles"])
    assert any(
        claim["speaker"] and "Brandt" in claim["speaker"]["name"] for claim in data["claims"]
    )


def test_init_writes_a_sample_that_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert factcheck("init", "mine")[0] == 0
    assert factcheck("init", "mine")[0] == 2
    monkeypatch.chdir("mine")
    status, output, _ = factcheck("compare")
    assert status == 0
    assert "corroborated" in output


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no seed articles in {SEEDS}")
def test_the_seed_articles_read_as_a_careful_reader_reads_them() -> None:
    output = factcheck("compare", "--no-ledger", "-f", "json", str(SEEDS))[1]
    report = json.loads(output)
    claims = {claim["id"]: claim for claim in report["claims"]}
    both = [group for group in report["groups"] if len(group["outlets"]) == 2]

    def group_with(*words: str) -> dict[str, Any]:
        """The group of both articles in which a claim of each holds one of the words' sets."""
        for group in both:
            texts = [claims[c]["text"] for c in group["claims"]]
            if all(any(word in text for text in texts) for word in words):
                found: dict[str, Any] = group
                return found
        raise AssertionError(f"no group of both articles with {words}")

    red_line = group_with("Palmyra (Tadmor)", "red line.”")
    assert red_line["status"] == "corroborated"
    assert red_line["qualifiers"] == ["one-voice", "anonymous", "assumed"]
    assert {o["name"] for o in red_line["origins"]} == {"Reuters", "The Jerusalem Post"}

    beginning = group_with("beginning of efforts to prevent", "beginning of efforts to avoid")
    assert beginning["status"] == "corroborated"
    assert beginning["qualifiers"] == ["one-voice", "anonymous", "assumed"]

    friends = group_with("close friends of Azerbaijan,”", "both countries are close friends")
    assert [d["slot"] for d in friends["divergences"] if d["material"]] == ["date"]
    dates = [
        d
        for g in report["groups"]
        for d in g["divergences"]
        if d["slot"] == "date" and d["material"]
    ]
    assert len(dates) == 1
    values = {report_value["value"] for report_value in dates[0]["values"]}
    assert values == {"Wednesday", "Thursday"}

    talks = group_with("indirect talks")
    assert "manner" in {d["slot"] for d in talks["divergences"]}

    (inconsistency,) = report["inconsistencies"]
    assert inconsistency["slot"] == "role"

    for claim in claims.values():
        assert "Skip to content" not in claim["text"]
        assert "Related articles" not in claim["text"]
        assert "14:54" not in claim["text"]
        assert "Erdogan ad" not in claim["text"]
