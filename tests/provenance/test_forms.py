"""Short articles on who stands behind what they share: a new form is a new entry in `forms.yaml`.

Of the widest group of two articles that has the words `about`, `right` says: `one` origin; `two`,
and it is corroborated; `not corroborated`; or `any`. `origin` is the one origin's name,
`qualifiers` must be among the group's, and `without` must not. `families` are the ledger's,
`published` the articles' days. `known` says why a form comes out wrong today.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import factcheck
from factcheck import Article, Group, Report
from tests.known import param

FORMS = YAML(typ="safe").load(Path(__file__).with_name("forms.yaml").read_text(encoding="utf-8"))
OUTLETS = ("Harbour Courier", "Ferry Lane Herald", "Inland Standard")

pytestmark = pytest.mark.model
Form = dict[str, Any]


def compared(form: Form, place: Path) -> Report:
    outlets = form.get("outlets", OUTLETS)
    days = form.get("published", ["2025-03-05"] * len(form["told"]))
    articles = [
        Article.from_text(text, outlet, published=day)
        for text, outlet, day in zip(form["told"], outlets, days, strict=False)
    ]
    if families := form.get("families"):
        ledger = place / "claims.yaml"
        entries = "".join(f"- name: {n}\n  family: {f}\n" for n, f in families.items())
        ledger.write_text(f"version: 1\noutlets:\n{entries}", encoding="utf-8")
        return factcheck.compare(articles, ledger=ledger)
    return factcheck.compare(articles)


def group_about(form: Form, report: Report) -> Group | None:
    told = {claim.id: claim for claim in report.claims}
    found = [
        group
        for group in report.groups
        if any(form["about"] in told[claim].text for claim in group.claims)
        and len({told[claim].article for claim in group.claims}) > 1
    ]
    return max(found, key=lambda group: len(group.claims), default=None)


def fault(form: Form, group: Group | None) -> str:
    """What is wrong with a form's group; empty where nothing is."""
    if group is None:
        return "in no group"
    told = f"{group.status} {group.qualifiers} {[origin.name for origin in group.origins]}"
    one = group.status == "single-sourced" and len(group.origins) == 1
    corroborated = group.status == "corroborated"
    right = {"one": one, "two": corroborated, "not corroborated": not corroborated, "any": True}
    if not right[form["right"]]:
        return told
    if "origin" in form and [origin.name for origin in group.origins] != [form["origin"]]:
        return told
    missed = set(form.get("qualifiers", ())) - set(group.qualifiers)
    return told if missed or set(form.get("without", ())) & set(group.qualifiers) else ""


@pytest.mark.parametrize(
    "form",
    [param(form, name=form["name"], known=form.get("known")) for form in FORMS],
)
def test_a_form_comes_out_right(form: Form, tmp_path: Path) -> None:
    assert fault(form, group_about(form, compared(form, tmp_path))) == ""
