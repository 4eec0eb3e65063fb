"""A few words to write ONNX graphs with. Weights are kept as int8 with a scale a column, or as float32."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


class Graph:
    def __init__(self, int8):
        self.int8 = int8
        self.nodes, self.initializers, self.count = [], [], 0
        self.known = {}

    def name(self, hint):
        self.count += 1
        return f"{hint}_{self.count}"

    def op(self, kind, *inputs, outputs=1, **attributes):
        names = [self.name(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, value, kind=np.float32):
        value = np.asarray(value, kind)
        key = (value.dtype.str, value.shape, value.tobytes())
        if key not in self.known:
            self.known[key] = self.name("constant")
            self.initializers.append(numpy_helper.from_array(value, self.known[key]))
        return self.known[key]

    def ints(self, *values):
        return self.constant(values, np.int64)

    def weight(self, value, rows=None):
        """Int8 weights become float32 in the graph, which the runtime computes once: answers do not depend on what else is in a batch,
        as they would with activations quantised by the range of the batch. `rows` scales the rows, after the quantising."""
        value = np.asarray(value, np.float32)
        if rows is not None:
            return self.op("Mul", self.weight(value), self.constant(rows[:, None]))
        if not self.int8 or value.ndim < 2:
            return self.constant(value)
        scale = np.abs(value).max(0, keepdims=True) / 127
        scale[scale == 0] = 1
        quantised = np.clip(np.round(value / scale), -127, 127).astype(np.int8)
        return self.op("Mul", self.op("Cast", self.constant(quantised, np.int8), to=TensorProto.FLOAT), self.constant(scale))

    def linear(self, x, w, b, rows=None):
        return self.op("Add", self.op("MatMul", x, self.weight(w, rows)), self.constant(b))

    def slice(self, x, start, end, axis):
        return self.op("Slice", x, self.ints(start), self.ints(end), self.ints(axis))

    def near(self, x):
        """[left neighbour, itself, right neighbour]; as network.near."""
        pad = self.op("Pad", x, self.ints(0, 1, 0, 0, 1, 0))
        return self.op("Concat", self.slice(pad, 0, -2, 1), x, self.slice(pad, 2, 2**31 - 1, 1), axis=-1)

    def model(self, inputs, output, name):
        output_name, shape = output
        renamed = self.op("Identity", output_name)
        self.nodes[-1].output[0] = name
        assert renamed
        graph = helper.make_graph(
            self.nodes,
            "address",
            [helper.make_tensor_value_info(n, TensorProto.INT64, dims) for n, dims in inputs],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)],
            self.initializers,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="mgeo-bench", ir_version=8)
        onnx.checker.check_model(model)
        return model
