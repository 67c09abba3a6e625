"""Tellings that do not bear each other out: a new case is a new line in `apart.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.divergence.apart import of_one_thing, told_apart
from factcheck.divergence.views import View
from factcheck.matching.reader import Reading
from factcheck.records import Link

CASES: dict[str, list[list[str]]] = YAML(typ="safe").load(Path(__file__).parent / "apart.yaml")


@pytest.mark.parametrize(
    ("texts", "two"),
    [(texts, verdict == "two") for verdict, found in CASES.items() for texts in found],
    ids=lambda value: value[1] if isinstance(value, list) else None,
)
def test_particulars_that_differ_throughout(
    tell: Callable[..., Any], texts: list[str], two: bool
) -> None:
    a, b = (
        View(claim, article)
        for article, claim in (tell(name, text) for name, text in zip("ab", texts, strict=True))
    )
    assert told_apart(a, b) is two
    assert told_apart(b, a) is two


@pytest.mark.parametrize(
    ("reading", "decided", "bears_out"),
    [
        (None, False, True),
        (Reading(2.0, -2.0, ((), ())), False, True),
        (Reading(2.0, -0.5, ((), ())), False, False),
        (Reading(-0.3, -2.0, ((), ())), False, True),
        (Reading(-0.7, -2.0, ((), ())), False, False),
        (Reading(1.0, 1.0, ((), ())), True, True),
    ],
)
def test_what_bears_out_is_read_as_the_same(
    tell: Callable[..., Any], reading: Reading | None, decided: bool, bears_out: bool
) -> None:
    made = [tell(name, text) for name, text in zip("ab", CASES["one"][0], strict=True)]
    articles = {article.id: article for article, _ in made}
    claims = [claim for _, claim in made]
    link = Link(
        a=claims[0].id,
        b=claims[1].id,
        relation="equivalent",
        score=0.9,
        levels=(),
        decided=decided,
    )
    found = of_one_thing(claims, [link], articles, lambda _a, _b: reading)
    assert found == [link] * bears_out
