"""Listening, and stopping without losing an answer."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket

import uvicorn
from uvicorn.server import ServerState as Connections

from mgeo_torch.http.protocol import KEEP_ALIVE_S, GuardedProtocol
from mgeo_torch.metrics import Metrics
from mgeo_torch.options import Options
from mgeo_torch.request_log import ServerLog
from mgeo_torch.state import ServerState

_BACKLOG = 2048
_SWEEP_S = 0.025
# A batch whose requests were cut off may still run; the replicas end by themselves once this process is gone.
_INFERENCE_CLOSE_S = 2.0
_CODES = {signal.SIGTERM: 143, signal.SIGINT: 130}


def bind(options: Options) -> socket.socket:
    """Raises OSError where the system refuses: errno says why."""
    # Of the two addresses of this name clients try this one in any case.
    host = "127.0.0.1" if options.host == "localhost" else options.host
    family, kind, protocol, _, address = socket.getaddrinfo(host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # A port whose last connections linger can be taken again at once; a port in use cannot.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    listener.setblocking(False)
    return listener


class HttpServer:
    """uvicorn's protocol without uvicorn's own main loop: order and patience of the drain are ours."""

    def __init__(self, app, listener: socket.socket, metrics: Metrics) -> None:
        # What uvicorn would log is in the request log, or holds what a client sent.
        logging.getLogger("uvicorn").addHandler(logging.NullHandler())
        logging.getLogger("uvicorn").propagate = False
        self._config = uvicorn.Config(app, http=GuardedProtocol, ws="none", lifespan="off", log_config=None, access_log=False, timeout_keep_alive=KEEP_ALIVE_S)
        self._config.load()
        self._listener = listener
        self._connections = Connections()
        self._app_state = {"on_refused": lambda status: metrics.request("connection", status, None)}
        self._server: asyncio.Server | None = None
        self._clock: asyncio.Task | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._clock = loop.create_task(self._keep_date())
        self._server = await loop.create_server(lambda: GuardedProtocol(self._config, self._connections, self._app_state), sock=self._listener, backlog=_BACKLOG)

    async def _keep_date(self) -> None:
        from email.utils import formatdate

        while True:
            self._connections.default_headers = [(b"date", formatdate(usegmt=True).encode())]
            await asyncio.sleep(1)

    async def close(self, patience_s: float) -> None:
        """Takes no more connections, closes idle ones, and lets requests under way end; then cuts off what is left."""
        assert self._server is not None
        self._server.close()
        loop = asyncio.get_running_loop()
        until = loop.time() + patience_s
        while self._connections.connections and loop.time() < until:
            # A connection whose answer went out before the drain began stays idle for ever unless it is closed here.
            for connection in list(self._connections.connections):
                if connection.is_idle():
                    connection.transport.close()
            await asyncio.sleep(_SWEEP_S)

    def cut_off(self) -> None:
        """Ends every connection that is left."""
        for connection in list(self._connections.connections):
            connection.transport.abort()


async def drain(http: HttpServer, state: ServerState, drain_s: float) -> int:
    """Returns how many requests were cut off."""
    state.phase = "draining"
    await http.close(drain_s)
    cut_off = state.in_flight
    if state.service is not None:
        state.service.scheduler.stop()
    http.cut_off()
    if state.service is not None:
        await asyncio.wait([asyncio.ensure_future(state.service.pool.close())], timeout=_INFERENCE_CLOSE_S)
    return cut_off


def stop_on_signals(state: ServerState, log: ServerLog) -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT; the second one ends the process at once."""
    stop = asyncio.Event()

    def on_signal(number: signal.Signals) -> None:
        if stop.is_set():
            os._exit(_CODES[number])
        log.say("info", "stopping", signal=number.name, in_flight=state.in_flight)
        state.phase = "draining"
        stop.set()

    for number in _CODES:
        asyncio.get_running_loop().add_signal_handler(number, on_signal, number)
    return stop
