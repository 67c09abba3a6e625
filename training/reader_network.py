"""The reader's network: a BERT encoder over two claims in their sentences, and its ONNX graph."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from factcheck.matching.reader import LIMIT
from training.export import MICROSOFT, Graph, encoder
from training.network import (
    LAYERS,
    POSITIONS,
    WIDTH,
    Layer,
    PooledDropout,
    load_layers,
    read_base,
)

KINDS = 8  # side, + 2 where both sides have the word, + 4 inside the claim
TASKS = 3  # same statement, paraphrase, same event
LONGEST = 2 * LIMIT + 3


class ReaderNetwork(nn.Module):
    """Pieces and kinds in; for each task the log-odds that it is so out.

    `forward` takes ids, kinds and mask, each (batch, length), and returns (batch, TASKS).
    """

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kinds = nn.Embedding(KINDS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = PooledDropout(dropout)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.head = nn.Linear(2 * WIDTH, TASKS)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Return the log-odds of the tasks."""
        places = torch.arange(ids.shape[1])
        x = self.words(ids) + self.positions(places) + self.kinds(kinds)
        x = self.dropout(self.norm(x))
        bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None]
        if torch.is_autocast_enabled("cpu"):
            bias = bias.bfloat16()
        for layer in self.layers:
            x = layer(x, bias)
        inside = mask.unsqueeze(-1).to(x.dtype)
        mean = (x * inside).sum(1) / inside.sum(1)
        return self.head(self.dropout(torch.cat([x[:, 0], mean], -1))).float()


def load_base(network: ReaderNetwork, folder: Path, kept: list[int]) -> None:
    """Copy a BERT model's weights; row n of the vocabulary is row `kept[n]` of the model's."""
    base = read_base(folder)
    with torch.no_grad():
        network.words.weight.copy_(base["embeddings.word_embeddings.weight"][kept])
        network.positions.weight.copy_(base["embeddings.position_embeddings.weight"])
        kinds = base["embeddings.token_type_embeddings.weight"]
        network.kinds.weight.copy_(kinds.repeat(KINDS // len(kinds), 1))
    load_layers(network.norm, network.layers, base)


def graph_of(network: ReaderNetwork, bits: int = 7) -> onnx.ModelProto:
    """The int8 graph from ids and kinds (length,) to the log-odds of the first task (1,)."""
    graph = Graph(bits)
    node, constant = graph.node, graph.constant
    words = graph.table("words", network.words.weight.detach().numpy(), "ids")
    length = node("Shape", ["ids"], "length")
    zero = constant("zero", np.array([0], np.int64))
    places = constant("places", network.positions.weight.detach().numpy()[:LONGEST])
    place = node("Slice", [places, zero, length], "place")
    kind = node(
        "Gather", [constant("kinds_w", network.kinds.weight.detach().numpy()), "kinds"], "kind"
    )
    x = node("Add", [node("Add", [words, place], "sum0"), kind], "sum1")
    x = graph.norm("norm", node("Unsqueeze", [x, zero], "batch"), network.norm)
    x = encoder(graph, network.layers, x)
    one = constant("one", np.array([1], np.int64))
    opening = node("Squeeze", [node("Slice", [x, zero, one, one], "first"), one], "opening")
    mean = node("ReduceMean", [x, one], "mean", keepdims=0)
    both = node("Concat", [opening, mean], "both", axis=1)
    weight = constant("head_w", network.head.weight.detach().numpy()[:1].T)
    bias = constant("head_b", network.head.bias.detach().numpy()[:1])
    node("Squeeze", [node("Gemm", [both, weight, bias], "logits"), one], "same")

    def value(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    made = helper.make_graph(
        graph.nodes,
        "reader",
        [value(name, TensorProto.INT64, "length") for name in ("ids", "kinds")],
        [value("same", TensorProto.FLOAT, 1)],
        list(graph.constants.values()),
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="factcheck")
