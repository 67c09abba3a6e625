"""Options that several commands share, and what they do with them. No heavy import at the top."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from factcheck.cli import output
from factcheck.cli.progress import progress_bar as progress_bar
from factcheck.errors import UsageError
from factcheck.reports import ENDINGS, REGISTRY

if TYPE_CHECKING:
    from factcheck.records import Report, Skipped
    from factcheck.reports.view import View
    from factcheck.runs import Inputs, Surroundings
    from factcheck.runs.checking import Checked
    from factcheck.runs.selection import Selection

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
    default="corpus",
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
        type=click.Choice(list(REGISTRY)),
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

list_format = click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(("terminal", "json")),
    default="terminal",
    show_default=True,
    help="Output format.",
)

query_options = _stack(
    list_format,
    click.option("--all", "-a", "show_all", is_flag=True, help="Print what is left out, too."),
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


def surroundings(ledger_path: str | None, no_ledger: bool, no_cache: bool) -> Surroundings:
    """The ledger, the cache and the standard input of a command."""
    from factcheck.cache import default_folder
    from factcheck.runs import Surroundings

    if ledger_path is not None and no_ledger:
        raise click.UsageError("--ledger and --no-ledger exclude each other.")
    return Surroundings(
        ledger_path,
        no_ledger,
        None if no_cache else default_folder(),
        sys.stdin.buffer if sys.stdin is not None else None,
    )


def read_inputs(
    paths: Sequence[str],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    quiet: bool = False,
    left: Sequence[Skipped] = (),
) -> Inputs:
    """`runs.read_inputs` with what the options say, its progress on standard error."""
    from factcheck.runs import read_inputs as read

    with progress_bar(quiet) as progress:
        return read(paths, surroundings(ledger_path, no_ledger, no_cache), progress, left)


def compare_inputs(inputs: Inputs, quiet: bool = False) -> Report:
    """`runs.compare_inputs` with its progress on standard error."""
    from factcheck.runs import compare_inputs as compare

    with progress_bar(quiet) as progress:
        return compare(inputs, progress)


def check(
    paths: Sequence[str],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    quiet: bool,
    new_from: str | None = None,
    failing: frozenset[str] | None = None,
) -> Checked | None:
    """`runs.checking.check` with what the options say, its progress on standard error."""
    from factcheck.runs.checking import check as run

    around = surroundings(ledger_path, no_ledger, no_cache)
    with progress_bar(quiet) as progress:
        return run(paths, around, new_from=new_from, failing=failing, progress=progress)


def selection(words: Sequence[str], option: str) -> Selection:
    """The findings that an option chooses. Raises `click.BadParameter`."""
    from factcheck.runs.selection import Selection

    try:
        return Selection.parse(words)
    except UsageError as error:
        raise click.BadParameter(error.message, param_hint=f"'{option}'") from None


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
    if name != "-" and suffix and suffix not in ENDINGS:
        raise UsageError(
            "output-ending",
            f"{name}: no format is known by the ending {suffix}",
            f"known are {', '.join(ENDINGS)}; or name the format with --format",
        )
    return ENDINGS.get(suffix, "terminal")


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
