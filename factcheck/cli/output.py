"""How output reaches a person: colour, a pager, a browser. No heavy import at the top."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_COLOUR, _PAGER = "factcheck.colour", "factcheck.pager"


def _keep(key: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, _: click.Parameter, value: Any) -> None:
        context.meta[key] = value

    return keep


def options(function: F) -> F:
    """`--color`, `--no-color`, `--pager`; what they were given is asked for by `colour`, `show`."""
    for option in (
        click.option(
            "--pager/--no-pager",
            default=None,
            expose_value=False,
            callback=_keep(_PAGER),
            help="Page what is longer than the screen (PAGER names the program).  "
            "[default: in a terminal]",
        ),
        click.option("--no-color", is_flag=True, help="The same as --color never."),
        click.option(
            "--color",
            type=click.Choice(("auto", "always", "never")),
            default="auto",
            show_default=True,
            expose_value=False,
            callback=_keep(_COLOUR),
            help="Colour; auto asks the terminal, NO_COLOR and FORCE_COLOR.",
        ),
    ):
        function = option(function)
    return function


def _asked(key: str) -> Any:
    context = click.get_current_context(silent=True)
    return context.meta.get(key) if context else None


def dumb() -> bool:
    """Whether standard output is a terminal that shows text and nothing else."""
    return os.environ.get("TERM") == "dumb"


def colour(no_color: bool) -> bool:
    """Whether output has colour: as the options say, else the environment, else the terminal."""
    asked = "never" if no_color else _asked(_COLOUR)
    if asked in ("always", "never"):
        return bool(asked == "always")
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and not dumb()


def show(text: str) -> None:
    """Print text for people, through a pager where it is longer than the screen."""
    asked = _asked(_PAGER)
    lines = shutil.get_terminal_size((100, 24)).lines
    fits = text.count("\n") < lines
    if asked is not False and sys.stdout.isatty() and not (dumb() or fits) and _paged(text):
        return
    click.echo(text, nl=False, color=True)


def _paged(text: str) -> bool:
    """Whether the pager of this system showed the text."""
    command = shlex.split(os.environ.get("PAGER", "less"))
    if not command or shutil.which(command[0]) is None:
        return False
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    sys.stdout.flush()
    try:
        # The reader may quit before the end, which is no failure.
        subprocess.run(command, input=text.encode(), env=environment, check=False)
    except BrokenPipeError:
        pass
    except OSError:
        return False
    return True


def open_page(path: str) -> None:
    """Open a file in the browser of this system."""
    import webbrowser

    address = Path(path).resolve().as_uri()
    if not webbrowser.open(address):
        click.echo(f"no browser was found; the page is at {address}", err=True)
