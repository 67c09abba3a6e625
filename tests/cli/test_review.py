"""`review` at a real terminal: one key a question, saved at once, undone, interrupted."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from factcheck.ledger import load

from .desk import desk_fixture, factcheck, story

__all__ = ["desk_fixture"]

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]


@pytest.fixture(name="questions")
def questions_fixture(desk: Path) -> Path:
    """A desk with two open conflicts."""
    story("courier.md")
    for name, ships in (("herald", "seven"), ("courier", "nine")):
        path = Path("corpus", f"{name}.md")
        sentence = f"The harbour master turned away {ships} ships from the eastern pier."
        path.write_text(f"{path.read_text()}\n{sentence}\n")
    return desk


def review(*arguments: str) -> pexpect.spawn[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "COLUMNS": "80"}
    return pexpect.spawn(
        sys.executable,
        ["-m", "factcheck", "review", *arguments],
        env=environment,
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )


def decided() -> list[str]:
    path = Path("claims.yaml")
    return [entry.decision for entry in load(path).decisions] if path.exists() else []


def test_one_key_a_question_saved_at_once(questions: Path) -> None:
    with review("--by", "desk") as terminal:
        terminal.expect(r"1 of \d+ \[g\d+\] figure differs: 15 injured")
        terminal.expect(r"A  .*corpus/\w+\.md:9")
        terminal.expect(r"\[a\]ccept the conflict  \[n\]ot the same  s\[k\]ip")
        assert decided() == []
        terminal.send("o")
        terminal.expect("note")
        terminal.sendline("The coast guard gave both.")
        terminal.expect(r"\[q\]uit > ")
        terminal.send("a")
        terminal.expect(r"2 of \d+")
        terminal.expect(r"\[q\]uit > ")
        (entry,) = load(Path("claims.yaml")).decisions
        assert (entry.decision, entry.by, entry.slot) == ("conflict-accepted", "desk", "figure")
        assert entry.why == "The coast guard gave both."
        terminal.send("u")
        terminal.expect(r"1 of \d+ .*figure differs")
        assert decided() == [], "undone in the file, too"
        terminal.expect(r"\[q\]uit > ")
        terminal.send("n")
        terminal.expect(r"2 of \d+")
        terminal.expect(r"\[q\]uit > ")
        assert decided() == ["different"]
        terminal.send("q")
        terminal.expect("1 decided, saved in claims.d")
        terminal.expect(pexpect.EOF)
    assert terminal.exitstatus == 0


def test_an_interruption_loses_nothing_and_nothing_is_asked_again(questions: Path) -> None:
    with review() as terminal:
        terminal.expect(r"1 of (\d+)")
        total = int(terminal.match[1])
        terminal.expect(r"\[q\]uit > ")
        terminal.send("a")
        terminal.expect(r"2 of \d+")
        terminal.sendintr()
        terminal.expect("1 decided, saved in claims.d")
        terminal.expect(pexpect.EOF)
    assert decided() == ["conflict-accepted"]
    again = factcheck("review", stdin="q\n").out
    assert "15 injured" not in again
    assert f"1 of {total - 1}" in again


def test_killed_between_two_answers(questions: Path) -> None:
    with review() as terminal:
        terminal.expect(r"\[q\]uit > ")
        terminal.send("a")
        terminal.expect(r"2 of \d+")
        terminal.kill(9)
    assert decided() == ["conflict-accepted"]


def test_lines_instead_of_keys_without_a_terminal(questions: Path) -> None:
    done = factcheck("review", stdin="u\nz\nk\nu\na\n" + "k\n" * 9 + "q\n")
    assert done.status == 0
    assert "nothing to undo" in done.out
    assert "\x1b" not in done.out
    assert done.out.count("15 injured (Harbour Courier)") == 3
    assert "all answered" in done.out
    assert decided() == ["conflict-accepted"]
    marked = re.findall(r"^ {3}\S.*$", done.out, re.MULTILINE)
    assert any("*" in line for line in marked), "the differing words are marked without colour"


def test_a_question_mark_explains_the_keys_and_shows_more(questions: Path) -> None:
    done = factcheck("review", stdin="?\nq\n")
    first, _, second = done.out.partition("[?] help  [q]uit > ?\n")
    assert "[a]ccept the conflict" in first
    for key in ("a", "n", "k", "o", "u", "q"):
        assert re.search(rf"^  {key}  [A-Z].*[.]$", second, re.MULTILINE)
    assert not re.search(r"^  s  ", second, re.MULTILINE), "no key that this question has not"
    assert "The harbour master has closed" not in first
    assert "The harbour master has closed" in second, "the sentence before, too"
    assert second.count("1 of ") == 1
    assert decided() == []


def test_the_end_of_input_ends_it(questions: Path) -> None:
    done = factcheck("review", stdin="")
    assert done.status == 0
    assert done.out.endswith("0 decided, saved in claims.d\n")


def test_nothing_to_review(desk: Path) -> None:
    Path("corpus/post.md").unlink()
    assert factcheck("review").out == "nothing to review\n"


def test_needs_a_ledger_to_write_to(desk: Path) -> None:
    assert factcheck("review", "--no-ledger").status == 2
