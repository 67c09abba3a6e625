"""Articles come back from the cache as they were read, and never for another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck import ingest
from factcheck.cache import Cache
from factcheck.config import Limits
from factcheck.ingest import discover, read
from factcheck.ingest.decode import decode
from factcheck.records import Article, Skipped

TEXT = "# Ships turn back\n\nPORT ALMAR – About 40 ships were turned away on Monday, pilots said.\n"
FAMILIES = {"herald": "Sill Group"}


def load(
    folder: Path, cache: Path | None, families: dict[str, str] = FAMILIES
) -> tuple[list[Article], list[Skipped]]:
    with Cache(cache) as some:
        return read(discover([str(folder)], Limits()), Limits(), None, families, some.articles)


@pytest.fixture(name="corpus")
def corpus_fixture(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "herald.md").write_text(TEXT)
    (folder / "post.txt").write_text(TEXT)
    (folder / "broken.txt").write_bytes(bytes(range(256)))
    return folder


def test_come_back_as_they_were_read(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = load(corpus, None)
    assert [article.family for article in made[0]] == ["Sill Group", "post"]
    assert load(corpus, tmp_path / "cache") == made

    read_again: list[bytes] = []

    def noted(data: bytes) -> str:
        read_again.append(data)
        return decode(data)

    monkeypatch.setattr(ingest, "decode", noted)
    assert load(corpus, tmp_path / "cache") == made
    assert read_again == [(corpus / "broken.txt").read_bytes()]


def test_what_an_article_depends_on_counts(corpus: Path, tmp_path: Path) -> None:
    load(corpus, tmp_path / "cache")
    assert load(corpus, tmp_path / "cache", {}) == load(corpus, None, {})
    path = corpus / "herald.md"
    path.write_text(TEXT.replace("40", "41"))
    path.rename(corpus / "north-herald.md")
    assert load(corpus, tmp_path / "cache") == load(corpus, None)


def test_a_file_name_that_is_no_unicode_is_no_error(corpus: Path, tmp_path: Path) -> None:
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    try:
        (corpus / name).write_text(TEXT)
    except (OSError, UnicodeError):
        pytest.skip("this file system takes Unicode names alone")
    made = load(corpus, None)
    assert load(corpus, tmp_path / "cache") == load(corpus, tmp_path / "cache") == made
