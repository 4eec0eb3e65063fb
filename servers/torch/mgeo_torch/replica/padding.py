"""Rows of one run: texts padded to the longest of them, as servers/reference/inference/padded-batch.ts pads them."""

from __future__ import annotations

import numpy as np


def _pad(rows: list[np.ndarray]) -> np.ndarray:
    out = np.zeros((len(rows), max(len(row) for row in rows)), np.int64)
    for at, row in enumerate(rows):
        out[at, : len(row)] = row
    return out


def pad_texts(texts: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Inputs of a text encoder: ids, mask, and types that are all zero."""
    ids = _pad(texts)
    mask = _pad([np.ones(len(text), np.int64) for text in texts])
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}


def pad_pairs(texts: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Two texts a row, as BERT reads them: [CLS] a [SEP] b [SEP], types 1 from b on."""
    pairs = [(left, right[1:]) for left, right in zip(texts[::2], texts[1::2])]
    batch = pad_texts([np.concatenate(pair) for pair in pairs])
    for at, (left, right) in enumerate(pairs):
        batch["token_type_ids"][at, len(left) : len(left) + len(right)] = 1
    return batch


def pad_sides(texts: list[np.ndarray]) -> dict[str, np.ndarray]:
    """The two sides of pairs, each padded for itself; 0 is padding."""
    return {"left": _pad(texts[::2]), "right": _pad(texts[1::2])}
