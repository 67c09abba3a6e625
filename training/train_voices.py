"""Train the model that tells whose voice each sentence is in, and report figures on events unread.

    python -m training.train_voices EVAL_DIR OUT_DIR [--epochs N] [--check FILE]

Reads what careful readers said of sentences (`training/continued`): of the newsroom events but for
those that `held.txt` names, and of articles of PolNeAR (EVAL_DIR/polnear/train). The network goes
on from the weights of the package's tagger. Writes `continued.onnx` and `voices.pt` to OUT_DIR;
`--check` trains nothing and measures a `voices.pt`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from benchmarks.newsroom import events, loaded
from factcheck import access
from factcheck.attribution.continued_model import (
    LIMIT,
    OVERLAP,
    Framed,
    Reach,
    framed,
    placed,
    reaches,
)
from factcheck.attribution.layout import without_leads
from factcheck.attribution.tagger import MODELS
from factcheck.attribution.windows import encode
from factcheck.ingest import article_from_text
from factcheck.records import Article
from factcheck.wordpiece import WordPiece
from training.continued_network import GOES_ON, OWN, ContinuedNetwork, graph_of, load_tagger
from training.distil import Shortened
from training.voices import HELD, NEWSROOM, POLNEAR, Voice, read_voices

# Wordpieces in a batch; the lengths that windows are cut to in training.
BUDGET, LIMITS = 3072, (200, 260, 320, 380)
RATE, EPOCHS, HIDDEN = 2e-4, 4, 0.06
# Whose voice a sentence is in, as (own, reported, goes on); a reader who could not tell halves it.
TARGETS = {"-": (1, 0, 0), "=": (0, 1, 0), "+": (0, 0, 1), "?": (0.5, 0, 0.5)}


@dataclass(frozen=True)
class Read:
    """A window, and what its sentences should come out as, (sentences, 3)."""

    framed: Framed
    targets: NDArray[np.float32]
    voices: tuple[str, ...]


class Readings:
    """Articles with the voices of their sentences, cut into windows as often as one likes."""

    def __init__(self) -> None:
        self.tokenizer = WordPiece.from_file(MODELS / "reader-tokenizer.json")
        names = ("[CLS]", "[SEP]", "[MASK]")
        opening, closing, self.mask = (self.tokenizer.id_of(name) or 0 for name in names)
        self.special = (opening, closing)

    def windows(
        self, article: Article, voices: Mapping[int, Voice], limit: int, overlap: int, twice: bool
    ) -> Iterator[Read]:
        """The windows of an article; a sentence in two of them counts in both, or in the second."""
        body = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
        pieces = encode(article.text, body, self.tokenizer)
        sentences = placed(article, pieces)
        for low, high, new in reaches(sentences, pieces, limit, overlap):
            made = framed(sentences, pieces, Reach(low, high, low if twice else new), self.special)
            kinds = tuple(voices.get(n, Voice("-", "")).kind for n in made.numbers)
            yield Read(made, np.array([TARGETS[kind] for kind in kinds], np.float32), kinds)


Told = tuple[Article, Mapping[int, Voice]]


def newsroom(held: bool) -> list[Told]:
    """The articles of the events that are held out, or of the others."""
    named, voices = set(HELD.read_text(encoding="utf-8").split()), read_voices(NEWSROOM)
    return [
        (_cut(article), voices[f"{event.gold.event}/{Path(article.path).stem}"])
        for event in events("train")
        if (event.gold.event in named) == held
        for article in loaded(event)[0]
    ]


def polnear(folder: Path) -> list[Told]:
    """The articles of PolNeAR that were read."""
    texts = folder / "polnear" / "train" / "text"
    return [
        (_cut(article_from_text((texts / f"{key}.txt").read_bytes().decode(), f"{key}.txt")), told)
        for key, told in read_voices(POLNEAR).items()
    ]


def _cut(article: Article) -> Article:
    return without_leads(article.model_copy(update={"credits": access.credits(article)}))


def grouped(windows: Sequence[Read], chance: random.Random) -> list[list[Read]]:
    """Windows of like length in batches of about BUDGET pieces, in random order."""
    order = sorted(windows, key=lambda one: (len(one.framed.window.ids), chance.random()))
    found: list[list[Read]] = [[]]
    for one in order:
        if found[-1] and (len(found[-1]) + 1) * len(one.framed.window.ids) > BUDGET:
            found.append([])
        found[-1].append(one)
    chance.shuffle(found)
    return found


def padded(group: Sequence[Read]) -> tuple[list[Tensor], Tensor]:
    """The network's inputs for windows of several lengths, and the targets of all sentences."""
    length = max(len(one.framed.window.ids) for one in group)
    most = max(len(one.framed.numbers) for one in group)
    ids, case, quote = (torch.zeros((len(group), length), dtype=torch.long) for _ in range(3))
    mask = torch.zeros((len(group), length), dtype=torch.bool)
    opens = torch.zeros((len(group), most), dtype=torch.long)
    inside = torch.zeros((len(group), most, length))
    targets = torch.zeros((len(group), most, 3))
    for row, one in enumerate(group):
        window, size, told = one.framed.window, len(one.framed.window.ids), len(one.framed.numbers)
        ids[row, :size] = torch.from_numpy(window.ids)
        case[row, :size] = torch.from_numpy(window.case)
        quote[row, :size] = torch.from_numpy(window.quote)
        mask[row, :size] = True
        opens[row, :told] = torch.from_numpy(one.framed.opens)
        inside[row, :told, :size] = torch.from_numpy(one.framed.inside)
        targets[row, :told] = torch.from_numpy(one.targets)
    return [ids, case, quote, mask, opens, inside], targets


def trained(known: Sequence[Told], epochs: int) -> ContinuedNetwork:
    """The tagger's encoder, gone on with whose voice sentences are in."""
    readings, chance = Readings(), random.Random(1)
    kept = _rows()
    network = ContinuedNetwork(len(kept))
    load_tagger(network, MODELS / "tagger.onnx", kept)
    model = Shortened(network, RATE, list(network.head.parameters()))
    pieces = sum(len(readings.tokenizer.encode(article.text).ids) for article, _ in known)
    planned, step = math.ceil(epochs * pieces / BUDGET * 1.45), 0
    network.train()
    for _ in range(epochs):
        windows = [
            one
            for article, voices in known
            for one in readings.windows(article, voices, chance.choice(LIMITS), OVERLAP, True)
        ]
        for group in grouped(windows, chance):
            (ids, *others), targets = padded(group)
            hidden = (torch.rand(ids.shape) < HIDDEN) & (ids > max(readings.special)) & others[2]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(ids.masked_fill(hidden, readings.mask), *others)
            loss = -(targets * functional.log_softmax(scores, -1)).sum() / targets.sum()
            model.step(loss, max(0.01, min((step + 1) / planned * 15, 1 - step / planned)))
            step += 1
    whole = ContinuedNetwork(len(kept))
    model.whole(whole)
    return whole.eval()


def _rows() -> list[int]:
    """Which rows of the tagger's vocabulary the pieces of the reader's are."""
    small, full = (
        json.loads((MODELS / name).read_text(encoding="utf-8"))["model"]["vocab"]
        for name in ("reader-tokenizer.json", "tokenizer.json")
    )
    return [full[piece] for piece in sorted(small, key=lambda piece: int(small[piece]))]


def measure(network: ContinuedNetwork, held: Sequence[Told]) -> None:
    """Print what thresholds would take of the sentences that no words of their own report."""
    readings, odds, goes_on = Readings(), [], []
    for article, voices in held:
        for one in readings.windows(article, voices, LIMIT, OVERLAP, False):
            inputs, _ = padded([one])
            with torch.no_grad():
                scores = network(*inputs)[0].numpy()
            for row, kind in zip(scores, one.voices, strict=True):
                if kind in "-+":
                    odds.append(row[GOES_ON] - row[OWN])
                    goes_on.append(kind == "+")
    order = np.argsort(-np.array(odds))
    right = np.array(goes_on)[order]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    print(f"{right.sum()} of {len(right)} go on; AP {precision[right].mean():.3f}")
    for least in (0.3, 0.5, 0.7, 0.9):
        taken = 1 / (1 + np.exp(-np.array(odds)[order])) >= least
        print(f"{least}: {right[taken].sum()} of {taken.sum()} taken are right")


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--check", type=Path, metavar="FILE")
    options = parser.parse_args()
    torch.manual_seed(1)
    if options.check:
        network = ContinuedNetwork(len(_rows()))
        network.load_state_dict(torch.load(options.check))
        measure(network.eval(), newsroom(True))
        return
    network = trained(newsroom(False) + polnear(options.eval), options.epochs)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.out / "voices.pt")
    onnx.save(graph_of(network), options.out / "continued.onnx")
    measure(network, newsroom(True))


if __name__ == "__main__":
    main()
