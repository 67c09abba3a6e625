"""Tellings that do not bear each other out: a new case is a new line in `apart.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck import divergence

CASES: dict[str, list[list[str]]] = YAML(typ="safe").load(Path(__file__).parent / "apart.yaml")


@pytest.mark.parametrize(
    ("texts", "two"),
    [(texts, verdict == "two") for verdict, found in CASES.items() for texts in found],
    ids=lambda value: value[1] if isinstance(value, list) else None,
)
def test_particulars_that_differ_throughout(
    tell: Callable[..., Any], texts: list[str], two: bool
) -> None:
    (article_a, a), (article_b, b) = (
        tell(name, text) for name, text in zip("ab", texts, strict=True)
    )
    assert divergence.tell_apart(a, b, article_a, article_b) is two
    assert divergence.tell_apart(b, a, article_b, article_a) is two
