"""Labelled pairs from files: those of `mgeo-bench dataset make`, of its training pairs, or a person's own."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

from mgeo_torch.errors import UsageError

LABELS = ("not", "partial", "exact")
# The escapes of `dataset make --format tsv`.
_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


@dataclass(frozen=True)
class LabelledPair:
    """`label`: 0 not, 1 partial, 2 exact."""

    a: str
    b: str
    label: int


def read_pairs(paths: list[str]) -> list[LabelledPair]:
    """Pairs without a label, such as abnormal requests, are left out. Raises UsageError for a file that holds none."""
    found: list[LabelledPair] = []
    for path in paths:
        pairs = list(_file(path))
        if not pairs:
            raise UsageError(f"{path} holds no pair with a label: it needs a, b and label (0, 1, 2) or expected (not, partial, exact).")
        found += pairs
    return found


def _file(path: str) -> Iterator[LabelledPair]:
    ending = os.path.splitext(path)[1].lower()
    if ending not in (".jsonl", ".ndjson", ".csv", ".tsv", ".tab"):
        raise UsageError(f"{path}: pairs are read from .jsonl, .csv and .tsv.")
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(_rows(file, ending), 1):
                pair = _pair(row, f"{path}:{number}")
                if pair is not None:
                    yield pair
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from None


def _rows(file, ending: str) -> Iterator[dict]:
    if ending in (".jsonl", ".ndjson"):
        for number, line in enumerate(file, 1):
            if line.strip() == "":
                continue
            try:
                row = json.loads(line)
            except ValueError:
                raise UsageError(f"{file.name}:{number} is not JSON.") from None
            if isinstance(row, dict):
                yield row
    elif ending == ".csv":
        yield from csv.DictReader(file)
    else:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {key: _unescape(value) for key, value in row.items() if isinstance(value, str)}


def _unescape(text: str) -> str:
    out, at = "", 0
    while at < len(text):
        pair = text[at : at + 2]
        out += _ESCAPES.get(pair, text[at])
        at += 2 if pair in _ESCAPES else 1
    return out


def _pair(row: dict, place: str) -> LabelledPair | None:
    a, b = row.get("a", row.get("addr1")), row.get("b", row.get("addr2"))
    label = row.get("label", row.get("expected"))
    # Where several answers pass (`partial|not`) the first is the one meant.
    if isinstance(label, str):
        label = label.split("|")[0]
    elif isinstance(label, list):
        label = label[0] if label else None
    if not isinstance(a, str) or not isinstance(b, str) or label in (None, ""):
        return None
    if label in LABELS:
        return LabelledPair(a, b, LABELS.index(label))
    if str(label) in ("0", "1", "2"):
        return LabelledPair(a, b, int(label))
    raise UsageError(f"{place}: the label is neither 0, 1, 2 nor not, partial, exact.")


def hold_out(pairs: list[LabelledPair]) -> tuple[list[LabelledPair], list[LabelledPair]]:
    """Every tenth pair of each label for judging, the others for training."""
    seen = [0, 0, 0]
    train, held = [], []
    for pair in pairs:
        seen[pair.label] += 1
        (held if seen[pair.label] % 10 == 0 else train).append(pair)
    return train, held
