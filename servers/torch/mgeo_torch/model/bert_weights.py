"""Weights from a checkpoint into a BertEncoder: every one of them, or an error. A load that leaves some random says nothing by itself."""

from __future__ import annotations

import torch
from torch import Tensor

from mgeo_torch.model.bert import BertEncoder

_WORDS = "embeddings.word_embeddings.weight"

# Our name to BERT's, within a layer; `qkv` is three of theirs.
_LAYER = {
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}
_TABLES = {"words": "word_embeddings", "places": "position_embeddings", "types": "token_type_embeddings"}


def find_prefix(weights: dict[str, Tensor], vocab_size: int, hidden: int) -> str:
    """What stands before `embeddings.` in the keys: nothing, `bert.`, MGeo's `bert.text_encoder.` …

    MGeo also holds an encoder of coordinates; it is told from the text's by its name and size. Raises ValueError.
    """
    found = [key[: -len(_WORDS)] for key in weights if key.endswith(_WORDS)]
    fitting = [prefix for prefix in found if tuple(weights[prefix + _WORDS].shape) == (vocab_size, hidden)]
    if not fitting:
        if not found:
            raise ValueError(f"no key of it ends in {_WORDS}: it holds no BERT encoder")
        shape = " × ".join(str(size) for size in weights[found[0] + _WORDS].shape)
        raise ValueError(f"{found[0]}{_WORDS} is {shape}, but config.json says {vocab_size} × {hidden}")
    return min(fitting, key=lambda prefix: ("text_encoder" not in prefix, "gis" in prefix, len(prefix)))


def load_weights(model: BertEncoder, checkpoint: dict[str, Tensor], vocab_size: int, hidden: int, fresh_head: bool = False) -> bool:
    """Raises ValueError that names the first weight missing or of the wrong shape.

    `fresh_head`: pooler and classifier may be absent, together, and stay as they are: for training. True when they were there.
    """
    weights = {_modern(key): value for key, value in checkpoint.items()}
    prefix = find_prefix(weights, vocab_size, hidden)
    taken: dict[str, Tensor] = {}

    def take(name: str) -> Tensor:
        if name not in weights:
            raise ValueError(f"it has no {name}; a load without it would leave weights random")
        return weights[name]

    has_head = model.classifier is not None
    if fresh_head:
        has_head = has_head and _classifier(weights, "weight") in weights and f"{prefix}pooler.dense.weight" in weights
    for ours, theirs in _TABLES.items():
        taken[f"{ours}.weight"] = take(f"{prefix}embeddings.{theirs}.weight")
    for part in ("weight", "bias"):
        taken[f"norm.{part}"] = take(f"{prefix}embeddings.LayerNorm.{part}")
        for index in range(len(model.layers)):
            there = f"{prefix}encoder.layer.{index}."
            qkv = [take(f"{there}attention.self.{name}.{part}") for name in ("query", "key", "value")]
            taken[f"layers.{index}.qkv.{part}"] = torch.cat(qkv)
            for ours, theirs in _LAYER.items():
                taken[f"layers.{index}.{ours}.{part}"] = take(f"{there}{theirs}.{part}")
        if has_head:
            taken[f"pooler.{part}"] = take(f"{prefix}pooler.dense.{part}")
            taken[f"classifier.{part}"] = take(_classifier(weights, part))
    own = model.state_dict()
    _check_shapes(own, taken)
    model.load_state_dict({**own, **taken})
    return has_head


def _check_shapes(own: dict[str, Tensor], taken: dict[str, Tensor]) -> None:
    for name, value in taken.items():
        if own[name].shape != value.shape:
            raise ValueError(f"its {name} is {list(value.shape)}, but config.json asks for {list(own[name].shape)}")


def _modern(key: str) -> str:
    """Checkpoints that came from TensorFlow call the weights of a norm gamma and beta."""
    return key.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias")


def _classifier(weights: dict[str, Tensor], part: str) -> str:
    found = [key for key in weights if key.endswith(f"classifier.{part}")]
    return min(found, key=len) if found else f"classifier.{part}"


def to_checkpoint(model: BertEncoder) -> dict[str, Tensor]:
    """The way back: weights under the names that BertForSequenceClassification has."""
    own = model.state_dict()
    out: dict[str, Tensor] = {}
    for ours, theirs in _TABLES.items():
        out[f"bert.embeddings.{theirs}.weight"] = own[f"{ours}.weight"]
    for part in ("weight", "bias"):
        out[f"bert.embeddings.LayerNorm.{part}"] = own[f"norm.{part}"]
        for index in range(len(model.layers)):
            there = f"bert.encoder.layer.{index}."
            for name, value in zip(("query", "key", "value"), own[f"layers.{index}.qkv.{part}"].chunk(3)):
                out[f"{there}attention.self.{name}.{part}"] = value
            for ours, theirs in _LAYER.items():
                out[f"{there}{theirs}.{part}"] = own[f"layers.{index}.{ours}.{part}"]
        if model.classifier is not None:
            out[f"bert.pooler.dense.{part}"] = own[f"pooler.{part}"]
            out[f"classifier.{part}"] = own[f"classifier.{part}"]
    return out
