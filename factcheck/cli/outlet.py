"""`factcheck outlet`: what one outlet has alone, from whom, and against whom."""

from __future__ import annotations

import click

from factcheck.cli import options, output
from factcheck.errors import UsageError


@click.command("outlet", short_help="What an outlet has alone, from whom, against whom.")
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
    """Tell what the outlet NAME has among the articles in PATHS: what it alone tells, what it has
    from whom, where others contradict it, what it leaves out, and whom it lets speak.
    """
    from factcheck.reports.queries import render_outlet

    report = options.compare_inputs(options.read_inputs(paths, ledger_path, no_ledger, no_cache))
    told = render_outlet(report, name, form, options.make_view(no_color, False, show_all))
    if told is None:
        names = ", ".join(sorted({article.outlet for article in report.articles}))
        raise UsageError("unknown-outlet", f"no article is of '{name}'", f"the outlets are {names}")
    options.print_text(told, form)
    raise SystemExit(options.exit_status(False, report.skipped))
