"""JSON lines into a file, or to stderr. An address appears only as a hash under a key that dies with the process."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from mgeo_torch.line_sink import LineSink
from mgeo_torch.options import LOG_LEVELS

_FLUSH_PATIENCE_S = 2.0


@dataclass
class RequestEntry:
    """One answered request. What is None was not reached, and is not written."""

    request_id: str
    route: str
    status: int = 0
    latency_ms: float = 0
    pair: tuple[str, str] | None = None
    pairs: int | None = None
    tokenize_ms: float | None = None
    queue_ms: float | None = None
    infer_ms: float | None = None
    batch_size: int | None = None
    cache: str | None = None
    similarity: float | None = None
    problem: str | None = None


class ServerLog:
    """`level`: what is less urgent is not written."""

    def __init__(self, level: str, file: str | None) -> None:
        self._least = LOG_LEVELS.index(level)
        self._out = LineSink(file)
        self._key = os.urandom(32).hex()

    def say(self, level: str, message: str, **fields: object) -> None:
        """One line about the server itself."""
        if LOG_LEVELS.index(level) >= self._least:
            self._write({"level": level, "time": _now(), **fields, "msg": message})

    def request(self, entry: RequestEntry) -> None:
        """One line about a request."""
        if LOG_LEVELS.index("info") < self._least:
            return
        pair = entry.pair
        self._write(
            {
                "level": "info",
                "time": _now(),
                "request_id": entry.request_id,
                "route": entry.route,
                "status": entry.status,
                "latency_ms": _rounded(entry.latency_ms),
                "addr1_hash": pair and self._hash(pair[0]),
                "addr2_hash": pair and self._hash(pair[1]),
                "pairs": entry.pairs,
                "tokenize_ms": _rounded(entry.tokenize_ms),
                "queue_ms": _rounded(entry.queue_ms),
                "infer_ms": _rounded(entry.infer_ms),
                "batch_size": entry.batch_size,
                "cache": entry.cache,
                "similarity": entry.similarity,
                "problem": entry.problem,
            }
        )

    def flush(self) -> None:
        """Writes what is gathered: before the process ends."""
        self._out.flush(_FLUSH_PATIENCE_S)

    def _write(self, fields: dict) -> None:
        self._out.write(json.dumps({key: value for key, value in fields.items() if value is not None}, ensure_ascii=False, separators=(",", ":")))

    def _hash(self, address: str) -> str:
        return hashlib.sha256((self._key + address).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _now() -> str:
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _rounded(duration_ms: float | None) -> float | None:
    return None if duration_ms is None else round(duration_ms, 3)
