"""Which sources count as one voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.provenance.voices import one_voice
from factcheck.records import Speaker

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
