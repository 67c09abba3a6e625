"""The documentation of the commands cannot drift from the commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from factcheck.cli import cli
from factcheck.cli.reference import reference

ROOT = Path(__file__).parents[2]


def test_the_reference_is_up_to_date() -> None:
    written = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m factcheck.cli.reference > docs/cli.md"


def test_every_command_in_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"(?m)^(?:\$ )?(?:\.venv/bin/)?factcheck (.*)$", readme)
    assert lines, "the README shows no command"
    for line in lines:
        command: click.Command = cli
        words = shlex.split(line, comments=True)
        while isinstance(command, click.Group) and words:
            found = command.get_command(click.Context(command), words.pop(0))
            assert found is not None, line
            command = found
        known = {
            name for option in command.params for name in (*option.opts, *option.secondary_opts)
        }
        for word in words:
            if word.startswith("--") and word != "--help":
                assert word.split("=")[0] in known, f"{word} in: factcheck {line}"
