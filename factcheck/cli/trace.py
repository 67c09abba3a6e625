"""`factcheck trace`: how one statement reached each outlet."""

from __future__ import annotations

import click

from factcheck.cli import options, output
from factcheck.errors import UsageError


@click.command("trace", short_help="Trace how a statement reached each outlet.")
@click.argument("target", metavar="GROUP|CLAIM|TEXT")
@options.paths_argument
@options.input_options
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(("tree", "json", "mermaid")),
    default="tree",
    show_default=True,
    help="Output format.",
)
@output.options
def command(
    target: str,
    paths: tuple[str, ...],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    form: str,
    no_color: bool,
) -> None:
    """Trace a statement: GROUP or CLAIM is an id that `factcheck compare` printed for the same
    PATHS, TEXT the statement in words.

    Shows the origins with their tellings, the relays between, the earliest known telling, a time
    line where the articles are dated, and who only repeats whom.
    """
    from factcheck.provenance.trace import find, trace
    from factcheck.reports.trace import render

    report = options.compare_inputs(options.read_inputs(paths, ledger_path, no_ledger, no_cache))
    group = find(report, target)
    if group is None:
        raise UsageError(
            "unknown-statement",
            f"no statement of these articles is '{target}' or near it",
            "'factcheck compare' prints the ids; name the same paths here",
        )
    view = options.make_view(no_color, False, False)
    told = render(trace(report, group), form, view)
    options.print_text(told, "terminal" if form == "tree" else form)
    raise SystemExit(options.exit_status(False, report.skipped))
