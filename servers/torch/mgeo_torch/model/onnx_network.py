"""Computes an ONNX graph with torch, operator by operator: what runs in servers/reference runs here, on a GPU too."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F

from mgeo_torch.model.onnx_file import Node, OnnxGraph

# Shapes, axes and paddings: computing with them on a GPU would make it wait for the CPU at every step.
_MOST_SHAPE_VALUES = 16


class OnnxNetwork(torch.nn.Module):
    """Call it with the inputs by name; gives the first output. Raises ValueError for an operator that is not known here."""

    def __init__(self, graph: OnnxGraph, dtype: torch.dtype) -> None:
        super().__init__()
        self.graph_inputs = graph.inputs
        self.output = graph.outputs[0]
        self.dtype = dtype
        unknown = sorted({node.kind for node in graph.nodes} - set(_OPERATORS))
        if unknown:
            raise ValueError(f"it holds operators that are not known here: {', '.join(unknown)}")
        self.nodes = graph.nodes
        self.shapes: dict[str, torch.Tensor] = {}
        self.places: dict[str, str] = {}
        for at, (name, value) in enumerate(graph.constants.items()):
            self._keep(name, value, at)
        self.last_use = _last_uses(graph)

    def _keep(self, name: str, value: np.ndarray, at: int) -> None:
        tensor = torch.from_numpy(np.array(value))
        if tensor.dtype == torch.int64 and tensor.numel() <= _MOST_SHAPE_VALUES:
            self.shapes[name] = tensor
            return
        if tensor.is_floating_point():
            tensor = tensor.to(self.dtype)
        self.places[name] = f"constant_{at}"
        self.register_buffer(self.places[name], tensor)

    def forward(self, feeds: dict[str, torch.Tensor]) -> torch.Tensor:
        values: dict[str, torch.Tensor] = {**self.shapes, **feeds}
        for name, place in self.places.items():
            values[name] = getattr(self, place)
        for at, node in enumerate(self.nodes):
            given = [values.get(name) for name in node.inputs]
            found = _OPERATORS[node.kind](self, node, given)
            for name, value in zip(node.outputs, found if isinstance(found, tuple | list) else [found]):
                values[name] = value
            for name in self.last_use[at]:
                values.pop(name, None)
        return values[self.output]


def _last_uses(graph: OnnxGraph) -> list[list[str]]:
    """Values that nothing needs any more after each node: a graph of twelve layers would otherwise hold all of them."""
    last = {name: at for at, node in enumerate(graph.nodes) for name in node.inputs}
    uses: list[list[str]] = [[] for _ in graph.nodes]
    for name, at in last.items():
        if name not in graph.constants and name not in graph.outputs:
            uses[at].append(name)
    return uses


Given = list  # of torch.Tensor | None


def _list(value: torch.Tensor | None) -> list[int] | None:
    return None if value is None else [int(item) for item in value.reshape(-1).tolist()]


def _together(values: Given) -> Given:
    """Small integers live on the CPU; beside a value of the GPU they follow it there."""
    device = next((value.device for value in values if value.device.type != "cpu"), None)
    return values if device is None else [value.to(device) for value in values]


def _pairwise(compute: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    def run(_network: OnnxNetwork, _node: Node, given: Given) -> torch.Tensor:
        first, *rest = _together(given)
        for other in rest:
            first = compute(first, other)
        return first

    return run


def _single(compute: Callable[[torch.Tensor], torch.Tensor]) -> Callable[..., torch.Tensor]:
    return lambda _network, _node, given: compute(given[0])


def _cast(network: OnnxNetwork, node: Node, given: Given) -> torch.Tensor:
    # What the graph calls float is whatever this model computes in.
    kinds = {1: network.dtype, 6: torch.int32, 7: torch.int64, 9: torch.bool, 10: network.dtype, 11: torch.float64}
    return given[0].to(kinds[node.attributes["to"]])


def _axes(node: Node, given: Given) -> list[int] | None:
    """An input since opset 13 or 18, an attribute before."""
    found = _list(given[1]) if len(given) > 1 else node.attributes.get("axes")
    return found or None


def _reduce(compute: Callable[[torch.Tensor, list[int], bool], torch.Tensor]) -> Callable[..., torch.Tensor]:
    def run(_network: OnnxNetwork, node: Node, given: Given) -> torch.Tensor:
        axes = _axes(node, given) or list(range(given[0].dim()))
        return compute(given[0], axes, node.attributes.get("keepdims", 1) == 1)

    return run


def _shape(_network: OnnxNetwork, node: Node, given: Given) -> torch.Tensor:
    dims = list(given[0].shape)
    return torch.tensor(dims[node.attributes.get("start", 0) : node.attributes.get("end", len(dims))], dtype=torch.int64)


def _slice(_network: OnnxNetwork, _node: Node, given: Given) -> torch.Tensor:
    data, starts, ends = given[0], _list(given[1]), _list(given[2])
    axes = (_list(given[3]) if len(given) > 3 else None) or list(range(len(starts)))
    steps = (_list(given[4]) if len(given) > 4 else None) or [1] * len(starts)
    for axis, start, end, step in zip(axes, starts, ends, steps):
        size = data.shape[axis]
        first, last, _ = slice(start, end).indices(size)
        data = data.narrow(axis, first, max(0, last - first))
        if step != 1:
            data = data[(slice(None),) * (axis % data.dim()) + (slice(None, None, step),)]
    return data


def _pad(_network: OnnxNetwork, node: Node, given: Given) -> torch.Tensor:
    if node.attributes.get("mode", "constant") != "constant":
        raise ValueError("Pad repeats values, which is not known here")
    pads = _list(given[1])
    half = len(pads) // 2
    # torch counts from the last axis and wants both ends of one side by side.
    turned = [amount for axis in reversed(range(half)) for amount in (pads[axis], pads[half + axis])]
    return F.pad(given[0], turned, value=0 if len(given) < 3 or given[2] is None else given[2].item())


def _split(_network: OnnxNetwork, node: Node, given: Given) -> tuple[torch.Tensor, ...]:
    axis = node.attributes.get("axis", 0)
    sizes = _list(given[1]) if len(given) > 1 else node.attributes.get("split")
    if sizes:
        return torch.split(given[0], sizes, axis)
    return torch.chunk(given[0], len(node.outputs), axis)


def _unsqueeze(_network: OnnxNetwork, node: Node, given: Given) -> torch.Tensor:
    data, axes = given[0], _axes(node, given) or []
    rank = data.dim() + len(axes)
    for axis in sorted(axis % rank for axis in axes):
        data = data.unsqueeze(axis)
    return data


def _squeeze(_network: OnnxNetwork, node: Node, given: Given) -> torch.Tensor:
    data, axes = given[0], _axes(node, given)
    if axes is None:
        return data.squeeze()
    for axis in sorted((axis % data.dim() for axis in axes), reverse=True):
        data = data.squeeze(axis)
    return data


def _reshape(_network: OnnxNetwork, _node: Node, given: Given) -> torch.Tensor:
    wanted = _list(given[1])
    return given[0].reshape([given[0].shape[at] if size == 0 else size for at, size in enumerate(wanted)])


def _gather(_network: OnnxNetwork, node: Node, given: Given) -> torch.Tensor:
    axis = node.attributes.get("axis", 0)
    data, places = _together(given)
    flat = data.index_select(axis, places.reshape(-1).to(torch.int64))
    return flat.reshape([*data.shape[:axis], *places.shape, *data.shape[axis + 1 :]])


def _layer_norm(_network: OnnxNetwork, node: Node, given: Given) -> torch.Tensor:
    axis = node.attributes.get("axis", -1)
    bias = given[2] if len(given) > 2 else None
    return F.layer_norm(given[0], list(given[0].shape)[axis:], given[1], bias, node.attributes.get("epsilon", 1e-5))


def _constant(network: OnnxNetwork, node: Node, _given: Given) -> torch.Tensor:
    value = torch.from_numpy(np.array(node.attributes["value"]))
    return value.to(network.dtype) if value.is_floating_point() else value


_OPERATORS: dict[str, Callable] = {
    "Abs": _single(torch.abs),
    "Add": _pairwise(torch.add),
    "Cast": _cast,
    "Concat": lambda _network, node, given: torch.cat(_together(given), node.attributes["axis"]),
    "Constant": _constant,
    "Div": _pairwise(lambda a, b: torch.div(a, b, rounding_mode=None if a.is_floating_point() else "trunc")),
    "Equal": _pairwise(torch.eq),
    "Erf": _single(torch.erf),
    "Gather": _gather,
    "Gelu": _single(F.gelu),
    "Gemm": lambda _network, node, given: _gemm(node, given),
    "Greater": _pairwise(torch.gt),
    "Identity": _single(lambda value: value),
    "LayerNormalization": _layer_norm,
    "MatMul": _pairwise(torch.matmul),
    "Max": _pairwise(torch.maximum),
    "Mul": _pairwise(torch.mul),
    "Pad": _pad,
    "Pow": _pairwise(torch.pow),
    "ReduceMax": _reduce(lambda value, axes, keep: torch.amax(value, axes, keep)),
    "ReduceMean": _reduce(lambda value, axes, keep: torch.mean(value, axes, keep)),
    "ReduceSum": _reduce(lambda value, axes, keep: torch.sum(value, axes, keep)),
    "Relu": _single(torch.relu),
    "Reshape": _reshape,
    "Shape": _shape,
    "Slice": _slice,
    "Softmax": lambda _network, node, given: torch.softmax(given[0], node.attributes.get("axis", -1)),
    "Softplus": _single(F.softplus),
    "Split": _split,
    "Sqrt": _single(torch.sqrt),
    "Squeeze": _squeeze,
    "Sub": _pairwise(torch.sub),
    "Sum": _pairwise(torch.add),
    "Tanh": _single(torch.tanh),
    "Transpose": lambda _network, node, given: given[0].permute(node.attributes["perm"]),
    "Unsqueeze": _unsqueeze,
}


def _gemm(node: Node, given: Given) -> torch.Tensor:
    left = given[0].t() if node.attributes.get("transA", 0) else given[0]
    right = given[1].t() if node.attributes.get("transB", 0) else given[1]
    product = node.attributes.get("alpha", 1.0) * (left @ right)
    return product if len(given) < 3 else product + node.attributes.get("beta", 1.0) * given[2]
