"""Problem details by RFC 9457; kinds, status and words are those of servers/reference."""

from __future__ import annotations

import json
import math

from mgeo_torch.errors import InferenceError, SchedulerError

PROBLEM_TYPE = "application/problem+json; charset=utf-8"

STATUSES = {
    "invalid-json": 400,
    "invalid-utf8": 400,
    "not-an-object": 400,
    "missing-field": 400,
    "wrong-type": 400,
    "blank": 400,
    "too-long": 400,
    "bad-request": 400,
    "not-found": 404,
    "method-not-allowed": 405,
    "request-timeout": 408,
    "body-too-large": 413,
    "too-many-pairs": 413,
    "unsupported-media-type": 415,
    "expectation-failed": 417,
    "queue-full": 429,
    "headers-too-large": 431,
    # Seen by the log and the metrics only: the connection was gone before the answer.
    "client-gone": 499,
    "internal-error": 500,
    "inference-failed": 500,
    "not-ready": 503,
    "stopping": 503,
    "deadline-passed": 503,
}
_TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    413: "Payload Too Large",
    415: "Unsupported Media Type",
    417: "Expectation Failed",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
_LONGEST_RETRY_S = 60


class ProblemError(Exception):
    """A request that cannot be answered. Its detail never repeats what the client sent: that may be an address."""

    def __init__(self, kind: str, detail: str, field: str | None = None, retry_after_s: int | None = None, allow: str | None = None) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.field = kind, detail, field
        self.retry_after_s, self.allow = retry_after_s, allow

    @property
    def status(self) -> int:
        return STATUSES[self.kind]

    def body(self) -> bytes:
        """The answer as JSON."""
        problem = {"type": f"urn:mgeo-bench:problem:{self.kind}", "title": _TITLES.get(self.status, "Error"), "status": self.status, "detail": self.detail}
        if self.field is not None:
            problem["field"] = self.field
        return json.dumps(problem, ensure_ascii=False, separators=(",", ":")).encode()

    def headers(self) -> dict[str, str]:
        """Beside type and length."""
        found = {} if self.retry_after_s is None else {"retry-after": str(self.retry_after_s)}
        return found if self.allow is None else {**found, "allow": self.allow}


def problem_of(error: Exception) -> ProblemError:
    """Turns whatever was raised into a problem; nothing of the request's content survives into it."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, SchedulerError):
        return _scheduling(error.code)
    if isinstance(error, InferenceError):
        return ProblemError("inference-failed", "The model could not compute this request; the log of the server says why.")
    return ProblemError("internal-error", "The server failed; its log says why.")


def _scheduling(code: str) -> ProblemError:
    if code == "queue-full":
        return queue_full(0)
    if code == "deadline":
        return ProblemError("deadline-passed", "The request waited too long for the model and was dropped.", retry_after_s=1)
    return stopping() if code == "stopped" else client_gone()


def queue_full(backlog_ms: float) -> ProblemError:
    """Asks to come back when what waits now will have been computed."""
    seconds = min(_LONGEST_RETRY_S, max(1, math.ceil(backlog_ms / 1000)))
    return ProblemError("queue-full", "Too many requests wait already; come back later.", retry_after_s=seconds)


def client_gone() -> ProblemError:
    """For the log: nobody is there to read it."""
    return ProblemError("client-gone", "The client closed the connection.")


def stopping() -> ProblemError:
    """While the server drains: try another in a second."""
    return ProblemError("stopping", "The server is stopping.", retry_after_s=1)


def not_ready() -> ProblemError:
    """Until the model is loaded: try again in a second."""
    return ProblemError("not-ready", "The model is being loaded.", retry_after_s=1)


def connection_problem(kind: str) -> ProblemError:
    """Of what could not even be read as a request."""
    details = {
        "request-timeout": "The request did not arrive in time.",
        "headers-too-large": "The headers are larger than this server takes.",
    }
    return ProblemError(kind, details.get(kind, "This is not an HTTP request."))


def raw_answer(problem: ProblemError) -> bytes:
    """A whole HTTP answer, for a connection on which no request could be read."""
    body = problem.body()
    head = [f"HTTP/1.1 {problem.status} {_TITLES[problem.status]}", f"Content-Type: {PROBLEM_TYPE}", f"Content-Length: {len(body)}", "Connection: close"]
    return ("\r\n".join(head) + "\r\n\r\n").encode() + body
