"""Options that several commands share, and what they do with them. No heavy import at the top."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from factcheck.cli import output
from factcheck.cli.progress import progress_bar
from factcheck.errors import UsageError
from factcheck.paths import is_folder

if TYPE_CHECKING:
    from factcheck.cache import Cache
    from factcheck.ingest import Input
    from factcheck.ledger import Ledger
    from factcheck.pipeline import Corpus
    from factcheck.records import Report, Skipped
    from factcheck.reports.view import View

FORMATS = (
    "terminal",
    "json",
    "json1",
    "markdown",
    "html",
    "csv",
    "xlsx",
    "svg",
    "text",
    "sarif",
    "junit",
    "github",
    "summary",
)
_SUFFIXES = {
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".svg": "svg",
    ".txt": "text",
    ".sarif": "sarif",
    ".xml": "junit",
}
DEFAULT_PATHS = ("corpus",)

# What cannot be read is told with the rest of what was not measured, and stops nothing.
PATH = click.Path(readable=False)

F = TypeVar("F", bound=Callable[..., Any])


def text(value: str) -> str:
    """Text that is kept or printed: what a shell passes on need not be any.

    Raises `click.BadParameter`.
    """
    try:
        value.encode()
    except UnicodeEncodeError:
        raise click.BadParameter("it is not UTF-8") from None
    return value


def _stack(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def apply(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply


paths_argument = click.argument("paths", nargs=-1, metavar="[PATHS]...", type=PATH)

to_option = click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False),
    default=DEFAULT_PATHS[0],
    show_default=True,
    metavar="DIR",
    help="The folder that keeps what is added.",
)
private_option = click.option(
    "--allow-private",
    "private",
    is_flag=True,
    help="Fetch from addresses of this computer and of private networks, too.",
)

input_options = _stack(
    click.option(
        "--ledger",
        "ledger_path",
        type=click.Path(dir_okay=False),
        help="The ledger to use.  [default: claims.yaml beside the articles, or further up]",
    ),
    click.option("--no-ledger", is_flag=True, help="Use no ledger, even where there is one."),
    click.option("--no-cache", is_flag=True, help="Neither read nor write the cache."),
)

output_options = _stack(
    click.option(
        "--format",
        "-f",
        "formats",
        multiple=True,
        type=click.Choice(FORMATS),
        help="Output format; repeatable.  [default: terminal, or by the ending of --output]",
    ),
    click.option(
        "--output",
        "-o",
        "outputs",
        multiple=True,
        type=click.Path(dir_okay=False),
        help="Write to FILE instead of standard output; the first --output belongs to the first "
        "--format, and so on.",
        metavar="FILE",
    ),
    click.option("--quiet", "-q", is_flag=True, help="Print the summary line alone."),
    click.option("--all", "-a", "show_all", is_flag=True, help="Print what is folded, too."),
    output.options,
)

filter_options = _stack(
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice(["divergent", "corroborated", "single-sourced", "unsure", "echoed"]),
        help="Show only groups with this status; repeatable.",
    ),
    click.option(
        "--min-outlets",
        type=click.IntRange(min=1),
        default=1,
        help="Show only groups told by at least N outlets.",
        metavar="N",
    ),
    click.option(
        "--speaker", type=text, help="Show only statements of speakers whose name holds TEXT."
    ),
)


@dataclass(frozen=True)
class Inputs:
    """What a command read: the extracted articles, the ledger that applies, the paths asked for,
    and where the cache is.
    """

    corpus: Corpus
    ledger: Ledger
    ledger_path: Path | None
    paths: tuple[str, ...]
    cache_folder: Path | None


def read_inputs(
    paths: Sequence[str],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    quiet: bool = False,
    left: Sequence[Skipped] = (),
) -> Inputs:
    """Read and extract the articles that a command was asked for.

    `left` is what was asked for and could not be fetched. Raises `UsageError` for missing paths, or
    where no path is given and there is no `corpus/`.
    """
    from factcheck.cache import Cache
    from factcheck.config import Settings
    from factcheck.ingest import discover
    from factcheck.ledger.renamed import followed

    paths = given_paths(paths)
    where, ledger = read_ledger(paths, ledger_path, no_ledger)
    folder = cache_folder(no_cache)
    inputs = discover(paths, Settings().limits)
    with Cache(folder) as cache:
        corpus = read_corpus(inputs, ledger, cache, quiet)
    corpus = replace(corpus, skipped=(*left, *corpus.skipped))
    return Inputs(corpus, followed(ledger, corpus.extractions), where, tuple(paths), folder)


def given_paths(paths: Sequence[str]) -> Sequence[str]:
    """Return the paths, or the default. Raises `UsageError` where there is neither."""
    if paths or is_folder(Path(DEFAULT_PATHS[0])):
        return paths or DEFAULT_PATHS
    raise UsageError(
        "no-paths",
        "no articles named, and there is no folder 'corpus' here",
        "name files or folders (factcheck compare articles/), "
        "or write the sample with 'factcheck init DIR'",
    )


def read_ledger(
    paths: Sequence[str], ledger_path: str | None, no_ledger: bool
) -> tuple[Path | None, Ledger]:
    """Find and read the ledger that applies to `paths`; without one, an empty ledger."""
    from factcheck import ledger as ledgers

    if ledger_path is not None and no_ledger:
        raise click.UsageError("--ledger and --no-ledger exclude each other.")
    where = None if no_ledger else Path(ledger_path) if ledger_path else ledgers.find(paths)
    return where, ledgers.load(where)


def cache_folder(no_cache: bool) -> Path | None:
    """Where the cache is, `None` where there is to be none."""
    from factcheck.cache import default_folder

    return None if no_cache else default_folder()


def read_corpus(inputs: Sequence[Input], ledger: Ledger, cache: Cache, quiet: bool) -> Corpus:
    """Read and extract articles."""
    from factcheck.attribution.tagger import Tagger
    from factcheck.config import Settings
    from factcheck.ingest import read
    from factcheck.pipeline import Corpus, extract

    wanted = sys.stdin is not None and any(item.path == "-" for item in inputs)
    stdin = sys.stdin.buffer if wanted else None
    limits = Settings().limits
    articles, skipped = read(inputs, limits, stdin, ledger.families, cache.articles)
    with progress_bar(quiet) as progress:
        found = extract(articles, Tagger(), cache.extractions, progress, known_outlets(ledger))
    return Corpus(tuple(found), tuple(skipped))


def known_outlets(ledger: Ledger) -> tuple[str, ...]:
    """The names of outlets that a ledger knows, and of their families."""
    return tuple(dict.fromkeys((*ledger.families, *ledger.families.values())))


def compare_inputs(inputs: Inputs, quiet: bool = False) -> Report:
    """Compare what was read, under the ledger's policy and decisions."""
    from factcheck.cache import Cache
    from factcheck.pipeline import compare

    ledger = inputs.ledger
    with Cache(inputs.cache_folder) as cache, progress_bar(quiet) as progress:
        return compare(
            inputs.corpus,
            ledger.settings(),
            ledger.matching_decisions(),
            progress,
            cache.readings,
        )


def make_view(no_color: bool, quiet: bool, show_all: bool, **choices: Any) -> View:
    """The view of standard output: its width, whether it can show colour and Unicode."""
    import shutil

    from factcheck.reports.view import View

    encoding = (sys.stdout.encoding or "ascii").lower()
    return View(
        width=max(40, min(shutil.get_terminal_size((100, 24)).columns, 160)),
        colour=output.colour(no_color),
        unicode=encoding.replace("-", "").startswith("utf"),
        verbosity=-1 if quiet else 1 if show_all else 0,
        **choices,
    )


def _format_of(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if name != "-" and suffix and suffix not in _SUFFIXES:
        raise UsageError(
            "output-ending",
            f"{name}: no format is known by the ending {suffix}",
            f"known are {', '.join(_SUFFIXES)}; or name the format with --format",
        )
    return _SUFFIXES.get(suffix, "terminal")


def emit(
    render: Callable[[str], str | bytes],
    formats: Sequence[str],
    outputs: Sequence[str],
    kept: Iterable[str | Path | None] = (),
) -> None:
    """Render each format and write it to its file, or to standard output.

    `kept` are files that people wrote (articles, the ledger), which no report replaces.

    Raises `UsageError` where there are more files than formats, a file's ending tells no format, it
    cannot be written, or it is one of `kept`.
    """
    if not formats:
        formats = [_format_of(name) for name in outputs] or ["terminal"]
    if len(outputs) > len(formats):
        raise UsageError(
            "outputs",
            f"{len(outputs)} --output for {len(formats)} --format",
            "give each --output its --format",
        )
    own = {os.path.realpath(path) for path in kept if path and str(path) != "-"}
    for name in outputs:
        if os.path.realpath(name) in own:
            raise UsageError(
                "output-is-input",
                f"{name}: this file was read, and a report would replace it",
                "choose another --output",
            )
    for index, name in enumerate(formats):
        told = render(name)
        if index < len(outputs) and outputs[index] != "-":
            write_file(outputs[index], told)
        else:
            print_text(told, name)


def print_text(text: str | bytes, name: str) -> None:
    """Print a rendering; formats that programs read are UTF-8 whatever the terminal speaks.

    Raises `UsageError` where one that is no text would go to a terminal.
    """
    if isinstance(text, bytes):
        if sys.stdout.isatty():
            raise UsageError("binary", f"{name} is no text", "name a file with --output")
        click.echo(text, nl=False)
        return
    text = text if text.endswith("\n") else text + "\n"
    if name in ("terminal", "text"):
        output.show(text)
    else:
        click.echo(text.encode("utf-8"), nl=False)


def write_file(name: str, text: str | bytes) -> None:
    """Write a file whole or not at all. Raises `UsageError` where that fails."""
    from factcheck.ledger.files import write_atomically

    try:
        write_atomically(Path(name), text)
    except OSError as error:
        raise UsageError(
            "unwritable",
            f"{name}: cannot be written: {error.strerror or error}",
            "choose another --output",
        ) from error


def exit_status(found: bool, skipped: Sequence[object]) -> int:
    """The exit status of a run that ended: findings first, then what could not be measured."""
    return 1 if found else 3 if skipped else 0
