"""What `compare` makes of the sample, held against what a careful reader finds in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck import ledger
from factcheck.records import Claim, Group, Report
from factcheck.reports import REGISTRY
from factcheck.reports.view import View
from tests.kept import compared
from tests.known import param

ROOT = Path(__file__).parents[2]
CASES = YAML(typ="safe").load(Path(__file__).with_name("sample.yaml"))

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def report() -> Report:
    kept = ledger.load(ROOT / "claims.yaml")
    corpus = [ROOT / "corpus"]
    return compared(corpus, kept.settings(), kept.families, kept.matching_decisions())


def cases(kind: str) -> list[Any]:
    return [param(case, name=case["name"], known=case.get("known")) for case in CASES[kind]]


def claims_of(report: Report, wanted: dict[str, str]) -> list[Claim]:
    """The claim of each article whose text (sentence context aside) holds the words."""
    found = []
    for article, words in wanted.items():
        claims = [c for c in report.claims if c.article == article and words in c.text]
        assert claims, f"{article} has no claim that holds '{words}'"
        found.append(claims[0])
    return found


def group_of(report: Report, claim: Claim) -> Group:
    return next(group for group in report.groups if claim.id in group.claims)


@pytest.mark.parametrize("case", cases("together"))
def test_the_same_statement_is_one_group(report: Report, case: dict[str, Any]) -> None:
    groups = {group_of(report, claim).id for claim in claims_of(report, case["claims"])}
    assert len(groups) == 1, groups


@pytest.mark.parametrize("case", cases("apart"))
def test_different_statements_are_not(report: Report, case: dict[str, Any]) -> None:
    found = claims_of(report, case["claims"])
    assert len({group_of(report, claim).id for claim in found}) == len(found)


@pytest.mark.parametrize("case", cases("origins"))
def test_origins(report: Report, case: dict[str, Any]) -> None:
    group = group_of(report, *claims_of(report, case["claims"]))
    assert sorted(origin.name for origin in group.origins) == case["origins"]


@pytest.mark.parametrize("case", cases("conflicts"))
def test_conflicts_are_found(report: Report, case: dict[str, Any]) -> None:
    found = [
        sorted(value.value for value in divergence.values)
        for group in report.groups
        for divergence in group.divergences
        if divergence.material and divergence.slot == case["slot"]
    ]
    # A claim that tells two statements stands in the groups of both, and differs in both.
    assert found.count(case["values"]) in (1, 2), found


def test_the_caption_that_contradicts_its_article_is_found(report: Report) -> None:
    assert [(i.article, i.slot) for i in report.inconsistencies] == [("northgate-online", "role")]


def test_two_unnamed_relayed_sources_are_corroborated_only_as_said(report: Report) -> None:
    (claim,) = claims_of(report, {"northgate-online": "would cross a red line"})
    group = group_of(report, claim)
    assert group.status == "corroborated"
    assert set(group.qualifiers) == {"one-voice", "anonymous", "assumed"}


def test_the_report_is_shorter_than_what_it_compares(report: Report) -> None:
    told = REGISTRY["terminal"](report, View(width=100))
    assert isinstance(told, str)
    assert len(told.split()) <= 0.6 * sum(len(one.text.split()) for one in report.articles)
