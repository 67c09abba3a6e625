"""Tracked statements find their group, none, or several."""

from __future__ import annotations

from factcheck.ledger import Tracked
from factcheck.ledger.match import FOUND, Match, match
from factcheck.records import Report

from .build import claim, group, report

PIER = "The harbour master has closed the eastern pier of Port Almar until the end of May."
PIER_AGAIN = (
    "The eastern pier of Port Almar is closed until the end of May, the harbour master said."
)
FERRY = "Twelve passengers of the ferry Sirocco were treated for smoke poisoning."
VOTE = "The council voted against a second bridge over the Welk."


def told() -> Report:
    return report(
        group("corroborated", claim("herald", PIER), claim("post", PIER_AGAIN)),
        group("single-sourced", claim("herald", FERRY, speaker="Dana Reyes")),
        group("single-sourced", claim("post", VOTE)),
    )


def find(statement: str, found: Report | None = None, **words: object) -> Match:
    entry = Tracked.model_validate({"id": "s", "statement": statement, **words})
    [result] = match([entry], found or told())
    return result


def test_the_very_words_are_certain_whatever_their_case() -> None:
    assert (find(VOTE).group, find(VOTE).score) == ("g3", 1.0)
    assert find(VOTE.upper()).group == "g3"


def test_other_words_for_the_same() -> None:
    found = find("The eastern pier of Port Almar has been closed until the end of May.")
    assert found.group == "g1"
    assert FOUND <= found.score < 1
    assert found.rivals == ()


def test_another_statement_on_the_same_things_is_not_found() -> None:
    assert find("The harbour master spoke about the ferry on Monday.").group is None
    assert find("Nothing of all this.").group is None


def test_the_same_words_in_two_groups_are_ambiguous() -> None:
    twice = report(
        group("single-sourced", claim("herald", VOTE)), group("single-sourced", claim("post", VOTE))
    )
    found = find(VOTE, twice)
    assert (found.group, found.rivals) == (None, ("g1", "g2"))


def test_speaker_and_paths_limit_where_it_is_looked_for() -> None:
    assert find(FERRY, speaker="Dana Reyes").group == "g2"
    assert find(FERRY, speaker="Nobody Else").group is None
    assert find(VOTE, paths=("corpus/post.txt",)).group == "g3"
    assert find(VOTE, paths=("corpus/herald.txt",)).group is None


def test_what_stands_beside_it_changes_nothing() -> None:
    entries = [
        Tracked(id=f"s{n}", statement=text) for n, text in enumerate((PIER_AGAIN, FERRY, VOTE))
    ]
    assert [(m.group, m.score) for m in match(entries, told())] == [
        (m.group, m.score) for m in (find(entry.statement) for entry in entries)
    ]
