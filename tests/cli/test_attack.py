"""What an attack on paths, ledgers and options found: it is told, and nothing stops or is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factcheck import cli as command_line
from factcheck.config import Limits
from factcheck.errors import ConfigurationError
from factcheck.ingest import load
from factcheck.ledger import load as load_ledger
from factcheck.ledger.files import write_atomically
from factcheck.ledger.save import add_decisions
from factcheck.safe import plain
from tests.cli.desk import factcheck
from tests.cli.test_streams import shell

LONG = "a" * 300
ARTICLE = "The two ministers met in Baku on Wednesday, officials said.\n"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", ["", LONG, f"one.md/{LONG}", "/".join(["a"] * 3000)])
def test_a_path_that_is_none(path: str, folder: Path) -> None:
    done = factcheck("compare", path)
    assert done.status in (2, 3)
    assert "Traceback" not in done.err


@pytest.mark.model
def test_a_name_too_long_beside_a_good_file(folder: Path) -> None:
    done = factcheck("compare", LONG, "one.md")
    assert done.status == 3
    assert "1 article" in done.out
    assert "name too long" in done.out


@pytest.mark.model
def test_a_number_that_python_refuses(folder: Path) -> None:
    (folder / "long.md").write_text(f"The bridge is closed, police said 1–{'9' * 4301}.\n")
    done = factcheck("compare", str(folder))
    assert done.status == 0
    assert "3 articles" in done.out


@pytest.mark.parametrize("option", ["--by", "--why", "--to"])
def test_an_option_that_is_no_text(option: str, folder: Path) -> None:
    done = factcheck("accept", "--all", "one.md", option, os.fsdecode(b"\xff"))
    assert done.status == 2
    assert "it is not UTF-8" in done.err


@pytest.mark.parametrize("target", ["/dev/full", "/dev/zero", "pipe", LONG])
def test_a_ledger_that_is_no_file(target: str, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(ConfigurationError):
        load_ledger(Path(target))
    ledger = folder / "claims.yaml"
    ledger.write_text(f"version: 1\ndecision_files: ['{target}']\n")
    with pytest.raises(ConfigurationError):
        load_ledger(ledger)


def test_a_pipe_that_nobody_reads_is_not_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.ledger.files.PIPE_SECONDS", 0.1)
    os.mkfifo(folder / "pipe")
    with pytest.raises(OSError, match="No such device"):
        write_atomically(folder / "pipe", "report")


@pytest.mark.parametrize("name", ["event.yaml", "post.tagged.md"])
@pytest.mark.parametrize("kind", ["bytes", "folder", "pipe"])
def test_an_event_that_cannot_be_read(name: str, kind: str, tmp_path: Path) -> None:
    from tests.evaluation.test_tagged import event

    path = event(tmp_path) / name
    path.unlink()
    if kind == "bytes":
        path.write_bytes(b"\xff\xfe\xff")
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    done = factcheck("evaluate", "compile", str(tmp_path), str(tmp_path / "out"))
    assert done.status == 2
    assert name in done.err


@pytest.mark.model
@pytest.mark.parametrize("target", ["one.md", "claims.yaml"])
def test_no_report_replaces_what_was_read(target: str, folder: Path) -> None:
    (folder / "claims.yaml").write_text("# ours\nversion: 1\n")
    before = (folder / target).read_bytes()
    for command in ("compare", "check"):
        done = factcheck(command, str(folder), "-f", "json", "-o", target)
        assert done.status == 2
        assert "this file was read" in done.err
    assert (folder / target).read_bytes() == before


def test_files_of_others_beside_the_ledger_stay(folder: Path) -> None:
    from tests.ledger.test_save import ACCEPTED

    names = (".claims.yaml.notes.tmp", ".claims.yaml.lock")
    for name in names:
        (folder / name).write_text("mine")
    add_decisions(folder / "claims.yaml", [ACCEPTED])
    assert all((folder / name).read_text() == "mine" for name in names)


def test_a_byte_order_mark_stays(folder: Path) -> None:
    from tests.ledger.test_save import ACCEPTED

    ledger = folder / "claims.yaml"
    ledger.write_bytes(b"\xef\xbb\xbfversion: 1\n")
    add_decisions(ledger, [ACCEPTED])
    assert ledger.read_bytes().startswith(b"\xef\xbb\xbfversion: 1\n")


@pytest.mark.parametrize("name", ["../out.yaml", "/out.yaml", "a/../../out.yaml"])
def test_decisions_stay_beside_the_ledger(name: str, folder: Path) -> None:
    from tests.ledger.test_save import ACCEPTED

    with pytest.raises(ConfigurationError, match="beside the ledger"):
        add_decisions(folder / "claims.yaml", [ACCEPTED], name)


def test_the_sample_is_not_written_through_a_link(folder: Path) -> None:
    (folder / "new").mkdir()
    (folder / "new" / "claims.yaml").symlink_to(folder / "elsewhere.yaml")
    assert factcheck("init", str(folder / "new")).status == 2
    assert not (folder / "elsewhere.yaml").exists()


def test_two_ledgers_are_asked_about(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "one.md").write_text(ARTICLE)
        (folder / name / "claims.yaml").write_text("version: 1\n")
    for order in (["a", "b"], ["b", "a"]):
        done = factcheck("compare", *order)
        assert done.status == 2
        assert "several ledgers apply: a/claims.yaml, b/claims.yaml" in done.err


def test_a_link_and_its_file_are_told_by_the_file_s_name(folder: Path) -> None:
    (folder / "alias.md").symlink_to("one.md")
    for order in (["one.md", "alias.md"], ["alias.md", "one.md"]):
        articles, _ = load(order, Limits())
        assert [article.path for article in articles] == ["one.md"]


@pytest.mark.parametrize("point", [0x2065, 0xFFF0, 0x1D173, 0x1BCA0, 0x13430, 0xE0001, 0x200B])
def test_nothing_invisible_is_printed(point: int) -> None:
    assert plain(f"a{chr(point)}b") == "ab"


LOADED = "import factcheck.__main__ as program; print(flush=True); program.main()"


@pytest.mark.parametrize("delay", [0.03, 0.06, 0.1, 0.15, 0.2])
def test_an_interrupt_while_the_program_is_loaded(delay: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LOADED, "rules"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    process.stdout.readline()  # From here on the interrupt is ours, not Python's.
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert "factcheck/" not in err  # no traceback of ours


class PanicException(BaseException):
    """What a library written in Rust raises, where it is interrupted or fails."""


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ("Error building schema:\n  KeyboardInterrupt: ", 130, "interrupted"),
        ("index out of bounds", 70, "bug"),
    ],
)
def test_a_panic_of_a_library_is_no_traceback(
    told: str,
    status: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def panic(**_: object) -> None:
        raise PanicException(told)

    monkeypatch.setattr(command_line.cli, "main", panic)
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == status
    assert words in capsys.readouterr().err


@pytest.mark.model
def test_closed_streams_of_a_review(folder: Path) -> None:
    done = shell(f"$FC review {folder} <&- 2>&-", folder)
    assert done.returncode in (0, 2)
