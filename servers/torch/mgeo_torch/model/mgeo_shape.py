"""MGeo's architecture with seeded random weights, those of servers/reference: its cost is real, its scores mean nothing."""

from __future__ import annotations

import json
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from mgeo_torch.errors import InferenceError
from mgeo_torch.model.bert_config import count_parameters
from mgeo_torch.model.hash import hash_file
from mgeo_torch.model.onnx_file import read_onnx
from mgeo_torch.model.places import VOCAB
from mgeo_torch.model.safetensors import write_safetensors
from mgeo_torch.model.seeded_weights import seeded_weights

SEED = 20_240_607
FORMAT = 1
SHAPES = {
    "mini": {"num_hidden_layers": 4, "hidden_size": 256, "num_attention_heads": 4, "intermediate_size": 1024},
    "base": {"num_hidden_layers": 12, "hidden_size": 768, "num_attention_heads": 12, "intermediate_size": 3072},
}
EVERY = {"model_type": "bert", "vocab_size": 21_128, "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu"}
# Of the file of weights: the same on every machine.
SHA256 = {"mini": "00bb86ccb9590962b3ed35c9aadaa349bd92c9da7eab715af7c7e872b5555724", "base": "9bf7db44ad63616c7131524a62f16f4fa3eda3fcd0429f2ec011155521d91139"}

# Name in the generator to name in a checkpoint, within a layer.
_LINEARS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attention": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
_NORMS = {"attention.norm": "attention.output.LayerNorm", "norm": "output.LayerNorm"}


def shape_config(size: str) -> dict:
    """The config.json of a size."""
    return {**EVERY, **SHAPES[size]}


def _plan(config: dict) -> dict[str, tuple[list[int], str | None, float]]:
    """Checkpoint name to (shape, name in the generator, standard deviation); a constant has no name and its value instead."""
    hidden, wide = config["hidden_size"], config["intermediate_size"]
    std = 1 / (3 * math.sqrt(hidden))
    plan: dict[str, tuple[list[int], str | None, float]] = {
        "embeddings.word_embeddings.weight": ([config["vocab_size"], hidden], "embeddings.word", 1),
        "embeddings.position_embeddings.weight": ([config["max_position_embeddings"], hidden], "embeddings.position", 0.2),
        "embeddings.token_type_embeddings.weight": ([2, hidden], "embeddings.type", 0.02),
        "embeddings.LayerNorm.weight": ([hidden], None, 1),
        "embeddings.LayerNorm.bias": ([hidden], None, 0),
    }
    for index in range(config["num_hidden_layers"]):
        there = f"encoder.layer.{index}."
        for ours, theirs in _LINEARS.items():
            rows, columns = (wide, hidden) if ours == "wide" else (hidden, wide) if ours == "narrow" else (hidden, hidden)
            plan[f"{there}{theirs}.weight"] = ([rows, columns], f"layer.{index}.{ours}.weight", std)
            plan[f"{there}{theirs}.bias"] = ([rows], None, 0)
        for theirs in _NORMS.values():
            plan[f"{there}{theirs}.weight"] = ([hidden], None, 1)
            plan[f"{there}{theirs}.bias"] = ([hidden], None, 0)
    return plan


def _draw(task: tuple[str, int, float]) -> np.ndarray:
    name, count, std = task
    return seeded_weights(name, SEED, count, std)


def _tensors(config: dict, drawn: Callable[[str], np.ndarray]) -> Iterator[bytes]:
    for name, (shape, source, value) in _plan(config).items():
        if source is None:
            yield np.full(shape, value, "<f4").tobytes()
            continue
        flat = drawn(source).reshape(-1)
        # The generator's matrices lead from inputs to outputs, a checkpoint's from outputs to inputs.
        yield flat.reshape(shape).tobytes() if name.startswith("embeddings.") else np.ascontiguousarray(flat.reshape(shape[::-1]).T).tobytes()


def _write(path: str, size: str, onnx: str | None) -> None:
    config = shape_config(size)
    plan = _plan(config)
    shapes = {name: shape for name, (shape, _, _) in plan.items()}
    if onnx is not None:
        constants = read_onnx(onnx).constants
        write_safetensors(path, shapes, _tensors(config, lambda name: constants[name]))
        return
    tasks = [(source, math.prod(shape), value) for shape, source, value in plan.values() if source is not None]
    with ProcessPoolExecutor() as pool:
        # In the order in which they are written; at most a few wait in memory.
        results = dict(zip([name for name, _, _ in tasks], [pool.submit(_draw, task) for task in tasks]))
        write_safetensors(path, shapes, _tensors(config, lambda name: results.pop(name).result()))


def ensure_mgeo_shape(size: str, cache_dir: str, log: Callable[[str], None]) -> str:
    """The folder of a generated model inside `<cache_dir>/models`, made on first use. Raises InferenceError.

    Several processes may ask at once: each writes a folder of its own and moves it into place; all write the same bytes.
    """
    name = f"mgeo-shape-{size}-{FORMAT}"
    parent = os.path.join(cache_dir, "models")
    target = os.path.join(parent, f"{name}-torch")
    weights = os.path.join(target, "model.safetensors")
    if os.path.isfile(weights):
        if hash_file(weights) == SHA256[size]:
            return target
        log(f"model {name} in the cache is damaged and is made again")
    try:
        os.makedirs(parent, exist_ok=True)
        fresh = tempfile.mkdtemp(prefix=f"{name}-torch.new-", dir=parent)
        try:
            _make(fresh, size, os.path.join(parent, name, "model.onnx"), log)
            _install(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        hint = "Check the space and the rights there, or choose another folder with --cache-dir."
        raise InferenceError("model-folder", f"model {name} cannot be made in {parent}: {error.strerror}", hint) from None
    return target


def _make(folder: str, size: str, onnx: str, log: Callable[[str], None]) -> None:
    weights = os.path.join(folder, "model.safetensors")
    made = False
    if os.path.isfile(onnx):
        # The reference server has drawn them before: reading is faster than drawing. The hash below tells whether they are those.
        try:
            _write(weights, size, onnx)
            made = hash_file(weights) == SHA256[size]
        except (KeyError, ValueError):
            made = False
    if not made:
        log(f"model mgeo-shape-{size} is made for the first time")
        _write(weights, size, None)
    sha256 = hash_file(weights)
    if sha256 != SHA256[size]:
        hint = "This machine computes other bytes than the ones this version is known by; please report it."
        raise InferenceError("model-unusable", f"the generated mgeo-shape-{size} has sha256 {sha256}, expected {SHA256[size]}", hint)
    card = {
        "name": f"mgeo-shape-{size}",
        "kind": "bi-encoder",
        "pooling": "mean",
        "maxTokens": EVERY["max_position_embeddings"],
        "sha256": sha256,
        "origin": f"generated from seed {SEED}, format {FORMAT}: MGeo's architecture with random weights; its cost is real, its scores mean nothing",
        "scoresMeaningful": False,
        "parameters": count_parameters(shape_config(size)),
    }
    for name, value in (("config.json", shape_config(size)), ("model.json", card)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=2)
    shutil.copyfile(VOCAB, os.path.join(folder, "vocab.txt"))


def _install(fresh: str, target: str) -> None:
    """As a whole where there is none, file by file over a damaged one: who reads it meanwhile finds all files."""
    try:
        os.rename(fresh, target)
        return
    except OSError:
        if not os.path.isdir(target):
            raise
    for name in os.listdir(fresh):
        os.replace(os.path.join(fresh, name), os.path.join(target, name))
