"""Models that ModelScope keeps: fetched by its own package, read by ours.

Only the download is ModelScope's. Its pipelines, and a plain load into a BERT, are what this server does not rely on: the keys of MGeo's
checkpoint begin with `bert.text_encoder.`, and a loader that does not know this leaves the weights random without a word.
"""

from __future__ import annotations

from mgeo_torch.errors import InferenceError

# MGeo, fine-tuned to say exact, partial or not of two addresses.
MGEO = "iic/mgeo_geographic_entity_alignment_chinese_base"


def fetch_from_modelscope(model_id: str) -> str:
    """The folder of a model, downloaded on first use into ModelScope's own cache. Raises InferenceError."""
    try:
        from modelscope.hub.snapshot_download import snapshot_download  # type: ignore[import-not-found]
    except ImportError:
        hint = "Install it with `pip install modelscope`, or give the folder of a downloaded model with --model."
        raise InferenceError("model-folder", f"{model_id} needs the package modelscope, which is not installed", hint) from None
    try:
        return snapshot_download(model_id)
    except Exception as error:  # whatever that package raises: no network, no such model, no space
        lines = str(error).splitlines() or [type(error).__name__]
        raise InferenceError("model-folder", f"ModelScope did not give {model_id}: {lines[0]}", "Is its site reachable, and the name right?") from None
