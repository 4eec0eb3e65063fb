"""Everything that can be set when the server starts, and how it is read from the command line."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass

from mgeo_torch.cores import cores_to_use
from mgeo_torch.embedding.cache import CacheLimit
from mgeo_torch.errors import UsageError
from mgeo_torch.strategy import NAMES, Strategy, parse_strategy

LOG_LEVELS = ("trace", "debug", "info", "warn", "error", "fatal", "silent")
DTYPES = ("fp32", "fp16", "bf16")
_UNIT_BYTES = {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
# Below the least not one vector of a large model would fit.
_LEAST_CACHE_BYTES, _MOST_CACHE_BYTES = 2**16, 2**40
_UNIT_MS = {"": 1, "us": 0.001, "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}


@dataclass(frozen=True)
class Options:
    """Names and units are those of servers/reference/options.ts; None means off, or the usual place."""

    model: str
    strategy: Strategy
    dtype: str
    compile: bool
    execution: str
    replicas: int
    intra_threads: int | None
    max_batch: int
    max_delay_ms: float
    cache: CacheLimit | None
    threshold: float
    host: str
    port: int
    max_chars: int
    max_body_bytes: int
    max_pairs: int
    max_queue: int
    deadline_ms: float | None
    drain_s: float
    log_level: str
    log_file: str | None
    cache_dir: str | None


# The flags in the order of `--help`: default and meaning. A default of None: the flag stands alone and takes no value.
FLAGS: dict[str, tuple[str | None, str]] = {
    "model": ("address-mini", "address-mini, address-mini-bi, mgeo-shape-mini, mgeo-shape-base, mgeo, modelscope:ID, or a folder"),
    "strategy": ("greedy", ", ".join(NAMES)),
    "dtype": ("fp32", ", ".join(DTYPES)),
    "compile": (None, "compile the model with torch.compile"),
    "execution": ("auto", "cpu, cuda, or auto: cuda where there is a GPU"),
    "replicas": ("1", "processes with the model, one a GPU"),
    "intra-threads": ("auto", "threads of one replica inside one operator; auto shares out the cores"),
    "max-batch": ("32", "texts in a batch"),
    "max-delay": ("50", "milliseconds (or 50ms) that a batch waits for company (window)"),
    "cache": ("10000", "addresses to remember (strategy cache), bytes of them such as 64MiB, or off"),
    "threshold": ("0.9", 'similarity from which on the label is "match", for models without labels of their own'),
    "host": ("127.0.0.1", "address to listen on"),
    "port": ("8080", "port to listen on; 0 = any free one"),
    "max-chars": ("64", "characters in one address"),
    "max-body": ("262144", "bytes in one request body"),
    "max-pairs": ("256", "pairs in one request to /similarity/batch"),
    "max-queue": ("1024", "texts that may wait; beyond it requests get 429"),
    "deadline": ("30000", "milliseconds (or 2s) a text may wait before it gets 503, or off"),
    "drain-s": ("20", "seconds given to running requests after SIGTERM"),
    "log-level": ("info", ", ".join(LOG_LEVELS)),
    "log-file": ("", "file for the log (default: stderr)"),
    "cache-dir": ("", "folder for generated models (default: the user's cache)"),
}


def usage() -> str:
    """The text of `--help`."""
    lines = [f"  --{name:<15} {meaning}{f' [{default}]' if default else ''}" for name, (default, meaning) in FLAGS.items()]
    head = "Answers whether two addresses are the same place, over HTTP, with a model on PyTorch."
    return "\n".join([head, "", *lines, "  --help            this text", ""])


def parse_options(argv: list[str]) -> Options | None:
    """Reads the arguments after the program's name; None when help was asked for. Raises UsageError."""
    values, wants_help = _read_flags(argv)
    if wants_help:
        return None

    def count(flag: str, least: int, most: int) -> int:
        return _whole_number(flag, values[flag], least, most)

    strategy = parse_strategy(values["strategy"])
    # Read in every strategy: what is wrong is refused, also where it would not be used.
    cache = _cache(values["cache"])
    return Options(
        model=_text("model", values["model"]),
        strategy=strategy,
        dtype=_one_of("dtype", values["dtype"], DTYPES),
        compile=values["compile"] == "on",
        execution=_one_of("execution", values["execution"], ("auto", "cpu", "cuda")),
        replicas=count("replicas", 1, 256),
        intra_threads=None if values["intra-threads"] == "auto" else count("intra-threads", 1, 256),
        max_batch=count("max-batch", 1, 4096),
        max_delay_ms=_milliseconds("max-delay", values["max-delay"], 0, 60_000, ""),
        cache=cache if strategy.caches else None,
        threshold=_decimal("threshold", values["threshold"], -1, 1),
        host=_text("host", values["host"]),
        port=count("port", 0, 65_535),
        max_chars=count("max-chars", 1, 4096),
        max_body_bytes=count("max-body", 16, 1 << 30),
        max_pairs=count("max-pairs", 1, 100_000),
        max_queue=count("max-queue", 1, 1_000_000),
        deadline_ms=None if values["deadline"] == "off" else _milliseconds("deadline", values["deadline"], 1, 86_400_000, ", or off"),
        drain_s=_decimal("drain-s", values["drain-s"], 0, 3600),
        log_level=_one_of("log-level", values["log-level"], LOG_LEVELS),
        log_file=values["log-file"] or None,
        cache_dir=values["cache-dir"] or None,
    )


def threads_a_run(options: Options) -> int:
    """Threads inside one operator: what was asked for, or an even share of the cores this process may use."""
    if options.intra_threads is not None:
        return options.intra_threads
    return max(1, cores_to_use() // (options.replicas * options.strategy.threads))


def _read_flags(argv: list[str]) -> tuple[dict[str, str], bool]:
    values = {name: "off" if default is None else default for name, (default, _) in FLAGS.items()}
    wants_help = False
    rest = list(argv)
    while rest:
        argument = rest.pop(0)
        if not argument.startswith("--"):
            raise UsageError(f"{_quoted(argument)} is not a flag; --help lists them.")
        name, equals, value = argument[2:].partition("=")
        if name == "help":
            wants_help = True
            continue
        if name not in FLAGS:
            raise UsageError(f"There is no flag --{name}; --help lists them.")
        if FLAGS[name][0] is None:
            if equals:
                raise UsageError(f"--{name} takes no value.")
            values[name] = "on"
            continue
        if not equals:
            if not rest or rest[0].startswith("--"):
                raise UsageError(f"--{name} needs a value.")
            value = rest.pop(0)
        values[name] = value
    return values, wants_help


def _quoted(value: str) -> str:
    return json.dumps(value[:40] + ("…" if len(value) > 40 else ""), ensure_ascii=False)


def _refuse(flag: str, expected: str, value: str) -> UsageError:
    return UsageError(f"--{flag} takes {expected}, not {_quoted(value)}.")


def _whole_number(flag: str, value: str, least: int, most: int) -> int:
    if re.fullmatch(r"[0-9]{1,15}", value) and least <= int(value) <= most:
        return int(value)
    raise _refuse(flag, f"a whole number from {least} to {most}", value)


def _decimal(flag: str, value: str, least: float, most: float) -> float:
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) and least <= float(value) <= most:
        return float(value)
    raise _refuse(flag, f"a number from {least} to {most}", value)


def _milliseconds(flag: str, value: str, least: float, most: float, or_else: str) -> float:
    """A bare number, or a duration with its unit: `50`, `50ms` and `0.05s` are the same."""
    found = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)(us|ms|s|m|h|)", value)
    ms = float(found[1]) * _UNIT_MS[found[2]] if found else -1
    if least <= ms <= most:
        return ms
    raise _refuse(flag, f"milliseconds from {least} to {most}, a duration such as 2s{or_else}", value)


def _bytes(value: str) -> int | None:
    """A size with its unit, `512B`, `4KiB`, `64MiB`, `1GiB`, as a whole number; None for anything else."""
    found = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)([A-Za-z]{1,3})", value)
    return math.floor(float(found[1]) * _UNIT_BYTES[found[2]] + 0.5) if found and found[2] in _UNIT_BYTES else None


def _cache(value: str) -> CacheLimit | None:
    """A number of entries, a size with its unit, or `off` = None: as the reference server reads it."""
    if value == "off":
        return None
    if re.fullmatch(r"0+[A-Za-z]*", value):
        raise UsageError("--cache 0 is not a size; --cache off switches the cache off.")
    size = _bytes(value)
    if size is None and re.fullmatch(r"[0-9]{1,15}", value):
        return CacheLimit(entries=_whole_number("cache", value, 1, 10_000_000))
    if size is None or not _LEAST_CACHE_BYTES <= size <= _MOST_CACHE_BYTES:
        raise _refuse("cache", "a number of addresses from 1 to 10000000, a size from 64KiB to 1024GiB such as 64MiB, or off", value)
    return CacheLimit(bytes=size)


def _one_of(flag: str, value: str, words: tuple[str, ...]) -> str:
    if value in words:
        return value
    raise _refuse(flag, f"one of {', '.join(words)}", value)


def _text(flag: str, value: str) -> str:
    if value == "":
        raise _refuse(flag, "a value", value)
    return value
