"""Tellings that do not bear each other out: a new case is a new line in `apart.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.divergence.apart import told_apart
from factcheck.divergence.views import View

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
