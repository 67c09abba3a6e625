"""The table of `docs/ci.md`: what a check of a branch tells, in real git repositories."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .desk import Done, desk_fixture, factcheck, git, repository_fixture, story

__all__ = ["desk_fixture", "repository_fixture"]

pytestmark = pytest.mark.model

DOCS = Path(__file__).parents[2] / "docs" / "ci.md"
HEAD = "---\noutlet: {outlet}\npublished: 2025-04-10\n---\n# {title}\n\n"
HURT = (
    "{number} people were injured when the ferry Sirocco ran aground off Port Almar, {who} said.\n"
)


def article(name: str, outlet: str, text: str) -> Path:
    path = Path("corpus", name)
    path.write_text(HEAD.format(outlet=outlet, title=outlet) + text)
    return path


def commit(message: str = "Change") -> None:
    git("add", "-A")
    git("commit", "-q", "-m", message)


def check(*more: str) -> Done:
    return factcheck("check", "--new-from", "main", *more)


def agrees() -> Done:
    article("new.md", "Estuary Times", HURT.format(number="Twelve", who="hospital doctors"))
    return check()


def corroborates() -> Done:
    git("checkout", "-q", "main")
    Path("corpus/post.md").unlink()
    commit("One article")
    git("checkout", "-q", "-B", "new")
    path = story("post.md")
    path.write_text(
        path.read_text().replace("The ferry Sirocco ran aground off Port Almar on Tuesday.\n", "")
    )
    return check()


def deviates() -> Done:
    story("courier.md", "new.md")
    Path("corpus/new.md").write_text(
        Path("corpus/new.md")
        .read_text()
        .replace("The harbour master has closed the eastern pier for a month.\n\n", "")
    )
    return check()


def repeats_a_side() -> Done:
    deviates()
    commit("Two figures")
    git("branch", "-f", "main")
    article("other.md", "Estuary Times", HURT.format(number="Fifteen", who="hospital doctors"))
    return check()


def two_deviate() -> Done:
    article("one.md", "Estuary Times", HURT.format(number="Fifteen", who="hospital doctors"))
    article("two.md", "Quay Gazette", HURT.format(number="Fifteen", who="a nurse"))
    return check()


def is_copied() -> Done:
    text = Path("corpus/herald.md").read_text()
    Path("corpus/new.md").write_text(text.replace("The Sill Herald", "Estuary Times"))
    return check()


def a_figure_is_edited() -> Done:
    article("new.md", "Estuary Times", HURT.format(number="Twelve", who="hospital doctors"))
    commit("A third article")
    git("branch", "-f", "main")
    path = Path("corpus/new.md")
    path.write_text(path.read_text().replace("Twelve", "Fifteen"))
    return check()


def add(*sentences: str) -> None:
    told = {
        "title": "Mill",
        "outlet": "Estuary Times",
        "date": "2025-04-10",
        "url": "https://e.example/1",
    }
    done = factcheck("add", "-", stdin=json.dumps(told | {"text": "\n".join(sentences)}))
    assert done.status == 0, done.out


CLOSES = "The owner of the cotton mill in Sill Vale told {} workers on Monday that it closes."


def is_changed_silently() -> Done:
    add(CLOSES.format(40))
    commit("A third article")
    git("branch", "-f", "main")
    add(CLOSES.format(90))
    return check()


def was_changed_before() -> Done:
    is_changed_silently()
    commit("As it is now")
    git("branch", "-f", "main")
    add(CLOSES.format(90), "The union of weavers meets on Friday in the town hall of Sill Vale.")
    return check()


def is_renamed() -> Done:
    git("mv", "corpus/post.md", "corpus/almar-post.md")
    commit("Renamed")
    return check()


def is_deleted() -> Done:
    Path("corpus/post.md").unlink()
    return check()


def tracked_and_deleted() -> Done:
    factcheck("claims", "sync", "--write", "--status", "corroborated")
    commit("Tracked")
    git("branch", "-f", "main")
    return is_deleted()


def first_commit() -> Done:
    git("checkout", "-q", "--orphan", "fresh")
    return factcheck("check", "--new-from", "HEAD", "--show", "warning")


def shallow_clone() -> Done:
    Path("notes.txt").write_text("Nothing.\n")
    commit("Notes")
    here = Path.cwd()
    git("clone", "-q", "--depth", "1", "--branch", "new", f"file://{here}", "../shallow")
    git(
        "-C", "../shallow", "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main"
    )
    return factcheck("check", "--new-from", "origin/main", "../shallow/corpus")


def fork() -> Done:
    here = Path.cwd()
    git("clone", "-q", "--branch", "main", str(here), "../fork")
    target = Path("../fork/corpus/new.md")
    target.write_text(
        HEAD.format(outlet="Estuary Times", title="Hurt")
        + HURT.format(number="Fifteen", who="hospital doctors")
    )
    return factcheck("check", "--new-from", "origin/main", "../fork/corpus")


def accepts(name: str, number: str) -> None:
    """A branch of `main` in which an article deviates and its finding is accepted."""
    git("checkout", "-q", "-b", name, "main")
    article(f"{name}.md", f"Outlet {name}", HURT.format(number=number, who="hospital doctors"))
    done = factcheck("accept", "--all", "--new-from", "main", "--by", name)
    assert done.status == 0, done.err
    assert check().status == 0
    commit(f"Accepted in {name}")


def merged(first: str, second: str, rename: str = "") -> Done:
    accepts("one", "Fifteen")
    accepts("two", "Eighteen")
    if rename:
        git("mv", "corpus/two.md", f"corpus/{rename}")
        commit("Renamed")
    git("checkout", "-q", "main")
    git("merge", "-q", "--no-edit", first)
    git("merge", "-q", "--no-edit", second)
    return factcheck("check", "--show", "error")


SCENARIOS: dict[str, Callable[[], Done]] = {
    "agrees": agrees,
    "corroborates": corroborates,
    "deviates": deviates,
    "repeats a side": repeats_a_side,
    "two deviate": two_deviate,
    "is copied": is_copied,
    "a figure is edited": a_figure_is_edited,
    "is changed silently": is_changed_silently,
    "was changed before": was_changed_before,
    "is renamed": is_renamed,
    "is deleted": is_deleted,
    "is deleted, tracked": tracked_and_deleted,
    "first commit": first_commit,
    "shallow clone": shallow_clone,
    "fork": fork,
}
ROW = re.compile(r"^\| (?P<name>[^|]+) \| [^|]+ \| (?P<status>\d) \| (?P<told>[^|]+) \|$", re.M)
TABLE = {
    row["name"]: (int(row["status"]), row["told"])
    for row in ROW.finditer(DOCS.read_text().partition("<!-- scenarios -->")[2])
}
FINDING = re.compile(
    r"^(?P<path>\S+?)(?::\d+:\d+)?: (?P<level>error|warning|note) (?P<rule>FC\d+)", re.M
)


def told(done: Done) -> str:
    found = [f"{m['rule']} {m['level']} {Path(m['path']).name}" for m in FINDING.finditer(done.out)]
    return ", ".join(found) or "nothing" if done.status < 2 else done.err.splitlines()[0]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_table_tells_what_is_found(repository: Path, name: str) -> None:
    done = SCENARIOS[name]()
    assert (done.status, told(done)) == TABLE[name], done.out


def test_every_row_is_tested() -> None:
    assert {name for name in TABLE if not name.startswith("merge")} == set(SCENARIOS)


@pytest.mark.parametrize(
    ("first", "second", "rename"), [("one", "two", ""), ("two", "one", ""), ("one", "two", "x.md")]
)
def test_a_merge_of_two_accepts(repository: Path, first: str, second: str, rename: str) -> None:
    done = merged(first, second, rename)
    assert len(list(Path("claims.d").iterdir())) == 2
    assert Path("claims.yaml").read_text() == "version: 1\n"
    assert TABLE["merge of two accepts"] == (1, "FC101 error")
    assert done.status == 1, "three values: nobody has accepted all of them"
    assert factcheck("accept", "--all").status == 0
    assert factcheck("check").status == 0
