"""Files, folders and standard input become articles; nothing that cannot be read stops a run."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.config import Limits
from factcheck.errors import UsageError
from factcheck.filed import article as as_filed
from factcheck.ingest import load

CASES = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
SENTENCE = "The two ministers met in Baku on Wednesday, officials said.\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["file"]
    path.write_bytes(case["text"].encode())
    articles, skipped = load([str(path)], Limits())
    if "skipped" in case:
        assert not articles
        assert [(item.path, item.code) for item in skipped] == [(str(path), case["skipped"])]
        assert skipped[0].reason
        return
    (article,) = articles
    assert {key: getattr(article, key) for key in case["article"]} == case["article"]
    wanted = case.get("notes", [])
    assert len(article.notes) == len(wanted)
    assert all(part in note for part, note in zip(wanted, article.notes, strict=True))
    if "credits" in case:
        assert [[credit.name, credit.kind] for credit in article.credits] == case["credits"]
    for name, span in (("title", article.title_span), ("byline", article.byline_span)):
        if span:
            assert getattr(article, name) in article.text[span[0] : span[1]]
    assert as_filed(article).text == case["text"]


def test_folders_are_read_recursively_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.txt", ".hidden.txt", ".git/x.txt", "README.md", "n.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SENTENCE)
    articles, skipped = load([str(tmp_path)], Limits())
    assert [Path(a.path).relative_to(tmp_path).as_posix() for a in articles] == [
        "b.txt",
        "a/y.txt",
        "a/z.md",
    ]
    assert not skipped


def test_one_file_named_twice_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    articles, _ = load([str(tmp_path / "a.txt"), str(tmp_path), str(tmp_path / "a.txt")], Limits())
    assert len(articles) == 1


def test_ids_are_unique(tmp_path: Path) -> None:
    for folder in ("x", "y", "z"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(SENTENCE)
    (tmp_path / "z" / "a-2.txt").write_text(SENTENCE)
    articles, _ = load([str(tmp_path)], Limits())
    assert len({article.id for article in articles}) == 4


def test_who_adds_an_article_changes_no_other_s_id(tmp_path: Path) -> None:
    def ids() -> dict[str, str]:
        articles, _ = load([str(tmp_path)], Limits())
        return {str(Path(a.path).relative_to(tmp_path)): a.id for a in articles}

    for name in ("x/Storm.txt", "y/storm.txt", "y/storm.md", "rain.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SENTENCE)
    before = ids()
    assert before == {
        "rain.txt": "rain",
        "x/Storm.txt": "x-storm",
        "y/storm.md": "y-storm",
        "y/storm.txt": "y-storm-2",
    }
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "storm.txt").write_text(SENTENCE)
    assert ids() == {**before, "a/storm.txt": "a-storm"}


def test_standard_input(tmp_path: Path) -> None:
    articles, _ = load(["-"], Limits(), io.BytesIO(SENTENCE.encode()))
    assert [(a.path, a.text) for a in articles] == [("-", SENTENCE)]


@pytest.mark.parametrize("name", ["missing.txt", "no/such/folder"])
def test_a_missing_path_is_wrong_usage(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load([str(tmp_path / name)], Limits())


def test_a_folder_without_articles_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    with pytest.raises(UsageError, match="no articles"):
        load([str(tmp_path)], Limits())


def test_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(SENTENCE)
    (tmp_path / "c.txt").write_bytes(bytes(range(256)))
    articles, skipped = load([str(tmp_path)], Limits())
    assert [Path(a.path).name for a in articles] == ["b.txt"]
    assert [(Path(s.path).name, s.code) for s in skipped] == [
        ("a.txt", "empty"),
        ("c.txt", "binary"),
    ]


def test_a_file_over_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    articles, skipped = load([str(path)], Limits())
    assert not articles
    assert (skipped[0].code, "2 MB" in skipped[0].reason) == ("too-large", True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    path.chmod(0)
    _, skipped = load([str(path)], Limits())
    assert skipped[0].code == "unreadable"


def test_a_file_that_fails_while_it_is_read_is_skipped() -> None:
    # Reading a process's own memory file fails with an I/O error, whoever runs it.
    path = "/proc/self/mem"
    if not Path(path).exists():
        pytest.skip("needs a /proc file system")
    _, skipped = load([path], Limits())
    assert (skipped[0].path, skipped[0].code) == (path, "unreadable")
