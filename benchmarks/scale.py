"""Time and memory of matching from a thousand claims to a million.

    python -m benchmarks.scale EVAL_DIR [--sizes 1000 10000 100000] [--brute 10000]

Claims are the sentences and clauses of PolNeAR train articles on their dates of publication,
made by `claims.build` without attributions, for what is measured here is matching alone. Where
more are needed than there are, the articles are repeated: each copy has three content words in
ten replaced by others of the collection (seeded) and lies 45 days after the one before. Each
size runs in a process of its own, so that its peak memory is its own. Brute force is rapidfuzz's
`token_set_ratio` over all pairs, up to the size given.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from factcheck import claims as claim_stage
from factcheck.config import Matching
from factcheck.ingest import article_from_text
from factcheck.matching import match
from factcheck.records import Article, Claim

RESULT = Path(__file__).parent / "results" / "scale.json"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_WORD = re.compile(r"\b[a-z]{5,}\b")
_REPLACED = 0.3
_DAYS_APART = 45


def corpus(folder: Path, wanted: int) -> tuple[dict[str, Article], list[Claim]]:
    """The first `wanted` claims of the articles below `folder` and of their varied copies."""
    articles: dict[str, Article] = {}
    claims: list[Claim] = []
    for article in _articles(folder):
        made = claim_stage.build(article, [])
        articles[article.id] = article
        claims += made[: wanted - len(claims)]
        if len(claims) >= wanted:
            break
    return articles, claims


def _articles(folder: Path) -> Iterator[Article]:
    rows = sorted(_dated(folder).items())
    texts = {name: (folder / "text" / name).read_bytes().decode("utf-8") for name, _ in rows}
    vocabulary = sorted({word for text in texts.values() for word in _WORD.findall(text)})
    copy = 0
    while True:
        chance = random.Random(copy)

        def varied(match: re.Match[str], chance: random.Random = chance) -> str:
            return chance.choice(vocabulary) if chance.random() < _REPLACED else match.group()

        for name, day in rows:
            text = texts[name] if copy == 0 else _WORD.sub(varied, texts[name])
            article = article_from_text(text, f"{copy}/{name}")
            published = (day + timedelta(days=copy * _DAYS_APART)).isoformat()
            yield article.model_copy(update={"id": f"{copy}-{name}", "published": published})
        copy += 1


def _dated(folder: Path) -> dict[str, date]:
    """Article files whose name holds their date of publication."""
    dates = {path.name: _DATE.search(path.name) for path in (folder / "text").glob("*.txt")}
    return {name: date.fromisoformat(match[0]) for name, match in dates.items() if match}


def one_size(folder: Path, size: int) -> dict[str, float]:
    """Match `size` claims in this process."""
    articles, claims = corpus(folder, size)
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    matched = match(articles, claims, Matching())
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "claims": len(claims),
        "articles": len(articles),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(
            after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2
        ),
        "peak_megabytes": round(after.ru_maxrss / 1024),
        "input_megabytes": round(before.ru_maxrss / 1024),
        "groups": sum(len(group) > 1 for group in matched.groups),
    }


def brute_force(folder: Path, size: int) -> dict[str, float]:
    """Score all pairs of `size` claims with one rapidfuzz scorer."""
    from rapidfuzz import fuzz, process

    texts = [claim.text for claim in corpus(folder, size)[1]]
    start = time.perf_counter()
    for first in range(0, len(texts), 500):
        process.cdist(
            texts[first : first + 500], texts, scorer=fuzz.token_set_ratio, score_cutoff=60
        )
    return {"claims": len(texts), "seconds": round(time.perf_counter() - start, 2)}


def main() -> None:
    """Measure the sizes one after the other and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--brute", type=int, default=10_000)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.eval / "polnear" / "train"
    if options.one:
        print(json.dumps(one_size(folder, options.one)))
        return
    rows = []
    for size in options.sizes:
        command = [sys.executable, "-m", "benchmarks.scale", str(options.eval), "--one", str(size)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout))
        print(rows[-1])
    first, last = rows[0], rows[-1]
    growth = math.log(last["cpu_seconds"] / first["cpu_seconds"]) / math.log(
        last["claims"] / first["claims"]
    )
    brute = [brute_force(folder, size) for size in options.sizes if size <= options.brute]
    print(brute, growth)
    table = {"sizes": rows, "growth": round(growth, 3), "brute_force": brute}
    RESULT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
