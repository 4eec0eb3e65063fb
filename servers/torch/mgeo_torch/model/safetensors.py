"""The safetensors format: eight bytes of length, a JSON header, raw bytes. Nothing in it can run code."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterable

_MOST_HEADER = 100 * 2**20


def write_safetensors(path: str, shapes: dict[str, list[int]], chunks: Iterable[bytes]) -> None:
    """Float32 tensors in the order of `shapes`; `chunks` give their bytes one after another, little-endian."""
    header: dict[str, dict] = {}
    at = 0
    for name, shape in shapes.items():
        size = 4
        for length in shape:
            size *= length
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for chunk in chunks:
            file.write(chunk)


def read_header(path: str) -> tuple[dict[str, dict], int]:
    """The header, and where the bytes of the tensors begin. Raises ValueError."""
    with open(path, "rb") as file:
        head = file.read(8)
        length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
        if not 2 <= length <= min(_MOST_HEADER, os.path.getsize(path)):
            raise ValueError("it is no safetensors file")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    return header, 8 + length


def read_safetensors(path: str) -> dict:
    """Every tensor as a torch tensor. Raises ValueError."""
    import torch

    kinds = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64, "I32": torch.int32}
    header, start = read_header(path)
    with open(path, "rb") as file:
        file.seek(start)
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] not in kinds:
            raise ValueError(f"its tensor {name} is of type {entry['dtype']}, which is not known here")
        first, last = entry["data_offsets"]
        if last > len(data):
            raise ValueError("it ends too early")
        empty = first == last
        flat = torch.zeros(0, dtype=kinds[entry["dtype"]]) if empty else torch.frombuffer(memoryview(data)[first:last], dtype=kinds[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors
