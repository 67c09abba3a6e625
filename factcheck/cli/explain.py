"""`factcheck explain`: one verdict down to the spans it rests on."""

from __future__ import annotations

import click

from factcheck.cli import options
from factcheck.errors import UsageError


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
    """Explain GROUP or CLAIM, an id that `factcheck compare` printed for the same PATHS.

    Shows the texts side by side, the score of each link by level, the origins with their reasons,
    and how each detail was read.
    """
    from factcheck.reports import render_explain

    report = options.compare_inputs(options.read_inputs(paths, ledger_path, no_ledger, no_cache))
    known = {group.id for group in report.groups} | {claim.id for claim in report.claims}
    if target not in known:
        raise UsageError(
            "unknown-id",
            f"no group or claim '{target}' in these articles",
            "'factcheck compare' prints the ids; name the same paths here",
        )
    view = options.make_view(no_color, False, False)
    click.echo(render_explain(report, target, view), nl=False)
    raise SystemExit(options.exit_status(False, report.skipped))
