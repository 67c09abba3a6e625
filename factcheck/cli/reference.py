"""`python -m factcheck.cli.reference`: docs/cli.md, made from the commands themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from factcheck.cli import cli


def reference() -> str:
    """The reference of every command as Markdown, the same on every machine."""
    parts = [
        "# Command reference",
        "Made from the commands themselves by `python -m factcheck.cli.reference`; "
        "a test holds the two together.",
    ]
    for path, command in _walk(cli, ("factcheck",)):
        # A command takes the names of its help option from the group that it runs in.
        context = click.Context(
            command,
            info_name=" ".join(path),
            terminal_width=96,
            help_option_names=cli.context_settings["help_option_names"],
        )
        parts.append(f"## `{' '.join(path)}`")
        parts.append(f"```text\n{command.get_help(context).rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def _walk(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _walk(child, (*path, name))


if __name__ == "__main__":
    sys.stdout.write(reference())
