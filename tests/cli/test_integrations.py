"""The GitHub Action's script and the pre-commit hook, run for real in a git repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from .desk import desk_fixture, git, repository_fixture, story

__all__ = ["desk_fixture", "repository_fixture"]

ROOT = Path(__file__).parents[2]
# Where the `factcheck` of this environment is.
BIN = Path(sys.executable).parent

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        not (BIN / "factcheck").exists(), reason="needs the installed command, not only the module"
    ),
]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **more}


def read(name: str) -> Any:
    return YAML(typ="safe").load((ROOT / name).read_text())


def test_the_action_s_check(repository: Path, tmp_path: Path) -> None:
    action = read("action.yml")
    step = next(step for step in action["runs"]["steps"] if step.get("id") == "check")
    assert all("${{" not in step["run"] for step in action["runs"]["steps"] if "run" in step)
    story("courier.md", "new articles/courier.md")
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    values = {
        "PATHS": "corpus/new articles/courier.md\ncorpus\n",
        "NEW_FROM": "main",
        "LEDGER": "",
        "FAIL_ON": "divergent\n",
        "SARIF": "out.sarif",
        "REPORT": "out.html",
    }
    assert set(values) | {"FACTCHECK_CACHE"} == set(step["env"])
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        env=environment(
            GITHUB_STEP_SUMMARY=str(summary), GITHUB_OUTPUT=str(tmp_path / "outputs"), **values
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "::error file=corpus/new articles/courier.md,line=9," in done.stdout
    assert Path("out.sarif").stat().st_size
    assert Path("out.html").read_text().startswith("<!")
    assert (tmp_path / "outputs").read_text() == "status=1\n"
    assert summary.read_text().startswith("before\n# factcheck: 1 error")


def test_every_input_of_the_action_is_used(repository: Path) -> None:
    text = (ROOT / "action.yml").read_text()
    for name, told in read("action.yml")["inputs"].items():
        assert told["description"]
        assert f"inputs.{name}" in text


def test_the_hook_under_pre_commit(repository: Path, tmp_path: Path) -> None:
    if not (BIN / "pre-commit").exists():
        pytest.skip("pre-commit is not installed")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copyfile(ROOT / ".pre-commit-hooks.yaml", hooks / ".pre-commit-hooks.yaml")
    subprocess.run(["git", "init", "-q"], cwd=hooks, check=True)
    git("-C", str(hooks), "add", "-A")
    git("-C", str(hooks), "commit", "-q", "-m", "Hooks")
    revision = git("-C", str(hooks), "rev-parse", "HEAD").strip()
    # `language: system` takes the command of this environment in place of a fresh one.
    Path(".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n"
        "      - id: factcheck\n        language: system\n"
    )
    git("add", "-A")
    git("commit", "-q", "-m", "Configuration")

    def commit() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(BIN / "pre-commit"), "run", "--hook-stage", "pre-commit"],
            env=environment(PRE_COMMIT_HOME=str(tmp_path / "pre-commit")),
            capture_output=True,
            text=True,
            check=False,
        )

    Path("notes.py").write_text("1\n")
    git("add", "notes.py")
    assert "no files to check" in commit().stdout, "only articles and the ledger matter"
    story("courier.md")
    git("add", "-A")
    done = commit()
    assert done.returncode == 1
    assert "corpus/courier.md:9:1: error FC101 divergent" in done.stdout, done.stdout
    path = Path("corpus/courier.md")
    path.write_text(path.read_text().replace("Fifteen", "Twelve"))
    git("add", "-A")
    assert commit().returncode == 0


def test_the_actions_that_the_action_uses_are_pinned() -> None:
    used = [step["uses"] for step in read("action.yml")["runs"]["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name) for name in used)


def test_the_plain_hook_checks_what_is_staged(desk: Path) -> None:
    git("init", "-q", "-b", "main")
    page = (ROOT / "docs" / "ci.md").read_text().partition("<!-- hook -->\n```sh\n")[2]
    hook = Path(".git/hooks/pre-commit")
    hook.write_text(page.partition("```")[0])
    hook.chmod(0o755)

    def commit() -> subprocess.CompletedProcess[str]:
        names = {
            f"GIT_{who}_{what}": "desk@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        return subprocess.run(
            ["git", "commit", "-m", "Change"],
            env=environment(PYTHONPATH=str(ROOT), **names),
            capture_output=True,
            text=True,
            check=False,
        )

    git("add", "-A")
    done = commit()
    assert done.returncode == 0, done.stderr
    path = story("courier.md")
    git("add", "-A")
    staged = path.read_text()
    path.write_text(staged.replace("Fifteen", "Twelve"))
    done = commit()
    assert done.returncode == 1
    assert "corpus/courier.md:9:1: error FC101" in done.stdout + done.stderr
    git("add", "-A")
    path.write_text(staged)
    done = commit()
    assert done.returncode == 0, "what lies in the folder is not what is committed"


def test_the_hook_asks_for_what_it_needs() -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    assert (hook["pass_filenames"], hook["require_serial"]) == (False, True)
