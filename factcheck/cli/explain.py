"""`factcheck explain`: one verdict down to the spans it rests on."""

from __future__ import annotations

import click

from factcheck.cli import options


@click.command("explain", short_help="Explain one group or claim to the span.")
@click.argument("target", metavar="GROUP|CLAIM")
@options.paths_argument
@options.input_options
@click.option("--no-color", is_flag=True, help="No colour (NO_COLOR does the same).")
def command(
    target: str,
    paths: tuple[str, ...],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    no_color: bool,
) -> None:
    """Explain GROUP or CLAIM, an id that `factcheck compare` or `check` printed for the same PATHS.

    Shows the texts side by side, the score of each link by level, the origins with their reasons,
    and how each detail was read.
    """
    from factcheck.reports import render_explain

    report = options.compare_inputs(options.read_inputs(paths, ledger_path, no_ledger, no_cache))
    view = options.make_view(no_color, False, False)
    click.echo(render_explain(report, target, view), nl=False)
    raise SystemExit(options.exit_status(False, report.skipped))
