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
    assert upgrade(ledger) == (0, [ledger])
    expected = path.with_suffix(".after").read_text().replace("\n", ends)
    assert ledger.read_bytes().decode() == expected
    assert [entry.id for entry in load(ledger).claims] == ["bridge", "road"]
    assert upgrade(ledger) == (FORMAT_VERSION, [])
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


def test_an_older_name_of_a_key_is_read_and_replaced(tmp_path: Path) -> None:
    ledger = tmp_path / "claims.yaml"
    own = tmp_path / "claims.d" / "one.yaml"
    own.parent.mkdir()
    for path, one in ((ledger, "a"), (own, "b")):
        path.write_text(
            "version: 1\ndecisions:\n  - decision: same # on: a day\n"
            f"    fingerprints: [{one}, c]\n"
            "    on: 2025-04-13 # a Sunday\n"
        )
    before = load(ledger).decisions
    assert [str(entry.date) for entry in before] == ["2025-04-13", "2025-04-13"]
    assert upgrade(ledger) == (FORMAT_VERSION, [ledger, own])
    assert load(ledger).decisions == before
    for path in (ledger, own):
        assert "# on: a day\n" in path.read_text()
        assert "\n    date: 2025-04-13 # a Sunday\n" in path.read_text()
    assert upgrade(ledger) == (FORMAT_VERSION, [])
