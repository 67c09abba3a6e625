"""No text of an article gets out of the place a report puts it in, in any format."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from factcheck import safe
from factcheck.config import Settings
from factcheck.pipeline import Corpus, Extraction
from factcheck.records import (
    Article,
    Block,
    Claim,
    Credit,
    Divergence,
    DivergenceValue,
    Evidence,
    Finding,
    Group,
    Inconsistency,
    InconsistencyValue,
    Level,
    Link,
    Origin,
    RelatedPlace,
    Report,
    Rule,
    Sentence,
    Skipped,
    Slot,
    Speaker,
    Summary,
    Tool,
    Via,
    Voice,
)
from factcheck.reports import REGISTRY, render_explain, render_extract
from factcheck.reports.listing import render as listing
from factcheck.reports.question import render_pair
from factcheck.reports.view import View

HOSTILE: dict[str, str] = json.loads(
    (Path(__file__).parent / "hostile.json").read_text(encoding="utf-8")
)
INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-"
    "\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
LIVE = tuple("=+-@＝＋－＠")
LEGACY_COMMAND = "##["
COMMAND = re.compile(r"^\s*::", re.MULTILINE)


def hostile_report(text: str) -> tuple[Report, View]:
    """A report and findings that hold `text` wherever an article or a user could put it."""

    def article(ident: str) -> Article:
        body = f"Said {text} then."
        return Article(
            id=ident,
            path=f"articles/{ident}{text}.txt",
            outlet=f"{ident} {text}",
            family=text,
            title=text,
            published=None,
            language="en",
            credits=(Credit(name=text, kind="agency", span=None),),
            text=body,
            blocks=(Block(start=0, end=len(body), kind="body"),),
            sentences=(Sentence(start=0, end=len(body), block=0),),
        )

    articles = (article("a1"), article("a2"))
    speaker = Speaker(name=text, as_written=text, role=text, organisation=text, kind="unnamed")
    whole = (0, len(articles[0].text))

    def claim(ident: str) -> Claim:
        return Claim(
            id=f"{ident}-1",
            fingerprint="f",
            article=ident,
            start=0,
            end=whole[1],
            spans=(whole,),
            text=articles[0].text,
            reading=text,
            kind="utterance",
            quote="direct",
            speaker=speaker,
            voice=Speaker(name=f"x {text}", as_written=text, kind="named"),
            source_spans=((0, 4),),
            cue_spans=((5, whole[1] - 5),),
            via=(Via(name=text, kind="agency", span=whole),),
            slots=(Slot(slot="place", value=text, text=text, span=whole),),
        )

    claims = (claim("a1"), claim("a2"))
    again = tuple(c.model_copy(update={"id": f"{c.article}-2"}) for c in claims)
    values = tuple(
        DivergenceValue(value=text, claims=(claim.id,), spans=(whole,), origins=(text,))
        for claim in claims
    )
    group = Group(
        id="g1",
        statement=text,
        status="divergent",
        qualifiers=("one-voice",),
        claims=("a1-1", "a2-1"),
        outlets=tuple(article.outlet for article in articles),
        origins=tuple(
            Origin(
                name=text,
                kind="relay",
                outlets=(article.outlet,),
                claims=(f"{article.id}-1",),
                independence="assumed",
                reason=text,
                evidence=(Evidence(article=article.id, span=whole, note=text),),
            )
            for article in articles
        ),
        voices=(Voice(name=text, kind="unnamed", claims=("a1-1", "a2-1")),),
        divergences=(
            Divergence(slot="place", material=True, reason=text, values=values),
            Divergence(slot="quotation", material=True, reason=text, values=values),
        ),
        links=(
            Link(
                a="a1-1",
                b="a2-1",
                relation="equivalent",
                score=0.9,
                levels=(Level(name=text, level=text, weight=1.5),),
            ),
        ),
        reason=f"x {text}",
    )
    other = group.model_copy(
        update={"id": "g2", "status": "corroborated", "divergences": (), "claims": ("a1-2", "a2-2")}
    )
    report = Report(
        tool=Tool(version="1", settings=Settings()),
        articles=articles,
        claims=(*claims, *again),
        groups=(group, other),
        inconsistencies=(
            Inconsistency(
                article="a1",
                slot="role",
                values=(InconsistencyValue(value=text, spans=(whole,)),),
                reason=text,
            ),
        ),
        skipped=(Skipped(path=text, code="binary", reason=text),),
        summary=Summary(
            articles=2,
            outlets=2,
            claims=4,
            groups=2,
            divergent=1,
            corroborated=1,
            single_sourced=0,
            echoed=0,
            inconsistencies=1,
            skipped=1,
        ),
    )
    related = RelatedPlace(article="a1", span=whole, message=text)
    finding = Finding(
        rule="FC1",
        level="error",
        message=text,
        group="g1",
        article="a2",
        span=whole,
        related=(related,),
        fingerprint="0",
    )
    skipped = Finding(rule="FC2", level="note", message=text, path=text, fingerprint="1")
    rule = Rule(id="FC1", name="one", short="Short.", full="Full.", help="Help.", level="error")
    return report, View(width=90, findings=(finding, skipped), rules=(rule,))


def check_text(text: str, commands: int = 0) -> None:
    """Nothing a terminal or a CI runner would act on."""
    found = INVISIBLE.search(text)
    assert found is None, (found, text[max(0, found.start() - 40) : found.end()])
    assert LEGACY_COMMAND not in text
    assert len(COMMAND.findall(text)) == commands


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def check_terminal(report: Report, view: View) -> None:
    for name in ("terminal", "text"):
        check_text(REGISTRY[name](report, view))
    check_text(render_explain(report, "g1", view))
    check_text(listing(report, view))
    a, b, *_ = report.claims
    articles = {article.id: article for article in report.articles}
    check_text(render_pair(a, b, articles, view))
    extractions = tuple(
        Extraction(article, (), tuple(c for c in report.claims if c.article == article.id))
        for article in report.articles
    )
    check_text(render_extract(Corpus(extractions, report.skipped), "terminal", view))
    check_text(render_extract(Corpus(extractions, report.skipped), "json", view))
    plain = REGISTRY["terminal"](report, View(width=70, unicode=False))
    assert plain.isascii()
    coloured = REGISTRY["terminal"](report, View(width=90, colour=True))
    check_text(re.sub(r"\x1b\[[0-9;]*m", "", coloured))


def check_html(report: Report, view: View) -> None:
    page = REGISTRY["html"](report, view)
    check_text(page)
    tags = _Tags()
    tags.feed(page)
    calm = _Tags()
    calm.feed(REGISTRY["html"](hostile_report("calm")[0], view))
    # No tag or attribute but those of a page of harmless text, and as many of them.
    assert tags.tags == calm.tags
    assert tags.attributes == calm.attributes
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert page.count("<script") == page.count("</script") == page.count("<style") == 1


def check_svg(report: Report, view: View) -> None:
    picture = REGISTRY["svg"](report, view)
    check_text(picture)
    root = ElementTree.fromstring(picture)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "style", "defs", "clipPath", "rect", "g", "text", "circle"}
    assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]


def _inline(markdown: str) -> Iterator[Any]:
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def check_markdown(report: Report, view: View) -> None:
    calm, _ = hostile_report("calm")
    for name in ("markdown", "summary"):
        text = REGISTRY[name](report, view)
        check_text(text)
        tokens = list(_inline(text))
        raw = {token.content for token in tokens if token.type in ("html_inline", "html_block")}
        # Beside these the anchors of groups, which no text of an article names.
        anchors = {tag for tag in raw if re.fullmatch(r'<a (?:id="|href="#)g\d+">', tag)}
        assert raw - anchors <= {"<b>", "</b>", "<br>", "<!-- -->", "</a>"}
        kinds = {token.type for token in tokens}
        assert not kinds & {"link_open", "image", "fence", "code_block", "blockquote_open", "hr"}
        assert not kinds & {"em_open", "s_open", "ordered_list_open"}
        # The structure is that of a report of harmless text.
        shape = [token.type for token in tokens if token.block and token.type != "inline"]
        expected = [
            token.type
            for token in _inline(REGISTRY[name](calm, view))
            if token.block and token.type != "inline"
        ]
        assert shape == expected
        # GitHub makes mentions and links of text, though not of code.
        shown = [token.content for token in tokens if token.type == "text"]
        assert not [part for part in shown if re.search(r"@\w|https?://|www\.\w", part)]


def check_machine(report: Report, view: View, text: str) -> None:
    produced = REGISTRY["json"](report, view)
    check_text(produced)
    assert json.loads(produced) == json.loads(json.dumps(report.model_dump(mode="json")))
    sarif = REGISTRY["sarif"](report, view)
    check_text(sarif)
    for result in json.loads(sarif)["runs"][0]["results"]:
        message = re.sub(r"\\.", "", result["message"]["text"])
        assert len(re.findall(r"\]\(", message)) == len(result.get("relatedLocations", []))
        assert "" not in [result["message"]["text"], *map(str, result["locations"])]
    junit = REGISTRY["junit"](report, view)
    check_text(junit)
    assert JUnitXml.fromstring(junit.encode()).tests == 3
    annotations = REGISTRY["github"](report, view)
    check_text(annotations, commands=2)
    for line in annotations.splitlines()[:2]:
        match = re.fullmatch(r"::(error|notice) ([^:]*)::(.*)", line)
        assert match
        keys = [item.split("=", 1)[0] for item in match[2].split(",")]
        assert set(keys) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert len(keys) == len(set(keys))
        assert not re.search("%(?!25)", match[3])


def check_sheets(report: Report, view: View) -> None:
    table = REGISTRY["csv"](report, view)
    check_text(table)
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(LIVE)]
    book = REGISTRY["xlsx"].render(report, view)
    assert isinstance(book, bytes)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        for name in parts.namelist():
            root = ElementTree.fromstring(parts.read(name))
            check_text("".join(root.itertext()))
            tags = {element.tag.rpartition("}")[2] for element in root.iter()}
            assert not tags & {"f", "hyperlink", "hyperlinks"}


def check_all(text: str) -> None:
    report, view = hostile_report(text)
    check_terminal(report, view)
    check_html(report, view)
    check_svg(report, view)
    check_markdown(report, view)
    check_machine(report, view, text)
    check_sheets(report, view)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_in_every_format(name: str) -> None:
    check_all(HOSTILE[name])


FRAGMENTS = st.lists(
    st.one_of(st.sampled_from(sorted(HOSTILE.values())), st.text(max_size=8)), max_size=3
)


@settings(max_examples=8, deadline=None)
@given(FRAGMENTS)
def test_hostile_mixtures_in_every_format(parts: list[str]) -> None:
    check_all("".join(parts))


@given(st.text(st.characters(), max_size=60))
def test_plain_is_one_safe_line(text: str) -> None:
    check_text(safe.plain(text))
    assert "\n" not in safe.plain(text)
    assert safe.ascii_only(safe.plain(text)).isascii()


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_plain_keeps_what_is_harmless(text: str) -> None:
    ordinary = "".join(char for char in text if char.isalnum() or char in " .,;!?'\"“”-–")
    assert safe.plain(ordinary) == ordinary


@given(st.text(st.characters(), max_size=60))
def test_json_text_keeps_the_value(text: str) -> None:
    document = safe.json_text(json.dumps({text: [text]}, ensure_ascii=False))
    check_text(document)
    assert json.loads(document) == {text: [text]}


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example(" =")
@example(" 1. a")
def test_markdown_renders_to_the_plain_text(text: str) -> None:
    shown = "x" + safe.plain(text) + "x"
    tokens = PARSER.parse("x" + safe.markdown(text) + "x")
    children = [child for token in tokens for child in token.children or ()]
    assert "".join(c.content for c in children if c.type.startswith("text")) == shown


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_markdown_code_holds_everything(text: str) -> None:
    table = f"| a |\n| --- |\n| {safe.markdown_code(text)} |\n"
    tokens = [token for token in _inline(table) if token.type == "code_inline"]
    assert [token.content.strip() for token in tokens] == [safe.plain(text).strip()]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("He said “no …", "He said “no …”"),
        ("He said “no” and …", "He said “no” and …"),
        ('Minister: "We will not …', 'Minister: "We will not …"'),
        ("‘We don’t know …", "‘We don’t know …"),
        ("It’s ‘not now …", "It’s ‘not now …"),
        ("‘Never …", "‘Never …’"),
        ("Nothing is quoted …", "Nothing is quoted …"),
    ],
)
def test_a_quotation_that_is_cut_is_closed(cut: str, whole: str) -> None:
    assert safe.closed(cut) == whole
