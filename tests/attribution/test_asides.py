"""Attributions that the grammar of a text shows, without a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.attribution import asides, colons, denials, papers
from factcheck.attribution.draft import Draft
from factcheck.attribution.quotes import pair_quotes
from factcheck.attribution.unclaimed import claim
from tests.marked import marked

CASES = [
    case
    for name in ("asides", "colons", "denials", "newcomers", "papers")
    for case in YAML(typ="safe").load(
        (Path(__file__).parent / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    )
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_grammar_shows_who_says_it(case: dict[str, Any]) -> None:
    article, wanted = marked(case["text"])
    blocks = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
    _, given = marked(case["given"]) if "given" in case else (article, [])
    drafts = [Draft(list(one.source), list(one.cue), list(one.content)) for one in given]
    quotations = [quote for quote in pair_quotes(article.text, blocks) if quote.depth == 1]
    denials.add(article.text, blocks, quotations, drafts)
    asides.add(article.text, blocks, quotations, drafts)
    papers.add(article.text, blocks, quotations, drafts)
    colons.add(article.text, blocks, quotations, drafts)
    claim(article.text, blocks, quotations, drafts)

    def words(spans: Any) -> list[str]:
        return [article.text[start:end].rstrip(" ,.") for start, end in sorted(spans)]

    found = sorted([words(d.source), words(d.cue), words(d.content)] for d in drafts)
    assert found == sorted([words(a.source), words(a.cue), words(a.content)] for a in wanted)
