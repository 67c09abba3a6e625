"""What an article asks a check to ignore, where, and what of it is told."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from factcheck.ledger import EMPTY
from factcheck.ledger.findings import judge
from factcheck.ledger.ignores import ignores
from factcheck.records import Article

from .build import claim, group, report

FRONT = "---\noutlet: Herald\n{}\n---\n"
TEXT = "# Head\n\nOne of it.\nTwo of it.\n\nThree of it.\n"
ALL = "all of it"


class Case(NamedTuple):
    """A text, and for each request in it the rules that it names and what it covers."""

    name: str
    text: str
    asked: list[tuple[tuple[str, ...], str]]


CASES = [
    Case("nothing asked", TEXT, []),
    Case("no request", f"{TEXT}\nThe factcheck: ignore it, he said.\n", []),
    Case("front matter", FRONT.format("factcheck: ignore") + TEXT, [((), ALL)]),
    Case(
        "front matter with rules",
        FRONT.format("factcheck: ignore divergent, FC106 -- both were given") + TEXT,
        [(("divergent", "fc106"), ALL)],
    ),
    Case(
        "front matter with several",
        FRONT.format("factcheck: [ignore divergent, 'ignore FC106: an office that changed hands']")
        + TEXT,
        [(("divergent",), ALL), (("fc106",), ALL)],
    ),
    Case("something else", FRONT.format("factcheck: done") + TEXT, []),
    Case(
        "in a paragraph",
        TEXT.replace("Two", "<!-- factcheck: ignore divergent -->Two"),
        [
            (
                ("divergent",),
                "One of it.\n<!-- factcheck: ignore divergent -->Two of it.\n",
            )
        ],
    ),
    Case(
        "before a paragraph",
        TEXT.replace("Three", "<!-- factcheck: ignore -->\n\nThree"),
        [((), "Three of it.\n")],
    ),
    Case(
        "several lines",
        TEXT.replace("Three", "<!--\nfactcheck: ignore\n-->\nThree"),
        [((), "<!--\nfactcheck: ignore\n-->\nThree of it.\n")],
    ),
    Case(
        "windows",
        TEXT.replace("Three", "<!-- factcheck: ignore -->\n\nThree").replace("\n", "\r\n"),
        [((), "Three of it.\r\n")],
    ),
    Case(
        "at the end",
        f"{TEXT}\n<!-- factcheck: ignore -->",
        [((), "<!-- factcheck: ignore -->")],
    ),
    Case("never closed", f"{TEXT}\n<!-- factcheck: ignore\n\nFour.\n", []),
]


def article(text: str) -> Article:
    made = report(group("single-sourced", claim("Herald", "x"))).articles[0]
    return made.model_copy(update={"text": text})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_asked_and_what_it_covers(case: Case) -> None:
    found = ignores(article(case.text))
    told = [(entry.rules, case.text[slice(*entry.covered)]) for entry in found]
    assert told == [(rules, case.text if what == ALL else what) for rules, what in case.asked]
    assert all("ignore" in case.text[slice(*entry.span)] for entry in found)


HURT = "12 people were hurt on the ferry."


@pytest.mark.parametrize(
    ("asked", "ignored"),
    [
        ("", False),
        (" <!-- factcheck: ignore -->", True),
        (" <!-- factcheck: ignore divergent -->", True),
        (" <!-- factcheck: ignore FC101 -->", True),
        (" <!-- factcheck: ignore anonymous -->", False),
    ],
)
def test_a_finding_is_ignored_where_the_article_asks_for_it(asked: str, ignored: bool) -> None:
    told = [claim("Herald", HURT + asked, figure="12"), claim("Post", "15 hurt.", figure="15")]
    made = report(group("divergent", *told, differs="figure"))
    found = judge(made, EMPTY)
    assert [item.finding.rule for item in found.ignored] == ["FC101"] * ignored
    assert ("FC101" in {item.finding.rule for item in found.open}) is not ignored


def test_another_article_s_request_covers_nothing_here() -> None:
    told = [
        claim("Herald", HURT, figure="12"),
        claim("Post", "15 hurt. <!-- factcheck: ignore -->", figure="15"),
    ]
    found = judge(report(group("divergent", *told, differs="figure")), EMPTY)
    assert [item.finding.rule for item in found.open] == ["FC101", "FC302"]


def test_nothing_is_stale_where_only_a_part_is_looked_at() -> None:
    made = report(
        group("corroborated", claim("Herald", f"{HURT} <!-- factcheck: ignore FC101 -->"))
    )
    assert "FC302" in {item.finding.rule for item in judge(made, EMPTY).open}
    assert "FC302" not in {item.finding.rule for item in judge(made, EMPTY, whole=False).open}


@pytest.mark.growth
def test_many_comments_take_linear_time() -> None:
    # A quadratic search would take minutes.
    assert ignores(article("<!-- factcheck: ignore " * 50_000)) == []
    assert len(ignores(article("<!-- factcheck: ignore -->\n\n" * 20_000))) == 20_000
