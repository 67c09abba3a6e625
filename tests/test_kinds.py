"""The table of kinds: its code is there, its examples are so, and the docs tell the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factcheck import slots
from factcheck.kinds import KINDS, REGISTRY, Kind, code, documented
from factcheck.records import Article

DOCS = Path(__file__).parents[1] / "docs" / "slots.md"
HEAD = "|---|---|---|---|\n"
END = "<!-- kinds: end -->"


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [(kind.name, *example) for kind in REGISTRY for example in kind.examples],
)
def test_an_example_is_read_so(kind: str, said: str, value: str) -> None:
    article = Article(
        id="a",
        path="a.txt",
        outlet="a",
        family="a",
        title=None,
        published="2025-04-10",
        language="en",
        text=said,
    )
    found = slots.read(article, 0, len(said))
    assert value in [slot.value for slot in found if slot.slot == kind]


@pytest.mark.parametrize("kind", REGISTRY, ids=list(KINDS))
def test_a_row_names_code_that_is_there(kind: Kind) -> None:
    for name in filter(None, (kind.finder, kind.words, kind.excludes, *kind.rules)):
        assert callable(code(name))


@pytest.mark.parametrize("kind", REGISTRY, ids=list(KINDS))
def test_a_kind_that_a_sentence_tells_has_an_example(kind: Kind) -> None:
    assert kind.examples or not kind.finder


def test_the_documentation_tells_the_same() -> None:
    text = DOCS.read_text(encoding="utf-8")
    before, _, rest = text.partition(HEAD)
    _, _, behind = rest.partition(END)
    wanted = before + HEAD + documented() + END + behind
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        DOCS.write_text(wanted, encoding="utf-8")
    assert text == wanted or os.environ.get("FACTCHECK_UPDATE_GOLDEN")
