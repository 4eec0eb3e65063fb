"""The random numbers of servers/reference/model/seeded-weights.ts: the same weights from the same seed, bit by bit."""

from __future__ import annotations

import math
from array import array

import numpy as np

_MASK = 0xFFFFFFFF


def _hash_name(name: str, seed: int) -> int:
    """FNV-1a: gives every tensor a stream of its own."""
    value = (0x811C9DC5 ^ seed) & _MASK
    for character in name:
        value = ((value ^ ord(character)) * 0x01000193) & _MASK
    return value


def seeded_weights(name: str, seed: int, count: int, std: float) -> np.ndarray:
    """`count` float32 values by sfc32, uniform with mean 0 and the given standard deviation."""
    a, b, c, counter = _hash_name(name, seed), 0x9E3779B9, 0x243F6A88, 1
    drawn = array("I", bytes(4 * count))
    for at in range(-12, count):
        result = (a + b + counter) & _MASK
        counter = (counter + 1) & _MASK
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & _MASK
        c = (((c << 21) | (c >> 11)) + result) & _MASK
        if at >= 0:
            drawn[at] = result
    step = std * math.sqrt(3) / 2**31
    return (np.frombuffer(drawn, np.int32).astype(np.float64) * step).astype("<f4")
