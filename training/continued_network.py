"""The network that tells whose voice each sentence of an article is in, and its ONNX graph."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from factcheck.attribution.continued_model import LONGEST
from factcheck.attribution.windows import CASES, QUOTE_STATES
from training.export import MICROSOFT, Graph, encoded
from training.network import (
    LAYERS,
    WIDTH,
    Layer,
    PooledDropout,
    load_encoder,
    put,
    read_graph,
    through,
)

OWN, SAID, GOES_ON = range(3)


class ContinuedNetwork(nn.Module):
    """The tagger's encoder, and for each sentence the scores of three voices.

    `forward` takes ids, case, quote and mask, each (batch, length), `opens` (batch, sentences), the
    piece that each sentence begins with, and `inside` (batch, sentences, length), the weights of
    the mean over its pieces. It returns (batch, sentences, 3): the outlet's own voice, reported by
    words of its own, going on with somebody before.
    """

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(LONGEST, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.quote = nn.Embedding(QUOTE_STATES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = PooledDropout(dropout)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.head = nn.Linear(2 * WIDTH, 3)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(
        self, ids: Tensor, case: Tensor, quote: Tensor, mask: Tensor, opens: Tensor, inside: Tensor
    ) -> Tensor:
        """Return the scores of the voices."""
        places = torch.arange(ids.shape[1])
        x = self.words(ids) + self.positions(places) + self.case(case) + self.quote(quote)
        x = self.dropout(self.norm(x))
        x = through(self.layers, x, mask)
        first = torch.gather(x, 1, opens[..., None].expand(-1, -1, WIDTH))
        mean = inside.to(x.dtype) @ x
        return self.head(self.dropout(torch.cat([first, mean], -1))).float()


def load_tagger(network: ContinuedNetwork, graph: Path, kept: list[int]) -> None:
    """Copy the weights of a tagger's graph; row n of the vocabulary is its row `kept[n]`."""
    stored = read_graph(onnx.load(graph))
    load_encoder(network.norm, network.layers, stored)
    with torch.no_grad():
        put(network.words.weight, (stored["words_q"] * stored["words_s"])[kept])
        put(network.positions.weight, stored["places"][:LONGEST])
        put(network.case.weight, stored["case_w"])
        put(network.quote.weight, stored["quote_w"])


def graph_of(network: ContinuedNetwork, bits: int = 7) -> onnx.ModelProto:
    """The int8 graph of one window: ids, case, quote (length,), opens (sentences,), inside
    (sentences, length) to `goes_on` (sentences,), the log-odds of going on against its own voice.
    """
    graph = Graph(bits)
    node, constant = graph.node, graph.constant
    x = encoded(graph, network, LONGEST)
    both = [node("Gather", [x, "opens"], "first"), node("MatMul", ["inside", x], "mean")]
    told = node("Concat", both, "both", axis=1)
    weight = network.head.weight[GOES_ON] - network.head.weight[OWN]
    bias = network.head.bias[GOES_ON] - network.head.bias[OWN]
    row = constant("head_w", weight.detach().numpy()[:, None])
    odds = node("Gemm", [told, row, constant("head_b", bias.detach().numpy()[None])], "odds")
    node("Squeeze", [odds, constant("one", np.array([1], np.int64))], "goes_on")

    def value(name: str, kind: int, *shape: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    made = helper.make_graph(
        graph.nodes,
        "continued",
        [
            *(value(name, TensorProto.INT64, "length") for name in ("ids", "case", "quote")),
            value("opens", TensorProto.INT64, "sentences"),
            value("inside", TensorProto.FLOAT, "sentences", "length"),
        ],
        [value("goes_on", TensorProto.FLOAT, "sentences")],
        list(graph.constants.values()),
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="factcheck")
