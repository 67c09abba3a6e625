"""Which nearly matched claims belong together because of what they differ in: `disputed.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from factcheck import divergence
from factcheck.records import Article, Claim

Tell = Callable[..., tuple[Article, Claim]]
NEAR, FAR = 0.28, 0.16
CASES = YAML(typ="safe").load(Path(__file__).parent / "disputed.yaml")


@pytest.mark.parametrize(
    ("case", "wanted"),
    [(case, verdict == "disputed") for verdict, cases in CASES.items() for case in cases],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_two_tellings_of_one_thing(tell: Tell, case: list[str], wanted: bool) -> None:
    texts = [*case[:2], *(case[2] if len(case) > 2 else [])]
    told = [tell(f"outlet{number}", text) for number, text in enumerate(texts)]
    articles = {article.id: article for article, _ in told}
    group = [claim for _, claim in told]
    a, b = group[:2]
    assert divergence.Comparison(articles).disputed(a, b, group, NEAR) is wanted
    assert divergence.Comparison(articles).disputed(b, a, group, NEAR) is wanted


def test_two_places_ask_for_more_likeness_than_two_figures(tell: Tell) -> None:
    told = [
        tell("a", "The photo was sent to a student in Seattle."),
        tell("b", "The photo was sent to a student in Bellingham."),
    ]
    articles = {article.id: article for article, _ in told}
    a, b = (claim for _, claim in told)
    assert divergence.Comparison(articles).disputed(a, b, [a, b], NEAR)
    assert not divergence.Comparison(articles).disputed(a, b, [a, b], FAR)
