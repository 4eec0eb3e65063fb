"""What the server is doing, and a loaded model with queue and cache in front of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mgeo_torch.batching.policy import POLICIES
from mgeo_torch.batching.scheduler import BatchReport, Scheduler
from mgeo_torch.embedding.embedder import CacheStats, Embedder, pair_parts, text_parts
from mgeo_torch.model.info import ModelFiles, ModelInfo
from mgeo_torch.options import Options
from mgeo_torch.replica.pool import Pool
from mgeo_torch.similarity import Judge, create_judge


@dataclass(frozen=True)
class Service:
    """`cacheless` serves requests with `Cache-Control: no-store`: it computes every text anew and keeps nothing."""

    info: ModelInfo
    pool: Pool
    scheduler: Scheduler
    embedder: Embedder
    cacheless: Embedder
    judge: Judge


@dataclass
class ServerState:
    """The server listens from the first moment on, so that a supervisor can tell loading from dead.

    `phase` is loading, ready or draining; `in_flight` counts requests whose answer has not gone out.
    """

    phase: str = "loading"
    service: Service | None = None
    in_flight: int = 0

    def cache_stats(self, options: Options) -> CacheStats:
        """Also before the model is loaded."""
        if self.service is None:
            return CacheStats(options.cache)
        return self.service.embedder.stats()

    def inference_memory_mib(self) -> float | None:
        """Resident memory of all replicas; None while unknown."""
        known = [replica.memory.rss for replica in self.service.pool.live()] if self.service else []
        known = [memory for memory in known if memory is not None]
        return sum(known) if known else None

    def device_memory_mib(self) -> tuple[float, float] | None:
        """Allocated and reserved peaks of torch, summed over the replicas; None on a CPU and while unknown."""
        memories = [replica.memory for replica in self.service.pool.live()] if self.service else []
        known = [memory for memory in memories if memory.allocated_peak is not None and memory.reserved_peak is not None]
        return (sum(memory.allocated_peak for memory in known), sum(memory.reserved_peak for memory in known)) if known else None


def encoder_of(files: ModelFiles) -> Callable[[str], list[int]]:
    """Half of the places for each text of a pair, whatever the other's length: an answer may depend on the pair alone."""
    info = files.info
    room = info.max_tokens // 2 if info.kind == "cross-encoder" else info.max_tokens
    return lambda text: files.tokenizer.encode(text, room)  # type: ignore[attr-defined]


def open_service(options: Options, files: ModelFiles, pool: Pool, on_batch: Callable[[BatchReport], None], on_drop: Callable[[str, int], None]) -> Service:
    """Queue, caches and judge around a loaded model."""
    strategy = options.strategy
    scheduler = Scheduler(
        run=pool.run,
        workers=pool.slots,
        policy=POLICIES[strategy.policy],
        max_batch=options.max_batch,
        max_delay_ms=options.max_delay_ms if strategy.policy == "window" else 0,
        max_queue=options.max_queue,
        on_batch=on_batch,
        on_drop=on_drop,
    )
    encode = encoder_of(files)
    take_apart = pair_parts(encode) if files.info.kind == "cross-encoder" else text_parts(encode)
    return Service(
        info=files.info,
        pool=pool,
        scheduler=scheduler,
        embedder=Embedder(take_apart, scheduler, options.cache),
        cacheless=Embedder(take_apart, scheduler, None),
        judge=create_judge(files.info, options.threshold),
    )
