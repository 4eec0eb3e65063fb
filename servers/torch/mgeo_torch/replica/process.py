"""One running replica, from this side of the socket."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mgeo_torch.errors import InferenceError
from mgeo_torch.replica.frames import pack, read_frame

_STOP_AFTER_S = 5.0
_KEPT_STDERR = 4000
PACKAGE_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@dataclass
class Memory:
    """As last reported, in MiB; None means: not known, or there is no such thing on this device."""

    rss: float | None = None
    allocated_peak: float | None = None
    reserved_peak: float | None = None


class ReplicaProcess:
    """Make one with start_replica. `run` may be called as often at once as the replica has threads."""

    def __init__(self, process: asyncio.subprocess.Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.process = process
        self.memory = Memory()
        self.facts: dict = {}
        self._reader, self._writer = reader, writer
        self._waiting: dict[int, asyncio.Future] = {}
        self._count = 0
        self._stderr = bytearray()
        self._tail = asyncio.ensure_future(self._keep_stderr())
        self.gone: str | None = None
        self.exited: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def load(self, settings: dict) -> None:
        """Waits until its model is loaded. Raises InferenceError when it is not."""
        self._writer.write(pack(settings))
        try:
            header, _ = await read_frame(self._reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            reason = await self._end()
            raise InferenceError("worker-died", f"a replica {reason} while it loaded the model") from None
        if header["kind"] == "refused":
            await self.stop()
            raise InferenceError(header["code"], header["message"], header["hint"])
        self.facts = header
        self._remember(header)
        self._listening = asyncio.ensure_future(self._listen())

    async def run(self, lengths: list[int], ids: np.ndarray) -> tuple[np.ndarray, float]:
        """Rows in float32 and what the run took in ms. Raises InferenceError `run-failed` or `worker-died`."""
        if self.gone is not None:
            raise InferenceError("worker-died", f"replica {self.process.pid} {self.gone}")
        self._count += 1
        answer = self._waiting[self._count] = asyncio.get_running_loop().create_future()
        self._writer.write(pack({"id": self._count, "lengths": lengths}, ids.tobytes()))
        return await answer

    async def stop(self) -> None:
        """Closes the socket, which ends the process; kills it when it does not end in time."""
        self._writer.close()
        try:
            await asyncio.wait_for(self.process.wait(), _STOP_AFTER_S)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()

    def _remember(self, header: dict) -> None:
        if "rssMiB" in header:
            self.memory = Memory(header["rssMiB"], header.get("allocatedPeakMiB"), header.get("reservedPeakMiB"))

    async def _listen(self) -> None:
        try:
            while True:
                header, body = await read_frame(self._reader)
                self._remember(header)
                answer = self._waiting.pop(header["id"], None)
                if answer is None or answer.done():
                    continue
                if header["kind"] == "failed":
                    answer.set_exception(InferenceError("run-failed", header["message"]))
                else:
                    answer.set_result((np.frombuffer(body, np.float32).reshape(-1, header["width"]), header["inferMs"]))
        except (asyncio.IncompleteReadError, ConnectionError):
            reason = await self._end()
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(InferenceError("worker-died", f"replica {self.process.pid} {reason}"))
            self._waiting.clear()
            if not self.exited.done():
                self.exited.set_result(reason)

    async def _end(self) -> str:
        self._writer.close()
        code = await self.process.wait()
        # Its last words may arrive after its exit.
        await asyncio.wait([self._tail], timeout=1)
        lines = self._stderr.decode("utf-8", "replace").strip().splitlines()[-3:]
        ended = f"ended with code {code}" if code >= 0 else f"was ended by signal {-code}"
        self.gone = f"{ended}; it said: {' | '.join(lines)}" if lines else ended
        return self.gone

    async def _keep_stderr(self) -> None:
        assert self.process.stderr is not None
        while chunk := await self.process.stderr.read(4096):
            self._stderr += chunk
            del self._stderr[:-_KEPT_STDERR]


async def start_replica(settings: dict, log: Callable[[str], None]) -> ReplicaProcess:
    """Starts a process and waits until its model is loaded. Raises InferenceError."""
    ours, theirs = socket.socketpair()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "mgeo_torch.replica.worker",
            str(theirs.fileno()),
            pass_fds=[theirs.fileno()],
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [PACKAGE_ROOT, os.environ.get("PYTHONPATH")]))},
        )
    finally:
        theirs.close()
    reader, writer = await asyncio.open_connection(sock=ours)
    replica = ReplicaProcess(process, reader, writer)
    await replica.load(settings)
    log(f"replica {settings['replica']} is ready on {replica.facts['device']}")
    return replica
