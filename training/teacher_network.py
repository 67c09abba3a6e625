"""The teacher's network: MPNet (Song et al., NeurIPS 2020) with the heads of the reader."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.network import PooledDropout
from training.reader_network import KINDS, TASKS

WIDTH, HEADS, INNER, LAYERS, POSITIONS = 768, 12, 3072, 12, 514
# Positions begin behind that of the padding; distances fall into so many buckets, half for each
# direction, and from the largest on they are one.
FIRST, BUCKETS, FARTHEST = 2, 32, 128
# What the reader's vocabulary calls by other names.
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


class Layer(nn.Module):
    """A post-norm transformer layer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5)

    def forward(self, x: Tensor, bias: Tensor, dropout: nn.Module) -> Tensor:
        """Transform (batch, length, width); `bias` is added to the attention logits."""
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = heads[0], heads[1] * (WIDTH // HEADS) ** -0.5, heads[2]
        weights = torch.softmax(query @ key.transpose(-1, -2) + bias, -1)
        mixed = (weights @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + dropout(self.out(mixed)))
        return self.norm2(x + dropout(self.down(functional.gelu(self.up(x)))))


class TeacherNetwork(nn.Module):
    """The reader's inputs and outputs (see `ReaderNetwork`), with twice its width and layers."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kinds = nn.Embedding(KINDS, WIDTH)
        nn.init.zeros_(self.kinds.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.distances = nn.Embedding(BUCKETS, HEADS)
        self.head = nn.Linear(2 * WIDTH, TASKS)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.marks = nn.Linear(WIDTH, 1)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.constant_(self.marks.bias, -3.0)
        self.dropout = PooledDropout(dropout)

    def new(self) -> list[nn.Parameter]:
        """What the base does not have, and is learned from nothing."""
        return [p for part in (self.head, self.marks, self.kinds) for p in part.parameters()]

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the log-odds of the tasks, (batch, TASKS), and of the pieces, (batch, length)."""
        length = ids.shape[1]
        x = self.words(ids) + self.positions(torch.arange(length) + FIRST) + self.kinds(kinds)
        x = self.dropout(self.norm(x))
        bias = self.distances(buckets(length)).permute(2, 0, 1)[None]
        bias = bias.masked_fill(~mask[:, None, None], -1e4)
        for layer in self.layers:
            x = layer(x, bias, self.dropout)
        inside = mask.unsqueeze(-1).to(x.dtype)
        mean = (x * inside).sum(1) / inside.sum(1)
        tasks = self.head(self.dropout(torch.cat([x[:, 0], mean], -1))).float()
        return tasks, self.marks(self.dropout(x)).squeeze(-1).float()


def buckets(length: int) -> Tensor:
    """The bucket of each distance, (length, length), as T5 cuts them (Raffel et al., JMLR 2020)."""
    places = torch.arange(length)
    back = places[:, None] - places[None, :]
    half = BUCKETS // 2
    apart, exact = back.abs(), half // 2
    scale = (half - exact) / math.log(FARTHEST / exact)
    far = exact + (torch.log(apart.float().clamp(min=1) / exact) * scale).long()
    return (back < 0).long() * half + torch.where(apart < exact, apart, far.clamp(max=half - 1))


def load_base(network: TeacherNetwork, folder: Path, tokenizer: Path) -> None:
    """Copy MPNet's weights; the rows of its vocabulary are those of a reader's tokenizer."""
    stored = load_file(folder / "model.safetensors")
    base = {name.removeprefix("mpnet."): value for name, value in stored.items()}
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    known = {name: number for number, name in enumerate(lines)}
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    kept = [
        known[SPECIAL.get(name, name)] for name in sorted(vocabulary, key=vocabulary.__getitem__)
    ]

    def copy(to: nn.Linear | nn.LayerNorm, name: str) -> None:
        to.weight.copy_(base[f"{name}.weight"])
        to.bias.copy_(base[f"{name}.bias"])

    with torch.no_grad():
        network.words.weight.copy_(base["embeddings.word_embeddings.weight"][kept])
        network.positions.weight.copy_(base["embeddings.position_embeddings.weight"])
        network.distances.weight.copy_(base["encoder.relative_attention_bias.weight"])
        copy(network.norm, "embeddings.LayerNorm")
        for index, layer in enumerate(network.layers):
            assert isinstance(layer, Layer)
            at = f"encoder.layer.{index}"
            for part in ("weight", "bias"):
                rows = [base[f"{at}.attention.attn.{name}.{part}"] for name in "qkv"]
                getattr(layer.qkv, part).copy_(torch.cat(rows))
            copy(layer.out, f"{at}.attention.attn.o")
            copy(layer.norm1, f"{at}.attention.LayerNorm")
            copy(layer.up, f"{at}.intermediate.dense")
            copy(layer.down, f"{at}.output.dense")
            copy(layer.norm2, f"{at}.output.LayerNorm")
