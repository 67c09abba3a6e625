"""`factcheck extract`: the attributed claims of articles, before any comparison."""

from __future__ import annotations

import click

from factcheck.cli import options, output


@click.command("extract", short_help="Split articles into attributed claims.")
@options.paths_argument
@click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    type=click.Choice(["terminal", "json", "json1"]),
    help="Output format; repeatable.  [default: terminal, or by the ending of --output]",
)
@click.option("--output", "-o", "outputs", multiple=True, metavar="FILE", help="Write to FILE.")
@click.option(
    "--speaker", type=options.text, help="Show only statements of speakers whose name holds TEXT."
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@output.options
def command(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    speaker: str | None,
    no_cache: bool,
    no_color: bool,
) -> None:
    """Print who says what in the articles in PATHS: every claim with its source and its relay.

    The JSON format adds to each article the raw attributions its claims came from.
    """
    from factcheck.pipeline import as_filed
    from factcheck.reports import render_extract

    inputs = options.read_inputs(paths, None, no_ledger=True, no_cache=no_cache)
    view = options.make_view(no_color, False, True, speaker=speaker)
    kept = [article.path for article in inputs.corpus.articles]
    corpus = as_filed(inputs.corpus)
    options.emit(lambda name: render_extract(corpus, name, view), formats, outputs, kept)
    raise SystemExit(options.exit_status(False, inputs.corpus.skipped))
