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
    load_encoder,
    load_layers,
    put,
    read_base,
    read_graph,
    through,
)

KINDS = 8  # side, + 2 where both sides have the word, + 4 inside the claim
TASKS = 4  # same statement, paraphrase, same event, conflict
LONGEST = 2 * LIMIT + 3


class ReaderNetwork(nn.Module):
    """Pieces and kinds in; for each task, and for each piece, the log-odds that it is so out.

    `forward` takes ids, kinds and mask, each (batch, length), and returns the log-odds of the
    tasks, (batch, TASKS), and for each piece those that it is one of the words that conflict,
    (batch, length).
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
        self.marks = nn.Linear(WIDTH, 1)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.constant_(self.marks.bias, -3.0)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the log-odds of the tasks and of the pieces."""
        places = torch.arange(ids.shape[1])
        x = self.words(ids) + self.positions(places) + self.kinds(kinds)
        x = self.dropout(self.norm(x))
        x = through(self.layers, x, mask)
        inside = mask.unsqueeze(-1).to(x.dtype)
        mean = (x * inside).sum(1) / inside.sum(1)
        tasks = self.head(self.dropout(torch.cat([x[:, 0], mean], -1))).float()
        return tasks, self.marks(self.dropout(x)).squeeze(-1).float()


def load_base(network: ReaderNetwork, folder: Path, kept: list[int]) -> None:
    """Copy a BERT model's weights; row n of the vocabulary is row `kept[n]` of the model's."""
    base = read_base(folder)
    with torch.no_grad():
        network.words.weight.copy_(base["embeddings.word_embeddings.weight"][kept])
        network.positions.weight.copy_(base["embeddings.position_embeddings.weight"])
        kinds = base["embeddings.token_type_embeddings.weight"]
        network.kinds.weight.copy_(kinds.repeat(KINDS // len(kinds), 1))
    load_layers(network.norm, network.layers, base)


def load_graph(network: ReaderNetwork, model: onnx.ModelProto) -> None:
    """Copy the weights of a graph that `graph_of` made, to go on from them.

    The heads of the two tasks that the graph leaves out (paraphrase, same event) stay as they are.
    """
    stored = read_graph(model)
    load_encoder(network.norm, network.layers, stored)
    with torch.no_grad():
        put(network.words.weight, stored["words_q"] * stored["words_s"])
        put(network.positions.weight[:LONGEST], stored["places"])
        put(network.kinds.weight, stored["kinds_w"])
        for name, row in (("same", 0), ("conflict", TASKS - 1)):
            put(network.head.weight[row], stored[f"{name}_w"][:, 0])
            put(network.head.bias[row : row + 1], stored[f"{name}_b"])
        put(network.marks.weight, stored["marks_w"].T)
        put(network.marks.bias, stored["marks_b"])


def graph_of(network: ReaderNetwork, bits: int = 7) -> onnx.ModelProto:
    """The int8 graph from ids and kinds (length,) to log-odds.

    `same` and `conflict` (1,) are those of the first and of the last task, `words` (length,) those
    that a piece is one of the words that conflict.
    """
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
    for name, row in (("same", 0), ("conflict", TASKS - 1)):
        weight = constant(f"{name}_w", network.head.weight.detach().numpy()[row : row + 1].T)
        bias = constant(f"{name}_b", network.head.bias.detach().numpy()[row : row + 1])
        node("Squeeze", [node("Gemm", [both, weight, bias], f"{name}_logit"), one], name)
    pieces = node("Squeeze", [x, zero], "pieces")
    weight = constant("marks_w", network.marks.weight.detach().numpy().T)
    bias = constant("marks_b", network.marks.bias.detach().numpy())
    node("Squeeze", [node("Gemm", [pieces, weight, bias], "marks"), one], "words")

    def value(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    made = helper.make_graph(
        graph.nodes,
        "reader",
        [value(name, TensorProto.INT64, "length") for name in ("ids", "kinds")],
        [
            value("same", TensorProto.FLOAT, 1),
            value("conflict", TensorProto.FLOAT, 1),
            value("words", TensorProto.FLOAT, "length"),
        ],
        list(graph.constants.values()),
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="factcheck")
