"""What was changed from one version of an article to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from factcheck.ingest import article_from_text
from factcheck.ingest.frontmatter import split
from factcheck.records import Article, Version
from factcheck.versions import versions

CASES = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))
FIRST = "The harbour master spoke to reporters on the eastern pier."
LAST = "Divers go down again at dawn."


def article(*sentences: str, retrieved: str = "", correction: str = "") -> Article:
    head = "title: Ferry runs aground\npublished: 2025-04-12\n"
    head += f"retrieved: {retrieved}\n" if retrieved else ""
    head += f"correction: '{correction}'\n" if correction else ""
    text = f"---\n{head}---\n\n" + "\n\n".join(sentences) + "\n"
    return article_from_text(text, "a.md", split(text), markdown=True)


def one(before: Article, after: Article) -> Version:
    (version,) = versions(after, [before])
    return version


@pytest.mark.parametrize(("before", "after", "details"), CASES["changed"])
def test_a_detail_that_is_told_otherwise(before: str, after: str, details: list[list[str]]) -> None:
    (edit,) = one(article(FIRST, before, LAST), article(FIRST, after, LAST)).edits
    assert (edit.kind, edit.before, edit.after) == ("reworded", before, after)
    found = [[detail.slot, detail.before, detail.after] for detail in edit.details]
    assert sorted(found) == sorted(details)


@pytest.mark.parametrize(("before", "after"), CASES["harmless"])
def test_other_words_and_more_detail_are_no_other_detail(before: str, after: str) -> None:
    (edit,) = one(article(FIRST, before, LAST), article(FIRST, after, LAST)).edits
    assert (edit.kind, edit.details) == ("reworded", ())


def test_what_is_cut_and_what_is_added_is_told_by_itself() -> None:
    hurt = "12 people were hurt when the ferry ran aground."
    paid = "The owner of the mill paid 40 workers for the week."
    found = one(article(FIRST, hurt, LAST), article(FIRST, LAST, paid)).edits
    assert [(edit.kind, edit.before, edit.after) for edit in found] == [
        ("cut", hurt, ""),
        ("added", "", paid),
    ]
    # A sentence on something else in the place of one is no rewording of it.
    found = one(article(FIRST, hurt, LAST), article(FIRST, paid, LAST)).edits
    assert sorted(edit.kind for edit in found) == ["added", "cut"]


@pytest.mark.parametrize(("before", "after"), CASES["moved"])
def test_what_another_sentence_tells_is_not_changed(before: list[str], after: list[str]) -> None:
    found = one(article(FIRST, *before, LAST), article(FIRST, *after, LAST))
    assert [edit.details for edit in found.edits if edit.details] == []


def test_what_is_the_same_is_no_version() -> None:
    told = FIRST.replace("harbour master", "Harbour Master").replace(" on", ", on")
    assert versions(article(told, LAST, retrieved="2025-04-13"), [article(FIRST, LAST)]) == ()


def test_another_date_of_the_page_changes_no_weekday() -> None:
    before = article(FIRST, "They met on Monday for talks on the dam.")
    text = "They met on Monday for long talks on the dam."
    after = article(FIRST, text).model_copy(update={"published": "2025-05-30"})
    (edit,) = one(before, after).edits
    assert edit.details == ()


def test_versions_stand_in_the_order_in_which_they_were_taken_in() -> None:
    said = "{} people were killed when the ferry ran aground."
    told = [
        article(said.format(number), retrieved=f"2025-04-1{day}T08:00Z")
        for number, day in ((15, 4), (12, 3), (17, 5))
    ]
    first, second = versions(told[2], told[:2])
    assert (first.retrieved, first.replaced) == ("2025-04-13T08:00Z", "2025-04-14T08:00Z")
    assert [e.details[0].after for v in (first, second) for e in v.edits] == ["15", "17"]
    # Only what still stands has a place in the article.
    assert first.edits[0].span is None
    span = second.edits[0].span
    assert span is not None
    assert told[2].text[slice(*span)] == said.format(17)


def test_a_note_that_came_with_a_change_is_told_with_it() -> None:
    note = "Correction: An earlier version gave another figure."
    said = "{} people were killed when the ferry ran aground."
    found = one(article(said.format(12)), article(said.format(15), correction=note))
    assert found.notes == (note,)
    again = article(said.format(17), correction=note)
    assert versions(again, [article(said.format(15), correction=note)])[0].notes == ()


def test_a_headline_is_part_of_an_article() -> None:
    text = "---\ntitle: {} dead in ferry accident\n---\n\n" + FIRST + "\n"
    before, after = (
        article_from_text(told, "a.md", split(told), markdown=True)
        for told in (text.format(12), text.format(15))
    )
    (edit,) = one(before, after).edits
    assert [(d.slot, d.before, d.after) for d in edit.details] == [("figure", "12", "15")]
