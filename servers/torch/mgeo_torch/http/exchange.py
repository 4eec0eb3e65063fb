"""One request and its answer: id, log line, metrics, and what is true of every answer whatever made it."""

from __future__ import annotations

import re
import time
import uuid

from mgeo_torch.embedding.embedder import EmbeddingJob
from mgeo_torch.error_rate import ErrorRate
from mgeo_torch.http.problem import PROBLEM_TYPE, ProblemError, client_gone
from mgeo_torch.http.protocol import Departure
from mgeo_torch.http.target import decode_path
from mgeo_torch.metrics import Metrics
from mgeo_torch.request_log import RequestEntry, ServerLog
from mgeo_torch.state import ServerState

_SANE_ID = re.compile(rb"[A-Za-z0-9._:-]{1,128}")
# So much of a body that nobody wanted is read to its end and thrown away: closed before, the connection would be reset and the answer lost.
_MOST_DISCARDED = 16 * 2**20


class Exchange:
    """`late`: it came after the server had been told to stop, and is refused. What came before is answered."""

    def __init__(self, scope: dict, late: bool) -> None:
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"")
        self.headers: dict[bytes, bytes] = headers
        self.started_s = time.perf_counter()
        self.late = late
        self.departure: Departure = scope["departure"]
        self.departure.on_gone = self.give_up
        self.job: EmbeddingJob | None = None
        self.is_work = False
        self.entry = RequestEntry(given.decode() if _SANE_ID.fullmatch(given) else str(uuid.uuid4()), "other")
        self.body_complete = b"transfer-encoding" not in headers and headers.get(b"content-length", b"0") == b"0"

    def content_length(self) -> int | None:
        """As declared; None where it is not told."""
        return int(self.headers[b"content-length"]) if b"content-length" in self.headers else None

    def give_up(self) -> None:
        """Nobody waits any more: what this request alone asked for leaves the queue."""
        if self.job is not None:
            self.job.cancel("client-gone")

    def is_bearable(self) -> bool:
        """The rest of the body, if any, can be waited for once the answer is out."""
        return self.body_complete or (b"transfer-encoding" not in self.headers and (self.content_length() or 0) <= _MOST_DISCARDED)


class ExchangeLayer:
    """An ASGI layer around the routes."""

    def __init__(self, app, state: ServerState, log: ServerLog, metrics: Metrics, error_rate: ErrorRate) -> None:
        self.app, self.state, self.log, self.metrics, self.error_rate = app, state, log, metrics, error_rate

    async def __call__(self, scope: dict, receive, send) -> None:
        if scope["type"] != "http":
            return
        exchange = scope["exchange"] = Exchange(scope, self.state.phase == "draining")
        sent = False

        async def send_marked(message: dict) -> None:
            nonlocal sent
            if message["type"] == "http.response.start":
                if exchange.departure.gone:
                    return
                sent = True
                exchange.entry.status = message["status"]
                marks = [(b"x-request-id", exchange.entry.request_id.encode())]
                if self.state.phase == "draining" or not exchange.is_bearable():
                    marks.append((b"connection", b"close"))
                message = {**message, "headers": [*message["headers"], *marks]}
            if sent:
                await send(message)

        try:
            problem = self._malformed(scope, exchange)
            if problem is None:
                await self.app(scope, receive, send_marked)
            else:
                exchange.entry.problem = problem.kind
                await send_problem(problem, send_marked)
        finally:
            self._settle(exchange, sent)

    def _malformed(self, scope: dict, exchange: Exchange) -> ProblemError | None:
        expected = exchange.headers.get(b"expect")
        if expected is not None and expected.lower() != b"100-continue":
            return ProblemError("expectation-failed", "This server cannot do what the request expects.", "expect")
        path = decode_path(scope["raw_path"])
        if path is None:
            return ProblemError("bad-request", "The request is malformed.")
        scope["path"] = path
        return None

    def _settle(self, exchange: Exchange, sent: bool) -> None:
        entry = exchange.entry
        if exchange.is_work:
            self.state.in_flight -= 1
        if not sent:
            exchange.give_up()
            entry.status, entry.problem = client_gone().status, client_gone().kind
        latency_s = time.perf_counter() - exchange.started_s
        entry.latency_ms = latency_s * 1000
        self.metrics.request(entry.route, entry.status, latency_s)
        if exchange.is_work:
            self.error_rate.add(entry.status >= 500)
        if exchange.is_work or entry.status >= 400:
            self.log.request(entry)


async def send_problem(problem: ProblemError, send) -> None:
    """As ASGI messages."""
    body = problem.body()
    headers = {"content-type": PROBLEM_TYPE, "content-length": str(len(body)), **problem.headers()}
    await send({"type": "http.response.start", "status": problem.status, "headers": [(name.encode(), value.encode()) for name, value in headers.items()]})
    await send({"type": "http.response.body", "body": body})
