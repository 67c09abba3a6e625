"""`factcheck add`: pages, feeds, files and addresses become articles in a folder."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli import options
from factcheck.safe import plain

if TYPE_CHECKING:
    from factcheck.intake import Filed, Left


@click.command("add", short_help="Add pages, feeds, files or addresses as articles.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=options.text)
@options.to_option
@click.option("--outlet", type=options.text, metavar="NAME", help="The outlet of what is added.")
@click.option(
    "--published", type=options.text, metavar="DATE", help="Its date, such as 2025-04-11."
)
@click.option("--url", type=options.text, metavar="URL", help="Its address.")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=KEY",
    type=options.text,
    help="The key or column of JSON, JSONL and CSV that tells the article's text, title, outlet, "
    "url, published, byline, language, credit, correction or retrieved; repeatable.",
)
@options.private_option
def command(
    sources: tuple[str, ...],
    folder: str,
    outlet: str | None,
    published: str | None,
    url: str | None,
    fields: tuple[str, ...],
    private: bool,
) -> None:
    """Take the articles of each SOURCE into a folder, one Markdown file each.

    A SOURCE is a file (HTML, RSS, Atom, JSON, JSONL, CSV, PDF, .eml, .mhtml, .docx, WARC, text), a
    folder of them, an address, a feed's address, a list of links, or - for standard input. The
    network is asked for addresses alone.

    An article that is there already is brought up to date: what was added, cut or reworded since is
    shown, and the version before is kept in .versions.
    """
    from factcheck.config import Settings
    from factcheck.intake import Filed, Supplied, take
    from factcheck.intake.network import Network, anywhere, is_public

    states: Counter[str] = Counter()
    for taken in take(
        sources,
        Path(folder),
        Settings().limits,
        network=Network(anywhere if private else is_public),
        supplied=Supplied(outlet, _date(published), _address(url)),
        fields=[_field(field) for field in fields],
        stdin=sys.stdin.buffer if "-" in sources and sys.stdin is not None else None,
        now=now(),
    ):
        if isinstance(taken, Filed):
            states[taken.state] += 1
        else:
            states["left out"] += not taken.of_no_kind
        for line in told_of(taken):
            click.echo(line)
    told = ", ".join(f"{states[state]} {state}" for state in ("new", "updated", "unchanged"))
    click.echo(f"{told}, {states['left out']} left out")
    raise SystemExit(3 if states["left out"] else 0)


def now() -> str:
    """The moment that files of articles tell as when they were taken in, to the minute."""
    return time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime())


def told_of(taken: Filed | Left) -> Iterator[str]:
    """The lines that tell what became of a source."""
    from factcheck.intake import Left

    if isinstance(taken, Left):
        link = f": {taken.link}" if taken.link else ""
        yield plain(f"left out   {taken.place}: {taken.reason}{link}")
        return
    draft = taken.draft
    about = ", ".join(filter(None, (draft.outlet, draft.published, draft.title)))
    yield plain(f"{taken.state:<9}  {taken.file}: {about or draft.place}")
    yield from (plain(f"    note: {note}") for note in draft.notes)
    for change in taken.changes:
        if change.kind == "reworded":
            yield plain(f"    reworded: {change.before}")
            yield plain(f"          to: {change.after}")
        else:
            yield plain(f"    {change.kind}: {change.before or change.after}")
    if taken.before:
        yield plain(f"    the version before: {taken.before}")


def _date(value: str | None) -> str | None:
    from factcheck.ingest.build import read_date

    if value is None:
        return None
    date = read_date(value)
    if date is None:
        raise click.BadParameter(f"'{value}' is no date", param_hint="--published")
    return date


def _address(value: str | None) -> str | None:
    from factcheck.intake.drafts import web_address

    if value is not None and web_address(value) is None:
        raise click.BadParameter(f"'{value}' is no address", param_hint="--url")
    return value


def _field(value: str) -> tuple[str, str]:
    from factcheck.intake.lookup import table

    name, _, key = value.partition("=")
    names = table("fields")
    if name not in names or not key:
        raise click.BadParameter(
            f"'{value}' is no NAME=KEY; names are {', '.join(names)}", param_hint="--field"
        )
    return name, key
