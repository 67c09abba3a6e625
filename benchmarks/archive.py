"""An archive of invented coverage: windows, memory, growth, workers, and what a rerun costs.

    python -m benchmarks.archive make FOLDER [--articles 400] [--seed 1] [--days 4]
    python -m benchmarks.archive measure [--articles 40 80 160] [--workers 2] [--out FILE]
    python -m benchmarks.archive index [--articles 10000 100000] [--out FILE]

`make` writes the articles of the newsroom events again and again: each copy of an event has three
long words in ten replaced by others of the events (seeded), and each event lies so many days after
the one before. `measure` makes archives of these sizes and runs `factcheck archive update` on each
in a process of its own: once in one process, once on workers, once more with nothing new, and once
with one article more. `index` fills an index with so many articles of no text, their telling words
and the groups of their windows, and asks it what the commands ask. Seconds are CPU seconds of all
processes, and depend on the machine; ratios are of the same run.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from factcheck.archive.index import Index, Period
from factcheck.archive.work import Compared, Read, Told
from factcheck.evaluation.tagged import compile_event

EVENTS = Path(__file__).parent / "newsroom" / "events"
RESULT = Path(__file__).parent / "results" / "archive.json"
_WORD = re.compile(r"\b[a-z]{5,}\b")
_REPLACED = 0.3
_FIRST = date(2024, 1, 1)


def articles(days: int, seed: int) -> Iterator[tuple[str, str]]:
    """Names and texts of articles without end; an event lies `days` days after the one before."""
    events = [
        (folder.name, compile_event(folder).texts)
        for folder in sorted(EVENTS.iterdir())
        if folder.is_dir()
    ]
    texts = [text for _, told in events for text in told.values()]
    vocabulary = sorted({word for text in texts for word in _WORD.findall(text)})
    copy = 0
    while True:
        for place, (event, told) in enumerate(events):
            chance = random.Random(f"{seed} {copy} {event}")
            # All outlets have the same words replaced: they tell one event.
            other = {
                word: chance.choice(vocabulary)
                for word in vocabulary
                if copy and chance.random() < _REPLACED
            }
            day = _FIRST + timedelta(days=(copy * len(events) + place) * days)
            for outlet, text in told.items():
                name = f"{day:%Y-%m}/{copy:04}-{event}/{outlet}.md"
                yield name, _dated(_replaced(text, other), day)
        copy += 1


def _replaced(text: str, other: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: other.get(match[0], match[0]), text)


def _dated(text: str, day: date) -> str:
    """A text whose front matter bears this day."""
    lines = text.split("\n")
    if lines[0] == "---":
        end = lines.index("---", 1)
        kept = [line for line in lines[1:end] if not line.startswith("published:")]
        return "\n".join(["---", f"published: {day}", *kept, *lines[end:]])
    return f"---\npublished: {day}\n---\n{text}"


def make(folder: Path, number: int, days: int, seed: int) -> None:
    """Write so many articles below a folder."""
    for (name, text), _ in zip(articles(days, seed), range(number), strict=False):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def update(folder: Path, *arguments: str) -> dict[str, float | str]:
    """Run an update in a process of its own: CPU and wall seconds, and the largest process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "archive", "update", str(folder), "--no-cache", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told, _, peak = done.stdout.rstrip().rpartition("\n")
    return {
        "seconds": round(time.perf_counter() - start, 2),
        "cpu_seconds": round(
            after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2
        ),
        "peak_megabytes": int(peak),
        "told": told,
    }


# The command, and after it the largest memory of its process and of those it started.
_RUN = """
import resource, sys
from factcheck.cli import cli
try:
    cli.main(standalone_mode=False)
except SystemExit as error:
    if error.code: raise
peak = max(resource.getrusage(who).ru_maxrss
           for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(peak // 1024)
"""


def measure(number: int, workers: int, days: int) -> dict[str, Any]:
    """The figures of one size."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "archive"
        make(folder, number, days, 1)
        alone = update(folder, "--workers", "1")
        again = update(folder, "--workers", "1")
        extra = folder / "2024-01" / "extra.md"
        extra.write_text(next(articles(days, 1))[1], encoding="utf-8")
        one_more = update(folder, "--workers", "1")
        index = folder / ".factcheck"
        size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
        shared = Path(place) / "shared"
        make(shared, number, days, 1)
        together = update(shared, "--workers", str(workers))
        text = sum(file.stat().st_size for file in folder.rglob("*.md"))
    return {
        "articles": number,
        "text_megabytes": round(text / 1e6, 2),
        "kept_megabytes": round(size / 1e6, 2),
        "one_process": alone,
        "nothing_new": again,
        "one_article_more": one_more,
        f"{workers}_workers": together,
    }


def fill(number: int) -> dict[str, object]:
    """What an index of so many articles costs: to fill, to join a window more, to ask."""
    chance = random.Random(number)
    vocabulary = [f"word{place}" for place in range(50_000)]
    took: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        took[name] = round(time.process_time() - start, 3)

    def reads() -> Iterator[Read]:
        for place in range(number):
            words = tuple((word, 0.1) for word in sorted(chance.sample(vocabulary, 150)))
            day = _FIRST.toordinal() + place // 200
            name = f"{place:08}"
            yield Read(f"{name}.md", "0 0", name, day=day, outlet=name[-2:], claims=40, words=words)

    def groups(window: int) -> Compared:
        """Of 6,000 articles, each in two windows, groups of three claims."""
        first = window * 6_000 + 1
        told = [
            Told(
                chance.choice(("divergent", "corroborated", "single-sourced")),
                (),
                f"statement {place}",
                f"{place}",
                (),
                ("one", "other"),
                tuple((first + chance.randrange(12_000), chance.randrange(40)) for _ in range(3)),
            )
            for place in range(6_000)
        ]
        return Compared("", 40 * 12_000, tuple(told))

    def windows() -> None:
        for window in range(max(1, number // 6_000)):
            index.enter(f"w{window:05}", 12_000, groups(window))

    month = Period(_FIRST.toordinal(), _FIRST.toordinal() + 30)
    with tempfile.TemporaryDirectory() as place:
        with Index(Path(place) / "index.sqlite") as index:
            timed("enter_articles", lambda: index.put(reads(), ""))
            timed("enter_windows", windows)
            timed("enter_a_window_anew", lambda: index.enter("w00000", 12_000, groups(0)))
            timed("twenty_of_a_month", lambda: index.threads(month, "", ("divergent",), 20))
            timed("about_two_words", lambda: index.select(Period(), "word1 word2"))
        megabytes = sum(part.stat().st_size for part in Path(place).iterdir()) / 1e6
    return {"articles": number, "megabytes": round(megabytes, 1), "cpu_seconds": took}


def main() -> int:
    """Make an archive, or measure and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", choices=("make", "measure", "index"))
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, nargs="+", default=[40, 80, 160])
    parser.add_argument("--days", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.what == "make":
        make(options.folder, options.articles[0], options.days, options.seed)
        return 0
    if options.what == "index":
        filled = [fill(number) for number in options.articles]
        print(json.dumps(filled, indent=1))
        if options.out:
            options.out.write_text(json.dumps(filled, indent=1) + "\n", encoding="utf-8")
        return 0
    rows = []
    for number in options.articles:
        rows.append(measure(number, options.workers, options.days))
        print(json.dumps(rows[-1], indent=1), flush=True)
    table: dict[str, object] = {"cores": os.cpu_count(), "sizes": rows}
    if len(rows) > 1:
        first, last = (row["one_process"]["cpu_seconds"] for row in (rows[0], rows[-1]))
        grown = options.articles[-1] / options.articles[0]
        table["growth_exponent"] = round(math.log(last / first) / math.log(grown), 2)
    if options.out:
        options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
