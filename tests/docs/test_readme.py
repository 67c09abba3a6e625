"""The README's figures are those of the last benchmark run, and its commands exist."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from factcheck.cli import COMMANDS
from factcheck.reports import REGISTRY

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "benchmarks" / "readme_figures.py"
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme_figures", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readme_agrees_with_the_results(
    figures: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["readme_figures.py", "--check"])
    assert figures.main() == 0


def test_a_row_shows_the_figure_it_names(figures: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "speed.json").write_text(json.dumps({"runs": [{"seconds": 1.234}]}))
    row = {"what": "two articles", "figure": "speed:runs.0.seconds", "format": ".1f"}
    assert "| two articles | **1.2** |" in figures.table([row], tmp_path)


def test_a_row_without_a_result_is_left_out_and_named(figures: ModuleType, tmp_path: Path) -> None:
    row = {"what": "two articles", "figure": "speed:seconds"}
    assert figures.unmeasured([row], tmp_path) == [row]
    assert "two articles" not in figures.table([row], tmp_path)


@pytest.mark.parametrize("name", ["speed:runs.1", "speed:runs", "speed:other", "none:runs"])
def test_a_figure_that_is_not_there_is_an_error(
    figures: ModuleType, tmp_path: Path, name: str
) -> None:
    (tmp_path / "speed.json").write_text(json.dumps({"runs": [1.0]}))
    with pytest.raises(KeyError, match=re.escape(name)):
        figures.figure(name, tmp_path)


def test_a_readme_without_markers_is_refused(figures: ModuleType) -> None:
    with pytest.raises(ValueError, match="markers"):
        figures.filled("# no markers here\n", "| table |\n")


def test_the_tour_names_only_commands_and_formats_that_exist() -> None:
    blocks = "\n".join(re.findall(r"(?s)```sh\n(.*?)```", README))
    commands = set(re.findall(r"(?m)(?:^|/)factcheck ([a-z]+)", blocks))
    assert {"compare", "extract", "explain", "trace", "check"} <= commands
    assert commands <= set(COMMANDS)
    assert set(re.findall(r"--format (\w+)", blocks)) <= set(REGISTRY)


def test_every_format_stands_in_the_documentation_with_its_ending() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"(?m)^\| `(\w+)` \| .+? \|(.*)\|$", page.split("\n## ")[0]))
    older = {"json1"}
    assert set(rows) == set(REGISTRY) - older
    for name, row in REGISTRY.items():
        if name not in older:
            assert re.findall(r"`(\.\w+)`", rows[name]) == list(row.endings[:1]), name
        assert row.about
