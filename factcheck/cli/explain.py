"""`factcheck explain`: one verdict down to the spans it rests on."""

from __future__ import annotations

import click

from factcheck.cli import options, output


@click.command("explain", short_help="Explain one group or claim to the span.")
@click.argument("target", metavar="GROUP|CLAIM|TEXT", type=options.text)
@options.paths_argument
@options.input_options
@click.option("--verbose", "-v", is_flag=True, help="Show all that the verdict rests on.")
@output.options
def command(
    target: str,
    paths: tuple[str, ...],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Explain a statement: GROUP or CLAIM is an id that `factcheck compare` or `check` printed for
    the same PATHS, TEXT the statement in words.

    Shows who tells it in which words, where they differ, and the origins with their reasons; with
    -v also each text in its passage, the score of each link by level, and how each detail was read.
    """
    from factcheck.reports import render_explain

    report = options.compare_inputs(options.read_inputs(paths, ledger_path, no_ledger, no_cache))
    view = options.make_view(no_color, False, verbose)
    options.print_text(render_explain(report, target, view), "terminal")
    raise SystemExit(options.exit_status(False, report.skipped))
