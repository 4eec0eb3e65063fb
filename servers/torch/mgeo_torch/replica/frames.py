"""What the server and a replica say to each other over a socket: a JSON header and raw bytes.

Ids and vectors stay raw: to write them as text would cost more than tokenizing.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct

_HEAD = struct.Struct("<II")


def pack(header: dict, body: bytes = b"") -> bytes:
    """One frame."""
    text = json.dumps(header).encode()
    return _HEAD.pack(len(text), len(body)) + text + body


async def read_frame(reader: asyncio.StreamReader) -> tuple[dict, bytes]:
    """Raises IncompleteReadError when the other side is gone."""
    lengths = _HEAD.unpack(await reader.readexactly(_HEAD.size))
    return json.loads(await reader.readexactly(lengths[0])), await reader.readexactly(lengths[1])


def receive_frame(connection: socket.socket) -> tuple[dict, bytes] | None:
    """The same for a thread that may wait; None when the other side is gone."""
    head = _receive(connection, _HEAD.size)
    if head is None:
        return None
    lengths = _HEAD.unpack(head)
    text, body = _receive(connection, lengths[0]), _receive(connection, lengths[1])
    return None if text is None or body is None else (json.loads(text), body)


def _receive(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        try:
            part = connection.recv(size - len(data))
        except ConnectionError:
            return None
        if not part:
            return None
        data += part
    return bytes(data)
