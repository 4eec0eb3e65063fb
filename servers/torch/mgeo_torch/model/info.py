"""What `/health` and the logs say about a model, and what a replica has to know to load it."""

from __future__ import annotations

from dataclasses import dataclass

# Logits of a cross-encoder: not, partial, exact.
LABEL_COUNT = 3


@dataclass(frozen=True)
class ModelInfo:
    """As in servers/reference/inference/types.ts. `labels`: {"logitBias": […]} or {"partial": …, "exact": …}. `negative`: last components of a vector that count negatively."""

    name: str
    kind: str
    sha256: str
    origin: str
    layers: int
    hidden: int
    vocab_size: int
    max_tokens: int
    pooling: str | None
    scores_meaningful: bool
    parameters: int
    labels: dict | None
    negative: int = 0


@dataclass(frozen=True)
class ModelFiles:
    """A model that was found: what is known of it, where its weights lie, how texts become tokens.

    `form` is `onnx` or `bert`. `label_order`: which rows of a BERT's classifier are not, partial and exact.
    """

    info: ModelInfo
    form: str
    weights: str
    config: dict
    label_order: list[int] | None
    tokenizer: object
