"""config.json of a BERT: what this server needs of it, and what it cannot do."""

from __future__ import annotations

import json

from mgeo_torch.errors import InferenceError

_NEEDED = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "max_position_embeddings")
# `mgeo` is what ModelScope calls MGeo.
_FAMILIES = ("bert", "mgeo")
_ACTIVATIONS = ("gelu", "relu", "gelu_new")
_GRADES = ("not", "partial", "exact")


def read_config(path: str) -> dict:
    """Raises InferenceError for another family than BERT's: its weights might fit and its answers be noise."""
    try:
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
    except ValueError as error:
        raise InferenceError("model-folder", f"{path} is not JSON: {error}") from None
    if not isinstance(config, dict):
        raise InferenceError("model-folder", f"{path} holds no object")
    for key in _NEEDED:
        if type(config.get(key)) is not int or config[key] < 1:
            raise InferenceError("model-folder", f"{path} has no usable {key}", "It must describe a BERT encoder.")
    _refuse_unless(path, "model_type", config.get("model_type", "bert"), _FAMILIES)
    _refuse_unless(path, "hidden_act", config.get("hidden_act", "gelu"), _ACTIVATIONS)
    _refuse_unless(path, "position_embedding_type", config.get("position_embedding_type", "absolute"), ("absolute",))
    if config["hidden_size"] % config["num_attention_heads"] != 0:
        raise InferenceError("model-folder", f"{path}: hidden_size is not a multiple of num_attention_heads")
    return config


def _refuse_unless(path: str, key: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InferenceError("model-folder", f"{path} has {key} {json.dumps(value)}; this server knows {', '.join(known)}")


def is_classifier(config: dict) -> bool:
    """A model fine-tuned on pairs says so by its architecture, or by naming three labels."""
    return any("ForSequenceClassification" in str(name) for name in config.get("architectures") or []) or len(_labels(config)) == 3


def _labels(config: dict) -> list[str]:
    """Names of the classifier's rows, in their order; without names (LABEL_0 …) none."""
    named = config.get("id2label")
    if not isinstance(named, dict):
        turned = config.get("label2id")
        named = {place: name for name, place in turned.items()} if isinstance(turned, dict) else {}
    names = [str(name) for _, name in sorted(named.items(), key=lambda item: int(item[0]))]
    return [] if any(name.startswith("LABEL_") for name in names) else names


def classifier_order(config: dict, order: list[str] | None, folder: str) -> list[int]:
    """Which rows of the classifier are not, partial and exact. A wrong order would turn answers round without a word, so none is guessed."""
    names = order or _labels(config)
    rows = [[at for at, name in enumerate(names) if name.lower().startswith(grade)] for grade in _GRADES]
    if len(names) == 3 and all(len(found) == 1 for found in rows):
        return [found[0] for found in rows]
    raise InferenceError(
        "model-folder",
        f"the classifier of {folder} does not name its labels not, partial and exact",
        'Write their order into model.json beside it, as in {"labelOrder": ["exact", "not", "partial"]}.',
    )


def text_layers(config: dict) -> int:
    """MGeo's text encoder ends at `fusion_layer`: what lies above attends to what is no text."""
    return min(config["num_hidden_layers"], config.get("fusion_layer") or config["num_hidden_layers"])


def count_parameters(config: dict, classes: int | None = None) -> int:
    """Weights of the encoder, as servers/reference counts them; with pooler and classifier where there are classes."""
    hidden, wide = config["hidden_size"], config["intermediate_size"]
    tables = (config["vocab_size"] + config["max_position_embeddings"] + config.get("type_vocab_size", 2)) * hidden + 2 * hidden
    layer = 4 * (hidden * hidden + hidden) + 2 * hidden * wide + wide + hidden + 4 * hidden
    head = 0 if classes is None else hidden * hidden + hidden + (hidden + 1) * classes
    return tables + text_layers(config) * layer + head
