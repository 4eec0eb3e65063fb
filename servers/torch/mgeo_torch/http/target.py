"""The path of a request target, in origin form or absolute form (RFC 9112 §3.2), without its escapes."""

from __future__ import annotations

import re
from urllib.parse import quote

_ORIGIN = re.compile(rb"^https?://[^/?#]*", re.IGNORECASE)
# Escapes of these stay: decoded they would change what the path means.
_RESERVED = b";/?:@&=+$,#"


def origin_form(target: bytes) -> bytes:
    """What the parser of uvicorn can take: begins with a slash and is ASCII. `*` becomes `/*`, at which there is nothing."""
    path = _ORIGIN.sub(b"", target)
    return quote(path if path.startswith(b"/") else b"/" + path, safe=bytes(range(33, 127))).encode()


def decode_path(raw: bytes) -> str | None:
    """None where escapes are broken or not UTF-8."""
    if re.search(rb"%(?![0-9A-Fa-f]{2})", raw):
        return None

    def decode(found: re.Match[bytes]) -> bytes:
        byte = bytes([int(found[0][1:], 16)])
        return found[0] if byte in _RESERVED else byte

    try:
        return re.sub(rb"%[0-9A-Fa-f]{2}", decode, raw).decode()
    except UnicodeDecodeError:
        return None
