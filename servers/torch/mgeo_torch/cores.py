"""How many cores this process may use: as servers/reference/inference/cores.ts counts them."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable

_ROOT = "/sys/fs/cgroup"
Read = Callable[[str], str]


def cores_to_use(machine_cores: int | None = None, read: Read | None = None) -> int:
    """Those it may run on, and no more than a CPU quota (a container's) pays for, rounded up; at least 1."""
    if machine_cores is None:
        machine_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = quota_cores(read or _try_read)
    return max(1, machine_cores if quota is None else min(machine_cores, math.ceil(quota)))


def quota_cores(read: Read) -> float | None:
    """The least quota of this process's group and those above it; None without one. `read` gives "" for what cannot be read."""
    groups = read("/proc/self/cgroup")
    first = re.search(r"^\d+:((?:\w+,)*cpu(?:,\w+)*):/(.*)$", groups, re.MULTILINE)
    second = re.search(r"^0::/(.*)$", groups, re.MULTILINE)
    folder = _ROOT if first is None else f"{_ROOT}/{first[1]}"
    path = first[2] if first is not None else second[1] if second is not None else ""
    folders = [folder]
    for part in filter(None, path.split("/")):
        folders.append(f"{folders[-1]}/{part}")
    quotas = [_of_max(read(f"{one}/cpu.max")) if first is None else _of_cfs(read(f"{one}/cpu.cfs_quota_us"), read(f"{one}/cpu.cfs_period_us")) for one in folders]
    return min((quota for quota in quotas if quota is not None), default=None)


def _of_max(text: str) -> float | None:
    """`50000 100000`, or `max 100000` without a quota."""
    found = re.fullmatch(r"(\d+) (\d+)\s*", text)
    return None if found is None else _share(int(found[1]), int(found[2]))


def _of_cfs(quota: str, period: str) -> float | None:
    """-1 without a quota."""
    numbers = [text.strip() for text in (quota, period)]
    return _share(int(numbers[0]), int(numbers[1])) if all(re.fullmatch(r"-?\d+", text) for text in numbers) else None


def _share(quota: int, period: int) -> float | None:
    return quota / period if quota > 0 and period > 0 else None


def _try_read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""
