"""The strategies by name: what shares a batch, and how many batches a replica computes at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mgeo_torch.errors import UsageError

NAMES = ("naive", "threads:N", "batched", "window", "greedy", "cache")
MOST_THREADS = 64


@dataclass(frozen=True)
class Strategy:
    """`policy` is a name of batching/policy.py; `threads` run in one replica; only `caches` remembers anything."""

    name: str
    policy: str
    threads: int = 1
    caches: bool = False


_PLAIN = {
    # What people start with: every text is a run of its own, one after another.
    "naive": Strategy("naive", "single"),
    # The texts of one request in one run.
    "batched": Strategy("batched", "request"),
    "window": Strategy("window", "window"),
    "greedy": Strategy("greedy", "greedy"),
    "cache": Strategy("cache", "greedy", caches=True),
}


def parse_strategy(text: str) -> Strategy:
    """`threads:4` is naive, four at a time. Raises UsageError."""
    if text in _PLAIN:
        return _PLAIN[text]
    found = re.fullmatch(r"threads:(\d{1,3})", text)
    if found and 1 <= int(found[1]) <= MOST_THREADS:
        return Strategy(text, "single", threads=int(found[1]))
    if text.startswith("threads"):
        raise UsageError(f"--strategy threads:N takes a whole number of threads from 1 to {MOST_THREADS}, as in threads:4.")
    raise UsageError(f'--strategy takes one of {", ".join(NAMES)}, not "{text[:40]}".')
