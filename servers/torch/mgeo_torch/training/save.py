"""Writes what was trained as a folder that the server serves."""

from __future__ import annotations

import json
import os
import shutil

import torch

from mgeo_torch.model.bert import BertEncoder
from mgeo_torch.model.bert_config import count_parameters, text_layers
from mgeo_torch.model.bert_weights import to_checkpoint
from mgeo_torch.model.hash import hash_file
from mgeo_torch.model.info import LABEL_COUNT, ModelFiles
from mgeo_torch.model.safetensors import write_safetensors
from mgeo_torch.training.pairs import LABELS


def save_model(model: BertEncoder, files: ModelFiles, folder: str, epochs: int, pairs: int) -> None:
    """config.json, model.safetensors, vocab.txt, model.json. Raises OSError."""
    os.makedirs(folder, exist_ok=True)
    weights = {name: value.detach().to("cpu", torch.float32).contiguous() for name, value in to_checkpoint(model).items()}
    path = os.path.join(folder, "model.safetensors")
    write_safetensors(path, {name: list(value.shape) for name, value in weights.items()}, (value.numpy().astype("<f4").tobytes() for value in weights.values()))
    config = {
        **files.config,
        "architectures": ["BertForSequenceClassification"],
        "model_type": "bert",
        "num_hidden_layers": text_layers(files.config),
        "id2label": {str(at): name for at, name in enumerate(LABELS)},
        "label2id": {name: at for at, name in enumerate(LABELS)},
    }
    config.pop("fusion_layer", None)
    card = {
        "name": f"{files.info.name.split('/')[-1]}-finetuned",
        "kind": "cross-encoder",
        "maxTokens": files.info.max_tokens,
        "sha256": hash_file(path),
        "origin": f"{files.info.name}, fine-tuned on {pairs} pairs in {epochs} epochs",
        "scoresMeaningful": True,
        "layers": text_layers(files.config),
        "hidden": files.config["hidden_size"],
        "parameters": count_parameters(files.config, LABEL_COUNT),
    }
    for name, value in (("config.json", config), ("model.json", card)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=2)
            file.write("\n")
    source = os.path.join(os.path.dirname(files.weights), "vocab.txt")
    if os.path.realpath(source) != os.path.realpath(os.path.join(folder, "vocab.txt")):
        shutil.copyfile(source, os.path.join(folder, "vocab.txt"))
