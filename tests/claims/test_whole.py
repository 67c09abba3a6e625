"""Clauses of attributions that stand where no sentence is."""

from __future__ import annotations

from factcheck.attribution.resolve import Resolved
from factcheck.claims.clauses import Statement
from factcheck.claims.whole import Whole
from factcheck.ingest import article_from_text
from factcheck.records import Attribution


def test_words_between_two_sentences_are_in_no_clause() -> None:
    text = (
        "Bridge closed\n\nThe mayor said it was unsafe.\n\n\n\nLorries were sent round by Tarn.\n"
    )
    article = article_from_text(text, "a.txt")
    between = text.index("unsafe.") + len("unsafe.") + 1
    words = ((between, between + 1),)
    one = Resolved(
        attribution=Attribution(source=(), cue=(), content=words), speaker=None, voice=None, via=()
    )
    assert Whole(article).clause(one, Statement(words), None) is None
