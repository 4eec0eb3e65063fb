"""The training itself: cross-entropy, AdamW, a rate that rises over the first tenth of the steps and falls to nothing."""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Iterator

import numpy as np
import torch
import torch.nn.functional as F

from mgeo_torch.errors import InferenceError, UsageError
from mgeo_torch.model.bert import BertEncoder
from mgeo_torch.model.bert_weights import load_weights
from mgeo_torch.model.info import LABEL_COUNT, ModelFiles
from mgeo_torch.replica.device import choose_device
from mgeo_torch.replica.padding import pad_pairs
from mgeo_torch.replica.session import DTYPES, read_checkpoint
from mgeo_torch.training.pairs import LabelledPair
from mgeo_torch.training.score import accuracy, macro_f1
from mgeo_torch.training.tiny import TINY

_WARM_UP = 0.1
_MOST_GRADIENT = 1.0
_JUDGING_BATCH = 128

Encoded = tuple[list[int], list[int], int]


class Trainer:
    """`encode` gives the ids of one text. Raises InferenceError or UsageError when it cannot train here."""

    def __init__(self, options: argparse.Namespace, files: ModelFiles, train: list[LabelledPair], held_out: list[LabelledPair]) -> None:
        if options.threads is not None:
            torch.set_num_threads(options.threads)
        torch.manual_seed(options.seed)
        self.options = options
        self.device = choose_device(options.execution, 0, 1)
        if self.device == "cpu" and options.dtype == "fp16":
            raise UsageError("--dtype fp16 trains on a GPU only; take fp32 or bf16 here.")
        self.model = _build(files).to(self.device)
        half = min(options.max_tokens, files.info.max_tokens) // 2
        self.train = [_encode(files, pair, half) for pair in train]
        self.held_out = [_encode(files, pair, half) for pair in held_out]
        self.order = np.random.default_rng(options.seed)
        steps = options.epochs * -(-len(train) // options.batch)
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=options.rate, weight_decay=0.01)
        warm = max(1, int(steps * _WARM_UP))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm))))
        self.scaler = torch.cuda.amp.GradScaler(enabled=options.dtype == "fp16")

    def epoch(self, number: int) -> dict:
        """Trains once over all pairs, then judges the held-out ones. Times are of the training alone."""
        if self.device != "cpu":
            torch.cuda.reset_peak_memory_stats(self.device)
        started = time.perf_counter()
        self.model.train()
        total = torch.zeros((), device=self.device)
        for batch in self._batches():
            total += self._step(batch) * len(batch)
        loss = float(total) / len(self.train)
        seconds = time.perf_counter() - started
        truth, guesses = self._judge()
        return {
            "epoch": number,
            "loss": round(loss, 6),
            "accuracy": round(accuracy(truth, guesses), 6),
            "f1": round(macro_f1(truth, guesses, LABEL_COUNT), 6),
            "seconds": round(seconds, 3),
            "samples_per_s": round(len(self.train) / seconds, 2),
            "vram_peak_mib": None if self.device == "cpu" else round(torch.cuda.max_memory_allocated(self.device) / 2**20, 1),
        }

    def _batches(self) -> Iterator[list[Encoded]]:
        """In a new order each time; pairs of like length share a batch, or half of the work would be padding."""
        size = self.options.batch
        order = self.order.permutation(len(self.train))
        pool = size * 50
        batches = []
        for at in range(0, len(order), pool):
            near = sorted(order[at : at + pool], key=lambda index: len(self.train[index][0]) + len(self.train[index][1]))
            batches += [near[start : start + size] for start in range(0, len(near), size)]
        for at in self.order.permutation(len(batches)):
            yield [self.train[index] for index in batches[at]]

    def _step(self, batch: list[Encoded]) -> torch.Tensor:
        loss = F.cross_entropy(self._logits(batch), torch.tensor([label for _, _, label in batch], device=self.device))
        self.optimizer.zero_grad(set_to_none=True)
        self.scaler.scale(loss).backward()
        self.scaler.unscale_(self.optimizer)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), _MOST_GRADIENT)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        self.schedule.step()
        return loss.detach()

    def _logits(self, batch: list[Encoded]) -> torch.Tensor:
        feeds = pad_pairs([np.array(side) for left, right, _ in batch for side in (left, right)])
        ids, mask, types = (torch.from_numpy(feeds[name]).to(self.device) for name in ("input_ids", "attention_mask", "token_type_ids"))
        mixed = self.options.dtype != "fp32"
        with torch.autocast(self.device.split(":")[0], dtype=DTYPES[self.options.dtype]) if mixed else contextlib.nullcontext():
            return self.model.logits(ids, mask, types)

    def _judge(self) -> tuple[list[int], list[int]]:
        self.model.eval()
        guesses: list[int] = []
        with torch.inference_mode():
            for at in range(0, len(self.held_out), _JUDGING_BATCH):
                guesses += self._logits(self.held_out[at : at + _JUDGING_BATCH]).argmax(1).tolist()
        return [label for _, _, label in self.held_out], guesses


def _initialise(module: torch.nn.Module) -> None:
    if isinstance(module, torch.nn.Linear | torch.nn.Embedding):
        torch.nn.init.normal_(module.weight, std=0.02)
    if isinstance(module, torch.nn.Linear):
        torch.nn.init.zeros_(module.bias)


def _encode(files: ModelFiles, pair: LabelledPair, room: int) -> Encoded:
    encode = files.tokenizer.encode  # type: ignore[attr-defined]
    return encode(pair.a, room), encode(pair.b, room), pair.label


def _build(files: ModelFiles) -> BertEncoder:
    """What the weights do not cover begins as BERT began; a classifier that was fine-tuned before goes on, its rows in the order not, partial, exact."""
    if files.form == "onnx":
        raise UsageError(f"{files.info.name} is an ONNX graph, which cannot be trained; take a BERT folder, mgeo, mgeo-shape-mini or {TINY}.")
    model = BertEncoder(files.config, LABEL_COUNT)
    model.apply(_initialise)
    if files.form == "new":
        return model
    try:
        had_head = load_weights(model, read_checkpoint(files.weights), files.config["vocab_size"], files.config["hidden_size"], fresh_head=True)
    except (ValueError, OSError) as error:
        raise InferenceError("model-unusable", f"{files.weights} is unusable: {error}") from None
    if had_head and files.label_order is not None:
        with torch.no_grad():
            model.classifier.weight.copy_(model.classifier.weight[files.label_order].clone())
            model.classifier.bias.copy_(model.classifier.bias[files.label_order].clone())
    return model
