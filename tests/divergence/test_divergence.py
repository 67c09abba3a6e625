"""What a conflict says beside its slot: who, once, updated, contested, inside one article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from factcheck import divergence
from factcheck.divergence.quotation import diff
from factcheck.ingest import article_from_text
from factcheck.records import Article, Claim, Divergence
from factcheck.slots.tokens import tokenize

Tell = Callable[..., tuple[Article, Claim]]
Hold = Callable[..., list[Divergence]]


def find(*told: tuple[Article, Claim], groups: list[list[int]] | None = None) -> Any:
    claims = [claim for _, claim in told]
    members = [[claims[n] for n in group] for group in groups or [list(range(len(claims)))]]
    return divergence.find(members, {article.id: article for article, _ in told})


def test_each_value_names_its_claims_and_the_exact_words(tell: Tell) -> None:
    told = [
        tell("a", "The blast killed 12 people."),
        tell("b", "Fifteen people were killed by the blast."),
        tell("c", "The blast killed twelve people."),
    ]
    (found,) = find(*told)[0]
    assert found.slot == "figure"
    assert found.material
    words = {
        article.text[start:end]
        for value in found.values
        for claim, (start, end) in zip(value.claims, value.spans, strict=True)
        for article, told_claim in told
        if told_claim.id == claim
    }
    assert words == {"12", "Fifteen", "twelve"}


def test_claims_of_one_article_are_no_divergence(tell: Tell) -> None:
    article, claim = tell("a", "The blast killed 12 people.")
    other = claim.model_copy(update={"id": "a-2"})
    assert divergence.find([[claim, other]], {"a": article}) == [[]]


@pytest.mark.parametrize(
    ("days", "updated"),
    [
        (("2024-05-02", "2024-05-03"), True),
        (("2024-05-03", "2024-05-02"), False),
        ((None, None), False),
    ],
)
def test_a_later_and_higher_count_is_an_update(
    hold: Hold, days: tuple[str | None, str | None], updated: bool
) -> None:
    (found,) = hold(
        "The flood killed 38 people.", "The flood killed 45 people.", {"published": list(days)}
    )
    assert (found.updated, found.material) == (updated, not updated)


@pytest.mark.parametrize(
    ("asserts", "denies", "contested"),
    [
        ("", "Ada Okoro", True),
        ("Ben Cole", "Ada Okoro", True),
        ("", "the union", True),
        ("a former employee", "the coastguard", True),
        ("", "", False),
        ("", "a source", False),
        ("Ada Okoro", "two officials", False),
        # Two wordings of one speaker's words: one outlet has them wrong.
        ("Ada Okoro", "Ada Okoro", False),
    ],
)
def test_a_denial_by_a_party_is_contested(
    hold: Hold, asserts: str, denies: str, contested: bool
) -> None:
    claims = "The firm paid the ransom.", "The firm did not pay the ransom."
    (found,) = hold(*claims, {"speakers": [asserts, denies]})
    assert found.contested is contested


def test_the_day_of_one_speech_is_reported_once(tell: Tell) -> None:
    first = "Both towns are our friends and we want them to talk again."
    second = "The road between them will be open before the summer is over."
    told = [
        tell(name, text, speaker="Ilham Veli", event=1, quote="direct")
        for name, text in (("a", first), ("a", second), ("b", first), ("b", second))
    ]
    days = {"a": "Wednesday", "b": "Thursday"}
    dated = []
    for number, (article, claim) in enumerate(told):
        slot = tell("x", f"on {days[article.id]}")[1].slots[0]
        update = {
            "id": f"{article.id}-{number}",
            "slots": (slot.model_copy(update={"scope": "event"}),),
        }
        dated.append((article, claim.model_copy(update=update)))
    found = find(*dated, groups=[[0, 2], [1, 3]])
    assert [len(group) for group in found] in ([1, 0], [0, 1])
    (conflict,) = found[0] + found[1]
    assert conflict.slot == "date"
    assert {value.value for value in conflict.values} == {"Wednesday", "Thursday"}


def test_origins_behind_a_value_count_once(hold: Hold) -> None:
    (found,) = hold("The flood killed 38 people.", "The flood killed 45 people.")
    named = divergence.with_origins(found, {"a-1": "Reuters", "b-1": "AFP"})
    assert [value.origins for value in named.values] == [("Reuters",), ("AFP",)]


def test_the_order_of_claims_does_not_change_what_is_found(tell: Tell) -> None:
    told = [
        tell("a", "The court freed the editor on Monday."),
        tell("b", "On Tuesday the court freed the editor."),
        tell("c", "The court freed the editor."),
    ]
    there, back = find(*told)[0], find(*reversed(told))[0]
    assert [d.slot for d in there] == [d.slot for d in back] == ["date"]
    assert {v.value for v in there[0].values} == {v.value for v in back[0].values}


def test_a_caption_that_gives_a_person_another_office_is_an_inconsistency() -> None:
    text = (
        "Talks Resume in the North\n\n"
        "Turkish Prime Minister Kemal Aydin ad\n\n"
        "The talks resumed on Monday. Turkish President Kemal Aydin welcomed them in a speech to "
        "parliament, and promised that the border would be opened again.\n"
    )
    article = article_from_text(text, "talks.txt")
    (found,) = divergence.inconsistencies(article, [])
    assert found.slot == "role"
    assert [value.value for value in found.values] == [
        "prime minister (Turkey)",
        "president (Turkey)",
    ]
    for value in found.values:
        for start, end in value.spans:
            assert "Minister" in text[start:end] or "President" in text[start:end]


def test_a_former_office_beside_a_present_one_is_no_inconsistency() -> None:
    text = "Former President Kemal Aydin spoke first. Prime Minister Kemal Aydin is his nephew.\n"
    assert divergence.inconsistencies(article_from_text(text, "a.txt"), []) == []


def test_a_diff_shows_what_stands_in_one_wording_only() -> None:
    left, right = tokenize("we will not leave the town"), tokenize("we will leave this town")
    assert [(p.op, " ".join(p.left), " ".join(p.right)) for p in diff(left, right)] == [
        ("equal", "we will", "we will"),
        ("left", "not", ""),
        ("equal", "leave", "leave"),
        ("both", "the", "this"),
        ("equal", "town", "town"),
    ]
