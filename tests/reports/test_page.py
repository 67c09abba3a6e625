"""The HTML page: it tells everything, leads nowhere else, and runs its own script alone."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from factcheck.records import Claim
from factcheck.reports import REGISTRY, words
from factcheck.reports.page.markup import Markup, element, joined
from factcheck.reports.view import View, section

from .fixture import CLAIMS, REPORT

_EVERYTHING = View(verbosity=1)


class _Read(HTMLParser):
    """A page's elements with their attributes, and its text as one line."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.parts: list[str] = []
        self.feed(page)
        self.text = " ".join("".join(self.parts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def all(self, name: str) -> list[str]:
        return [found[name] or "" for _, found in self.elements if name in found]


PAGE = REGISTRY["html"](REPORT, _EVERYTHING)
READ = _Read(PAGE)


def test_every_statement_stands_there_with_its_verdict() -> None:
    for group in REPORT.groups:
        lead, rest = words.verdict_words(group)
        assert group.id in READ.all("id")
        if section(group) != "single-sourced":
            assert words.statement(group) in READ.text
            assert f"{lead} – {rest}" in READ.text


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_every_claim_stands_there_in_its_own_words(claim: Claim) -> None:
    article = next(a for a in REPORT.articles if a.id == claim.article)
    for start, end in words.shown_spans(claim, article.text):
        assert " ".join(article.text[start:end].split()) in READ.text


def test_links_lead_to_places_of_the_page() -> None:
    ids = READ.all("id")
    assert len(ids) == len(set(ids))
    assert {f"#{name}" for name in ids} >= set(READ.all("href"))


def test_the_filter_knows_outlets_and_speakers_by_number() -> None:
    def options(name: str) -> set[str]:
        select = re.search(f'<select name="{name}">(.*?)</select>', PAGE)
        assert select
        return {number for number in re.findall('value="([^"]*)"', select[1]) if number}

    for name in ("outlet", "speaker"):
        used = {number for value in READ.all(f"data-{name}s") for number in value.split()}
        assert used
        assert used == options(name)


def test_the_policy_allows_the_pages_own_script_and_style_alone() -> None:
    policy = next(value for value in READ.all("content") if "default-src" in value)
    assert "default-src 'none'" in policy
    for tag in ("script", "style"):
        inside = PAGE.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert PAGE.count(f"<{tag}>") == 1
    assert not READ.all("style")


def test_a_quiet_page_is_the_overview() -> None:
    read = _Read(REGISTRY["html"](REPORT, View(verbosity=-1)))
    assert "article" not in {tag for tag, _ in read.elements}
    assert words.statement(REPORT.groups[0]) in read.text
    assert set(read.all("href")) <= {"#statements"}


def test_plain_text_never_becomes_markup() -> None:
    made = element("p", '<b> & "q"', Markup("<br>"), title='"><i>', hidden=False, open=True)
    assert made == ('<p title="&quot;&gt;&lt;i&gt;" open>&lt;b&gt; &amp; &quot;q&quot;<br></p>\n')
    assert joined(["<", Markup("<i>")], "&") == "&lt;&amp;<i>"
