"""Which files an assistant may have read, without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import UsageError
from factcheck.mcp.desk import Desk, Given
from factcheck.mcp.folders import Folders

TEXT = "The bridge is closed, the mayor said on Friday.\n"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    for name in ("one", "two", "outside"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(TEXT)
    (tmp_path / "one" / "link.txt").symlink_to(tmp_path / "outside" / "a.txt")
    (tmp_path / "one" / "inside.txt").symlink_to(tmp_path / "two" / "a.txt")
    (tmp_path / "claims.yaml").write_text("version: 1\n")
    return Folders([str(tmp_path / "one"), str(tmp_path / "two")])


def test_all_folders_are_read_where_none_is_named(folders: Folders) -> None:
    inputs, left = folders.files(())
    assert [item.path for item in inputs] == ["one/a.txt", "two/a.txt"]
    assert [(one.path, one.code) for one in left] == [("one/link.txt", "not-allowed")]


@pytest.mark.parametrize("path", ["one/a.txt", "a.txt", "inside.txt", "two/a.txt"])
def test_paths_count_from_the_folders(folders: Folders, path: str) -> None:
    inputs, left = folders.files([path])
    assert len(inputs) == 1 and not left


@pytest.mark.parametrize("path", ["link.txt", "../outside/a.txt", "outside/a.txt", "-", "", "\0"])
def test_other_paths_are_refused(folders: Folders, path: str) -> None:
    if path == "":
        # The folder itself.
        assert folders.resolved([path]) == [str(folders.roots[0])]
        return
    with pytest.raises(UsageError) as error:
        folders.files([path])
    assert error.value.code == "not-allowed"


def test_a_ledger_outside_is_not_read(folders: Folders, tmp_path: Path) -> None:
    assert folders.ledger(()) is None
    (tmp_path / "one" / "claims.yaml").write_text("version: 1\n")
    found = folders.ledger(["one/a.txt"])
    assert found and found.name == "claims.yaml"


def test_a_folder_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        Folders([str(tmp_path / "none")])


def test_without_folders_texts_are_needed() -> None:
    desk = Desk(Folders(()), None, None)
    for paths in ((), ["a.txt"]):
        with pytest.raises(UsageError, match="no folder may be read"):
            desk.extract(paths, (), 5)


@pytest.mark.model
def test_only_the_latest_reports_are_kept() -> None:
    desk = Desk(Folders(()), None, None)
    given = [Given(outlet="Post", text=TEXT)]
    for _ in range(18):
        desk.compare((), given, 5)
    assert desk.names() == [f"r{number}" for number in range(3, 19)]
    with pytest.raises(UsageError, match="no report 'r1'"):
        desk.report("r1")
