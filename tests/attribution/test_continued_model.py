"""The windows of the model that tells which sentences go on with somebody's words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.attribution.continued_model import LONGEST, Continuation, framed, placed, reaches
from factcheck.attribution.tagger import MODELS
from factcheck.attribution.windows import encode
from factcheck.ingest import article_from_text
from factcheck.records import Article
from factcheck.wordpiece import WordPiece

TOKENIZER = WordPiece({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2})
SPECIAL = (1, 2)
WORDS = st.lists(st.sampled_from(["The", "mayor", "“said”", "12", "no"]), min_size=1, max_size=40)
SENTENCES = st.lists(WORDS.map(lambda words: " ".join(words) + "."), min_size=1, max_size=12)
OPENING = "The mayor told reporters on Monday that the pier was safe and would open in May."
PARAGRAPHS = st.lists(SENTENCES.map(" ".join), max_size=8)
ARTICLES = PARAGRAPHS.map(lambda paragraphs: "\n\n".join([OPENING, *paragraphs]))


def body_of(article: Article) -> list[tuple[int, int]]:
    return [(block.start, block.end) for block in article.blocks if block.kind == "body"]


@settings(deadline=None)
@given(ARTICLES, st.integers(8, 90), st.integers(0, 40))
def test_every_sentence_is_told_of_once_and_in_order(text: str, limit: int, overlap: int) -> None:
    article = article_from_text(text, "example.txt")
    pieces = encode(article.text, body_of(article), TOKENIZER)
    sentences = placed(article, pieces)
    told = [
        sentences[number]
        for one in reaches(sentences, pieces, limit, overlap)
        for number in range(one.new, one.high)
    ]
    assert told == sentences


@settings(deadline=None)
@given(ARTICLES)
def test_a_window_has_the_pieces_of_its_sentences(text: str) -> None:
    article = article_from_text(text, "example.txt")
    pieces = encode(article.text, body_of(article), TOKENIZER)
    sentences = {one.number: one for one in placed(article, pieces)}
    for reach in reaches(list(sentences.values()), pieces):
        made = framed(list(sentences.values()), pieces, reach, SPECIAL)
        assert len(made.window.ids) <= LONGEST
        assert np.allclose(made.inside.sum(1), 1)
        for number, opens in zip(made.numbers, made.opens, strict=True):
            assert made.window.piece[opens] == sentences[number].first


def test_a_sentence_longer_than_a_window_is_told_of() -> None:
    article = article_from_text("The mayor said no. " + "and " * 900 + "so on. It rained.", "a.txt")
    assert len(Continuation(MODELS)(article)) == len(article.sentences)


def test_the_number_of_threads_changes_nothing() -> None:
    text = "\n\n".join(f"The pier is safe, Cole said. It would open on {n} May." for n in range(60))
    article = article_from_text(text, "example.txt")
    one, two = (Continuation(MODELS, threads=n)(article) for n in (1, 2))
    assert one == two
    assert len(one) == len(article.sentences)


def test_another_model_has_another_fingerprint(tmp_path: Path) -> None:
    for name in ("continued.onnx", "reader-tokenizer.json"):
        (tmp_path / name).write_bytes((MODELS / name).read_bytes())
    assert Continuation(tmp_path).fingerprint == Continuation(MODELS).fingerprint
    (tmp_path / "continued.onnx").write_bytes(b"another")
    assert Continuation(tmp_path).fingerprint != Continuation(MODELS).fingerprint
