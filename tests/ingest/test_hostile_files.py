"""Whatever lies in a folder, the articles beside it are read and the rest is told with a reason."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.config import Limits
from factcheck.errors import UsageError
from factcheck.ingest import load
from factcheck.ingest.formats import other_format

SENTENCE = "The two ministers met in Baku on Wednesday, officials said.\n"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(SENTENCE)
    return tmp_path


@pytest.fixture
def unprivileged(tmp_path: Path) -> Iterator[None]:
    """Without root's leave to read everything. The folders above become passable."""
    load([str(tmp_path)], Limits())  # what is imported on use has to be read before
    if os.geteuid() != 0:
        yield
        return
    for parent in tmp_path.parents:
        if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    tmp_path.chmod(0o755)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def skipped(*paths: Path) -> dict[str, str]:
    """The reasons of what was skipped, by name; one article has to be read beside it."""
    articles, left = load([str(path) for path in paths], Limits())
    assert [article.outlet for article in articles] == ["good"]
    assert all(record.path.isprintable() or "\n" in record.path for record in left)
    return {Path(record.path).name: record.reason for record in left}


def test_a_link_to_itself(folder: Path) -> None:
    (folder / "loop.txt").symlink_to("loop.txt")
    assert "symbolic links" in skipped(folder)["loop.txt"]
    assert "symbolic links" in skipped(folder / "good.txt", folder / "loop.txt")["loop.txt"]


def test_a_link_to_nothing(folder: Path) -> None:
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    assert "check where it points to" in skipped(folder)["dangling.txt"]
    assert "points to" in skipped(folder / "good.txt", folder / "dangling.txt")["dangling.txt"]


def test_a_link_to_another_folder_is_told(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.txt").write_text(SENTENCE)
    (folder / "linked").symlink_to(elsewhere)
    assert skipped(folder)["linked"].startswith("is a link to another folder and not followed")
    (folder / "linked").unlink()
    (folder / "own").mkdir()
    (folder / "linked").symlink_to("own")
    (folder / "up").symlink_to(".")
    assert skipped(folder) == {}


def test_a_named_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert skipped(folder)["pipe.txt"].startswith("is a named pipe")


def test_a_pipe_that_a_shell_hands_over_is_read(folder: Path) -> None:
    end, other = os.pipe()
    os.write(other, SENTENCE.encode())
    os.close(other)
    try:
        articles, left = load([f"/dev/fd/{end}"], Limits())
    finally:
        os.close(end)
    assert len(articles) == 1
    assert not left


def test_a_device(folder: Path) -> None:
    (folder / "zero.txt").symlink_to("/dev/zero")
    assert skipped(folder)["zero.txt"].startswith("is a device")


def test_a_socket(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        assert skipped(folder)["socket.txt"].startswith("is a socket")


def test_a_name_that_is_no_utf8(folder: Path) -> None:
    file = folder / os.fsdecode(b"caf\xe9.txt")
    file.write_text(SENTENCE)
    assert skipped(folder) == {"caf\ufffd.txt": "has a name that is not UTF-8; rename it"}
    given = skipped(folder / "good.txt", file)
    assert given == {"caf\ufffd.txt": "has a name that is not UTF-8; rename it"}


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_a_folder_that_is_closed(folder: Path, unprivileged: None, mode: int) -> None:
    if os.geteuid() == NOBODY:
        os.seteuid(0)
    (folder / "closed").mkdir()
    (folder / "closed" / "inside.txt").write_text(SENTENCE)
    (folder / "closed").chmod(mode)
    if os.getuid() == 0:
        os.seteuid(NOBODY)
    try:
        (reason,) = skipped(folder).values()
        assert "Permission denied" in reason
        if mode != 0o111:
            named = skipped(folder / "good.txt", folder / "closed" / "inside.txt")
            assert "Permission denied" in named["inside.txt"]
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        (folder / "closed").chmod(0o755)


def test_a_path_that_is_none(folder: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load([str(folder / "good.txt" / "inside.txt")], Limits())
    with pytest.raises(UsageError, match="no such file"):
        load(["a\0b"], Limits())


@pytest.mark.parametrize("part", ["<!-- saved -->", "<?xml?> <!---->", "<!--", "<?xml "])
def test_what_stands_before_a_tag_is_read_once(part: str) -> None:
    """A format is told by how its content begins, however often that is repeated."""
    begun = time.process_time()
    assert other_format((part * 1_000 + "The mayor said no.").encode()) in (None, "XML")
    assert other_format((part * 2 + "<html>").encode()) in ("HTML", "XML", None)
    assert time.process_time() - begun < 1
