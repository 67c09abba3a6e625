"""The HTML page: it tells everything, leads nowhere else, and runs its own script alone."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from factcheck.records import Article, Claim
from factcheck.reports import REGISTRY, tellings, words
from factcheck.reports.page.markup import Markup, element, joined
from factcheck.reports.view import Note, View, section

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
    for start, end in tellings.shown_spans(claim, article.text):
        assert " ".join(article.text[start:end].split()) in READ.text


def test_links_lead_to_places_of_the_page() -> None:
    ids = READ.all("id")
    assert len(ids) == len(set(ids))
    assert {f"#{name}" for name in ids} >= set(READ.all("href"))


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://courier.example/ferry?a=1&b=2", True),
        ("http://courier.example/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://courier.example/", False),
        ('https://a.example/"onclick="x', False),
        ("//courier.example/", False),
    ],
)
def test_an_article_links_to_its_address_on_the_web_and_nowhere_else(
    url: str, linked: bool
) -> None:
    article = REPORT.articles[0].model_copy(update={"url": url})
    report = REPORT.model_copy(update={"articles": (article, *REPORT.articles[1:])})
    read = _Read(REGISTRY["html"](report, View()))
    assert {link for link in read.all("href") if not link.startswith("#")} == {url} & (
        {url} if linked else set()
    )


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_every_claim_is_marked_in_its_article_and_linked_both_ways(claim: Claim) -> None:
    group = next(group for group in REPORT.groups if claim.id in group.claims)
    places = [found for _, found in READ.elements if found.get("id") == f"claim-{claim.id}"]
    assert len(places) == 1
    assert f"#claim-{claim.id}" in READ.all("href")
    if "href" in places[0]:
        owners = [g.id for g in REPORT.groups if claim.id in g.claims]
        assert (places[0]["href"] or "").removeprefix("#") in owners
        assert group.id in owners


@pytest.mark.parametrize("article", REPORT.articles, ids=lambda article: article.id)
def test_the_page_holds_the_whole_text_of_each_article(article: Article) -> None:
    place = PAGE.index(f'id="article-{article.id}"')
    text = _Read(PAGE[place - 50 : PAGE.index("</details>", place)]).text
    plain = re.sub(r"[≠✓◆◇≈?↻·\s]", "", text)
    for block in article.blocks:
        if block.kind != "navigation":
            words_ = article.text[block.start : block.end]
            assert re.sub(r"[≠✓◆◇≈?↻·\s]", "", words_) in plain


def test_the_title_is_the_one_asked_for_else_that_of_an_article() -> None:
    asked = REGISTRY["html"](REPORT, View(title="Sirocco & co"))
    assert "<title>Sirocco &amp; co – factcheck</title>" in asked
    assert "<h1>Sirocco &amp; co</h1>" in asked
    titles = {article.title for article in REPORT.articles}
    shown = re.search("<h1>(.*?)</h1>", PAGE)
    assert shown and shown[1] in titles


def test_the_page_says_what_an_outlet_alone_has_and_what_it_leaves_out() -> None:
    g4 = next(group for group in REPORT.groups if group.id == "g4")
    place = PAGE.index('id="outlets"')
    outlets_ = PAGE[place:]
    wharf = outlets_[outlets_.index("<summary>wharf-daily.example") :]
    wharf = wharf[: wharf.index("</details>")]
    assert "It alone carries" in wharf and 'href="#g9"' in wharf
    assert "It leaves out what all others have" in wharf
    assert set(g4.outlets) == {a.outlet for a in REPORT.articles} - {"wharf-daily.example"}
    assert 'href="#g4"' in wharf


def test_the_page_says_what_a_speaker_said_where_and_in_which_words() -> None:
    speakers_ = PAGE[PAGE.index('id="speakers"') :]
    quist = speakers_[speakers_.index("<summary>Mara Quist") :]
    quist = quist[: quist.index("</details>")]
    assert "“We were told to stay below" in quist
    assert "wharf-daily.example, line 5" in quist


def test_each_statement_has_a_picture_that_says_the_same_in_words() -> None:
    pictures = [found for tag, found in READ.elements if tag == "svg"]
    several = [group for group in REPORT.groups if section(group) != "single-sourced"]
    assert len(pictures) == len(several)
    assert all(found["role"] == "img" for found in pictures)
    assert "From origins to outlets: Coastwire to almar-courier.example, evening-ledger" in PAGE


def test_what_people_wrote_in_the_ledger_stands_at_its_statement() -> None:
    claim = CLAIMS[0]
    notes = (Note(claim.fingerprint, "accepted: two counts <b>"), Note("g5", "followed as pax"))
    page = REGISTRY["html"](REPORT, View(notes=notes))
    group = next(group for group in REPORT.groups if claim.id in group.claims)
    place = page.index(f'id="{group.id}"')
    assert "accepted: two counts &lt;b&gt;" in page[place : page.index("</article>", place)]
    place = page.index('id="g5"')
    assert "followed as pax" in page[place : page.index("</article>", place)]


def test_files_that_were_not_read_are_named() -> None:
    for name in ("html", "markdown", "terminal"):
        told = REGISTRY[name](REPORT, View(unread=("articles/scan.pdf",), width=150))
        assert "articles/scan.pdf" in told.replace("\\", "")


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
