"""The paths of this server, as a FastAPI application."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from mgeo_torch.embedding.embedder import Pair
from mgeo_torch.error_rate import ErrorRate
from mgeo_torch.http.body import read_pair, read_pairs
from mgeo_torch.http.compare import Compared, compare_pairs, timing_header
from mgeo_torch.http.exchange import Exchange, ExchangeLayer
from mgeo_torch.http.health import read_health
from mgeo_torch.http.problem import PROBLEM_TYPE, ProblemError, problem_of
from mgeo_torch.http.read_body import read_json_body
from mgeo_torch.metrics import CONTENT_TYPE, Gauges, Metrics
from mgeo_torch.options import Options
from mgeo_torch.request_log import ServerLog
from mgeo_torch.state import ServerState

JSON_TYPE = "application/json; charset=utf-8"
# RFC 9111 §5.2.1.5: the client wants an answer that no cache has touched.
_NO_STORE = re.compile(rb"\bno-store\b", re.IGNORECASE)
_LOOK = ["GET", "HEAD"]
_METHODS = {"/similarity": "POST", "/similarity/batch": "POST", "/health": "GET, HEAD", "/ready": "GET, HEAD", "/metrics": "GET, HEAD"}


def build_app(options: Options, state: ServerState, log: ServerLog) -> tuple[FastAPI, Metrics]:
    """It answers /health before there is a model. No page of documentation is served: what is not in the table of paths is 404."""
    error_rate = ErrorRate(time.monotonic)
    metrics = Metrics(
        Gauges(
            queue_length=lambda: state.service.scheduler.waiting() if state.service else 0,
            in_flight=lambda: state.in_flight,
            cache=lambda: state.cache_stats(options),
            inference_memory=state.inference_memory_mib,
            device_memory=state.device_memory_mib,
            ready=lambda: state.phase == "ready",
        )
    )
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.add_middleware(ExchangeLayer, state=state, log=log, metrics=metrics, error_rate=error_rate)
    started_s = time.monotonic()

    def refuse(exchange: Exchange, error: Exception) -> Response:
        problem = problem_of(error)
        exchange.entry.problem = problem.kind
        if problem.status == 500:
            log.say("error", "request failed", request_id=exchange.entry.request_id, err=_without_content(error))
        return Response(problem.body(), problem.status, problem.headers(), PROBLEM_TYPE)

    async def unrouted(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        allow = _METHODS.get(request.scope["path"], "")
        problem = ProblemError("not-found", "There is nothing at this path.")
        if status == 405:
            problem = ProblemError("method-not-allowed", f"This path takes {allow} only.", allow=allow)
        return refuse(request.scope["exchange"], problem if status in (404, 405) else error)

    app.add_exception_handler(HTTPException, unrouted)

    def work(answer: Callable[[Exchange, Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """Computes: it is counted as under way, logged, and part of the error rate."""

        async def endpoint(request: Request) -> Response:
            exchange: Exchange = request.scope["exchange"]
            exchange.entry.route = request.scope["path"]
            exchange.is_work = True
            state.in_flight += 1
            try:
                return await answer(exchange, request)
            except Exception as error:  # whatever it was: the client gets a problem, the log the reason
                return refuse(exchange, error)

        return endpoint

    async def compare(exchange: Exchange, pairs: list[Pair], body_of: Callable[[Compared], object]) -> Response:
        no_store = _NO_STORE.search(exchange.headers.get(b"cache-control", b"")) is not None
        compared = await compare_pairs(pairs, state, options.deadline_ms, no_store, exchange)
        body = _json(body_of(compared))
        entry = exchange.entry
        entry.tokenize_ms, entry.queue_ms, entry.infer_ms = compared.tokenize_ms, compared.queue_ms, compared.infer_ms
        entry.batch_size, entry.cache = compared.batch_size, compared.cache
        assert state.service is not None
        post_ms = state.service.scheduler.now_ms() - compared.vectors_at_ms
        headers = {"server-timing": timing_header(compared, post_ms, metrics), "x-batch-size": str(compared.batch_size), "x-cache": compared.cache}
        return Response(body, 200, headers, JSON_TYPE)

    async def similarity(exchange: Exchange, request: Request) -> Response:
        pair = read_pair(await read_json_body(exchange, request.receive, options.max_body_bytes), options.max_chars)
        exchange.entry.pair = pair

        def body_of(compared: Compared) -> object:
            exchange.entry.similarity = compared.judgements[0]["similarity"]
            return compared.judgements[0]

        return await compare(exchange, [pair], body_of)

    async def batch(exchange: Exchange, request: Request) -> Response:
        pairs = read_pairs(await read_json_body(exchange, request.receive, options.max_body_bytes), options.max_chars, options.max_pairs)
        exchange.entry.pairs = len(pairs)
        return await compare(exchange, pairs, lambda compared: {"similarities": [one["similarity"] for one in compared.judgements]})

    app.add_api_route("/similarity", work(similarity), methods=["POST"])
    app.add_api_route("/similarity/batch", work(batch), methods=["POST"])

    def look(path: str, answer: Callable[[], Response]) -> None:
        async def endpoint(request: Request) -> Response:
            request.scope["exchange"].entry.route = path
            return answer()

        app.add_api_route(path, endpoint, methods=_LOOK)

    def ready() -> Response:
        is_ready = state.phase == "ready"
        return Response(_json({"ready": is_ready, "status": "ok" if is_ready else state.phase}), 200 if is_ready else 503, media_type=JSON_TYPE)

    look("/health", lambda: Response(_json(read_health(options, state, error_rate, time.monotonic() - started_s)), media_type=JSON_TYPE))
    look("/ready", ready)
    look("/metrics", lambda: Response(metrics.text(), media_type=CONTENT_TYPE))
    return app, metrics


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _without_content(error: Exception) -> str:
    """Kind and first line: a traceback may hold what was sent."""
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
