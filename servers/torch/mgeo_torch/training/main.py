"""The process. Exit codes: 0 trained, 2 bad arguments or pairs, 3 cannot train here, 130 and 143 interrupted."""

from __future__ import annotations

import json
import signal
import sys

from mgeo_torch.errors import InferenceError, UsageError
from mgeo_torch.model.find import find_model
from mgeo_torch.training.options import parse_training_options
from mgeo_torch.training.pairs import LabelledPair, hold_out, read_pairs
from mgeo_torch.training.tiny import TINY, tiny_model


def main() -> None:
    """Trains as the command line says."""
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        signal.signal(number, lambda *_, code=code: sys.exit(code))
    try:
        _train()
    except UsageError as error:
        _say(str(error))
        sys.exit(2)
    except InferenceError as error:
        _say(error.sentence())
        sys.exit(3)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _data(pairs: list[str], held_out: list[str] | None, limit: int | None) -> tuple[list[LabelledPair], list[LabelledPair]]:
    train = read_pairs(pairs)
    train, held = (train, read_pairs(held_out)) if held_out else hold_out(train)
    if not held:
        raise UsageError("So few pairs leave none to judge by: give at least ten of a label, or --held-out FILE.")
    return train[:limit], held


def _train() -> None:
    options = parse_training_options(sys.argv[1:])
    train, held = _data(options.pairs, options.held_out, options.limit)
    files = tiny_model() if options.model == TINY else find_model(options.model, options.cache_dir, _say)
    try:
        from mgeo_torch.training.save import save_model
        from mgeo_torch.training.train import Trainer
    except ImportError as error:
        hint = "Run `sh servers/torch/install.sh`, or start it with a Python that has it."
        raise InferenceError("runtime-missing", f"{sys.executable} lacks the package {error.name}", hint) from None
    trainer = Trainer(options, files, train, held)
    _say(f"{files.info.name} on {trainer.device}: {len(train)} pairs to train on, {len(held)} held out")
    for epoch in range(1, options.epochs + 1):
        print(json.dumps(trainer.epoch(epoch)), flush=True)
    if options.output is not None:
        try:
            save_model(trainer.model, files, options.output, options.epochs, len(train))
        except OSError as error:
            raise InferenceError("model-folder", f"{options.output} cannot be written: {error.strerror}") from None
        _say(f"written to {options.output}")
