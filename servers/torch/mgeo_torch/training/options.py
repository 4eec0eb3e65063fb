"""What can be set when training starts."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn

from mgeo_torch.errors import UsageError
from mgeo_torch.options import DTYPES


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}; --help lists the flags.")


def _number(kind: Callable[[str], float], least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"takes a number from {least} to {most}, not {text[:40]!r}")
        return value

    return read


def parse_training_options(argv: list[str]) -> argparse.Namespace:
    """Raises UsageError; `--help` ends the process."""
    parser = _Parser(prog="finetune.py", allow_abbrev=False, description="Trains a BERT to say not, partial or exact of two addresses; one JSON line an epoch.")
    parser.add_argument("pairs", nargs="+", metavar="PAIRS", help="files of labelled pairs (.jsonl, .csv, .tsv), as `mgeo-bench dataset make` writes them")
    parser.add_argument("--model", default="tiny", help="tiny (fresh weights, for a CPU), mgeo-shape-mini, mgeo-shape-base, mgeo, modelscope:ID, or a BERT folder [%(default)s]")
    parser.add_argument("--held-out", action="append", metavar="FILE", help="pairs to judge by, as often as you like; without it every tenth pair is held out")
    parser.add_argument("--epochs", type=_number(int, 1, 10_000), default=3, metavar="N", help="times that every pair is seen [%(default)s]")
    parser.add_argument("--batch", type=_number(int, 1, 4096), default=32, metavar="N", help="pairs in a step [%(default)s]")
    parser.add_argument("--rate", type=_number(float, 0, 1), default=5e-5, metavar="R", help="largest learning rate [%(default)s]")
    parser.add_argument("--max-tokens", type=_number(int, 8, 512), default=128, metavar="N", help="tokens of a pair, cut evenly on both sides [%(default)s]")
    parser.add_argument("--limit", type=_number(int, 1, 10**9), metavar="N", help="take no more than so many pairs to train on")
    parser.add_argument("--seed", type=_number(int, 0, 2**31 - 1), default=7, metavar="N", help="of order, dropout and the new classifier [%(default)s]")
    parser.add_argument("--dtype", choices=DTYPES, default="fp32", help="precision of the arithmetic; weights stay fp32 [%(default)s]")
    parser.add_argument("--execution", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute [%(default)s]")
    parser.add_argument("--threads", type=_number(int, 1, 256), metavar="N", help="threads on a CPU (default: torch's own choice)")
    parser.add_argument("--output", metavar="FOLDER", help="write the trained model here, as a folder that the server serves")
    parser.add_argument("--cache-dir", metavar="FOLDER", help="folder for generated models (default: the user's cache)")
    return parser.parse_args(argv)
