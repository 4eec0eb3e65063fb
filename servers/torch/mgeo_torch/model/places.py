"""Where the files lie that come with the project: models and vocabulary are those of servers/reference."""

from __future__ import annotations

import os

REFERENCE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))), "reference")
VOCAB = os.path.join(REFERENCE, "model", "vocab", "vocab.txt")
SHIPPED = {name: os.path.join(REFERENCE, "models", name) for name in ("address-mini", "address-mini-bi")}


def usual_cache_dir() -> str:
    """Where generated models are kept unless told otherwise."""
    own = os.environ.get("MGEO_BENCH_CACHE")
    return own or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "mgeo-bench")
