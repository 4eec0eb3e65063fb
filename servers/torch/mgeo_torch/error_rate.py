"""The share of answers that were the server's own fault (5xx) during the last minute."""

from __future__ import annotations

from collections.abc import Callable

_SLOTS = 60


class ErrorRate:
    """A ring of seconds: constant memory, no timer. `now_s` must not go back."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._ring = [(-1, 0, 0)] * _SLOTS

    def add(self, failed: bool) -> None:
        second = int(self._now_s())
        at, answered, failures = self._ring[second % _SLOTS]
        if at != second:
            answered = failures = 0
        self._ring[second % _SLOTS] = (second, answered + 1, failures + failed)

    def last_minute(self) -> float | None:
        """None when nothing was answered in that time."""
        oldest = int(self._now_s()) - _SLOTS + 1
        recent = [slot for slot in self._ring if slot[0] >= oldest]
        answered = sum(slot[1] for slot in recent)
        return sum(slot[2] for slot in recent) / answered if answered else None
