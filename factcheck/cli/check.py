"""`factcheck check`: hold the articles against the ledger, and fail where its policy says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from factcheck.cli import options

if TYPE_CHECKING:
    from factcheck.ledger.findings import Raised
    from factcheck.runs.checking import Checked

# What an error of a ledger begins with: where it stands.
_PLACED = re.compile(r"(?m)^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<message>.*)$")


@click.command("check", short_help="Check articles against the ledger; for CI.")
@options.paths_argument
@options.output_options
@options.input_options
@click.option(
    "--new-from",
    metavar="REV",
    help="Report only what files added or changed since this git revision introduce.",
)
@click.option(
    "--fail-on",
    multiple=True,
    metavar="RULE|LEVEL|never",
    help="What fails the check, in place of the ledger's policy; repeatable.",
)
@click.option(
    "--show",
    multiple=True,
    metavar="RULE|LEVEL",
    help="What is reported; repeatable.  [default: warning; note with --new-from]",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found or not measured.")
def command(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    quiet: bool,
    show_all: bool,
    no_color: bool,
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    new_from: str | None,
    fail_on: tuple[str, ...],
    show: tuple[str, ...],
    statistics: bool,
    exit_zero: bool,
) -> None:
    """Compare the articles in PATHS and hold them against the ledger (claims.yaml).

    Every finding names its rule (see `factcheck rules`). The exit status is 1 where a finding
    fails by the ledger's policy, or by --fail-on. Nothing is ever rewritten.
    """
    from factcheck.cli.source import source
    from factcheck.ledger.rules import CHECKS
    from factcheck.reports import render as render_report

    failing = options.selection(fail_on, "--fail-on")
    usual = "note" if new_from or show_all else "warning"
    shown = options.selection(show or (usual,), "--show")
    with _annotated("github" in formats):
        checked = options.check(
            paths, ledger_path, no_ledger, no_cache, quiet, new_from, failing.rules or None
        )
    if checked is None:
        click.echo("no articles: nothing to check", err=True)
        return
    report, outcome = checked.report, checked.outcome
    findings = tuple(item.finding for item in outcome.open if shown.has(item))
    view = options.make_view(
        no_color,
        quiet,
        show_all,
        findings=findings,
        rules=tuple(check.rule for check in CHECKS),
        source=source(),
    )

    def render(name: str) -> str | bytes:
        if statistics and name in ("terminal", "text"):
            return _statistics(item for item in outcome.open if shown.has(item))
        if name in ("terminal", "text"):
            from factcheck.reports.listing import render as listing

            plain = replace(view, colour=view.colour and name == "terminal")
            return listing(report, plain) + _tail(checked, len(findings))
        return render_report(report, name, view)

    kept = [*(article.path for article in report.articles), checked.ledger_path]
    options.emit(render, formats, outputs, kept)
    failed = any(failing.fails(item) for item in outcome.open)
    raise SystemExit(0 if exit_zero else options.exit_status(failed, checked.unmeasured))


@contextmanager
def _annotated(wanted: bool) -> Iterator[None]:
    """Print what is wrong with a ledger as annotations on its lines, too."""
    from factcheck.errors import ConfigurationError
    from factcheck.safe import workflow_data, workflow_property

    try:
        yield
    except ConfigurationError as error:
        for match in _PLACED.finditer(error.message) if wanted else ():
            file, line, column, message = match.groups()
            at = f"file={workflow_property(file)},line={line},col={column}"
            click.echo(f"::error {at},title=ledger::{workflow_data(message)}")
        raise


def _statistics(raised: Iterable[Raised]) -> str:
    """How many findings each rule has, the most first."""
    counts = Counter((item.finding.level, item.check.rule) for item in raised)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0][1].id))
    lines = [f"{n:6,}  {level:7}  {rule.id}  {rule.name}" for (level, rule), n in rows]
    return "".join(f"{line}\n" for line in lines) or "nothing found\n"


def _tail(checked: Checked, shown: int) -> str:
    """What the listing leaves out, in a line each."""
    lines = []
    evidence = checked.report.summary.articles + checked.report.summary.skipped - checked.fresh
    if evidence < checked.others:
        lines.append(f"held against the nearest {evidence:,} of {checked.others:,} other articles")
    hidden = len(checked.outcome.open) - shown
    if hidden:
        lines.append(f"{hidden:,} more not shown (--show note shows all)")
    if accepted := len(checked.outcome.accepted):
        lines.append(f"{accepted:,} accepted by decisions in the ledger")
    if ignored := len(checked.outcome.ignored):
        lines.append(f"{ignored:,} ignored by comments in the articles")
    return "".join(f"{line}\n" for line in lines)
