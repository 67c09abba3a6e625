"""`factcheck compare`: who says what, who else says it, and where they disagree."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from factcheck.cli import archive, options, output
from factcheck.errors import UsageError

if TYPE_CHECKING:
    from factcheck.records import Skipped
    from factcheck.runs import Inputs

# The longest list of paths, in characters, that a hint repeats.
_MOST_ASKED = 60
_FAILING = {"divergent": ("divergent",), "single-sourced": ("divergent", "single-sourced")}


@click.command("compare", short_help="Compare articles: corroborated, single-sourced, divergent.")
@options.paths_argument
@options.output_options
@options.filter_options
@options.input_options
@archive.since_option
@archive.until_option
@archive.about_option
@click.option("--title", type=options.text, default="", help="The report's title.")
@click.option("--with-text", is_flag=True, help="Put the articles' texts into the JSON.")
@click.option(
    "--open", "open_", is_flag=True, help="Open the page that is written (-o report.html)."
)
@options.to_option
@options.private_option
@click.option(
    "--fail-on",
    type=click.Choice(["never", *_FAILING]),
    default="never",
    show_default=True,
    help="Exit with 1 where there is such a group (single-sourced: or a divergent one).",
)
def command(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    quiet: bool,
    show_all: bool,
    no_color: bool,
    statuses: tuple[str, ...],
    min_outlets: int,
    speaker: str | None,
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    since: int | None,
    until: int | None,
    about: str,
    title: str,
    with_text: bool,
    open_: bool,
    folder: str,
    private: bool,
    fail_on: str,
) -> None:
    """Compare the articles in PATHS (files, folders, addresses, - for standard input; default:
    corpus/).

    Addresses (http://, https://) are fetched, and their articles kept as files in --to, as `add`
    does it.

    --since, --until and --about choose articles of an archive ('factcheck archive update').

    Every statement is put into a group with the same statement of other articles, and each group
    is reported as corroborated, single-sourced or divergent, with the reason.
    """
    from factcheck.ledger.notes import notes
    from factcheck.reports import render
    from factcheck.reports.view import Note

    page = next((name for name in outputs if name.lower().endswith((".html", ".htm"))), None)
    if open_ and page is None:
        raise click.UsageError("--open opens a page: name its file with -o report.html")
    if since is not None or until is not None or about:
        from factcheck.archive import Period
        from factcheck.runs.inputs import given_paths

        paths = tuple(archive.chosen(given_paths(paths), Period(since, until), about))
    paths, left = _fetched(paths, folder, private, quiet)
    inputs = options.read_inputs(paths, ledger_path, no_ledger, no_cache, quiet, left)
    report = options.compare_inputs(inputs, quiet)
    view = options.make_view(
        no_color,
        quiet,
        show_all,
        statuses=statuses,
        min_outlets=min_outlets,
        speaker=speaker,
        title=title,
        with_text=with_text,
        unread=_unread(inputs),
        asked=_asked(paths),
        notes=tuple(Note(*note) for note in notes(inputs.ledger, report)),
    )
    kept = [*(article.path for article in report.articles), inputs.ledger_path]
    options.emit(lambda name: render(report, name, view), formats, outputs, kept)
    if page is not None and open_:
        output.open_page(page)
    failing = _FAILING.get(fail_on, ())
    found = any(group.status in failing for group in report.groups)
    raise SystemExit(options.exit_status(found, report.skipped))


def _asked(paths: Sequence[str]) -> str:
    """The paths as a shell takes them, where that is short enough to be typed again."""
    asked = shlex.join(paths)
    return asked if len(asked) <= _MOST_ASKED else "PATHS"


def _unread(inputs: Inputs) -> tuple[str, ...]:
    """The files in the folders asked for that were not read; those of the ledger were."""
    from factcheck.ingest.discover import unread
    from factcheck.ledger.load import folder_files

    ledger = inputs.ledger_path
    named = [ledger.parent / name for name in inputs.ledger.decision_files] if ledger else []
    files = [ledger, *named, *folder_files(ledger)] if ledger else []
    own = {os.path.realpath(file) for file in files}
    return tuple(file for file in unread(inputs.paths) if os.path.realpath(file) not in own)


def _fetched(
    paths: Sequence[str], folder: str, private: bool, quiet: bool
) -> tuple[tuple[str, ...], tuple[Skipped, ...]]:
    """The paths with the files of its articles in the place of each address, and what has none.

    Raises `UsageError` where no article is left.
    """
    if not any("://" in path for path in paths):
        return tuple(paths), ()
    from pathlib import Path

    from factcheck.cli.add import now, told_of
    from factcheck.config import Settings
    from factcheck.intake import Filed, is_address, take
    from factcheck.intake.network import Network, anywhere, is_public
    from factcheck.records import Skipped

    found = [path for path in paths if not is_address(path)]
    addresses = [path for path in paths if is_address(path)]
    left: list[Skipped] = []
    network = Network(anywhere if private else is_public)
    limits = Settings().limits
    for taken in take(addresses, Path(folder), limits, network=network, now=now()):
        if isinstance(taken, Filed):
            found.append(str(taken.file))
        else:
            left.append(Skipped(path=taken.place, code="unreadable", reason=taken.reason))
        if not quiet:
            for line in told_of(taken):
                click.echo(line, err=True)
    if not found:
        raise UsageError(
            "nothing-fetched",
            "no article at the addresses: "
            + "; ".join(f"{one.path}: {one.reason}" for one in left),
            "save the pages in the browser and take them in with 'factcheck add FILE'",
        )
    return tuple(found), tuple(left)
