"""Whether two speakers are the same."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck.attribution.identity import same_speaker
from factcheck.attribution.lexicon import fold
from factcheck.attribution.names import same_given
from factcheck.records import Speaker

CASES = YAML(typ="safe").load(
    (Path(__file__).parent / "cases" / "identity.yaml").read_text(encoding="utf-8")
)


def speaker(fields: dict[str, Any]) -> Speaker:
    return Speaker(**{"as_written": fields["name"], "kind": "named", **fields})


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['a']['name']} / {c['b']['name']}")
def test_pairs(case: dict[str, Any]) -> None:
    a, b = speaker(case["a"]), speaker(case["b"])
    assert same_speaker(a, b) is case["same"]
    assert same_speaker(b, a) is case["same"]


def test_a_name_fits_each_of_its_short_forms_and_no_other_name() -> None:
    text = (files("factcheck") / "data" / "nicknames.json").read_text(encoding="utf-8")
    names: dict[str, str] = json.loads(text)["names"]
    forms = {form for known in names.values() for form in known.split()}
    assert forms.isdisjoint(names), "a short form that is a full name too would join two names"
    for name, known in names.items():
        assert all(form == fold(form) and same_given(name, form) for form in known.split())
        assert not any(same_given(name, other) for other in names if other != name)


KINDS = ("named", "unnamed", "office", "organisation", "document")


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(KINDS), st.sampled_from(KINDS))
def test_any_two_speakers_compare_the_same_both_ways(
    one: str, other: str, kind: Any, second: Any
) -> None:
    a = Speaker(name=one, as_written=one, kind=kind)
    b = Speaker(name=other, as_written=other, kind=second)
    assert same_speaker(a, b) == same_speaker(b, a)
    assert same_speaker(a, a) is not False


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
