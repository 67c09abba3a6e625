"""What people decided, in the ledger and in the articles, and what becomes of it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from factcheck.ledger import load

from .desk import Done, desk_fixture, factcheck, repository_fixture, story

__all__ = ["desk_fixture", "repository_fixture"]

pytestmark = pytest.mark.model

HURT = (
    "{number} people were injured when the ferry Sirocco ran aground off Port Almar, {who} said.\n"
)
TITLE = "Ferry runs aground off Port Almar\n\n"


def plain(name: str, number: str, who: str) -> Path:
    """An article in a plain text file: its name alone tells the outlet."""
    path = Path("corpus", name)
    path.write_text(TITLE + HURT.format(number=number, who=who))
    return path


@pytest.fixture(name="texts")
def texts_fixture(desk: Path) -> Path:
    """Two plain text files that disagree."""
    for file in Path("corpus").iterdir():
        file.unlink()
    plain("quay-gazette.txt", "Twelve", "the coast guard")
    plain("estuary-times.txt", "Fifteen", "hospital doctors")
    return desk


def test_a_decision_tells_who_says_what(texts: Path) -> None:
    done = factcheck("accept", "--all")
    assert done.status == 0
    assert done.err == "there is no ledger yet: the first entry makes claims.yaml\n"
    (entry,) = load(Path("claims.yaml")).decisions
    told = dict(zip(entry.fingerprints, entry.tellings, strict=True))
    assert sorted(told.values()) == [
        "estuary-times: Fifteen people were injured when the ferry Sirocco ran aground off Port"
        " Almar",
        "quay-gazette: Twelve people were injured when the ferry Sirocco ran aground off Port"
        " Almar",
    ]
    (written,) = Path("claims.d").iterdir()
    assert "\n    - 'estuary-times: Fifteen people" in written.read_text(), "a line each"


@pytest.mark.parametrize("name", ["tides.txt", "reuters.txt", "quay-gazette (2).txt"])
def test_a_renamed_text_keeps_its_decisions(texts: Path, name: str) -> None:
    assert factcheck("accept", "--all").status == 0
    Path("corpus/quay-gazette.txt").rename(Path("corpus", name))
    done = factcheck("check")
    assert (done.status, "1 accepted by decisions" in done.out) == (0, True), done.out
    assert "stale" not in done.out
    assert "nothing to review" in factcheck("review", stdin="q\n").out


def test_a_decision_that_no_same_is_kept_too(texts: Path) -> None:
    assert factcheck("review", stdin="n\nq\n").status == 0
    assert [entry.decision for entry in load(Path("claims.yaml")).decisions] == ["different"]
    before = factcheck("check", "--show", "note")
    Path("corpus/quay-gazette.txt").rename("corpus/tides.txt")
    after = factcheck("check", "--show", "note")
    assert "stale" not in after.out
    assert after.out.count("single-sourced") == before.out.count("single-sourced") == 4


def test_other_words_and_other_outlets_are_followed_by_no_decision(texts: Path) -> None:
    assert factcheck("accept", "--all").status == 0
    path = Path("corpus/quay-gazette.txt")
    text = path.read_text()
    path.unlink()
    path = Path("corpus/tides.txt")
    path.write_text(text.replace("Twelve", "Eighteen"))
    assert factcheck("check").status == 1, "another figure"
    path.write_text("---\noutlet: Sill Herald\n---\n" + text)
    assert factcheck("check").status == 1, "an outlet that says what it is"


def test_an_accepted_inconsistency_survives_another_name(desk: Path) -> None:
    for file in Path("corpus").iterdir():
        file.unlink()
    path = Path("corpus/quay-gazette.txt")
    path.write_text(
        "The council of Marby\n\n"
        "President Osk Lind opened the session of the council on Monday.\n\n"
        "Prime Minister Osk Lind closed the session of the council on Monday.\n"
    )
    assert "FC106" in factcheck("check").out
    assert factcheck("accept", "--all").status == 0
    path.rename("corpus/tides.txt")
    done = factcheck("check")
    assert "FC" not in done.out, done.out


COMMENT = "<!-- factcheck: ignore divergent -- hospitals counted later -->\n\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", "FC101"),
        ("Fifteen people", COMMENT + "Fifteen people", "1 ignored by comments"),
        ("published:", "factcheck: ignore divergent\npublished:", "1 ignored by comments"),
        ("The harbour", COMMENT + "The harbour", "FC302"),
    ],
)
def test_an_article_may_ask_to_be_left_alone(desk: Path, old: str, new: str, told: str) -> None:
    path = story("courier.md")
    path.write_text(path.read_text().replace(old, new, 1))
    done = factcheck("check")
    assert told in done.out
    assert done.status == int("ignored" not in done.out)
    assert "hospitals counted" not in factcheck("extract").out, "a comment is no statement"


def test_what_a_branch_brings_may_be_ignored_too(repository: Path) -> None:
    path = story("courier.md")
    assert factcheck("check", "--new-from", "main").status == 1
    path.write_text(path.read_text().replace("Fifteen people", COMMENT + "Fifteen people"))
    assert factcheck("check", "--new-from", "main").status == 0


def test_an_override_of_nothing_is_told(desk: Path) -> None:
    Path("claims.yaml").write_text(
        "version: 1\npolicy:\n  overrides:\n    - {path: corpus/sport/**, fail_on: []}\n"
    )
    done = factcheck("check")
    assert "claims.yaml:4: warning FC303 unused-override" in done.out
    assert "FC303" not in factcheck("check", "corpus/herald.md").out
    Path("corpus").rename("articles")
    assert "FC303" in factcheck("check", "articles").out, "there is no such folder"
    Path("corpus/sport").mkdir(parents=True)
    assert "FC303" not in factcheck("check", "articles").out, "it was not asked for"


def test_the_policy_holds_wherever_one_stands(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story("courier.md")
    Path("corpus/scan.txt").write_text("")
    Path("claims.yaml").write_text(
        "version: 1\npolicy:\n  fail_on: [divergent, unmeasured]\n"
        "  overrides:\n    - {path: corpus/**, fail_on: [unmeasured]}\n"
    )
    assert "FC105" in factcheck("check").out
    assert factcheck("accept", "--all", "--rule", "unmeasured").status == 0
    Path("below").mkdir()
    for here, path in ((".", "corpus"), ("below", "../corpus"), ("corpus", "."), (".", desk)):
        with monkeypatch.context() as there:
            there.chdir(here)
            done = factcheck("check", str(path))
        assert done.status != 1 and "FC101" in done.out, (here, path)
        assert "FC303" not in done.out and "FC105" not in done.out, (here, path)


def places(done: Done) -> tuple[str, ...]:
    """The place, level and rule of each finding."""
    found = re.findall(r"^(\S+:\d+:\d+: \w+ FC\d+)", done.out, re.MULTILINE)
    assert len(found) > 2
    return tuple(sorted(found))


def test_findings_do_not_depend_on_the_order_of_arrival(desk: Path) -> None:
    """The same articles, added in every order, and named in every order: the same findings."""
    story("courier.md")
    texts = {path.name: path.read_text() for path in Path("corpus").iterdir()}
    added, named = set(), set()
    for order in itertools.permutations(texts):
        for name in texts:
            Path("corpus", name).unlink(missing_ok=True)
        for name in order:
            Path("corpus", name).write_text(texts[name])
            # Each arrival is checked, so that what is learned of one is there for the next.
            done = factcheck("check", "--show", "note")
        added.add(done)
        given = [f"corpus/{name}" for name in order]
        named.add(places(factcheck("check", "--no-cache", "--show", "note", *given)))
    assert len(added) == 1
    # A report tells articles, and ranks what is equal, in the order in which they are named.
    assert named == {places(next(iter(added)))}


def test_files_of_the_ledger_are_no_unread_articles(desk: Path) -> None:
    story("courier.md")
    ledger = ("--ledger", "corpus/claims.yaml")
    Path("corpus/claims.yaml").write_text("version: 1\n")
    assert factcheck("accept", "--all", *ledger).status == 0
    assert list(Path("corpus/claims.d").iterdir())
    Path("corpus/decided.yaml").write_text("version: 1\n")
    with Path("corpus/claims.yaml").open("a") as file:
        file.write("decision_files: [decided.yaml]\n")
    assert "Not read" not in factcheck("compare", "corpus").out
    Path("corpus/other.yaml").write_text("version: 1\n")
    done = factcheck("compare", "corpus")
    assert "corpus/other.yaml" in done.out
    assert "claims.d" not in done.out
    assert "'factcheck add'" in done.out
