"""Each rule of divergence by itself: a new case is a new line in `rules/<module>.yaml`.

`hold` would let another rule find what this one misses; here each has to find it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.divergence import dates, days, figures, names, polarity
from factcheck.divergence.views import View
from tests.known import param

RULES: dict[str, Callable[[View, View], Any]] = {
    "figures": figures.conflicts,
    "names": names.conflicts,
    "polarity": polarity.conflicts,
    "dates": dates.conflicts,
    "figures.any_differ": figures.any_differ,
    "figures.all_apart": figures.all_apart,
    "dates.all_apart": days.all_apart,
    "names.other_people": names.other_people,
    "polarity.agree": polarity.agree,
}
Tell = Callable[..., Any]


def rows() -> Iterator[Any]:
    for path in sorted((Path(__file__).parent / "rules").glob("*.yaml")):
        for rule, found in YAML(typ="safe").load(path).items():
            for number, (a, b, wanted, *rest) in enumerate(found, 1):
                options = dict(rest[0]) if rest else {}
                known = options.pop("known", None)
                row = (rule, (a, b), wanted, options)
                yield param(*row, name=f"{rule} {number}", known=known)


ROWS = list(rows())


def views(tell: Tell, texts: tuple[str, str], options: dict[str, Any]) -> list[View]:
    """Two tellings; `options`: what is told of the first and of the second."""
    out = []
    for number, (name, text) in enumerate(zip("ab", texts, strict=True)):
        article, claim = tell(
            name,
            text,
            published=options.get("published", [None, None])[number],
            speaker=options.get("speakers", ["", ""])[number],
            quote=options.get("quote", "none"),
        )
        stance = options.get("stances", ["asserts", "asserts"])[number]
        claim = claim.model_copy(update={"stance": stance, "cue_spans": ((0, 1),)})
        out.append(View(claim, article))
    return out


def outcome(rule: str, a: View, b: View) -> Any:
    """A truth as it is; of conflicts the values, and what the first is beside material."""
    found = RULES[rule](a, b)
    if isinstance(found, bool):
        return found
    told = [list(conflict.values) for conflict in found]
    kinds = [k for k in ("updated", "contested") if found and getattr(found[0], k)]
    return [*told[:1], *kinds] or None


@pytest.mark.parametrize(("rule", "texts", "wanted", "options"), ROWS)
def test_rule(
    tell: Tell, rule: str, texts: tuple[str, str], wanted: Any, options: dict[str, Any]
) -> None:
    a, b = views(tell, texts, options)
    assert outcome(rule, a, b) == wanted
    if rule != "polarity.agree":
        turned = wanted
        if isinstance(wanted, list):
            turned = [wanted[0][::-1], *wanted[1:]]
        assert outcome(rule, b, a) == turned


def test_every_rule_has_cases_of_both_kinds() -> None:
    for rule in RULES:
        found = {bool(row.values[2]) for row in ROWS if row.values[0] == rule}
        assert found == {True, False}, rule


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(*pair, kind == "one", id=f"{kind} {' / '.join(pair)}")
        for kind, pairs in YAML(typ="safe")
        .load(Path(__file__).with_name("one_person.yaml"))
        .items()
        for pair in pairs
    ],
)
def test_one_person_by_two_names(one: str, other: str, same: bool) -> None:
    assert names.one_person(one, other) is same
    assert names.one_person(other, one) is same
