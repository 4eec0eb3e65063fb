"""Turns texts into vectors, or pairs into logits: each distinct one once as long as the cache is on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mgeo_torch.batching.scheduler import Computed, Scheduler, Ticket
from mgeo_torch.embedding.cache import CacheLimit, ResultCache
from mgeo_torch.replica.pool import EncodedText

Pair = tuple[str, str]
# What has to be computed for a pair: a key that says what is the same, and how it is encoded.
Part = tuple[str, Callable[[], EncodedText]]
Encode = Callable[[str], list[int]]


def text_parts(encode: Encode) -> Callable[[Pair], list[Part]]:
    """A bi-encoder computes a vector of each text."""
    return lambda pair: [(text, lambda text=text: EncodedText(encode(text))) for text in pair]


def pair_parts(encode: Encode) -> Callable[[Pair], list[Part]]:
    """A cross-encoder reads both at once: what is known of (a, b) says nothing of (b, a)."""
    # The length keeps ("ab", "c") and ("a", "bc") apart.
    return lambda pair: [(f"{len(pair[0])}:{pair[0]}{pair[1]}", lambda: EncodedText(encode(pair[0]), encode(pair[1])))]


@dataclass(frozen=True)
class Embedding:
    """`source`: hit, shared (a computation under way), miss or off. `computed` is None for a hit."""

    row: np.ndarray
    source: str
    computed: Computed | None


@dataclass
class CacheStats:
    """Texts by where their vector came from. `limit` None: no cache and no single flight; `bytes`: what the entries are charged, keys and index included."""

    limit: CacheLimit | None
    entries: int = 0
    bytes: int = 0
    hits: int = 0
    shared: int = 0
    misses: int = 0


class _Flight:
    """A computation, and how many wait for it."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.subscribers = 0


class EmbeddingJob:
    """The texts of one request on their way. `tokenize_ms` includes looking up."""

    def __init__(self, tokenize_ms: float, enqueued_at_ms: float, slots: list[tuple[str, np.ndarray | _Flight]], parts: int) -> None:
        self.tokenize_ms, self.enqueued_at_ms = tokenize_ms, enqueued_at_ms
        self._slots, self._parts = slots, parts
        self._joined = [slot for _, slot in slots if isinstance(slot, _Flight)]

    async def rows(self) -> list[list[Embedding]]:
        """The parts of each pair. Raises the error of the first text that failed."""
        # One wait for all: gather() would cancel a flight that others still wait for.
        waiting = {flight.ticket.done for flight in self._joined if not flight.ticket.done.done()}
        while waiting:
            ended, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_EXCEPTION)
            failed = next((done for done in ended if done.exception() is not None), None)
            if failed is not None:
                failed.result()
        all_of_them = []
        for source, slot in self._slots:
            if isinstance(slot, _Flight):
                computed = slot.ticket.done.result()
                all_of_them.append(Embedding(computed.row, source, computed))
            else:
                all_of_them.append(Embedding(slot, source, None))
        return [all_of_them[at : at + self._parts] for at in range(0, len(all_of_them), self._parts)]

    def cancel(self, reason: str) -> None:
        """Gives up: what nobody else waits for leaves the queue. `reason` is one of DROP_REASONS."""
        joined, self._joined = self._joined, []
        for flight in joined:
            flight.subscribers -= 1
            if flight.subscribers == 0:
                flight.ticket.cancel(reason)


class Embedder:
    """`limit` None: every text is computed and nothing is kept."""

    def __init__(self, take_apart: Callable[[Pair], list[Part]], scheduler: Scheduler, limit: CacheLimit | None) -> None:
        self._take_apart, self._scheduler = take_apart, scheduler
        self._cache = None if limit is None else ResultCache(limit)
        self._flights: dict[str, _Flight] = {}
        self._counts = CacheStats(limit)
        self._groups = 0

    def start(self, pairs: list[Pair], deadline_at_ms: float) -> EmbeddingJob:
        """Raises SchedulerError `queue-full`, in which case nothing was started."""
        started = self._scheduler.now_ms()
        self._groups += 1
        found: list[tuple[str, np.ndarray | _Flight | str]] = []
        fresh: list[tuple[str, EncodedText]] = []
        own: dict[str, int] = {}
        for pair in pairs:
            for key, encode in self._take_apart(pair):
                found.append(self._look_up(key, encode, fresh, own))
        tokenize_ms = self._scheduler.now_ms() - started
        self._scheduler.admit(len(fresh))
        enqueued_at_ms = self._scheduler.now_ms()
        flights = [self._take_off(key, text, deadline_at_ms) for key, text in fresh]
        slots = [(source, flights[int(slot)] if isinstance(slot, str) else slot) for source, slot in found]
        for source, slot in slots:
            self._count(source)
            if isinstance(slot, _Flight):
                slot.subscribers += 1
                slot.ticket.extend_deadline(deadline_at_ms)
        return EmbeddingJob(tokenize_ms, enqueued_at_ms, slots, len(slots) // len(pairs))

    def _look_up(self, key: str, encode: Callable[[], EncodedText], fresh: list, own: dict[str, int]) -> tuple[str, np.ndarray | _Flight | str]:
        """Known, under way, or the number of a new one as text."""
        if self._cache is None:
            fresh.append((key, encode()))
            return "off", str(len(fresh) - 1)
        known = self._cache.get(key)
        if known is not None:
            return "hit", known
        if key in self._flights:
            return "shared", self._flights[key]
        if key in own:
            return "shared", str(own[key])
        own[key] = len(fresh)
        fresh.append((key, encode()))
        return "miss", str(own[key])

    def _take_off(self, key: str, text: EncodedText, deadline_at_ms: float) -> _Flight:
        flight = _Flight(self._scheduler.enqueue(text, self._groups, deadline_at_ms))
        if self._cache is not None:
            self._flights[key] = flight
            flight.ticket.done.add_done_callback(lambda done: self._land(key, flight, done))
        return flight

    def _land(self, key: str, flight: _Flight, done: asyncio.Future[Computed]) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        # An error is shared by those who wait, but not remembered: the next request tries again.
        if self._cache is not None and not done.cancelled() and done.exception() is None:
            self._cache.set(key, done.result().row)

    def _count(self, source: str) -> None:
        self._counts.hits += source == "hit"
        self._counts.shared += source == "shared"
        self._counts.misses += source == "miss"

    def stats(self) -> CacheStats:
        """As they are now."""
        if self._cache is None:
            return self._counts
        return replace(self._counts, entries=len(self._cache), bytes=self._cache.bytes)
