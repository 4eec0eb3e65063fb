"""A model on its device, in this very process: ids in, unit vectors or logits out."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import torch

from mgeo_torch.errors import InferenceError
from mgeo_torch.model.bert import BertEncoder
from mgeo_torch.model.bert_weights import load_weights
from mgeo_torch.model.info import LABEL_COUNT
from mgeo_torch.model.onnx_file import read_onnx
from mgeo_torch.model.onnx_network import OnnxNetwork
from mgeo_torch.model.safetensors import read_safetensors
from mgeo_torch.model.vocabulary import check_vocabulary, count_embedding_rows
from mgeo_torch.replica.padding import pad_pairs, pad_sides, pad_texts

DTYPES = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
_TEXT_INPUTS = ("input_ids", "attention_mask", "token_type_ids")

Feeds = dict  # of str to torch.Tensor
# Padded inputs on the device to rows [texts, width].
Compute = Callable[[Feeds], torch.Tensor]


class Session:
    """`settings` is what describe() of model/find.py wrote, plus dtype, compile and device."""

    def __init__(self, settings: dict) -> None:
        self.device = torch.device(settings["device"])
        self.is_cross = settings["kind"] == "cross-encoder"
        self.dtype = DTYPES[settings["dtype"]]
        self.width = LABEL_COUNT if self.is_cross else settings["hidden"]
        self.pad = pad_pairs if self.is_cross else pad_texts
        build = self._build_bert if settings["form"] == "bert" else self._build_onnx
        try:
            self.compute = build(settings)
        except (ValueError, KeyError, RuntimeError, OSError) as error:
            if isinstance(error, RuntimeError) and "out of memory" in str(error).lower():
                raise InferenceError("model-unusable", f"the model does not fit into the memory of {self.device}") from None
            raise InferenceError("model-unusable", f"{settings['weights']} is unusable: {error}") from None
        self._try_out(settings)

    def run(self, texts: list[np.ndarray]) -> np.ndarray:
        """One padded batch; of a cross-encoder two texts are a pair. Float32 [rows, width]; the way to the device and back included."""
        feeds = {name: torch.from_numpy(value).to(self.device) for name, value in self.pad(texts).items()}
        with torch.inference_mode():
            return self.compute(feeds).float().cpu().numpy()

    def _build_bert(self, settings: dict) -> Compute:
        config = settings["config"]
        classes = len(settings["labelOrder"]) if self.is_cross else None
        model = BertEncoder(config, classes).eval()
        load_weights(model, read_checkpoint(settings["weights"]), config["vocab_size"], config["hidden_size"])
        model = model.to(self.device, self.dtype)
        if settings["compile"]:
            model.states = compiled(model.states)
        if self.is_cross:
            order = settings["labelOrder"]
            return lambda feeds: model.logits(*(feeds[name] for name in _TEXT_INPUTS))[:, order]
        pooling = settings["pooling"]
        return lambda feeds: _unit(model.vectors(*(feeds[name] for name in _TEXT_INPUTS), pooling))

    def _build_onnx(self, settings: dict) -> Compute:
        graph = read_onnx(settings["weights"])
        check_vocabulary(settings["vocabSize"], count_embedding_rows(graph), f"the table of {os.path.basename(settings['weights'])}")
        network = OnnxNetwork(graph, self.dtype).eval().to(self.device)
        inputs = network.graph_inputs
        if self.is_cross and inputs == ["left", "right"]:
            self.pad = pad_sides
        elif "input_ids" not in inputs or not set(inputs) <= set(_TEXT_INPUTS):
            raise ValueError(f"it takes {', '.join(inputs)}; a text encoder takes {', '.join(_TEXT_INPUTS)}")
        forward = compiled(network) if settings["compile"] else network

        def compute(feeds: Feeds) -> torch.Tensor:
            output = forward({name: feeds[name] for name in inputs}).float()
            if self.is_cross:
                return output
            return _unit(output if output.dim() == 2 else _pool(output, feeds["attention_mask"], settings["pooling"]))

        return compute

    def _try_out(self, settings: dict) -> None:
        """A wrong shape shows before the first request; texts of unequal length try the padding as well."""
        last = settings["vocabSize"] - 1
        try:
            rows = self.run([np.array([1, 2]), np.array([1, 2, 2])] * (2 if self.is_cross else 1))
        except RuntimeError as error:
            raise self._refusal(error) from None
        except Exception as error:  # of a compiler, an operator, a driver: nobody can list what they raise
            raise InferenceError("model-unusable", f"the model does not run: {_first_line(error)}") from None
        if rows.shape != (2, self.width):
            raise InferenceError("model-unusable", f"the model gives {list(rows.shape)}, not {[2, self.width]}")
        if self.device.type == "cuda":
            # A look-up beyond the table would poison the device for good; sizes were compared when the files were read.
            return
        try:
            self.run([np.array([last])] * (2 if self.is_cross else 1))
        except Exception:
            raise InferenceError("model-unusable", f"the model does not know the last of the {last + 1} tokens of vocab.txt: the two do not belong together") from None

    def _refusal(self, error: RuntimeError) -> InferenceError:
        if "not implemented for" in str(error) and self.dtype != torch.float32:
            name = next(name for name, dtype in DTYPES.items() if dtype == self.dtype)
            hint = "Take --dtype fp32 here; half precision is for GPUs."
            return InferenceError("model-unusable", f"torch {torch.__version__} cannot compute this model in {name} on {self.device}: {_first_line(error)}", hint)
        return InferenceError("model-unusable", f"the model does not run: {_first_line(error)}")


def compiled(target):
    """torch.compile with shapes that vary. Raises InferenceError where there is none."""
    if not hasattr(torch, "compile"):
        raise InferenceError("model-unusable", f"torch {torch.__version__} has no torch.compile", "Leave --compile out, or install torch 2.0 or newer.")
    return torch.compile(target, dynamic=True)


def read_checkpoint(path: str) -> dict[str, torch.Tensor]:
    """safetensors, or a pickle of which only tensors are read: a checkpoint must not run code."""
    if path.endswith(".safetensors"):
        return read_safetensors(path)
    try:
        found = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise ValueError(f"torch cannot read it as plain tensors: {_first_line(error)}") from None
    # Training programs often put the weights one level deeper.
    for key in ("state_dict", "model"):
        if isinstance(found, dict) and isinstance(found.get(key), dict):
            found = found[key]
    if not isinstance(found, dict):
        raise ValueError("it holds no table of weights")
    return {name: value for name, value in found.items() if isinstance(value, torch.Tensor)}


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _unit(vectors: torch.Tensor) -> torch.Tensor:
    """Rows of Euclidean length 1; a zero row stays zero."""
    return vectors / vectors.norm(dim=1, keepdim=True).clamp(min=1e-30)


def _pool(states: torch.Tensor, mask: torch.Tensor, pooling: str) -> torch.Tensor:
    if pooling == "cls":
        return states[:, 0]
    weights = mask.to(states.dtype)
    return (weights[:, None, :] @ states)[:, 0] / weights.sum(1, keepdim=True)
