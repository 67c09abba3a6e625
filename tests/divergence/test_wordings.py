"""Two quotations of one speaker are two wordings, and no denial: `wordings.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.records import Divergence

Hold = Callable[..., list[Divergence]]
CASES = YAML(typ="safe").load(Path(__file__).with_name("wordings.yaml"))


@pytest.mark.parametrize(
    ("kind", "case"), [(kind, case) for kind, cases in CASES.items() for case in cases], ids=str
)
def test_two_wordings_of_a_quotation(hold: Hold, kind: str, case: list[Any]) -> None:
    a, b, speakers, *quote = case
    for one, other, who in ((a, b, speakers), (b, a, speakers[::-1])):
        options = {"speakers": who, "quote": quote[0] if quote else "direct"}
        found = hold(one, other, options)
        told = [one for one in found if one.slot in ("quotation", "polarity")]
        assert bool(told) == (kind != "none")
        if kind == "polarity":
            assert kind in {one.slot for one in told}
        if kind == "quotation":
            (divergence,) = told
            assert divergence.slot == kind
            assert not divergence.contested
            for value in divergence.values:
                assert value.value.casefold() in f"{one} {other}".casefold()
