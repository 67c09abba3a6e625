"""What `import factcheck` offers: without a model where none is needed, and with it."""

from __future__ import annotations

import inspect
import json
import pickle
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import factcheck
from factcheck import Article, Report, api
from factcheck.errors import FactcheckError
from factcheck.reports import REGISTRY
from factcheck.reports.view import View
from tests.reports.fixture import REPORT
from tests.test_safe import HOSTILE, _Tags, check_text, hostile_report

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
MADE = Report(REPORT)
FERRY = "At least 12 people were injured when the ferry ran aground, the coast guard said."

# Import


def _seconds(code: str) -> float:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_the_import_takes_no_time() -> None:
    code = "import time; t = time.process_time(); import factcheck; print(time.process_time() - t)"
    assert min(_seconds(code) for _ in range(3)) <= 0.1


def test_the_import_loads_nothing_heavy() -> None:
    heavy = "pydantic numpy onnxruntime rich click ruamel.yaml factcheck.api factcheck.records"
    code = f"import sys, factcheck; print(sorted(set({heavy.split()!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there_and_nothing_else_is() -> None:
    assert set(factcheck.__all__) == {*api.__all__, "__version__"}
    assert list(factcheck.__all__) == sorted(factcheck.__all__)
    assert set(factcheck.__all__) <= set(dir(factcheck))
    for name in api.__all__:
        assert getattr(factcheck, name) is getattr(api, name)
    with pytest.raises(AttributeError, match="nothing_of_the_sort"):
        _ = factcheck.nothing_of_the_sort


# Documentation


def _members(name: str) -> list[tuple[str, object]]:
    thing = getattr(factcheck, name)
    if not inspect.isclass(thing) or issubclass(thing, FactcheckError):
        return []
    return [
        (f"{name}.{member}", value)
        for member, value in vars(thing).items()
        if not member.startswith("_")
        and (inspect.isfunction(value) or isinstance(value, property | classmethod))
        and not member.startswith("model_")
    ]


def _function(thing: object) -> object:
    if isinstance(thing, property):
        return thing.fget
    return thing.__func__ if isinstance(thing, classmethod) else thing


PUBLIC = [(name, getattr(factcheck, name)) for name in factcheck.__all__ if name[0] != "_"]
FUNCTIONS = [
    (name, _function(thing))
    for name, thing in [*PUBLIC, *(m for name, _ in PUBLIC for m in _members(name))]
    if not inspect.isclass(thing)
]


@pytest.mark.parametrize(("name", "thing"), PUBLIC, ids=[name for name, _ in PUBLIC])
def test_every_name_is_documented_and_on_the_page(name: str, thing: object) -> None:
    assert thing.__doc__ and len(thing.__doc__.split()) >= 5
    assert re.search(rf"`{name}[`(.]", PAGE), "docs/api.md does not name it"


@pytest.mark.parametrize(("name", "function"), FUNCTIONS, ids=[name for name, _ in FUNCTIONS])
def test_every_function_is_documented_with_its_errors(name: str, function: object) -> None:
    """What it raises itself is in its docstring or in the one that it names."""
    text = inspect.getdoc(function)
    assert text, name
    raised = set(re.findall(r"raise (\w+Error)\(", inspect.getsource(function)))  # type: ignore[arg-type]
    assert not [error for error in raised if f"`{error}`" not in text], name
    returned = inspect.signature(function).return_annotation  # type: ignore[arg-type]
    assert returned is not inspect.Signature.empty, name


@pytest.mark.parametrize("name", [n for n, thing in PUBLIC if inspect.isclass(thing)])
def test_every_field_of_a_record_is_told(name: str) -> None:
    """Fields of the report format are in docs/formats.md, docs/api.md or the docstring."""
    fields = getattr(getattr(factcheck, name), "model_fields", {})
    told = PAGE + (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    told += getattr(factcheck, name).__doc__
    public = [field for field, about in fields.items() if not about.exclude]
    assert not [field for field in public if not re.search(rf"\b{field}\b", told)]


# Articles


def test_an_article_of_a_text_counts_in_that_text() -> None:
    text = "Ferry &amp; quay\n\n" + FERRY + "\n"
    article = Article.from_text(text, "The Harbour Courier", published="11 April 2025")
    assert article.text == text
    assert (article.id, article.outlet) == ("the-harbour-courier", "The Harbour Courier")
    assert article.published == "2025-04-11"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"outlet": "Gazette", "title": "Aground"}, ("Gazette", "Aground", "gazette")),
        ({"url": "https://www.courier.example/1"}, ("courier.example", None, "courier-example")),
        ({"outlet": "Gazette", "id": "A Name!"}, ("Gazette", None, "a-name")),
    ],
)
def test_what_is_given_counts(given: dict[str, str], told: tuple[str, str | None, str]) -> None:
    article = Article.from_text(FERRY, **given)  # type: ignore[arg-type]
    assert (article.outlet, article.title, article.id) == told


def test_what_is_given_goes_before_front_matter() -> None:
    text = f"---\noutlet: Post\ntitle: One\npublished: 2025-04-11\n---\n{FERRY}\n"
    told = Article.from_text(text)
    assert (told.outlet, told.title, told.published) == ("Post", "One", "2025-04-11")
    given = Article.from_text(text, "Gazette", title="Two")
    assert (given.outlet, given.title, given.published) == ("Gazette", "Two", "2025-04-11")


@pytest.mark.parametrize(
    ("text", "given", "code"),
    [
        (FERRY, {}, "no-outlet"),
        (FERRY, {"outlet": "Gazette", "published": "soon"}, "no-date"),
        ("", {"outlet": "Gazette"}, "empty"),
        ("# Only a title\n", {"outlet": "Gazette", "markdown": True}, "no-text"),
        ("x" * 2_000_001, {"outlet": "Gazette"}, "too-large"),
        (b"\x00\x01\x02\x03" * 50, {"outlet": "Gazette"}, "binary"),
        ("\ud800 half a character", {"outlet": "Gazette"}, "bad-encoding"),
        (
            "Der Bürgermeister sagte am Freitag, dass die Brücke noch lange geschlossen bleibe. "
            "Niemand wisse, wann sie wieder geöffnet werde, und das sei auch gut so, sagte er.",
            {"outlet": "Gazette", "language": "de"},
            "language",
        ),
    ],
)
def test_what_is_no_article_is_an_error(
    text: str | bytes, given: dict[str, str], code: str
) -> None:
    with pytest.raises(FactcheckError) as error:
        Article.from_text(text, **given)  # type: ignore[arg-type]
    assert error.value.code == code


def test_bytes_are_decoded_as_files_are() -> None:
    article = Article.from_text("“Ferry,” he said: “Café.”".encode("cp1252"), "Gazette")
    assert "Café" in article.text


def test_a_file_is_read_as_by_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "mill-gazette.md"
    file.write_text(f"---\ntitle: Ferry\n---\n\n{FERRY}\n", encoding="utf-8")
    article, read = Article.from_file(file), factcheck.read(file)
    assert (article.outlet, article.title) == ("mill-gazette", "Ferry")
    assert article.record == read[0].record
    other = Article.from_file(file, "Gazette", id="other")
    assert (other.outlet, other.family, other.id) == ("Gazette", "Gazette", "other")


def test_what_cannot_be_read_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(factcheck.UnreadableError, match=r"empty\.txt"):
        Article.from_file(tmp_path / "empty.txt")
    with pytest.raises(factcheck.UnreadableError, match=r"gone\.txt"):
        Article.from_file(tmp_path / "gone.txt")


def test_a_folder_is_read_with_what_was_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FERRY)
    (tmp_path / "b.txt").write_text("")
    found = factcheck.read(tmp_path)
    assert [article.id for article in found] == ["a"]
    assert (len(found), [one.code for one in found.skipped]) == (1, ["empty"])
    assert repr(found) == "<1 articles, 1 skipped>"
    with pytest.raises(factcheck.UsageError):
        factcheck.read(tmp_path / "none")


def test_a_page_is_read_in_a_process_of_its_own() -> None:
    lines = "".join(f"<p>{FERRY} Nobody knew why, he said in line {n}.</p>" for n in range(9))
    page = f"<html><head><meta property='og:site_name' content='The Wharf'></head>{lines}</html>"
    article = Article.from_html(page, url="https://wharf.example/a")
    assert (article.outlet, article.url, article.id) == (
        "The Wharf",
        "https://wharf.example/a",
        "the-wharf",
    )
    assert "Nobody knew why, he said in line 8." in article.text
    with pytest.raises(factcheck.UnreadableError):
        Article.from_html("<html></html>", url="https://wharf.example/a")


def test_files_of_other_kinds_are_read_by_their_reader(tmp_path: Path) -> None:
    page = tmp_path / "north-wharf.html"
    page.write_text(f"<html><body>{'<p>' + FERRY + ' It is told at length.</p>'}</body></html>")
    article = Article.from_file(page)
    assert (article.id, article.outlet, article.path) == ("north-wharf", "north-wharf", str(page))
    assert FERRY in article.text
    assert Article.from_file(page, "The Wharf", id="w").outlet == "The Wharf"
    lines = "".join(
        f"<item><title>{n}</title><description>{FERRY * 9}</description></item>" for n in "ab"
    )
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss version='2.0'><channel><title>Wharf</title>{lines}</channel></rss>")
    with pytest.raises(factcheck.UsageError) as error:
        Article.from_file(feed)
    assert error.value.code == "several-articles"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing more")
    with pytest.raises(factcheck.UnreadableError, match=r"broken\.pdf"):
        Article.from_file(broken)


def test_an_error_survives_the_way_between_processes() -> None:
    error = factcheck.UsageError("missing-extra", "a package is missing", "install it")
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.message, again.hint) == (error.code, error.message, error.hint)


def test_a_page_in_a_script_without_a_guard(tmp_path: Path) -> None:
    """What starts a process by running the main file again would never end."""
    script = tmp_path / "script.py"
    script.write_text(
        "import factcheck\nprint('once')\n"
        f"page = '<article>' + '<p>{FERRY} It is told at length.</p>' * 9 + '</article>'\n"
        "print(factcheck.Article.from_html(page, outlet='The Wharf').outlet)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert done.stdout.split("\n") == ["once", "The Wharf", ""], done.stderr


# Reports


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


# With the model

TELLINGS = {
    "Harbour Courier": FERRY,
    "Mill Gazette": "Three people were injured when the ferry ran aground, the mayor told the "
    "Gazette.",
    "Quayside Record": "The coast guard said twelve people were injured when the ferry ran "
    "aground.",
}


def tellings() -> list[Article]:
    return [Article.from_text(text, outlet) for outlet, text in TELLINGS.items()]


@pytest.mark.model
def test_articles_are_compared() -> None:
    report = factcheck.compare(tellings())
    assert [article.outlet for article in report.articles] == list(TELLINGS)
    texts = {article.id: article.text for article in report.articles}
    assert all(texts[c.article][c.spans[0][0] : c.spans[0][1]] in c.text for c in report.claims)
    (conflict,) = report.conflicts
    assert {value.value for value in conflict.divergences[0].values} >= {"3 injured"}
    assert Report.from_json(report.to_json()) == report


@pytest.mark.model
def test_claims_are_extracted_in_order() -> None:
    claims = factcheck.extract(tellings())
    assert [claim.article for claim in claims][:1] == ["harbour-courier"]
    assert claims == factcheck.compare(tellings()).claims


@pytest.mark.model
def test_two_articles_with_one_id_are_refused() -> None:
    twice = [Article.from_text(FERRY, "Gazette"), Article.from_text(f"{FERRY} So.", "Gazette")]
    for work in (factcheck.compare, factcheck.extract, factcheck.check):
        with pytest.raises(factcheck.UsageError) as error:
            work(twice)
        assert error.value.code == "same-id"


@pytest.mark.model
def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    report = factcheck.compare(tellings())
    report.explain("g1")
    factcheck.check(tellings())
    repr(report), report._repr_html_()
    assert capfd.readouterr() == ("", "")


@pytest.mark.model
def test_threads_get_what_one_gets() -> None:
    alone = factcheck.compare(tellings()).to_json()
    found: list[str] = []

    def work() -> None:
        found.append(factcheck.compare(tellings()).to_json())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4


@pytest.mark.model
def test_a_ledger_makes_a_family_and_a_policy(tmp_path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    ledger.write_text(
        "version: 1\noutlets:\n- name: Harbour Courier\n  family: Sillford Media\n"
        "- name: Quayside Record\n  family: Sillford Media\n"
    )
    report = factcheck.compare(tellings(), ledger=ledger)
    families = [article.family for article in report.articles]
    assert families == ["Sillford Media", "Mill Gazette", "Sillford Media"]
    with pytest.raises(factcheck.ConfigurationError):
        factcheck.compare(tellings(), ledger=tmp_path / "none.yaml")


@pytest.mark.model
def test_a_check_fails_where_it_is_asked_to(tmp_path: Path) -> None:
    done = factcheck.check(tellings())
    assert done.failed and "FC101" in {finding.rule for finding in done.findings}
    assert not factcheck.check(tellings(), fail_on=["never"]).failed
    assert str(done.render("sarif")).startswith("{")
    assert "FC101" in str(done.render())
    with pytest.raises(factcheck.UsageError, match="no rule or level"):
        factcheck.check(tellings(), fail_on=["nothing"])
    with pytest.raises(factcheck.UsageError, match="no format"):
        done.render("docx")
    with pytest.raises(factcheck.UsageError, match="revision"):
        factcheck.check(tellings(), new_from="HEAD")


@pytest.mark.model
def test_a_folder_is_checked_as_by_the_command_line(tmp_path: Path) -> None:
    for outlet, text in TELLINGS.items():
        (tmp_path / f"{outlet}.txt").write_text(text)
    (tmp_path / "empty.txt").write_text("")
    done = factcheck.check(tmp_path)
    assert done.unmeasured == (str(tmp_path / "empty.txt"),)
    assert done.failed
