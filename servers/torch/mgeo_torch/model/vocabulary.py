"""Whether a vocabulary and a model belong together, by the rule of servers/reference/model/model-folder.ts."""

from __future__ import annotations

from mgeo_torch.errors import InferenceError
from mgeo_torch.model.onnx_file import OnnxGraph

# Tables are padded to a multiple of 8, 64 or 128 rows, for the sake of GPUs; ids of those rows never occur.
_PADDED_TO = 128
_ID_INPUTS = ("input_ids", "left", "right")
# Operators whose output holds numbers of their first input (of a Concat any), and those whose output has the rows of their first input.
_MOVERS = ("Cast", "Clip", "Concat", "Expand", "Flatten", "Identity", "Pad", "Reshape", "Slice", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze")
_KEEPERS = ("Cast", "DequantizeLinear", "Identity", "Mul", "Sub")


def check_vocabulary(tokens: int, rows: int | None, table: str) -> None:
    """Raises InferenceError when the table has fewer rows than the vocabulary tokens, or more than fill it up to a multiple of 128.

    The ids of another vocabulary mean other tokens, and the answers would be noise. `rows` None: the graph does not show its table. `table`: which one, in words.
    What cannot be seen is a line missing or changed within this margin: `vocabSha256` in model.json does.
    """
    if rows is None or tokens <= rows <= -(-tokens // _PADDED_TO) * _PADDED_TO:
        return
    message = f"vocab.txt has {tokens} tokens, but {table} has {rows} rows: the two do not belong together"
    raise InferenceError("model-folder", message, "Put the vocab.txt there that the model was trained with.")


def count_embedding_rows(graph: OnnxGraph) -> int | None:
    """Rows of the table that token ids look up; of several tables the smallest counts. None where none is found."""
    rows = {name: value.shape[0] for name, value in graph.constants.items() if value.ndim > 0}
    ids = set(_ID_INPUTS)
    found = []
    # Nodes stand in an order in which they can be computed.
    for node in graph.nodes:
        if node.kind == "Gather" and node.attributes.get("axis", 0) == 0 and node.inputs[1] in ids and node.inputs[0] in rows:
            found.append(rows[node.inputs[0]])
        if node.kind in _MOVERS and not ids.isdisjoint(node.inputs if node.kind == "Concat" else node.inputs[:1]):
            ids.update(node.outputs)
        if node.kind in _KEEPERS and node.inputs[0] in rows:
            rows[node.outputs[0]] = rows[node.inputs[0]]
        value = node.attributes.get("value")
        if node.kind == "Constant" and getattr(value, "ndim", 0) > 0:
            rows[node.outputs[0]] = value.shape[0]
    return min(found, default=None)
