from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.cache import FILE_NAME, default_folder, program_identity, store
from factcheck.cache.entries import MAX_BYTES, Entries
from factcheck.cache.identity import contents
from factcheck.cache.readings import ReadingCache
from factcheck.cache.store import Store
from factcheck.hashing import key

WRITER = """
import sys
from pathlib import Path
from factcheck.cache.entries import Entries
from factcheck.cache.readings import ReadingCache
from factcheck.cache.store import Store
folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Store(folder) as store:
    entries, readings = Entries(store), ReadingCache(store)
    print("ready", flush=True)
    for number in range(count):
        entries.put(f"{name}-{number}", f"{name} {number} ".encode() * 50)
        if number % 50 == 0:
            entries.flush()
            readings.put({f"{name}-{number}": b"reading %d" % number})
    entries.flush()
"""


class Cache(Entries):
    """Entries in a store of their own, written at the end."""

    def __init__(self, folder: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self.store = Store(folder)
        super().__init__(self.store, max_bytes)

    def __enter__(self) -> Self:
        self.store.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.flush()
        self.store.__exit__(None, None, None)


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def test_keeps_over_runs(tmp_path: Path) -> None:
    with Cache(tmp_path) as first:
        first.put("a", b"\x00one")
        assert first.get("a") == b"\x00one"
        assert first.get("b") is None
    with Cache(tmp_path) as second:
        assert second.get("a") == b"\x00one"


def test_remembers_nothing_without_a_folder(tmp_path: Path) -> None:
    with Cache(None) as nothing:
        nothing.put("a", b"one")
        assert nothing.get("a") is None


def test_may_be_deleted(tmp_path: Path) -> None:
    with Cache(tmp_path) as first:
        first.put("a", b"one")
    (tmp_path / FILE_NAME).unlink()
    with Cache(tmp_path) as second:
        assert second.get("a") is None
        second.put("a", b"two")
    with Cache(tmp_path) as third:
        assert third.get("a") == b"two"


@pytest.mark.parametrize("damage", ["text", "head", "pages", "cut"])
def test_a_damaged_file_is_replaced(tmp_path: Path, damage: str) -> None:
    with Cache(tmp_path) as first:
        for number in range(300):
            first.put(str(number), os.urandom(400))
    path = tmp_path / FILE_NAME
    data = bytearray(path.read_bytes())
    match damage:
        case "text":
            data = bytearray(b"not a database\n" * 1000)
        case "head":
            data[:100] = bytes(100)
        case "pages":
            data[4096:] = bytes(b ^ 0x5A for b in data[4096:])
        case "cut":
            del data[len(data) // 2 :]
    path.write_bytes(data)
    with Cache(tmp_path) as second:
        for number in range(300):
            second.get(str(number))
        second.put("new", b"value")
    with Cache(tmp_path) as third:
        third.put("newer", b"value")
    with Cache(tmp_path) as fourth:
        assert fourth.get("newer") == b"value"


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Cache(tmp_path / "file" / "below") as nothing:
        nothing.put("a", b"one")
        assert nothing.get("a") is None


def test_a_locked_file_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_SECONDS", 0.05)
    import sqlite3

    with Cache(tmp_path) as first:
        first.put("a", b"one")
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with Cache(tmp_path) as second:
        assert second.get("a") in (b"one", None)
        second.put("b", b"two")
    other.close()
    with Cache(tmp_path) as third:
        assert third.get("a") == b"one"


def test_is_bounded_and_forgets_the_oldest(tmp_path: Path) -> None:
    def fill(name: str) -> None:
        with Cache(tmp_path, max_bytes=50_000) as some:
            some.get("first-0")
            for number in range(10):
                some.put(f"{name}-{number}", os.urandom(1000))

    for name in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh"):
        fill(name)
    with Cache(tmp_path, max_bytes=50_000) as last:
        kept = [
            f"{name}-{number}"
            for name in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
            for number in range(10)
            if last.get(f"{name}-{number}")
        ]
    assert 20 <= len(kept) <= 50
    assert "first-0" in kept, "what is used stays"
    assert "first-1" not in kept
    assert "seventh-9" in kept


def test_two_processes_at_once(tmp_path: Path) -> None:
    with Cache(tmp_path) as some:
        some.put("a", b"one")
    both = [writer(tmp_path, name, 400) for name in ("x", "y")]
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with Cache(tmp_path) as after:
        for name in ("x", "y"):
            for number in range(400):
                assert after.get(f"{name}-{number}") == f"{name} {number} ".encode() * 50
            numbers = range(0, 400, 50)
            readings = ReadingCache(after.store).get([f"{name}-{number}" for number in numbers])
            assert readings == {f"{name}-{number}": b"reading %d" % number for number in numbers}


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    for attempt in range(5):
        process = writer(tmp_path, f"run{attempt}", 100_000)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.02 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Cache(tmp_path) as after:
            for number in range(0, 2000, 37):
                value = after.get(f"run{attempt}-{number}")
                assert value in (None, f"run{attempt} {number} ".encode() * 50)
            for number in range(0, 2000, 50):
                readings = ReadingCache(after.store).get([f"run{attempt}-{number}"])
                assert set(readings.values()) <= {b"reading %d" % number}
            after.put("still", b"works")
            after.flush()
            assert after.get("still") == b"works"


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=9), st.binary(max_size=60), max_size=40))
def test_readings_come_back_to_the_bit(readings: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Store(Path(folder)) as some:
            ReadingCache(some).put(readings)
        with Store(Path(folder)) as some:
            assert ReadingCache(some).get([*readings, "another name"]) == readings


def test_readings_are_bounded_and_another_programs_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as some:
        readings = ReadingCache(some, most=1500)
        for run in range(5):
            readings.put({f"{run}-{number}": b"%d" % number for number in range(500)})
        assert len(readings.get([f"{run}-{n}" for run in range(5) for n in range(500)])) == 1500
        assert len(readings.get([f"4-{n}" for n in range(500)])) == 500, "the newest stay"
        monkeypatch.setattr("factcheck.cache.readings.program_identity", lambda: "another")
        assert readings.get(["4-1"]) == {}


def test_a_damaged_reading_is_not_taken(tmp_path: Path) -> None:
    with Store(tmp_path) as some:
        ReadingCache(some).put({str(number): b"reading %d" % number for number in range(100)})
    path = tmp_path / FILE_NAME
    data = path.read_bytes()
    # The pages from the one that holds the rows on, a byte in sixteen.
    path.write_bytes(data[:4096] + bytes(b ^ (n % 16 == 0) for n, b in enumerate(data[4096:])))
    with Store(tmp_path) as some:
        found = ReadingCache(some).get([str(number) for number in range(100)])
    assert found.items() <= {str(number): b"reading %d" % number for number in range(100)}.items()


def test_nothing_is_remembered_of_readings_without_a_folder() -> None:
    with Store(None) as nothing:
        ReadingCache(nothing).put({"a": b"1.5"})
        assert ReadingCache(nothing).get(["a"]) == {}


@given(st.lists(st.text(max_size=4)), st.lists(st.text(max_size=4)))
def test_keys_differ_where_the_parts_do(one: list[str], other: list[str]) -> None:
    assert (key(*one) == key(*other)) == (one == other)


def test_identity_sees_a_changed_program() -> None:
    assert program_identity() == program_identity()
    assert program_identity(("numpy",)) != program_identity(("pydantic",))


def test_the_folder_is_chosen_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("FACTCHECK_CACHE", raising=False)
    assert default_folder() == tmp_path / "xdg" / "factcheck"
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "own"))
    assert default_folder() == tmp_path / "own"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX homes")
def test_no_folder_is_left_where_somebody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCHECK_CACHE", raising=False)
    for home, base in (("", ""), ("", "relative"), ("relative", "")):
        monkeypatch.setenv("HOME", home)
        monkeypatch.setenv("XDG_CACHE_HOME", base)
        assert default_folder() is None
    monkeypatch.setenv("HOME", "/home/desk")
    monkeypatch.setenv("FACTCHECK_CACHE", "~/kept")
    assert default_folder() == Path("/home/desk/kept")


def installed(folder: Path, code: str, age: float) -> tuple[Path, Path]:
    """A package of two files as an installer leaves it, `age` seconds ago, and its record."""
    root = folder / "package"
    (root / "models").mkdir(parents=True)
    rows = []
    for name, text in (("code.py", code), ("models/weights.bin", "1234")):
        (root / name).write_text(text)
        os.utime(root / name, (time.time() - age,) * 2)
        digest = hashlib.sha256(text.encode()).hexdigest()
        rows.append(f"package/{name},sha256={digest},{len(text)}\n")
    record = folder / "RECORD"
    record.write_text("".join(rows) + "RECORD,,\n")
    os.utime(record, (time.time() - age,) * 2)
    return root, record


def test_the_same_version_installed_elsewhere_is_the_same_program(tmp_path: Path) -> None:
    one = installed(tmp_path / "one", "code = 1", age=9000)
    same = installed(tmp_path / "same", "code = 1", age=60)
    other = installed(tmp_path / "other", "code = 2", age=60)
    assert contents(*one) == contents(*same) != contents(*other)
    assert contents(one[0], None) != contents(same[0], None), "a checkout goes by its times"
    (same[0] / "code.py").write_text("code = 3")
    assert contents(*one) != contents(*same), "changed where it was installed"
    (one[0] / "more.py").write_text("")
    assert len(contents(*one)) == 3
