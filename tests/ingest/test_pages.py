"""Pages as people paste them: the article is all that holds claims, and all of it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.attribution.tagger import Tagger
from factcheck.ingest import article_from_text
from factcheck.pipeline import extract
from factcheck.records import Article

PAGES = YAML(typ="safe").load(Path(__file__).with_name("pages.yaml").read_text(encoding="utf-8"))
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])


def read(page: dict[str, Any]) -> Article:
    return article_from_text(page["page"], "page.txt")


@pages
def test_only_the_article_is_read_for_claims(page: dict[str, Any]) -> None:
    article = read(page)
    body = [article.text[b.start : b.end] for b in article.blocks if b.kind == "body"]
    assert body == page["news"]
    for key in ("title", "published"):
        if key in page:
            assert str(getattr(article, key)) == str(page[key])


@pages
def test_nothing_of_the_page_is_lost(page: dict[str, Any]) -> None:
    article = read(page)
    shown = [character for character in article.text if character.isalnum()]
    kept = [
        character
        for block in article.blocks
        for character in article.text[block.start : block.end]
        if character.isalnum()
    ]
    assert kept == shown


@pages
def test_claims_are_those_of_the_article_alone(page: dict[str, Any]) -> None:
    article = read(page)
    lead = [f"{page['title']}\n"] if "title" in page else []
    news = (line if line[-1] in '."”' else f"• {line}" for line in page["news"])
    alone = article_from_text("\n".join([*lead, *news]), "page.txt")
    dated = alone.model_copy(update={"id": "alone", "published": article.published})
    found, wanted = (
        [(c.reading, c.speaker, c.quote) for c in one.claims]
        for one in extract([article, dated], Tagger())
    )
    assert found
    assert found == wanted
