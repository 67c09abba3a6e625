"""What must and what must not stand in one group; each case is a file in `cases/`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck.config import Matching
from factcheck.matching import match
from tests.matching.build import corpus, together

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    articles, claims = corpus(case["articles"])
    matched = match(articles, claims, Matching())
    for a, b in case.get("same", []):
        assert together(matched, a, b), (a, b)
    for a, b in case.get("different", []):
        assert not together(matched, a, b), (a, b)
    relations = {frozenset((link.a, link.b)): link.relation for link in matched.links}
    for a, b, relation in case.get("relations", []):
        assert relations[frozenset((a, b))] == relation, (a, b)
