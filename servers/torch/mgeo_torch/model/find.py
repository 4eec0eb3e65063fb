"""From what `--model` says to files that are whole: nothing here needs torch."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable

from mgeo_torch.errors import InferenceError
from mgeo_torch.model.address_tokenizer import AddressTokenizer
from mgeo_torch.model.bert_config import classifier_order, count_parameters, is_classifier, read_config, text_layers
from mgeo_torch.model.card import LAYOUT_HINT, read_card
from mgeo_torch.model.hash import hash_file
from mgeo_torch.model.info import LABEL_COUNT, ModelFiles, ModelInfo
from mgeo_torch.model.mgeo_shape import ensure_mgeo_shape
from mgeo_torch.model.modelscope import MGEO, fetch_from_modelscope
from mgeo_torch.model.places import SHIPPED, usual_cache_dir
from mgeo_torch.model.tokenizer import WordPieceTokenizer
from mgeo_torch.model.vocabulary import check_vocabulary

GENERATED = {"mgeo-shape-mini": "mini", "mgeo-shape-base": "base"}
BERT_WEIGHTS = ("model.safetensors", "pytorch_model.bin")


def find_model(name: str, cache_dir: str | None, log: Callable[[str], None]) -> ModelFiles:
    """Finds, makes or fetches the model and checks its files. Raises InferenceError."""
    try:
        return _find(name, cache_dir, log)
    except OSError as error:
        raise InferenceError("model-folder", f"{error.filename or name} cannot be read: {error.strerror}") from None


def _find(name: str, cache_dir: str | None, log: Callable[[str], None]) -> ModelFiles:
    if name in GENERATED:
        return load_folder(ensure_mgeo_shape(GENERATED[name], cache_dir or usual_cache_dir(), log))
    if name == "mgeo" or name.startswith("modelscope:"):
        model_id = MGEO if name == "mgeo" else name.removeprefix("modelscope:")
        return load_folder(fetch_from_modelscope(model_id), name=model_id, origin=f"{model_id} from ModelScope")
    path = SHIPPED.get(name) or os.path.abspath(name)
    if re.fullmatch(r"[\w-]+", name) and not os.path.exists(path):
        if name in SHIPPED:
            raise _refuse(f"the model {name} is not here: {path} does not exist", "It comes with the project's source tree.")
        known = ", ".join([*SHIPPED, *GENERATED, "mgeo"])
        raise _refuse(f'there is no model "{name}", and no folder of this name here', f"By name there are {known}; anything else is the path of a model folder.")
    return load_folder(path)


def load_folder(path: str, name: str | None = None, origin: str | None = None) -> ModelFiles:
    """A folder of servers/reference (model.onnx, model.json, vocab.txt), or a BERT one (config.json, weights, vocab.txt).

    Raises InferenceError, or OSError for what the system does not let be read.
    """
    if not os.path.isdir(path):
        raise _refuse(f"model folder {path} {'is not a folder' if os.path.exists(path) else 'does not exist'}")
    if os.path.isfile(os.path.join(path, "config.json")):
        return _bert_folder(path, name, origin)
    for wanted in ("model.json", "model.onnx", "vocab.txt"):
        if not os.path.isfile(os.path.join(path, wanted)):
            raise _refuse(f"model folder {path} has no {wanted}{' and no config.json' if wanted == 'model.json' else ''}")
    return _onnx_folder(path)


def _refuse(message: str, hint: str = LAYOUT_HINT) -> InferenceError:
    return InferenceError("model-folder", message, hint)


def _check_hash(path: str, expected: str | None) -> str:
    sha256 = hash_file(path)
    if expected is not None and sha256 != expected:
        hint = "The file is damaged or was replaced: fetch it again, or put its new hash into model.json if the change is meant."
        raise _refuse(f"{path} has sha256 {sha256}, but model.json says {expected}", hint)
    return sha256


def read_tokenizer(path: str, kind: str) -> WordPieceTokenizer | AddressTokenizer:
    """Of a vocab.txt; `kind` is wordpiece or address. Raises InferenceError."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return (AddressTokenizer if kind == "address" else WordPieceTokenizer)(file.read())
    except ValueError as error:
        raise _refuse(f"{path} is unusable: {error}") from None
    except OSError as error:
        raise _refuse(f"{path} cannot be read: {error.strerror}") from None


def _refuse_cased(path: str) -> None:
    """A model that tells upper from lower case would be fed tokens it was not trained on, and answer without a word."""
    try:
        with open(path, encoding="utf-8") as file:
            settings = json.load(file)
    except (OSError, ValueError):
        return
    if isinstance(settings, dict) and settings.get("do_lower_case") is False:
        raise _refuse(f"{path} says do_lower_case false; this server reads texts in lower case, as bert-base-chinese and MGeo do", "Take a model with an uncased vocabulary.")


def _onnx_folder(path: str) -> ModelFiles:
    card = read_card(os.path.join(path, "model.json"))
    weights = os.path.join(path, "model.onnx")
    sha256 = _check_hash(weights, card["sha256"])
    if "vocabSha256" in card:
        _check_hash(os.path.join(path, "vocab.txt"), card["vocabSha256"])
    tokenizer = read_tokenizer(os.path.join(path, "vocab.txt"), card.get("tokenizer", "wordpiece"))
    info = ModelInfo(
        name=card["name"],
        kind=card["kind"],
        sha256=sha256,
        origin=card["origin"],
        layers=card["layers"],
        hidden=card["hidden"],
        vocab_size=tokenizer.vocab_size,
        max_tokens=card["maxTokens"],
        pooling=card.get("pooling") if card["kind"] == "bi-encoder" else None,
        scores_meaningful=card["scoresMeaningful"],
        parameters=card["parameters"],
        labels=card.get("labels"),
        negative=card.get("negative", 0),
    )
    return ModelFiles(info, "onnx", weights, {}, None, tokenizer)


def _bert_folder(path: str, name: str | None, origin: str | None) -> ModelFiles:
    config = read_config(os.path.join(path, "config.json"))
    card_path = os.path.join(path, "model.json")
    card = read_card(card_path, whole=False) if os.path.isfile(card_path) else {}
    found = [file for file in BERT_WEIGHTS if os.path.isfile(os.path.join(path, file))]
    if not found:
        raise _refuse(f"model folder {path} has neither {' nor '.join(BERT_WEIGHTS)}")
    if not os.path.isfile(os.path.join(path, "vocab.txt")):
        raise _refuse(f"model folder {path} has no vocab.txt")
    _refuse_cased(os.path.join(path, "tokenizer_config.json"))
    weights = os.path.join(path, found[0])
    sha256 = _check_hash(weights, card.get("sha256"))
    tokenizer = read_tokenizer(os.path.join(path, "vocab.txt"), "wordpiece")
    check_vocabulary(tokenizer.vocab_size, config["vocab_size"], "the table that config.json describes")
    kind = card.get("kind") or ("cross-encoder" if is_classifier(config) else "bi-encoder")
    is_cross = kind == "cross-encoder"
    info = ModelInfo(
        name=card.get("name") or name or os.path.basename(os.path.normpath(path)),
        kind=kind,
        sha256=sha256,
        origin=card.get("origin") or origin or f"the folder {os.path.basename(os.path.normpath(path))}",
        layers=text_layers(config),
        hidden=config["hidden_size"],
        vocab_size=tokenizer.vocab_size,
        max_tokens=min(card.get("maxTokens", 1 << 30), config["max_position_embeddings"]),
        pooling=None if is_cross else card.get("pooling", "mean"),
        scores_meaningful=card.get("scoresMeaningful", True),
        parameters=card.get("parameters") or count_parameters(config, LABEL_COUNT if is_cross else None),
        labels=card.get("labels"),
        negative=0 if is_cross else card.get("negative", 0),
    )
    order = classifier_order(config, card.get("labelOrder"), path) if is_cross else None
    return ModelFiles(info, "bert", weights, config, order, tokenizer)


def describe(files: ModelFiles) -> str:
    """What a replica is told, as JSON."""
    info = files.info
    return json.dumps(
        {
            "form": files.form,
            "weights": files.weights,
            "config": files.config,
            "labelOrder": files.label_order,
            "kind": info.kind,
            "pooling": info.pooling,
            "hidden": info.hidden,
            "vocabSize": info.vocab_size,
        }
    )
