"""Holds the weights of an ONNX file in sixteen bits: python halve.py MODEL.onnx HALVED.onnx. Computing stays in float32, which the runtime turns them into
once, so that no answer depends on what else is in a batch. Vectors and single numbers stay as they are."""

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def halve(model):
    graph = model.graph
    casts = []
    for initializer in graph.initializer:
        if initializer.data_type != TensorProto.FLOAT or len(initializer.dims) < 2:
            continue
        name = initializer.name
        half = numpy_helper.from_array(numpy_helper.to_array(initializer).astype(np.float16), f"{name}_half")
        initializer.CopyFrom(half)
        casts.append(helper.make_node("Cast", [half.name], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def main(source, target):
    with open(target, "wb") as file:
        file.write(halve(onnx.load(source)).SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
