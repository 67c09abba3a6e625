"""`factcheck evaluate`: hold the program, or another system, against annotated articles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli import options
from factcheck.errors import UsageError

if TYPE_CHECKING:
    from factcheck.evaluation.answer import Answer
    from factcheck.evaluation.events import Scored, Wrong
    from factcheck.evaluation.gold import EventGold


@click.group("evaluate", short_help="Measure the program on annotated articles.")
def command() -> None:
    """Measure the program on articles that people annotated."""


@command.command("events", short_help="Everything, on events whose truth is known.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--reports",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Score these reports (EVENT.json each) instead of running the program.",
)
@click.option("--wrong", is_flag=True, help="List what was wrong, with its texts.")
@click.option("--json", "as_json", is_flag=True, help="Print figures and counts as JSON.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
def events(folder: Path, reports: Path | None, wrong: bool, as_json: bool, no_cache: bool) -> None:
    """Compare the articles of each event in DIR and score the report against its truth.

    DIR holds one folder an event, as written by people (event.yaml, OUTLET.tagged.md) or compiled
    (gold.json, OUTLET.md). Figures are over all events, and by genre. Reports of other systems need
    articles, claims and groups only.
    """
    import json

    from factcheck.evaluation.answer import from_file
    from factcheck.evaluation.events import Scored, figures, score
    from factcheck.safe import plain

    total, genres = Scored(), dict[str, Scored]()
    for gold, files in _events(folder):
        if reports is None:
            answer = _answer(files, no_cache)
        else:
            answer = from_file(reports / f"{gold.event}.json")
        found = score(answer, gold)
        total += found
        genre = genres.setdefault(gold.genre, Scored())
        genre += found
    if as_json:
        told = {
            "figures": figures(total.counts),
            "counts": dict(sorted(total.counts.items())),
            "genres": {name: figures(s.counts) for name, s in sorted(genres.items())},
        }
        if wrong:
            told["wrong"] = [vars(item) for item in total.wrong]
        options.print_text(json.dumps(told, indent=2), "json")
        return
    if wrong:
        for line in _listed(total.wrong):
            click.echo(plain(line))
        click.echo()
    for line in _table(total, genres):
        click.echo(plain(line))


@command.command("compile", short_help="Take the tags out of events that people wrote.")
@click.argument("source", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
def compile_(source: Path, target: Path) -> None:
    """Write plain articles and gold.json into OUT for each event in DIR; name every mistake.

    The exit status is 2 where an event has a mistake; the others are written all the same.
    """
    from factcheck.evaluation.tagged import compile_event
    from factcheck.safe import plain

    broken = 0
    for folder in _folders(source, "event.yaml"):
        try:
            compiled = compile_event(folder)
        except UsageError as error:
            broken += 1
            for mistake in error.message.split("; "):
                click.echo(plain(f"error: {mistake}"), err=True)
            continue
        compiled.write(target / folder.name)
        verdicts = [statement.verdict for statement in compiled.gold.clusters]
        click.echo(
            plain(
                f"{folder.name}: {len(compiled.texts)} articles, {len(verdicts)} statements, "
                f"{verdicts.count('divergent')} divergent, "
                f"{verdicts.count('single-sourced')} single-sourced"
            )
        )
    raise SystemExit(2 if broken else 0)


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

    from factcheck.evaluation import links as evaluation

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


def _folders(folder: Path, name: str) -> list[Path]:
    """The folders in a folder that hold a file of that name."""
    found = sorted(path.parent for path in folder.glob(f"*/{name}"))
    if not found:
        raise UsageError(
            "no-events", f"{folder}: no event folders with {name}", "name the folder above them"
        )
    return found


def _events(folder: Path) -> Iterable[tuple[EventGold, dict[str, str]]]:
    """Each event's truth and the texts of its articles by file name."""
    from factcheck.evaluation.files import read_json
    from factcheck.evaluation.gold import EventGold
    from factcheck.evaluation.tagged import compile_event

    written = {path.parent for path in folder.glob("*/event.yaml")}
    ready = {path.parent for path in folder.glob("*/gold.json")}
    if not written | ready:
        raise UsageError(
            "no-events",
            f"{folder}: no event folders with event.yaml or gold.json",
            "name the folder above them",
        )
    for event in sorted(written | ready):
        if event in written:
            compiled = compile_event(event)
            yield compiled.gold, {f"{name}.md": text for name, text in compiled.texts.items()}
            continue
        gold = read_json(event / "gold.json", EventGold, "broken-gold", "repair it first")
        yield gold, {file.name: file.read_bytes().decode("utf-8") for file in event.glob("*.md")}


def _answer(texts: dict[str, str], no_cache: bool) -> Answer:
    """What the program says of some articles."""
    import tempfile

    from factcheck.evaluation.answer import from_report

    with tempfile.TemporaryDirectory() as place:
        for name, text in texts.items():
            (Path(place) / name).write_bytes(text.encode("utf-8"))
        inputs = options.read_inputs([place], None, no_ledger=True, no_cache=no_cache)
        return from_report(options.compare_inputs(inputs))


_ROWS = (
    ("Links between articles", "link_precision", "link_recall", "link_f1"),
    ("Conflicts", "divergence_precision", "divergence_recall", "divergence_f1"),
)
_LINES = (
    ("groups called corroborated that are", "corroborated_precision", "called corroborated"),
    ("… that cover no statement", "unfounded", "called corroborated"),
    ("single-sourced, called corroborated", "false_corroboration", "single covered"),
    ("corroborated, and called so", "corroborated_kept", "corroborated covered"),
    ("verdicts right", "verdicts_right", "covered"),
    ("number of origins right", "origins_right", "covered"),
    ("conflicts whose words are shown", "value_recall", "conflicts with values"),
    ("speakers right", "speakers_right", "with speaker"),
    ("relays found", "relays_found", "with relay"),
    ("occasions and documents found", "venues_found", "with venue"),
)
_OF_A_GENRE = (
    ("link F1", "link_f1"),
    ("conflict F1", "divergence_f1"),
    ("corr. prec.", "corroborated_precision"),
    ("false corr.", "false_corroboration"),
    ("origins", "origins_right"),
)


def _table(total: Scored, genres: dict[str, Scored]) -> Iterable[str]:
    """The figures, for people: over all events, then by genre."""
    from factcheck.evaluation.events import QUALIFIERS, figures
    from factcheck.reports.words import count

    found, counts = figures(total.counts), total.counts
    sizes = {"event": "events", "link": "gold links", "covered statement": "covered"}
    yield ", ".join(count(counts[key], name) for name, key in sizes.items())
    yield ""
    yield f"{'':38}{'precision':>10}{'recall':>10}{'F1':>10}"
    for label, *names in _ROWS:
        yield f"{label:38}" + "".join(f"{_shown(found[name]):>10}" for name in names)
    yield ""
    for label, name, whole in _LINES:
        yield f"{label:38}{_shown(found[name]):>10}   of {counts[whole]}"
    for name in QUALIFIERS:
        value, wanted = _shown(found[f"{name}_f1"]), counts[f"{name} wanted"]
        yield f"{f'{name} (F1)':38}{value:>10}   of {wanted}"
    yield ""
    yield f"{'genre':14}{'events':>7}" + "".join(f"{label:>13}" for label, _ in _OF_A_GENRE)
    for genre, scored in sorted(genres.items()):
        row = figures(scored.counts)
        cells = "".join(f"{_shown(row[name]):>13}" for _, name in _OF_A_GENRE)
        yield f"{genre:14}{scored.counts['events']:>7}{cells}"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _listed(wrong: Iterable[Wrong]) -> Iterable[str]:
    for item in wrong:
        yield f"{item.event} | {item.kind} | {item.about}"
        for text in item.texts:
            yield f"      {text}"
