"""Colour, paging, help: what a person at a terminal meets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from factcheck.cli import cli, output
from factcheck.cli.examples import EXAMPLES

COLOUR_CASES = [
    # (--color, --no-color, environment, in a terminal, whether there is colour)
    ("auto", False, {}, True, True),
    ("auto", False, {}, False, False),
    ("auto", False, {"TERM": "dumb"}, True, False),
    ("auto", False, {"NO_COLOR": "1"}, True, False),
    ("auto", False, {"NO_COLOR": ""}, True, True),
    ("auto", False, {"FORCE_COLOR": "1"}, False, True),
    ("auto", False, {"FORCE_COLOR": "0"}, False, False),
    ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ("always", False, {"NO_COLOR": "1"}, False, True),
    ("never", False, {"FORCE_COLOR": "1"}, True, False),
    ("always", True, {}, True, False),
]


@pytest.mark.parametrize(("asked", "none", "environment", "terminal", "wanted"), COLOUR_CASES)
def test_colour_is_as_asked_then_as_the_environment_says_then_the_terminal(
    asked: str,
    none: bool,
    environment: dict[str, str],
    terminal: bool,
    wanted: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    seen: list[bool] = []

    @click.command()
    @output.options
    def command(no_color: bool) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
        seen.append(output.colour(no_color))

    CliRunner().invoke(
        command, ["--color", asked, *(["--no-color"] if none else [])], catch_exceptions=False
    )
    assert seen == [wanted]


@pytest.fixture
def pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A pager that keeps what it was shown."""
    shown = tmp_path / "shown.txt"
    program = tmp_path / "pager"
    program.write_text(f"#!/bin/sh\ncat > {shown}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PAGER", str(program))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("COLUMNS", "80")
    yield shown


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
@pytest.mark.parametrize(
    ("arguments", "lines", "terminal", "paged"),
    [
        ([], 30, True, True),
        ([], 5, True, False),
        ([], 30, False, False),
        (["--no-pager"], 30, True, False),
    ],
)
def test_what_is_longer_than_the_screen_is_paged(
    arguments: list[str],
    lines: int,
    terminal: bool,
    paged: bool,
    pager: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @click.command()
    @output.options
    def command(no_color: bool) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
        output.show("a line\n" * lines)

    told = CliRunner().invoke(command, arguments, catch_exceptions=False).output
    assert pager.exists() == paged
    assert (pager.read_text() if paged else told) == "a line\n" * lines


def test_a_pager_that_is_not_there_costs_nothing(
    pager: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "/no/such/program")

    @click.command()
    @output.options
    def command(no_color: bool) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        output.show("a line\n" * 30)

    assert CliRunner().invoke(command, []).output == "a line\n" * 30


def _commands(command: click.Command, path: str = "") -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield path
        return
    for name in command.list_commands(click.Context(command)):
        child = command.get_command(click.Context(command), name)
        assert child is not None
        yield from _commands(child, f"{path} {name}".strip())


COMMANDS = list(_commands(cli))


@pytest.mark.parametrize("path", COMMANDS)
def test_every_help_has_an_example_that_calls_it(path: str) -> None:
    told = CliRunner().invoke(cli, [*path.split(), "--help"]).output
    assert "Examples:" in told
    assert f"  factcheck {path}" in told


def test_no_example_is_of_a_command_that_is_not_there() -> None:
    assert set(EXAMPLES) <= set(COMMANDS)


@pytest.mark.parametrize(
    ("typed", "meant"), [("comprae", "compare"), ("explian", "explain"), ("zzz", "")]
)
def test_the_command_that_was_meant_is_told(typed: str, meant: str) -> None:
    told = CliRunner().invoke(cli, [typed])
    assert told.exit_code == 2
    assert (f"Did you mean '{meant}'?" in told.output) == bool(meant)
    assert "Did you mean" in told.output or not meant


def test_open_needs_a_page() -> None:
    told = CliRunner().invoke(cli, ["compare", "corpus", "--open"])
    assert told.exit_code == 2
    assert "-o report.html" in told.output
