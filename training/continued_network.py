"""The network that tells whose voice each sentence of an article is in, and its ONNX graph."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from factcheck.attribution.continued_model import LONGEST
from factcheck.attribution.windows import CASES, QUOTE_STATES
from training.export import MICROSOFT, Graph, encoder
from training.network import LAYERS, WIDTH, Layer, PooledDropout

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
        bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None]
        if torch.is_autocast_enabled("cpu"):
            bias = bias.bfloat16()
        for layer in self.layers:
            x = layer(x, bias)
        first = torch.gather(x, 1, opens[..., None].expand(-1, -1, WIDTH))
        mean = inside.to(x.dtype) @ x
        return self.head(self.dropout(torch.cat([first, mean], -1))).float()


def load_tagger(network: ContinuedNetwork, graph: Path, kept: list[int]) -> None:
    """Copy the weights of a tagger's graph; row n of the vocabulary is its row `kept[n]`."""
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(graph).graph.initializer}

    def copy(to: Tensor, value: np.ndarray) -> None:
        to.copy_(torch.from_numpy(np.ascontiguousarray(value).astype(np.float32)))

    with torch.no_grad():
        copy(network.words.weight, (stored["words_q"] * stored["words_s"])[kept])
        copy(network.positions.weight, stored["places"][:LONGEST])
        copy(network.case.weight, stored["case_w"])
        copy(network.quote.weight, stored["quote_w"])
        copy(network.norm.weight, stored["norm_g"])
        copy(network.norm.bias, stored["norm_b"])
        for index, layer in enumerate(network.layers):
            assert isinstance(layer, Layer)
            for name in ("qkv", "out", "up", "down"):
                at, linear = f"l{index}_{name}", getattr(layer, name)
                copy(linear.weight, (stored[f"{at}_q"] * stored[f"{at}_s"]).T)
                copy(linear.bias, stored[f"{at}_b"])
            for number, norm in enumerate((layer.norm1, layer.norm2), 1):
                copy(norm.weight, stored[f"l{index}_n{number}_g"])
                copy(norm.bias, stored[f"l{index}_n{number}_b"])


def graph_of(network: ContinuedNetwork, bits: int = 7) -> onnx.ModelProto:
    """The int8 graph of one window: ids, case, quote (length,), opens (sentences,), inside
    (sentences, length) to `goes_on` (sentences,), the log-odds of going on against its own voice.
    """
    graph = Graph(bits)
    node, constant = graph.node, graph.constant
    parts = [graph.table("words", network.words.weight.detach().numpy(), "ids")]
    length = node("Shape", ["ids"], "length")
    zero = constant("zero", np.array([0], np.int64))
    places = constant("places", network.positions.weight.detach().numpy())
    parts.append(node("Slice", [places, zero, length], "place"))
    for name in ("case", "quote"):
        weight = constant(f"{name}_w", getattr(network, name).weight.detach().numpy())
        parts.append(node("Gather", [weight, name], f"{name}_e"))
    x = parts[0]
    for index, part in enumerate(parts[1:]):
        x = node("Add", [x, part], f"sum{index}")
    x = graph.norm("norm", node("Unsqueeze", [x, zero], "batch"), network.norm)
    x = node("Squeeze", [encoder(graph, network.layers, x), zero], "flat")
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
