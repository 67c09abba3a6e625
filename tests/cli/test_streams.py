"""Outputs that cannot be written, and outputs that are no files: told, and nothing destroyed."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from factcheck.ledger.files import write_atomically

ROOT = Path(__file__).parents[2]
STORIES = Path(__file__).parent / "stories"
PROGRAM = [sys.executable, "-m", "factcheck"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `$FC` is the program."""
    environment = {
        **os.environ,
        "FC": " ".join(PROGRAM),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(folder),
    }
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("command", ["rules", "schema report", "--help"])
@pytest.mark.parametrize("target", ["> /dev/full", ">&-"])
def test_an_output_that_is_full_or_closed(command: str, target: str, tmp_path: Path) -> None:
    done = shell(f"$FC {command} {target}", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: standard output cannot be written: ")
    assert done.stderr.count("\n") == 2
    assert not list(tmp_path.glob("factcheck-crash-*"))


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_fills_up_is_told(unbuffered: str, tmp_path: Path) -> None:
    """What fits is written, and the rest is never lost in silence."""
    line = f"ulimit -f 2; PYTHONUNBUFFERED={unbuffered} $FC schema report > out"
    done = shell(line, tmp_path)
    assert (tmp_path / "out").stat().st_size == 2048
    assert done.returncode == 2
    assert done.stderr.startswith("error: standard output cannot be written: ")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_lines_are_as_wide_as_the_terminal(unbuffered: str, tmp_path: Path) -> None:
    """Also where Python has been told not to buffer, as in most containers."""
    line = (
        f"unset COLUMNS; export PYTHONUNBUFFERED={unbuffered}; "
        "script -qec 'stty cols 60; '\"$FC explain --help\" /dev/null < /dev/null"
    )
    if shutil.which("script") is None:
        pytest.skip("no script to open a terminal with")
    told = shell(line, tmp_path).stdout.splitlines()
    assert 50 < max(map(len, told)) <= 60


@pytest.mark.model
@pytest.mark.parametrize("form", ["terminal", "json", "html"])
def test_a_report_to_a_full_output(form: str, tmp_path: Path) -> None:
    done = shell(f"$FC compare {STORIES} --no-ledger -f {form} > /dev/full", tmp_path)
    assert done.returncode == 2
    assert "No space left" in done.stderr


@pytest.mark.model
def test_a_closed_output_is_no_matter_where_a_file_is_asked_for(tmp_path: Path) -> None:
    line = f"$FC compare {STORIES} --no-ledger -f json -o report.json >&- 2>&-"
    assert shell(line, tmp_path).returncode == 0
    assert (tmp_path / "report.json").stat().st_size


def test_who_reads_no_more_is_no_error(tmp_path: Path) -> None:
    done = shell("$FC schema report | head -c 1; echo ${PIPESTATUS[0]}", tmp_path)
    assert done.stdout.splitlines()[-1].endswith("0")
    assert done.stderr == ""


def test_a_device_is_written_into(tmp_path: Path) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes devices")
    write_atomically(device, "report")
    assert stat.S_ISCHR(device.stat().st_mode)
    assert [path.name for path in tmp_path.iterdir()] == ["null"]


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_atomically(pipe, "report\n")
    reader.join(10)
    assert read == ["report\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_standard_output_by_its_name_in_a_pipe(tmp_path: Path) -> None:
    script = "from pathlib import Path; from factcheck.ledger.files import write_atomically as w; "
    script += "w(Path('/dev/stdout'), 'report')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "report")


def test_what_is_read_only_is_left_alone(tmp_path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    ledger.write_text("version: 1\n")
    ledger.chmod(0o444)
    with pytest.raises(PermissionError, match="read-only"):
        write_atomically(ledger, "version: 2\n")
    assert ledger.read_text() == "version: 1\n"
    assert [path.name for path in tmp_path.iterdir()] == ["claims.yaml"]


@pytest.mark.parametrize(
    "name", ["a\n::error::FORGED.txt", "##[error]x.txt", "\x1b[31mred\u202e.txt"]
)
def test_a_path_in_a_message_stays_a_path(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "compare", name], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert not any(line.startswith("::") for line in done.stderr.splitlines())
    assert not any(part in done.stderr for part in ("::error", "##[", "\x1b[31mred", "\u202e"))


@pytest.mark.model
def test_without_assertions_and_docstrings() -> None:
    sample = [
        "corpus/harbour-courier.md",
        "corpus/old-mill-gazette.md",
        "corpus/lantern-street.txt",
    ]
    program = ["-m", "factcheck", "check", *sample, "--show", "note"]
    plain, bare = (
        subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True)
        # What another test has read will do for the one; the other reads all anew.
        for arguments in (program, ["-OO", *program, "--no-cache"])
    )
    assert plain.stdout
    assert (bare.returncode, bare.stdout, bare.stderr) == (
        plain.returncode,
        plain.stdout,
        plain.stderr,
    )


def test_a_closed_standard_input(tmp_path: Path) -> None:
    done = shell("$FC compare - <&-", tmp_path)
    assert done.returncode == 2
    assert "there is no standard input" in done.stderr
