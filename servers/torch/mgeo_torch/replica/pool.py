"""Replicas that take batches, and are replaced when they die."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np

from mgeo_torch.errors import InferenceError
from mgeo_torch.replica.process import ReplicaProcess

# A process that keeps dying has a cause that another start does not cure.
MOST_RESTARTS = 3
RESTART_WINDOW_S = 60.0


@dataclass(frozen=True)
class EncodedText:
    """What one row is computed from: a text, or a pair of them for a cross-encoder."""

    ids: list[int]
    right: list[int] | None = None

    @property
    def tokens(self) -> int:
        return len(self.ids) + len(self.right or ())


@dataclass(frozen=True)
class BatchResult:
    """Rows in the order of the batch, and what the run took."""

    rows: np.ndarray
    infer_ms: float


class Pool:
    """`crashed` gets an error when a process died unexpectedly and the restarts are used up."""

    def __init__(self, start: Callable[[int], Awaitable[ReplicaProcess]], replicas: int, threads: int, log: Callable[[str], None]) -> None:
        self._start, self._log = start, log
        self.replicas, self.threads = replicas, threads
        self._live: list[ReplicaProcess] = []
        self._free: asyncio.Queue[ReplicaProcess] = asyncio.Queue()
        self._restarts: list[float] = []
        self._ended: InferenceError | None = None
        self._tasks: set[asyncio.Future] = set()
        self._busy = 0
        self.crashed: asyncio.Future[InferenceError] = asyncio.get_running_loop().create_future()

    async def open(self) -> None:
        """Starts all replicas at once; when one cannot start, the others are stopped and its error is raised."""
        results = await asyncio.gather(*(self._adopt(at) for at in range(self.replicas)), return_exceptions=True)
        failure = next((result for result in results if isinstance(result, BaseException)), None)
        if failure is not None:
            self._ended = InferenceError("closed", "the inference did not start")
            await self._stop_all()
            raise failure

    @property
    def slots(self) -> int:
        """Batches that may run at once."""
        return self.replicas * self.threads

    def live(self) -> list[ReplicaProcess]:
        """Those that run now, each with its facts and memory."""
        return list(self._live)

    async def run(self, batch: list[EncodedText]) -> BatchResult:
        """Runs one padded batch on a free replica. Raises InferenceError."""
        if self._ended is not None:
            raise self._ended
        self._busy += 1
        replica = None
        try:
            replica = await self._take()
            texts = [part for text in batch for part in ((text.ids,) if text.right is None else (text.ids, text.right))]
            ids = np.array([token for text in texts for token in text], np.int32)
            rows, infer_ms = await replica.run([len(text) for text in texts], ids)
            if len(rows) != len(batch):
                raise InferenceError("run-failed", f"the model gave {len(rows)} rows for {len(batch)} texts")
            return BatchResult(rows, infer_ms)
        finally:
            self._busy -= 1
            if replica is not None and replica in self._live and replica.gone is None:
                self._free.put_nowait(replica)

    async def _take(self) -> ReplicaProcess:
        while True:
            taking = asyncio.ensure_future(self._free.get())
            await asyncio.wait([taking, self.crashed], return_when=asyncio.FIRST_COMPLETED)
            if not taking.done():
                taking.cancel()
                raise self.crashed.result()
            replica = taking.result()
            # A dead one leaves its places in the queue.
            if replica in self._live and replica.gone is None:
                return replica

    async def _adopt(self, at: int) -> None:
        replica = await self._start(at)
        if self._ended is not None:
            await replica.stop()
            return
        self._live.append(replica)
        for _ in range(self.threads):
            self._free.put_nowait(replica)
        self._keep(self._watch(at, replica))

    def _keep(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self, at: int, replica: ReplicaProcess) -> None:
        reason = await replica.exited
        self._live.remove(replica)
        if self._ended is not None:
            return
        now = time.monotonic()
        self._restarts = [moment for moment in self._restarts if now - moment <= RESTART_WINDOW_S]
        if len(self._restarts) >= MOST_RESTARTS:
            self._give_up(f"replicas died {MOST_RESTARTS + 1} times within a minute; the last one {reason}")
            return
        self._restarts.append(now)
        self._log(f"a replica {reason}; it is started again ({len(self._restarts)} of {MOST_RESTARTS} within a minute)")
        try:
            await self._adopt(at)
        except InferenceError as error:
            self._give_up(f"a replica {reason} and could not be started again: {error}")

    def _give_up(self, reason: str) -> None:
        if self._ended is None:
            self._ended = InferenceError("worker-died", reason, "The log holds the last words of the processes; too little memory is the usual cause.")
            self.crashed.set_result(self._ended)

    async def _stop_all(self) -> None:
        await asyncio.gather(*(replica.stop() for replica in self.live()))

    async def close(self) -> None:
        """Lets what runs end, then stops the processes; nothing new is taken."""
        if self._ended is None:
            self._ended = InferenceError("closed", "the inference is being shut down")
        while self._busy > 0 and self._live:
            await asyncio.sleep(0.01)
        await self._stop_all()
