"""Chooses the next batch from a queue: indices in ascending order, the oldest text always among them, so that none starves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol


class Waiting(Protocol):
    """A text that waits, as a policy sees it. Texts of one request share a group."""

    tokens: int
    group: int


Policy = Callable[[Sequence[Waiting], int], list[int]]


def single(waiting: Sequence[Waiting], _max_batch: int) -> list[int]:
    """One text a run, in order of arrival."""
    return [0]


def request(waiting: Sequence[Waiting], max_batch: int) -> list[int]:
    """The texts of one request; of a large one as many as a batch holds."""
    group = waiting[0].group
    return [at for at, text in enumerate(waiting) if text.group == group][:max_batch]


def first(waiting: Sequence[Waiting], max_batch: int) -> list[int]:
    """Whatever waits, oldest first, as many as a batch holds."""
    return list(range(min(len(waiting), max_batch)))


POLICIES: dict[str, Policy] = {"single": single, "request": request, "window": first, "greedy": first}
