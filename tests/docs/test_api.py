"""The examples of docs/api.md run as they stand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"(?s)```python\n(.*?)```", PAGE)
# The first example compares three texts, lists conflicts as a table and explains one.
_LINES = 10


@pytest.mark.model
def test_the_examples_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "corpus").mkdir()
    for name in ("ferry-lane-herald.md", "harbour-courier.md", "lantern-street.txt"):
        shutil.copy(ROOT / "corpus" / name, tmp_path / "corpus")
    shutil.copy(ROOT / "claims.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for number, example in enumerate(EXAMPLES):
        exec(compile(example, f"docs/api.md, example {number}", "exec"), names)
        told = capsys.readouterr().out
        assert told or "assert" in example, example
        if number == 0:
            assert "Mill Gazette figure 3 passengers injured" in told
            assert "Harbour Courier and Mill Gazette themselves" in told
            assert "The origins" in told
    assert len(EXAMPLES) >= 8


def test_the_first_example_is_short() -> None:
    assert len([line for line in EXAMPLES[0].splitlines() if line]) <= _LINES
