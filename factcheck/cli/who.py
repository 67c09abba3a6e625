"""`factcheck who`: what is attributed to one speaker, over all articles."""

from __future__ import annotations

import click

from factcheck.cli import options, output
from factcheck.errors import UsageError


@click.command("who", short_help="What is attributed to a speaker, and who tells it.")
@click.argument("name", metavar="NAME", type=options.text)
@options.paths_argument
@options.input_options
@options.query_options
@output.options
def command(
    name: str,
    paths: tuple[str, ...],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    form: str,
    show_all: bool,
    no_color: bool,
) -> None:
    """Tell what the articles in PATHS attribute to the speakers whose name, role or organisation
    holds NAME: each statement with its verdict, the outlets' words, and how they know it.
    """
    from factcheck.reports.queries import render_people

    report = options.compare_inputs(options.read_inputs(paths, ledger_path, no_ledger, no_cache))
    told = render_people(report, name, form, options.make_view(no_color, False, show_all))
    if told is None:
        raise UsageError(
            "unknown-speaker",
            f"nobody in these articles is called '{name}'",
            "part of a name, role or organisation is enough; 'factcheck extract' shows them all",
        )
    options.print_text(told, form)
    raise SystemExit(options.exit_status(False, report.skipped))
