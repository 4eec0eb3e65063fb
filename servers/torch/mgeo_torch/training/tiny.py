"""A model to try the training with where there is no GPU: two layers of 128 with fresh weights."""

from __future__ import annotations

from mgeo_torch.model.bert_config import count_parameters
from mgeo_torch.model.find import read_tokenizer
from mgeo_torch.model.info import LABEL_COUNT, ModelFiles, ModelInfo
from mgeo_torch.model.places import VOCAB

TINY = "tiny"
_CONFIG = {
    "model_type": "bert",
    "vocab_size": 21_128,
    "hidden_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 512,
    "max_position_embeddings": 256,
    "type_vocab_size": 2,
}


def tiny_model() -> ModelFiles:
    """It has no weights to load: training begins at random ones. Raises InferenceError without the vocabulary."""
    info = ModelInfo(
        name="tiny",
        kind="cross-encoder",
        sha256="",
        origin="random weights",
        layers=_CONFIG["num_hidden_layers"],
        hidden=_CONFIG["hidden_size"],
        vocab_size=_CONFIG["vocab_size"],
        max_tokens=_CONFIG["max_position_embeddings"],
        pooling=None,
        scores_meaningful=False,
        parameters=count_parameters(_CONFIG, LABEL_COUNT),
        labels=None,
    )
    return ModelFiles(info, "new", VOCAB, dict(_CONFIG), None, read_tokenizer(VOCAB, "wordpiece"))
