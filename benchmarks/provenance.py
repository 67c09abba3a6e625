"""Independence: credits, derivation, false corroboration of copies, origins labelled by hand.

    python -m benchmarks.provenance EVAL_DIR [--errors]

EVAL_DIR holds `polnear/` (PolNeAR 1.0, github.com/networkdynamics/PolNeAR), `basil/` and
`basil-statements/` (articles: BASIL, github.com/launchnlp/BASIL). Copies are planted from PolNeAR
train by `planted.py`, seeded; labels are in `labels/origins.json`.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from benchmarks.planted import EXCERPT, KINDS, copies, replaced
from factcheck import access, outlets, provenance, verdict
from factcheck.access import Run
from factcheck.access.crediting import placed_credits
from factcheck.config import Provenance as Policy
from factcheck.errors import UnreadableError
from factcheck.filed import article as as_filed
from factcheck.ingest import article_from_text
from factcheck.provenance.derivation import Derivation, Texts, connected, derivations
from factcheck.records import Article, Block, Claim, Sentence, Span, Speaker, Via

HERE = Path(__file__).parent
LABELS = HERE / "labels" / "origins.json"
RESULT = HERE / "results" / "provenance.json"
SEED, ORIGINALS = 6, 200
# Pairs of copies held against each other without the original.
UNSEEN = (("cut", "replaced 15"), ("replaced 30", "no credit"))
# What Reuters puts under a story, its name left out by those who print it.
_SIGN_OFF = re.compile(r"(?i)\breporting by\b.{2,300};.{0,200}\bediting by\b")
_UNNAMED = re.compile(
    r"(?i)\b(?:sources?|officials?|aides?|insiders?|person|people|strategists?|lawmakers"
    r"|operatives?|advisers?)\b"
)


def read(path: Path, name: str, **changes: object) -> Article | None:
    """Read an article under another name; None where it cannot be measured."""
    try:
        article = as_filed(article_from_text(path.read_bytes().decode("utf-8"), name))
    except UnreadableError:
        return None
    return _placed(article.model_copy(update={"id": name, **changes}))


def _placed(article: Article) -> Article:
    """The article with its credits, as the pipeline hands it on."""
    return article.model_copy(update={"credits": access.credits(article)})


def claim(article: Article, number: str, spans: Sequence[Span], speaker: Speaker | None) -> Claim:
    """A claim of an article at given spans."""
    start, end = spans[0][0], spans[-1][1]
    holding = [n for n, s in enumerate(article.sentences) if s.start < end and start < s.end]
    text = " ".join(article.text[s:e] for s, e in spans)
    return Claim(
        id=number,
        fingerprint=number,
        article=article.id,
        start=start,
        end=end,
        spans=tuple(spans),
        text=text,
        reading=text,
        kind="utterance" if speaker else "report",
        quote=_quote(text) if speaker else "none",
        speaker=speaker,
        voice=speaker,
        sentence=min(holding, default=0),
    )


def _quote(text: str) -> Literal["direct", "mixed", "indirect"]:
    if not re.search(r"[\"“”]", text):
        return "indirect"
    return "direct" if text[0] in '"“' else "mixed"


def attributed(article: Article, number: str, spans: Sequence[Span], name: str | None) -> Claim:
    """A claim of a gold mention: what an outlet is the source of came through it, as the program
    itself has it, and nobody else vouches.
    """
    info = outlets.lookup(name) if name else None
    if info is None:
        return claim(article, number, spans, _gold_speaker(name))
    made = claim(article, number, spans, None)
    sentence = article.sentences[made.sentence]
    via = Via(name=info.name, kind=info.kind, span=(sentence.start, sentence.end))
    return made.model_copy(update={"kind": "utterance", "quote": "indirect", "via": (via,)})


def corroborated(
    sources: provenance.Sources, members: Sequence[Claim], names: Mapping[str, str]
) -> bool:
    """Whether the verdict on a group without conflicts is "corroborated"."""
    found = verdict.decide(
        members,
        names,
        sources.origins,
        sources.voices,
        (),
        Policy(),
        several=sources.several,
    )
    return found.status == "corroborated"


def measure_credits(folder: Path, errors: bool) -> dict[str, Any]:
    """Agencies found in byline, dateline and footer against PolNeAR's `wire`, and hat tips.

    Counted where the text or the byline carries the credit. An agency that the text credits and
    the metadata leaves out is counted as wrong.
    """
    count: Counter[str] = Counter()
    for row in _rows(folder):
        path = folder / row["compartment"] / "text" / f"{row['filename']}.txt"
        byline = None if row["author"] == "None" else row["author"]
        article = read(path, path.name, byline=byline, byline_span=None) if path.exists() else None
        if article is None:
            count["unread"] += 1
            continue
        placed = [p for p in placed_credits(article) if p.place in ("byline", "dateline", "footer")]
        found = {p.credit.name for p in placed if p.credit.kind == "agency"}
        wire = outlets.lookup(row["wire"]) if row["wire"] not in ("None", "NA") else None
        wanted = {wire.name} if wire and _carries(f"{byline}\n{article.text}", wire) else set()
        count["wire not carried"] += wire is not None and not wanted
        count["right"] += len(found & wanted)
        count["missed"] += len(wanted - found)
        count["wrong"] += len(found - wanted)
        if errors and found != wanted:
            print("credits", row["filename"], "found", sorted(found), "wanted", sorted(wanted))
        if row["credit"] != "None":
            tip = row["credit"].split(":")[-1].strip(" .")
            left = re.search(rf"(?i)h/t\W*(?:the )?{re.escape(tip)}", article.text)
            count["hat tips left in the text" if left else "hat tips cut from the text"] += 1
    right, wrong, missed = count["right"], count["wrong"], count["missed"]
    return {**count, "f1": round(2 * right / (2 * right + wrong + missed), 3)}


def _carries(text: str, agency: outlets.OutletInfo) -> bool:
    if agency.name == "Reuters" and _SIGN_OFF.search(text):
        return True
    return any(re.search(rf"(?i)\b{re.escape(name)}\b", text) for name in agency.names)


@dataclass
class Planted:
    """Real articles, copies planted among them, and groups of statements with one origin.

    `made` are the copies by article id, `labels[i]` is what group i tests.
    """

    originals: list[Article]
    made: dict[str, Article]
    claims: list[Claim]
    groups: list[list[str]]
    labels: list[str]


def plant(folder: Path) -> Planted:
    """Make the copies of PolNeAR articles, and claims of each sentence and what became of it."""
    rng = random.Random(SEED)
    paths = sorted((folder / "polnear" / "train" / "text").glob("*.txt"))
    rng.shuffle(paths)
    usable = (a for p in paths if (a := read(p, p.stem)) and len(a.sentences) > 5)
    originals = list(itertools.islice(usable, ORIGINALS))
    others = [
        " ".join(a.text[s.start : s.end].split())
        for a in (read(p, p.stem) for p in paths[-200:])
        if a
        for s in a.sentences
        if s.end - s.start > 60
    ]
    vocabulary = [word for sentence in others for word in re.findall(r"\b[a-z]+\b", sentence)]
    planted = Planted(originals, {}, [], [], [])
    for number, original in enumerate(originals):
        tellings = {
            n: {"": claim(original, f"{number}-{n}", [(s.start, s.end)], _speaker(original, s))}
            for n, s in enumerate(original.sentences)
            if original.blocks[s.block].kind == "body"
        }
        for copy in copies(original, others, vocabulary, rng):
            article = as_filed(article_from_text(copy.text, f"{_name(number, copy.kind)}.txt"))
            article = _placed(article.model_copy(update={"id": _name(number, copy.kind)}))
            planted.made[article.id] = article
            for n, span in copy.made_of:
                name = f"{number}-{n}-{copy.kind}"
                tellings[n][copy.kind] = claim(article, name, [span], tellings[n][""].speaker)
        for told in tellings.values():
            planted.claims += told.values()
            for one, other in (*(("", kind) for kind in (*KINDS, EXCERPT)), *UNSEEN):
                if one in told and other in told:
                    planted.groups.append([told[one].id, told[other].id])
                    planted.labels.append(f"{one} and {other}" if one else other)
    return planted


def measure_planted(folder: Path, errors: bool) -> dict[str, Any]:
    """Derivation and false corroboration of planted copies among real articles."""
    planted = plant(folder)
    events = list(_events(folder / "basil"))
    articles = [*planted.originals, *planted.made.values(), *(a for e in events for a in e)]
    started = time.perf_counter()
    analysed = provenance.analyse(articles, planted.claims, planted.groups)
    seconds = time.perf_counter() - started
    by_id = {c.id: c for c in planted.claims}
    names = {article.id: article.outlet for article in articles}
    wrong: Counter[str] = Counter()
    for label, group, sources in zip(planted.labels, planted.groups, analysed.groups, strict=True):
        if corroborated(sources, [by_id[c] for c in group], names):
            wrong[label] += 1
            if errors and wrong[label] <= 5:
                print("false corroboration", label, [by_id[c].text[:120] for c in group])
    total = Counter(planted.labels)
    rates = {label: round(wrong[label] / count, 4) for label, count in total.items()}
    found = {frozenset((d.a, d.b)) for d in analysed.derivations}
    derived = {
        kind: _share(
            [
                frozenset((original.id, _name(number, kind))) in found
                for number, original in enumerate(planted.originals)
            ]
        )
        for kind in KINDS
    }
    independent = [
        frozenset((a.id, b.id)) in found for e in events for a, b in itertools.combinations(e, 2)
    ]
    light = [kind for kind in KINDS if kind != "replaced 30"]
    return {
        "articles": len(articles),
        "statements": len(planted.groups),
        "seconds": round(seconds, 1),
        "derivation found": derived,
        "derivation found, up to 15 %": round(sum(derived[k] for k in light) / len(light), 4),
        "false derivation within a basil event": _share(independent),
        "derivations between different stories": _unrelated(planted, analysed.derivations, errors),
        "false corroboration": rates,
        "false corroboration, up to 15 %": round(sum(rates[k] for k in light) / len(light), 4),
    }


def _unrelated(planted: Planted, found: Sequence[Derivation], errors: bool) -> int:
    """Derivations between articles that were not made of one another.

    Excerpts are left out: the texts around them share sentences by construction.
    """
    story = {a.id: str(n) for n, a in enumerate(planted.originals)}
    story |= {name: name.removeprefix("copy").split("-")[0] for name in planted.made}
    wrong = [
        d
        for d in found
        if story.get(d.a, d.a) != story.get(d.b, d.b)
        and not (d.a.endswith(EXCERPT) or d.b.endswith(EXCERPT))
    ]
    if errors:
        for d in wrong:
            print("unrelated", d.a, d.b, d.reason)
    return len(wrong)


def _name(number: int, kind: str) -> str:
    return f"copy{number}-{kind.replace(' ', '')}"


def measure_labels(folder: Path, errors: bool) -> dict[str, Any]:
    """Origins of 100 hand-labelled groups; gold mentions stand for claims, so origins alone count.

    `false corroboration`: labelled as one origin, corroborated by the verdict. `split`: labelled
    as one, found as more. `missed`: labelled as more, found as one; `held back`: labelled as more,
    not corroborated, as it is not likely enough that these are independent.
    """
    count: Counter[str] = Counter()
    wanted: dict[str, list[dict[str, Any]]] = {}
    for label in json.loads(LABELS.read_text(encoding="utf-8"))["groups"]:
        wanted.setdefault(label["event"], []).append(label)
    verdicts: Counter[str] = Counter()
    for event in sorted(p for p in folder.iterdir() if (p / "gold.json").exists()):
        gold = json.loads((event / "gold.json").read_text(encoding="utf-8"))
        names = sorted(gold["outlets"].values())
        articles = {n: a for n in names if (a := read(event / f"{n}.txt", f"{n}.txt", id=n))}
        claims = {
            cluster["id"]: [
                attributed(
                    articles[mention["outlet"]],
                    f"{cluster['id']}-{number}",
                    [(s, e) for s, e in mention.get("part_spans") or mention["spans"]],
                    mention["attributed_to"],
                )
                for number, mention in enumerate(cluster["mentions"])
            ]
            for cluster in gold["clusters"]
        }
        run = Run(articles.values())
        told = [c for members in claims.values() for c in members]
        of = {n: [c for c in told if c.article == a.id] for n, a in articles.items()}
        read_claims = {c.id: c for n, a in articles.items() for c in access.read(a, of[n], run)}
        claims = {name: [read_claims[c.id] for c in members] for name, members in claims.items()}
        analysed = provenance.analyse(
            list(articles.values()),
            [c for members in claims.values() for c in members],
            [[c.id for c in members] for members in claims.values()],
        )
        sources = dict(zip(claims, analysed.groups, strict=True))
        ids = {article.id: article.outlet for article in articles.values()}
        for cluster in gold["clusters"]:
            held = sources[cluster["id"]]
            found = "one" if len(held.origins) == 1 else "several"
            verdicts[f"gold {cluster['verdict']}, {found}"] += 1
            if corroborated(held, claims[cluster["id"]], ids):
                verdicts[f"gold {cluster['verdict']}, corroborated"] += 1
        for label in wanted.get(event.name, ()):
            held, members = sources[label["cluster"]], claims[label["cluster"]]
            _score_label(label, held, members, count, errors)
            if corroborated(held, members, ids):
                number = "one" if len(label["origins"]) == 1 else "several"
                count[f"{number}, corroborated"] += 1
    single = count["one, found one"] + count["one, found several"]
    several = count["several, found one"] + count["several, found several"]
    return {
        **count,
        "false corroboration": round(count["one, corroborated"] / single, 4),
        "split": round(count["one, found several"] / single, 4),
        "missed corroboration": round(count["several, found one"] / several, 4),
        "held back": round(1 - count["several, corroborated"] / several, 4),
        "all gold clusters": dict(sorted(verdicts.items())),
    }


def _score_label(
    label: dict[str, Any],
    sources: provenance.Sources,
    members: Sequence[Claim],
    count: Counter[str],
    errors: bool,
) -> None:
    article_of = {c.id: c.article for c in members}
    found = sorted(sorted({article_of[c] for c in o.claims}) for o in sources.origins)
    independence = None
    if len(found) > 1:
        shown = any(o.independence == "shown" for o in sources.origins)
        independence = "shown" if shown else "assumed"
    number = {True: "one", False: "several"}
    count[f"{number[len(label['origins']) == 1]}, found {number[len(found) == 1]}"] += 1
    count["same origins"] += found == sorted(label["origins"])
    count["same independence"] += independence == label["independence"]
    if label.get("named") and len(found) == 1:
        count["named right" if sources.origins[0].name == label["named"] else "named wrong"] += 1
    if errors and found != sorted(label["origins"]):
        reasons = [(o.name, o.reason) for o in sources.origins]
        print("labels", label["event"][:13], label["cluster"], label["origins"], found, reasons)


def measure_speed(folder: Path) -> dict[str, Any]:
    """Derivation over 10,000 articles of mixed sentences, every fifth with a reworded copy."""
    rng = random.Random(SEED)
    paths = sorted((folder / "polnear" / "train" / "text").glob("*.txt"))
    real = [a for p in paths if (a := read(p, p.stem))]
    pool = [" ".join(a.text[s.start : s.end].split()) for a in real for s in a.sentences]
    vocabulary = [w for sentence in pool for w in re.findall(r"\b[a-z]+\b", sentence)]
    articles: list[Article] = []
    planted = set()
    while len(articles) < 10_000:
        body = [replaced(s, 0.8, vocabulary, rng) for s in rng.sample(pool, 25)]
        versions = [body]
        if rng.random() < 0.2:
            versions.append([replaced(s, 0.15, vocabulary, rng) for s in body])
            planted.add((f"a{len(articles)}", f"a{len(articles) + 1}"))
        for version in versions:
            articles.append(_quick(f"a{len(articles)}", version))
    started = time.perf_counter()
    texts = Texts(articles)
    found: tuple[Derivation, ...] = derivations(articles, texts, lambda a, b: False)
    connected(found)
    seconds = time.perf_counter() - started
    right = {(d.a, d.b) for d in found} & planted
    return {
        "articles": len(articles),
        "seconds": round(seconds, 1),
        "copies found": round(len(right) / len(planted), 4),
    }


def _quick(name: str, sentences: Sequence[str]) -> Article:
    """An article of given sentences, each a paragraph, without the cost of reading it."""
    text = "\n".join(sentences)
    starts = [0, *itertools.accumulate(len(s) + 1 for s in sentences)]
    spans = [(start, start + len(s)) for start, s in zip(starts, sentences, strict=False)]
    return Article(
        id=name,
        path=name,
        outlet=name,
        family=name,
        title=None,
        published=None,
        language="en",
        text=text,
        blocks=tuple(Block(start=s, end=e, kind="body") for s, e in spans),
        sentences=tuple(Sentence(start=s, end=e, block=n) for n, (s, e) in enumerate(spans)),
    )


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def _events(folder: Path) -> Iterator[list[Article]]:
    for event in sorted(path for path in folder.iterdir() if path.is_dir()):
        found = [read(path, f"{event.name}-{path.stem}") for path in sorted(event.glob("*.txt"))]
        yield [article for article in found if article]


def _speaker(article: Article, sentence: Sentence) -> Speaker | None:
    """A named speaker for what is quoted: the kind of statement easiest to take for public."""
    if re.search(r"[\"“”]|\bsaid\b", article.text[sentence.start : sentence.end]):
        return Speaker(name="Named Speaker", as_written="Named Speaker", kind="named")
    return None


def _gold_speaker(name: str | None) -> Speaker | None:
    if not name or name == "outlet voice":
        return None
    unnamed = _UNNAMED.search(name) and not re.search(r"[A-Z]\w+ [A-Z]\w+$", name)
    kind = "unnamed" if unnamed else "named"
    return Speaker.model_validate(
        {"name": name.lower() if unnamed else name, "as_written": name, "kind": kind}
    )


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def main() -> int:
    """Measure everything and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="EVAL_DIR")
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    args = parser.parse_args()
    figures = {
        "credits": measure_credits(args.folder / "polnear", args.errors),
        "planted": measure_planted(args.folder, args.errors),
        "labels": measure_labels(args.folder / "basil-statements", args.errors),
        "speed": measure_speed(args.folder),
    }
    text = json.dumps(figures, indent=1, ensure_ascii=False, sort_keys=True)
    RESULT.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
