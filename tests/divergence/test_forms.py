"""Short articles on one event, kind by kind: a new form is a new entry in `forms/<kind>.yaml`.

Each form is told by two invented outlets. What is right of them:

- `divergent`: a material conflict in one of the `slot`s that points at its two `values`;
- `contested`: a material conflict that is marked so;
- `updated`: a later count, and no material conflict;
- `together`: one group holds both, without a material conflict;
- `no conflict`: no material conflict, in one group or in two;
- `apart`: no conflict, and no group holds the sentences with the words `about` of both.

`known` says why a form comes out wrong today.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import factcheck
from factcheck import Article, Divergence, Report
from tests.known import param

FILES = sorted((Path(__file__).parent / "forms").glob("*.yaml"))
OUTLETS = ("Harbour Courier", "Ferry Lane Herald")
PUBLISHED = "2025-05-14"

pytestmark = pytest.mark.model
Form = dict[str, Any]


def forms(path: Path) -> Iterator[Form]:
    yield from YAML(typ="safe").load(path)


def compared(form: Form) -> Report:
    published = form.get("published", (PUBLISHED, PUBLISHED))
    told = zip((form["a"], form["b"]), OUTLETS, published, strict=True)
    return factcheck.compare(
        Article.from_text(text, outlet, published=day) for text, outlet, day in told
    )


def fault(form: Form, report: Report) -> str:
    """What is wrong with a report on a form; empty where nothing is."""
    found = [d for group in report.groups for d in group.divergences]
    material = [d for d in found if d.material]
    right = form["right"]
    if right in ("divergent", "contested"):
        if right == "contested":
            return "" if any(d.contested for d in material) else f"not contested: {_told(found)}"
        fits = [d for d in material if d.slot in form["slot"] and points_at(d, form, report)]
        return "" if fits else f"not divergent: {_told(found)}"
    if material:
        return f"a conflict: {_told(material)}"
    if right == "updated":
        return "" if any(d.updated for d in found) else f"not updated: {_told(found)}"
    shared = [{c.article for c in held(report, g.claims)} for g in report.groups]
    if right == "together":
        return "" if any(len(articles) > 1 for articles in shared) else "not in one group"
    if right == "apart" and any(_both(form, report, g.claims) for g in report.groups):
        return "in one group"
    return ""


def points_at(divergence: Divergence, form: Form, report: Report) -> bool:
    """Whether two sides have the form's values: their words, or a part of these."""
    texts = {article.id: article.text for article in report.articles}
    sides = []
    for value in divergence.values:
        claims = {c.id: texts[c.article] for c in held(report, value.claims)}
        spans = zip(value.claims, value.spans, strict=True)
        sides.append([claims[claim][start:end].lower() for claim, (start, end) in spans])
    one, other = (value.lower() for value in form["values"])
    return any(_meet(one, a) and _meet(other, b) for a, b in permutations(sides, 2))


def _meet(value: str, told: list[str]) -> bool:
    return any(value in words or words in value for words in told)


def held(report: Report, ids: tuple[str, ...]) -> list[Any]:
    return [claim for claim in report.claims if claim.id in ids]


def _both(form: Form, report: Report, ids: tuple[str, ...]) -> bool:
    texts = [claim.text for claim in held(report, ids)]
    return all(any(words in text for text in texts) for words in form["about"])


def _told(found: list[Divergence]) -> str:
    return "; ".join(f"{d.slot} {' / '.join(v.value for v in d.values)}" for d in found) or "none"


@pytest.mark.parametrize(
    "form",
    [
        param(form, name=f"{path.stem}-{form['name']}", known=form.get("known"))
        for path in FILES
        for form in forms(path)
    ],
)
def test_a_form_comes_out_right(form: Form) -> None:
    assert fault(form, compared(form)) == ""


def test_no_two_forms_of_a_kind_have_one_name() -> None:
    for path in FILES:
        names = [form["name"] for form in forms(path)]
        assert len(set(names)) == len(names)
