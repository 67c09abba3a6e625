"""The commands that the pages show run as they are printed, one after the other.

They run in a folder like that of the pages' reader: the sample, a folder of articles, one of a few
years' coverage, saved pages. What asks for the network, or for what a reader has to fill in
(words in capitals), is left out.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import factcheck, git

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md"))))
# A command that a reader completes, or that fetches something.
_OPEN = re.compile(r"\b(?:URL|SOURCE|DIR|REPORTS|GROUP|PATHS|FILE)\b|https?://")
# The hook is tested in a repository of its own (`tests/cli/test_integrations.py`).
_SCRIPT = re.compile(r"(?m)^#!/")
# A check of the sample may find something; all else ends well.
_FINDS = {"check": (0, 1)}


def commands(page: str) -> list[str]:
    """The lines of a page's blocks for a shell that call the program."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^```(?:sh|console)\n(.*?)^```", text)
    lines = [line for block in blocks if not _SCRIPT.search(block) for line in block.splitlines()]
    calls = [line.removeprefix("$ ") for line in lines]
    return [line for line in calls if line.startswith("factcheck ") and not _OPEN.search(line)]


@pytest.fixture(name="folder")
def folder_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a reader of the pages has, as a git repository with a branch of its own."""
    folder = tmp_path / "reader"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert factcheck("init", ".").status == 0
    Path("articles").mkdir()
    for name in ("harbour-courier.md", "old-mill-gazette.md", "lantern-street.txt"):
        shutil.copy(f"corpus/{name}", "articles")
    Path("coverage").mkdir()
    said = "The dam inquiry heard that {} gates had failed, the chief engineer said on Monday."
    for outlet, number in (("Sill Herald", 4), ("Mill Gazette", 6)):
        text = f"---\noutlet: {outlet}\npublished: 2024-03-0{number}\n---\n{said.format(number)}\n"
        Path(f"coverage/{number}.md").write_text(text)
    words = " ".join([said.format("two")] * 8)
    Path("saved-pages").mkdir()
    page = f"<html lang=en><title>The dam</title><article><h1>The dam</h1><p>{words}</article>"
    Path("saved-pages/dam.html").write_text(page)
    item = "<item><title>The dam again</title><link>https://a.example/1</link>"
    item += f"<content:encoded>{words}</content:encoded></item>"
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    feed = f"<rss version='2.0' {space}><channel><title>A</title>{item}</channel></rss>"
    Path("feed.xml").write_text(feed)
    Path("letter.eml").write_text(
        "From: desk@mill.example\nSubject: The dam, a letter\n"
        "Date: Mon, 4 Mar 2024 10:00:00 +0000\n"
        f"Content-Type: text/plain\n\n{words}\n"
    )
    row = f'{{"kop": "The dam, told", "tekst": "{words}", "krant": "Sill Post"}}\n'
    Path("export.jsonl").write_text(row)
    event = sorted((ROOT / "benchmarks/newsroom/events").iterdir())[0]
    shutil.copytree(event, f"benchmarks/newsroom/events/{event.name}")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "What a reader has")
    return folder


@pytest.mark.model
@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_the_commands_of_a_page_run(page: str, folder: Path) -> None:
    for line in commands(page):
        words = shlex.split(line, comments=True)
        if ">" in words:
            words = words[: words.index(">")]
        done = factcheck(*words[1:])
        assert done.status in _FINDS.get(words[1], (0,)), f"{line}\n{done.out}\n{done.err}"
        assert done.out or any(Path(name).exists() for name in words if "report" in name), line


def test_most_pages_that_show_a_shell_are_run() -> None:
    assert {"README.md", "docs/archives.md", "docs/ci.md", "docs/formats.md", "docs/ingest.md"} <= {
        page for page in PAGES if commands(page)
    }
    assert len(commands("README.md")) >= 14
