"""`factcheck add` and `compare` on addresses, as people use them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.config import Limits
from factcheck.ingest import discover, load, read
from factcheck.ingest.kept import kept
from factcheck.installation import with_extra
from factcheck.intake.changes import changes
from factcheck.intake.folder import normal_url
from factcheck.versions import versions
from tests.cli.desk import Done, factcheck
from tests.intake.server import TEXT, page, serving


@pytest.fixture(name="here", autouse=True)
def here_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture(name="host")
def host_fixture() -> Iterator[str]:
    with serving() as (host, _):
        yield host


def record(text: str, **told: str) -> str:
    told = {"title": "Bridge closed", "outlet": "Harlow Post", "date": "2025-04-12"} | told
    return json.dumps({"text": text, **told})


def add(text: str, **told: str) -> Done:
    return factcheck("add", "-", stdin=record(text, **told))


def files(folder: str = "corpus") -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in Path(folder).rglob("*.md"))


def test_an_article_is_filed_as_compare_reads_it() -> None:
    done = add(TEXT[0], url="https://harlow.example/1", byline='Jane "J" Doe', credit="Reuters")
    assert done.status == 0
    assert files() == ["2025-04-12-harlow-post-bridge-closed.md"]
    (article,), _ = load(["corpus"], Limits())
    assert (article.title, article.outlet, article.published) == (
        "Bridge closed",
        "Harlow Post",
        "2025-04-12",
    )
    assert (article.byline, article.url) == ('Jane "J" Doe', "https://harlow.example/1")
    assert [credit.name for credit in article.credits] == ["Reuters"]
    assert article.text.endswith(f"---\n\n{TEXT[0]}\n")


def test_the_same_article_again_is_no_other() -> None:
    add(TEXT[0], url="https://www.harlow.example/1/")
    before = Path("corpus", *files()).read_bytes()
    for url in ("https://harlow.example/1?utm_source=x#top", "http://m.harlow.example/1", ""):
        done = add(f"  {TEXT[0]}\n", url=url)
        assert done.out.splitlines()[-1] == "0 new, 0 updated, 1 unchanged, 0 left out"
    assert Path("corpus", *files()).read_bytes() == before


def test_a_changed_article_is_shown_with_its_changes_and_kept() -> None:
    add("\n".join(TEXT), url="https://harlow.example/1", byline="Jane Doe")
    before = Path("corpus", *files()).read_text()
    reworded = TEXT[1].replace("forty", "four hundred")
    done = add("\n".join((TEXT[0], reworded, "Nobody was hurt.")), url="https://harlow.example/1")
    lines = [line.strip() for line in done.out.splitlines()]
    assert f"reworded: {TEXT[1]}" in lines
    assert f"to: {reworded}" in lines
    assert f"cut: {TEXT[2]}" in lines
    assert "added: Nobody was hurt." in lines
    assert lines[-1] == "0 new, 1 updated, 0 unchanged, 0 left out"
    versions, now = files()
    assert Path("corpus", versions).read_text() == before
    assert "four hundred" in Path("corpus", now).read_text()
    # What the new version does not tell is not lost.
    assert 'byline: "Jane Doe"' in Path("corpus", now).read_text()
    # `compare` reads the newest alone.
    articles, _ = load(["corpus"], Limits())
    assert len(articles) == 1


HURT = "{} people were hurt when a piece of the coal bridge fell into the Sill, the council said."


def changed(*more: str) -> Done:
    """A check where an article has told two figures, one after the other."""
    for number in ("12", "15"):
        add(f"{HURT.format(number)}\n\n{TEXT[1]}", url="https://harlow.example/1")
    return factcheck("check", *more)


@pytest.mark.model
def test_a_change_without_a_note_is_a_finding() -> None:
    Path("claims.yaml").write_text(
        "version: 1\npolicy: {fail_on: [changed-source]}\n"
        f"claims:\n  - {{id: hurt, statement: '{HURT.format(12)}'}}\n"
        "  - {id: calm, statement: Forty people had gathered in front of the town hall.}\n"
    )
    done = changed()
    assert done.status == 1
    (place,) = re.findall(r"(\S+):9:1: warning FC109", done.out)
    assert place == f"corpus/{files()[1]}"
    assert "figure “12” is “15” now, changed between 20" in done.out
    assert f"(version before: corpus/{files()[0]}):" in " ".join(done.out.split())
    assert f"{place}:9:1: error FC205" in done.out
    assert "'hurt' rests on words of Harlow Post" in done.out
    assert "'calm' rests on" not in done.out
    sarif = json.loads(factcheck("check", "--format", "sarif").out)["runs"][0]
    assert {"FC109", "FC205"} <= {result["ruleId"] for result in sarif["results"]}
    assert factcheck("accept", "--all", "--by", "desk").status == 0
    assert factcheck("check").status == 0


@pytest.mark.model
def test_a_report_tells_that_an_article_was_changed() -> None:
    changed()
    done = factcheck("compare", "-f", "json", "-f", "text", "-f", "html", "-o", "a.json", "-o", "-",
                     "-o", "a.html")  # fmt: skip
    said = "1 sentence reworded (“12” is “15” now), without a note."
    assert said in " ".join(done.out.split())
    assert said in Path("a.html").read_text()
    assert f"reworded: {HURT.format(12)} – now: {HURT.format(15)}" in Path("a.html").read_text()
    (article,) = json.loads(Path("a.json").read_text())["articles"]
    (version,) = article["versions"]
    assert version["path"] == f"corpus/{files()[0]}"
    assert version["replaced"] == article["retrieved"]
    (edit,) = version["edits"]
    text = Path(article["path"]).read_text()
    assert text[slice(*edit["span"])] == HURT.format(15)


def test_an_older_copy_of_an_archive_is_the_version_before() -> None:
    url = "https://harlow.example/1"
    for number, day in (("15", "20250414"), ("12", "20250412"), ("12", "20250412"), ("17", "2026")):
        copy = f"https://web.archive.org/web/{day}081000/{url}" if len(day) == 8 else url
        text = page(HURT.format(number), *TEXT, head=f"<!-- saved from url=(0009){copy} -->")
        Path("a.html").write_text(text)
        assert factcheck("add", "a.html", "--published", "2025-04-12").status == 0
    assert len(files()) == 3
    (item,) = discover(["corpus"], Limits())
    (article,), _ = read([item], Limits())
    earlier, _ = read(kept(item), Limits())
    found = versions(article, earlier)
    assert [one.retrieved for one in found] == ["2025-04-12T08:10Z", "2025-04-14T08:10Z"]
    assert [e.details[0].after for one in found for e in one.edits] == ["15", "17"]


def test_versions_that_lie_elsewhere_are_not_read(here: Path) -> None:
    add(TEXT[0])
    (item,) = discover(["corpus"], Limits())
    outside = here / "outside" / item.file.stem
    outside.mkdir(parents=True)
    (outside / "1.md").write_text(TEXT[1])
    Path("corpus/.versions").symlink_to(here / "outside")
    assert kept(item) == ()
    Path("corpus/.versions").unlink()
    Path("corpus/.versions", item.file.stem).mkdir(parents=True)
    for name in ("10.md", "2.md", "1.md", "0.md", "x.md", "3.txt"):
        Path("corpus/.versions", item.file.stem, name).write_text(TEXT[1])
    assert [one.file.name for one in kept(item)] == ["1.md", "2.md", "10.md"]


def test_another_article_is_never_overwritten() -> None:
    add(TEXT[0], url="https://harlow.example/1")
    add(TEXT[2], url="https://harlow.example/2")
    # The text of one outlet in another is another article: a copy is what provenance asks for.
    add(TEXT[0], outlet="Sill Observer")
    assert files() == [
        "2025-04-12-harlow-post-bridge-closed-2.md",
        "2025-04-12-harlow-post-bridge-closed.md",
        "2025-04-12-sill-observer-bridge-closed.md",
    ]


def test_what_is_there_already_is_not_overwritten_whatever_it_is(here: Path) -> None:
    Path("corpus").mkdir()
    Path("corpus/2025-04-12-Harlow-Post-bridge-closed.md").write_text("My notes.\n")
    Path("corpus/2025-04-12-harlow-post-bridge-closed-2.md").symlink_to(here / "elsewhere")
    add(TEXT[0])
    assert Path("corpus/2025-04-12-Harlow-Post-bridge-closed.md").read_text() == "My notes.\n"
    assert not (here / "elsewhere").exists()
    assert "2025-04-12-harlow-post-bridge-closed-3.md" in files()


def test_what_is_supplied_goes_before_what_is_told() -> None:
    Path("a.html").write_text(page())
    done = factcheck(
        "add", "a.html", "--outlet", "Harlow Post", "--published", "12 April 2025", "--url",
        "https://harlow.example/1", "--to", "here",
    )  # fmt: skip
    assert done.status == 0
    text = Path("here/2025-04-12-harlow-post-bridge-closed.md").read_text()
    assert text.startswith(
        '---\noutlet: "Harlow Post"\nurl: "https://harlow.example/1"\ntitle: "Bridge closed"\n'
        'published: "2025-04-12"\n'
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ("--published", "2025-02-30"),
        ("--url", "harlow"),
        ("--field", "heading=kop"),
        ("--to", "a.html"),
    ],
)
def test_what_cannot_be_is_refused(wrong: tuple[str, str]) -> None:
    Path("a.html").write_text(page())
    assert factcheck("add", "a.html", *wrong).status == 2
    assert not Path("corpus").exists()


def test_what_is_left_out_is_told_and_the_rest_is_taken() -> None:
    Path("saved/img").mkdir(parents=True)
    Path("saved/a.html").write_text(page())
    Path("saved/b.pdf").write_bytes(b"%PDF-1.4\nnothing")
    Path("saved/c.txt").write_text("Der Bürgermeister sagte am Freitag, dass die Brücke " * 9)
    Path("saved/img/x.png").write_bytes(b"x")
    done = factcheck("add", "saved")
    assert done.status == 3
    assert "left out   saved/b.pdf: is a PDF that cannot be read" in done.out
    assert "left out   saved/c.txt: is not in English" in done.out
    assert "files of no kind that is read: 1 .png" in done.out
    assert done.out.splitlines()[-1] == "1 new, 0 updated, 0 unchanged, 2 left out"


def test_a_report_of_the_program_is_no_article() -> None:
    Path("report.md").write_text("# Claims compared\n\nThe mayor said no.\n")
    assert "is a report of this program" in factcheck("add", "report.md").out


def test_a_path_that_is_not_there_is_wrong_usage() -> None:
    assert factcheck("add", "nowhere.html").status == 2
    done = factcheck("add", "ftp://harlow.example/a")
    assert done.status == 2
    assert "http://" in done.err


def test_addresses_and_lists_of_them(host: str) -> None:
    Path("links.txt").write_text(f"# five tabs\n{host}/article\n\n{host}/soft_404\n")
    done = factcheck("add", "links.txt", f"{host}/other", "--allow-private")
    assert done.status == 3
    assert f"left out   {host}/soft_404: is a page that says the article is not there" in done.out
    assert done.out.splitlines()[-1] == "2 new, 0 updated, 0 unchanged, 1 left out"


def test_a_feed_s_address_brings_its_articles(host: str) -> None:
    done = factcheck("add", f"{host}/feed", "--allow-private")
    assert done.out.splitlines()[-1] == "2 new, 0 updated, 0 unchanged, 0 left out"
    assert len(files()) == 2


@pytest.mark.parametrize("path", ["marked", "dated"])
def test_what_has_not_changed_is_not_sent_again(path: str) -> None:
    def add() -> str:
        done = factcheck("add", f"{host}/{path}", "--allow-private")
        return done.out.splitlines()[-1].removesuffix(", 0 left out")

    with serving() as (host, asked):
        assert add() == "1 new, 0 updated, 0 unchanged"
        (name,) = files()
        # The server would send another text, and says that it has none: nothing of it was sent.
        text = Path("corpus", name).read_text()
        Path("corpus", name).write_text(text.replace("coal bridge", "old bridge"))
        assert add() == "0 new, 0 updated, 1 unchanged"
        asked.append("next")
        assert add() == "0 new, 1 updated, 0 unchanged"
        Path("corpus", name).unlink()
        assert add() == "1 new, 0 updated, 0 unchanged", "what is gone is asked for anew"
        Path("corpus/.versions/fetched.json").write_text("{")
        assert add() == "0 new, 0 updated, 1 unchanged", "a damaged note costs a request"


def test_what_a_feed_links_to_is_asked_for_again() -> None:
    with serving() as (host, asked):
        for told in ("1 new, 0 updated, 0 unchanged", "0 new, 0 updated, 1 unchanged"):
            done = factcheck("add", f"{host}/marked_feed", "--allow-private")
            assert done.out.splitlines()[-1].startswith(told)
        assert asked.count("/article") == 2


def test_corrections_stand_in_the_file_and_are_news() -> None:
    said = "Correction: An earlier version said that the bridge was built in 1911."
    assert add(TEXT[0]).status == 0
    done = add(TEXT[0], correction=said)
    assert f"    added: {said}" in done.out
    (article,), _ = load(["corpus"], Limits())
    assert article.corrections == (said,)
    assert add(TEXT[0], correction=said).out.splitlines()[-1].startswith("0 new, 0 updated, 1 un")
    assert add(TEXT[0]).out.splitlines()[-1].startswith("0 new, 0 updated, 1 unchanged"), "it stays"
    add(f"{TEXT[1]}\n\n{said}", title="Unsafe")
    articles, _ = load(["corpus"], Limits())
    assert [article.corrections for article in articles] == [(said,), (said,)]


def test_entries_of_a_live_blog_are_articles_of_their_own() -> None:
    def update(number: int, text: str) -> dict[str, str]:
        return {
            "@type": "BlogPosting",
            "@id": f"#{number}",
            "headline": f"Update {number}",
            "datePublished": f"2025-04-12T0{number}:00:00Z",
            "articleBody": text,
        }

    def live(*texts: str) -> str:
        updates = [update(number, text) for number, text in enumerate(texts, 1)]
        node = {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": "Bridge closed: live",
            "url": "https://harlow.example/live",
            "publisher": {"name": "Harlow Post"},
            "author": {"name": "Jane Doe"},
            "liveBlogUpdate": updates,
        }
        return page(head=f'<script type="application/ld+json">{json.dumps(node)}</script>')

    assert factcheck("add", "-", stdin=live(*TEXT[:2])).out.splitlines()[-1].startswith("2 new")
    done = factcheck("add", "-", stdin=live(TEXT[0], TEXT[1].replace("forty", "fifty"), TEXT[2]))
    assert done.out.splitlines()[-1] == "1 new, 1 updated, 1 unchanged, 0 left out"
    articles, _ = load(["corpus"], Limits())
    assert [(one.title, one.published) for one in articles] == [
        (f"Update {number}", f"2025-04-12T0{number}:00:00Z") for number in (1, 2, 3)
    ]
    assert {(one.outlet, one.byline, one.url) for one in articles} == {
        ("Harlow Post", "Jane Doe", "https://harlow.example/live")
    }


def test_a_list_in_a_folder_asks_nobody() -> None:
    with serving() as (host, asked):
        Path("saved").mkdir()
        Path("saved/links.txt").write_text(f"{host}/article\n")
        Path("saved/feed.xml").write_text(
            f"<rss version='2.0'><channel><title>t</title><item><title>a</title>"
            f"<link>{host}/article</link></item></channel></rss>"
        )
        factcheck("add", "saved", "--allow-private")
        assert asked == []


def test_a_private_address_needs_leave(host: str) -> None:
    done = factcheck("add", f"{host}/article")
    assert done.status == 3
    assert "no public address; --allow-private" in done.out
    assert files() == []


def test_a_library_that_is_missing_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    done = factcheck("add", "https://harlow.example/1")
    assert done.status == 2
    assert "not installed: httpx" in done.err
    assert with_extra("web") in done.err


@pytest.mark.model
def test_from_open_tabs_to_a_report_in_one_command(host: str) -> None:
    done = factcheck(
        "compare", f"{host}/article", f"{host}/other", f"{host}/consent", "--allow-private",
        "-o", "report.json",
    )  # fmt: skip
    assert done.status == 3
    report = json.loads(Path("report.json").read_text())
    assert [article["path"] for article in report["articles"]] == [f"corpus/{f}" for f in files()]
    assert [skipped["path"] for skipped in report["skipped"]] == [f"{host}/consent"]
    # Offsets are into the files that people can open.
    texts = {a["id"]: Path(a["path"]).read_text() for a in report["articles"]}
    for claim in report["claims"]:
        shown = texts[claim["article"]][claim["start"] : claim["end"]]
        assert re.sub(r"\W", "", claim["text"]) in re.sub(r"\W", "", shown)
    assert any("closed" in claim["text"] for claim in report["claims"])


def test_no_article_at_any_address_is_told(host: str) -> None:
    done = factcheck("compare", f"{host}/consent", "--allow-private")
    assert done.status == 2
    assert "asks for consent" in done.err


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.a.example/x/", "http://a.example/x", True),
        ("https://a.example/x?utm_medium=1&id=2", "https://a.example/x?id=2", True),
        ("https://a.example/x?id=2", "https://a.example/x?id=3", False),
        ("https://a.example:8080/x", "https://a.example/x", False),
        ("https://a.example/x", "https://b.example/x", False),
    ],
)
def test_which_addresses_are_one(one: str, other: str, same: bool) -> None:
    assert (normal_url(one) == normal_url(other)) is same


def test_changes_of_a_long_text_are_counted() -> None:
    old = "\n".join(f"Line {number}" for number in range(200_000))
    assert [change.before for change in changes("a", old, "a", "x")] == ["200,000 paragraphs"]
    assert changes("a", old, "a", f"{old}\n") == ()


def test_who_names_no_outlet_is_told(here: Path) -> None:
    (here / "note.json").write_text(json.dumps({"text": TEXT[0]}))
    done = factcheck("add", "note.json")
    assert (
        "note: no outlet is told, 'note' stands in its place: say it with --outlet NAME" in done.out
    )
    assert 'outlet: "note"' in Path("corpus/note.md").read_text()
    # A text is called after its outlet, as the documentation says.
    (here / "harlow-post.txt").write_text(f"{TEXT[2]}\n")
    assert "note:" not in factcheck("add", "harlow-post.txt").out
    # What the clipboard holds has no name: no two texts of it are of one outlet.
    done = factcheck("add", "-", stdin=f"{TEXT[1]}\n")
    assert "note: no outlet is told: say it with --outlet NAME" in done.out
    assert "outlet:" not in Path("corpus/article.md").read_text()
    assert "note:" not in factcheck("add", "-", "--outlet", "Post", stdin=f"{TEXT[2]}\n").out


def test_a_feed_in_a_folder_is_read_whatever_it_is_called(here: Path) -> None:
    (here / "saved").mkdir()
    text = f"<description><![CDATA[{'<p>'.join(TEXT * 2)}]]></description>"
    (here / "saved" / "news.xml").write_text(
        "<rss version='2.0'><channel><title>Harlow Post</title>"
        f"<item><title>Bridge closed</title>{text}</item></channel></rss>"
    )
    (here / "saved" / "map.xml").write_text("<?xml version='1.0'?><urlset></urlset>")
    done = factcheck("add", "saved")
    assert "left out   saved/map.xml: is XML: only feeds are read in it" in done.out
    assert done.out.splitlines()[-1] == "1 new, 0 updated, 0 unchanged, 1 left out"


def test_a_crawler_says_when_it_took_a_text() -> None:
    add(TEXT[0], url="https://harlow.example/1", date_download="2025-04-13 10:00:00")
    (article,), _ = load(["corpus"], Limits())
    assert article.retrieved == "2025-04-13T10:00:00"
