"""Write the trained network as an int8 ONNX graph, and check it against the float network.

    python training/export.py CHECKPOINT BASE_DIR OUT_DIR [--eval EVAL_DIR]

The graph is built by hand from fused operators, one window without padding per run. Weights are
symmetric 7-bit integers per output column (8 bits would overflow the 16-bit sums of processors
without VNNI instructions); activations are quantised by the range of the window at hand.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Protocol

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from factcheck.attribution.windows import LIMIT
from factcheck.wordpiece import WordPiece
from training.data import Document, examples, read_split
from training.network import HEADS, LABELS, POINTER, Layer, TaggerNetwork

AGREEMENT = 0.98
SAMPLE = 20
WINDOW = 2 * LIMIT + 2  # every piece a block of its own, at worst
MICROSOFT = "com.microsoft"


class Graph:
    """An ONNX graph under construction."""

    def __init__(self, bits: int) -> None:
        self.top = 2 ** (bits - 1) - 1
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Store a constant under a name, once."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(
        self,
        kind: str,
        inputs: list[str],
        name: str,
        domain: str = "",
        outputs: int = 1,
        **attributes: object,
    ) -> str:
        """Add an operator; return the name of its (first) output."""
        names = [name] if outputs == 1 else [f"{name}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name, domain=domain, **attributes))
        return names[0]

    def table(self, name: str, value: NDArray[np.float32], index: str) -> str:
        """Look rows up in a table of 8-bit integers with one scale per row."""
        scale = np.maximum(np.abs(value).max(1, keepdims=True), 1e-12) / 127
        rows = self.constant(f"{name}_q", np.round(value / scale).astype(np.int8))
        scales = self.constant(f"{name}_s", scale.astype(np.float32))
        row = self.node("Gather", [rows, index], f"{name}_row")
        real = self.node("Cast", [row], f"{name}_real", to=TensorProto.FLOAT)
        factor = self.node("Gather", [scales, index], f"{name}_scale")
        return self.node("Mul", [real, factor], f"{name}_out")

    def linear(self, name: str, x: str, module: torch.nn.Linear, bias: bool = True) -> str:
        """Multiply by integer weights, one scale per output column."""
        weight = module.weight.detach().numpy().T
        scale = (np.maximum(np.abs(weight).max(0), 1e-12) / self.top).astype(np.float32)
        inputs = [
            x,
            self.constant(f"{name}_q", np.round(weight / scale).astype(np.int8)),
            self.constant(f"{name}_s", scale),
            self.constant(f"{name}_z", np.zeros(len(scale), np.int8)),
        ]
        if bias:
            inputs.append(self.constant(f"{name}_b", module.bias.detach().numpy()))
        return self.node("DynamicQuantizeMatMul", inputs, name, MICROSOFT)

    def norm(self, name: str, x: str, module: torch.nn.LayerNorm, skip: str = "") -> str:
        """Normalise a layer, after the sum with `skip` where there is one."""
        gamma = self.constant(f"{name}_g", module.weight.detach().numpy())
        beta = self.constant(f"{name}_b", module.bias.detach().numpy())
        if skip:
            x = self.node("Add", [x, skip], f"{name}_sum")
        return self.node("LayerNormalization", [x, gamma, beta], name, epsilon=1e-12)


def encoder(graph: Graph, layers: nn.ModuleList, x: str) -> str:
    """Add the encoder's layers to a graph, and return the name of their output."""
    for index, layer in enumerate(layers):
        assert isinstance(layer, Layer)
        at = f"l{index}_"
        qkv = graph.linear(f"{at}qkv", x, layer.qkv)
        graph.node("Split", [qkv], f"{at}head", outputs=3, axis=2, num_outputs=3)
        heads = [f"{at}head_{part}" for part in range(3)]
        mixed = graph.node("MultiHeadAttention", heads, f"{at}mix", MICROSOFT, num_heads=HEADS)
        x = graph.norm(f"{at}n1", graph.linear(f"{at}out", mixed, layer.out), layer.norm1, x)
        inner = graph.linear(f"{at}up", x, layer.up, bias=False)
        bias = graph.constant(f"{at}up_b", layer.up.bias.detach().numpy())
        inner = graph.node("BiasGelu", [inner, bias], f"{at}gelu", MICROSOFT)
        x = graph.norm(f"{at}n2", graph.linear(f"{at}down", inner, layer.down), layer.norm2, x)
    return x


class Windowed(Protocol):
    """A network over wordpieces with the tagger's features."""

    words: nn.Embedding
    positions: nn.Embedding
    case: nn.Embedding
    quote: nn.Embedding
    norm: nn.LayerNorm
    layers: nn.ModuleList


def encoded(graph: Graph, network: Windowed, most: int) -> str:
    """Add embeddings and encoder over ids, case and quote (length,), of `most` pieces at most;
    return the name of their output, (length, width).
    """
    node, constant = graph.node, graph.constant
    parts = [graph.table("words", network.words.weight.detach().numpy(), "ids")]
    length = node("Shape", ["ids"], "length")
    zero = constant("zero", np.array([0], np.int64))
    places = constant("places", network.positions.weight.detach().numpy()[:most])
    parts.append(node("Slice", [places, zero, length], "place"))
    for name in ("case", "quote"):
        weight = constant(f"{name}_w", getattr(network, name).weight.detach().numpy())
        parts.append(node("Gather", [weight, name], f"{name}_e"))
    x = parts[0]
    for index, part in enumerate(parts[1:]):
        x = node("Add", [x, part], f"sum{index}")
    x = node("Unsqueeze", [x, zero], "batch")
    x = graph.norm("norm", x, network.norm)
    x = encoder(graph, network.layers, x)
    return node("Squeeze", [x, zero], "flat")


def build(network: TaggerNetwork, bits: int = 7) -> onnx.ModelProto:
    """Return the graph from ids, case, quote (length,) to the `tags` and `links` of `Scored`."""
    graph = Graph(bits)
    node, constant = graph.node, graph.constant
    x = encoded(graph, network, WINDOW)
    zero = constant("zero", np.array([0], np.int64))
    weight = constant("tags_w", network.tags.weight.detach().numpy().T)
    node("Gemm", [x, weight, constant("tags_b", network.tags.bias.detach().numpy())], "tags")
    weight = constant("pointers_w", network.pointers.weight.detach().numpy().T)
    both = node(
        "Gemm", [x, weight, constant("pointers_b", network.pointers.bias.detach().numpy())], "both"
    )
    shape = constant("shape", np.array([0, 4, POINTER], np.int64))
    split = node("Transpose", [node("Reshape", [both, shape], "four")], "turned", perm=[1, 0, 2])
    two, four = constant("two", np.array([2], np.int64)), constant("end", np.array([4], np.int64))
    rows = node("Slice", [split, zero, two], "rows")
    columns = node(
        "Transpose", [node("Slice", [split, two, four], "cols")], "colst", perm=[0, 2, 1]
    )
    scores = node("MatMul", [rows, columns], "scores")
    scores = node(
        "Mul", [scores, constant("factor", np.array(POINTER**-0.5, np.float32))], "scaled"
    )
    node("Softmax", [scores], "links", axis=-1)

    def value(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    made = helper.make_graph(
        graph.nodes,
        "tagger",
        [value(name, TensorProto.INT64, "length") for name in ("ids", "case", "quote")],
        [
            value("tags", TensorProto.FLOAT, "length", len(LABELS)),
            value("links", TensorProto.FLOAT, 2, "length", "length"),
        ],
        list(graph.constants.values()),
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="factcheck")


def compare(
    network: TaggerNetwork, model: onnx.ModelProto, documents: list[Document], tokenizer: WordPiece
) -> tuple[float, float]:
    """Return the share of pieces with the same best tag, and the mean difference of their links.

    Links are compared where they are asked for: from the content pieces and the cue pieces.
    """
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    special = (tokenizer.id_of("[CLS]"), tokenizer.id_of("[SEP]"))
    same, apart, pieces, links = 0, 0.0, 0, 0
    for item in (item for document in documents for item in examples(document, 0, special)):
        inputs = {"ids": item.ids, "case": item.case, "quote": item.quote}
        tags, pointers = session.run(None, inputs)
        tensors = [torch.from_numpy(value)[None] for value in inputs.values()]
        with torch.no_grad():
            exact, logits = network(*tensors, torch.ones_like(tensors[0], dtype=torch.bool))
        same += int((tags.argmax(-1) == exact[0].argmax(-1).numpy()).sum())
        pieces += len(item.ids)
        for layer, asked in enumerate((item.to_cue >= 0, item.to_source >= 0)):
            difference = pointers[layer] - logits[0, layer].softmax(-1).numpy()
            apart += float(np.abs(difference[asked]).sum()) / 2
            links += int(asked.sum())
    return same / pieces, apart / links


def main() -> None:
    """Write the three files of the model, and say how they compare with the network."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--eval", type=Path, help="compare with the float network on its dev split")
    parser.add_argument("--link", type=float, default=0.35, help="see Decoding.link")
    options = parser.parse_args()
    network = TaggerNetwork()
    network.load_state_dict(torch.load(options.checkpoint, weights_only=True))
    network.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    model = build(network)
    onnx.save(model, options.out / "tagger.onnx")
    settings = {
        "labels": list(LABELS),
        "transitions": [[round(value, 4) for value in row] for row in network.transitions.tolist()],
        "link": options.link,
    }
    (options.out / "tagger.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    tokenizer = WordPiece.from_file(options.base / "tokenizer.json")
    shutil.copyfile(options.base / "tokenizer.json", options.out / "tokenizer.json")
    if options.eval:
        torch.set_num_threads(1)
        dev = read_split(options.eval / "polnear" / "dev", tokenizer)[:SAMPLE]
        same, apart = compare(network, model, dev, tokenizer)
        print(
            f"{len(dev)} articles of dev: {100 * same:.2f} % of pieces keep their best tag,", end=""
        )
        print(f" links differ by {apart:.4f} on average")
        if same < AGREEMENT:
            raise SystemExit("the quantised model is too far from the float one")
    print(sum(path.stat().st_size for path in options.out.iterdir()) / 1e6, "MB")


if __name__ == "__main__":
    main()
