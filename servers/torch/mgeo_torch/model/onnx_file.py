"""Reads an ONNX file without the onnx package: just enough of onnx.proto (IR version 8) for encoder graphs."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np

# Numbers of TensorProto.DataType, and where such a tensor keeps values that are not raw bytes.
_DTYPES = {1: "<f4", 2: "u1", 3: "i1", 6: "<i4", 7: "<i8", 9: "?", 10: "<f2", 11: "<f8"}


@dataclass
class Node:
    """One operator: its kind, names of values in and out, and its attributes."""

    kind: str
    inputs: list[str]
    outputs: list[str]
    attributes: dict[str, object]


@dataclass
class OnnxGraph:
    """Nodes in an order in which they can be computed."""

    nodes: list[Node] = field(default_factory=list)
    constants: dict[str, np.ndarray] = field(default_factory=dict)
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)


def read_onnx(path: str) -> OnnxGraph:
    """Raises ValueError for what is no ONNX file, or one whose weights lie in other files."""
    with open(path, "rb") as file:
        data = memoryview(file.read())
    try:
        for number, value in _fields(data):
            if number == 7:
                return _graph(_bytes(value))
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise ValueError(f"it is damaged: {error}") from None
    raise ValueError("it holds no graph")


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError("it is no protobuf file")


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _fields(data: memoryview):
    """(number, value) of every field: int for a varint or bytes for all else."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        wire = tag & 7
        if wire == 0:
            value, at = _varint(data, at)
        elif wire in (1, 2, 5):
            size = {1: 8, 5: 4}.get(wire)
            if size is None:
                size, at = _varint(data, at)
            if at + size > len(data):
                raise ValueError("it ends too early")
            value, at = data[at : at + size], at + size
        else:
            raise ValueError("it is no protobuf file")
        yield tag >> 3, value


def _bytes(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise ValueError("it is no ONNX file")
    return value


def _text(value: int | memoryview) -> str:
    return str(_bytes(value), "utf-8")


def _integers(value: int | memoryview) -> list[int]:
    """A repeated integer field, packed or one by one."""
    if isinstance(value, int):
        return [_signed(value)]
    found, at = [], 0
    while at < len(value):
        item, at = _varint(value, at)
        found.append(_signed(item))
    return found


def _graph(data: memoryview) -> OnnxGraph:
    graph = OnnxGraph()
    for number, value in _fields(data):
        if number == 1:
            graph.nodes.append(_node(_bytes(value)))
        elif number == 5:
            name, tensor = _tensor(_bytes(value))
            graph.constants[name] = tensor
        elif number in (11, 12):
            name = next((_text(part) for at, part in _fields(_bytes(value)) if at == 1), "")
            (graph.inputs if number == 11 else graph.outputs).append(name)
    # Older files list their weights among the inputs too.
    graph.inputs = [name for name in graph.inputs if name not in graph.constants]
    return graph


def _node(data: memoryview) -> Node:
    node = Node("", [], [], {})
    for number, value in _fields(data):
        if number == 1:
            node.inputs.append(_text(value))
        elif number == 2:
            node.outputs.append(_text(value))
        elif number == 4:
            node.kind = _text(value)
        elif number == 5:
            name, content = _attribute(_bytes(value))
            node.attributes[name] = content
        elif number == 7 and _text(value) not in ("", "ai.onnx"):
            raise ValueError(f"it holds operators of {_text(value)}, which are not part of ONNX itself")
    return node


def _attribute(data: memoryview) -> tuple[str, object]:
    name, content, many = "", None, []
    for number, value in _fields(data):
        if number == 1:
            name = _text(value)
        elif number == 2:
            content = struct.unpack("<f", _bytes(value))[0]
        elif number == 3:
            content = _integers(value)[0]
        elif number == 4:
            content = _text(value)
        elif number == 5:
            content = _tensor(_bytes(value))[1]
        elif number == 8:
            many += _integers(value)
    return name, content if content is not None else many


def _tensor(data: memoryview) -> tuple[str, np.ndarray]:
    name, dims, kind, raw, values = "", [], 0, None, None
    for number, value in _fields(data):
        if number == 1:
            dims += _integers(value)
        elif number == 2:
            kind = int(value)  # type: ignore[arg-type]
        elif number == 4:
            values = np.frombuffer(_bytes(value), "<f4")
        elif number in (5, 7):
            values = np.array(([] if values is None else list(values)) + _integers(value), "<i8")
        elif number == 8:
            name = _text(value)
        elif number == 9:
            raw = _bytes(value)
        elif number == 13:
            raise ValueError("its weights lie in another file")
    if kind not in _DTYPES:
        raise ValueError(f"tensor {name} is of a type that is not known here ({kind})")
    dtype = np.dtype(_DTYPES[kind])
    flat = np.frombuffer(raw, dtype) if raw is not None else np.zeros(0, dtype) if values is None else values.astype(dtype)
    return name, flat.reshape(dims)
