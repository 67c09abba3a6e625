"""The order in which articles are named, and what their files are called, change no verdict."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from factcheck.records import Report
from tests.kept import compared

CORPUS = Path(__file__).parents[1] / "corpus"
# A copy and its original that nothing tells apart, and a conflict that two groups could hold.
TWINS = {
    "Harbour Courier": "“The quay will never be sold,” Mayor Ann Orde said. “It belongs to all of "
    "us, and it stays ours.” The council of Sillford met on Monday.",
    "Mill Gazette": "“The quay will never be sold,” Mayor Ann Orde said. “It belongs to all of "
    "us, and it stays ours.” Twelve members of the council voted for her plan.",
    "Quayside Record": "“The quay will be sold,” Mayor Ann Orde said. “It does not belong to all "
    "of us.” Thirteen members of the council of Sillford voted for her plan on Monday.",
    "Sillford Post": "The quay will not be sold, the mayor of Sillford said on Monday. “It belongs "
    "to all of us,” said Ann Orde. The council voted for it, by twelve to three.",
}


def judged(report: Report) -> list[Any]:
    """Everything that a report decides, told by outlets and places instead of ids."""
    articles = {article.id: article for article in report.articles}
    place = {
        claim.id: (articles[claim.article].outlet, claim.start, claim.end)
        for claim in report.claims
    }
    return sorted(
        (
            sorted(place[claim] for claim in group.claims),
            group.status,
            group.qualifiers,
            group.reason,
            [
                (origin.name, origin.kind, sorted(place[c] for c in origin.claims), origin.reason)
                for origin in group.origins
            ],
            [
                (
                    d.slot,
                    d.reason,
                    [(v.value, sorted(place[c] for c in v.claims)) for v in d.values],
                )
                for d in group.divergences
            ],
        )
        for group in report.groups
    )


@pytest.fixture
def twins(tmp_path: Path) -> list[Path]:
    paths = []
    for number, (outlet, text) in enumerate(TWINS.items()):
        path = tmp_path / f"{number}.md"
        path.write_text(f"---\noutlet: {outlet}\n---\n{text}\n", encoding="utf-8")
        paths.append(path)
    return paths


@pytest.mark.model
def test_every_order_of_four_articles(twins: list[Path]) -> None:
    first = judged(compared(twins))
    assert any(status == "divergent" for _, status, *_ in first)
    for order in itertools.permutations(twins):
        assert judged(compared(order)) == first


@pytest.mark.model
def test_names_of_files(twins: list[Path]) -> None:
    first = judged(compared(twins))
    renamed = [path.rename(path.with_name(f"{9 - n}.md")) for n, path in enumerate(twins)]
    assert judged(compared(sorted(renamed))) == first


@pytest.mark.model
def test_some_orders_of_the_sample() -> None:
    paths = sorted(path for path in CORPUS.iterdir() if path.suffix in (".md", ".txt"))
    first = judged(compared(paths))
    rng = random.Random(5)
    for _ in range(3):
        rng.shuffle(paths)
        assert judged(compared(paths)) == first
