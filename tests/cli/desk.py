"""A desk's repository for tests: articles, a ledger, git, and the program in this process."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from factcheck.cli import cli
from factcheck.errors import FactcheckError

ROOT = Path(__file__).parents[2]
STORIES = Path(__file__).parent / "stories"


class Done(NamedTuple):
    """What a run came to: its exit status, standard output and error output."""

    status: int
    out: str
    err: str


def factcheck(*arguments: str, stdin: str | None = None) -> Done:
    """Run the program here, as its `main` does it, without the start of a process."""
    # Wide, so that no message is broken over lines.
    done = CliRunner(env={"COLUMNS": "160"}).invoke(cli, arguments, input=stdin)
    if isinstance(done.exception, FactcheckError):
        error = done.exception
        return Done(error.exit_status, done.stdout, f"{error.message}\n{error.hint}")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def git(*arguments: str) -> str:
    """Run git in this folder, as nobody in particular."""
    names = {
        f"GIT_{who}_{what}": "desk@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *arguments], capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout


def story(name: str, to: str | None = None) -> Path:
    """Put one of the stories into the corpus."""
    path = Path("corpus", to or name)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(STORIES / name, path)
    return path


@pytest.fixture(name="desk")
def desk_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with two articles of two outlets, and a cache of its own."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    story("herald.md")
    story("post.md")
    return folder


@pytest.fixture(name="repository")
def repository_fixture(desk: Path) -> Path:
    """The same folder as a git repository: `main` has the two articles, `new` is a branch."""
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "Two articles")
    git("checkout", "-q", "-b", "new")
    return desk
