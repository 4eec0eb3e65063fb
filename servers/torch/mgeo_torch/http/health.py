"""The body of GET /health. None means: not known (yet), never zero."""

from __future__ import annotations

from mgeo_torch import __version__
from mgeo_torch.error_rate import ErrorRate
from mgeo_torch.options import Options, threads_a_run
from mgeo_torch.similarity import label_thresholds
from mgeo_torch.state import ServerState


def read_health(options: Options, state: ServerState, error_rate: ErrorRate, uptime_s: float) -> dict:
    """The fields of servers/reference, and what only torch can tell."""
    service = state.service
    cache = state.cache_stats(options)
    labels = service.info.labels if service else None
    return {
        "status": "ok" if state.phase == "ready" else state.phase,
        "version": __version__,
        "uptimeS": uptime_s,
        "model": _model(options, state),
        "backend": _backend(options, state),
        "workers": {
            "processes": options.replicas,
            "threads": options.strategy.threads,
            "intraThreads": threads_a_run(options),
            "memoryMiB": state.inference_memory_mib(),
        },
        "batching": {
            "policy": options.strategy.name,
            "bucket": False,
            "maxBatch": options.max_batch,
            "tokenBudget": None,
            "maxDelayMs": options.max_delay_ms if options.strategy.policy == "window" else None,
        },
        "cache": {
            "enabled": cache.limit is not None,
            "limit": cache.limit.entries if cache.limit else None,
            "limitBytes": cache.limit.bytes if cache.limit else None,
            "entries": cache.entries,
            "bytes": cache.bytes,
            "hits": cache.hits,
            "shared": cache.shared,
            "misses": cache.misses,
        },
        **_device_memory(state),
        "errorRateLastMinute": error_rate.last_minute(),
        "queueLength": service.scheduler.waiting() if service else 0,
        "maxQueue": options.max_queue,
        "inFlight": state.in_flight,
        "threshold": None if labels is not None else options.threshold,
    }


def _model(options: Options, state: ServerState) -> dict | None:
    if state.service is None:
        return None
    info = state.service.info
    return {
        "name": info.name,
        "kind": info.kind,
        "sha256": info.sha256,
        "origin": info.origin,
        "parameters": info.parameters,
        "pooling": info.pooling,
        "precision": options.dtype,
        "scoresMeaningful": info.scores_meaningful,
        "labels": info.labels,
        "thresholds": None if info.labels is None else label_thresholds(info.labels),
    }


def _backend(options: Options, state: ServerState) -> dict:
    replicas = state.service.pool.live() if state.service else []
    facts = replicas[0].facts if replicas else {}
    device = facts.get("device")
    return {
        "name": "torch",
        "version": facts.get("torch"),
        "execution": None if device is None else "cpu" if device == "cpu" else "cuda",
        "device": facts.get("deviceName"),
        "dtype": options.dtype,
        "compiled": options.compile,
    }


def _device_memory(state: ServerState) -> dict:
    """`deviceMemoryMiB` is what torch holds of the GPUs at most; where there is nothing to tell, why."""
    found = state.device_memory_mib()
    if found is None:
        replicas = state.service.pool.live() if state.service else []
        why = "the model computes on the CPU" if replicas else "the model is not loaded"
        return {"deviceMemoryMiB": None, "torchMemory": {"status": "absent", "why": why}}
    per_replica = [
        {"device": replica.facts["device"], "allocatedPeakMiB": replica.memory.allocated_peak, "reservedPeakMiB": replica.memory.reserved_peak}
        for replica in state.service.pool.live()  # type: ignore[union-attr]
    ]
    return {
        "deviceMemoryMiB": found[1],
        "torchMemory": {"status": "found", "allocatedPeakMiB": found[0], "reservedPeakMiB": found[1], "replicas": per_replica},
    }
