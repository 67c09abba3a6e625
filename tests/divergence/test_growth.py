"""What an article tells again and again is held together in linear time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck import slots
from factcheck.claims import build
from factcheck.divergence import inconsistencies, roles
from factcheck.divergence.views import MOST as MOST_DETAILS
from factcheck.divergence.views import View
from factcheck.ingest import article_from_text
from factcheck.records import Article, Claim
from tests.growing import MOST, exponent


def claims_of(text: str) -> tuple[Article, list[Claim]]:
    article = article_from_text(text, "a.txt")
    return article, slots.fill(article, build(article, []))


@pytest.mark.growth
def test_two_claims_of_many_figures_are_held_together_in_linear_time() -> None:
    def prepare(size: int) -> Callable[[], object]:
        line = (
            "It was the 12 of the 15 people and 3 of " + "the 12 of the 15 people and 3 of " * size
        )
        article, claims = claims_of(f"{line}them.\n\n{line}the men.")
        return lambda: inconsistencies(article, claims)

    assert exponent(prepare, 60) < MOST


def test_a_claim_of_more_details_than_are_compared_is_a_list() -> None:
    line = "The fire was in the town and it hurt " + "5 of the people in it, " * 2 * MOST_DETAILS
    article, claims = claims_of(line)
    view = View(max(claims, key=lambda claim: len(claim.text)), article)
    assert view.is_list("figure")
    assert len(view.slots("figure")) == MOST_DETAILS


@pytest.mark.growth
@pytest.mark.parametrize("line", ["Mayor %s Smith was in it.", "President %s Doe was in it."])
def test_many_people_with_a_role_are_told_apart_in_linear_time(line: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        names = [f"B{'aeiou'[n % 5]}{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(size)]
        article, claims = claims_of("\n\n".join(line.replace("%s", name) for name in names))
        return lambda: inconsistencies(article, claims)

    assert exponent(prepare, 150) < MOST


def test_the_first_of_several_people_who_can_be_one_with_a_name_is_found() -> None:
    told = ["Jane Smith", "J. Smith", "Doe", "William Doe", "Alex Roe", ""]
    people = roles.People()
    for number, name in enumerate(told):
        people.add(name, number)
    for name in [*told, "Bill Doe", "Smith", "Jill Smith", "Alexandra Roe", "Anne Poe", "J Smith"]:
        slow = (n for n, known in enumerate(told) if roles.same_person(known, name))
        assert people.find(name) == next(slow, None), name


def test_a_claim_that_many_contradict_is_told_of_a_few_times() -> None:
    line = "The fire in the old town hall hurt %d people and it was put out."
    article, claims = claims_of("\n\n".join(line.replace("%d", f"{3**n}") for n in range(1, 12)))
    alone = claims_of("\n\n".join(line.replace("%d", n) for n in ("20", "30")))
    assert len(inconsistencies(*alone)) == 1
    assert len(claims) <= len(inconsistencies(article, claims)) <= 3 * len(claims)
