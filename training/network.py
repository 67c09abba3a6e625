"""The tagger's network: a BERT encoder with two more features, a CRF over tags, two pointers."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from factcheck.attribution.windows import CASES, QUOTE_STATES

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
WIDTH, HEADS, INNER, LAYERS, POSITIONS, VOCABULARY = 384, 12, 1536, 6, 512, 30522
POINTER = 64


class PooledDropout(nn.Module):
    """Dropout with masks cut from one random pool, renewed now and then: much cheaper on a CPU."""

    SIZE = 1 << 24

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.uses = 0
        self.pool = torch.zeros(0, dtype=torch.bfloat16)

    def forward(self, x: Tensor) -> Tensor:
        """Drop a share of the values in training."""
        if not self.training or not self.share:
            return x
        if self.uses % 4096 == 0:
            kept = torch.rand(self.SIZE) >= self.share
            self.pool = kept.to(torch.bfloat16) / (1 - self.share)
        self.uses += 1
        first = int(torch.randint(self.SIZE - x.numel(), ()))
        return x * self.pool[first : first + x.numel()].view(x.shape)


class Layer(nn.Module):
    """A post-norm transformer layer."""

    def __init__(self, dropout: nn.Module) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Transform (batch, length, width); `bias` is added to the attention logits."""
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = heads[0], heads[1], heads[2]
        with torch.autocast("cpu", enabled=False):
            key = key * (WIDTH // HEADS) ** -0.5
            weights = torch.softmax(query @ key.transpose(-1, -2) + bias, -1)
            mixed = (weights @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


def through(layers: nn.ModuleList, x: Tensor, mask: Tensor) -> Tensor:
    """Transform (batch, length, width) by layers; nothing attends to what `mask` leaves out."""
    bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None]
    if torch.is_autocast_enabled("cpu"):
        bias = bias.bfloat16()
    for layer in layers:
        x = layer(x, bias)
    return x


class TaggerNetwork(nn.Module):
    """Wordpieces and features in; tag scores and two pointer scores out.

    `forward` takes ids, case, quote and mask, each (batch, length), and returns tag scores (batch,
    length, labels) and pointer logits (batch, 2, length, length): from each piece to the piece that
    opens its cue (as if it were content), and to the one that opens its source (as if it were a
    cue); position 0, [CLS], stands for "none".
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.quote = nn.Embedding(QUOTE_STATES, WIDTH)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quote.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = PooledDropout(dropout)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.tags = nn.Linear(WIDTH, len(LABELS))
        self.pointers = nn.Linear(WIDTH, 4 * POINTER)
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))

    def forward(
        self, ids: Tensor, case: Tensor, quote: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return tag scores and pointer logits."""
        places = torch.arange(ids.shape[1])
        x = self.words(ids) + self.positions(places) + self.case(case) + self.quote(quote)
        x = self.dropout(self.norm(x))
        x = through(self.layers, x, mask)
        split = self.pointers(x).unflatten(-1, (4, POINTER)).transpose(1, 2)
        links = split[:, :2] @ split[:, 2:].transpose(-1, -2) / math.sqrt(POINTER)
        links = links.float().masked_fill(~mask[:, None, None], -1e4)
        return self.tags(x).float(), links


def read_base(folder: Path) -> dict[str, Tensor]:
    """Return the weights of a BERT model, `model.safetensors` in `folder`, by plain names."""
    base = load_file(folder / "model.safetensors")
    return {name.removeprefix("bert."): value for name, value in base.items()}


def load_layers(norm: nn.LayerNorm, layers: nn.ModuleList, base: dict[str, Tensor]) -> None:
    """Copy what follows the embeddings of a BERT model: their norm and the encoder's layers."""
    with torch.no_grad():
        _copy(norm, base, "embeddings.LayerNorm")
        for index, layer in enumerate(layers):
            assert isinstance(layer, Layer)
            at = f"encoder.layer.{index}."
            for part in ("weight", "bias"):
                names = [f"{at}attention.self.{name}.{part}" for name in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat([base[name] for name in names]))
            _copy(layer.out, base, f"{at}attention.output.dense")
            _copy(layer.norm1, base, f"{at}attention.output.LayerNorm")
            _copy(layer.up, base, f"{at}intermediate.dense")
            _copy(layer.down, base, f"{at}output.dense")
            _copy(layer.norm2, base, f"{at}output.LayerNorm")


def read_graph(graph: onnx.ModelProto) -> dict[str, NDArray[np.generic]]:
    """Return the constants of a graph that `training.export.Graph` built, by name."""
    return {one.name: numpy_helper.to_array(one) for one in graph.graph.initializer}


def put(to: Tensor, value: NDArray[np.generic]) -> None:
    """Copy an array into a parameter."""
    to.copy_(torch.from_numpy(np.ascontiguousarray(value).astype(np.float32)))


def load_encoder(
    norm: nn.LayerNorm, layers: nn.ModuleList, stored: dict[str, NDArray[np.generic]]
) -> None:
    """Copy what follows the embeddings of a graph's constants: their norm and the layers."""
    with torch.no_grad():
        _put_norm(norm, stored, "norm")
        for index, layer in enumerate(layers):
            assert isinstance(layer, Layer)
            for name in ("qkv", "out", "up", "down"):
                at, linear = f"l{index}_{name}", getattr(layer, name)
                put(linear.weight, (stored[f"{at}_q"] * stored[f"{at}_s"]).T)
                put(linear.bias, stored[f"{at}_b"])
            _put_norm(layer.norm1, stored, f"l{index}_n1")
            _put_norm(layer.norm2, stored, f"l{index}_n2")


def _put_norm(to: nn.LayerNorm, stored: dict[str, NDArray[np.generic]], name: str) -> None:
    put(to.weight, stored[f"{name}_g"])
    put(to.bias, stored[f"{name}_b"])


def load_base(network: TaggerNetwork, folder: Path) -> None:
    """Copy the encoder weights of a BERT model, `model.safetensors` in `folder`."""
    base = read_base(folder)
    with torch.no_grad():
        network.words.weight.copy_(base["embeddings.word_embeddings.weight"])
        kinds = base["embeddings.token_type_embeddings.weight"]
        network.positions.weight.copy_(base["embeddings.position_embeddings.weight"] + kinds[0])
    load_layers(network.norm, network.layers, base)


def _copy(module: nn.Linear | nn.LayerNorm, base: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(base[f"{name}.weight"])
    module.bias.copy_(base[f"{name}.bias"])


def crf_loss(scores: Tensor, transitions: Tensor, labels: Tensor, lengths: Tensor) -> Tensor:
    """Return the negative log-likelihood of label sequences (Lafferty et al., ICML 2001), summed.

    `scores` (batch, length, labels), `transitions` (from, to), `labels` (batch, length), `lengths`
    (batch,).
    """
    rows = torch.arange(len(labels))
    places = torch.arange(labels.shape[1])
    inside = places[None] < lengths[:, None]
    gold = (scores.gather(-1, labels[..., None])[..., 0] * inside).sum()
    gold = gold + (transitions[labels[:, :-1], labels[:, 1:]] * inside[:, 1:]).sum()
    alpha, *others = scores.unbind(1)
    alphas = [alpha]
    for score in others:
        alpha = torch.logsumexp(alpha[:, :, None] + transitions, 1) + score
        alphas.append(alpha)
    last = torch.stack(alphas, 1)[rows, lengths - 1]
    return torch.logsumexp(last, -1).sum() - gold
