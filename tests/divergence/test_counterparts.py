"""Which values of two claims are held together, and that their weights decide what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.divergence import weigh
from factcheck.divergence.counterparts import Candidate, candidates
from factcheck.divergence.views import View
from factcheck.records import Article, Claim

DATA = YAML(typ="safe").load(Path(__file__).with_name("counterparts.yaml"))
Tell = Callable[..., tuple[Article, Claim]]


def cases() -> Iterator[Any]:
    for kind, answers in DATA.items():
        for answer, pairs in answers.items():
            for number, (a, b, *rest) in enumerate(pairs):
                options = rest[0] if rest else {}
                yield pytest.param(
                    kind, a, b, options, answer == "yes", id=f"{kind}-{answer}-{number}"
                )


def views(tell: Tell, a: str, b: str, options: dict[str, Any]) -> tuple[View, View]:
    speakers = options.get("speakers", ["", ""])
    quote = options.get("quote", "none")
    one, other = (
        tell(name, text, speaker=who, quote=quote)
        for name, text, who in zip("ab", (a, b), speakers, strict=True)
    )
    return View(one[1], one[0]), View(other[1], other[0])


def of_kind(kind: str, a: View, b: View) -> list[Candidate]:
    return [found for found in candidates(a, b) if found.kind == kind]


@pytest.mark.parametrize(("kind", "a", "b", "options", "is_one"), list(cases()))
def test_what_is_a_candidate(
    tell: Tell, kind: str, a: str, b: str, options: dict[str, Any], is_one: bool
) -> None:
    one, other = views(tell, a, b, options)
    for found in (of_kind(kind, one, other), of_kind(kind, other, one)):
        assert len(found) == is_one


@pytest.mark.parametrize("kind", DATA)
def test_weights_decide(tell: Tell, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, *rest = DATA[kind]["yes"][0]
    one, other = views(tell, a, b, rest[0] if rest else {})
    (found,) = of_kind(kind, one, other)
    name, value = "shared words", found.features["shared words"]

    def told(weight: float, bias: float) -> bool:
        table = {kind: weigh.Weights(least=0.5, bias=bias, weights={name: weight})}
        monkeypatch.setattr(weigh, "_table", lambda: table)
        return found.conflict in weigh.conflicts(one, other)

    assert told(1.0, -value + 0.1)
    assert not told(0.0, -value - 2)
    assert not told(1.0, -value - 2)
    monkeypatch.setattr(weigh, "_table", dict)
    assert weigh.conflicts(one, other) == [], "a kind without weights is not told"
