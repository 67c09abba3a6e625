"""Which sources count as one voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.provenance.voices import one_voice, withheld
from factcheck.records import Claim, Speaker

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


# What a text calls a source, its role, and whether that leaves open who it is.
@pytest.mark.parametrize(
    ("written", "role", "hidden"),
    [
        ("an official", "official", True),
        ("a security official in the border district", "official", True),
        ("two officials who took part in the talks", None, True),
        ("a former employee", "employee", True),
        ("people familiar with the matter", None, True),
        ("residents", None, True),
        ("one of the engineers", None, True),
        ("a police spokeswoman", "spokeswoman", False),
        ("a spokesman for the port", "spokesman", False),
        ("the minister", "minister", False),
        ("a county judge", "judge", False),
        ("health authorities", None, False),
        ("rights groups", None, False),
        ("her brother", "brother", False),
        ("the skipper’s widow", "widow", False),
        ("she", None, None),
        ("a notice on the door", None, None),
    ],
)
def test_who_could_not_be_found(written: str, role: str | None, hidden: bool | None) -> None:
    source = Speaker(name=written, as_written=written, kind="unnamed", role=role)
    claim = Claim.model_validate(
        {
            "id": "c",
            "fingerprint": "c",
            "article": "a",
            "start": 0,
            "end": 1,
            "spans": ((0, 1),),
            "text": "x",
            "reading": "x",
            "kind": "utterance",
            "quote": "indirect",
            "speaker": source,
        }
    )
    assert withheld(claim) is hidden
