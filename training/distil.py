"""Train a large teacher on the reader's task, and the reader on what the teacher says.

    python training/distil.py EVAL_DIR TEACHER_DIR OUT_DIR --events FILE [--cache FILE]

TEACHER_DIR holds `model.safetensors` and `vocab.txt` of MPNet (all-mpnet-base-v2, Apache-2.0). It
is fine-tuned on the claims, written pairs and controlled changes of the events that `--events`
names, and on the sentence pairs of `EVAL_DIR/pairs` and `EVAL_DIR/ecbplus`. Then it reads some of
these pairs, other candidates of the same events, and candidates of unlabelled news (PolNeAR and
ECB+); and the package's reader goes on from its weights to say the same (Hinton et al., 2015).
What two claims of one event have in no word in common, and is not marked as one statement, is
none: of such pairs neither network had read any, and both took them for tellings in unlike words.
Both compute in bfloat16 from weights of 32 bits. Writes `teacher.pt`, `reader.onnx`, the tokenizer
and the names of the events to OUT_DIR.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from factcheck import pipeline
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import load as ingest
from factcheck.matching.reader import MODELS, Reader, Side
from factcheck.matching.score import load_model
from training.reader_network import ReaderNetwork, graph_of, load_graph
from training.teacher_network import TeacherNetwork, load_base
from training.train_matcher import Case, all_cases, measured, sides_of
from training.train_reader import (
    BATCH,
    CONFLICT,
    EVENT,
    MARKED,
    PARAPHRASE,
    SAME,
    WORDS,
    Example,
    Trainer,
    batches,
    coreferences,
    falling,
    marked,
    padded,
    paraphrases,
    sentences,
)

# The teacher's passes, its rate, and how much faster what is new in it learns.
TAUGHT_PASSES, RATE, FASTER = 2, 4e-5, 8.0
# The share of pairs that do not match which a pass of the teacher reads.
OTHERS = 0.62
# The reader's passes over what the teacher said, and how much what is known counts beside that.
PASSES, READER_RATE, GOLD = 2, 2e-4, 0.3
# The share of the new weights in the mean with those before (Wortsman et al., 2022, "Robust
# fine-tuning"): the mean reads both real and invented events better than either.
NEW = 0.75
# How many pairs the teacher reads beside all matches and all likely candidates of events: others
# that are known, unlikely candidates of the events, and of PolNeAR.
APART, FAR, UNLIKELY = 4500, 9000, 11000
# Of so many pairs of tellings that agree, controlled changes are made: to teach the teacher, and
# for it to read.
TAUGHT, READ = 1200, 4500
# Log-odds by the features from which on a candidate of an event, of other news is likely, and from
# which on it is worth the teacher's time.
OF_EVENTS, OF_NEWS, WORTH = -2.2, -2.0, -3.3
# Of an event so many candidates below those log-odds, and pairs that are no candidates, are read as
# what they are: two statements.
UNLIKE, NO_CANDIDATES, DRAWN = 60, 16, 80


@dataclass(frozen=True)
class Soft:
    """A pair with what a teacher says: probabilities that it matches, conflicts, and of pieces."""

    a: Side
    b: Side
    same: float
    conflict: float
    marks: tuple[NDArray[np.float32], NDArray[np.float32]]


class Shortened:
    """A network in bfloat16, and the weights of 32 bits that are trained."""

    def __init__(self, network: nn.Module, rate: float, new: Sequence[nn.Parameter] = ()) -> None:
        self.network = network.bfloat16()
        self.weights = [p.detach().float().requires_grad_() for p in network.parameters()]
        quick = {id(p) for p in new}
        pairs = list(zip(self.weights, network.parameters(), strict=True))
        groups = [
            {"params": [w for w, p in pairs if (id(p) in quick) == fast], "of": rate * factor}
            for fast, factor in ((False, 1.0), (True, FASTER))
        ]
        groups = [group for group in groups if group["params"]]
        self.optimiser = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)

    def step(self, loss: Tensor, share: float) -> None:
        """Go against the gradient of a loss, at a share of the rate."""
        loss.backward()
        for weight, short in zip(self.weights, self.network.parameters(), strict=True):
            weight.grad = None if short.grad is None else short.grad.float()
            short.grad = None
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        for group in self.optimiser.param_groups:
            group["lr"] = group["of"] * share
        self.optimiser.step()
        with torch.no_grad():
            for weight, short in zip(self.weights, self.network.parameters(), strict=True):
                short.copy_(weight)

    def whole(self, network: nn.Module) -> None:
        """Copy the weights of 32 bits into a network."""
        with torch.no_grad():
            for weight, to in zip(self.weights, network.parameters(), strict=True):
                to.copy_(weight)


def taught(folder: Path, teacher: Path, known: list[Case], reader: Reader) -> TeacherNetwork:
    """MPNet, fine-tuned on everything that is known of pairs."""
    network = TeacherNetwork(_size())
    load_base(network, teacher, MODELS / "reader-tokenizer.json")
    model, trainer = Shortened(network, RATE, network.new()), Trainer(network, reader, seed=7)
    first = [
        Example(trainer.plain(a), trainer.plain(b), y, task)
        for found, task in (
            (paraphrases(folder / "pairs"), PARAPHRASE),
            (coreferences(folder / "ecbplus", random.Random(0)), EVENT),
        )
        for a, b, y in found
    ]
    made = [_some(trainer, known) for _ in range(TAUGHT_PASSES)]
    made[0] += first
    total = sum(math.ceil(len(examples) / BATCH) for examples in made)
    warm, step = max(1, total // 12), 0
    network.train()
    for examples in made:
        for batch in batches(examples, trainer.chance):
            model.step(trainer.loss(batch), falling(step, warm, total))
            step += 1
    return network.eval()


def _size() -> int:
    """How many pieces the reader knows."""
    stored = json.loads((MODELS / "reader-tokenizer.json").read_text(encoding="utf-8"))
    return len(stored["model"]["vocab"])


def _some(trainer: Trainer, known: list[Case]) -> list[Example]:
    matches, apart = _parted(trainer, known)
    drawn = trainer.chance.sample(apart, int(len(apart) * OTHERS))
    return matches + drawn + trainer.written() + trainer.changed(known, TAUGHT)


def _parted(trainer: Trainer, known: list[Case]) -> tuple[list[Example], list[Example]]:
    """The pairs of claims that match, wholly or in part, and those that do not."""
    found = trainer.claims(known)
    return [one for one in found if one.target], [one for one in found if not one.target]


def unlabelled(folder: Path, reader: Reader, chance: random.Random) -> Iterator[tuple[Side, Side]]:
    """Candidate pairs of real news: of each topic of ECB+, and of PolNeAR."""
    topics = defaultdict(lambda: defaultdict(list))
    for (name, _), text in sorted(sentences(folder / "ecbplus").items()):
        topics[name.split("_")[0]][name].append(_joined(text))
    with tempfile.TemporaryDirectory() as place:
        for documents in topics.values():
            paths = []
            for name, lines in documents.items():
                path = Path(place) / f"{Path(name).stem}.txt"
                parts = [" ".join(lines[n : n + 3]) for n in range(0, len(lines), 3)]
                path.write_text("\n\n".join(parts), encoding="utf-8")
                paths.append(path)
            yield from (pair for pair, _ in _pairs(paths, reader))
    found = _pairs(sorted((folder / "polnear" / "train" / "text").glob("*.txt")), reader)
    yield from (pair for pair, odds in found if odds > OF_NEWS)
    unlikely = [pair for pair, odds in found if odds <= OF_NEWS]
    yield from chance.sample(unlikely, min(UNLIKELY, len(unlikely)))


def _joined(text: str) -> str:
    """Tokens as a sentence is written."""
    text = re.sub(r" ([,.;:!?%)\]]|'s\b|n't\b|'[a-z]+\b)", r"\1", text)
    return re.sub(r" ?''", '"', re.sub(r"`` ?", '"', re.sub(r"([(\[$]) ", r"\1", text)))


def _pairs(paths: Sequence[Path], reader: Reader) -> list[tuple[tuple[Side, Side], float]]:
    done = pipeline.extract(ingest([str(p) for p in paths], Settings().limits)[0], Tagger())
    articles = {one.article.id: one.article for one in done}
    prepared, pairs, features = measured(articles, [c for one in done for c in one.claims])
    sides = [reader.side(articles[p.claim.article], p.claim) for p in prepared]
    return [
        ((sides[a], sides[b]), odds)
        for (a, b), odds in zip(pairs, load_model().log_odds(features), strict=True)
        if odds > WORTH
    ]


def read_by(
    network: TeacherNetwork, reader: Reader, pairs: Sequence[tuple[Side, Side]]
) -> list[tuple[float, float, NDArray[np.float32]]]:
    """What a teacher says of pairs: probabilities of a match, a conflict, and of each piece."""
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0].ids) + len(pairs[n][1].ids))
    told = [(0.0, 0.0, np.empty(0, np.float32))] * len(pairs)
    with torch.no_grad():
        for start in range(0, len(order), 2 * BATCH):
            some = order[start : start + 2 * BATCH]
            ids, kinds, mask = padded([reader.inputs(*pairs[n]) for n in some])
            tasks, pieces = (torch.sigmoid(one) for one in network(ids, kinds, mask))
            for row, n in enumerate(some):
                marks = pieces[row, : int(mask[row].sum())].numpy()
                told[n] = float(tasks[row, SAME]), float(tasks[row, CONFLICT]), marks
    return told


def softened(
    network: TeacherNetwork, reader: Reader, folder: Path, known: list[Case]
) -> list[Soft]:
    """Pairs with what the teacher says of them, and, where that is known, with what is right."""
    trainer, chance = Trainer(network, reader, seed=11), random.Random(5)
    matches, apart = _parted(trainer, known)
    gold = matches + chance.sample(apart, min(APART, len(apart)))
    gold += trainer.written() + trainer.changed(known, READ)
    pairs = [(one.a, one.b) for one in gold]
    seen, features = {*pairs, *((b, a) for a, b in pairs)}, load_model()
    far = []
    for row in known:
        odds = features.log_odds(row.features)
        sides = sides_of(row, reader)
        fresh = [n for n in np.flatnonzero(odds > WORTH) if sides[n] not in seen]
        pairs += [sides[n] for n in fresh if odds[n] > OF_EVENTS]
        far += [sides[n] for n in fresh if odds[n] <= OF_EVENTS]
    pairs += chance.sample(far, min(len(far), FAR))
    pairs += unlabelled(folder, reader, chance)
    told = read_by(network, reader, pairs)
    known_of: list[Example | None] = [*gold, *[None] * (len(pairs) - len(gold))]
    soft = [
        _soft(*pair, *said, right) for pair, said, right in zip(pairs, told, known_of, strict=True)
    ]
    apart = (pair for row in known for pair in unlike(row, reader, chance))
    return soft + [Soft(a, b, 0.0, 0.0, (_nothing(a), _nothing(b))) for a, b in apart]


def unlike(row: Case, reader: Reader, chance: random.Random) -> Iterator[tuple[Side, Side]]:
    """Pairs of claims of an event that are two statements and have little in common."""
    odds, pairs = load_model().log_odds(row.features), sides_of(row, reader)
    far = [n for n in np.flatnonzero(odds < OF_EVENTS) if not row.near[n]]
    far = [n for n in far if row.pairs[n] not in row.conflicts]
    yield from (pairs[n] for n in chance.sample(far, min(len(far), UNLIKE)))
    claims = [one.claim for one in row.prepared]
    known, found = {*row.pairs, *row.conflicts}, 0
    for _ in range(DRAWN if len(claims) > 1 else 0):
        i, j = sorted(chance.sample(range(len(claims)), 2))
        if claims[i].article != claims[j].article and not {(i, j), (j, i)} & known:
            sides = (reader.side(row.articles[one.article], one) for one in (claims[i], claims[j]))
            yield next(sides), next(sides)
            found += 1
            if found == NO_CANDIDATES:
                return


def _nothing(side: Side) -> NDArray[np.float32]:
    return np.zeros(len(side.ids), np.float32)


def _soft(
    a: Side,
    b: Side,
    same: float,
    conflict: float,
    pieces: NDArray[np.float32],
    right: Example | None,
) -> Soft:
    behind = 1 + len(a.ids)
    marks = pieces[1:behind], pieces[behind + 1 : behind + 1 + len(b.ids)]
    if right is not None:
        same = GOLD * right.target + (1 - GOLD) * same
        if right.marks is not None:
            conflict = GOLD * float(bool(right.marks[0])) + (1 - GOLD) * conflict
            one, other = (
                GOLD * np.array(marked(side, places), np.float32) + (1 - GOLD) * said
                for side, places, said in zip((a, b), right.marks, marks, strict=True)
            )
            marks = one, other
    return Soft(a, b, same, conflict, marks)


def loss(network: nn.Module, reader: Reader, batch: list[Soft], chance: random.Random) -> Tensor:
    """Cross-entropy of what the reader says with what the teacher does, in a random order."""
    rows, wanted_of = [], []
    for one in batch:
        turned = chance.random() < 0.5
        a, b, marks = (one.b, one.a, one.marks[::-1]) if turned else (one.a, one.b, one.marks)
        rows.append(reader.inputs(a, b))
        wanted_of.append(np.concatenate([[0], marks[0], [0], marks[1], [0]]).astype(np.float32))
    ids, kinds, mask = padded(rows)
    wanted = torch.zeros(ids.shape)
    for number, values in enumerate(wanted_of):
        wanted[number, : len(values)] = torch.from_numpy(values)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tasks, pieces = network(ids, kinds, mask)
    entropy = functional.binary_cross_entropy_with_logits
    told = entropy(pieces[mask], wanted[mask], pos_weight=torch.tensor(MARKED))
    same = entropy(tasks[:, SAME], torch.tensor([one.same for one in batch]))
    conflict = entropy(tasks[:, CONFLICT], torch.tensor([one.conflict for one in batch]))
    return same + conflict + WORDS * told


def distilled(reader: Reader, pairs: list[Soft]) -> ReaderNetwork:
    """The package's reader, gone on with what a teacher says of pairs."""
    stored, size = onnx.load(MODELS / "reader.onnx"), _size()
    network = ReaderNetwork(size)
    load_graph(network, stored)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    model, chance = Shortened(network, READER_RATE), random.Random(1)
    total = PASSES * math.ceil(len(pairs) / BATCH)
    warm, step = max(1, total // 15), 0
    network.train()
    for _ in range(PASSES):
        for batch in batches(pairs, chance):
            model.step(loss(network, reader, batch, chance), falling(step, warm, total))
            step += 1
    whole = ReaderNetwork(size)
    model.whole(whole)
    after = whole.state_dict()
    whole.load_state_dict({n: (1 - NEW) * before[n] + NEW * value for n, value in after.items()})
    return whole.eval()


def main() -> None:
    """Train the teacher, let it read, train the reader, and write both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--events", type=Path, required=True, help="the names of those to train on")
    parser.add_argument("--cache", type=Path, help="see train_matcher.py")
    options = parser.parse_args()
    torch.manual_seed(0)
    options.out.mkdir(parents=True, exist_ok=True)
    named = set(options.events.read_text(encoding="utf-8").split("\n"))
    known = [r for r in all_cases(options.eval, options.cache) if r.event.name in named]
    shutil.copyfile(options.events, options.out / "reader-events.txt")
    shutil.copyfile(MODELS / "reader-tokenizer.json", options.out / "reader-tokenizer.json")
    reader = Reader()
    began = time.monotonic()
    teacher = taught(options.eval, options.teacher, known, reader)
    torch.save(teacher.state_dict(), options.out / "teacher.pt")
    print(f"taught after {time.monotonic() - began:.0f} s", flush=True)
    pairs = softened(teacher, reader, options.eval, known)
    print(f"{len(pairs)} pairs read after {time.monotonic() - began:.0f} s", flush=True)
    network = distilled(reader, pairs)
    torch.save(network.state_dict(), options.out / "reader.pt")
    onnx.save(graph_of(network), options.out / "reader.onnx")


if __name__ == "__main__":
    main()
