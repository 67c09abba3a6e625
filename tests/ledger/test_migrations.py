"""Ledgers of older formats become current ones: comments, order and meaning kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import ConfigurationError
from factcheck.ledger import load
from factcheck.ledger.migrations import MIGRATIONS, upgrade
from factcheck.ledger.models import FORMAT_VERSION

CASES = Path(__file__).parent / "cases"
OLD = sorted((CASES / "upgrades").glob("*.yaml"))


def test_there_is_a_step_from_every_version() -> None:
    assert sorted(MIGRATIONS) == list(range(FORMAT_VERSION))


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_upgrades_and_keeps_comments(tmp_path: Path, path: Path, ends: str) -> None:
    ledger = tmp_path / "claims.yaml"
    ledger.write_bytes(path.read_text().replace("\n", ends).encode())
    assert upgrade(ledger) == 0
    expected = path.with_suffix(".after").read_text().replace("\n", ends)
    assert ledger.read_bytes().decode() == expected
    assert [entry.id for entry in load(ledger).claims] == ["bridge", "road"]
    assert upgrade(ledger) == FORMAT_VERSION
    assert ledger.read_bytes().decode() == expected, "a second upgrade changes nothing"


@pytest.mark.parametrize(
    "text", ["version: 0\nclaimz: []\n", "version: 2\n", "- a\n", "version: 0\nclaims: &a [*a]\n"]
)
def test_what_is_no_ledger_is_left_alone(tmp_path: Path, text: str) -> None:
    ledger = tmp_path / "claims.yaml"
    ledger.write_text(text)
    with pytest.raises(ConfigurationError):
        upgrade(ledger)
    assert ledger.read_text() == text
