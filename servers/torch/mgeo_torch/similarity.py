"""From vectors or logits to a similarity and a label, by the rules of servers/reference/similarity.ts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from mgeo_torch.model.info import ModelInfo

Judgement = dict  # similarity and label
Judge = Callable[[tuple[str, str], Sequence[np.ndarray]], Judgement]
_GRADES = ("not", "partial", "exact")


def cosine(left: np.ndarray, right: np.ndarray) -> float:
    """Of two vectors of length 1, summed in float64: rounding may leave it a little outside of [-1, 1]."""
    return max(-1.0, min(1.0, float(np.dot(left.astype(np.float64), right.astype(np.float64)))))


def signed_cosine(left: np.ndarray, right: np.ndarray, negative: int) -> float:
    """The cosine where the last `negative` components count negatively; 1 for equal vectors, whatever their lengths. In float64."""
    a, b = left.astype(np.float64), right.astype(np.float64)
    signs = np.ones(len(a))
    signs[len(a) - negative :] = -1
    of_itself = [max(1e-6, float(np.dot(vector * signs, vector))) for vector in (a, b)]
    return max(-1.0, min(1.0, float(np.dot(a * signs, b)) / math.sqrt(of_itself[0] * of_itself[1])))


def expected_grade(logits: Sequence[float]) -> float:
    """P(exact) + P(partial) / 2 of three logits (not, partial, exact)."""
    largest = max(logits)
    no, partial, exact = (math.exp(value - largest) for value in logits)
    return (exact + partial / 2) / (no + partial + exact)


def grade_of(logits: Sequence[float], bias: Sequence[float]) -> str:
    """The label whose logit is largest once the calibrated bias is added; the lesser one of equals."""
    values = [logit + extra for logit, extra in zip(logits, bias)]
    return _GRADES[values.index(max(values))]


def label_thresholds(labels: dict) -> dict[str, float]:
    """The similarities at which the labels begin, for /health; of three logits where the third is out of the question."""
    if "logitBias" not in labels:
        return {"partial": labels["partial"], "exact": labels["exact"]}
    no, partial, exact = labels["logitBias"]
    tie = math.exp(exact - partial)
    return {"partial": 0.5 / (1 + math.exp(partial - no)), "exact": (1 + tie / 2) / (1 + tie)}


def create_judge(info: ModelInfo, threshold: float) -> Judge:
    """Equal texts are the same place: similarity 1 and the highest label, whatever the model computes of them."""
    labels = info.labels
    if info.kind == "cross-encoder":
        bias = labels["logitBias"] if labels and "logitBias" in labels else (0, 0, 0)

        def judge_logits(pair: tuple[str, str], rows: Sequence[np.ndarray]) -> Judgement:
            if pair[0] == pair[1]:
                return {"similarity": 1, "label": "exact"}
            logits = [float(value) for value in rows[0]]
            return {"similarity": expected_grade(logits), "label": grade_of(logits, bias)}

        return judge_logits
    cuts = labels if labels and "exact" in labels else None

    def compare(left: np.ndarray, right: np.ndarray) -> float:
        return signed_cosine(left, right, info.negative) if info.negative > 0 else cosine(left, right)

    def judge_vectors(pair: tuple[str, str], rows: Sequence[np.ndarray]) -> Judgement:
        similarity = 1 if pair[0] == pair[1] else compare(rows[0], rows[1])
        if cuts is None:
            return {"similarity": similarity, "label": "match" if similarity >= threshold else "no_match"}
        return {"similarity": similarity, "label": "exact" if similarity >= cuts["exact"] else "partial" if similarity >= cuts["partial"] else "not"}

    return judge_vectors
