"""Which sources count as one voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.access import findable, is_party
from factcheck.provenance.voices import another_said, one_voice, undisputed, voices
from factcheck.records import (
    Access,
    AccessKind,
    Claim,
    QuoteKind,
    Speaker,
    SpeakerKind,
    Via,
)

CASES = YAML(typ="safe").load(
    (Path(__file__).parent / "cases" / "voices.yaml").read_text(encoding="utf-8")
)


def speaker(fields: dict[str, Any]) -> Speaker:
    return Speaker(**{"as_written": fields["name"], "kind": "named", **fields})


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['a']['name']} / {c['b']['name']}")
def test_pairs(case: dict[str, Any]) -> None:
    a, b = speaker(case["a"]), speaker(case["b"])
    assert one_voice(a, b) is case["one"]
    assert one_voice(b, a) is case["one"]


# What a text calls a source, its role, and whether a reader could find it by that.
@pytest.mark.parametrize(
    ("written", "role", "found"),
    [
        ("an official", "official", False),
        ("a security official in the border district", "official", False),
        ("two officials who took part in the talks", None, False),
        ("a former employee", "employee", False),
        ("people familiar with the matter", None, False),
        ("residents", None, False),
        ("one of the engineers", None, False),
        ("a police spokeswoman", "spokeswoman", True),
        ("a spokesman for the port", "spokesman", True),
        ("the minister", "minister", True),
        ("a county judge", "judge", True),
        ("health authorities", None, True),
        ("rights groups", None, True),
        ("her brother", "brother", True),
        ("the skipper’s widow", "widow", True),
        ("she", None, False),
        ("a notice on the door", None, False),
        ("a letter seen by the Tellin Gazette", None, True),
        ("the inspection report", None, True),
        ("a person who has seen the report", None, False),
    ],
)
def test_who_could_not_be_found(written: str, role: str | None, found: bool) -> None:
    source = Speaker(name=written, as_written=written, kind="unnamed", role=role)
    assert findable(source) is found


# What a text calls a source, its role, and whether its denial is that of a party.
@pytest.mark.parametrize(
    ("written", "kind", "party"),
    [
        ("Ida Brandt", "named", True),
        ("Calder Lines", "organisation", True),
        ("the coastguard", "unnamed", True),
        ("the union", "unnamed", True),
        ("the dockers’ union", "unnamed", True),
        ("the mayor", "unnamed", True),
        ("the harbour authority", "unnamed", True),
        ("police", "unnamed", True),
        ("a spokesman for the port", "unnamed", True),
        ("an officer", "unnamed", False),
        ("two ministers", "unnamed", False),
        ("officials", "unnamed", False),
        ("a source close to the union", "unnamed", False),
        ("witnesses", "unnamed", False),
        ("the man", "unnamed", False),
    ],
)
def test_who_is_a_party(written: str, kind: SpeakerKind, party: bool) -> None:
    assert is_party(Speaker(name=written, as_written=written, kind=kind)) is party


def test_nobody_is_no_party() -> None:
    assert not is_party(None)


# Two claims with their quotations, and whether one wording is given to two speakers.
@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("the march had ended “without trouble”", "the march had ended 'without trouble'", True),
        ("the march had ended “without trouble”", "the boats left “without trouble”", False),
        ("it was a “disgrace”", "it was a “disgrace”", False),
    ],
)
def test_a_sentence_with_a_few_quoted_words_is_told_once(a: str, b: str, same: bool) -> None:
    claims = [
        Claim(
            id=who,
            fingerprint=who,
            article=who,
            start=0,
            end=len(text),
            spans=((0, len(text)),),
            text=text,
            reading=text,
            kind="utterance",
            quote="mixed",
            speaker=Speaker(name=who, as_written=who, kind="organisation"),
        )
        for who, text in (("Marn police", a), ("Harbour Workers Union", b))
    ]
    assert another_said(*claims) is same


def _told(who: str, text: str, quote: QuoteKind, name: str = "") -> Claim:
    speaker = Speaker(name=name, as_written=name, kind="named") if name else None
    return Claim(
        id=who,
        fingerprint=who,
        article=who,
        start=0,
        end=len(text),
        spans=((0, len(text)),),
        text=text,
        reading=text,
        kind="utterance" if name else "report",
        quote=quote,
        speaker=speaker,
    )


# What another outlet has without a source, and whether it is the voice's that is quoted.
@pytest.mark.parametrize(
    ("own", "its"),
    [
        ("Dear all, we are closing the mill and it is my fault alone. Thank you.", True),
        ("We are closing the mill and it is my fault alone", True),
        ("The mill is closing, and the owner blames himself.", False),
        ("We are closing the mill", False),
    ],
)
def test_the_very_words_that_another_quotes_are_the_voices(own: str, its: bool) -> None:
    said = _told("a", "“We are closing the mill and it is my fault alone,”", "direct", "Ida Brandt")
    (voice,) = voices([said, _told("b", own, "none")])
    assert voice.claims == (("a", "b") if its else ("a",))


def test_what_is_only_reported_is_nobodys_words() -> None:
    text = "the mill would be closed before the end of the year"
    (voice,) = voices([_told("a", text, "indirect", "Ida Brandt"), _told("b", text, "none")])
    assert voice.claims == ("a",)


# Whom a claim came through, what its source is called, and whether that is a voice of its own.
@pytest.mark.parametrize(
    ("through", "kind", "name", "heard"),
    [
        ("outlet Tellin Gazette", "organisation", "newspaper", False),
        ("outlet Radio Kessel", "organisation", "the broadcaster", False),
        ("agency Calder Press", "organisation", "agency", False),
        ("outlet Tellin Gazette", "unnamed", "the paper", False),
        ("outlet Tellin Gazette", "organisation", "Tellin Gazette", False),
        ("outlet Tellin Gazette", "organisation", "food agency", True),
        ("outlet Tellin Gazette", "unnamed", "the skipper", True),
        ("venue court", "organisation", "agency", True),
        ("document release", "organisation", "station", True),
    ],
)
def test_the_paper_beside_a_relay_is_the_relay(
    through: str, kind: SpeakerKind, name: str, heard: bool
) -> None:
    way, relay = through.split(" ", 1)
    via = Via.model_validate({"kind": way, "name": relay, "span": (0, 1)})
    source = Speaker(name=name.removeprefix("the "), as_written=name, kind=kind)
    claim = _told("a", "the weir holds", "indirect", name)
    claim = claim.model_copy(update={"speaker": source, "via": (via,)})
    assert bool(voices([claim])) is heard


# Who told it to two outlets, each to its own, and how many voices that is.
@pytest.mark.parametrize(
    ("one", "other", "access", "count"),
    [
        ("crane driver", "engineer who had serviced them until May", "interview", 2),
        ("former stewardess", "ship's carpenter", "interview", 2),
        ("nurse on the ward", "cook", "interview", 2),
        ("crane driver", "driver at the port", "interview", 1),
        ("crane driver", "employee", "interview", 1),
        ("engineer", "security official", "interview", 1),
        ("crane driver", "engineer", "unnamed", 1),
    ],
)
def test_two_trades_are_two_voices(one: str, other: str, access: AccessKind, count: int) -> None:
    said = []
    for article, name in (("a", one), ("b", other)):
        claim = _told(article, "the brakes were off", "indirect", name)
        source = Speaker(name=name, as_written=name, kind="unnamed")
        way = Access(kind=access, name="Tellin Gazette")
        said.append(claim.model_copy(update={"speaker": source, "access": way, "article": article}))
    assert len(voices(said)) == count


# Who says it in two outlets or more, and how many voices that is where nothing is in conflict.
@pytest.mark.parametrize(
    ("told", "count"),
    [
        (["named Ida Brandt", "unnamed the sculptor"], 1),
        (["organisation Calder Lines", "unnamed a spokesman for the firm"], 1),
        (["named Ida Brandt", "unnamed the sculptor", "unnamed an artist from Holm"], 1),
        (["named Calder Lines", "document company statement"], 1),
        (["named Calder Lines", "document Marn Ferries statement"], 2),
        (["named Ida Brandt", "unnamed two sculptors"], 2),
        (["named Ida Brandt", "named Piet Roos"], 2),
        (["named Ida Brandt", "document the annual report"], 2),
        (["unnamed the sculptor", "organisation Calder Lines", "named Ida Brandt"], 3),
        (["named Orvane", "organisation yarn maker"], 1),
        (["named Ida Brandt", "organisation harbour office"], 2),
        (["organisation Calder Lines", "organisation ferry company"], 1),
    ],
)
def test_who_is_named_here_and_described_there_is_one_voice(told: list[str], count: int) -> None:
    said = []
    for number, entry in enumerate(told):
        kind, name = entry.split(" ", 1)
        claim = _told(f"a{number}", "the bronze weighs two tonnes", "indirect", name)
        source = Speaker.model_validate(
            {"name": name, "as_written": name, "kind": kind, "count": 2 if "two" in name else 1}
        )
        said.append(claim.model_copy(update={"speaker": source}))
    assert len(undisputed(voices(said), said)) == count


def test_two_who_speak_in_one_article_are_two_voices() -> None:
    words = "the bronze weighs two tonnes"
    one = _told("a", words, "indirect", "Ida Brandt")
    source = Speaker(name="sculptor", as_written="the sculptor", kind="unnamed")
    other = one.model_copy(update={"id": "b", "speaker": source})
    assert len(undisputed(voices([one, other]), [one, other])) == 2


# How one of two outlets has it from the doctors, of whom the other has a letter.
@pytest.mark.parametrize(
    ("kind", "carried", "count"),
    [("document", False, 1), ("document", True, 2), ("public", False, 2), ("untold", False, 2)],
)
def test_a_letter_and_who_says_it_in_one_are_one_voice(
    kind: AccessKind, carried: bool, count: int
) -> None:
    words = "the ward has no surgeon"
    doctors = Speaker(name="46 doctors", as_written="46 doctors", kind="unnamed", count=46)
    letter = Speaker(name="open letter", as_written="the open letter", kind="document")
    access = Access(kind=kind, name="document", carried=carried)
    one = _told("a", words, "indirect", "x").model_copy(
        update={"speaker": doctors, "access": access}
    )
    other = _told("b", words, "indirect", "x").model_copy(update={"speaker": letter})
    assert len(undisputed(voices([one, other]), [one, other])) == count
