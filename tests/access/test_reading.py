"""How an article came to know its claims: a new case is a new entry in the case files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from factcheck.access import (
    Run,
    credits,  # noqa: A004 - the word of the report
    in_public,
    read,
    speaks_in_public,
)
from factcheck.ingest import article_from_text
from factcheck.records import Access, Article, Claim, Speaker, SpeakerKind
from tests.known import param

CASES = Path(__file__).with_name("cases")
CLAIM = re.compile(r"\{([^|{}]*)\|([^{}]*)\}")
SAID = re.compile(r"\b(?:said|says|told|wrote|writes|testified)\b")
# Who a source is where it is not named: a word of its description in small letters.
UNNAMED = re.compile(r"[a-z]")


def cases() -> list[Any]:
    return [
        param(case, name=f"{path.stem}: {case['name']}", known=case.get("missed"))
        for path in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def marked(case: dict[str, Any]) -> tuple[Article, list[Claim]]:
    """The article of a case, and its claims by their braces."""
    pieces, at, told = [], 0, []
    length = 0
    text = case["text"].strip()
    for match in CLAIM.finditer(text):
        pieces += [text[at : match.start()], match[2]]
        length += match.start() - at
        told.append((length, length + len(match[2]), match[1]))
        length += len(match[2])
        at = match.end()
    plain = "".join([*pieces, text[at:]])
    outlet = case.get("outlet", "Norsund Courier")
    article = article_from_text(plain, "case.md").model_copy(
        update={"outlet": outlet, "family": outlet, "byline": case.get("byline")}
    )
    article = article.model_copy(update={"credits": credits(article)})
    claims = []
    for number, (start, end, name) in enumerate(told):
        start, end = article.text.index(plain[start:end]), 0
        end = start + told[number][1] - told[number][0]
        sentence = max(n for n, s in enumerate(article.sentences) if s.start <= start)
        claims.append(_claim(article, number, (start, end), sentence, name))
    return article, claims


def _claim(article: Article, number: int, span: tuple[int, int], sentence: int, name: str) -> Claim:
    held = article.sentences[sentence]
    kind = "unnamed" if UNNAMED.match(name) and " " in name else "organisation"
    if not UNNAMED.match(name):
        kind = "named"
    source = (
        re.search(
            rf"{re.escape(name.split()[-1])}|\b[Ss]?[Hh]e\b", article.text[span[1] : held.end]
        )
        if name
        else None
    )
    spans = ((span[1] + source.start(), span[1] + source.end()),) if source else ()
    if name and not spans:
        before = article.text.find(name.split()[-1], held.start, span[0])
        spans = ((before, before + len(name.split()[-1])),) if before >= 0 else ()
    return Claim(
        id=f"c{number}",
        fingerprint=f"c{number}",
        article=article.id,
        start=span[0],
        end=span[1],
        spans=(span,),
        text=article.text[slice(*span)],
        reading=article.text[slice(*span)],
        kind="utterance" if name else "report",
        quote="direct" if article.text[span[0] - 1] == "“" else "indirect" if name else "none",
        speaker=Speaker(name=name, as_written=name, kind=kind) if name else None,
        source_spans=spans,
        cue_spans=_cues(article.text, span, held.start, held.end),
        sentence=sentence,
    )


def _cues(text: str, span: tuple[int, int], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The word that says that a claim was said: the one that stands nearest to it."""
    found = [
        match.span()
        for match in SAID.finditer(text, start, end)
        if not span[0] <= match.start() < span[1]
    ]
    nearest = sorted(found, key=lambda cue: max(span[0] - cue[1], cue[0] - span[1]))
    return tuple(nearest[:1])


def words(claim: Claim) -> str:
    access = claim.access
    return " ".join(filter(None, (access.kind, access.name, "carried" if access.carried else "")))


@pytest.mark.parametrize("case", cases())
def test_access(case: dict[str, Any]) -> None:
    article, claims = marked(case)
    found = read(article, claims, Run([article]))
    assert [words(claim) for claim in found] == case["access"]
    for claim in found:
        for start, end in claim.access.spans:
            assert 0 <= start < end <= len(article.text)
    assert read(article, found, Run([article])) == found


@pytest.mark.parametrize(
    ("name", "kind", "role", "public"),
    [
        ("Ida Brandt", "named", "mayor", True),
        ("Jon Ek", "named", "police spokesman", True),
        ("transport ministry", "organisation", None, True),
        ("Calder Lines", "organisation", None, True),
        ("Lena Marsh", "named", "chief executive", True),
        ("Mia Sol", "named", "singer", True),
        ("Nils Aho", "named", "shopkeeper", False),
        ("witness", "unnamed", None, False),
        ("patient's son", "unnamed", None, False),
        ("neighbour", "unnamed", None, False),
    ],
)
def test_who_speaks_in_public(name: str, kind: SpeakerKind, role: str | None, public: bool) -> None:
    speaker = Speaker(name=name, as_written=name, kind=kind, role=role)
    assert speaks_in_public(speaker) is public


def test_the_access_tells_more_than_who_it_is() -> None:
    neighbour = Speaker(name="neighbour", as_written="a neighbour", kind="unnamed")
    heard = in_public(neighbour, Access(kind="public", name="hearing"))
    passed_on = in_public(neighbour, Access(kind="relayed", name="Calder Herald"))
    assert passed_on < in_public(neighbour) < heard
