"""Finds or makes the model, starts its replicas and lets each compute once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from mgeo_torch.batching.scheduler import BatchReport
from mgeo_torch.model.find import describe, find_model
from mgeo_torch.options import Options, threads_a_run
from mgeo_torch.replica.pool import EncodedText, Pool
from mgeo_torch.replica.process import start_replica
from mgeo_torch.state import Service, encoder_of, open_service

_WARM_TEXT = "浙江省杭州市余杭区五常街道文一西路969号"


async def load_service(options: Options, log: Callable[[str], None], on_batch: Callable[[BatchReport], None], on_drop: Callable[[str, int], None]) -> Service:
    """Raises InferenceError. The server answers /health meanwhile: hashing and generating happen in a thread."""
    files = await asyncio.to_thread(find_model, options.model, options.cache_dir, log)
    threads = options.strategy.threads
    shared = {
        **json.loads(describe(files)),
        "dtype": options.dtype,
        "compile": options.compile,
        "execution": options.execution,
        "intraThreads": threads_a_run(options),
        "threads": threads,
        "replicas": options.replicas,
    }
    pool = Pool(lambda at: start_replica({**shared, "replica": at}, log), options.replicas, threads, log)
    await pool.open()
    encode = encoder_of(files)
    ids = encode(_WARM_TEXT)
    warm = EncodedText(ids, ids if files.info.kind == "cross-encoder" else None)
    # The first request should not pay for first-time allocations, nor for compiling; both sizes, for a compiler may have one program for each.
    for size in (1, 2):
        await asyncio.gather(*(pool.run([warm] * size) for _ in range(pool.slots)))
    return open_service(options, files, pool, on_batch, on_drop)
