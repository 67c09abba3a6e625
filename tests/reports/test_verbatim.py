"""No report holds words in quotation marks that no article has."""

from __future__ import annotations

import html
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.newsroom import events
from factcheck.attribution.resolve import resolve
from factcheck.claims import build
from factcheck.records import Report
from factcheck.reports import REGISTRY
from factcheck.reports.view import View
from tests.kept import compared
from tests.marked import marked

_QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
# What stands for words that are left out, or filled in; parts of a quotation end there.
_CUTS = re.compile(r"\[[^\]]*\]|…|\.\.\.")
_FEWEST = 2


def plain(text: str) -> str:
    """Words in lower case without punctuation, and apostrophes without their form."""
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['‘’]", "", text)).lower().split())


def invented(told: str, texts: str) -> list[str]:
    """Quotations of some words in `told` that are not in the articles."""
    parts = [
        plain(part) for one, other in _QUOTED.findall(told) for part in _CUTS.split(one or other)
    ]
    return [part for part in parts if len(part.split()) >= _FEWEST and part not in texts]


EVENTS = ["antivenom-nabulgu", "border-koshara", "kidnap-timbio"]


@pytest.fixture(scope="module", params=["corpus", *EVENTS])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Report, str]:
    """A report, and the words of its articles."""
    place = Path(__file__).parents[2] / "corpus"
    if request.param != "corpus":
        event = next(e for e in events("train") if e.gold.event == request.param)
        place = tmp_path_factory.mktemp("event")
        for outlet, text in event.texts.items():
            (place / f"{outlet}.md").write_text(text, encoding="utf-8")
    report = compared([place])
    return report, " ".join(plain(article.text) for article in report.articles)


@pytest.mark.model
def test_statements_quote_what_an_article_has(made: tuple[Report, str]) -> None:
    report, texts = made
    told = [*(group.statement for group in report.groups), *(c.reading for c in report.claims)]
    assert [one for text in told for one in invented(text, texts)] == []


@pytest.mark.model
@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_reports_quote_what_an_article_has(made: tuple[Report, str], name: str) -> None:
    report, texts = made
    told = REGISTRY[name](report, View(verbosity=1, width=10_000, colour=False))
    if name != "text":
        told = re.sub(r"(?s)<(style|script).*?</\1>|<[^>]+>", " ", told)
        told = html.unescape(told)
    ours = plain("yesterday Wednesday published told this newspaper")
    assert [one for line in told.splitlines() for one in invented(line, f"{texts} {ours}")] == []


SENTENCES = [
    "{t#:“I am in this race to win,”} {s#:Laura Greene} {c#:said}.",
    "{s#:She} {c#:said} {t#:“the pier is safe} {t#:and will stay so”}.",
    "{s#:Greene} {c#:denied} {t#:that “my brother” had signed}.",
    "“It is mine,” {s#:she} {c#:said}, {t#:“and theirs.”}",
    "{t#:“We left. He stayed,”} {s#:Tom Reed} {c#:said}. {t#:“He knew.”}",
    "She had “no doubt” of it.",
    "His lawyer called it “a lie”.",
]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_readings_quote_what_a_text_has(sentences: list[str]) -> None:
    text = " ".join(one.replace("#", str(number)) for number, one in enumerate(sentences, 1))
    article, attributions = marked(text)
    claims = build(article, resolve(article, attributions))
    texts = plain(article.text)
    assert [one for claim in claims for one in invented(claim.reading, texts)] == []


def test_an_invented_quotation_is_seen() -> None:
    texts = plain(textwrap.dedent("She said: “I am in this race to win.”"))
    assert invented("“Todd am in this race to win”", texts) == ["todd am in this race to win"]
    assert invented("“I am in … to win”", texts) == []
