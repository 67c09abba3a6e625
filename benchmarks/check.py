"""`check` over an archive: time with a warm cache, how it grows, what the nearest leave out.

    python -m benchmarks.check EVAL_DIR [--articles N] [--sizes N ...] [--out FILE]

*Time*: N articles (PolNeAR train, then BASIL) are committed to a git repository and checked once,
so that the cache is warm; then two more (PolNeAR dev) are added and `check --new-from` is run.
Seconds of a whole process, with the processor time beside it and beside a baseline timed in turn
with it (a Python that only imports click), as the wall time depends on what else runs.

*Growth*: the same for archives of several sizes, without the first check of everything. The two
articles are checked under other names first, which fills the index and extracts the articles that
are near to them, and all readings of pairs are forgotten: the timed run extracts the two new
articles and reads all pairs. Beyond the articles that there are, copies follow in which three
content words in ten are replaced by others of the collection (seeded).

*Agreement*: every BASIL article in turn is new, held once against all the others and once against
the nearest ones; the same rules raised on the same statements (their first words' place) count as
agreed. F1 of the findings with the nearest, all others being right.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from factcheck.attribution.tagger import Tagger
from factcheck.cache import FILE_NAME, Cache, default_folder
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.ledger import EMPTY
from factcheck.ledger.findings import judge
from factcheck.neighbours import Index, words_of
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Report
from factcheck.runs.checking import NEAREST, near_claims

_RUNS = 3
_WORD = re.compile(r"\b[a-z]{5,}\b")
_REPLACED = 0.3
# Single-sourced statements are nearly all alike; what counts is what a check would point at.
_RULES = ("FC101", "FC104", "FC107", "FC108")

CHECK = [sys.executable, "-m", "factcheck", "check", "-q"]
BASELINE = [sys.executable, "-c", "import click"]

Seconds = tuple[float, float]


class Archive:
    """A git repository with so many articles, in a folder of its own with its own cache."""

    def __init__(self, folder: Path, eval_dir: Path, count: int) -> None:
        self.folder = folder
        self.corpus = folder / "corpus"
        self.corpus.mkdir()
        self.environment = {**os.environ, "FACTCHECK_CACHE": str(folder / "cache")}
        for number, (name, text) in enumerate(islice(_articles(eval_dir), count)):
            (self.corpus / f"{number:05}-{name}").write_text(text, encoding="utf-8")
        (folder / ".gitignore").write_text("cache/\n")
        names = {
            f"GIT_{who}_{what}": "x"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Archive"]):
            environment = {**self.environment, **names}
            subprocess.run(["git", *command], cwd=folder, check=True, env=environment)
        self.news = sorted((eval_dir / "polnear" / "dev" / "text").glob("*.txt"))

    def check(self, *arguments: str) -> Seconds:
        """Seconds of `factcheck check`."""
        return timed([*CHECK, *arguments], self.folder, self.environment)

    def check_new(self, pair: int, prefix: str) -> Seconds:
        """Seconds of a check of two new articles, which are gone thereafter."""
        added = []
        for path in self.news[2 * pair : 2 * pair + 2]:
            added.append(self.corpus / f"{prefix}-{path.name}")
            shutil.copyfile(path, added[-1])
        seconds = self.check("--new-from", "HEAD")
        for path in added:
            path.unlink()
        return seconds

    def baseline(self) -> Seconds:
        """Seconds of a Python that only imports click."""
        return timed(BASELINE, self.folder, self.environment)

    def forget_readings(self) -> None:
        """Make the next check read all its pairs."""
        database = sqlite3.connect(self.folder / "cache" / FILE_NAME)
        with database:
            database.execute("DELETE FROM readings")
        database.close()


def timed(command: list[str], folder: Path, environment: dict[str, str]) -> Seconds:
    """(wall, processor) seconds of a process; any exit status that is no crash will do."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1, 3):
        raise SystemExit(f"{command} ended with {done.returncode}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return round(wall, 2), round(used, 2)


def _articles(eval_dir: Path) -> Iterator[tuple[str, str]]:
    """Names and texts: the articles that there are, then varied copies of them without end."""
    paths = sorted((eval_dir / "polnear" / "train" / "text").glob("*.txt"))
    paths += sorted(eval_dir.glob("basil*/*/*.txt"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    yield from texts.items()
    vocabulary = sorted({word for text in texts.values() for word in _WORD.findall(text)})
    chance = random.Random(0)

    def varied(match: re.Match[str]) -> str:
        return chance.choice(vocabulary) if chance.random() < _REPLACED else match.group()

    while True:
        for name, text in texts.items():
            yield name, _WORD.sub(varied, text)


def speed(eval_dir: Path, count: int) -> dict[str, object]:
    """Seconds of `check --new-from` with two new articles after a check of everything."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), eval_dir, count)
        # The first run pays for the whole archive, as the first check of a desk does.
        full = archive.check()
        again = archive.check()
        # The first check of something new builds the index.
        indexing = archive.check_new(_RUNS, "new")
        runs, bases = [], []
        for pair in range(_RUNS):
            bases.append(archive.baseline())
            runs.append(archive.check_new(pair, "new"))
        return {
            "articles": count,
            "first_full_check": full,
            "second_full_check": again,
            "two_new_without_an_index": indexing,
            "two_new": sorted(runs)[_RUNS // 2],
            "baseline": sorted(bases)[_RUNS // 2],
        }


def growth(eval_dir: Path, sizes: list[int]) -> dict[str, object]:
    """Seconds of `check --new-from` with two new articles by the size of the archive."""
    rows: list[dict[str, Any]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            archive = Archive(Path(folder), eval_dir, size)
            runs, bases = [], []
            for pair in range(_RUNS):
                archive.check_new(pair, "seen")
                archive.forget_readings()
                bases.append(archive.baseline())
                runs.append(archive.check_new(pair, "new"))
            rows.append(
                {
                    "articles": size,
                    "two_new": sorted(runs)[_RUNS // 2],
                    "baseline": sorted(bases)[_RUNS // 2],
                    "index_megabytes": round(
                        (archive.folder / "cache" / FILE_NAME).stat().st_size / 1e6, 1
                    ),
                }
            )
            print(rows[-1], flush=True)
    first, last = rows[0], rows[-1]
    exponent = math.log(last["two_new"][1] / first["two_new"][1]) / math.log(
        last["articles"] / first["articles"]
    )
    return {"sizes": rows, "exponent": round(exponent, 2)}


def sample() -> dict[str, object]:
    """Seconds of `check` over the sample corpus, nothing having changed since the last."""
    root = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(root / "corpus", folder / "corpus")
        shutil.copyfile(root / "claims.yaml", folder / "claims.yaml")
        environment = {**os.environ, "FACTCHECK_CACHE": str(folder / "cache")}
        first = timed(CHECK, folder, environment)
        runs, bases = [], []
        for _ in range(2 * _RUNS + 1):
            bases.append(timed(BASELINE, folder, environment))
            runs.append(timed(CHECK, folder, environment))
        return {
            "articles": len(list((folder / "corpus").iterdir())),
            "first_check": first,
            "check": sorted(runs)[_RUNS],
            "baseline": sorted(bases)[_RUNS],
        }


def agreement(eval_dir: Path) -> dict[str, object]:
    """Compare findings against the nearest articles with findings against all of them."""
    paths = [str(path) for path in sorted(eval_dir.glob("basil*/*/*.txt"))]
    articles, _ = load(paths, Settings().limits)
    files = [Path(path) for path in paths]
    least = Settings().matching.story
    both = only_all = only_near = held = 0
    with Cache(default_folder()) as cache:
        corpus = Corpus(tuple(extract(articles, Tagger(), cache.extractions)))
        everything = compare(corpus, Settings(), readings=cache.readings)
        for article in articles:
            others = [file for file in files if str(file) != article.path]
            query = words_of(Path(article.path).read_bytes())
            chosen = Index(cache.store).nearest(others, [query], NEAREST, least)
            held += len(chosen)
            wanted = {article.path, *map(str, chosen)}
            near = [e for e in corpus.extractions if e.article.path in wanted]
            own = [e for e in near if e.article.path == article.path]
            told = [claim.reading for e in own for claim in e.claims]
            kept = near_claims([e for e in near if e not in own], told)
            some = compare(Corpus((*own, *kept)), Settings(), readings=cache.readings)
            a, b = _found(everything, article.id), _found(some, article.id)
            both += len(a & b)
            only_all += len(a - b)
            only_near += len(b - a)
    return {
        "articles": len(articles),
        "nearest_at_most": NEAREST,
        "nearest": round(held / len(articles), 1),
        "both": both,
        "only_with_all": only_all,
        "only_with_nearest": only_near,
        "f1": round(2 * both / (2 * both + only_all + only_near), 3),
    }


def _found(report: Report, article: str) -> set[tuple[str, int]]:
    """(rule, start of the words) of what a check points at in this article."""
    found = set()
    for item in judge(report, EMPTY, None, whole=False).open:
        finding = item.finding
        if finding.rule in _RULES:
            places = [(finding.article, finding.span)]
            places += [(place.article, place.span) for place in finding.related]
            found |= {(finding.rule, span[0]) for name, span in places if name == article and span}
    return found


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 4000])
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/check.json"))
    arguments = parser.parse_args()
    figures = {
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "sample": sample(),
        "growth": growth(arguments.eval_dir, arguments.sizes),
        "speed": speed(arguments.eval_dir, arguments.articles),
        "agreement": agreement(arguments.eval_dir),
    }
    text = json.dumps(figures, indent=2)
    arguments.out.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
