"""`factcheck archive`: a large folder, compared window by window and kept up to date."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli import options, output
from factcheck.errors import UsageError
from factcheck.paths import is_file, is_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from factcheck.archive import Outcome, Period, Pool, Thread

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_CLICK_FOLDER = click.Path(readable=False)


def _day(last: bool) -> Callable[[click.Context, click.Parameter, str | None], int | None]:
    """Read a day, a month or a year as its first day, or its last; a proleptic ordinal."""

    def read(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
        from calendar import monthrange
        from datetime import date

        if value is None:
            return None
        match = _DAY.fullmatch(value)
        try:
            if match is None:
                raise ValueError
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            month = month or (12 if last else 1)
            day = day or (monthrange(year, month)[1] if last else 1)
            return date(year, month, day).toordinal()
        except ValueError:
            raise click.BadParameter(f"'{value}' is no day, month or year: 2024-03-05") from None

    return read


since_option = click.option(
    "--since",
    metavar="DAY",
    callback=_day(last=False),
    help="Only articles of this day (month, year) and later.",
)
until_option = click.option(
    "--until",
    metavar="DAY",
    callback=_day(last=True),
    help="Only articles of this day (month, year) and earlier.",
)
about_option = click.option(
    "--about",
    type=options.text,
    default="",
    metavar="WORDS",
    help="Only articles that have all these words among their most telling ones.",
)


@click.group("archive", short_help="Keep a large folder compared, window by window.")
def command() -> None:
    """Keep a large folder of articles compared: only articles near in time are held together, and
    an article more costs its windows, not the archive.

    What is made of it lies in the hidden folder .factcheck inside, and can be deleted and made
    anew.
    """


@command.command("update")
@click.argument("folder", type=_CLICK_FOLDER)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="Processes that work on it.  [default: one for each core]",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Work on the workers of this Dask scheduler instead (tcp://host:8786).",
)
@click.option(
    "--days",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="A window is so many days, and the days after it that matching reaches.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=40_000,
    show_default=True,
    help="Claims that are compared at once at most; a larger window is cut by its stories.",
)
@options.input_options
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def update_command(
    folder: str,
    workers: int | None,
    scheduler: str | None,
    days: int,
    most: int,
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Read what is new in FOLDER, and compare the windows that it lies in.

    Whatever ends it, the next update goes on from there.
    """
    from factcheck import __version__
    from factcheck.archive import Place, Plan, update
    from factcheck.archive.work import Shared
    from factcheck.cache import program_identity
    from factcheck.runs.inputs import known_outlets, read_ledger

    if not is_folder(Path(folder)):
        raise UsageError("missing-path", f"{folder}: no such folder", "check the spelling")
    around = options.surroundings(ledger_path, no_ledger, no_cache)
    _, ledger = read_ledger((folder,), around)
    shared = Shared(
        root=str(Path(folder).resolve()),
        program=program_identity(),
        version=__version__,
        settings=ledger.settings(),
        families=tuple(sorted(ledger.families.items())),
        known=known_outlets(ledger),
        decisions=ledger.matching_decisions(),
        cache=str(around.cache) if around.cache else None,
    )
    with ExitStack() as stack:
        progress = stack.enter_context(options.progress_bar(quiet))
        pool = _pool(workers, scheduler)
        outcome = update(Place(Path(folder)), shared, Plan(days, most), pool, progress)
    if not quiet:
        output.show("\n".join(_told(outcome)) + "\n")
    raise SystemExit(options.exit_status(False, outcome.skipped))


def _pool(workers: int | None, scheduler: str | None) -> Pool:
    import os

    from factcheck.archive import dask, here, processes

    if scheduler is not None:
        if workers is not None:
            raise click.UsageError("--workers and --scheduler exclude each other.")
        return dask(scheduler)
    workers = workers or os.cpu_count() or 1
    return processes(workers) if workers > 1 else here()


def _told(outcome: Outcome) -> list[str]:
    from factcheck.reports.words import count
    from factcheck.safe import plain

    lines = [
        f"{count(outcome.articles, 'article')}, {count(outcome.claims, 'claim')}; "
        f"{outcome.extracted:,} read; {count(outcome.windows, 'window')}, "
        f"{outcome.compared:,} of them compared"
    ]
    if outcome.gone:
        lines.append(f"{count(outcome.gone, 'file')} gone since the last update")
    if outcome.undated:
        lines.append(
            f"{count(outcome.undated, 'article')} without a day, "
            "compared with those of the same folder alone that bear none either"
        )
    if outcome.cut:
        lines.append(
            f"{count(outcome.cut, 'pair')} of articles that may tell one story were not compared: "
            "their windows hold more claims than --most"
        )
    lines += [plain(f"skipped {one.path}: {one.reason}") for one in outcome.skipped]
    return lines


@command.command("list")
@click.argument("folder", type=_CLICK_FOLDER)
@since_option
@until_option
@about_option
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(["divergent", "corroborated", "single-sourced"]),
    help="Show only statements with this status; repeatable.  [default: divergent]",
)
@click.option(
    "-n",
    "most",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="Show at most N statements.",
)
@options.list_format
@output.options
def list_command(
    folder: str,
    since: int | None,
    until: int | None,
    about: str,
    statuses: tuple[str, ...],
    most: int,
    form: str,
    no_color: bool,
) -> None:
    """List the statements of a period that the most outlets tell, divergent ones unless --status
    says otherwise, each once over all windows of the archive in FOLDER.
    """
    from factcheck.archive import Index, Period

    with Index(_index(folder)) as index:
        period = Period(since, until)
        found = index.threads(period, about, statuses or ("divergent",), most)
    if form == "json":
        options.print_text(as_json(found), "json")
    else:
        view = options.make_view(no_color, False, False)
        output.show(_listed(found, view.width))


def as_json(threads: Sequence[Thread]) -> str:
    """Statements over time as JSON, stable to the byte."""
    from factcheck.reports.report_json import dumps

    return dumps({"version": 1, "statements": [vars(thread) for thread in threads]})


def _listed(threads: Sequence[Thread], width: int) -> str:
    import textwrap

    from factcheck.reports.words import count
    from factcheck.safe import plain

    lines = []
    for thread in threads:
        when = " – ".join(dict.fromkeys(filter(None, (thread.first, thread.last)))) or "undated"
        told = f"{count(thread.outlets, 'outlet')}, {count(thread.articles, 'article')}"
        why = f" ({', '.join(thread.conflicts)})" if thread.conflicts else ""
        lines.append(f"{thread.name}  {thread.status}{why} · {told} · {when}")
        lines += textwrap.wrap(
            plain(thread.statement), width, initial_indent="    ", subsequent_indent="    "
        )
    lines.append(count(len(threads), "statement"))
    return "\n".join(lines) + "\n"


def _index(folder: str) -> Path:
    from factcheck.archive import Place

    index = Place(Path(folder)).index
    if not is_file(index):
        raise UsageError(
            "no-archive",
            f"{folder}: nothing was made of this folder yet",
            f"run 'factcheck archive update {folder}' first",
        )
    return index


def chosen(paths: Sequence[str], period: Period, about: str) -> list[str]:
    """The files of archives that are of a period and about these words.

    Raises `UsageError` where one of the paths is no archive, or nothing is chosen.
    """
    from factcheck.archive import Index

    found = []
    for folder in paths:
        with Index(_index(folder)) as index:
            found += [(Path(folder) / path).as_posix() for path in index.select(period, about)]
    if not found:
        raise UsageError(
            "nothing-chosen",
            f"{', '.join(paths)}: no article of this period is about these words",
            "ask for a longer period or fewer words",
        )
    return found
