"""Train the attribution tagger on PolNeAR and report token figures on dev.

    python training/train_tagger.py EVAL_DIR BASE_DIR OUT_DIR

EVAL_DIR holds `polnear/{train,dev}`, BASE_DIR the base weights and their `tokenizer.json`. Each of
`--seeds` is a run of its own; `OUT_DIR/tagger.pt` is the mean of their weights.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from factcheck.attribution.windows import LIMIT, LOWER, UPPER
from factcheck.wordpiece import WordPiece
from training.data import Document, Example, examples, read_split, reworded
from training.network import TaggerNetwork, crf_loss, load_base

BUDGET = 3072


def batches(items: list[Example], chance: random.Random) -> list[list[Example]]:
    """Group windows of like length into batches of about BUDGET pieces, in random order."""
    order = sorted(items, key=lambda item: (len(item.ids), chance.random()))
    grouped: list[list[Example]] = [[]]
    for item in order:
        if grouped[-1] and (len(grouped[-1]) + 1) * len(item.ids) > BUDGET:
            grouped.append([])
        grouped[-1].append(item)
    chance.shuffle(grouped)
    return grouped


def pad(group: list[Example]) -> dict[str, torch.Tensor]:
    """Stack windows, padded to the longest."""
    length = max(len(item.ids) for item in group)
    fields = {"ids": 0, "case": 0, "quote": 0, "tags": 0, "to_cue": -1, "to_source": -1}
    packed = {}
    for name, filler in fields.items():
        rows = np.full((len(group), length), filler, np.int64)
        for row, item in zip(rows, group, strict=True):
            row[: len(item.ids)] = getattr(item, name)
        packed[name] = torch.from_numpy(rows)
    packed["lengths"] = torch.tensor([len(item.ids) for item in group])
    packed["mask"] = torch.arange(length)[None] < packed["lengths"][:, None]
    return packed


def corrupt(
    batch: dict[str, torch.Tensor], mask_id: int, share: float, generator: torch.Generator
) -> None:
    """Hide some words, and the case of whole windows, so that the model leans on neither."""
    ids = batch["ids"]
    hidden = (torch.rand(ids.shape, generator=generator) < share) & (ids > 1100)
    ids[hidden] = mask_id
    draw = torch.rand(len(ids), generator=generator)
    batch["case"][draw < 0.05] = LOWER
    batch["case"][draw > 0.97] = UPPER


def loss_of(network: TaggerNetwork, batch: dict[str, torch.Tensor], weight: float) -> torch.Tensor:
    """Return the loss of a batch per piece: that of the tags and, weighted, that of the links."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, links = network(batch["ids"], batch["case"], batch["quote"], batch["mask"])
    loss = crf_loss(scores, network.transitions, batch["tags"], batch["lengths"])
    for number, name in enumerate(("to_cue", "to_source")):
        asked = batch[name] >= 0
        loss = loss + weight * torch.nn.functional.cross_entropy(
            links[:, number][asked], batch[name][asked], reduction="sum"
        )
    return loss / batch["lengths"].sum()


def token_f1(
    network: TaggerNetwork, documents: list[Document], special: tuple[int, int]
) -> list[float]:
    """F1 per role of the most probable tag of each piece, and the share of right links."""
    network.eval()
    right, made, wanted = np.zeros(3), np.zeros(3), np.zeros(3)
    linked, asked = np.zeros(2), np.zeros(2)
    items = [item for document in documents for item in examples(document, 0, special)]
    with torch.no_grad():
        for group in batches(items, random.Random(0)):
            batch = pad(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores, links = network(batch["ids"], batch["case"], batch["quote"], batch["mask"])
            guess, gold = (scores.argmax(-1) + 1) // 2, (batch["tags"] + 1) // 2
            guess[~batch["mask"]] = 0
            for role in range(3):
                right[role] += int(((guess == role + 1) & (gold == role + 1)).sum())
                made[role] += int((guess == role + 1).sum())
                wanted[role] += int((gold == role + 1).sum())
            for number, name in enumerate(("to_cue", "to_source")):
                here = batch[name] >= 0
                linked[number] += int((links[:, number].argmax(-1) == batch[name])[here].sum())
                asked[number] += int(here.sum())
    network.train()
    return [*(2 * right / np.maximum(made + wanted, 1)).tolist(), *(linked / asked).tolist()]


def optimizer_of(network: TaggerNetwork, rate: float) -> torch.optim.Optimizer:
    """AdamW; what is new on top of the base weights learns four times as fast."""
    heads = ("tags", "pointers", "transitions", "case", "quote")
    decayed, plain, new = [], [], []
    for name, parameter in network.named_parameters():
        if name.split(".")[0] in heads:
            new.append(parameter)
        elif parameter.ndim > 1 and name != "words.weight":
            decayed.append(parameter)
        else:
            plain.append(parameter)
    groups = [
        {"params": decayed, "lr": rate, "weight_decay": 0.01},
        {"params": plain, "lr": rate, "weight_decay": 0.0},
        {"params": new, "lr": 4 * rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, fused=True)


class Meeting:
    """Where workers average their weights now and then (local SGD, Stich, ICLR 2019).

    Every worker calls `average` after the same number of steps, so that the result depends on no
    timing.
    """

    def __init__(self, workers: int, size: int) -> None:
        self.shared = torch.zeros(workers, size).share_memory_()
        self.barrier = torch.multiprocessing.get_context("spawn").Barrier(workers)

    def average(self, rank: int, network: TaggerNetwork) -> None:
        """Replace the network's weights by the mean over all workers."""
        parameters = list(network.parameters())
        with torch.no_grad():
            self.shared[rank].copy_(torch.nn.utils.parameters_to_vector(parameters))
            self.barrier.wait()
            torch.nn.utils.vector_to_parameters(self.shared.mean(0), parameters)
            self.barrier.wait()


def start_network(base: Path) -> TaggerNetwork:
    """Return the base weights with fresh heads."""
    torch.manual_seed(0)
    network = TaggerNetwork()
    load_base(network, base)
    return network


def work(rank: int, seed: int, options: argparse.Namespace, meeting: Meeting) -> None:
    """Train on every batch whose turn it is for this worker; the first worker saves and reports."""
    torch.set_num_threads(1)
    network = start_network(options.base)
    torch.manual_seed(seed * 100 + rank)
    generator = torch.Generator().manual_seed(seed * 100 + rank)
    chance = random.Random(seed)  # the same for all: they share one order of batches
    tokenizer = WordPiece.from_file(options.base / "tokenizer.json")
    special = (tokenizer.id_of("[CLS]"), tokenizer.id_of("[SEP]"))
    mask_id = tokenizer.id_of("[MASK]")
    train = read_split(options.eval / "polnear" / "train", tokenizer)
    dev = read_split(options.eval / "polnear" / "dev", tokenizer) if rank == 0 else []
    optimizer = optimizer_of(network, options.rate)
    pieces = sum(len(document.pieces.ids) for document in train)
    planned = int(options.epochs * pieces / BUDGET * 1.07 / options.workers)
    warm = max(1, planned * 4 // 100)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.0, (planned - step) / (planned - warm))),
    )
    step, began, total = 0, time.time(), 0.0
    for epoch in range(options.epochs):
        items = []
        for document in train:
            annotator = chance.randrange(len(document.annotations))
            limit = chance.choice((96, 128, 160, LIMIT, LIMIT))
            told = reworded(document, annotator, chance, options.reworded, tokenizer)
            items += examples(told, annotator if told is document else 0, special, limit)
        grouped = batches(items, chance)
        for turn in range(len(grouped) // options.workers):
            batch = pad(grouped[turn * options.workers + rank])
            corrupt(batch, mask_id, options.masked, generator)
            loss = loss_of(network, batch, options.link_weight)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            step += 1
            total += float(loss.detach())
            if step % options.meet == 0:
                meeting.average(rank, network)
                if rank == 0:
                    seconds = time.time() - began
                    print(
                        f"step {step}/{planned} loss {total / options.meet:.4f} {seconds:.0f} s",
                        flush=True,
                    )
                total = 0.0
        meeting.average(rank, network)
        if rank == 0:
            torch.save(network.state_dict(), options.out / f"seed-{seed}.pt")
            print(f"epoch {epoch + 1} saved", flush=True)
    if rank == 0:
        figures = " ".join(f"{100 * value:.1f}" for value in token_f1(network, dev, special))
        print(f"dev tokens: source cue content, links to cue and source: {figures}")


def main() -> None:
    """Read the options, train with each seed, and average."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("eval", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--meet", type=int, default=16, help="steps between two averagings")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--link-weight", type=float, default=0.5)
    parser.add_argument("--masked", type=float, default=0.08)
    parser.add_argument("--reworded", type=float, default=0.15, help="share of new reporting words")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    size = sum(parameter.numel() for parameter in TaggerNetwork().parameters())
    for seed in options.seeds:
        meeting = Meeting(options.workers, size)
        torch.multiprocessing.spawn(work, (seed, options, meeting), options.workers)
    states = [
        torch.load(options.out / f"seed-{seed}.pt", weights_only=True) for seed in options.seeds
    ]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    torch.save(mean, options.out / "tagger.pt")


if __name__ == "__main__":
    main()
