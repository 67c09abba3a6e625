"""Articles from text, bytes, pages and files."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import factcheck
from factcheck import Article
from factcheck.errors import FactcheckError

FERRY = "At least 12 people were injured when the ferry ran aground, the coast guard said."


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
