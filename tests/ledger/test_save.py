"""Entries go into a ledger's text and out of it; everything else stays byte for byte."""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import ConfigurationError
from factcheck.ledger import Decision, Tracked, load, loads
from factcheck.ledger.files import locked, write_atomically
from factcheck.ledger.save import add_claims, add_decisions, remove_decision, with_entries

CASES = Path(__file__).parent / "cases" / "edits"
LEDGERS = sorted(CASES.glob("*.yaml"))
ACCEPTED = Decision.model_validate(
    {
        "decision": "finding-accepted",
        "fingerprints": ["aaaa", "bbbb"],
        "rule": "anonymous",
        "why": "They're: #known",
        "date": dt.date(2025, 4, 12),
    }
)
SAME = Decision(decision="same", fingerprints=("cccc", "dddd"))


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_adds_entries_and_nothing_else(tmp_path: Path, path: Path, ends: str) -> None:
    before = path.read_text().replace("\n", ends)
    after = with_entries(before, "decisions", [ACCEPTED, SAME], "claims.yaml")
    assert after == path.with_suffix(".after").read_text().replace("\n", ends)
    old = loads(before, "claims.yaml").decisions
    assert loads(after, "claims.yaml").decisions == (*old, ACCEPTED, SAME)
    ledger = tmp_path / "claims.yaml"
    ledger.write_bytes(after.encode())
    assert remove_decision(ledger, SAME)
    assert remove_decision(ledger, ACCEPTED)
    assert loads(ledger.read_text(), "claims.yaml").decisions == old
    assert not remove_decision(ledger, SAME)


def test_each_decision_is_a_file_of_its_own(tmp_path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    assert add_decisions(ledger, [ACCEPTED, SAME]) == (ACCEPTED, SAME)
    assert ledger.read_text() == "version: 1\n"
    files = sorted((tmp_path / "claims.d").iterdir())
    assert len(files) == 2
    assert set(load(ledger).decisions) == {ACCEPTED, SAME}
    assert add_decisions(ledger, [SAME, ACCEPTED]) == (), "what is decided is not decided again"
    later = SAME.model_copy(update={"by": "desk"})
    (tmp_path / "claims.d" / "other.yaml").write_text(
        with_entries("version: 1\n", "decisions", [later], "x")
    )
    assert len(load(ledger).decisions) == 2, "two branches decided the same"


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_removes_what_it_added(tmp_path: Path, path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    ledger.write_text(path.read_text())
    old = load(ledger)
    add_decisions(ledger, [SAME])
    once = ledger.read_text()
    add_decisions(ledger, [ACCEPTED])
    assert remove_decision(ledger, ACCEPTED)
    assert ledger.read_text() == once
    assert remove_decision(ledger, SAME)
    assert load(ledger) == old
    assert not remove_decision(ledger, SAME)


def test_a_list_in_brackets_is_left_alone(tmp_path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    text = "version: 1\ndecisions: [{decision: same, fingerprints: [a, b]}]\n"
    ledger.write_text(text)
    with pytest.raises(ConfigurationError, match=r"claims\.yaml:2:12: .*brackets"):
        with_entries(text, "decisions", [ACCEPTED], str(ledger))
    with pytest.raises(ConfigurationError, match=r"claims\.yaml:1:1: .*brackets"):
        with_entries("{version: 1, claims: []}\n", "claims", [ACCEPTED], str(ledger))
    add_decisions(ledger, [ACCEPTED])
    assert ledger.read_text() == text
    assert len(load(ledger).decisions) == 2


def test_a_broken_ledger_is_not_written(tmp_path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    ledger.write_text("version: 1\nclaimz: []\n")
    with pytest.raises(ConfigurationError, match="unknown key"):
        add_decisions(ledger, [ACCEPTED])
    assert ledger.read_text() == "version: 1\nclaimz: []\n"


def test_a_taken_id_is_refused(tmp_path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    entry = Tracked(id="bridge", statement="The bridge is closed.")
    add_claims(ledger, [entry])
    before = ledger.read_text()
    with pytest.raises(ConfigurationError, match="'bridge' is taken"):
        add_claims(ledger, [entry])
    assert ledger.read_text() == before


def test_decisions_in_a_file_that_the_ledger_then_names(tmp_path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    ledger.write_text("version: 1\n")
    assert add_decisions(ledger, [ACCEPTED], "decided.yaml") == (ACCEPTED,)
    assert add_decisions(ledger, [SAME, ACCEPTED], "decided.yaml") == (SAME,)
    assert add_decisions(ledger, [SAME]) == (), "known from the other file"
    assert loads(ledger.read_text(), "x").decision_files == ("decided.yaml",)
    assert load(ledger).decisions == (ACCEPTED, SAME)


def test_keeps_permissions_and_links(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text("version: 1\n")
    real.chmod(0o640)
    link = tmp_path / "claims.yaml"
    link.symlink_to(real)
    add_claims(link, [Tracked(id="bridge", statement="The bridge is closed.")])
    add_decisions(link, [ACCEPTED])
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert load(link).decisions == (ACCEPTED,)


def test_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / ".claims.yaml.factcheck-0123.tmp").write_text("left by a killed process")
    (tmp_path / "claims.d").mkdir()
    (tmp_path / "claims.d" / ".aa.yaml.factcheck-0123.tmp").write_text("left by a killed process")
    add_decisions(tmp_path / "claims.yaml", [ACCEPTED])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.d", "claims.yaml"]
    assert len(list((tmp_path / "claims.d").iterdir())) == 1


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "half a text \ud800")
    assert [path.name for path in tmp_path.iterdir()] == ["claims.yaml"]
    assert path.read_text() == "old"


def test_waits_for_the_lock_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "claims.yaml"
    monkeypatch.setattr("factcheck.ledger.files.LOCK_SECONDS", 0.1)
    code = (
        "import sys, time; from pathlib import Path; from factcheck.ledger.files import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(ConfigurationError, match="another factcheck is writing"):
            add_decisions(path, [ACCEPTED])
        other.communicate()
    with locked(path):
        pass


WRITER = """
import sys
from pathlib import Path
from factcheck.ledger import Decision
from factcheck.ledger.save import add_decisions
path, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    entry = Decision(decision="same", fingerprints=(f"{name}{number:04}", "other"))
    add_decisions(path, [entry])
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("# kept\nversion: 1\n")
    both = [writer(path, name, 25) for name in ("a", "b")]
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    found = {entry.fingerprints[0] for entry in load(path).decisions}
    assert found == {f"{name}{number:04}" for name in ("a", "b") for number in range(25)}
    assert path.read_text().startswith("# kept\n")


# Each child is killed one step further into its write: whatever the machine's speed, all moments
# between two things done to files are met.
KILLED = """
import os, signal, sys
from pathlib import Path
from factcheck.ledger import Decision, load
from factcheck.ledger.save import add_decisions

FIRST, SECOND = (Decision(decision="same", fingerprints=(name, "other")) for name in "ab")

def killed_at(last, path):
    # Whether a process that adds the second decision gets as far as its step `last`.
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    steps = 0

    def step(event, arguments):
        nonlocal steps
        if event.partition(".")[0] in ("open", "os", "shutil", "tempfile"):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    add_decisions(path, [SECOND])
    os._exit(0)

found = []
for last in range(1, 1_000):
    path = Path(sys.argv[1], str(last), "claims.yaml")
    path.parent.mkdir()
    path.write_text("version: 1\\n")
    add_decisions(path, [FIRST])
    killed = killed_at(last, path)
    found.append(sorted(entry.fingerprints[0] for entry in load(path).decisions))
    add_decisions(path, [SECOND])
    assert sorted(item.name for item in path.parent.iterdir()) == ["claims.d", "claims.yaml"]
    assert len(list((path.parent / "claims.d").iterdir())) == 2
    if not killed:
        break
print("".join(str(len(names)) for names in found))
assert all("a" in names for names in found), "what was there stays"
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_any_moment_the_ledger_is_whole(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch("1{5,}2{2,}", done.stdout.strip()), "first it is not there, then it is"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)
ENTRIES = st.builds(
    Tracked,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True),
    statement=TEXT,
    speaker=st.none() | TEXT,
    note=st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    slots=st.dictionaries(TEXT, TEXT, max_size=2),
    date=st.none() | st.dates(),
    minimum_origins=st.none() | st.integers(1, 9),
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([path.read_text() for path in LEDGERS]),
    st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda entry: entry.id),
)
def test_whatever_is_added_is_read_again(before: str, entries: list[Tracked]) -> None:
    old = loads(before, "x")
    taken = {entry.id for entry in old.claims}
    entries = [entry for entry in entries if entry.id not in taken]
    after = with_entries(before, "claims", entries, "x")
    assert loads(after, "x").claims == (*old.claims, *entries)
    for line in before.splitlines():
        assert line.startswith("claims:") or line in after.splitlines()
