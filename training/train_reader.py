"""Train the cross-encoder that reads uncertain pairs of claims.

    python training/train_reader.py EVAL_DIR BASE_DIR OUT_DIR [--events FILE] [--cache FILE]

Three stages, each from the weights of the one before: sentence pairs of `EVAL_DIR/pairs` and
`EVAL_DIR/ecbplus` (paraphrase and event coreference, heads of their own); sentences and exact
statements of `EVAL_DIR/basil-statements`; claims in their sentences, of these events and of the
newsroom's, as the program makes them and as `Reader` will see them, with the written pairs of
`training/pairs` and controlled changes (`changes.py`). Of the last stage it is known, too, whether
the two conflict and in which words. Hard negatives are drawn anew for each pass, by their likeness.
Writes `reader.onnx`, `reader-tokenizer.json` and, for `train_matcher.py`, the names of the events
it was trained on to OUT_DIR. `--events` names these (`reader-events.txt` beside this script): on
the others `train_matcher.py` and `train_conflicts.py` fit how far the reader can be trusted.
Where BASE_DIR holds a `reader.onnx`, the third stage goes on from that for one more round.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.events import claim as claim_of
from factcheck.matching.features import FEATURES, cosine
from factcheck.matching.profiles import profiles
from factcheck.matching.reader import Excerpt, Reader, Side, excerpt
from factcheck.matching.statements import alone
from factcheck.records import Span
from factcheck.wordpiece import WordPiece
from training import changes
from training.changes import Telling as Told
from training.reader_network import ReaderNetwork, graph_of, load_base, load_graph
from training.train_matcher import Case, Conflicts, all_cases

VOCABULARY = 12_000
BATCH = 32
# Rounds: the rate of controlled changes to paraphrases (0: none), then passes over the claims, and
# their rate.
ROUNDS = ((0.0, 3, 6e-5), (6e-5, 2, 5e-5))
# The one round of a model that goes on, in which a pass reads so much of the claims, since most of
# them it knows, and all conflicts among them.
MORE, MORE_CLAIMS = ((0.0, 2, 4e-5),), 0.5
SAME, PARAPHRASE, EVENT, CONFLICT = range(4)
# What the words that conflict count beside the tasks, and one of them beside one that does not.
WORDS, MARKED = 2.0, 6.0
# Of so many pairs of tellings that agree, controlled changes are made, in each pass.
CHANGED = 2500
# From this score on a pair of the public sets is a paraphrase.
ALIKE = 0.8
# Without these instructions 16-bit numbers are slower than those of 32 bits, by ten times.
SHORT_FLOATS = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


@dataclass(frozen=True)
class Example:
    """A pair of sides, the probability that it is a match, and the task whose match is meant.

    `marks` are the places of the words of each side that conflict, in that side's own text; empty
    where nothing does, `None` where that is not known.
    """

    a: Side
    b: Side
    target: float
    task: int
    marks: tuple[tuple[Span, ...], tuple[Span, ...]] | None = None


class Sides(Protocol):
    """What is read: two sides."""

    @property
    def a(self) -> Side:
        """The one."""

    @property
    def b(self) -> Side:
        """The other."""


Pair = TypeVar("Pair", bound=Sides)


def prune(base: Path, texts: list[str]) -> tuple[str, list[int]]:
    """A tokenizer (as JSON) with the most frequent pieces of `texts` and all Latin characters.

    Also returns, for each of its ids, the id in the base model's vocabulary.
    """
    data = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = data["model"]["vocab"]
    whole = WordPiece(vocabulary)
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(whole.encode(text).ids)
    names = {number: name for name, number in vocabulary.items()}
    kept = {vocabulary[name] for name in SPECIAL}
    for number, name in names.items():
        bare = name.removeprefix("##")
        if len(bare) == 1 and (ord(bare) < 0x250 or 0x2010 <= ord(bare) <= 0x20FF):
            kept.add(number)
    for number, _ in counts.most_common():
        if len(kept) >= VOCABULARY:
            break
        kept.add(number)
    order = sorted(kept)
    data["truncation"] = data["padding"] = None
    data["model"]["vocab"] = {names[old]: new for new, old in enumerate(order)}
    for added in data["added_tokens"]:
        added["id"] = data["model"]["vocab"][added["content"]]
    for name, token in (data["post_processor"] or {}).get("special_tokens", {}).items():
        token["ids"] = [data["model"]["vocab"][name]]
    return json.dumps(data, ensure_ascii=False), order


def sentences(folder: Path) -> dict[tuple[str, int], str]:
    """The sentences of ECB+ train by document and number."""
    words: dict[tuple[str, int], list[str]] = defaultdict(list)
    for line in (folder / "train_corpus.txt").read_text(encoding="utf-8").split("\n"):
        row = line.split("\t")
        if len(row) == 5:
            words[row[0], int(row[1])].append(row[3])
    return {key: " ".join(value) for key, value in words.items()}


def paraphrases(folder: Path) -> list[tuple[str, str, float]]:
    """Pairs of MSRP by their label, of STS by their score (1.5 and less is 0, 4 and more is 1)."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8-sig").split("\n"):
            row = line.split("\t")
            if path.name.startswith("msrp"):
                if len(row) >= 5 and row[0] in "01":
                    found.append((row[3], row[4], float(row[0])))
            elif len(row) >= 3:
                target = min(1.0, max(0.0, (float(row[0]) - 1.5) / 2.5))
                found.append((row[1].strip(), row[2].strip(), target))
    return found


def coreferences(folder: Path, chance: random.Random) -> list[tuple[str, str, float]]:
    """Sentences of two documents of one event that share most event chains, or none."""
    text, chains = sentences(folder), defaultdict(set)
    for mention in json.loads((folder / "train_event_mentions.json").read_text(encoding="utf-8")):
        if not mention["is_singleton"]:
            chains[mention["doc_id"], mention["sent_id"]].add(mention["coref_chain"])
    topics = defaultdict(list)
    for key in sorted(chains):
        topics[key[0].split("_")[0], "plus" in key[0]].append(key)
    same, other = [], []
    for keys in topics.values():
        for a, b in itertools.combinations(keys, 2):
            shared = len(chains[a] & chains[b])
            if a[0] == b[0]:
                continue
            if shared >= 2 and shared / min(len(chains[a]), len(chains[b])) >= 0.66:
                same.append((text[a], text[b], 1.0))
            elif not shared:
                other.append((text[a], text[b], 0.0))
    return chance.sample(same, min(1500, len(same))) + chance.sample(other, min(1500, len(other)))


def batches(examples: list[Pair], chance: random.Random) -> list[list[Pair]]:
    """A pass over the examples in a random order; those of a batch are of about one length."""
    chance.shuffle(examples)
    found = []
    for start in range(0, len(examples), 20 * BATCH):
        some = sorted(
            examples[start : start + 20 * BATCH], key=lambda e: len(e.a.ids) + len(e.b.ids)
        )
        found += [some[n : n + BATCH] for n in range(0, len(some), BATCH)]
    chance.shuffle(found)
    return found


def padded(rows: Sequence[Mapping[str, NDArray[np.int64]]]) -> tuple[Tensor, Tensor, Tensor]:
    """The inputs of pairs as one: ids, kinds and mask, each (batch, length)."""
    length = max(len(row["ids"]) for row in rows)
    ids = torch.zeros((len(rows), length), dtype=torch.long)
    kinds, mask = torch.zeros_like(ids), torch.zeros_like(ids, dtype=torch.bool)
    for number, row in enumerate(rows):
        size = len(row["ids"])
        ids[number, :size] = torch.from_numpy(row["ids"])
        kinds[number, :size] = torch.from_numpy(row["kinds"])
        mask[number, :size] = True
    return ids, kinds, mask


def falling(step: int, warm: int, total: int) -> float:
    """The share of the rate at a step: it rises over the first `warm`, and falls to the last."""
    return min(step / warm, (total - step) / total)


class Trainer:
    """A network, the tokenizer it reads with, and its stages."""

    def __init__(self, network: nn.Module, reader: Reader, seed: int) -> None:
        self.network = network
        self.reader = reader
        self.chance = random.Random(seed)

    def plain(self, text: str) -> Side:
        """A text whose every word is the claim."""
        return self.reader.side(*alone("text", text))

    def stage(self, name: str, passes: list[list[Example]], rate: float) -> None:
        """Train on one list of examples after the other, with one falling rate."""
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=rate, weight_decay=0.01)
        total = sum(math.ceil(len(examples) / BATCH) for examples in passes)
        warm, step = max(1, total // 10), 0
        self.network.train()
        for examples in passes:
            for batch in batches(examples, self.chance):
                for group in optimiser.param_groups:
                    group["lr"] = rate * falling(step, warm, total)
                loss = self.loss(batch)
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
                optimiser.step()
                step += 1
                if step % 50 == 0:
                    print(f"{name}: step {step} of {total}, loss {loss.item():.3f}", flush=True)

    def loss(self, batch: list[Example]) -> torch.Tensor:
        """Cross-entropy of a batch, each pair in a random order."""
        rows, wanted_of = [], []
        for one in batch:
            turned = self.chance.random() < 0.5
            a, b = (one.b, one.a) if turned else (one.a, one.b)
            marks = one.marks or ((), ())
            first, second = marks[::-1] if turned else marks
            rows.append(self.reader.inputs(a, b))
            wanted_of.append([0.0, *marked(a, first), 0.0, *marked(b, second), 0.0])
        ids, kinds, mask = padded(rows)
        wanted = torch.zeros(ids.shape)
        for number, values in enumerate(wanted_of):
            wanted[number, : len(values)] = torch.tensor(values)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=SHORT_FLOATS):
            logits, pieces = self.network(ids, kinds, mask)
        chosen = logits[torch.arange(len(batch)), torch.tensor([one.task for one in batch])]
        loss = functional.binary_cross_entropy_with_logits(
            chosen, torch.tensor([one.target for one in batch])
        )
        known = torch.tensor([one.marks is not None for one in batch])
        if not known.any():
            return loss
        conflict = torch.tensor([float(bool(one.marks and one.marks[0])) for one in batch])
        loss = loss + functional.binary_cross_entropy_with_logits(
            logits[known, CONFLICT], conflict[known]
        )
        read = mask & known[:, None]
        return loss + WORDS * functional.binary_cross_entropy_with_logits(
            pieces[read], wanted[read], pos_weight=torch.tensor(MARKED)
        )

    def statements(self, rows: list[Case]) -> list[Example]:
        """Whole sentences and exact statements of events: matches and hard other pairs."""
        found = []
        for row in rows:
            articles = row.event.articles
            lines = [claim_of(a, (s.start, s.end)) for a in articles.values() for s in a.sentences]
            prepared = profiles(articles, lines)
            sides = [self.reader.side(articles[one.article], one) for one in lines]
            told = {
                (group, mention.article, span)
                for group, mentions in enumerate(row.event.clusters)
                for mention in mentions
                for span in mention.spans
            }
            groups = [
                {g for g, article, span in told if article == one.article and span == one.spans[0]}
                for one in lines
            ]
            pairs = [
                (a, b)
                for a, b in itertools.combinations(range(len(lines)), 2)
                if lines[a].article != lines[b].article
            ]
            same = [(a, b) for a, b in pairs if groups[a] & groups[b]]
            other = [(a, b) for a, b in pairs if not groups[a] & groups[b]]
            likeness = [
                0.02 + 4 * cosine(prepared[a].local, prepared[b].local) ** 2 for a, b in other
            ]
            found += [Example(sides[a], sides[b], 1.0, SAME) for a, b in same]
            drawn = self.chance.choices(other, likeness, k=2 * len(same))
            found += [Example(sides[a], sides[b], 0.0, SAME) for a, b in drawn]
            parts = [
                (group, m.article, self.plain(articles[m.article].text[slice(*m.parts[0])]))
                for group, mentions in enumerate(row.event.clusters)
                for m in mentions
            ]
            crossed = [(a, b) for a, b in itertools.combinations(parts, 2) if a[1] != b[1]]
            self.chance.shuffle(crossed)
            same_parts = [(a, b) for a, b in crossed if a[0] == b[0]]
            some = len(same_parts) // 3 + 1
            found += [Example(a[2], b[2], 1.0, SAME) for a, b in same_parts[:some]]
            others = [(a, b) for a, b in crossed if a[0] != b[0]][: 2 * some]
            found += [Example(a[2], b[2], 0.0, SAME) for a, b in others]
        return found

    def written(self) -> list[Example]:
        """The written pairs; two tellings that conflict are tellings of one statement."""
        found = []
        for path in sorted((Path(__file__).parent / "pairs").glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                target = 0.0 if row["relation"] in ("topic", "unrelated") else 1.0
                sides = [self.part(row[side], row[f"{side}_claim"]) for side in "ab"]
                marks = ((), ())
                if row["relation"] == "conflict":
                    marks = tuple(_places(row[side], row[f"{side}_words"]) for side in "ab")
                    if not all(marks):
                        continue
                found.append(Example(*sides, target, SAME, marks))
        return found

    def part(self, sentence: str, words: str) -> Side:
        """A claim that is some words of a sentence; all of it where they are not found in it."""
        article, claim = alone("text", sentence)
        start = sentence.find(words)
        if start >= 0:
            claim = claim.model_copy(update={"spans": ((start, start + len(words)),)})
        return self.reader.side(article, claim)

    def claims(self, rows: list[Case]) -> list[Example]:
        """Candidate pairs of claims in their sentences: matches, half matches, hard other pairs.

        Pairs that hold two values of a conflict are matches, whether or not they are candidates.
        """
        telling, here = FEATURES.index("telling"), FEATURES.index("here")
        found = []
        for row in rows:
            sides = [
                self.reader.side(row.articles[one.claim.article], one.claim) for one in row.prepared
            ]
            disputed = row.conflicts

            def example(
                pair: tuple[int, int],
                target: float,
                sides: list[Side] = sides,
                disputed: Conflicts = disputed,
            ) -> Example:
                marks = disputed.get(pair, ((), ()))
                return Example(sides[pair[0]], sides[pair[1]], target, SAME, marks)

            same = [
                p
                for p, exact in zip(row.pairs, row.exact, strict=True)
                if exact and p not in disputed
            ]
            half = [
                p
                for p, exact, near in zip(row.pairs, row.exact, row.near, strict=True)
                if near and not exact and p not in disputed
            ]
            other = [
                (p, 0.02 + values[telling] ** 1.5 + values[here] ** 1.5)
                for p, near, values in zip(row.pairs, row.near, row.features, strict=True)
                if not near and p not in disputed
            ]
            found += [example(pair, 1.0) for pair in (*same, *disputed)]
            some = self.chance.sample(half, min(len(half), len(same) // 2))
            found += [example(pair, 0.5) for pair in some]
            pairs, weights = zip(*other, strict=True)
            found += [
                example(p, 0.0) for p in self.chance.choices(pairs, weights, k=2 * len(same) + 3)
            ]
        return found

    def some(self, examples: list[Example], share: float) -> list[Example]:
        """A share of what does not conflict, and all that does."""
        return [
            one for one in examples if (one.marks and one.marks[0]) or self.chance.random() < share
        ]

    def paraphrased(self, pairs: Sequence[tuple[str, str, float]]) -> list[Example]:
        """Paraphrases as they are, and with controlled changes."""
        agreed = [
            (Told(a, ((0, len(a)),)), Told(b, ((0, len(b)),))) for a, b, y in pairs if y >= ALIKE
        ]
        sentences = [told.text for pair in agreed for told in pair]
        names = {name for text in sentences for name in changes.NAME.findall(text)}
        found = self._changed(agreed, sorted(names), PARAPHRASE)
        return found + [
            Example(self.plain(a), self.plain(b), y, PARAPHRASE, ((), ()))
            for a, b, y in pairs
            if y >= ALIKE or y == 0.0
        ]

    def changed(self, rows: list[Case], most: int = CHANGED) -> list[Example]:
        """Controlled changes to tellings that agree: conflicts, and what looks like one."""
        agreed, names = [], set()
        for row in rows:
            cut = [excerpt(row.articles[p.claim.article], p.claim) for p in row.prepared]
            names |= {name for found in cut for name in changes.NAME.findall(found.text)}
            agreed += [
                (Told(cut[i].text, cut[i].spans), Told(cut[j].text, cut[j].spans))
                for (i, j), exact in zip(row.pairs, row.exact, strict=True)
                if exact and (i, j) not in row.conflicts
            ]
        drawn = self.chance.sample(agreed, min(most, len(agreed)))
        return self._changed(drawn, sorted(names), SAME)

    def _changed(
        self, agreed: Sequence[tuple[Told, Told]], names: Sequence[str], task: int
    ) -> list[Example]:
        found = []
        for pair in agreed:
            a, b = pair if self.chance.random() < 0.5 else pair[::-1]
            some = self.chance.sample(names, 40)
            made = list(changes.conflicting(a, b, some, self.chance))
            made = self.chance.sample(made, min(2, len(made)))
            for one in (*made, *changes.harmless(a, b, some, self.chance)):
                sides = [self.reader.cut(Excerpt(t.text, t.spans)) for t in (one.a, one.b)]
                found.append(Example(*sides, 1.0, task, one.marks))
        return found


def marked(side: Side, places: Sequence[Span]) -> list[float]:
    """For each piece of a side whether it lies in one of the places."""
    return [float(any(s < end and start < e for s, e in places)) for start, end in side.spans]


def _places(sentence: str, told: Sequence[str]) -> tuple[Span, ...]:
    """Where words stand in a sentence."""
    found = [(sentence.find(words), len(words)) for words in told]
    return tuple((start, start + size) for start, size in found if start >= 0 and size)


def begun(base: Path, out: Path, folder: Path, rows: list[Case], known: list[Case]) -> Trainer:
    """A network from the base weights after the first two stages, its tokenizer in `out`.

    `rows` are all events, whose words the tokenizer knows, `known` those to be trained on.
    """
    same_words = paraphrases(folder / "pairs")
    same_events = coreferences(folder / "ecbplus", random.Random(0))
    texts = [text for a, b, _ in same_words for text in (a, b)]
    texts += sentences(folder / "ecbplus").values()
    texts += [article.text for row in rows for article in row.articles.values()]
    strange = folder / "polnear" / "train" / "text"
    texts += [path.read_text(encoding="utf-8") for path in sorted(strange.glob("*.txt"))]
    tokenizer, kept = prune(base, texts)
    (out / "reader-tokenizer.json").write_text(tokenizer, encoding="utf-8")
    network = ReaderNetwork(len(kept))
    load_base(network, base, kept)
    trainer = Trainer(network, Reader(out / "reader.onnx"), seed=7)
    first = [Example(trainer.plain(a), trainer.plain(b), y, PARAPHRASE) for a, b, y in same_words]
    first += [Example(trainer.plain(a), trainer.plain(b), y, EVENT) for a, b, y in same_events]
    trainer.stage("pairs", [first], 8e-5)
    trainer.stage(
        "statements", [trainer.statements([row for row in known if row.event.articles])], 8e-5
    )
    return trainer


def resumed(base: Path, out: Path) -> Trainer:
    """A network with the weights of a `reader.onnx`, its tokenizer copied to `out`."""
    shutil.copyfile(base / "reader-tokenizer.json", out / "reader-tokenizer.json")
    model = onnx.load(base / "reader.onnx")
    size = next(one.dims[0] for one in model.graph.initializer if one.name == "words_q")
    network = ReaderNetwork(size)
    load_graph(network, model)
    return Trainer(network, Reader(out / "reader.onnx"), seed=7)


def main() -> None:
    """Train the stages and write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--events", type=Path, help="the names of those to train on, a line each")
    parser.add_argument("--cache", type=Path, help="see train_matcher.py")
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    rows = known = all_cases(options.eval, options.cache)
    if options.events:
        named = set(options.events.read_text(encoding="utf-8").split("\n"))
        known = [row for row in rows if row.event.name in named]
    options.out.mkdir(parents=True, exist_ok=True)
    seen = "".join(f"{row.event.name}\n" for row in known)
    (options.out / "reader-events.txt").write_text(seen, encoding="utf-8")
    if (options.base / "reader.onnx").exists():
        rounds, share, trainer = MORE, MORE_CLAIMS, resumed(options.base, options.out)
    else:
        rounds, share = ROUNDS, 1.0
        trainer = begun(options.base, options.out, options.eval, rows, known)
    for changed, passes, rate in rounds:
        if changed:
            same_words = paraphrases(options.eval / "pairs")
            trainer.stage("changes", [trainer.paraphrased(same_words)], changed)
        told = [
            trainer.some(trainer.claims(known), share) + trainer.written() + trainer.changed(known)
            for _ in range(passes)
        ]
        trainer.stage("claims", told, rate)
    trainer.network.eval()
    torch.save(trainer.network.state_dict(), options.out / "reader.pt")
    onnx.save(graph_of(trainer.network), options.out / "reader.onnx")


if __name__ == "__main__":
    main()
