"""What GET /metrics tells, under the names of servers/reference/metrics.ts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from mgeo_torch.batching.scheduler import DROP_REASONS, BatchReport
from mgeo_torch.embedding.embedder import CacheStats

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_TEXTS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_HIT_RATIO = "Share of texts since the start whose result was in the cache or already being computed; absent before the first and without a cache"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauges:
    """What is read at the moment of a scrape; memory in MiB, None while unknown."""

    queue_length: Callable[[], int]
    in_flight: Callable[[], int]
    cache: Callable[[], CacheStats]
    inference_memory: Callable[[], float | None]
    device_memory: Callable[[], tuple[float, float] | None]
    ready: Callable[[], bool]


class Metrics:
    """A registry of its own."""

    def __init__(self, gauges: Gauges) -> None:
        # A second line of each counter with the moment it was made: nobody reads it.
        disable_created_metrics()
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self._requests = Counter("http_requests_total", "Requests answered", ("route", "status"), registry=registry)
        self._errors = Counter("http_errors_total", "Requests answered with a status of 400 or above", ("route", "status"), registry=registry)
        self._duration = Histogram("http_request_duration_seconds", "From the first byte of the request to the answer", ("route",), buckets=_SECONDS, registry=registry)
        stages = Histogram("similarity_stage_seconds", "Parts of a request: tokenize, queue, infer, post", ("stage",), buckets=_SECONDS, registry=registry)
        self._stages = {name: stages.labels(name) for name in ("tokenize", "queue", "infer", "post")}
        self._runs = Histogram("inference_run_seconds", "One run of the model, as the replica saw it", buckets=_SECONDS, registry=registry)
        self._batch_texts = Histogram("inference_batch_texts", "Texts in a batch", buckets=_TEXTS, registry=registry)
        self._queue_texts = Histogram("inference_queue_texts", "Texts that waited when a batch left, its own among them", buckets=(*_TEXTS, 512, 1024, 4096), registry=registry)
        self._failed = Counter("inference_failures_total", "Batches that failed", registry=registry)
        self._tokens = Counter("inference_tokens_total", "Tokens of the texts computed", registry=registry)
        self._padded = Counter("inference_padded_tokens_total", "Tokens computed with padding: longest × texts", registry=registry)
        self._dropped = Counter("queue_dropped_total", "Texts that left the queue without being computed, by why", ("reason",), registry=registry)
        for reason in DROP_REASONS:
            self._dropped.labels(reason)
        registry.register(_Scrape(gauges))  # type: ignore[arg-type]

    def request(self, route: str, status: int, duration_s: float | None) -> None:
        """`duration_s` is None for what was refused before it was a request."""
        self._requests.labels(route, status).inc()
        if status >= 400:
            self._errors.labels(route, status).inc()
        if duration_s is not None:
            self._duration.labels(route).observe(duration_s)

    def stage(self, name: str, duration_ms: float) -> None:
        self._stages[name].observe(duration_ms / 1000)

    def batch(self, report: BatchReport) -> None:
        self._batch_texts.observe(report.texts)
        self._queue_texts.observe(report.waited)
        self._tokens.inc(report.tokens)
        self._padded.inc(report.padded_tokens)
        if report.infer_ms is None:
            self._failed.inc()
        else:
            self._runs.observe(report.infer_ms / 1000)

    def drop(self, reason: str, texts: int) -> None:
        """Texts that left the queue uncomputed."""
        self._dropped.labels(reason).inc(texts)

    def text(self) -> bytes:
        return generate_latest(self._registry)


class _Scrape:
    """Gauges, and the counters that the cache keeps itself."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        gauges = self._gauges
        cache = gauges.cache()
        yield GaugeMetricFamily("queue_length", "Texts that wait for a worker", gauges.queue_length())
        yield GaugeMetricFamily("requests_in_flight", "Requests being answered", gauges.in_flight())
        yield GaugeMetricFamily("cache_entries", "Addresses in the cache", cache.entries)
        yield GaugeMetricFamily("cache_bytes", "Bytes in the cache, keys and index included", cache.bytes)
        texts = cache.hits + cache.shared + cache.misses
        ratio = GaugeMetricFamily("cache_hit_ratio", _HIT_RATIO)
        if texts > 0:
            ratio.add_metric((), (cache.hits + cache.shared) / texts)
        yield ratio
        yield GaugeMetricFamily("ready", "1 when the model is loaded and warm", int(gauges.ready()))
        memory = gauges.inference_memory()
        if memory is not None:
            yield GaugeMetricFamily("inference_memory_bytes", "Resident memory of the replicas; absent while unknown", memory * 2**20)
        device = gauges.device_memory()
        if device is not None:
            yield GaugeMetricFamily("torch_allocated_peak_bytes", "Most memory of the GPUs that tensors took; absent on a CPU", device[0] * 2**20)
            yield GaugeMetricFamily("torch_reserved_peak_bytes", "Most memory of the GPUs that torch held; absent on a CPU", device[1] * 2**20)
        lookups = CounterMetricFamily("cache_lookups", "Texts by where their vector came from: hit, shared (a computation under way) or miss", labels=("result",))
        for result, count in (("hit", cache.hits), ("shared", cache.shared), ("miss", cache.misses)):
            lookups.add_metric((result,), count)
        yield lookups
