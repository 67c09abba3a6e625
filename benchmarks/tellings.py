"""Divergence of the whole program on breaking news: many short tellings of one event.

    python -m benchmarks.tellings EVAL_DIR [--part train|dev] [--show right,false,missed]

Texts are those of ECB+ (`EVAL_DIR/ecbplus`): the annotated sentences of up to twenty outlets on one
event, written as running text. Both events of a topic are compared in one archive, so that a
conflict between two alike events counts as false. `labels/tellings.json` holds our own labels of
what cannot both hold: for each value the tokens that tell it, without any text. Rules were written
with `train` in view; `dev` is measured only.

A divergent group is right where one of its divergences sets claims on two values of one labelled
divergence against each other. A labelled divergence is found where such a group is reported; those
that the labels call doubtful are no misses. No claim of one event of a topic is one of the other,
so a corroborated group of both is a false corroboration.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pathlib
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.events import Links
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import load
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Claim, Group, Report, Span

HERE = pathlib.Path(__file__).parent
LABELS = HERE / "labels" / "tellings.json"
RESULTS = HERE / "results" / "tellings.json"

# How the Penn Treebank writes brackets and quotation marks, and what stands without a space.
_WRITTEN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
_CLOSING = re.compile(r"[.,;:!?)\]}%'’”]|n['’]t|['’](?:s|re|ve|ll|d|m)$")
_OPENING = re.compile(r"[(\[{$£€“#]$")


@dataclass(frozen=True)
class Telling:
    """One text, and where in it each token is: by number of the sentence, then of the token."""

    text: str
    tokens: dict[int, list[Span]]


@dataclass(frozen=True)
class Labelled:
    """One divergence: its slot, whether it is beyond doubt, and (document, span) of each value."""

    slot: str
    sure: bool
    values: tuple[tuple[tuple[str, Span], ...], ...]


def write(sentences: dict[int, list[str]], *, spaced_hyphens: bool) -> Telling:
    """Running text of tokenised sentences, a paragraph each."""
    text, tokens = "", {}
    for number in sorted(sentences):
        text += "\n\n" if text else ""
        glued, quoted, spans = True, False, []
        words = [_WRITTEN.get(word, word) for word in sentences[number]]
        for place, word in enumerate(words):
            opens = _OPENING.match(word) is not None
            closes = _CLOSING.match(word) is not None
            if word == '"':
                opens, closes, quoted = not quoted, quoted, not quoted
            after = (words[place + 1 : place + 2] or [""])[0]
            if text[-1:].isdigit() and after[:1].isdigit():
                inside = word in (".", ":", "-") or (word == "," and len(after) == 3)
                opens, closes = opens or inside, closes or inside
            elif word == "-" and spaced_hyphens:
                opens = closes = after[:1].islower()
            text += "" if glued or closes else " "
            spans.append((len(text), len(text) + len(word)))
            text += word
            glued = opens
        tokens[number] = spans
    return Telling(text + "\n", tokens)


def topics(folder: pathlib.Path, part: str) -> dict[str, dict[str, Telling]]:
    """The tellings of each topic, by document."""
    words: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in (folder / f"{part}_corpus.txt").read_text(encoding="utf-8").split("\n"):
        row = line.split("\t")
        if len(row) == 5:
            words[row[0]][int(row[1])].append(row[3])
    found: dict[str, dict[str, Telling]] = defaultdict(dict)
    for document, sentences in sorted(words.items()):
        plus = document.endswith("plus")
        found[document.split("_")[0]][document] = write(sentences, spaced_hyphens=plus)
    return dict(found)


def labelled(topic: str, tellings: dict[str, Telling]) -> list[Labelled]:
    """The labels of a topic, as spans of its texts."""
    found = []
    for label in json.loads(LABELS.read_text(encoding="utf-8"))[topic]:
        values = []
        for value in label["values"]:
            places = []
            for document, sentence, first, last in value:
                spans = tellings[document].tokens[sentence]
                places.append((document, (spans[first][0], spans[last][1])))
            values.append(tuple(places))
        found.append(Labelled(label["slot"], label["sure"], tuple(values)))
    return found


def report(tellings: dict[str, Telling], tagger: Tagger) -> Report:
    """The program's report on these tellings, each its own outlet."""
    with tempfile.TemporaryDirectory() as folder:
        for document, telling in tellings.items():
            (pathlib.Path(folder) / f"{document}.txt").write_text(telling.text, encoding="utf-8")
        settings = Settings()
        articles, skipped = load([folder], settings.limits)
        return compare(Corpus(tuple(extract(articles, tagger)), tuple(skipped)), settings)


def tells(claim: Claim, document: str, places: tuple[tuple[str, Span], ...]) -> bool:
    """Whether a claim of a document holds a good part of the words that tell a value."""
    for at, (start, end) in places:
        if at == document:
            shared = sum(max(0, min(e, end) - max(s, start)) for s, e in claim.spans)
            if shared >= 0.5 * (end - start):
                return True
    return False


def holds(group: Group, label: Labelled, claims: dict[str, Claim], files: dict[str, str]) -> bool:
    """Whether a divergence of a group sets two values of a labelled one against each other."""
    for found in (d for d in group.divergences if d.material):
        told = [
            {
                number
                for number, places in enumerate(label.values)
                if any(tells(claims[c], files[claims[c].article], places) for c in value.claims)
            }
            for value in found.values
        ]
        for one, other in itertools.combinations(told, 2):
            if any(a != b for a in one for b in other):
                return True
    return False


def show(mark: str, topic: str, lines: Iterator[str]) -> None:
    """Print one verdict with its texts."""
    print(f"\n{mark} {topic}")
    for line in lines:
        print("   ", line)


def _of_group(group: Group, claims: dict[str, Claim], files: dict[str, str]) -> Iterator[str]:
    for d in group.divergences:
        if d.material:
            yield f"{d.slot}: {d.reason}"
            for value in d.values:
                for c in value.claims:
                    yield f"  {value.value} | {files[claims[c].article]} | {claims[c].text}"


def _of_label(label: Labelled, tellings: dict[str, Telling]) -> Iterator[str]:
    yield label.slot + ("" if label.sure else " (doubtful)")
    for places in label.values:
        for document, (start, end) in places:
            yield f"  {document}: {tellings[document].text[start:end]}"
        yield "  --"


def measure(root: pathlib.Path, part: str, shown: str = "") -> dict[str, Any]:
    """Precision and recall of divergent groups, in all and by slot, over the topics of a part."""
    tagger, count = Tagger(), Counter[str]()
    slots: dict[str, Counter[str]] = defaultdict(Counter)
    parts = topics(root, part)
    for topic, tellings in parts.items():
        labels = labelled(topic, tellings)
        found = report(tellings, tagger)
        claims = {c.id: c for c in found.claims}
        files = {a.id: pathlib.PurePath(a.path).stem for a in found.articles}
        divergent = [g for g in found.groups if g.status == "divergent"]
        count["documents"] += len(tellings)
        for group in found.groups:
            documents = {files[claims[c].article] for c in group.claims}
            if len(documents) > 1:
                mixed = len({document.endswith("plus") for document in documents}) > 1
                count["groups"] += 1
                count["groups of two events"] += mixed
                count["corroborated"] += group.status == "corroborated"
                count["corroborated of two events"] += mixed and group.status == "corroborated"
        for group in divergent:
            right = any(holds(group, label, claims, files) for label in labels)
            mark = "right" if right else "false"
            count[mark] += 1
            for slot in {d.slot for d in group.divergences if d.material}:
                slots[slot][mark] += 1
            if mark in shown:
                show(mark, topic, _of_group(group, claims, files))
        for label in labels:
            mark = "found" if any(holds(g, label, claims, files) for g in divergent) else "missed"
            if label.sure:
                count[mark] += 1
                slots[label.slot][mark] += 1
            if mark in shown and label.sure:
                show(mark, topic, _of_label(label, tellings))
    flagged, wanted = count["right"] + count["false"], count["found"] + count["missed"]
    return {
        "topics": len(parts),
        **dict(sorted(count.items())),
        **Links(flagged, count["right"], wanted, count["found"]).figures(),
        "by_slot": {slot: dict(sorted(c.items())) for slot, c in sorted(slots.items())},
    }


def main() -> None:
    """Measure, print, and, where both parts are measured, write `results/tellings.json`."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("eval_dir", type=pathlib.Path)
    parser.add_argument("--part", default="train,dev")
    parser.add_argument("--show", default="", help="right, false, found and/or missed, by commas")
    args = parser.parse_args()
    figures = {
        part: measure(args.eval_dir / "ecbplus", part, args.show) for part in args.part.split(",")
    }
    print(json.dumps(figures, indent=1))
    if len(figures) == 2:
        RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
