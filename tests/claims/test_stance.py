"""The stance that reporting words tell, and what they take it to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.attribution.resolve import resolve
from factcheck.claims import build
from factcheck.claims.stance import CARRYING, TURNING, bracketed, side, side_of
from factcheck.records import Claim, Speaker, Stance
from tests.marked import marked

STANCES = YAML(typ="safe").load(Path(__file__).with_name("stances.yaml").read_text("utf-8"))
ROWS = [
    pytest.param(row if isinstance(row, dict) else {"text": row}, stance, id=f"{stance}-{number}")
    for stance, rows in STANCES.items()
    for number, row in enumerate(rows, 1)
]


def claims_of(text: str) -> list[Claim]:
    article, attributions = marked(text)
    return build(article, resolve(article, attributions))


@pytest.mark.parametrize(("row", "stance"), ROWS)
def test_reporting_words_tell_a_stance(row: dict[str, Any], stance: str) -> None:
    article, attributions = marked(row["text"])
    told = [claim for claim in claims_of(row["text"]) if claim.kind == "utterance"]
    assert [claim.stance for claim in told][:1] == [stance]
    start, end = attributions[0].content[0]
    wanted = row.get("claim", article.text[start:end])
    text = told[0].text.strip("“”., ")
    assert text == wanted.strip("“”., ") or (stance in CARRYING and wanted in text)


@pytest.mark.parametrize(("row", "stance"), [r for r in ROWS if r.values[1] in TURNING])
def test_the_reading_holds_what_turns_the_words_round(row: dict[str, Any], stance: str) -> None:
    """Without its reporting words a denial would say the contrary of what the text says."""
    claim = next(c for c in claims_of(row["text"]) if c.kind == "utterance")
    assert claim.reading != claim.text
    if not claim.reading.startswith("["):
        assert claim.reading.strip("“”, ") in marked(row["text"])[0].text


def test_what_nothing_suggests_is_left_open() -> None:
    (claim,) = claims_of("Nothing {c1:suggests} {t1:that the bank is insolvent}.")
    assert (claim.stance, claim.speaker) == ("doubts", None)
    assert claim.reading == "Nothing suggests that the bank is insolvent."


def test_a_condition_is_no_saying() -> None:
    found = claims_of(
        "If {s1:the mayor} {c1:says} {t1:the bridge is safe}, it will reopen on Friday."
    )
    assert [(claim.kind, claim.text) for claim in found] == [
        ("report", "If the mayor says the bridge is safe, it will reopen on Friday.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{s1:Nobody} {c1:said} that {t1:the bridge was safe}.",
        "{s1:No official} {c1:has said} that {t1:the bridge is safe}.",
        "{s1:Neither side} {c1:said} {t1:it had fired first}.",
        "{s1:No one} {c1:claimed} that {t1:the mill was clean}.",
        "{s1:Anybody} {c1:could say} {t1:that the doors were locked}.",
        "{s1:None of the owners} {c1:admitted} {t1:that the doors were locked}.",
    ],
)
def test_what_nobody_says_is_nobodys_claim(text: str) -> None:
    """The whole sentence is the outlet's: that nobody said so."""
    whole = marked(text)[0].text
    assert [(claim.speaker, claim.text) for claim in claims_of(text)] == [(None, whole)]


@pytest.mark.parametrize(
    ("count", "wanted"), [(1, "[the board denies:]"), (None, "[the board deny:]")]
)
def test_one_denies_and_several_deny(count: int | None, wanted: str) -> None:
    board = Speaker(name="the board", as_written="the board", kind="organisation", count=count)
    assert bracketed(board, "denies") == wanted
    assert bracketed(None, "asks") == "[somebody asks:]"


@pytest.mark.parametrize(
    ("stance", "wanted"),
    [
        ("asserts", 1),
        ("alleges", 1),
        ("denies", -1),
        ("doubts", 0),
        ("asks", 0),
        ("unconfirmed", 0),
    ],
)
def test_a_stance_carries_or_contradicts_or_leaves_open(stance: Stance, wanted: int) -> None:
    assert side_of(stance) == wanted
    (claim,) = claims_of("The old pier at Orsk is shut.")
    told = claim.model_copy(update={"stance": stance})
    assert side(told) == wanted
    # With its reporting words it states what it says, whatever they are.
    assert side(told.model_copy(update={"content": ((0, 3),)})) == 1
