"""What a run finds around its articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import ConfigurationError, UsageError
from factcheck.ledger import EMPTY
from factcheck.runs.inputs import Surroundings, given_paths, known_outlets, read_ledger
from factcheck.runs.selection import Selection

LEDGER = "version: 1\noutlets:\n- name: Post\n  domains: [Post.example]\n  family: Sillford\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "claims.yaml").write_text(LEDGER)
    (tmp_path / "other.yaml").write_text("version: 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_ledger_beside_the_articles_applies(place: Path) -> None:
    where, ledger = read_ledger(["corpus"], Surroundings())
    assert where and where.name == "claims.yaml"
    assert known_outlets(ledger) == ("Post", "post.example", "Sillford")


def test_a_named_ledger_or_none(place: Path) -> None:
    where, ledger = read_ledger(["corpus"], Surroundings(ledger="other.yaml"))
    assert (where, ledger.families) == (Path("other.yaml"), {})
    assert read_ledger(["corpus"], Surroundings(no_ledger=True)) == (None, EMPTY)
    with pytest.raises(UsageError) as error:
        read_ledger(["corpus"], Surroundings(ledger="other.yaml", no_ledger=True))
    assert error.value.code == "ledger"
    with pytest.raises(ConfigurationError):
        read_ledger(["corpus"], Surroundings(ledger="none.yaml"))


def test_the_corpus_is_read_where_nothing_is_named(place: Path) -> None:
    assert given_paths(["a.txt"]) == ["a.txt"]
    assert tuple(given_paths([])) == ("corpus",)
    (place / "corpus").rmdir()
    with pytest.raises(UsageError) as error:
        given_paths([])
    assert error.value.code == "no-paths"


@pytest.mark.parametrize(
    ("words", "level", "rules"),
    [
        ((), None, frozenset()),
        (("warning",), 1, frozenset()),
        (("error", "note"), 2, frozenset()),
        (("never",), -1, frozenset()),
        (("divergent",), None, frozenset({"divergent"})),
        (("FC101", "error"), 0, frozenset({"divergent"})),
    ],
)
def test_findings_are_chosen_by_rule_or_level(
    words: tuple[str, ...], level: int | None, rules: frozenset[str]
) -> None:
    assert Selection.parse(words) == Selection(level, rules)


def test_an_unknown_rule_is_told_with_what_was_meant() -> None:
    with pytest.raises(UsageError, match="divergent"):
        Selection.parse(["divergnt"])
