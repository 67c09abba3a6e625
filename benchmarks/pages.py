"""How well pages are read: text, title, date, outlet and byline, beside what others make of them.

    python -m benchmarks.pages [--out FILE]

Sixty pages: five articles of the sample in each of the twelve structures of `page_patterns`. Text
is measured in words (the F1 of two bags of words, averaged over pages), the rest as right or wrong:
titles, outlets and bylines without case and marks, dates to the day. Pages a second are of
processor time, of reading alone. Beside the program stand trafilatura alone and readability, in
the version that comes with trafilatura; this tells text and title only.

An archive of a thousand pages (WARC) is added by the command, and one of ten: how much memory all
its processes take together at most, and how many pages a second of time and of their processor
time, starting them and filing included. It needs Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.page_patterns import PATTERNS, Story
from factcheck.ingest.frontmatter import split
from factcheck.intake.drafts import Draft, Where
from factcheck.intake.markup import parsed
from factcheck.intake.pages import read_page

ROOT = Path(__file__).parents[1]
RESULT = Path(__file__).parent / "results" / "pages.json"
NAMES = ("Jane Doe", "Tom Webb", "Ann Cole", "Una Price", "Osk Lind")
FIELDS = ("title", "date", "outlet", "byline")
# The outlet behind the title of a window.
_TAIL = re.compile(r" [-–—|·] [^-–—|·]+$")


def stories() -> list[Story]:
    """Five articles of the sample, on days and with bylines of their own."""
    found = []
    files = sorted((ROOT / "corpus").glob("*.md"))
    for number, (file, byline) in enumerate(zip(files, NAMES, strict=False)):
        text = file.read_text("utf-8")
        meta = split(text)
        lines = [" ".join(part.split()) for part in text[meta.end :].split("\n\n")]
        paragraphs = [line for line in lines if len(line.split()) > 8 and not line.startswith("#")]
        outlet = meta.get("outlet") or file.stem
        found.append(
            Story(
                meta.get("title") or "",
                paragraphs,
                f"2025-04-1{number + 1}T0{number + 5}:30:00+01:00",
                outlet,
                byline,
                f"https://www.{re.sub('[^a-z]', '', outlet.lower())}.example/news/{number}",
            )
        )
    return found


def ours(page: str) -> dict[str, Any]:
    """What the program reads off a page that was saved; the page alone tells where it was."""
    taken = read_page(page, Where("page.html"))
    if not isinstance(taken, Draft):
        return {"text": "", "left": taken.reason}
    told = {name: getattr(taken, name) for name in ("text", "title", "outlet", "byline")}
    return told | {"date": taken.published}


def trafilatura(page: str) -> dict[str, Any]:
    """What trafilatura makes of it by itself."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, with_metadata=True, include_comments=False)
    if found is None:
        return {"text": ""}
    return {
        "text": found.text or "",
        "title": found.title,
        "date": found.date,
        "outlet": found.sitename,
        "byline": found.author,
    }


def readability(page: str) -> dict[str, Any]:
    """What readability makes of it: the text, and the title of the window cut short."""
    from trafilatura.readability_lxml import Document

    tree = parsed(page)
    found = parsed(Document(tree).summary() or "<p/>")
    return {"text": found.text_content(), "title": _TAIL.sub("", tree.findtext(".//title") or "")}


SYSTEMS: dict[str, Callable[[str], dict[str, Any]]] = {
    "factcheck": ours,
    "trafilatura": trafilatura,
    "readability": readability,
}


def text_f1(found: str, wanted: Iterable[str]) -> float:
    """The F1 of the words of two texts, as bags."""
    have, want = _bag(found), _bag(" ".join(wanted))
    common = sum((have & want).values())
    return 2 * common / (sum(have.values()) + sum(want.values())) if common else 0.0


def right(found: dict[str, Any], story: Story) -> dict[str, bool]:
    """Which of the fields are right."""
    wanted = {"title": story.title, "outlet": story.outlet, "byline": story.byline}
    told = {name: _plain(found.get(name)) == _plain(value) for name, value in wanted.items()}
    return told | {"date": (found.get("date") or "")[:10] == story.day}


def measure() -> dict[str, Any]:
    """The figures of both systems, and for each pattern where the program is wrong."""
    result: dict[str, Any] = {"pages": 0, "trafilatura": version("trafilatura"), "systems": {}}
    pages = [(name, story, make(story)) for name, make in PATTERNS.items() for story in stories()]
    result["pages"] = len(pages)
    for system, read in SYSTEMS.items():
        scores: list[float] = []
        counts: Counter[str] = Counter()
        wrong: dict[str, Counter[str]] = {}
        begun = time.process_time()
        read_pages = [read(page) for _, _, page in pages]
        seconds = time.process_time() - begun
        for (name, story, _), found in zip(pages, read_pages, strict=True):
            f1 = text_f1(found["text"], story.paragraphs)
            scores.append(f1)
            told = right(found, story) | {"text": f1 >= 0.95}
            counts.update(field for field, good in told.items() if good)
            wrong.setdefault(name, Counter()).update(f for f, good in told.items() if not good)
        result["systems"][system] = {
            "text F1": round(sum(scores) / len(scores), 4),
            "least text F1": round(min(scores), 4),
            **{field: round(counts[field] / len(pages), 4) for field in FIELDS},
            "pages a second": round(len(pages) / seconds, 1),
            "wrong": {name: dict(found) for name, found in wrong.items() if found},
        }
    return result


def archived(pages: int) -> dict[str, float]:
    """What it takes to add a WARC of so many pages, each with other words."""
    made = [make(story) for make in PATTERNS.values() for story in stories()]
    with tempfile.TemporaryDirectory() as place:
        archive = Path(place) / "crawl.warc.gz"
        with archive.open("wb") as stream:
            writer = WARCWriter(stream, gzip=True)
            for number in range(pages):
                body = made[number % len(made)].replace("</p>", f" Page {number} of these.</p>")
                headers = StatusAndHeaders(
                    "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
                )
                record = writer.create_warc_record(
                    f"https://site{number}.example/a",
                    "response",
                    payload=io.BytesIO(body.encode()),
                    http_headers=headers,
                )
                writer.write_record(record)
        adding = [sys.executable, "-m", "factcheck", "add", str(archive), "--to", f"{place}/to"]
        begun, used = time.monotonic(), _children()
        with (
            (Path(place) / "told").open("w+") as out,
            subprocess.Popen(adding, stdout=out, start_new_session=True) as process,
        ):
            peak = 0.0
            while process.poll() is None:
                peak = max(peak, _memory(process.pid))
                time.sleep(0.05)
            seconds = time.monotonic() - begun
            out.seek(0)
            told = out.read().splitlines()
        # The process that starts its readers ends after it, as a child of this one.
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        spent = _children() - used
    assert told[-1].endswith(" 0 left out"), told[-1]
    return {
        "pages": pages,
        "peak MB": round(peak),
        "pages a second": round(pages / seconds, 1),
        "pages a second of processor": round(pages / spent, 1),
    }


def adopt() -> None:
    """Become the parent of what children of this process leave behind, whose time then counts."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(session: int) -> float:
    """What the processes of a session hold (MB), what they share counted once."""
    held = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.getsid(int(process.name)) == session:
                told = (process / "smaps_rollup").read_text()
                held += int(re.findall(r"Pss: +(\d+)", told)[0])
    return held / 1e3


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _plain(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def main() -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULT)
    options = parser.parse_args()
    adopt()
    archives = [archived(10), archived(1_000)]
    found = measure() | {"archives": archives, "processors": len(os.sched_getaffinity(0))}
    text = json.dumps(found, indent=2) + "\n"
    options.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
