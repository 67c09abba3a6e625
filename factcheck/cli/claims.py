"""`factcheck claims`: the statements that the ledger tracks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli import options
from factcheck.errors import UnreadableError, UsageError
from factcheck.paths import is_file

if TYPE_CHECKING:
    from factcheck.ledger.models import Tracked
    from factcheck.records import Claim, Group, Report
    from factcheck.runs.checking import Checked


# A register of media ownership, in bytes.
_LARGEST_TABLE = 20_000_000


@click.group("claims", short_help="Keep the ledger: add, list, sync, owners, upgrade.")
def command() -> None:
    """Track statements in the ledger, and keep it."""


@command.command("list")
@options.paths_argument
@options.input_options
def list_claims(
    paths: tuple[str, ...], ledger_path: str | None, no_ledger: bool, no_cache: bool
) -> None:
    """List the tracked statements with what the articles in PATHS now say of them."""
    from factcheck.safe import plain

    checked = _run(paths, ledger_path, no_ledger, no_cache)
    groups = {group.id: group for group in checked.report.groups}
    if not checked.outcome.matches:
        click.echo("the ledger tracks no statements ('factcheck claims add GROUP' adds one)")
    for match in checked.outcome.matches:
        tracked = match.tracked
        group = groups.get(match.group or "")
        now = group.status if group else "ambiguous" if match.rivals else "not found"
        expected = "" if tracked.expect in ("any", now) else f" (expected: {tracked.expect})"
        click.echo(plain(f"{tracked.id}: {now}{expected}"))
        click.echo(plain(f"    {tracked.statement}"))
        for name in (group.id,) if group else match.rivals:
            found = groups[name]
            outlets = ", ".join(found.outlets)
            click.echo(plain(f"    [{name}] {found.statement} – {outlets}"))


@command.command("add")
@click.argument("group")
@options.paths_argument
@click.option(
    "--id",
    "name",
    type=options.text,
    help="Its name in the ledger.  [default: from the statement]",
)
@click.option("--expect", type=click.Choice(["corroborated", "single-sourced", "divergent", "any"]))
@click.option("--owner", type=options.text, help="Who looks after it.")
@click.option("--note", type=options.text, help="Anything worth knowing about it.")
@options.input_options
def add(
    group: str,
    paths: tuple[str, ...],
    name: str | None,
    expect: str | None,
    owner: str | None,
    note: str | None,
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
) -> None:
    """Track the statement of GROUP. What it is now is what is expected, unless --expect says so."""
    from factcheck.cli.accept import target
    from factcheck.ledger.save import add_claims
    from factcheck.safe import plain

    checked = _run(paths, ledger_path, no_ledger, no_cache)
    found = checked.report.group(group)
    if found is None:
        raise UsageError(
            "no-group", f"no group '{group}' in this run", "'factcheck compare' shows the groups."
        )
    known = next((m.tracked.id for m in checked.outcome.matches if m.group == found.id), None)
    if known is not None:
        click.echo(plain(f"{known} tracks this statement already; nothing added"))
        return
    taken = {match.tracked.id for match in checked.outcome.matches}
    entry = _entry(found, checked.report, taken).model_copy(
        update={
            key: value
            for key, value in (("id", name), ("expect", expect), ("owner", owner), ("note", note))
            if value is not None
        }
    )
    where = target(checked.ledger_path, ledger_path, paths)
    add_claims(where, [entry])
    click.echo(plain(f"{entry.id} added to {where}"))


@command.command("sync")
@options.paths_argument
@click.option("--write", is_flag=True, help="Add the proposed entries to the ledger.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(["corroborated", "divergent", "single-sourced"]),
    help="Propose statements with this status; repeatable.  [default: corroborated, divergent]",
)
@options.input_options
def sync(
    paths: tuple[str, ...],
    write: bool,
    statuses: tuple[str, ...],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
) -> None:
    """Propose entries for statements that the ledger does not track yet, as YAML."""
    from factcheck.cli.accept import target
    from factcheck.ledger.save import add_claims, rendered
    from factcheck.safe import plain

    checked = _run(paths, ledger_path, no_ledger, no_cache)
    tracked = {name for match in checked.outcome.matches for name in (match.group, *match.rivals)}
    taken = {match.tracked.id for match in checked.outcome.matches}
    entries: list[Tracked] = []
    for group in checked.report.groups:
        if group.id in tracked or group.status not in (statuses or ("corroborated", "divergent")):
            continue
        entry = _entry(group, checked.report, taken)
        taken.add(entry.id)
        entries.append(entry)
    if not entries:
        click.echo("nothing to propose", err=True)
        return
    click.echo("claims:\n" + rendered(entries, 2), nl=False)
    if write:
        where = target(checked.ledger_path, ledger_path, paths)
        add_claims(where, entries)
        click.echo(plain(f"{len(entries)} added to {where}"), err=True)


@command.command("owners")
@click.argument("table", metavar="FILE", type=options.PATH)
@click.option("--dry-run", is_flag=True, help="Show what would be added, and add nothing.")
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False), help="The ledger.")
def owners(table: str, dry_run: bool, ledger_path: str | None) -> None:
    """Put the outlets of a table (CSV) and their owners into the ledger.

    Outlets of one owner are one family, and no two origins. What the ledger says already stays as
    it is.
    """
    from factcheck import ledger as ledgers
    from factcheck.cli.accept import target
    from factcheck.config import Limits
    from factcheck.exchange import owners as tables
    from factcheck.ingest.decode import decode
    from factcheck.ingest.files import read_bytes
    from factcheck.ledger.save import add_outlets
    from factcheck.runs.inputs import DEFAULT_PATHS
    from factcheck.safe import plain

    try:
        text = decode(read_bytes(Path(table), Limits(file_bytes=_LARGEST_TABLE)))
    except UnreadableError as error:
        raise UsageError(error.code, f"{table}: {error.message}", error.hint) from error
    where = Path(ledger_path) if ledger_path else ledgers.find((*DEFAULT_PATHS, "."))
    there = where if where and is_file(where) else None
    found = tables.merged(tables.read(text, table), ledgers.load(there).outlets)
    for outlet in found.added:
        click.echo(plain(f"{outlet.name}: {outlet.family or 'no owner told'}"))
    for told in found.disagreeing:
        click.echo(plain(f"left as it is: {told}"), err=True)
    if found.added and not dry_run:
        where = target(there, ledger_path, ())
        add_outlets(where, found.added)
    done = "would be added" if dry_run else f"added to {where}" if found.added else "added"
    click.echo(plain(f"{len(found.added)} {done}, {found.known} known already"))


@command.command("upgrade")
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False), help="The ledger.")
def upgrade(ledger_path: str | None) -> None:
    """Bring a ledger of an older format to the current one, comments and order kept.

    Older names of keys are replaced in the ledger and in its files of decisions.
    """
    from factcheck import ledger as ledgers
    from factcheck.ledger.migrations import upgrade as bring
    from factcheck.ledger.models import FORMAT_VERSION
    from factcheck.runs.inputs import DEFAULT_PATHS
    from factcheck.safe import plain

    where = Path(ledger_path) if ledger_path else ledgers.find((*DEFAULT_PATHS, "."))
    if where is None:
        raise UsageError("no-ledger", "there is no claims.yaml here", "Name it with --ledger.")
    before, changed = bring(where)
    if before != FORMAT_VERSION:
        click.echo(plain(f"{where}: format version {before} → {FORMAT_VERSION}"))
    elif not changed:
        click.echo(plain(f"{where} has format version {before} already"))
    for file in changed if before == FORMAT_VERSION else changed[1:]:
        click.echo(plain(f"{file}: 'on' is called 'date' now"))


def _run(
    paths: tuple[str, ...], ledger_path: str | None, no_ledger: bool, no_cache: bool
) -> Checked:
    checked = options.check(paths, ledger_path, no_ledger, no_cache, quiet=False)
    if checked is None:
        raise UsageError("no-articles", "there are no articles", "Name files or folders.")
    return checked


def _entry(group: Group, report: Report, taken: set[str]) -> Tracked:
    """The entry that tracks a group: its statement, its speaker where all tell the same one."""
    from factcheck.ledger.models import Tracked

    claims = {claim.id: claim for claim in report.claims}
    members = [claims[claim] for claim in group.claims]
    return Tracked(
        id=_name(group.statement, taken),
        statement=" ".join(group.statement.split()),
        speaker=_speaker(members),
        stance=next((c.stance for c in members if c.reading == group.statement), "asserts"),
        expect=group.status,
    )


def _speaker(claims: Sequence[Claim]) -> str | None:
    names = {claim.speaker.name if claim.speaker else None for claim in claims}
    return names.pop() if len(names) == 1 else None


def _name(statement: str, taken: set[str]) -> str:
    """A short name from the statement's first telling words, unique among `taken`."""
    import re
    import unicodedata

    folded = unicodedata.normalize("NFKD", statement).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", folded) if len(word) > 3][:4]
    base = "-".join(words) or "statement"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
