"""How well labels are guessed."""

from __future__ import annotations


def accuracy(truth: list[int], guesses: list[int]) -> float:
    """Share of right guesses."""
    return sum(a == b for a, b in zip(truth, guesses)) / len(truth)


def macro_f1(truth: list[int], guesses: list[int], classes: int) -> float:
    """Mean of F1 = 2 TP / (2 TP + FP + FN) over the classes that occur in the truth."""
    scores = []
    for label in range(classes):
        if label not in truth:
            continue
        right = sum(a == b == label for a, b in zip(truth, guesses))
        wrong = sum((a == label) != (b == label) for a, b in zip(truth, guesses))
        scores.append(2 * right / (2 * right + wrong))
    return sum(scores) / len(scores)
