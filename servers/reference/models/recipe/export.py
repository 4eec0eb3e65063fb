"""Writes what train.py learnt as ONNX: python export.py KIND WEIGHTS.npz VOCAB FOLDER. The operations are those of network.py."""

import os
import sys

import numpy as np

from graph import Graph
from network import BI, MOST_LESS
from vocabulary import IDENTITY, frozen_signs, read_tokens


def nest(file):
    tree = {}
    for path in file.files:
        at = tree
        *folders, leaf = path.split("/")
        for folder in folders:
            at = at.setdefault(folder, {})
        at[leaf] = file[path]
    return tree


def signs_of(g, ids, vocab_size, width):
    return g.op("Cast", g.op("Gather", g.constant(frozen_signs(vocab_size, width), np.int8), ids), to=1)


def embed(g, p, ids, vocab_size, roles, signs=None):
    """What is known of each token, and how its columns are scaled: conv1 takes the scales into its weights.
    In int8 one table holds signs and roles, so that one look-up gives both."""
    signs_scale = np.full(IDENTITY, 0.25, np.float32)
    table = p["role"].copy()
    # Padding is role 0.
    table[0] = 0
    if g.int8 and signs is None:
        scale = np.abs(table).max(0) / 127
        quantised = np.round(table / scale).astype(np.int8)[roles]
        known = np.concatenate([frozen_signs(vocab_size, IDENTITY), quantised], axis=1)
        return g.op("Cast", g.op("Gather", g.constant(known, np.int8), ids), to=1), np.concatenate([signs_scale, scale])
    vectors = signs if signs else signs_of(g, ids, vocab_size, IDENTITY)
    role = g.op("Gather", g.weight(table), g.op("Gather", g.constant(roles, np.int32), ids))
    return g.op("Concat", vectors, role, axis=-1), np.concatenate([signs_scale, np.ones(table.shape[1], np.float32)])


def first_conv(g, p, known, mask):
    x, scale = known
    return masked_relu(g, g.linear(g.near(x), p["w"], p["b"], np.tile(scale, 3)), mask)


def masked_relu(g, x, mask):
    return g.op("Mul", g.op("Relu", x), mask)


def conv(g, p, x, mask):
    return masked_relu(g, g.linear(g.near(x), p["w"], p["b"]), mask)


def mask_of(g, ids):
    flat = g.op("Cast", g.op("Greater", ids, g.constant(0, np.int64)), to=1)
    return g.op("Unsqueeze", flat, g.ints(2))


def pool(g, c, mask):
    most = g.op("ReduceMax", c, axes=[1], keepdims=0)
    mean = g.op("Div", g.op("ReduceSum", c, g.ints(1), keepdims=0), g.op("ReduceSum", mask, g.ints(1), keepdims=0))
    return g.op("Concat", most, mean, axis=-1)


def cross_graph(p, roles, vocab_size, int8):
    g = Graph(int8)
    # Both sides as one batch of twice the size, the shorter padded to the longer.
    long = g.op("Max", *(g.op("Shape", side, start=1) for side in ("left", "right")))

    def widen(side):
        missing = g.op("Sub", long, g.op("Shape", side, start=1))
        return g.op("Pad", side, g.op("Concat", g.ints(0, 0, 0), missing, axis=0))

    a, b = widen("left"), widen("right")
    ids = g.op("Concat", a, b, axis=0)
    mask = mask_of(g, ids)
    h = first_conv(g, p["conv1"], embed(g, p, ids, vocab_size, roles), mask)
    h = g.op("Add", h, conv(g, p["conv2"], h, mask))

    turned = lambda x: g.op("Concat", *reversed(g.op("Split", x, outputs=2, axis=0)), axis=0)
    equal = g.op("Equal", g.op("Unsqueeze", ids, g.ints(2)), g.op("Unsqueeze", g.op("Concat", b, a, axis=0), g.ints(1)))
    # Padding equals padding: that is no match.
    same = g.op("Mul", g.op("Cast", equal, to=1), mask)
    pad = g.op("Pad", same, g.ints(0, 1, 1, 0, 1, 1))
    corner = lambda start, end: g.op("Slice", pad, g.ints(start, start), g.ints(end, end), g.ints(1, 2))
    before, after = corner(0, -2), corner(2, 2**31 - 1)
    same_before, same_after = g.op("Mul", same, before), g.op("Mul", same, after)
    w = [g.constant(x) for x in p["bias"]]
    bias = g.op(
        "Sum",
        g.op("Mul", same, w[0]),
        g.op("Mul", before, w[1]),
        g.op("Mul", after, w[2]),
        g.op("Mul", g.op("Add", same_before, same_after), w[3]),
    )
    width = p["key"]["b"].shape[0]
    k = g.linear(h, p["key"]["w"] / width**0.25, p["key"]["b"] / width**0.25)
    scores = g.op("MatMul", k, g.op("Transpose", turned(k), perm=[0, 2, 1]))
    other = g.op("Transpose", g.op("Mul", g.op("Sub", turned(mask), g.constant(1)), g.constant(1e4)), perm=[0, 2, 1])
    attention = g.op("Softmax", g.op("Sum", scores, bias, other), axis=-1)
    aligned = g.op("MatMul", attention, turned(h))
    largest = lambda m: g.op("ReduceMax", m, axes=[2], keepdims=1)
    facts = [
        largest(same),
        largest(same_before),
        largest(same_after),
        g.op("ReduceSum", g.op("Mul", attention, same), g.ints(2), keepdims=1),
    ]
    # The difference is folded into the weights: [h, a, ha, h - a] W = h (W1 + W4) + a (W2 - W4) + ha W3.
    own, like, product, difference, rest = np.split(p["compare"]["w"], np.cumsum([p["conv1"]["b"].shape[0]] * 4))
    folded = np.concatenate([own + difference, like - difference, product, rest])
    seen = g.op("Concat", h, aligned, g.op("Mul", h, aligned), *facts, axis=-1)
    c = masked_relu(g, g.linear(seen, folded, p["compare"]["b"]), mask)
    c = g.op("Add", c, conv(g, p["conv3"], c, mask))
    left, right = g.op("Split", pool(g, c, mask), outputs=2, axis=0)
    pooled = g.op("Concat", g.op("Add", left, right), g.op("Abs", g.op("Sub", left, right)), axis=-1)
    final = g.op("Relu", g.linear(pooled, p["final"]["w"], p["final"]["b"]))
    logits = g.linear(final, p["out"]["w"], p["out"]["b"])
    return g.model([("left", ["batch", "left_tokens"]), ("right", ["batch", "right_tokens"])], (logits, ["batch", 3]), "logits")


def length(g, x, axis):
    square = g.op("ReduceSum", g.op("Mul", x, x), g.ints(axis), keepdims=1)
    return g.op("Sqrt", g.op("Add", square, g.constant(1e-8)))


def bi_graph(p, roles, vocab_size, int8):
    p = p["net"]
    g = Graph(int8)
    ids = "input_ids"
    mask = mask_of(g, ids)
    fields, sketches, sketch = BI["fields"], BI["fields"] + BI["pairs"], BI["sketch"]
    signs = signs_of(g, ids, vocab_size, sketch)
    h = first_conv(g, p["conv1"], embed(g, p, ids, vocab_size, roles, g.slice(signs, 0, IDENTITY, 2)), mask)
    h = g.op("Add", h, conv(g, p["conv2"], h, mask))
    pooled = pool(g, h, mask)
    following = g.slice(g.op("Pad", signs, g.ints(0, 0, 0, 0, 1, 0)), 1, 2**31 - 1, 1)
    rolled = g.op("Concat", g.slice(following, -1, 2**31 - 1, 2), g.slice(following, 0, -1, 2), axis=-1)
    bigrams = g.op("Mul", signs, rolled)
    weights = g.op("Mul", g.op("Softplus", g.linear(h, p["weigh"]["w"], p["weigh"]["b"])), mask)
    weights = g.op("Transpose", weights, perm=[0, 2, 1])
    # Weights [batch, sketches, tokens] against [batch, tokens, sketch]: a weighted sum is a product of matrices.
    single = g.op("MatMul", g.slice(weights, 0, fields, 1), signs)
    double = g.op("MatMul", g.slice(weights, fields, sketches, 1), bigrams)
    sums = g.op("Concat", single, double, axis=1)
    gate = g.op("Unsqueeze", g.op("Softplus", g.linear(pooled, p["gate"]["w"], p["gate"]["b"])), g.ints(2))
    drawn = g.op("Mul", g.op("Div", sums, length(g, sums, 2)), gate)
    learnt = g.linear(pooled, p["out"]["w"], p["out"]["b"])
    more = g.op("Concat", learnt, g.op("Reshape", drawn, g.ints(0, sketches * sketch)), axis=-1)
    less = g.linear(pooled, p["less"]["w"], p["less"]["b"])
    long = length(g, less, 1)
    share = g.op("Mul", g.op("Tanh", g.op("Mul", long, g.constant(np.exp(p["amount"])))), g.constant(MOST_LESS))
    vector = g.op("Concat", g.op("Div", more, length(g, more, 1)), g.op("Mul", g.op("Div", less, long), share), axis=-1)
    width = BI["out"] + sketches * sketch + BI["less"]
    return g.model([(ids, ["batch", "tokens"])], (vector, ["batch", width]), "vector")


def main(kind, weights, vocab, folder):
    p = nest(np.load(weights))
    roles = p.pop("roles_of")
    vocab_size = len(read_tokens(vocab))
    os.makedirs(folder, exist_ok=True)
    for int8, name in ((False, "model.onnx"), (True, "model-int8.onnx")):
        model = (cross_graph if kind == "cross" else bi_graph)(p, roles, vocab_size, int8)
        with open(os.path.join(folder, name), "wb") as file:
            file.write(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
