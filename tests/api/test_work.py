"""Compare, extract and check from a program, with the models."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest

import factcheck
from factcheck import Article, Report

FERRY = "At least 12 people were injured when the ferry ran aground, the coast guard said."

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
        assert "factcheck.read(path, path)" in error.value.hint


@pytest.mark.parametrize(
    "given", [["The bridge is closed."], "corpus", b"", Path("corpus"), [None]]
)
@pytest.mark.parametrize("work", [factcheck.compare, factcheck.extract])
def test_what_is_no_article_is_an_error_of_the_family(work: Any, given: Any) -> None:
    with pytest.raises(factcheck.UsageError, match="is no Article") as error:
        work(given)
    assert "Article.from_text" in error.value.hint


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
    assert re.fullmatch(r"<Check: failed; \d errors?.*>", repr(done))
    assert "error FC101" in done._repr_html_() and "<script" not in done._repr_html_()
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
