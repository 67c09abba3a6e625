"""The command line: parse, call, print, exit. One module a command, imported when it is used."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import NoReturn

import click

from factcheck import __version__
from factcheck.cli import streams
from factcheck.cli.examples import epilog
from factcheck.errors import FactcheckError
from factcheck.safe import plain

# Command → module under `factcheck.cli` that defines `command`, in the order of `--help`.
COMMANDS = {
    "add": "add",
    "compare": "compare",
    "watch": "watch",
    "extract": "extract",
    "explain": "explain",
    "trace": "trace",
    "who": "who",
    "outlet": "outlet",
    "archive": "archive",
    "check": "check",
    "accept": "accept",
    "review": "review",
    "claims": "claims",
    "rules": "rules",
    "init": "init",
    "evaluate": "evaluate",
    "schema": "schema",
    "mcp": "mcp",
}
EXIT_CRASH = 70


class _LazyGroup(click.Group):
    """Imports a command's module only when the command is looked up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = importlib.import_module(f"factcheck.cli.{COMMANDS[name]}").command
        assert isinstance(command, click.Command)
        _exemplify(command, name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; an unknown name is told with the one that was probably meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            meant = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{args[0]}'.{meant}")
        return super().resolve_command(ctx, args)


def _exemplify(command: click.Command, path: str) -> None:
    """Put examples under the help of a command and of those below it."""
    command.epilog = command.epilog or epilog(path)
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            _exemplify(child, f"{path} {name}")


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done, 1 findings at or above --fail-on, 2 wrong usage or configuration, "
    "or output that cannot be written, 3 something could not be measured, 70 a bug in factcheck, "
    "130 interrupted.",
)
@click.version_option(__version__, prog_name="factcheck")
def cli() -> None:
    """Split news articles into attributed claims, match them across outlets, and report which
    statements are corroborated, single-sourced or divergent.

    It reports who corroborates whom; it never says that something is true.
    """


def main() -> NoReturn:
    """Run the command line and exit; errors are messages, never tracebacks."""
    streams.occupy()
    if sys.stdout is None:
        sys.stdout = streams.Closed()
    if sys.stderr is None:
        sys.stderr = streams.Nowhere()
    # Whoever asks for the size of the terminal asks the standard output that Python began with.
    sys.stdout = streams.buffered(sys.stdout)
    vars(sys)["__stdout__"] = sys.stdout
    try:
        status = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        streams.drop(sys.stdout)  # The reader (`head`) has gone, and wants no more.
        status = 0
    except OSError as error:
        if error.filename is not None:
            # What the system refuses of a file or folder is no bug, wherever it shows.
            where = os.fsdecode(error.filename)
            _complain(f"{where}: {error.strerror or error}", "check its permissions")
            raise SystemExit(2) from None
        if not streams.is_of_output(error):
            raise SystemExit(_crashed()) from None
        streams.drop(sys.stdout)
        _complain(
            f"standard output cannot be written: {error.strerror or error}",
            "name a file with --output, or make room",
        )
        status = 2
    raise SystemExit(status)


def _run() -> int:
    """Run the command that was asked for, and return its exit status."""
    try:
        status = cli.main(standalone_mode=False)
    except SystemExit as error:
        status = error.code
    except FactcheckError as error:
        _complain(error.message, error.hint)
        return error.exit_status
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        for line in told.getvalue().splitlines():
            click.echo(plain(line), err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        return _interrupted()
    except OSError:
        raise
    except Exception as error:
        return _interrupted() if _stems_from_interrupt(error) else _crashed()
    except BaseException as error:
        # What a library in Rust (pydantic's) makes of a failure is no `Exception`.
        if type(error).__name__ != "PanicException":
            raise
        return _interrupted() if _stems_from_interrupt(error) else _crashed()
    return status if isinstance(status, int) else 0


def _interrupted() -> int:
    click.echo("interrupted", err=True)
    return 130


def _stems_from_interrupt(error: BaseException | None) -> bool:
    """Whether an interrupt became a failure on its way up, as it does while a class is made."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt) or "KeyboardInterrupt" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _complain(message: str, hint: str) -> None:
    # Messages name paths and quote files, which may hold anything.
    click.secho("error: ", fg="red", bold=True, err=True, nl=False)
    click.echo(plain(message), err=True)
    if hint:
        click.echo(f"  {plain(hint)}", err=True)


def _crashed() -> int:
    """Write what a bug report needs into a file, and say where it is."""
    import platform
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="factcheck-crash-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"factcheck {__version__}, Python {platform.python_version()}, ")
        log.write(f"{platform.platform()}\narguments: {sys.argv[1:]}\n\n{traceback.format_exc()}")
    _complain(
        f"this is a bug in factcheck ({sys.exc_info()[1].__class__.__name__})",
        f"please report it with the file {log.name}",
    )
    return EXIT_CRASH
