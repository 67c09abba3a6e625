"""Verdicts: a new case is a new entry in cases.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import verdict
from factcheck.attribution.labelled import UNKNOWN
from factcheck.config import Provenance
from factcheck.records import Access, Claim, Divergence, Link, Origin, Speaker, Voice

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]


def _at(occasion: str | None) -> Access:
    """An access that a case gives as "kind: name", a public one by its name alone."""
    *kind, name = (occasion or "").split(": ")
    return Access.model_validate({"kind": (kind or ["public"])[0], "name": name} if name else {})


def _speaker(voice: str) -> Speaker:
    """The source of a voice that a case gives as "kind name", an unnamed one as "a name".

    One that was not made out is written as the mark that opens the quotation.
    """
    kind, name = voice.split(" ", 1)
    written = f"a {name}" if kind == "unnamed" else name
    if name == UNKNOWN:
        written = "“"
    return Speaker.model_validate({"name": name, "as_written": written, "kind": kind})


def decide(case: dict[str, Any]) -> verdict.Verdict:
    claims, outlets = [], {}
    for entry in case["claims"]:
        outlet, kind, *again = entry.split()
        outlets[f"article-{outlet}"] = outlet
        name = outlet + "".join(again)
        voiced = outlet in case.get("voiced", [outlet])
        voices_of = case["voices"] if voiced else []
        text = case.get("texts", {}).get(name, "x")
        who, text = case.get("said", {}).get(name, (voices_of[-1] if voices_of else "", text))
        claims.append(
            Claim(
                id=name,
                fingerprint=name,
                article=f"article-{outlet}",
                start=0,
                end=len(text),
                spans=((0, len(text)),),
                text=text,
                reading=text,
                kind=kind,
                quote="direct" if name in case.get("said", {}) else "none",
                speaker=_speaker(who) if who else None,
                access=_at(case.get("at", {}).get(outlet)),
            )
        )
    origins = []
    for entry in case["origins"]:
        for independence in (" - ", " assumed ", " likely ", " shown "):
            if independence in entry:
                name, carriers = entry.split(independence)
                quiet = name in case.get("quiet", ())
                origins.append(
                    Origin.model_validate(
                        {
                            "name": name,
                            "kind": "own",
                            "outlets": sorted({c.rstrip("0123456789") for c in carriers.split()}),
                            "claims": carriers.split(),
                            "independence": independence.strip().replace("-", "") or None,
                            "reason": "" if quiet else f"because {name}",
                            "apart": "" if quiet else f"because {name}",
                            "doubt": f"{name} may have it from another",
                            "first": case.get("first", {}).get(name, ()),
                        }
                    )
                )
    voiced = case.get("voiced", [c.id for c in claims])
    voices = [
        Voice.model_validate(
            dict(zip(("kind", "name"), v.split(" ", 1), strict=True), claims=voiced)
        )
        for v in case["voices"]
    ]
    divergences = [
        Divergence(
            slot="figure",
            material="material" in entry,
            reason="12 against 15",
            values=(),
            contested="contested" in entry,
            updated="updated" in entry,
        )
        for entry in case.get("divergences", ())
    ]
    policy = Provenance(
        independence=case.get("policy", "assumed"), minimum_origins=case.get("minimum", 2)
    )
    links = [
        Link(a=a, b=b, relation="equivalent", score=float(score), decided=bool(decided))
        for a, b, score, *decided in (entry.split() for entry in case.get("links", ()))
    ]
    return verdict.decide(
        claims,
        outlets,
        origins,
        voices,
        divergences,
        policy,
        links=links or None,
        several=case.get("several", 1.0),
    )


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_verdict(case: dict[str, Any]) -> None:
    found = decide(case)
    assert (found.status, list(found.qualifiers)) == (case["status"], case["qualifiers"])
    if isinstance(case["reason"], str):
        assert found.reason == case["reason"]
    else:
        assert all(words in found.reason for words in case["reason"])


_ORIGINS = st.lists(st.sampled_from(["assumed", "shown"]), min_size=1, max_size=4)


@given(
    _ORIGINS,
    st.sampled_from([[], ["unnamed source"], ["named A"], ["named A", "unnamed source"]]),
    st.sampled_from([[], ["material"], ["updated"], ["material contested"]]),
    st.sampled_from(["assumed", "shown"]),
)
def test_what_holds_of_every_verdict(
    independence: list[str], voices: list[str], divergences: list[str], policy: str
) -> None:
    names = "ABCD"[: len(independence)]
    alone = len(names) == 1
    case = {
        "claims": [f"{name} utterance" for name in names],
        "origins": [
            f"{name} {'-' if alone else kind} {name}"
            for name, kind in zip(names, independence, strict=True)
        ],
        "voices": voices,
        "divergences": divergences,
        "policy": policy,
    }
    found = decide(case)
    assert (found.status == "divergent") == any("material" in d for d in divergences)
    if found.status == "corroborated":
        assert len(names) >= 2
        assert "one-voice" not in found.qualifiers or found.reason.startswith(
            "corroborated that it was said – one "
        )
        assert policy == "assumed" or independence.count("shown") >= 2
    assert ("anonymous" in found.qualifiers) == (voices == ["unnamed source"])
    # One origin has one outlet here: the cases have the others.
    assert "echoed" not in found.qualifiers


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("official", "one unnamed official"),
        ("a source close to Israel", "one unnamed source close to Israel"),
        ("Turkish sources", "unnamed Turkish sources alone"),
        ("two officials", "unnamed two officials alone"),
        ("sources familiar with the matter", "unnamed sources familiar with the matter alone"),
        ("source close to US officials", "one unnamed source close to US officials"),
        ("boss", "one unnamed boss"),
        ("one of the sources", "one unnamed source, one of the sources"),
        ("people in the ministry", "unnamed people in the ministry alone"),
    ],
)
def test_how_one_unnamed_voice_is_told(name: str, told: str) -> None:
    case = {
        "claims": ["Alpha utterance", "Beta utterance"],
        "origins": ["Wire - Alpha Beta"],
        "voices": [f"unnamed {name}"],
    }
    assert decide(case).reason.startswith(f"single-sourced – {told}; ")


def test_a_probability_is_never_rounded_up_to_what_it_does_not_reach() -> None:
    case = {
        "claims": ["Alpha report", "Beta report"],
        "origins": ["Alpha assumed Alpha", "Beta assumed Beta"],
        "voices": [],
        "several": 0.7996,
    }
    assert "not likely enough: just under the 80% asked for" in decide(case).reason
