"""The examples of docs/extending.md do what it says, applied to a copy of the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"(?ms)^## (.+?)\n(.*?)(?=^## |\Z)", PAGE))
BLOCK = re.compile(r"(?ms)^```(?:python|toml|sh)\n(.*?)^```$")
# What a section may ask to touch, a folder that is copied counted once.
MOST = 3


def places(section: str) -> set[str]:
    """The files that a section writes to."""
    named = re.findall(r"(?m)^# (factcheck/[\w/.]+)", section)
    return {re.sub(r"/lang/de/.*", "/lang/de", name) for name in named}


def copied(to: Path) -> Path:
    """The program without its models, which are linked."""
    package = ROOT / "factcheck"
    shutil.copytree(package, to / "factcheck", ignore=shutil.ignore_patterns("models"))
    (to / "factcheck" / "models").symlink_to(package / "models")
    return to


def applied(block: str, root: Path) -> None:
    """Do what a block says: write a file, or put code behind or instead of a line."""
    head, _, code = block.partition("\n")
    match = re.fullmatch(r"# (\S+?)(?:, (behind|instead of): (.*))?", head)
    assert match, head
    name, how, line = match.groups()
    file = root / name
    if how is None:
        assert not file.exists(), name
        file.write_text(code, encoding="utf-8")
        return
    text = file.read_text(encoding="utf-8")
    assert text.count(f"{line}\n") == 1, f"{name} has no single line {line!r}"
    kept = f"{line}\n" if how == "behind" else ""
    file.write_text(text.replace(f"{line}\n", kept + code), encoding="utf-8")


@pytest.mark.parametrize("section", SECTIONS)
def test_an_example_does_what_it_says(section: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    blocks = BLOCK.findall(SECTIONS[section])
    shown = [block for block in blocks if block.startswith("# shown\n")]
    assert len(shown) == 1
    for block in blocks:
        if block.startswith("cp "):
            subprocess.run(block.split(), cwd=root, check=True)
        elif block not in shown:
            applied(block, root)
    paths = os.pathsep.join([str(root), str(ROOT / "tests" / "divergence")])
    done = subprocess.run(
        [sys.executable, "-c", shown[0]],
        cwd=root,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("section", SECTIONS)
def test_it_touches_three_files_at_most(section: str) -> None:
    assert 1 <= len(places(SECTIONS[section])) <= MOST


def test_every_extension_has_its_section() -> None:
    table = re.findall(r"(?m)^\| \[.+?\]\(#(.+?)\)", PAGE.partition("\n## ")[0])
    assert table == [name.lower().replace(" ", "-") for name in SECTIONS]
