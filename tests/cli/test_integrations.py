"""The GitHub Action's script and the pre-commit hook, run for real in a git repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from .desk import STORIES, desk_fixture, git, repository_fixture, story

__all__ = ["desk_fixture", "repository_fixture"]

Ran = subprocess.CompletedProcess[str]

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


def run(script: str, where: Path | None = None, /, **more: str) -> Ran:
    """Run a step's script as runners do."""
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=where,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_s_check_and_the_steps_without_it(repository: Path, tmp_path: Path) -> None:
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
    source = "https://git.example/copy/factcheck/tree/v1"
    assert set(values) | {"FACTCHECK_CACHE", "FACTCHECK_SOURCE"} == set(step["env"])
    done = run(
        step["run"],
        GITHUB_STEP_SUMMARY=str(summary),
        GITHUB_OUTPUT=str(tmp_path / "outputs"),
        FACTCHECK_SOURCE=source,
        **values,
    )
    assert done.returncode == 1, done.stderr
    assert "::error file=corpus/new articles/courier.md,line=9," in done.stdout
    driver = json.loads(Path("out.sarif").read_text())["runs"][0]["tool"]["driver"]
    assert driver["informationUri"] == source
    assert Path("out.html").read_text().startswith("<!")
    assert (tmp_path / "outputs").read_text() == "status=1\n"
    assert summary.read_text().startswith("before\n# factcheck: 1 error")

    _, install, check, _ = steps()
    assert install["run"].startswith("python3 -m venv venv && venv/bin/pip install git+https://")
    Path("venv").mkdir()
    Path("venv/bin").symlink_to(BIN)
    for base in ("main", ""):
        done = run(check["run"], BASE=base, GITHUB_STEP_SUMMARY=str(tmp_path / "own.md"))
        assert done.returncode == 1, done.stderr
        assert "title=FC101" in done.stdout
        assert (tmp_path / "own.md").read_text().startswith("# factcheck: 1 error")


def steps() -> list[Any]:
    """The steps that the page shows in place of the Action."""
    page = (ROOT / "docs" / "ci.md").read_text().partition("<!-- steps -->\n```yaml\n")[2]
    found: list[Any] = YAML(typ="safe").load(page.partition("```")[0])
    return found


@pytest.mark.parametrize("used", [read("action.yml")["runs"]["steps"], steps()])
def test_what_was_learned_is_kept_where_the_check_fails(used: list[Any]) -> None:
    restore, save = (
        next(step for step in used if step.get("uses", "").startswith(f"actions/cache/{what}@"))
        for what in ("restore", "save")
    )
    (check,) = [step for step in used if "factcheck check" in step.get("run", "")]
    assert used.index(restore) < used.index(check) < used.index(save)
    assert save["if"] == "always()"
    asked = dict(restore["with"])
    assert asked["key"].startswith(asked.pop("restore-keys"))
    assert "github.run_id" in asked["key"], "what is saved under a key is never changed"
    assert asked == save["with"]
    assert check["env"]["FACTCHECK_CACHE"] == asked["path"]
    (install,) = [step for step in used if "pip install" in step.get("run", "")]
    assert install["env"]["PIP_CACHE_DIR"] == f"{asked['path']}/pip"


def test_the_workflow_of_github() -> None:
    workflow = documented("GitHub")
    # The caches of a pull request are its own; those of the base branch are everybody's.
    assert set(workflow["on"]) == {"pull_request", "push"}
    checkout, check, upload = workflow["jobs"]["factcheck"]["steps"]
    assert checkout["with"]["fetch-depth"] == 0
    assert set(check["with"]) <= set(read("action.yml")["inputs"])
    assert check["with"]["sarif"] == upload["with"]["sarif_file"]
    # After a check that failed, and not for a fork, which has no right to it.
    assert upload["if"].startswith("always() && ")
    assert "pull_request.head.repo.full_name == github.repository" in upload["if"]


def test_every_input_of_the_action_is_used(repository: Path) -> None:
    text = (ROOT / "action.yml").read_text()
    for name, told in read("action.yml")["inputs"].items():
        assert told["description"]
        assert f"inputs.{name}" in text


def documented(heading: str) -> Any:
    """The YAML that a section of the page on CI shows."""
    page = (ROOT / "docs" / "ci.md").read_text().partition(f"\n## {heading}\n")[2]
    return YAML(typ="safe").load(page.partition("```yaml\n")[2].partition("```")[0])


def pre_commit_with(where: Path, configuration: Any) -> Callable[[], Ran]:
    """Set pre-commit up as a configuration of the page says it, and give what runs it.

    The hooks come from a repository that holds this one's, and the command is that of this
    environment in place of a fresh one (`language: system`).
    """
    if not (BIN / "pre-commit").exists():
        pytest.skip("pre-commit is not installed")
    hooks = where / "hooks"
    hooks.mkdir()
    shutil.copyfile(ROOT / ".pre-commit-hooks.yaml", hooks / ".pre-commit-hooks.yaml")
    git("init", "-q", str(hooks))
    git("-C", str(hooks), "add", "-A")
    git("-C", str(hooks), "commit", "-q", "-m", "Hooks")
    (told,) = configuration["repos"]
    told["repo"], told["rev"] = str(hooks), git("-C", str(hooks), "rev-parse", "HEAD").strip()
    for hook in told["hooks"]:
        hook["language"] = "system"
    # JSON is YAML.
    Path(".pre-commit-config.yaml").write_text(json.dumps(configuration))
    git("add", "-A")
    git("commit", "-q", "-m", "Configuration")

    def run() -> Ran:
        return subprocess.run(
            [str(BIN / "pre-commit"), "run", "--hook-stage", "pre-commit"],
            env=environment(PRE_COMMIT_HOME=str(where / "pre-commit")),
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize("folder", ["articles", "corpus"])
def test_the_hook_under_pre_commit(repository: Path, tmp_path: Path, folder: str) -> None:
    configuration = documented("pre-commit")
    (hook,) = configuration["repos"][0]["hooks"]
    assert hook["args"] == ["articles"], "the page says how it is done with another folder"
    if folder == "corpus":
        del hook["args"]
    else:
        git("mv", "corpus", folder)
    commit = pre_commit_with(tmp_path, configuration)
    Path("notes.py").write_text("1\n")
    git("add", "notes.py")
    assert "no files to check" in commit().stdout, "only articles and the ledger matter"
    path = Path(folder, "courier.md")
    shutil.copyfile(STORIES / "courier.md", path)
    git("add", "-A")
    done = commit()
    assert done.returncode == 1
    assert f"{folder}/courier.md:9:1: error FC101 divergent" in done.stdout, done.stdout
    if folder == "corpus":
        return
    # What is accepted is committed with it, and the hook sees it.
    accepted = subprocess.run(
        [str(BIN / "factcheck"), "accept", "--all", "--new-from", "HEAD", folder],
        env=environment(),
        check=False,
    )
    assert accepted.returncode == 0
    git("add", "-A")
    assert commit().returncode == 0
    git("rm", "-rqf", "claims.d")
    assert commit().returncode == 1
    path.write_text(path.read_text().replace("Fifteen", "Twelve"))
    git("add", "-A")
    assert commit().returncode == 0


@pytest.mark.parametrize("path", ["corpus/a.md", "a.txt", "claims.yaml", "x/claims.d/1-2.yaml"])
def test_the_hook_looks_at_articles_and_decisions(path: str) -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    assert re.search(hook["files"], path)
    assert not re.search(hook["files"], f"{path}.py")


def test_the_job_of_gitlab(repository: Path, tmp_path: Path) -> None:
    job = documented("GitLab")["factcheck"]
    install, check = job["script"]
    assert install.startswith("pip install git+https://")
    assert job["variables"]["GIT_DEPTH"] == 0
    story("courier.md")
    story("courier.md", "other.md")
    git("add", "-A")
    git("commit", "-q", "-m", "Two articles that deviate")
    # As a runner does it: a clone whose branches are those of `origin`.
    work = tmp_path / "builds"
    git("clone", "-q", "--branch", "new", str(repository), str(work))
    folders = {
        name: job["variables"][name].replace("$CI_PROJECT_DIR", str(work))
        for name in ("FACTCHECK_CACHE", "PIP_CACHE_DIR")
    }
    done = run(check, work, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", **folders)
    assert done.returncode == 1, done.stderr
    assert "corpus/courier.md:9:1: error FC101" in done.stdout
    (kept,) = (work / path for path in job["cache"]["paths"])
    assert kept.is_dir() and Path(folders["PIP_CACHE_DIR"]).is_relative_to(kept)
    assert job["cache"]["when"] == job["artifacts"]["when"] == "always"
    suite = ElementTree.parse(work / job["artifacts"]["reports"]["junit"]).getroot()
    cases = [(case.get("classname"), case.get("name")) for case in suite.iter("testcase")]
    assert len(cases) == len(set(cases)), "GitLab takes cases of one name for one case"
    assert len(list(suite.iter("failure"))) == int(suite.get("failures", 0)) > 0


@pytest.mark.parametrize("name", ["action.yml", "docs/ci.md"])
def test_the_actions_that_are_used_are_pinned(name: str) -> None:
    used = re.findall(r"(?m)^ *- uses: (?!YOUR-COPY)(.*)$", (ROOT / name).read_text())
    assert len(used) >= 4
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used), used


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
