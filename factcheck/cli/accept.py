"""`factcheck accept`: record current findings as decisions, so that they are not told again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli import options
from factcheck.errors import UsageError

if TYPE_CHECKING:
    from factcheck.ledger.findings import Raised
    from factcheck.records import Group

# Good news, and what is to be mended where it stands.
_NOT_ACCEPTED = ("corroborated", "stale-decision", "stale-ignore", "unused-override")


@click.command("accept", short_help="Accept current findings of `check`.")
@click.argument("group", required=False)
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=options.PATH)
@click.option("--all", "accept_all", is_flag=True, help="Accept every finding that check shows.")
@click.option("--rule", "rules", multiple=True, help="Accept findings of this rule alone.")
@click.option("--by", type=options.text, help="Who decides.")
@click.option("--why", type=options.text, help="The reason, for those who come later.")
@click.option(
    "--to",
    type=options.text,
    metavar="FILE",
    help="A file of decisions beside the ledger, which then names it.  "
    "[default: a file for each in claims.d, beside the ledger]",
)
@click.option("--new-from", metavar="REV", help="Findings of `check --new-from REV`.")
@options.input_options
def command(
    group: str | None,
    paths: tuple[str, ...],
    accept_all: bool,
    rules: tuple[str, ...],
    by: str | None,
    why: str | None,
    to: str | None,
    new_from: str | None,
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
) -> None:
    """Record the findings of GROUP, or --all of them, as accepted.

    A decision names claims by what they say, not by where they stand, so it survives edits. An
    accepted conflict comes back when another value joins.
    """
    from factcheck.ledger.findings import decision_on
    from factcheck.ledger.load import folder_of
    from factcheck.ledger.save import add_decisions
    from factcheck.safe import plain

    if accept_all and group is not None:
        paths, group = (group, *paths), None
    if group is None and not accept_all:
        raise click.UsageError("Name a GROUP (see 'factcheck check'), or give --all.")
    if no_ledger:
        raise click.UsageError("'accept' writes into the ledger; --no-ledger leaves none.")
    wanted = options.selection(rules, "--rule").rules
    checked = options.check(paths, ledger_path, no_ledger, no_cache, quiet=False, new_from=new_from)
    if checked is None:
        click.echo("no articles: nothing to accept")
        return
    about = checked.report.group(group) if group else None
    found = [
        item
        for item in checked.outcome.open
        if item.check.rule.name not in _NOT_ACCEPTED
        and (_is_about(item, about) if group else item.finding.level != "note" or wanted)
        and (not wanted or item.check.rule.name in wanted)
    ]
    if not found and group:
        raise UsageError(
            "nothing-to-accept",
            f"no open finding in group '{group}'",
            "'factcheck check --show note' lists the findings with their groups.",
        )
    if not found:
        click.echo("nothing to accept")
        return
    words = {"by": by, "date": dt.date.today(), "why": why}
    where = target(checked.ledger_path, ledger_path, paths)
    decisions = [decision_on(item, checked.report, **words) for item in found]
    added = add_decisions(where, decisions, to)
    for decision in added:
        click.echo(plain(decision.about or ""))
    click.echo(plain(f"{len(added)} recorded in {where.parent / to if to else folder_of(where)}"))


def _is_about(item: Raised, group: Group | None) -> bool:
    return group is not None and item.finding.group == group.id


def target(found: Path | None, given: str | None, paths: Sequence[str]) -> Path:
    """The ledger to write to: the one in use, else a new one where the run would find it."""
    from factcheck.ledger import place_for
    from factcheck.runs.inputs import DEFAULT_PATHS
    from factcheck.safe import plain

    if found is not None:
        return found
    where = Path(given) if given else place_for(paths or DEFAULT_PATHS)
    click.echo(plain(f"there is no ledger yet: the first entry makes {where}"), err=True)
    return where
