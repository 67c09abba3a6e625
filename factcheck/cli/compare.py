"""`factcheck compare`: who says what, who else says it, and where they disagree."""

from __future__ import annotations

import os

import click

from factcheck.cli import options, output

_FAILING = {"divergent": ("divergent",), "single-sourced": ("divergent", "single-sourced")}


@click.command("compare", short_help="Compare articles: corroborated, single-sourced, divergent.")
@options.paths_argument
@options.output_options
@options.filter_options
@options.input_options
@click.option("--title", type=options.text, default="", help="The report's title.")
@click.option("--with-text", is_flag=True, help="Put the articles' texts into the JSON.")
@click.option(
    "--open", "open_", is_flag=True, help="Open the page that is written (-o report.html)."
)
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
    title: str,
    with_text: bool,
    open_: bool,
    fail_on: str,
) -> None:
    """Compare the articles in PATHS (files, folders, - for standard input; default: corpus/).

    Every statement is put into a group with the same statement of other articles, and each group
    is reported as corroborated, single-sourced or divergent, with the reason.
    """
    from factcheck.ledger.notes import notes
    from factcheck.reports import render
    from factcheck.reports.view import Note

    page = next((name for name in outputs if name.lower().endswith((".html", ".htm"))), None)
    if open_ and page is None:
        raise click.UsageError("--open opens a page: name its file with -o report.html")
    inputs = options.read_inputs(paths, ledger_path, no_ledger, no_cache, quiet)
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
        notes=tuple(Note(*note) for note in notes(inputs.ledger, report)),
    )
    kept = [*(article.path for article in report.articles), inputs.ledger_path]
    options.emit(lambda name: render(report, name, view), formats, outputs, kept)
    if page is not None and open_:
        output.open_page(page)
    failing = _FAILING.get(fail_on, ())
    found = any(group.status in failing for group in report.groups)
    raise SystemExit(options.exit_status(found, report.skipped))


def _unread(inputs: options.Inputs) -> tuple[str, ...]:
    """The files in the folders asked for that were not read; the ledger was, and is not told."""
    from factcheck.ingest.discover import unread

    ledger = inputs.ledger_path
    own = os.path.realpath(ledger) if ledger else None
    return tuple(file for file in unread(inputs.paths) if os.path.realpath(file) != own)
