"""A replica: `python -m mgeo_torch.replica.worker FD` loads one model, then answers batches over the socket FD.

It ends by itself when the socket closes, so no way of dying of its parent leaves it behind.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from mgeo_torch.errors import InferenceError
from mgeo_torch.replica.frames import pack, receive_frame

_MIB = 2**20


def main() -> None:
    """Ctrl-C reaches the whole process group; the parent drains first and then closes the socket."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    connection = socket.socket(fileno=int(sys.argv[1]))
    first = receive_frame(connection)
    if first is None:
        return
    settings = first[0]
    try:
        session, facts = _load(settings)
    except InferenceError as error:
        connection.sendall(pack({"kind": "refused", "code": error.code, "message": str(error), "hint": error.hint}))
        return
    connection.sendall(pack({"kind": "ready", **facts, **_memory(facts["device"])}))
    _serve(connection, session, settings["threads"], facts["device"])
    # Threads may be in the middle of a run that nobody waits for.
    os._exit(0)


def _load(settings: dict):
    try:
        import torch
    except Exception as error:  # a broken installation raises anything: ImportError, OSError, AttributeError
        hint = "Install it with `pip install torch`, or start the server with a Python that has it."
        raise InferenceError("runtime-missing", f"torch cannot be loaded by {sys.executable}: {error}", hint) from None
    from mgeo_torch.replica.device import choose_device
    from mgeo_torch.replica.session import Session

    torch.set_num_threads(settings["intraThreads"])
    device = choose_device(settings["execution"], settings["replica"], settings["replicas"])
    session = Session({**settings, "device": device})
    facts = {"device": device, "torch": torch.__version__, "deviceName": torch.cuda.get_device_name(device) if device != "cpu" else None}
    return session, facts


def _serve(connection: socket.socket, session, threads: int, device: str) -> None:
    sending = threading.Lock()
    memory = _Remembered(device)

    def answer(header: dict, body: bytes) -> None:
        try:
            lengths = header["lengths"]
            texts = np.split(np.frombuffer(body, np.int32), np.cumsum(lengths)[:-1])
            started = time.perf_counter()
            rows = session.run(texts)
            infer_ms = (time.perf_counter() - started) * 1000
            reply = pack({"kind": "done", "id": header["id"], "width": rows.shape[1], "inferMs": infer_ms, **memory.read()}, rows.tobytes())
        except Exception as error:  # a batch that fails must not take the process with it
            reply = pack({"kind": "failed", "id": header["id"], "message": str(error).split("\n")[0] or type(error).__name__})
        try:
            with sending:
                connection.sendall(reply)
        except OSError:
            pass  # the parent is gone; the next read ends this process

    pool = ThreadPoolExecutor(threads) if threads > 1 else None
    while (frame := receive_frame(connection)) is not None:
        if pool is None:
            answer(*frame)
        else:
            pool.submit(answer, *frame)


class _Remembered:
    """Memory, asked once a second: for each batch it would be a part of the batch's cost."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.read_at = 0.0

    def read(self) -> dict:
        now = time.monotonic()
        if now - self.read_at < 1:
            return {}
        self.read_at = now
        return _memory(self.device)


def _memory(device: str) -> dict:
    found: dict = {"rssMiB": _rss_mib()}
    if device != "cpu":
        import torch

        found["allocatedPeakMiB"] = torch.cuda.max_memory_allocated(device) / _MIB
        found["reservedPeakMiB"] = torch.cuda.max_memory_reserved(device) / _MIB
    return found


def _rss_mib() -> float | None:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MIB
    except OSError:
        return None


if __name__ == "__main__":
    main()
