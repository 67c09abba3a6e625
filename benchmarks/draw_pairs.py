"""Draw pairs of claims of different articles for labelling.

    python -m benchmarks.draw_pairs EVAL_DIR OUT [--sources NAME,…]

EVAL_DIR holds `ecbplus`, `polnear` and `basil-statements`; newsroom events are those of this
repository, of the train part. Writes OUT, a line of JSON a pair: where its two claims stand, the
program's probability that they are the same, and the stratum it was drawn from. Of newsroom events
the relation is told, too: it follows from the tags (`by_tags`). Others are for people to read.

Strata, so that both what is easy and what is hard is labelled, with an equal share each of a
source: `same` (0.8 or more), `unsure` (0.2 to 0.8), `low` (0.02 to 0.2), `differ` (alike in words,
with other numbers, names or negation), `far` (no candidates of each other), and where an annotation
exists `wrong` (the program disagrees with it) and `conflict` (annotated as values that cannot both
hold). No claim is drawn more than three times in one source.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from benchmarks import tellings
from benchmarks.newsroom import events
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.matching.candidates import candidates
from factcheck.matching.features import Rivals
from factcheck.matching.profiles import profiles
from factcheck.matching.scorer import Scorer
from factcheck.matching.stories import stories
from factcheck.pipeline import extract
from factcheck.records import Article, Claim, Span

# How many pairs of each source, and how many claims a side at most may be drawn per stratum.
WANTED = {"newsroom": 2800, "basil-statements": 1300, "ecbplus": 1150, "polnear": 950}
_OFTEN = 3
_SHARES = (0.8, 0.2, 0.02)
# A claim tells a statement where so much of its words lie in it, and does not where less than the
# other does; with anything between, the tags do not say what a claim states.
_TOLD, _NOT_TOLD = 0.7, 0.1
# So much of a claim that no statement takes is a statement of its own.
_EXTRA = 0.5
_ALIKE = 55
_WEEK, _WEEKS, _OF_A_WEEK = 7, 12, 14
_NUMBER = re.compile(r"\d[\d.,:]*")
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'’-]+")
_NEGATION = re.compile(r"(?i)\b(?:not|no|never|nobody|none|denied|denies|deny|without)\b|n[’']t\b")


@dataclass(frozen=True)
class Telling:
    """What an annotation says of some words: which statement, and which value of its conflict."""

    document: str
    spans: tuple[Span, ...]
    statement: str
    value: str | None = None
    words: tuple[Span, ...] = ()
    slot: str | None = None


@dataclass(frozen=True)
class Story:
    """Texts to draw from, by file name, with what is annotated of them."""

    source: str
    name: str
    texts: dict[str, str]
    gold: tuple[Telling, ...] = ()


def newsroom() -> Iterator[Story]:
    """Events of the train part."""
    for compiled in events("train"):
        told = tuple(
            Telling(
                mention.file, (telling.span,), statement.id, telling.value, telling.value_spans,
                statement.conflict.slot if statement.conflict else None,
            )
            for statement in (*compiled.gold.clusters, *compiled.gold.single)
            for mention in statement.mentions
            for telling in mention.tellings
        )  # fmt: skip
        texts = {f"{outlet}.md": text for outlet, text in compiled.texts.items()}
        yield Story("newsroom", compiled.gold.event, texts, told)


def basil(folder: Path) -> Iterator[Story]:
    """Events of `basil-statements`, with the exact words of each statement."""
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        told = tuple(
            Telling(
                mention["file"],
                tuple((s, e) for s, e in mention.get("part_spans") or mention["spans"]),
                cluster["id"],
            )
            for cluster in gold["clusters"]
            for mention in cluster["mentions"]
        )
        texts = {file.name: _text(file) for file in sorted(path.parent.glob("*.txt"))}
        yield Story("basil-statements", path.parent.name, texts, told)


def ecbplus(folder: Path) -> Iterator[Story]:
    """Topics of ECB+ train, both of their events together."""
    for topic, found in sorted(tellings.topics(folder, "train").items()):
        texts = {f"{document}.txt": telling.text for document, telling in sorted(found.items())}
        yield Story("ecbplus", topic, texts)


def polnear(folder: Path, rng: random.Random) -> Iterator[Story]:
    """Weeks of PolNeAR train, some articles of each."""
    weeks: dict[int, list[Path]] = defaultdict(list)
    for file in sorted((folder / "train" / "text").glob("*.txt")):
        if day := re.search(r"\d{4}-\d\d-\d\d", file.name):
            weeks[date.fromisoformat(day.group()).toordinal() // _WEEK].append(file)
    large = sorted(week for week, files in weeks.items() if len(files) >= _OF_A_WEEK)
    for week in sorted(rng.sample(large, min(_WEEKS, len(large)))):
        files = sorted(rng.sample(weeks[week], _OF_A_WEEK))
        yield Story("polnear", str(week), {file.name: _text(file) for file in files})


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def drawn(story: Story, tagger: Tagger, rng: random.Random) -> Iterator[dict[str, Any]]:
    """All pairs of a story that may be drawn, each with its stratum."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in story.texts.items():
            (Path(folder) / name).write_bytes(text.encode("utf-8"))
        read, _ = load([folder], settings.limits)
        articles = {article.id: article for article in read}
    claims = [claim for found in extract(read, tagger) for claim in found.claims]
    prepared = profiles(articles, claims)
    near = stories(articles, settings.matching.story)
    pairs = candidates(prepared, settings.matching.candidates, settings.matching.window, near)
    scores = Scorer(articles, prepared, Rivals(prepared, pairs), near).scores(pairs, 100_000)
    others = [
        (a, b)
        for a, b in itertools.combinations(range(len(claims)), 2)
        if claims[a].article != claims[b].article
    ]
    far = rng.sample(others, min(len(others), 400))
    files = {article.id: Path(article.path).name for article in read}
    for a, b in sorted({*pairs, *far, *_gold(story, claims, files)}):
        one, other = sorted((claims[a], claims[b]), key=lambda claim: files[claim.article])
        score = scores.get((a, b))
        pair = {
            "source": story.source,
            "story": story.name,
            "a": _side(one, articles[one.article], files),
            "b": _side(other, articles[other.article], files),
            "score": None if score is None else round(score, 3),
            "stratum": _stratum(score, one, other, _annotated(story, one, other, files)),
        }
        if story.source != "newsroom":
            yield pair
        elif relation := by_tags(story, one, other, files):
            for side in "ab":
                pair[side] |= relation.pop(side, {})
            yield pair | relation


def _gold(story: Story, claims: list[Claim], files: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Pairs that tell one annotated statement."""
    told: dict[str, set[int]] = defaultdict(set)
    for number, claim in enumerate(claims):
        for telling in _tellings(story, claim, files):
            told[telling.statement].add(number)
    for numbers in told.values():
        for a, b in itertools.combinations(sorted(numbers), 2):
            if claims[a].article != claims[b].article:
                yield a, b


def _tellings(story: Story, claim: Claim, files: dict[str, str]) -> list[Telling]:
    """The annotated tellings that hold most of a claim, or most of which a claim holds."""
    size = claim.end - claim.start
    found = []
    for telling in story.gold:
        if telling.document == files[claim.article]:
            shared = sum(max(0, min(claim.end, e) - max(claim.start, s)) for s, e in telling.spans)
            if shared > 0.5 * min(size, sum(e - s for s, e in telling.spans)):
                found.append(telling)
    return found


def by_tags(story: Story, a: Claim, b: Claim, files: dict[str, str]) -> dict[str, Any] | None:
    """The relation of two claims that follows from the tags; `None` where they do not say it."""
    sides = [_stated(story, claim, files) for claim in (a, b)]
    if sides[0] is None or sides[1] is None:
        return None
    (one, extra), (other, more) = sides[0], sides[1]
    shared = sorted(one.keys() & other.keys())
    for name in shared:
        x, y = one[name], other[name]
        if x.value and y.value and x.value != y.value:
            words = [{"words": [list(span) for span in side.words]} for side in (x, y)]
            return {"relation": "conflict", "slot": x.slot, "a": words[0], "b": words[1]}
    if not shared:
        return {"relation": "topic"}
    more_in_a = extra or bool(one.keys() - other.keys())
    more_in_b = more or bool(other.keys() - one.keys())
    kinds = {(False, False): "same", (True, False): "a>b", (False, True): "b>a"}
    return {"relation": kinds.get((more_in_a, more_in_b), "overlap")}


def _stated(
    story: Story, claim: Claim, files: dict[str, str]
) -> tuple[dict[str, Telling], bool] | None:
    """The statements that a claim tells, and whether it tells something else besides."""
    told: dict[str, Telling] = {}
    taken = 0
    for telling in story.gold:
        if telling.document != files[claim.article]:
            continue
        size = sum(end - start for start, end in telling.spans)
        inside = _inside(claim.spans, telling.spans)
        if inside >= _TOLD * size:
            told[telling.statement] = telling
        elif inside > _NOT_TOLD * min(size, claim.end - claim.start):
            return None
        taken += inside
    length = sum(end - start for start, end in claim.spans)
    return told, length - taken > _EXTRA * length and bool(told)


def _inside(spans: Sequence[Span], others: Sequence[Span]) -> int:
    return sum(max(0, min(e, end) - max(s, start)) for s, e in spans for start, end in others)


def _annotated(story: Story, a: Claim, b: Claim, files: dict[str, str]) -> str | None:
    """What the annotation says of a pair: `same`, `conflict`, `other`; `None` without one."""
    if not story.gold:
        return None
    both = [
        (one, other)
        for one in _tellings(story, a, files)
        for other in _tellings(story, b, files)
        if one.statement == other.statement
    ]
    if not both:
        return "other"
    apart = any(one.value and other.value and one.value != other.value for one, other in both)
    return "conflict" if apart else "same"


def _stratum(score: float | None, a: Claim, b: Claim, annotated: str | None) -> str:
    likely = score or 0.0
    if annotated == "conflict":
        return "conflict"
    if (annotated == "same" and likely < 0.3) or (annotated == "other" and likely > 0.6):
        return "wrong"
    alike = fuzz.token_set_ratio(a.text, b.text) >= _ALIKE
    if alike and any(
        set(pattern.findall(a.text)) != set(pattern.findall(b.text))
        for pattern in (_NUMBER, _NEGATION)
    ):
        return "differ"
    if alike and set(_NAME.findall(a.text)) - set(_NAME.findall(b.text)):
        return "differ"
    for share, name in zip(_SHARES, ("same", "unsure", "low"), strict=True):
        if likely >= share:
            return name
    return "far"


def _side(claim: Claim, article: Article, files: dict[str, str]) -> dict[str, Any]:
    sentence = article.sentences[claim.sentence]
    return {
        "document": files[claim.article],
        "sentence": [min(sentence.start, claim.start), max(sentence.end, claim.end)],
        "claim": [list(span) for span in claim.spans],
    }


def chosen(pool: list[dict[str, Any]], wanted: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """`wanted` pairs, an equal share of each stratum as far as it reaches."""
    strata: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pair in pool:
        strata[str(pair["stratum"])].append(pair)
    uses: Counter[str] = Counter()
    left = wanted
    for number, name in enumerate(sorted(strata, key=lambda name: len(strata[name]))):
        share = left // (len(strata) - number)
        for pair in rng.sample(strata[name], len(strata[name])):
            if share == 0:
                break
            sides = [f"{name} {json.dumps(pair[side])}" for side in "ab"]
            if all(uses[side] < _OFTEN for side in sides):
                uses.update(sides)
                share, left = share - 1, left - 1
                yield pair


def main() -> None:
    """Draw and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("eval", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sources", default=",".join(WANTED))
    options = parser.parse_args()
    rng, tagger = random.Random(20261126), Tagger()
    makers: dict[str, Callable[[], Iterator[Story]]] = {
        "newsroom": newsroom,
        "basil-statements": lambda: basil(options.eval / "basil-statements"),
        "ecbplus": lambda: ecbplus(options.eval / "ecbplus"),
        "polnear": lambda: polnear(options.eval / "polnear", rng),
    }
    with options.out.open("w", encoding="utf-8") as out:
        for source in options.sources.split(","):
            pool = [pair for story in makers[source]() for pair in drawn(story, tagger, rng)]
            found = list(chosen(pool, WANTED[source], rng))
            print(source, len(pool), Counter(str(pair["stratum"]) for pair in found))
            for pair in found:
                out.write(json.dumps(pair) + "\n")


if __name__ == "__main__":
    main()
