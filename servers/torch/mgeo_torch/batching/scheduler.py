"""One queue in front of the replicas. A batch leaves the moment a replica is free and something waits; with `window` also only when
it is full or its oldest text has waited long enough."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np

from mgeo_torch.batching.policy import Policy
from mgeo_torch.errors import SchedulerError
from mgeo_torch.replica.pool import BatchResult, EncodedText

# Weight of the newest batch in the running mean of milliseconds a text.
_PACE_WEIGHT = 0.2

# Why a text left the queue uncomputed. `not-needed`: its request was answered without it.
DROP_REASONS = ("deadline", "client-gone", "not-needed", "stopped")


@dataclass(frozen=True)
class Computed:
    """What became of one text. Moments are in ms of the scheduler's clock."""

    row: np.ndarray
    enqueued_at_ms: float
    dispatched_at_ms: float
    done_at_ms: float
    batch_size: int


@dataclass(frozen=True)
class BatchReport:
    """One batch as it ended, for the metrics; `infer_ms` is None when it failed. `waited`: texts that waited when it left, its own among them."""

    texts: int
    waited: int
    tokens: int
    padded_tokens: int
    infer_ms: float | None


class Ticket:
    """A text on its way; `done` gets what was computed, or a SchedulerError or InferenceError."""

    def __init__(self, scheduler: Scheduler, text: EncodedText, group: int, deadline_at_ms: float) -> None:
        self._scheduler = scheduler
        self.text, self.group, self.tokens = text, group, text.tokens
        self.deadline_at_ms = deadline_at_ms
        self.enqueued_at_ms = scheduler.now_ms()
        self.done: asyncio.Future[Computed] = asyncio.get_running_loop().create_future()
        # A failure that nobody awaits any more, since all who asked have gone, is no fault of the program.
        self.done.add_done_callback(lambda done: done.cancelled() or done.exception())

    def refuse(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)

    def cancel(self, reason: str) -> None:
        """Takes the text out of the queue if it has not left for a replica yet. `reason` is one of DROP_REASONS."""
        if self._scheduler.forget(self, reason):
            self.refuse(SchedulerError("cancelled", "nobody waits for the answer any more"))

    def extend_deadline(self, later_ms: float) -> None:
        """Somebody else wants it too, until a later moment."""
        self.deadline_at_ms = max(self.deadline_at_ms, later_ms)


class Scheduler:
    """`run` computes a batch; `workers` of them may run at once. `max_delay_ms` 0: nothing ever waits for company."""

    def __init__(
        self,
        run: Callable[[list[EncodedText]], Awaitable[BatchResult]],
        workers: int,
        policy: Policy,
        max_batch: int,
        max_delay_ms: float,
        max_queue: int,
        on_batch: Callable[[BatchReport], None],
        on_drop: Callable[[str, int], None],
    ) -> None:
        self._run, self._workers, self._policy = run, workers, policy
        self._max_batch, self._max_delay_ms, self._max_queue = max_batch, max_delay_ms, max_queue
        self._on_batch, self._on_drop = on_batch, on_drop
        self._loop = asyncio.get_running_loop()
        self._queue: list[Ticket] = []
        self._busy = 0
        self._ms_per_text = 0.0
        self._planned = False
        self._timer: tuple[float, asyncio.TimerHandle] | None = None
        self._tasks: set[asyncio.Task] = set()

    def now_ms(self) -> float:
        return self._loop.time() * 1000

    def admit(self, texts: int) -> None:
        """Raises SchedulerError `queue-full` when these find no room. An empty queue takes any request, or a large one could never be served."""
        if self._queue and len(self._queue) + texts > self._max_queue:
            raise SchedulerError("queue-full", f"{len(self._queue)} texts wait already, {self._max_queue} may")

    def enqueue(self, text: EncodedText, group: int, deadline_at_ms: float) -> Ticket:
        ticket = Ticket(self, text, group, deadline_at_ms)
        self._queue.append(ticket)
        if not self._planned:
            # After the current tick, so that the texts of one request are seen together.
            self._planned = True
            self._loop.call_soon(self._dispatch)
        return ticket

    def forget(self, ticket: Ticket, reason: str) -> bool:
        """False when it has left the queue already."""
        if ticket not in self._queue:
            return False
        self._queue.remove(ticket)
        self._on_drop(reason, 1)
        return True

    def waiting(self) -> int:
        return len(self._queue)

    def backlog_ms(self) -> float:
        """How long the present queue would take at the pace of the last batches; 0 before the first."""
        return len(self._queue) * self._ms_per_text / self._workers

    def stop(self) -> None:
        """Refuses everything that waits; what runs goes on."""
        stopped, self._queue = self._queue, []
        if stopped:
            self._on_drop("stopped", len(stopped))
        for ticket in stopped:
            ticket.refuse(SchedulerError("stopped", "the server is stopping"))

    def _drop_late(self) -> None:
        now = self.now_ms()
        late = [ticket for ticket in self._queue if ticket.deadline_at_ms <= now]
        if late:
            self._queue = [ticket for ticket in self._queue if ticket.deadline_at_ms > now]
            self._on_drop("deadline", len(late))
            for ticket in late:
                ticket.refuse(SchedulerError("deadline", "the deadline passed before a replica was free"))

    def _may_leave_at_ms(self) -> float:
        """When the batch that would leave next has had its time to gather."""
        if self._max_delay_ms == 0 or len(self._queue) >= self._max_batch:
            return -math.inf
        return self._queue[0].enqueued_at_ms + self._max_delay_ms

    def _dispatch(self) -> None:
        self._planned = False
        self._drop_late()
        while self._queue and self._busy < self._workers and self._may_leave_at_ms() <= self.now_ms():
            # When several replicas are idle they share what waits: two with half the texts each are done sooner than one with all.
            share = math.ceil(len(self._queue) / (self._workers - self._busy))
            chosen = set(self._policy(self._queue, min(self._max_batch, share) if self._max_delay_ms == 0 else self._max_batch))
            waited = len(self._queue)
            batch = [ticket for at, ticket in enumerate(self._queue) if at in chosen]
            self._queue = [ticket for at, ticket in enumerate(self._queue) if at not in chosen]
            self._busy += 1
            task = self._loop.create_task(self._run_batch(batch, waited))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._arm()

    def _arm(self) -> None:
        """A replica may stay busy past every deadline, and a window may pass with nothing happening: a timer watches both."""
        if not self._queue:
            return
        at = min(ticket.deadline_at_ms for ticket in self._queue)
        if self._busy < self._workers:
            at = min(at, self._may_leave_at_ms())
        if at == math.inf or (self._timer is not None and self._timer[0] <= at):
            return
        if self._timer is not None:
            self._timer[1].cancel()
        self._timer = (at, self._loop.call_at(at / 1000, self._wake))

    def _wake(self) -> None:
        self._timer = None
        self._dispatch()

    async def _run_batch(self, batch: list[Ticket], waited: int) -> None:
        dispatched = self.now_ms()
        tokens = sum(ticket.tokens for ticket in batch)
        padded = len(batch) * max(ticket.tokens for ticket in batch)
        infer_ms = None
        try:
            result = await self._run([ticket.text for ticket in batch])
            infer_ms, done = result.infer_ms, self.now_ms()
            pace = (done - dispatched) / len(batch)
            self._ms_per_text = pace if self._ms_per_text == 0 else self._ms_per_text + _PACE_WEIGHT * (pace - self._ms_per_text)
            for ticket, row in zip(batch, result.rows):
                if not ticket.done.done():
                    # A copy: a cached vector must not keep its whole batch alive.
                    ticket.done.set_result(Computed(row.copy(), ticket.enqueued_at_ms, dispatched, done, len(batch)))
        except Exception as error:  # whatever it is, those who wait must hear of it
            for ticket in batch:
                ticket.refuse(error)
        self._busy -= 1
        self._on_batch(BatchReport(len(batch), waited, tokens, padded, infer_ms))
        self._dispatch()
