"""Controlled changes to real sentences: conflicts must be seen, harmless changes not.

    python benchmarks/perturb.py EVAL_DIR [--seed 1] [--show KIND]

Takes sentences of PolNeAR (dev) and of the Microsoft paraphrase corpus, changes one thing by
patterns of its own (not by the package's, which are what is measured), and holds the changed
sentence against the original. Writes `results/perturb.json`. EVAL_DIR: see the README here.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator

from factcheck import divergence, slots
from factcheck.records import Article, Block, Claim, Sentence

RESULTS = pathlib.Path(__file__).parent / "results" / "perturb.json"
EACH = 150
Change = Callable[[str, random.Random], str | None]

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
CITIES = (
    "Denver Boston Chicago Phoenix Seattle London Paris Berlin Cairo Delhi Moscow Tokyo".split()
)
SURNAMES = "Hollander Okafor Brandt Quintero Vasiliev Halloran Nakamura Dupont Abernathy".split()
ROLES = {
    "President": "Prime Minister",
    "Prime Minister": "President",
    "Sen.": "Rep.",
    "Rep.": "Sen.",
    "Gov.": "Mayor",
    "Senator": "Representative",
    "Governor": "Senator",
}
WORDS = "two three four five six seven eight nine ten eleven twelve".split()
_COUNT = re.compile(
    r"(?<![\w$£€.,/:-])(\d{2,3}|\d{1,3},\d{3})(?= [a-z]{3,}s\b)(?! (?:percent|years old))"
)
_BOUND = re.compile(
    r"\b(?:than|least|most|about|nearly|almost|to|over|above|under|some|around|and|roughly|minimum"
    r"|or|between|up|as|every)\s(?:a |the )?\$?$"
)
_MONEY = re.compile(r"\$(\d+(?:\.\d+)?)(?= (?:million|billion))")
_DAY = re.compile(r"\b(?:" + "|".join(DAYS) + r")\b")
_AUXILIARY = re.compile(
    r"\b(is|was|were|are|has|have|had|will|would)(?= (?:[a-z]+(?:ed|ing|en)|be|been)\b)"
)
_NOT = re.compile(r"\b(is|was|were|are|has|have|had|will|did|does|do) not (?=[a-z])")
_TITLE = re.compile(
    r"\b(President|Prime Minister|Sen\.|Rep\.|Gov\.|Senator|Governor)(?= [A-Z][a-z]+ [A-Z][a-z]+)"
)
_PERSON = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{2,} )([A-Z][a-z]{3,})(?= [a-z])")
_PLACE = re.compile(
    r"(?<= in )(?:"
    + "|".join([*CITIES, "Washington", "Baghdad", "Texas", "Iowa"])
    + r")\b(?!,| [A-Z])"
)


def other(options: list[str], taken: str, rng: random.Random) -> str:
    """One of the options that is not `taken`."""
    return rng.choice([o for o in options if o != taken])


def bounded(text: str, match: re.Match[str]) -> bool:
    """Whether a word before a figure bounds it, so that another figure may hold as well."""
    return bool(_BOUND.search(text[: match.start()])) or text[match.end() :].startswith(
        (" to ", "-")
    )


def figure(text: str, rng: random.Random) -> str | None:
    """Another count of the same thing."""
    match = _COUNT.search(text)
    if match is None or 1900 <= int(match[1].replace(",", "")) <= 2100 or bounded(text, match):
        return None
    value = int(match[1].replace(",", ""))
    changed = int(value * rng.choice([0.5, 0.7, 1.3, 1.6, 2])) + 1
    return f"{text[: match.start()]}{changed:,}{text[match.end() :]}"


def money(text: str, rng: random.Random) -> str | None:
    """Another sum."""
    match = _MONEY.search(text)
    if match is None or bounded(text, match):
        return None
    changed = float(match[1]) * rng.choice([0.5, 0.8, 1.25, 2])
    return f"{text[: match.start(1)]}{changed:.4g}{text[match.end() :]}"


def day(text: str, rng: random.Random) -> str | None:
    """Another day of the week; only where the sentence has one."""
    found = _DAY.findall(text)
    if len(found) != 1:
        return None
    return _DAY.sub(other(DAYS, found[0], rng), text)


def negation(text: str, rng: random.Random) -> str | None:
    """A "not" more, or one less; sentences with other negations are left alone."""
    if re.search(r"n't|n’t|\b(?:no|never|nor|without|if|unless)\b", text):
        return None
    without = _NOT.search(text)
    if without:
        return text[: without.end(1)] + " " + text[without.end() :]
    match = _AUXILIARY.search(text)
    return f"{text[: match.end()]} not{text[match.end() :]}" if match else None


def role(text: str, rng: random.Random) -> str | None:
    """Another office of the same person."""
    match = _TITLE.search(text)
    return text[: match.start()] + ROLES[match[1]] + text[match.end() :] if match else None


def name(text: str, rng: random.Random) -> str | None:
    """Another person in the same place of the sentence."""
    match = _PERSON.search(text)
    if match is None or text.count(match[2]) > 1:
        return None
    given = rng.choice(["Walter ", "Ingrid ", "Tomas "])
    return text[: match.start()] + given + other(SURNAMES, match[2], rng) + text[match.end() :]


def place(text: str, rng: random.Random) -> str | None:
    """Another town or country."""
    match = _PLACE.search(text)
    return (
        text[: match.start()] + other(CITIES, match[0], rng) + text[match.end() :]
        if match
        else None
    )


def rounding(text: str, rng: random.Random) -> str | None:
    """A bounding word before a count, which the exact count still meets."""
    match = _COUNT.search(text)
    if (
        match is None
        or bounded(text, match)
        or re.search(r"\b(?:the|by)\s$", text[: match.start()])
    ):
        return None
    word = rng.choice(["about", "at least", "around", "some", "roughly"])
    return f"{text[: match.start()]}{word} {text[match.start() :]}"


def alias(text: str, rng: random.Random) -> str | None:
    """Another spelling of the same."""
    for pattern, changed in (
        (r"\bU\.S\.(?= [a-z])", "American"),
        (r" percent\b", " per cent"),
        (r"\bRep\.(?= [A-Z])", "Congressman"),
        (r"\bSen\.(?= [A-Z])", "Senator"),
        (r"\bGov\.(?= [A-Z])", "Governor"),
        (r"\$(\d+(?:\.\d+)?) (m|b)illion\b", r"\1 \2illion dollars"),
        (r"\bdid not\b", "didn't"),
        (r"\bwill not\b", "won't"),
        (r"\bSeptember (?=\d)", "Sept. "),
        (r"\bJanuary (?=\d)", "Jan. "),
        (r"\bUnited States\b", "U.S."),
        (r"\bspokesman\b", "spokesperson"),
    ):
        found, count = re.subn(pattern, changed, text, count=1)
        if count:
            return found
    return None


def words(text: str, rng: random.Random) -> str | None:
    """A small number in words for digits, or the other way round."""
    match = re.search(r"(?<= )(" + "|".join(WORDS) + r")(?= [a-z]+s\b)", text)
    if match is None:
        return None
    return text[: match.start()] + str(WORDS.index(match[1]) + 2) + text[match.end() :]


def order(text: str, rng: random.Random) -> str | None:
    """A day moved from the end of the sentence to its start."""
    match = re.search(r" on (" + "|".join(DAYS) + r")\.$", text)
    if match is None:
        return None
    return f"On {match[1]}, {text[: match.start()]}."


def detail(text: str, rng: random.Random) -> str | None:
    """A part less: what stands between two commas."""
    match = re.search(r", [a-z][^,\d]{10,60},(?= [a-z])", text)
    if match is None or re.search(r"\b(?:not|no|never|and|but)\b", match[0]):
        return None
    return text[: match.start()] + text[match.end() :]


CONFLICTING: dict[str, Change] = {
    f.__name__: f for f in (figure, money, day, negation, role, name, place)
}
HARMLESS: dict[str, Change] = {f.__name__: f for f in (rounding, alias, words, order, detail)}


def hold(a: str, b: str) -> list[str]:
    """The slots in which two sentences, as claims of two articles, materially differ."""
    articles, made = {}, []
    for key, text in (("a", a), ("b", b)):
        span = (0, len(text))
        articles[key] = Article(
            id=key, path=key, outlet=key, family=key, title=None, published=None, language="en",
            text=text, blocks=(Block(start=0, end=len(text), kind="body"),),
            sentences=(Sentence(start=0, end=len(text), block=0),),
        )  # fmt: skip
        claim = Claim(
            id=key, fingerprint=key, article=key, start=0, end=len(text), spans=(span,), text=text,
            reading=text, kind="report", quote="none",
        )  # fmt: skip
        made += slots.fill(articles[key], [claim])
    return [d.slot for d in divergence.find([made], articles)[0] if d.material]


def sentences(root: pathlib.Path) -> Iterator[str]:
    """Sentences of 8 to 45 words from both sets."""
    for file in sorted((root / "pairs").glob("msrp-*.tsv")):
        for line in file.read_text(encoding="utf-8-sig").splitlines()[1:]:
            yield line.split("\t")[3].strip()
    for file in sorted((root / "polnear" / "dev" / "text").rglob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield from re.split(r"(?<=[.!?])\s+(?=[A-Z])", line.strip())


def measure(root: pathlib.Path, seed: int, show: str) -> dict[str, object]:
    """Recall by kind of conflict, false alarms by kind of harmless change."""
    rng = random.Random(seed)
    pool = [s for s in dict.fromkeys(sentences(root)) if 8 <= len(s.split()) <= 45]
    rng.shuffle(pool)
    tables: list[dict[str, dict[str, float]]] = []
    totals = []
    for kinds in (CONFLICTING, HARMLESS):
        table: dict[str, dict[str, float]] = {}
        total: Counter[str] = Counter()
        for kind, change in kinds.items():
            count: Counter[str] = Counter()
            for text in pool:
                changed = change(text, rng)
                if changed is None or changed == text:
                    continue
                found = hold(text, changed)
                count["flagged" if found else "quiet"] += 1
                if kind == show and bool(found) == (kinds is HARMLESS):
                    print(found, "\n  ", text, "\n  ", changed)
                if sum(count.values()) == EACH:
                    break
            table[kind] = {
                "pairs": sum(count.values()),
                "flagged": round(count["flagged"] / max(1, sum(count.values())), 3),
            }
            total += count
        tables.append(table)
        totals.append(round(total["flagged"] / max(1, sum(total.values())), 3))
    return {
        "seed": seed,
        "recall": totals[0],
        "false_alarms": totals[1],
        "conflicting": tables[0],
        "harmless": tables[1],
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval_dir", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", default="", help="print the errors of one kind of change")
    args = parser.parse_args()
    figures = measure(args.eval_dir, args.seed, args.show)
    print(json.dumps(figures, indent=1))
    if not args.show:
        RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
