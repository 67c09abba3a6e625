"""`factcheck review`: a person decides what the program is not sure of, one key a question."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli import options

if TYPE_CHECKING:
    from factcheck.ledger.models import Decision
    from factcheck.ledger.questions import Answer, Question
    from factcheck.records import Report
    from factcheck.reports.view import View

_KEYS = {
    "s": "[s]ame",
    "a": "[a]ccept the conflict",
    "n": "[n]ot the same",
    "k": "s[k]ip",
    "o": "n[o]te",
    "u": "[u]ndo",
    "?": "[?] help",
    "q": "[q]uit",
}
_HELP = {
    "s": "Both say the same: they are told in one statement, whatever their words.",
    "a": "They contradict each other, and that is to stand: it is not told again until another"
    " value joins.",
    "n": "They do not speak of the same thing: they are never held against each other.",
    "k": "Not decided: it is asked again in the next review.",
    "o": "Write why; it is kept with the next answer.",
    "u": "Take the answer before back, also out of the ledger.",
    "q": "End here; every answer so far is saved.",
}
_ANSWERS: dict[str, Answer] = {"s": "same", "a": "accepted", "n": "different"}


@click.command("review", short_help="Decide uncertain links and conflicts, one key each.")
@options.paths_argument
@options.input_options
@click.option("--by", type=options.text, help="Who decides; kept with every decision.")
def command(
    paths: tuple[str, ...],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    by: str | None,
) -> None:
    """Walk through open conflicts, uncertain links and links almost made; one key decides each.

    Both texts are shown with the differing words between asterisks. Every answer is saved in
    the ledger at once, so a review can be interrupted at any moment and taken up again; what is
    decided is not asked again.
    """
    from factcheck.cli.accept import target
    from factcheck.ledger.load import folder_of
    from factcheck.ledger.questions import questions
    from factcheck.safe import plain

    if no_ledger:
        raise click.UsageError("'review' writes into the ledger; --no-ledger leaves none.")
    checked = options.check(paths, ledger_path, no_ledger, no_cache, quiet=False)
    if checked is None:
        click.echo("no articles: nothing to review")
        return
    asked = questions(checked.report, checked.ledger, checked.outcome.open)
    if not asked:
        click.echo("nothing to review")
        return
    where = target(checked.ledger_path, ledger_path, paths)
    view = options.make_view(no_color=True, quiet=False, show_all=False)
    session = _Session(where, checked.report, asked, view, by)
    try:
        session.walk()
    finally:
        click.echo(plain(f"{session.saved} decided, saved in {folder_of(where)}"))


@dataclass
class _Session:
    """Where a review stands. `done` is the way back: what each question so far was answered."""

    where: Path
    report: Report
    asked: list[Question]
    view: View
    by: str | None
    note: str = ""
    done: list[tuple[Decision, ...]] = field(default_factory=list)

    @property
    def saved(self) -> int:
        return sum(bool(decisions) for decisions in self.done)

    def walk(self) -> None:
        """Ask until the person quits; the last answer can be undone like any other."""
        while True:
            if len(self.done) == len(self.asked):
                click.echo("\nall answered")
                keys = ["u", "?", "q"]
            else:
                question = self.asked[len(self.done)]
                self._show(question)
                keys = [
                    key for key in _KEYS if key not in _ANSWERS or _ANSWERS[key] in question.answers
                ]
            if not self._answered(keys):
                return

    def _show(self, question: Question, around: bool = False) -> None:
        from factcheck.reports.question import render_pair
        from factcheck.safe import plain

        claims = {claim.id: claim for claim in self.report.claims}
        articles = {article.id: article for article in self.report.articles}
        number = f"{len(self.done) + 1} of {len(self.asked)}"
        click.echo(f"\n{number} [{question.group}] {plain(question.about)}")
        pair = (claims[question.a], claims[question.b])
        click.echo(render_pair(*pair, articles, self.view, around), nl=False)

    def _answered(self, keys: Sequence[str]) -> bool:
        """Take keys until the question is done with; whether the review goes on."""
        while True:
            click.echo("  ".join(_KEYS[key] for key in keys) + " > ", nl=False)
            key = _key()
            click.echo(key)
            if key in ("", "\x04", "q"):
                return False
            if key == "?":
                self._explain(keys)
            if key not in _KEYS or key == "?" or key not in keys:
                continue
            if key == "o":
                self.note = click.prompt("note", default=self.note, show_default=False)
                continue
            if key == "u":
                self._undo()
            elif key == "k":
                self.done.append(())
            else:
                self._save(self.asked[len(self.done)], key)
            return True

    def _explain(self, keys: Sequence[str]) -> None:
        """What each key does, and the two texts once more, with more of them around."""
        for key in keys:
            if key in _HELP:
                click.echo(f"  {key}  {_HELP[key]}")
        if len(self.done) < len(self.asked):
            self._show(self.asked[len(self.done)], around=True)

    def _save(self, question: Question, key: str) -> None:
        from factcheck.ledger.questions import decisions
        from factcheck.ledger.save import add_decisions

        made = decisions(
            question,
            _ANSWERS[key],
            self.report,
            by=self.by,
            date=dt.date.today(),
            why=self.note or None,
        )
        self.done.append(add_decisions(self.where, made))
        self.note = ""

    def _undo(self) -> None:
        from factcheck.ledger.save import remove_decision

        if not self.done:
            click.echo("nothing to undo")
            return
        for decision in self.done.pop():
            remove_decision(self.where, decision)


def _key() -> str:
    """One key from a terminal, else the first letter of a line; empty at the end of input."""
    if sys.stdin is None:
        return ""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip()[:1].lower() or ("" if not line else " ")
    try:
        return click.getchar().lower()
    except EOFError:
        return ""
