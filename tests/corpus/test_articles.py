"""The sample articles: readable, marked as fiction where they are, and in our own words."""

from __future__ import annotations

import itertools
import os
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from factcheck.config import Limits
from factcheck.ingest import load
from factcheck.records import Article

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
FILES = sorted(CORPUS.iterdir())
WIRE_COPIES = {"brightwater-post", "eastgate-evening"}
COPIED = 12  # words in a row
# The keys that the README names, of all that are read.
DOCUMENTED = {"outlet", "url", "title", "byline", "published", "language", "credit"}


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    found, skipped = load([str(CORPUS)], Limits(), None)
    assert skipped == []
    return found


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + COPIED]) for i in range(len(found) - COPIED + 1)}


def body(article: Article) -> str:
    return "\n".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "body")


def test_every_file_is_an_article(articles: list[Article]) -> None:
    assert [Path(a.path).name for a in articles] == [file.name for file in FILES]
    assert {file.suffix for file in FILES} == {".md", ".txt"}


def test_every_article_is_dated_to_those_days(articles: list[Article]) -> None:
    days = {a.id: (a.published or "")[5:10] for a in articles}
    assert set(days.values()) == {"04-10", "04-11", "04-12"}, days


def test_articles_have_the_length_of_news(articles: list[Article]) -> None:
    lengths = {a.id: len(words(body(a))) for a in articles}
    assert all(130 <= length <= 350 for length in lengths.values()), lengths


@pytest.mark.parametrize("file", [f for f in FILES if f.suffix == ".md"], ids=lambda f: f.stem)
def test_front_matter_has_known_keys_and_fictional_domains(file: Path) -> None:
    _, matter, _ = file.read_text(encoding="utf-8").split("---\n", 2)
    values = YAML(typ="safe").load(matter)
    assert set(values) <= DOCUMENTED
    assert {"outlet", "url", "title", "published", "language"} <= set(values)
    host = values["url"].split("/")[2]
    assert host.endswith(".example")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_article_says_that_its_outlet_is_fictional(file: Path) -> None:
    assert re.search(r"fictional\b.*factcheck sample", file.read_text(encoding="utf-8"))


def test_the_notice_and_the_frame_of_a_page_are_no_body_text(articles: list[Article]) -> None:
    for article in articles:
        text = body(article)
        for frame in ("fictional", "Skip to", "Related", "file photo", "08:30", "18:20"):
            assert frame not in text, (article.id, frame)


def test_only_the_two_prints_of_one_agency_story_share_text(articles: list[Article]) -> None:
    for a, b in itertools.combinations(articles, 2):
        shared = runs(body(a)) & runs(body(b))
        if {a.id, b.id} == WIRE_COPIES:
            assert len(shared) > 0.6 * min(len(runs(body(a))), len(runs(body(b))))
        else:
            assert not shared, (a.id, b.id, [" ".join(run) for run in shared])


def test_no_text_of_others() -> None:
    seeds = Path(os.environ.get("FACTCHECK_SEEDS", ROOT.parent / "shared" / "seeds"))
    texts = sorted(seeds.glob("*.txt"))
    if not texts:
        pytest.skip(f"no reference articles in {seeds}: set FACTCHECK_SEEDS")
    theirs = set().union(*(runs(text.read_text(encoding="utf-8")) for text in texts))
    for file in FILES:
        ours = runs(file.read_text(encoding="utf-8"))
        assert not ours & theirs, (file.name, [" ".join(run) for run in ours & theirs])
