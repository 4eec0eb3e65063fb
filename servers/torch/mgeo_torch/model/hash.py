"""sha256 of files."""

from __future__ import annotations

import hashlib


def hash_file(path: str) -> str:
    """In lower-case hex, streamed: a model is hundreds of megabytes."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
