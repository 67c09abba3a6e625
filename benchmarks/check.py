"""`check` over an archive: time with a warm cache, and what the nearest articles leave out.

    python -m benchmarks.check EVAL_DIR [--articles N] [--out FILE]

*Time*: N articles (PolNeAR train, then BASIL) are committed to a git repository and checked once,
so that the cache is warm; then two more (PolNeAR dev) are added and `check --new-from` is run.
Seconds of a whole process, with the processor time beside it and beside a baseline timed in turn
with it (a Python that only imports click), as the wall time depends on what else runs.

*Agreement*: every BASIL article in turn is new, held once against all the others and once against
the nearest ones; the same rules raised on the same statements (their first words' place) count as
agreed. F1 of the findings with the nearest, all others being right.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from factcheck.attribution.tagger import Tagger
from factcheck.cache import ExtractionCache
from factcheck.cli.check import NEAREST, near_claims
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.ledger import EMPTY
from factcheck.ledger.findings import judge
from factcheck.ledger.rules.base import Review
from factcheck.neighbours import nearest, telling_words
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Report

_RUNS = 3
# Single-sourced statements are nearly all alike; what counts is what a check would point at.
_RULES = ("FC101", "FC104", "FC107", "FC108")


def speed(eval_dir: Path, count: int) -> dict[str, object]:
    """Seconds of `check --new-from` with two new articles, of the sample, and of the baseline."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        archive = sorted((eval_dir / "polnear" / "train" / "text").glob("*.txt"))
        archive += sorted(eval_dir.glob("basil*/*/*.txt"))
        for number, path in enumerate(archive[:count]):
            shutil.copyfile(path, corpus / f"{number:04}-{path.name}")
        environment = {**os.environ, "FACTCHECK_CACHE": str(Path(folder) / "cache")}
        names = {
            f"GIT_{who}_{what}": "x"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Archive"]):
            subprocess.run(["git", *command], cwd=folder, check=True, env={**environment, **names})
        program = [sys.executable, "-m", "factcheck", "check", "-q"]
        # The first run pays for the whole archive, as the first check of a desk does.
        full = _timed(program, folder, environment)
        news = sorted((eval_dir / "polnear" / "dev" / "text").glob("*.txt"))
        runs, bases = [], []
        for run in range(_RUNS):
            for path in corpus.glob("new-*"):
                path.unlink()
            for path in news[2 * run : 2 * run + 2]:
                shutil.copyfile(path, corpus / f"new-{path.name}")
            bases.append(_timed([sys.executable, "-c", "import click"], folder, environment))
            runs.append(_timed([*program, "--new-from", "HEAD"], folder, environment))
        return {
            "articles": len(archive[:count]),
            "first_full_check": full,
            "two_new": sorted(runs)[_RUNS // 2],
            "baseline": sorted(bases)[_RUNS // 2],
        }


def _timed(command: list[str], folder: str, environment: dict[str, str]) -> tuple[float, float]:
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


def agreement(eval_dir: Path) -> dict[str, object]:
    """Compare findings against the nearest articles with findings against all of them."""
    paths = [str(path) for path in sorted(eval_dir.glob("basil/*/*.txt"))]
    articles, _ = load(paths, Settings().limits)
    with ExtractionCache() as cache:
        corpus = Corpus(tuple(extract(articles, Tagger(), cache)))
    everything = compare(corpus, Settings())
    words = {article.path: telling_words(article.text) for article in articles}
    both = only_all = only_near = 0
    for article in articles:
        others = {path: found for path, found in words.items() if path != article.path}
        chosen = nearest(others, [words[article.path]], NEAREST) | {article.path}
        near = Corpus(tuple(e for e in corpus.extractions if e.article.path in chosen))
        some = compare(near_claims(near, {article.path}, ()), Settings())
        a, b = _found(everything, article.id), _found(some, article.id)
        both, only_all, only_near = both + len(a & b), only_all + len(a - b), only_near + len(b - a)
    return {
        "articles": len(articles),
        "nearest": NEAREST,
        "both": both,
        "only_with_all": only_all,
        "only_with_nearest": only_near,
        "f1": round(2 * both / (2 * both + only_all + only_near), 3),
    }


def _found(report: Report, article: str) -> set[tuple[str, int]]:
    """(rule, start of the statement) of what a check of this article would point at."""
    claims = frozenset(claim.id for claim in report.claims if claim.article == article)
    review = Review(claims, frozenset())
    raised = judge(report, EMPTY, None, review, whole=False).open
    return {
        (item.finding.rule, item.finding.span[0])
        for item in raised
        if item.finding.rule in _RULES and item.finding.span
    }


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/check.json"))
    arguments = parser.parse_args()
    figures = {
        "agreement": agreement(arguments.eval_dir),
        "speed": speed(arguments.eval_dir, arguments.articles),
    }
    text = json.dumps(figures, indent=2)
    arguments.out.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
