from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck import neighbours
from factcheck.cache import FILE_NAME
from factcheck.cache.store import Store
from factcheck.matching.stories import story
from factcheck.neighbours import Index, nearest_claims, telling_words, words_of

WORDS = ("sirocco", "almar", "sill", "harbourmaster", "ferries", "Brandt", "the", "said")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)

ASKER = """
import sys
from pathlib import Path
from factcheck.cache.store import Store
from factcheck.neighbours import Index, words_of
folder, cache = Path(sys.argv[1]), Path(sys.argv[2])
files = sorted(folder.glob("*.txt"))
for _ in range(20):
    with Store(cache) as store:
        query = words_of(files[0].read_bytes())
        print(*[file.name for file in sorted(Index(store, most=20).nearest(files, [query], 3))])
"""


def slowly(texts: list[str], query: str, limit: int, least: float) -> set[int]:
    """The same by comparing the query with every text."""

    def near(number: int) -> int:
        here, there = story(query), story(texts[number])
        return sum(
            round(here[word] * (1 << 20)) * round(there[word] * (1 << 20))
            for word in here
            if word in there
        )

    sharing = [n for n in range(len(texts)) if near(n) and near(n) >= least * (1 << 40)]
    return set(sorted(sharing, key=lambda number: (-near(number), number))[:limit])


def corpus(folder: Path, texts: list[str], age: float = 60) -> list[Path]:
    """Files with these texts that were written `age` seconds ago."""
    files = []
    for number, text in enumerate(texts):
        path = folder / f"{number:03}.txt"
        path.write_text(text)
        os.utime(path, (time.time() - age,) * 2)
        files.append(path)
    return files


@pytest.fixture(name="settled")
def settled_fixture(monkeypatch: pytest.MonkeyPatch) -> None:
    # The time of the last change of a file's status cannot be set back.
    monkeypatch.setattr("factcheck.neighbours._SETTLED_NS", 0)


@pytest.fixture(name="read")
def read_fixture(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read so far."""
    found: list[Path] = []
    read = neighbours._read

    def noted(file: Path) -> tuple[os.stat_result | None, bytes]:
        found.append(file)
        return read(file)

    monkeypatch.setattr(neighbours, "_read", noted)
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=2))
def test_finds_what_a_look_at_every_text_finds(
    before: list[str], texts: list[str], queries: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "before").mkdir()
        for cache in (root / "cache", root / "cache", None):
            with Store(cache) as store:
                Index(store).nearest(corpus(root / "before", before), [{}], 1)
                files = corpus(root, texts)
                for limit, least in ((1, 0.0), (3, 0.0), (3, 0.5)):
                    asked = [story(text) for text in queries]
                    found = Index(store).nearest(files, asked, limit, least)
                    expected = {n for text in queries for n in slowly(texts, text, limit, least)}
                    assert found == {files[number] for number in expected}


def test_words_of_too_many_articles_tell_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.neighbours.POSTINGS", 2)
    files = corpus(tmp_path, ["Sirocco Almar", "Sirocco Brandt", "Sirocco", "Almar"])
    with Store(tmp_path / "cache") as store:
        index = Index(store)
        assert index.nearest(files[:2], [story("Sirocco")], 5) == set(files[:2])
        assert index.nearest(files, [story("Sirocco")], 5) == set()
        assert index.nearest(files, [story("Sirocco Almar")], 5) == {files[0], files[3]}


@pytest.mark.usefixtures("settled")
def test_only_what_changed_is_read(tmp_path: Path, read: list[Path]) -> None:
    files = corpus(tmp_path, ["The Sirocco ran aground.", "Rain in Almar.", "Brandt resigned."])
    query = [story("The Sirocco, at last")]

    def ask() -> set[Path]:
        read.clear()
        with Store(tmp_path / "cache") as store:
            return Index(store).nearest(files, query, 5)

    assert ask() == {files[0]}
    assert read == files
    assert ask() == {files[0]}
    assert read == []
    files[1].write_text("The Sirocco sank.")
    assert ask() == {files[0], files[1]}
    assert read == [files[1]]
    files[0].unlink()
    assert ask() == {files[1]}


def test_a_file_that_was_just_written_is_not_taken_for_settled(
    tmp_path: Path, read: list[Path]
) -> None:
    files = corpus(tmp_path, ["The Sirocco ran aground."], age=0)
    for _ in range(2):
        read.clear()
        with Store(tmp_path / "cache") as store:
            Index(store).nearest(files, [story("Sirocco")], 1)
        assert read == files


@pytest.mark.usefixtures("settled")
def test_a_file_name_that_is_no_unicode_is_no_error(tmp_path: Path, read: list[Path]) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text("The Sirocco ran aground.")
    except OSError:
        pytest.skip("this file system takes Unicode names alone")
    for _ in range(2):
        with Store(tmp_path / "cache") as store:
            assert Index(store).nearest([path], [story("Sirocco")], 1) == {path}
    assert read == [path]


@pytest.mark.usefixtures("settled")
def test_another_program_indexes_anew(
    tmp_path: Path, read: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = corpus(tmp_path, ["The Sirocco ran aground."])
    with Store(tmp_path / "cache") as store:
        Index(store).nearest(files, [{}], 1)
        read.clear()
        monkeypatch.setattr("factcheck.neighbours.program_identity", lambda: "another")
        assert Index(store).nearest(files, [story("Sirocco")], 1) == set(files)
    assert read == files


@pytest.mark.usefixtures("settled")
def test_the_oldest_articles_are_forgotten_but_none_that_is_asked_about(tmp_path: Path) -> None:
    texts = [f"The Sirocco met number {number}." for number in range(40)]
    files = corpus(tmp_path, texts)
    for some in (files[:10], files[10:], files[:10], files):
        with Store(tmp_path / "cache") as store:
            found = Index(store, most=20).nearest(some, [story("Sirocco")], 50)
            assert found == set(some)
            kept = store.run(
                lambda database: database.execute(
                    "SELECT count(*), (SELECT count(DISTINCT article) FROM postings) FROM articles"
                ).fetchone()
            )
            assert kept is not None
            assert kept[0] == kept[1] <= max(20, len(some))


def test_a_damaged_or_locked_index_is_no_error(tmp_path: Path) -> None:
    import sqlite3

    files = corpus(tmp_path, ["The Sirocco ran aground."])
    with Store(tmp_path / "cache") as store:
        Index(store).nearest(files, [{}], 1)
    path = tmp_path / "cache" / FILE_NAME
    with Store(tmp_path / "cache") as store:
        store.run(lambda database: database.execute("DROP TABLE postings"))
        assert Index(store).nearest(files, [story("Sirocco")], 1) == set(files)
    path.write_bytes(b"no database" * 1000)
    with Store(tmp_path / "cache") as store:
        assert Index(store).nearest(files, [story("Sirocco")], 1) == set(files)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with Store(None) as store:
            assert Index(store).nearest(files, [story("Sirocco")], 1) == set(files)
    finally:
        other.close()


def test_two_processes_at_once(tmp_path: Path) -> None:
    files = corpus(tmp_path, [f"Sirocco {number} and {number + 1}" for number in range(60)])
    command = [sys.executable, "-c", ASKER, str(tmp_path), str(tmp_path / "cache")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    query = words_of(files[0].read_bytes())
    with Store(None) as store:
        expected = sorted(file.name for file in Index(store).nearest(files, [query], 3))
    for process in both:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert out.splitlines() == [" ".join(expected)] * 20


def test_what_is_no_text_has_no_words(tmp_path: Path) -> None:
    assert "sirocco" in words_of("The ferry Sirocco ran aground.".encode("utf-16"))
    assert words_of(bytes(range(256)) * 9) == {}
    with Store(tmp_path) as store:
        assert Index(store).nearest([tmp_path / "missing.txt"], [{"sirocco": 1.0}], 1) == set()


def test_common_words_tell_nothing() -> None:
    words = telling_words("The president said on Monday that the Sirocco ran aground off Almar.")
    assert {"sirocco", "almar"} <= words
    assert not {"the", "said", "monday", "president"} & words


def test_claims_are_near_by_their_words() -> None:
    claims = {
        "a": "The ferry Sirocco ran aground off Almar.",
        "b": "The bridge over the Sill is closed.",
        "c": "Nobody was hurt.",
    }
    assert nearest_claims(claims, ["The Sirocco hit the rocks."], 1) == {"a"}
    assert nearest_claims(claims, [], 1) == set()
