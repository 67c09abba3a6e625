"""What docs/design.md says of the code is so: the order of the modules, the dependencies."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "factcheck"
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
# The entry point stands outside the order: it starts the command line and does nothing else.
ENTRY = {"__init__", "__main__"}


def listed_modules() -> list[str]:
    table = DESIGN.split("<!-- modules: begin -->")[1].split("<!-- modules: end -->")[0]
    return re.findall(r"(?m)^\| `([\w]+)(?:\.py|/)` \|", table)


def modules() -> set[str]:
    """Top-level modules and folders that hold code."""
    files = {path.stem for path in PACKAGE.glob("*.py")}
    folders = {path.parent.name for path in PACKAGE.glob("*/*.py")}
    return (files | folders) - ENTRY


def imports(module: str) -> set[str]:
    """The top-level modules of the package that a module or folder imports, at any depth."""
    files = [PACKAGE / f"{module}.py", *(PACKAGE / module).rglob("*.py")]
    found: set[str] = set()
    for file in filter(Path.is_file, files):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module == "factcheck":
                names = [f"factcheck.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            found |= {name.split(".")[1] for name in names if name.startswith("factcheck.")}
    return (found & modules()) - {module}


def test_every_module_is_listed() -> None:
    assert sorted(listed_modules()) == sorted(modules())


@pytest.mark.parametrize("module", sorted(modules()))
def test_modules_import_only_from_those_above(module: str) -> None:
    order = listed_modules()
    below = {name for name in imports(module) if order.index(name) > order.index(module)}
    assert not below


def test_every_dependency_has_its_reason() -> None:
    section = DESIGN.split("## Dependencies and why")[1]
    told = set(re.findall(r"(?m)^\| ([\w.\-]+) \|", section)) - {"package"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    entries = [entry for listed in (project["dependencies"], *extras) for entry in listed]
    needed = {re.split(r"[<>=!~\[; ]", entry)[0].lower() for entry in entries}
    assert told == needed
