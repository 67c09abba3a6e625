"""Fit the weights by which a pronoun finds whom it means.

    python -m training.train_antecedents EVAL_DIR [--rounds N] [--check]

What is right comes from the tags of the newsroom events of `train` – a pronoun that is the source
of a tagged telling means the one the telling is by – and from the tune half of the labels of
`benchmarks/labels/speakers.json`, whose articles are PolNeAR's (EVAL_DIR/polnear). Each candidate
is scored by a weighted sum of what tells for it, and the weights make the right ones the most
probable (a softmax over the candidates, with a penalty on large weights). Since earlier pronouns
count for later ones, the weights are fitted in rounds. `--check` fits five times on four fifths of
the events and prints how many pronouns of the rest find whom they mean.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.newsroom import events, loaded
from benchmarks.speakers import LABELS, gold_attributions, same
from factcheck.attribution import antecedents
from factcheck.attribution.antecedents import Antecedents
from factcheck.attribution.assembly import extract
from factcheck.attribution.entities import Entity
from factcheck.attribution.lexicon import Gender
from factcheck.attribution.resolve import resolve
from factcheck.attribution.tagger import Tagger
from factcheck.evaluation.events import meets, same_name
from factcheck.evaluation.gold import OUTLET_VOICE
from factcheck.ingest import article_from_text
from factcheck.records import Article, Attribution

TARGET = Path(antecedents.__file__).parents[1] / "data" / "antecedents.json"
GENDERS: dict[str, Gender | None] = {"he": "male", "she": "female", "it": None}
FOLDS = 5
PENALTY = 1.0

Weights = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Text:
    """An article with its attributions and, by where a pronoun stands, the names it may mean."""

    event: str
    article: Article
    attributions: list[Attribution]
    wanted: dict[int, list[str]]


@dataclass(frozen=True)
class Choice:
    """The candidates of one pronoun, and which of them are right."""

    event: str
    kind: str
    features: list[dict[str, float]]
    right: list[bool]


def labelled(root: Path) -> list[Text]:
    """The articles of PolNeAR whose labels are in the tune half, with their gold attributions."""
    labels = json.loads(LABELS.read_text(encoding="utf-8"))["labels"]
    found: dict[str, Text] = {}
    for label in labels:
        name = label["article"]
        if label["half"] != "tune":
            continue
        if name not in found:
            text = (root / "text" / f"{name}.txt").read_bytes().decode("utf-8")
            article = article_from_text(text, f"{name}.txt")
            found[name] = Text(name, article, gold_attributions(root, name), {})
        text = found[name].article.text
        if text[slice(*label["source"])].lower() in GENDERS:
            found[name].wanted[label["source"][0]] = [text[slice(*label["antecedent"])]]
    return list(found.values())


def texts() -> list[Text]:
    """The articles of the events that have such pronouns, tagged once."""
    tagger = Tagger()
    found = []
    for event in events("train"):
        articles, _ = loaded(event)
        for article in articles:
            outlet = Path(article.path).stem
            body = [(b.start, b.end) for b in article.blocks if b.kind == "body"]
            attributions = extract(article.text, body, tagger)
            told = [
                (telling.span, telling.attributed_to)
                for statement in (*event.gold.clusters, *event.gold.single)
                for mention in statement.mentions
                if mention.outlet == outlet
                for telling in mention.tellings
                if telling.attributed_to != OUTLET_VOICE
            ]
            wanted: dict[int, list[str]] = {}
            for one in attributions:
                if not one.source:
                    continue
                start, end = one.source[0]
                names = [name for span, name in told if any(meets(c, (span,)) for c in one.content)]
                if article.text[start:end].lower() in GENDERS and names:
                    wanted[start] = names
            if wanted:
                found.append(Text(event.gold.event, article, attributions, wanted))
    return found


def choices(found: Sequence[Text], weights: Weights) -> list[Choice]:
    """The candidates of each pronoun, with the earlier ones resolved by `weights`."""
    antecedents._weights = lambda: weights
    made: list[Choice] = []
    plain = Antecedents.of

    for text in found:

        def of(self: Antecedents, start: int, word: str, text: Text = text) -> Entity | None:
            answer = plain(self, start, word)
            if names := text.wanted.get(start):
                gender = GENDERS[word]
                listed = list(self.candidates(start, gender))
                right = [_is_one(entity, names) for entity, _ in listed]
                kind = "person" if gender else "thing"
                made.append(Choice(text.event, kind, [f for _, f in listed], right))
            return answer

        with patch.object(Antecedents, "of", of):
            resolve(text.article, text.attributions)
    return made


def _is_one(entity: Entity, names: Sequence[str]) -> bool:
    return any(same_name(entity.name, name) or same(entity.name, name) for name in names)


def fit(made: Sequence[Choice], kind: str) -> dict[str, float]:
    """The weights that make the right candidates the most probable."""
    useful = [c for c in made if c.kind == kind and any(c.right) and not all(c.right)]
    names = sorted({name for c in useful for f in c.features for name in f})
    tables = [np.array([[f[n] for n in names] for f in c.features]) for c in useful]
    rights = [np.array(c.right) for c in useful]
    weights = np.zeros(len(names))
    first, second = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, 601):
        slope = PENALTY * weights
        for table, right in zip(tables, rights, strict=True):
            scores = table @ weights
            all_of = np.exp(scores - scores.max())
            all_of /= all_of.sum()
            good = np.where(right, all_of, 0)
            slope += table.T @ (all_of - good / max(good.sum(), 1e-12))
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        rate = 0.05 * (1 if step < 400 else 0.2)
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


def fitted(found: Sequence[Text], rounds: int) -> Weights:
    """Weights fitted in rounds, each on what the one before makes of earlier pronouns."""
    weights: Weights = {
        "person": {"distance": -1.0, "subject": 1.0, "gender told": 1.0},
        "thing": {"distance": -1.0, "subject": 1.0},
    }
    for _ in range(rounds):
        made = choices(found, weights)
        weights = {kind: fit(made, kind) for kind in ("person", "thing")}
    return weights


def right(made: Sequence[Choice], weights: Weights) -> Iterator[tuple[str, bool]]:
    """Whether each pronoun finds whom it means."""
    for choice in made:
        table = weights[choice.kind]
        best, answer = -math.inf, False
        for features, good in zip(choice.features, choice.right, strict=True):
            score = sum(table.get(name, 0.0) * value for name, value in features.items())
            if score > best:
                best, answer = score, good
        yield choice.kind, answer


def report(name: str, answers: Sequence[tuple[str, bool]]) -> None:
    """Print the share of right answers."""
    for kind in ("person", "thing"):
        mine = [good for what, good in answers if what == kind]
        print(f"{name:12} {kind:7} {sum(mine)} of {len(mine)}")


def main() -> None:
    """Fit, check or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path, metavar="EVAL_DIR")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = [*texts(), *labelled(options.eval / "polnear" / "dev")]
    if options.check:
        answers: list[tuple[str, bool]] = []
        names = sorted({text.event for text in found})
        for fold in range(FOLDS):
            held = set(names[fold::FOLDS])
            weights = fitted([t for t in found if t.event not in held], options.rounds)
            rest = [t for t in found if t.event in held]
            answers += right(choices(rest, weights), weights)
        report("held out", answers)
    weights = fitted(found, options.rounds)
    report("fitted", list(right(choices(found, weights), weights)))
    if not options.check:
        about = "What tells for a candidate of a pronoun; made by training/train_antecedents.py"
        TARGET.write_text(
            json.dumps({"about": about, "weights": weights}, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
