"""Where log lines go: gathered, and written by a thread of its own."""

from __future__ import annotations

import os
import threading
import time

_STDERR = 2
_RETRY_S = 0.02
# What waits for a reader that does not read; beyond it lines are dropped.
_MOST_GATHERED = 4 * 2**20


class LineSink:
    """A file, or stderr for None. A reader of stderr that goes away, or stops reading, must neither end the server nor keep it from ending."""

    def __init__(self, file: str | None) -> None:
        if file is not None:
            os.makedirs(os.path.dirname(os.path.abspath(file)), exist_ok=True)
        self._fd = _STDERR if file is None else os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        self._gathered: list[str] = []
        self._length = 0
        self._broken = False
        self._wake = threading.Condition()
        self._idle = True
        threading.Thread(target=self._write_on, daemon=True, name="log").start()

    def write(self, line: str) -> None:
        """`line` without its end."""
        with self._wake:
            if self._broken or self._length > _MOST_GATHERED:
                return
            self._gathered.append(line)
            self._length += len(line) + 1
            self._wake.notify()

    def flush(self, patience_s: float) -> None:
        """Returns when everything is written, the reader has gone, or the patience is over."""
        with self._wake:
            self._wake.wait_for(lambda: self._broken or (self._idle and not self._gathered), patience_s)

    def _write_on(self) -> None:
        while True:
            with self._wake:
                self._idle = True
                self._wake.notify_all()
                self._wake.wait_for(lambda: bool(self._gathered))
                lines, self._gathered, self._length = self._gathered, [], 0
                self._idle = False
            if not self._write(("\n".join(lines) + "\n").encode("utf-8", "replace")):
                with self._wake:
                    self._broken = True
                    self._wake.notify_all()
                return
            # One system call for many lines: at a thousand requests a second not every line is worth one.
            time.sleep(_RETRY_S)

    def _write(self, data: bytes) -> bool:
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:
                time.sleep(_RETRY_S)
            except OSError:
                return False
        return True
