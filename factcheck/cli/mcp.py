"""`factcheck mcp`: a server for assistants, over standard input and output."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import click

from factcheck.errors import UsageError
from factcheck.installation import with_extra

_INTERRUPTED = 130


@click.command("mcp", short_help="Serve assistants (Model Context Protocol).")
@click.argument("folders", nargs=-1, metavar="[DIR]...", type=click.Path(readable=False))
@click.option(
    "--ledger",
    "ledger_path",
    type=click.Path(dir_okay=False),
    help="The ledger to use.  [default: claims.yaml beside the articles, in the allowed folders]",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
def command(folders: tuple[str, ...], ledger_path: str | None, no_cache: bool) -> None:
    """Serve an assistant over standard input and output: tools to compare articles, to extract
    claims, to explain, trace and check.

    Files are read in the folders DIR alone; without one, the assistant has to hand over the texts.
    Nothing is written but the cache, and nothing fetched. Needs the extra `mcp`.
    """
    from factcheck.cache import default_folder

    try:
        from factcheck.mcp import server
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("mcp"):
            raise
        raise UsageError(
            "missing-extra",
            "this needs a package that is not installed: mcp",
            f"install it with {with_extra('mcp')}",
        ) from error
    made = server.make(
        folders, Path(ledger_path) if ledger_path else None, None if no_cache else default_folder()
    )
    if sys.stdin is not None and sys.stdin.isatty():
        click.echo("waiting for an assistant on standard input; Ctrl-C ends it", err=True)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    made.run("stdio")


def _end(number: int, frame: object) -> None:
    """End at once: the thread that reads standard input would else be waited for, until somebody
    writes to it.
    """
    click.echo("interrupted", err=True)
    os._exit(_INTERRUPTED)
