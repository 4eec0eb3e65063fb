"""The service people start with, to compare against: FastAPI and ONNX Runtime with their defaults.

`service.py --model FOLDER --port N`: two single-text inferences a request, each with as many threads as there are cores.
With `--window-ms 50 --max-batch 32 --cache 10000`: texts wait for company up to 50 ms, at most 32 are padded to the longest
in order of arrival and computed at once, and 10,000 vectors are kept by address: the improvement people make next.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from tokenizers import BertWordPieceTokenizer

MOST_TOKENS = 128


class Pair(BaseModel):
    addr1: str
    addr2: str


class Encoder:
    """Texts to unit vectors, shape [texts, hidden]."""

    def __init__(self, folder: str) -> None:
        self.session = onnxruntime.InferenceSession(f"{folder}/model.onnx", providers=["CPUExecutionProvider"])
        self.tokenizer = BertWordPieceTokenizer(f"{folder}/vocab.txt")
        self.tokenizer.enable_truncation(MOST_TOKENS)
        self.tokenizer.enable_padding()

    def encode(self, texts: list[str]) -> np.ndarray:
        encoded = self.tokenizer.encode_batch(texts)
        ids, mask, types = (np.array([getattr(one, name) for one in encoded], dtype=np.int64) for name in ("ids", "attention_mask", "type_ids"))
        (vectors, *_) = self.session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": types})
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Window:
    """Collects texts until `most` wait or the first has waited `delay_s`; one batch at a time."""

    def __init__(self, encoder: Encoder, delay_s: float, most: int, cache: int) -> None:
        self.encoder, self.delay_s, self.most, self.kept = encoder, delay_s, most, cache
        self.vectors: OrderedDict[str, np.ndarray] = OrderedDict()
        self.waiting: asyncio.Queue[tuple[str, asyncio.Future[np.ndarray]]] = asyncio.Queue()
        self.thread = ThreadPoolExecutor(1)

    async def vector(self, text: str) -> np.ndarray:
        if (found := self.vectors.get(text)) is not None:
            self.vectors.move_to_end(text)
            return found
        answer: asyncio.Future[np.ndarray] = asyncio.get_running_loop().create_future()
        await self.waiting.put((text, answer))
        return await answer

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self.waiting.get()]
            until = loop.time() + self.delay_s
            while len(batch) < self.most and (left := until - loop.time()) > 0:
                try:
                    batch.append(await asyncio.wait_for(self.waiting.get(), left))
                except asyncio.TimeoutError:
                    break
            try:
                vectors = await loop.run_in_executor(self.thread, self.encoder.encode, [text for text, _ in batch])
            except Exception as error:  # noqa: BLE001 - whoever waits has to learn of it
                for _, answer in batch:
                    answer.set_exception(error)
                continue
            for (text, answer), vector in zip(batch, vectors):
                if not answer.done():
                    answer.set_result(vector)
                self.vectors[text] = vector
                if len(self.vectors) > self.kept:
                    self.vectors.popitem(last=False)


def build(options: argparse.Namespace) -> FastAPI:
    encoder = Encoder(options.model)
    app = FastAPI()

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    if options.window_ms == 0:

        @app.post("/similarity")
        def similarity(pair: Pair) -> dict[str, float]:
            left, right = encoder.encode([pair.addr1])[0], encoder.encode([pair.addr2])[0]
            return {"similarity": float(min(1.0, left @ right))}

    else:
        window = Window(encoder, options.window_ms / 1000, options.max_batch, options.cache)
        running: set[asyncio.Task[None]] = set()

        @app.post("/similarity")
        async def similarity_in_window(pair: Pair) -> dict[str, float]:
            if not running:
                running.add(asyncio.create_task(window.run()))
            left, right = await asyncio.gather(window.vector(pair.addr1), window.vector(pair.addr2))
            return {"similarity": float(min(1.0, left @ right))}

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--window-ms", type=float, default=0)
    parser.add_argument("--max-batch", type=int, default=32)
    parser.add_argument("--cache", type=int, default=10_000)
    chosen = parser.parse_args()
    uvicorn.run(build(chosen), host="127.0.0.1", port=chosen.port, log_level="warning")
