"""From torch to the files that are shipped: three ONNX graphs of fused operators, their weights in eight bits.

The graphs are written out operator by operator, so the files depend on no exporter's version: the embedding and the
attention of `com.microsoft` (onnxruntime's own fused operators), matrix products, norms, and the heads. The lower half
of the layers answers by itself, for the fast reader, and hands its last layer to the upper half and to the argument
reader.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from mapper.language.heads import ARGUMENT_OUTPUTS, OUTPUTS
from mapper.language.session import ARGUMENTS_FILE, HALVES, LAYOUT
from mapper.training.encoder import EXIT, LAYERS, WIDTH, ArgumentReader, Encoder
from mapper.training.encoder import HEADS as ATTENTION_HEADS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

__all__ = ["write_onnx"]

OPSET = 17
_FUSED = "com.microsoft"


class _Graph:
    """Nodes and weights in the order they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[TensorProto] = []
        self.weight("share", np.full((WIDTH, 1), 1 / WIDTH, np.float32))
        self.weight("tiny", np.array([1e-12], np.float32))

    def weight(self, name: str, value: Tensor | NDArray[Any]) -> str:
        """Add a weight and give its name."""
        array = value if isinstance(value, np.ndarray) else value.detach().float().numpy()
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any) -> str:
        """Add an operator with one output and give the output's name."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def product(self, x: str, name: str, linear: Any) -> str:
        """Add a matrix product without its bias."""
        return self.node("MatMul", [x, self.weight(f"{name}.weight", linear.weight.T)], f"{name}.product")


def write_onnx(
    model: Encoder, reader: ArgumentReader, folder: Path,
    *, eight_bits: bool = True, notes: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Write an encoder and what reads arguments above it as the ONNX files that `mapper.language.session` opens.

    Parameters
    ----------
    model, reader
        In float32.
    folder
        Where the files go; each is written aside and renamed.
    eight_bits
        Store weights as int8, one scale a column, and quantise what flows between them as it comes.
    notes
        Kept in the files' metadata, with the names of the heads.
    """
    graphs = (_lower(model), _upper(model), _arguments(reader))
    for name, proto in zip((*HALVES, ARGUMENTS_FILE), graphs, strict=True):
        for key, value in {"heads": LAYOUT, **(notes or {})}.items():
            proto.metadata_props.add(key=key, value=value)
        aside = folder / f"{name}.part"
        if eight_bits:
            _write_in_eight_bits(proto, aside)
        else:
            onnx.save(proto, aside)
        aside.replace(folder / name)


def _write_in_eight_bits(proto: onnx.ModelProto, path: Path) -> None:
    exact = [n.name for n in proto.graph.node if n.name.startswith("head.") or "share" in n.input]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(proto, plain)
        # Seven of the eight bits: processors without VNNI add two products in sixteen bits, which overflow else.
        quantize_dynamic(
            plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=exact,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )  # fmt: skip


def _lower(model: Encoder) -> onnx.ModelProto:
    graph = _Graph()
    norm = [graph.weight("norm.gamma", model.norm.weight), graph.weight("norm.beta", model.norm.bias)]
    tables = [
        graph.weight("word", model.word.weight),
        graph.weight("position", model.position.weight),
        graph.weight("case", model.case.weight),
    ]
    graph.nodes.append(helper.make_node(
        "EmbedLayerNormalization", ["pieces", "cases", *tables, *norm], ["layer.0", "unused"],
        name="embedding", domain=_FUSED, epsilon=1e-12,
    ))  # fmt: skip
    for number, layer in enumerate(model.layers[:EXIT], start=1):
        _add_layer(graph, layer, number)
    answers = _add_head(graph, model.heads["exit"]["classes"], f"layer.{EXIT}", "classes", OUTPUTS)
    inputs = [_tensor(name, TensorProto.INT32) for name in ("pieces", "cases", "mask")]
    return _model(graph, inputs, [answers, _tensor(f"layer.{EXIT}", TensorProto.FLOAT, WIDTH)])


def _upper(model: Encoder) -> onnx.ModelProto:
    graph = _Graph()
    for number, layer in enumerate(model.layers[EXIT:], start=EXIT + 1):
        _add_layer(graph, layer, number)
    answers = _add_head(graph, model.heads["last"]["classes"], f"layer.{LAYERS}", "classes", OUTPUTS)
    inputs = [_tensor(f"layer.{EXIT}", TensorProto.FLOAT, WIDTH), _tensor("mask", TensorProto.INT32)]
    return _model(graph, inputs, [answers])


def _arguments(reader: ArgumentReader) -> onnx.ModelProto:
    graph = _Graph()
    marked = graph.node("Gather", [graph.weight("mark", reader.mark.weight), "marks"], "marked")
    graph.node("Add", [f"layer.{EXIT}", marked], "above.0")
    for number, layer in enumerate(reader.layers, start=1):
        _add_layer(graph, layer, number, stack="above")
    last = f"above.{len(reader.layers)}"
    answers = _add_head(graph, reader.head, last, "arguments", ARGUMENT_OUTPUTS)
    inputs = [
        _tensor(f"layer.{EXIT}", TensorProto.FLOAT, WIDTH),
        *(_tensor(name, TensorProto.INT32) for name in ("marks", "mask")),
    ]
    return _model(graph, inputs, [answers])


def _tensor(name: str, kind: int, *width: int) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, ["batch", "length", *width])


def _model(graph: _Graph, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
    built = helper.make_graph(graph.nodes, "mapper", inputs, outputs, graph.weights)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(built, opset_imports=opsets, ir_version=8, producer_name="mapper.training")


def _add_layer(graph: _Graph, layer: Any, number: int, *, stack: str = "layer") -> None:
    at, x = f"{stack}.{number}", f"{stack}.{number - 1}"
    attended = graph.node(
        "Attention",
        [x, graph.weight(f"{at}.qkv", layer.qkv.weight.T), graph.weight(f"{at}.qkv.bias", layer.qkv.bias), "mask"],
        f"{at}.attention", domain=_FUSED, num_heads=ATTENTION_HEADS,
    )  # fmt: skip
    y = graph.product(attended, f"{at}.attended", layer.attended)
    y = _add_norm(graph, (y, x), f"{at}.middle", linear=layer.attended, norm=layer.norm1)
    inner = [graph.product(y, f"{at}.inner", layer.inner), graph.weight(f"{at}.inner.bias", layer.inner.bias)]
    gelu = graph.node("BiasGelu", inner, f"{at}.gelu", domain=_FUSED)
    _add_norm(graph, (graph.product(gelu, f"{at}.outer", layer.outer), y), at, linear=layer.outer, norm=layer.norm2)


def _add_norm(graph: _Graph, added: tuple[str, str], name: str, *, linear: Any, norm: Any) -> str:
    """Add the sum of a product and what went round it, with the product's bias, normalised.

    In plain operators: onnxruntime's fused one walks a row number by number, and takes longer than all of these.
    """
    biased = graph.node("Add", [added[0], graph.weight(f"{name}.bias", linear.bias)], f"{name}.biased")
    total = graph.node("Add", [biased, added[1]], f"{name}.total")
    centred = graph.node("Sub", [total, _add_mean(graph, total, f"{name}.mean")], f"{name}.centred")
    squares = graph.node("Mul", [centred, centred], f"{name}.squares")
    variance = graph.node("Add", [_add_mean(graph, squares, f"{name}.mean_square"), "tiny"], f"{name}.variance")
    scaled = graph.node("Div", [centred, graph.node("Sqrt", [variance], f"{name}.deviation")], f"{name}.scaled")
    stretched = graph.node("Mul", [scaled, graph.weight(f"{name}.gamma", norm.weight)], f"{name}.stretched")
    return graph.node("Add", [stretched, graph.weight(f"{name}.beta", norm.bias)], name)


def _add_mean(graph: _Graph, x: str, name: str) -> str:
    """Add the mean over the last axis, as a product in float32: quicker than a reduction, and never in eight bits."""
    return graph.node("MatMul", [x, "share"], name)


def _add_head(graph: _Graph, linear: Any, x: str, name: str, width: int) -> onnx.ValueInfoProto:
    product = graph.product(x, f"head.{name}", linear)
    answer = graph.node("Add", [product, graph.weight(f"head.{name}.bias", linear.bias)], name)
    return _tensor(answer, TensorProto.FLOAT, width)
