"""`factcheck evaluate`: hold the program against annotated articles."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.cli import options


@click.group("evaluate", short_help="Measure the program on annotated articles.")
def command() -> None:
    """Measure the program on articles that people annotated."""


@command.command("links", short_help="Matching, divergence and verdicts on event folders.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def links(folder: Path, no_cache: bool, as_json: bool) -> None:
    """Compare each event in DIR and score the report against its gold.json.

    DIR holds one folder per event: one .txt per outlet and a gold.json that lists which
    statements are the same across outlets.
    """
    import json

    from factcheck import evaluation

    gold = evaluation.load_events(folder)
    counts = evaluation.Counts()
    for event in gold:
        inputs = options.read_inputs(
            [str(path) for path in event.articles], None, no_ledger=True, no_cache=no_cache
        )
        counts += evaluation.score_event(options.compare_inputs(inputs), event)
    figures = evaluation.figures(counts)
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    click.echo(f"{len(gold)} events in {folder}")
    for name, value in figures.items():
        click.echo(f"{name:36}{value:8.3f}" if isinstance(value, float) else f"{name:36}{value:8}")
