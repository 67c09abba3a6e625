"""When something was said or done, and by whom, as two articles tell it: `circumstances.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck import divergence, slots
from factcheck.attribution.resolve import resolve
from factcheck.claims import build
from factcheck.records import Article, Claim
from tests.marked import marked

CASES = YAML(typ="safe").load(Path(__file__).parent / "circumstances.yaml")


def told(name: str, text: str) -> tuple[Article, Claim]:
    """The article of a marked text, and the one utterance in it."""
    article, attributions = marked(text, f"{name}.txt")
    claims = slots.fill(article, build(article, resolve(article, attributions)))
    (utterance,) = (claim for claim in claims if claim.kind == "utterance")
    return article, utterance


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_circumstances(case: dict[str, Any]) -> None:
    both = [told(name, text) for name, text in zip("ab", case["tellings"], strict=True)]
    articles = {article.id: article for article, _ in both}
    for group in ([claim for _, claim in both], [claim for _, claim in reversed(both)]):
        (found,) = divergence.find([group], articles)
        assert sorted(value.value for one in found for value in one.values) == case["values"]
        for one in found:
            for value in one.values:
                for claim, span in zip(value.claims, value.spans, strict=True):
                    article = articles[next(c.article for c in group if c.id == claim)]
                    assert article.text[slice(*span)]
