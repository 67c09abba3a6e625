"""What a review asks, in which order, and what it never asks again."""

from __future__ import annotations

from factcheck.ledger import EMPTY, Ledger, loads
from factcheck.ledger.questions import decisions, questions
from factcheck.records import Link, Report

from .build import claim, group, report


def almost(a: str, b: str, score: float) -> Link:
    return Link(a=a, b=b, relation="compatible", score=score)


def pairs(found: Report, ledger: Ledger = EMPTY) -> list[tuple[str, str]]:
    return [(question.a, question.b) for question in questions(found, ledger, [])]


def told() -> Report:
    """A certain link, two uncertain ones, and three groups that were almost one."""
    certain = group("corroborated", claim("herald", "It rained."), claim("post", "Rain fell."))
    doubtful = group(
        "corroborated",
        claim("herald", "The pier is closed."),
        claim("post", "Nobody may enter the pier."),
        score=0.7,
    )
    open_one = group(
        "corroborated",
        claim("herald", "A ship sank."),
        claim("post", "A vessel went under."),
        score=0.45,
    )
    alone = group("single-sourced", claim("courier", "The ship is lost."))
    near = (almost("c4", "c6", 0.28), almost("c2", "c6", 0.22))
    return report(certain, doubtful, open_one, alone).model_copy(update={"near": near})


def test_the_least_certain_links_come_first_then_the_likeliest_of_those_almost_made() -> None:
    assert pairs(told()) == [("c4", "c5"), ("c2", "c3"), ("c4", "c6"), ("c2", "c6")]
    about = [question.about for question in questions(told(), EMPTY, [])]
    assert about[0] == "link score 0.45"
    assert about[2] == "almost linked to g4, link score 0.28"


def test_what_was_decided_is_not_asked_again() -> None:
    found = told()
    _, _, third, _ = questions(found, EMPTY, [])
    assert third.answers == ("same", "different")
    [same] = decisions(third, "same", found)
    assert same.decision == "same"
    prints = ", ".join(same.fingerprints)
    for decision in ("same", "different"):
        ledger = loads(
            f"version: 1\ndecisions:\n- decision: {decision}\n  fingerprints: [{prints}]\n",
            "claims.yaml",
        )
        assert pairs(found, ledger) == [("c4", "c5"), ("c2", "c3"), ("c2", "c6")]


def test_only_so_many_links_that_were_not_made_are_asked_about() -> None:
    lines = [claim(f"outlet{n}", f"Ship number {n} sank.") for n in range(60)]
    many = report(*(group("single-sourced", line) for line in lines))
    near = tuple(almost(f"c{n}", f"c{n + 30}", 0.29 - n / 1000) for n in range(30))
    assert pairs(many.model_copy(update={"near": near})) == [
        (f"c{n}", f"c{n + 30}") for n in range(20)
    ]
