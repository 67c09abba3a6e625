"""Extractions come back from the cache as they were made, quickly, and never for another text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from factcheck.attribution.tagger import Tagger
from factcheck.cache import Cache
from factcheck.ingest import article_from_text
from factcheck.pipeline import extract, with_access
from factcheck.records import Article

pytestmark = pytest.mark.model

TEXT = (
    "Ministers meet in Almar\n\nPORT ALMAR (Coastwire) - About 40 ships were turned away.\n\n"
    "“We have agreed on twelve points,” Foreign Minister Ana Brandt told reporters on Monday.\n\n"
    "She said that the talks would go on in April.\n\n"
)


def article(text: str = TEXT, path: str = "corpus/herald.txt") -> Article:
    return article_from_text(text, path)


def test_comes_back_as_it_was_made(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        (made,) = extract([article()], Tagger(), cache.extractions)
    assert made.claims
    assert any(slot.detail for claim in made.claims for slot in claim.slots)
    with Cache(tmp_path) as cache:
        # Equal in every field, also in those that no report has; how the article came to know it
        # is read anew, as that depends on the other articles of a run.
        kept = cache.extractions.get(article())
        assert kept is not None
        assert with_access([kept], ()) == [made]
        assert cache.extractions.get(article(TEXT.replace("twelve", "eleven"))) is None
        assert cache.extractions.get(article(path="corpus/post.txt")) is None


def test_another_program_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(tmp_path) as cache:
        extract([article()], Tagger(), cache.extractions)
    monkeypatch.setattr("factcheck.cache.extractions.program_identity", lambda: "another")
    with Cache(tmp_path) as cache:
        assert cache.extractions.get(article()) is None


def test_what_cannot_be_read_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(tmp_path) as cache:
        (made,) = extract([article()], Tagger(), cache.extractions)
    with monkeypatch.context() as patch:
        patch.setattr("factcheck.cache.entries.Entries.get", lambda self, key: b'{"claims": [1]}')
        with Cache(tmp_path) as cache:
            assert extract([article()], Tagger(), cache.extractions) == [made]


def test_what_is_kept_comes_back_twenty_times_faster(tmp_path: Path) -> None:
    articles = [article(f"{TEXT}{'The pier is closed. ' * n}", f"{n}.txt") for n in range(1, 13)]
    tagger = Tagger()
    extract([article()], tagger)

    def seconds(made: bool) -> float:
        with Cache(tmp_path) as cache:
            start = time.process_time()
            if made:
                extract(articles, tagger, cache.extractions)
            else:
                assert all(map(cache.extractions.get, articles))
            return time.process_time() - start

    first = seconds(made=True)
    assert first > 20 * min(seconds(made=False) for _ in range(3))
