"""`model.json`: what a graph or a checkpoint does not say of itself."""

from __future__ import annotations

import json
import re

from mgeo_torch.errors import InferenceError

LAYOUT_HINT = "A model folder holds model.onnx, model.json and vocab.txt, or config.json, weights and vocab.txt; servers/torch/README.md shows both."
_SHA = re.compile(r"[0-9a-f]{64}")


def _whole(least: int, most: int = 1 << 53):
    return lambda value: type(value) is int and least <= value <= most


def _text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _hash(value: object) -> bool:
    return isinstance(value, str) and _SHA.fullmatch(value) is not None


def _numbers(value: object, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(type(item) in (int, float) for item in value)


# Key: what a value must be, and in words.
_KEYS = {
    "name": (_text, "text"),
    "kind": (lambda value: value in ("bi-encoder", "cross-encoder"), "bi-encoder or cross-encoder"),
    "tokenizer": (lambda value: value in ("wordpiece", "address"), "wordpiece or address"),
    "pooling": (lambda value: value in ("mean", "cls"), "mean or cls"),
    "negative": (_whole(0), "a whole number"),
    "maxTokens": (_whole(8, 4096), "a whole number from 8 to 4096"),
    "sha256": (_hash, "64 lower-case hexadecimal digits"),
    "int8Sha256": (_hash, "64 lower-case hexadecimal digits"),
    "fp16Sha256": (_hash, "64 lower-case hexadecimal digits"),
    "vocabSha256": (_hash, "64 lower-case hexadecimal digits"),
    "origin": (_text, "text"),
    "scoresMeaningful": (lambda value: type(value) is bool, "true or false"),
    "layers": (_whole(1), "a whole number"),
    "hidden": (_whole(1), "a whole number"),
    "parameters": (_whole(1), "a whole number"),
    "labels": (lambda value: isinstance(value, dict), "a rule"),
    "labelOrder": (
        lambda value: isinstance(value, list) and sorted(map(str, value)) == ["exact", "not", "partial"],
        "not, partial and exact in the order of the classifier's rows",
    ),
}
_NEEDED = ("name", "kind", "maxTokens", "sha256", "origin", "scoresMeaningful", "layers", "hidden", "parameters")


def read_card(path: str, whole: bool = True) -> dict:
    """`whole`: everything a graph leaves out must be there; of a BERT folder config.json tells most. Raises InferenceError."""
    try:
        with open(path, encoding="utf-8") as file:
            card = json.load(file)
    except ValueError as error:
        raise InferenceError("model-folder", f"{path} is not JSON: {error}", LAYOUT_HINT) from None
    problems = ["it is no object"] if not isinstance(card, dict) else list(_problems(card, whole))
    if problems:
        raise InferenceError("model-folder", f"{path} is not a model card: {'; '.join(problems)}", LAYOUT_HINT)
    return card


def _problems(card: dict, whole: bool):
    for key, value in card.items():
        if key not in _KEYS:
            yield f"{key} is not known"
        elif not _KEYS[key][0](value):
            yield f"{key} must be {_KEYS[key][1]}"
    if whole:
        needed = [*_NEEDED, "pooling"] if card.get("kind") == "bi-encoder" else _NEEDED
        yield from (f"{key} is missing" for key in needed if key not in card)
    if _whole(1)(card.get("hidden")) and _whole(0)(card.get("negative", 0)) and card.get("negative", 0) >= card["hidden"]:
        yield "negative must lie below hidden"
    labels = card.get("labels")
    if not isinstance(labels, dict):
        return
    if "logitBias" in labels:
        if not _numbers(labels["logitBias"], 3):
            yield "labels.logitBias must be three numbers"
    elif not _numbers([labels.get("partial"), labels.get("exact")], 2):
        yield "labels must hold logitBias, or partial and exact"
    elif labels["partial"] > labels["exact"]:
        yield "labels.partial must not lie above labels.exact"
