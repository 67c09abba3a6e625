"""What a report tells of one speaker or one outlet, on small reports made for it."""

from __future__ import annotations

import pytest

from factcheck.records import Claim, Divergence, DivergenceValue, Group, Origin, Report
from factcheck.reports.asked import outlet, people
from factcheck.reports.notebook import table
from factcheck.reports.told import brief

from .fixture import REPORT

COURIER, GAZETTE, LEDGER, WHARF = (article.outlet for article in REPORT.articles)
CLAIMS = {claim.id: claim for claim in REPORT.claims}
FIRST = {article.outlet: f"{article.id}-1" for article in REPORT.articles}


def group(ident: str, *outlets: str, origin: str = "", conflict: tuple[str, ...] = ()) -> Group:
    """A group with one origin, told by these outlets in one claim each, `GROUP/OUTLET/NUMBER`.

    `conflict` are the outlets of values that cannot all hold.
    """
    members = [*conflict, *(one for one in outlets if one not in conflict)]
    claims = tuple(f"{ident}/{one}/{number}" for number, one in enumerate(members))
    source = Origin(
        name=origin or outlets[0],
        kind="agency" if origin else "own",
        outlets=outlets,
        claims=claims,
        independence=None,
        reason="",
    )
    values = tuple(
        DivergenceValue(value=claim, claims=(claim,), spans=((0, 1),))
        for claim in claims[: len(conflict)]
    )
    differing = Divergence(slot="figure", material=True, reason="two figures", values=values)
    return REPORT.groups[0].model_copy(
        update={
            "id": ident,
            "claims": claims,
            "outlets": outlets,
            "origins": (source,),
            "divergences": (differing,) if conflict else (),
        }
    )


def report(*groups: Group, claims: tuple[Claim, ...] | None = None) -> Report:
    """A report of these groups, with the claims that they name: copies of an article's first."""
    if claims is None:
        told = dict.fromkeys(claim for one in groups for claim in one.claims)
        claims = tuple(
            CLAIMS[FIRST[name.split("/")[1]]].model_copy(update={"id": name}) for name in told
        )
    return REPORT.model_copy(update={"groups": groups, "claims": claims})


def names(statements: tuple[object, ...]) -> list[str]:
    return [str(getattr(one, "id", one)) for one in statements]


MIXED = report(
    group("alone", COURIER),
    group("own, shared", COURIER, GAZETTE),
    group("taken", COURIER, GAZETTE, origin="Coastwire"),
    group("taken too", COURIER, origin="Coastwire"),
    group("contradicted", COURIER, GAZETTE, conflict=(COURIER, GAZETTE)),
    group("at odds with itself", COURIER, conflict=(COURIER, COURIER)),
    group("beside a conflict", COURIER, GAZETTE, LEDGER, conflict=(GAZETTE, LEDGER)),
    group("left out by it", GAZETTE, LEDGER, WHARF),
    group("left out by two", GAZETTE, LEDGER),
)


def test_what_an_outlet_tells_alone_and_shares() -> None:
    found = outlet(MIXED, COURIER)
    assert found
    assert names(found.alone) == ["alone", "taken too", "at odds with itself"]
    assert found.shared == 4


def test_what_an_outlet_has_from_another_and_not_from_itself() -> None:
    found = outlet(MIXED, COURIER)
    assert found
    assert [(one.origin, names(one.statements)) for one in found.taken] == [
        ("Coastwire", ["taken", "taken too"])
    ]


def test_an_outlet_has_nothing_from_its_own_family() -> None:
    family = REPORT.articles[0].family
    found = outlet(report(group("g1", COURIER, GAZETTE, origin=family)), COURIER)
    assert found and found.taken == ()


def test_an_outlet_is_contradicted_by_others_alone() -> None:
    found = outlet(MIXED, COURIER)
    assert found and names(found.contradicted) == ["contradicted"]


def test_what_all_others_tell_is_left_out() -> None:
    found = outlet(MIXED, COURIER)
    assert found and names(found.left_out) == ["left out by it"]
    two = report(group("g1", GAZETTE)).model_copy(update={"articles": REPORT.articles[:2]})
    one_other = outlet(two, COURIER)
    assert one_other and one_other.left_out == ()


def test_a_claim_of_two_statements_counts_in_the_first() -> None:
    """In the second only where it takes a side in a conflict, which it does by its own words."""
    home = group("home", COURIER)
    also = group("also", GAZETTE, COURIER)
    (mine,) = home.claims
    also = also.model_copy(update={"claims": (also.claims[0], mine), "second": (mine,)})
    made = report(home, also)
    found = outlet(made, COURIER)
    assert found and (names(found.alone), found.shared, found.left_out) == (["home"], 0, ())
    name = CLAIMS["a1-1"].speaker
    assert name and [one.group.id for one in people(made, name.name)[0].said] == ["home"]
    value = DivergenceValue(value="12", claims=(mine,), spans=((0, 1),))
    other = DivergenceValue(value="15", claims=also.claims[:1], spans=((0, 1),))
    conflict = Divergence(slot="figure", material=True, reason="", values=(value, other))
    made = report(home, also.model_copy(update={"divergences": (conflict,)}))
    found = outlet(made, COURIER)
    assert found and names(found.contradicted) == ["also"]
    assert [one.group.id for one in people(made, name.name)[0].said] == ["home", "also"]


def test_whom_an_outlet_lets_speak() -> None:
    found = outlet(report(*REPORT.groups, claims=REPORT.claims), COURIER)
    wanted: dict[str, int] = {}
    for claim in REPORT.claims:
        if claim.article == "a1" and claim.speaker:
            wanted[claim.speaker.name] = wanted.get(claim.speaker.name, 0) + 1
    assert found and dict(found.speakers) == wanted
    assert [n for _, n in found.speakers] == sorted(wanted.values(), reverse=True)


@pytest.mark.parametrize("name", [COURIER.upper(), f"The {COURIER}"])
def test_an_outlet_by_another_spelling(name: str) -> None:
    found = outlet(MIXED, name)
    assert found and found.name == COURIER


def test_a_speaker_and_a_voice_are_two_people() -> None:
    """Who is asked for is told, and not the one through whom it was said."""
    speaker, voice = CLAIMS["a2-1"].speaker, CLAIMS["a4-2"].speaker
    assert speaker and voice
    claim = CLAIMS["a1-1"].model_copy(update={"speaker": speaker, "voice": voice})
    made = report(group("g1", COURIER), claims=(claim,))
    for asked in (speaker, voice):
        assert [person.name for person in people(made, asked.name)] == [asked.name]


def test_the_speaker_of_most_statements_comes_first() -> None:
    told = people(REPORT, "")
    counts = [len(person.said) for person in told]
    assert counts == sorted(counts, reverse=True) and len(told) > 2


def test_a_claim_without_a_group_is_nobodys_statement() -> None:
    made = report(group("g1", COURIER).model_copy(update={"claims": ()}))
    assert all(person.said == () for person in people(made, "Reyes"))


def test_a_statement_in_short_has_the_sign_of_its_verdict() -> None:
    signs = {one.id: brief(one).sign for one in REPORT.groups}
    assert {"divergent", "single-sourced"} <= set(signs.values())


def test_a_notebook_shows_what_several_tell() -> None:
    shown = table(MIXED)
    assert "own, shared" in shown and "taken too" not in shown
    assert "and 3 more statements" in shown
    alone = table(report(group("alone", COURIER)))
    assert "<td>alone</td>" in alone and "more statement" not in alone
