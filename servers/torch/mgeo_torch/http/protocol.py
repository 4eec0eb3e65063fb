"""uvicorn's HTTP protocol on llhttp (the parser of Node), with the limits that it leaves to a proxy: slow clients, endless headers,
answers in our own form to what is no request, and news of a client that has gone.

uvicorn is pinned exactly: this class knows its inside.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from mgeo_torch.http.problem import connection_problem, raw_answer
from mgeo_torch.http.target import origin_form

HEADERS_S = 15.0
REQUEST_S = 30.0
KEEP_ALIVE_S = 75
MOST_HEADER_BYTES = 16 * 1024
# A head that has not ended is measured with its separators.
MOST_UNFINISHED_BYTES = 2 * MOST_HEADER_BYTES


class Departure:
    """Whether the client of a request has gone. `on_gone` is called at most once."""

    def __init__(self) -> None:
        self.gone = False
        self.on_gone: Callable[[], None] | None = None

    def happen(self) -> None:
        if self.gone:
            return
        self.gone = True
        if self.on_gone is not None:
            self.on_gone()


class GuardedProtocol(HttpToolsProtocol):
    """`app_state["on_refused"]` hears the status of what could not even be read as a request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._reading = self._in_head = self._closing = False
        self._head_bytes = self._unfinished_bytes = 0
        self._refusal = "bad-request"
        self._body_left: int | None = None
        self._pending: str | None = None
        self._active: RequestResponseCycle | None = None
        self._patience: asyncio.TimerHandle | None = self.loop.call_later(HEADERS_S, self._expire)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self.pipeline.clear()
        active = self._active
        super().connection_lost(exc)
        if active is not None and not active.response_complete:
            # The base class knows only the newest request, which need not be the one that is being answered.
            active.disconnected = True
            active.message_event.set()
            active.scope["departure"].happen()  # type: ignore[typeddict-item]

    def eof_received(self) -> None:
        """A client that has said its last word is taken for gone; in the middle of a request it is told so."""
        if self._reading and not self._closing:
            self._refuse("bad-request")

    def data_received(self, data: bytes) -> None:
        if self._closing:
            return
        self._unset_keepalive_if_required()
        try:
            self._feed(data)
        except httptools.HttpParserError:
            self._refuse(self._refusal)
            return
        if self._in_head:
            # Of a header that does not end the parser says nothing until it does.
            self._unfinished_bytes += len(data)
            if self._unfinished_bytes > MOST_UNFINISHED_BYTES:
                self._refuse("headers-too-large")
                return
        if self._reading and self._patience is None:
            self._patience = self.loop.call_later(HEADERS_S if self._in_head else REQUEST_S, self._expire)

    def _feed(self, data: bytes) -> None:
        """Nothing here can be upgraded to, so a request that asks for it is answered as it is. The parser, however, reads no further than its
        headers: the body is taken from what follows, and a new parser from there on."""
        while data:
            if self._body_left is not None:
                body, data = data[: self._body_left], data[self._body_left :]
                self._body_left -= len(body)
                self.on_body(body)
                if self._body_left == 0:
                    self._body_left = None
                    self.on_message_complete()
                continue
            try:
                self.parser.feed_data(data)
                return
            except httptools.HttpParserUpgrade as upgrade:
                data = data[upgrade.args[0] :]
                self.parser = httptools.HttpRequestParser(self)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._reading = self._in_head = True
        self._head_bytes = self._unfinished_bytes = 0

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MOST_HEADER_BYTES:
            self._refusal = "headers-too-large"
            raise ValueError(self._refusal)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._stop_waiting()
        if self.parser.get_http_version() == "1.1" and not any(name == b"host" for name, _ in self.headers):
            raise ValueError("no host")
        if self.parser.should_upgrade():
            fields = dict(self.headers)
            if b"transfer-encoding" in fields:
                raise ValueError("a body without a length behind an upgrade")
            self._body_left = int(fields.get(b"content-length", b"0")) or None
        self.url = origin_form(self.url)
        self.scope["departure"] = Departure()  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        if self._body_left is not None:
            return  # the parser's end of an upgrade: its body is still to come
        self._reading = False
        self._stop_waiting()
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app) -> None:
        self._active = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._pending is not None and not self.pipeline:
            self._write_refusal(self._pending)

    def is_idle(self) -> bool:
        """Nothing is being read or answered."""
        return not self._reading and not self.pipeline and (self._active is None or self._active.response_complete)

    def _expire(self) -> None:
        self._patience = None
        self._refuse("request-timeout")

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _refuse(self, kind: str) -> None:
        """What was asked properly before is answered first."""
        self._closing = True
        self._stop_waiting()
        broken = self._reading and not self._in_head and self.cycle is not None and not self.cycle.response_complete
        if broken and self.pipeline and self.pipeline[0][0] is self.cycle:
            self.pipeline.popleft()
            broken = False
        busy = self._active is not None and not self._active.response_complete
        if busy and not broken:
            self._pending = kind
            self.transport.pause_reading()
            return
        if broken and self._active is not None:
            self._active.disconnected = True
            self._active.message_event.set()
        self._write_refusal(kind)

    def _write_refusal(self, kind: str) -> None:
        if self.transport.is_closing():
            return
        problem = connection_problem(kind)
        self.transport.write(raw_answer(problem))
        self.transport.close()
        self.app_state["on_refused"](problem.status)
