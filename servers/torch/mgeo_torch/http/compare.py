"""Scores pairs with the model of the moment, and says where the time went."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mgeo_torch.embedding.embedder import Embedding, EmbeddingJob, Pair
from mgeo_torch.errors import SchedulerError
from mgeo_torch.http.exchange import Exchange
from mgeo_torch.http.problem import not_ready, queue_full, stopping
from mgeo_torch.metrics import Metrics
from mgeo_torch.similarity import Judgement
from mgeo_torch.state import ServerState, Service


@dataclass(frozen=True)
class Compared:
    """Times in ms. `queue`: until the last of its texts had left for a replica; `infer`: from there to the last vector, the way there and back included.

    `batch_size`: texts in the largest batch that computed one of its texts, 0 when all came from the cache.
    """

    judgements: list[Judgement]
    tokenize_ms: float
    queue_ms: float
    infer_ms: float
    batch_size: int
    cache: str
    vectors_at_ms: float


async def compare_pairs(pairs: list[Pair], state: ServerState, deadline_ms: float | None, no_store: bool, exchange: Exchange) -> Compared:
    """Raises ProblemError or SchedulerError when it cannot."""
    if exchange.late:
        raise stopping()
    service = state.service
    if state.phase == "loading" or service is None:
        raise not_ready()
    deadline = math.inf if deadline_ms is None else service.scheduler.now_ms() + deadline_ms
    embedder = service.cacheless if no_store else service.embedder
    try:
        job = embedder.start(pairs, deadline)
    except SchedulerError as error:
        raise (queue_full(service.scheduler.backlog_ms()) if error.code == "queue-full" else error) from None
    exchange.job = job
    if exchange.departure.gone:
        job.cancel("client-gone")
    try:
        return _finish(await job.rows(), job, pairs, service)
    except Exception:
        # The texts that still wait are of no use to this request.
        job.cancel("not-needed")
        raise


def _finish(embedded: list[list[Embedding]], job: EmbeddingJob, pairs: list[Pair], service: Service) -> Compared:
    vectors_at = service.scheduler.now_ms()
    parts = [part for found in embedded for part in found]
    computed = [part.computed for part in parts if part.computed is not None]
    sources = {part.source for part in parts}
    judgements = [service.judge(pair, [part.row for part in found]) for pair, found in zip(pairs, embedded)]
    queue = infer = 0.0
    if computed:
        dispatched = max(one.dispatched_at_ms for one in computed)
        queue = max(0.0, dispatched - max(min(one.enqueued_at_ms for one in computed), job.enqueued_at_ms))
        infer = max(one.done_at_ms for one in computed) - max(dispatched, job.enqueued_at_ms)
    return Compared(
        judgements=judgements,
        tokenize_ms=job.tokenize_ms,
        queue_ms=queue,
        infer_ms=infer,
        batch_size=max((one.batch_size for one in computed), default=0),
        cache="off" if "off" in sources else "miss" if "hit" not in sources else "hit" if sources == {"hit"} else "partial",
        vectors_at_ms=vectors_at,
    )


def timing_header(compared: Compared, post_ms: float, metrics: Metrics) -> str:
    """`Server-Timing` (W3C), durations in milliseconds. Also feeds the stage histograms."""
    stages = {"tokenize": compared.tokenize_ms, "queue": compared.queue_ms, "infer": compared.infer_ms, "post": post_ms}
    for name, duration_ms in stages.items():
        metrics.stage(name, duration_ms)
    return ", ".join(f"{name};dur={duration_ms:.3f}" for name, duration_ms in stages.items())
