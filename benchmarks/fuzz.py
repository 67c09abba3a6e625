"""Broken and hostile articles through the whole program: no crash, no hang, no trace of the order.

    python -m benchmarks.fuzz [EVENTS_DIR] [--cases N] [--ingest N] [--sources N] [--seconds S]
                              [--out FILE]

Articles of the sample, and of compiled newsroom events in EVENTS_DIR, are changed
(`benchmarks.mutations`). `--ingest` cases only read one file each. `--sources` break one file of
any format that `add` reads (`benchmarks.sources`), and file what comes of it. `--cases` take one to
three articles through reading, extraction, comparison and every rendering, and hold each report
against what has to be true of any: claims are exact parts of their articles, every claim is in a
group, nothing printed is a terminal control, an invisible character or a command for a CI runner,
JSON and XML parse, and the same articles in another order are judged the same. One seed gives the
same runs each time. A case that fails is printed with what makes it again; the exit status is then
1.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import re
import signal
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any
from xml.etree import ElementTree

from benchmarks import sources
from benchmarks.mutations import CHANGES, to_bytes
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import discover, read
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Report
from factcheck.reports import REGISTRY, render_explain
from factcheck.reports.view import View

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "fuzz.json"
SAMPLE = HERE.parent / "corpus"
_HANG_SECONDS = 60
# Up to which share of the time cases of a kind are begun.
_SHARES = {"ingest": 0.2, "sources": 0.5, "whole": 1.0}
# Longer articles find nothing that shorter do not, in several times the time.
_LONGEST = 2_500
_LIVE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]"
)
_COMMAND = re.compile(r"(?m)^\s*::(?:error|set-output|add-mask)|##\[")


class _HangError(BaseException):
    """A case took more processor time than `_HANG_SECONDS`. No reader takes it for a fault of its
    file.
    """


def _alarm(number: int, frame: FrameType | None) -> None:
    raise _HangError


def events_of(events: Path | None) -> list[list[str]]:
    """Texts to change, those of one event together."""
    folders = [SAMPLE, *(sorted(events.iterdir()) if events else [])]
    found = []
    for folder in folders:
        files = sorted(path for path in folder.glob("*") if path.suffix in (".md", ".txt"))
        texts = [path.read_bytes().decode("utf-8")[:_LONGEST] for path in files]
        if len(texts) > 1:
            found.append(texts)
    return found


def changed(text: str, chance: random.Random, counts: Counter[str]) -> bytes:
    """One article after one to three changes."""
    for name in chance.sample(sorted(CHANGES), chance.randint(1, 3)):
        counts[name] += 1
        text = CHANGES[name](text, chance)
    return to_bytes(text, chance)


def judged(report: Report) -> list[Any]:
    """What a report decides, told by files and places."""
    paths = {article.id: article.path for article in report.articles}
    place = {claim.id: (paths[claim.article], claim.start) for claim in report.claims}
    return sorted(
        [
            sorted(place[claim] for claim in group.claims),
            group.status,
            list(group.qualifiers),
            [origin.name for origin in group.origins],
        ]
        for group in report.groups
    )


def _cells(workbook: bytes) -> str:
    """The XML of a workbook's parts. Raises `ParseError` or `BadZipFile` for a broken one."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    for text in texts:
        ElementTree.fromstring(text)
    return "\n".join(texts)


def faults(report: Report) -> Iterator[str]:
    """What is not true of a report and its renderings, though it has to be."""
    articles = {article.id: article for article in report.articles}
    for claim in report.claims:
        text = articles[claim.article].text
        if any(not 0 <= start < end <= len(text) for start, end in claim.spans):
            yield f"claim {claim.id} lies outside its article"
        for slot in claim.slots:
            if text[slice(*slot.span)] != slot.text:
                yield f"slot {slot.slot} of {claim.id} is not what stands there"
    grouped = Counter(claim for group in report.groups for claim in group.claims)
    if any(grouped[claim.id] < 1 for claim in report.claims):
        yield "a claim is in no group"
    for name, form in REGISTRY.items():
        made = form.render(report, View(verbosity=1))
        text = made if isinstance(made, str) else _cells(made)
        if name == "terminal":
            text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        if _LIVE.search(text):
            yield f"{name} prints {_LIVE.findall(text)[:3]!a}"
        if name in ("terminal", "text", "markdown") and _COMMAND.search(text):
            yield f"{name} prints a command"
        if name in ("json", "sarif"):
            json.loads(text)
        if name in ("junit", "svg"):
            ElementTree.fromstring(text)
    for group in report.groups[:2]:
        if _LIVE.search(render_explain(report, group.id, View())):
            yield "explain prints something live"


def whole(folder: Path, tagger: Tagger, counts: Counter[str]) -> Iterator[str]:
    """Take the files of a folder through the program, in two orders; yields what is wrong."""
    settings = Settings()
    inputs = discover([str(folder)], settings.limits)
    reports = []
    for order in (inputs, inputs[::-1]):
        articles, skipped = read(order, settings.limits)
        reports.append(compare(Corpus(tuple(extract(articles, tagger)), tuple(skipped)), settings))
    counts["articles"] += len(reports[0].articles)
    counts["claims"] += len(reports[0].claims)
    counts["groups of several"] += sum(len(group.claims) > 1 for group in reports[0].groups)
    for record in reports[0].skipped:
        counts[f"skipped: {record.code}"] += 1
    yield from faults(reports[0])
    if judged(reports[0]) != judged(reports[1]):
        yield "another order is judged otherwise"


@contextlib.contextmanager
def watched(name: str, found: list[str]) -> Iterator[None]:
    """Note a crash or a hang of a case."""
    signal.setitimer(signal.ITIMER_PROF, _HANG_SECONDS)
    try:
        yield
    except _HangError:
        found.append(f"{name}: over {_HANG_SECONDS} s")
    except Exception:
        found.append(f"{name}: {traceback.format_exc()}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def run(
    texts: Sequence[Sequence[str]], seed: int, wanted: Mapping[str, int], seconds: float
) -> dict[str, object]:
    """Run so many cases of each kind, as many as fit into the time; the figures and what failed."""
    signal.signal(signal.SIGPROF, _alarm)
    counts, found, tagger = Counter[str](), list[str](), Tagger()
    made = sources.sources()
    done = dict.fromkeys(wanted, 0)
    start, limits = time.process_time(), Settings().limits

    def faults_of(kind: str, folder: Path, chance: random.Random) -> Iterator[str]:
        if kind == "sources":
            yield from sources.faults(*sources.broken(made, chance), counts)
            return
        event = chance.choice(texts)
        size = 1 if kind == "ingest" else chance.randint(1, min(3, len(event)))
        for number, text in enumerate(chance.sample(event, size)):
            ending = chance.choice((".md", ".txt"))
            (folder / f"{number}{ending}").write_bytes(changed(text, chance, counts))
        if kind == "ingest":
            read(discover([str(folder)], limits), limits)
        else:
            yield from whole(folder, tagger, counts)

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for kind, cases in wanted.items():
            for number in range(cases):
                if time.process_time() - start > _SHARES[kind] * seconds:
                    break
                for file in folder.iterdir():
                    file.unlink()
                done[kind] += 1
                name = f"--seed {seed}, {kind} {number}"
                with watched(name, found):
                    chance = random.Random(f"{seed} {kind} {number}")
                    found += [f"{name}: {fault}" for fault in faults_of(kind, folder, chance)]
    return {
        "seed": seed,
        "cases": done,
        "cpu_seconds": round(time.process_time() - start),
        "counts": dict(sorted(counts.items())),
        "failed": found,
    }


def main() -> int:
    """Run and write; 1 where a case failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("events", nargs="?", type=Path)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--ingest", type=int, default=200_000)
    parser.add_argument("--sources", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=3_600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    wanted = {"ingest": options.ingest, "sources": options.sources, "whole": options.cases}
    found = run(events_of(options.events), options.seed, wanted, options.seconds)
    text = json.dumps(found, indent=2, ensure_ascii=True) + "\n"
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    return 1 if found["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
