"""Articles that repeat themselves do not make matching grow faster than they do."""

from __future__ import annotations

from collections import Counter

from factcheck.claims import build
from factcheck.ingest import article_from_text
from factcheck.matching.candidates import candidates
from factcheck.matching.features import worthwhile
from factcheck.matching.profiles import profiles


def test_a_claim_is_measured_with_few_of_the_claims_of_an_article_that_repeats_itself() -> None:
    text = "\n\n".join(["The fire in the old town hall was put out by the crew."] * 200)
    articles = {
        name: article_from_text(text, name).model_copy(update={"id": name}) for name in ("a", "b")
    }
    claims = [claim for article in articles.values() for claim in build(article, [])]
    prepared = profiles(articles, claims)
    stories = {"a": {"b": 1.0}, "b": {"a": 1.0}}
    pairs = worthwhile(prepared, candidates(prepared, 30, 30, stories))
    degree = Counter(claim for pair in pairs for claim in pair)
    assert len(pairs) >= 200
    assert max(degree.values()) <= 60
