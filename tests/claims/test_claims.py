"""Claims of marked texts, and what holds for the claims of any text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck.attribution.resolve import resolve
from factcheck.claims import build
from factcheck.ingest import article_from_text
from factcheck.records import Attribution, Claim
from tests.marked import marked

CASES = [
    pytest.param(case, id=case["case"])
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))
]


def claims_of(text: str, path: str = "example.txt") -> list[Claim]:
    article, attributions = marked(text, path)
    return build(article, resolve(article, attributions))


@pytest.mark.parametrize("case", CASES)
def test_cases(case: dict[str, Any]) -> None:
    claims = claims_of(case["text"])
    wanted = [{"text": one} if isinstance(one, str) else one for one in case["claims"]]
    assert [claim.text for claim in claims] == [one["text"] for one in wanted]
    for claim, expected in zip(claims, wanted, strict=True):
        for field, value in expected.items():
            found = getattr(claim, field)
            if field == "speaker":
                found = found.name if found else None
            assert found == value, field


SENTENCES = [
    "{s1:Mayor Laura Greene} {c1:said} {t1:that the pier was safe and that the wall would hold}.",
    "The ferry left at noon, but the cargo ship stayed in the harbour.",
    "{t2:“Nobody was hurt,”} {s2:a source close to the board} {c2:told} Reuters.",
    "She had held the office for nine years.",
    "Who is going to pay for it?",
]


@given(st.permutations(SENTENCES))
def test_fingerprints_do_not_depend_on_position(order: list[str]) -> None:
    usual = {claim.text: claim.fingerprint for claim in claims_of(" ".join(SENTENCES))}
    assert {claim.text: claim.fingerprint for claim in claims_of(" ".join(order))} == usual


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "{s1:Greene} {c1:said} {t1:“the pier’s not safe”}.",
            '{s1:Greene} {c1:said} {t1:"The pier\'s not safe,"}',
        ),
        ("{s1:GREENE} {c1:said} {t1:it rained}.", "Later {s1:Greene} {c1:added} {t1:it rained}."),
    ],
)
def test_fingerprints_ignore_typography(one: str, other: str) -> None:
    text = "The pier was closed on Sunday evening after a storm. "
    assert claims_of(text + one)[-1].fingerprint == claims_of(text + other)[-1].fingerprint


def test_fingerprints_tell_speaker_outlet_wording_and_occurrence_apart() -> None:
    text = "The pier was closed on Sunday evening after a storm. "
    base = claims_of(text + "{s1:Greene} {c1:said} {t1:it rained}.")[-1]
    others = [
        claims_of(text + "{s1:Palmer} {c1:said} {t1:it rained}.")[-1],
        claims_of(text + "{s1:Greene} {c1:said} {t1:it snowed}.")[-1],
        claims_of(text + "{s1:Greene} {c1:said} {t1:it rained}.", "another.txt")[-1],
        claims_of(
            text + "{s1:Greene} {c1:said} {t1:it rained}. {s2:Greene} {c2:said} {t2:it rained}."
        )[-1],
    ]
    prints = {base.fingerprint, *(claim.fingerprint for claim in others)}
    assert len(prints) == 5
    assert all(len(print_) == 16 and int(print_, 16) >= 0 for print_ in prints)


TEXT = (
    "Mayor Laura Greene opened the pier, and the ferry left; she told Reuters it was safe.\n\n"
    "“Nobody was hurt,” the source said. “We were lucky,” he added, “but it was close.” "
    "What now? Ankara made it clear that it would wait (and that it would not pay)."
)


@st.composite
def attributions(draw: st.DrawFn) -> list[Attribution]:
    def spans() -> tuple[tuple[int, int], ...]:
        points = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=4)))
        return tuple(zip(points[::2], points[1::2], strict=False))

    return [
        Attribution(source=spans(), cue=spans(), content=spans())
        for _ in range(draw(st.integers(0, 5)))
    ]


@given(attributions())
def test_any_attributions_make_sound_claims(tagged: list[Attribution]) -> None:
    article = article_from_text(TEXT, "example.txt")
    claims = build(article, resolve(article, tagged))
    assert [claim.id for claim in claims] == [
        f"{article.id}:{number}" for number in range(1, len(claims) + 1)
    ]
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)
    assert len({claim.fingerprint for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.text == " ".join(TEXT[start:end] for start, end in claim.spans)
        assert (claim.start, claim.end) == (claim.spans[0][0], claim.spans[-1][1])
        assert all(0 <= start < end <= len(TEXT) for start, end in claim.spans)
        assert all(
            one[1] <= other[0] for one, other in zip(claim.spans, claim.spans[1:], strict=False)
        )
        sentence = article.sentences[claim.sentence]
        assert sentence.start <= claim.start < sentence.end or claim.start >= sentence.start
        assert not claim.text.rstrip('”"').endswith("?")
        assert (claim.kind == "report") == (claim.quote == "none")


@pytest.mark.parametrize(
    "text",
    [
        "{s1:Lind} {c1:said} {t1:it would take “more hours before dawn}.",
        '{s1:Lind} {c1:said} {t1:it would take "more hours” before dawn}.',
        "{t1:he was late” and the road was shut}, {s1:Lind} {c1:said}.",
    ],
)
def test_a_lone_mark_makes_no_quotation(text: str) -> None:
    for claim in claims_of(text):
        for inner in re.findall(r"“([^“”]*)”", claim.reading):
            assert f"“{inner}" in marked(text)[0].text
