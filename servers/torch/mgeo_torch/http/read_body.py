"""The bytes of a body that calls itself JSON."""

from __future__ import annotations

import re

from starlette.types import Receive

from mgeo_torch.http.exchange import Exchange
from mgeo_torch.http.problem import ProblemError, client_gone

_JSON_TYPE = re.compile(rb'application/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*', re.IGNORECASE)


async def read_json_body(exchange: Exchange, receive: Receive, max_bytes: int) -> bytes:
    """Whether they are UTF-8 and JSON is judged by body.py, whose refusals name a field. Raises ProblemError."""
    too_large = ProblemError("body-too-large", "The body is larger than this server takes.", "body")
    if (exchange.content_length() or 0) > max_bytes:
        raise too_large
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise client_gone()
        body += message.get("body", b"")
        if len(body) > max_bytes:
            raise too_large
        if not message.get("more_body", False):
            break
    exchange.body_complete = True
    _check_type(exchange.headers, len(body))
    return bytes(body)


def _check_type(headers: dict[bytes, bytes], size: int) -> None:
    if headers.get(b"content-encoding", b"identity") != b"identity":
        raise ProblemError("unsupported-media-type", "The body must not be compressed.", "content-encoding")
    given = headers.get(b"content-type")
    # A missing body is a fault of its own, whatever its type.
    if size > 0 if given is None else not _JSON_TYPE.fullmatch(given):
        raise ProblemError("unsupported-media-type", "The body must be application/json in UTF-8.", "content-type")
