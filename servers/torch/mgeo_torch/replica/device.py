"""Which device a replica computes on."""

from __future__ import annotations

import torch

from mgeo_torch.errors import InferenceError


def choose_device(execution: str, replica: int, replicas: int) -> str:
    """`cpu`, or `cuda:N` with a GPU for each replica. Raises InferenceError where CUDA is asked for and absent."""
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if execution == "cpu" or (execution == "auto" and count == 0):
        return "cpu"
    if count == 0:
        built = torch.version.cuda is not None
        why = "finds no GPU that it can use" if built else "was built without CUDA"
        hint = "Look at what nvidia-smi says, or take --execution cpu." if built else "Install a build for CUDA (docs/gpu.md), or take --execution cpu."
        raise InferenceError("runtime-missing", f"--execution cuda: torch {torch.__version__} {why}", hint)
    if replicas > count:
        raise InferenceError("runtime-missing", f"--replicas {replicas} needs {replicas} GPUs, and there {'is' if count == 1 else 'are'} {count}", "One process a GPU.")
    return f"cuda:{replica}"
