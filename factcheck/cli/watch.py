"""`factcheck watch`: compare again whenever articles arrive or change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click

from factcheck.cli import options
from factcheck.errors import FactcheckError

# What a file was when it was looked at: its time of change (nanoseconds) and size.
Look = Mapping[str, tuple[int, int]]
_MOST_NAMED = 5


@click.command("watch", short_help="Compare again whenever articles arrive or change.")
@options.paths_argument
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="How often the files are looked at.",
)
@options.output_options
@options.filter_options
@options.input_options
@click.option("--title", type=options.text, default="", help="The report's title.")
def command(paths: tuple[str, ...], every: float, **choices: Any) -> None:
    """Compare the articles in PATHS, and again whenever one arrives, changes or goes.

    The ledger is watched, too. A file that is still being written is waited for. Ends with Ctrl-C.
    """
    from factcheck.cli.compare import command as compare
    from factcheck.runs.inputs import DEFAULT_PATHS
    from factcheck.safe import plain

    ctx = click.get_current_context()
    given = paths or DEFAULT_PATHS
    ledger = None if choices["no_ledger"] else choices["ledger_path"]

    def look() -> Look:
        return looked_at(given, ledger, find=not choices["no_ledger"])

    for changed in changes(look, partial(time.sleep, every)):
        if changed is not None:
            click.echo(plain(f"{time.strftime('%H:%M:%S')}  {changed}"), err=True)
        try:
            ctx.invoke(compare, paths=paths, **choices)
        except FactcheckError as error:
            click.echo(plain(f"{error.message}; waiting"), err=True)
        except SystemExit as end:
            # 1 and 3 are findings and files that could not be measured, which the report tells.
            if end.code == 2:
                raise


def looked_at(paths: Sequence[str], ledger: str | None, find: bool) -> Look:
    """The files that a comparison would read, as they are now; none where it would refuse them."""
    from factcheck import ledger as ledgers
    from factcheck.config import Settings
    from factcheck.ingest import discover
    from factcheck.ledger.load import folder_files

    files: list[Path] = []
    with suppress(FactcheckError):
        files = [item.file for item in discover(paths, Settings().limits) if item.path != "-"]
    where = Path(ledger) if ledger else None
    if find and where is None:
        with suppress(FactcheckError):
            where = ledgers.find(paths)
    if where is not None:
        files += [where, *folder_files(where)]
    found: dict[str, tuple[int, int]] = {}
    for file in files:
        # One that is gone by now is seen to be gone the next time.
        with suppress(OSError):
            state = file.stat()
            found[file.as_posix()] = (state.st_mtime_ns, state.st_size)
    return found


def changes(look: Callable[[], Look], pause: Callable[[], None]) -> Iterator[str | None]:
    """What has changed since the last time, in words, whenever something has; first `None`.

    Looking again and again is slower to notice than being told by the system would be, by a second
    at most; but it needs no library, and it works on network drives and in containers, where the
    system tells nothing. Files are looked at until nothing moves: what is still being written is
    no article yet.
    """
    before = look()
    yield None
    while True:
        pause()
        now = look()
        if now == before:
            continue
        while True:
            pause()
            settled, now = now, look()
            if settled == now:
                break
        if now != before:
            told = _told(before, now)
            before = now
            yield told


def _told(before: Look, now: Look) -> str:
    """`new: a.md; changed: b.md; gone: c.md`."""
    names = {
        "new": [name for name in now if name not in before],
        "changed": [name for name in now if name in before and now[name] != before[name]],
        "gone": [name for name in before if name not in now],
    }
    parts = []
    for kind, found in names.items():
        shown = ", ".join(found[:_MOST_NAMED])
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        parts += [f"{kind}: {shown}{more}"] * bool(found)
    return "; ".join(parts)
