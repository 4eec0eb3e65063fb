"""The two networks in JAX. export.py writes the same operations as ONNX."""

import jax
import jax.numpy as jnp
import numpy as np

from vocabulary import IDENTITY

CROSS = {"role": 32, "hidden": 80, "key": 32, "final": 80}
BI = {"role": 32, "hidden": 128, "fields": 4, "pairs": 2, "sketch": 96, "out": 96, "less": 64}
# What counts negatively stays below what counts positively, so that a vector always makes something with itself.
MOST_LESS = 0.95


def dense(random, fan_in, fan_out):
    return {
        "w": (random.standard_normal((fan_in, fan_out)) * np.sqrt(2 / fan_in)).astype(np.float32),
        "b": np.zeros(fan_out, np.float32),
    }


def init_cross(random, roles):
    c = CROSS
    h = c["hidden"]
    return {
        "role": (random.standard_normal((roles, c["role"])) * 0.5).astype(np.float32),
        "conv1": dense(random, 3 * (IDENTITY + c["role"]), h),
        "conv2": dense(random, 3 * h, h),
        "key": dense(random, h, c["key"]),
        "bias": np.array([4.0, 1.0, 1.0, 1.0], np.float32),
        "compare": dense(random, 4 * h + 4, h),
        "conv3": dense(random, 3 * h, h),
        "final": dense(random, 4 * h, c["final"]),
        "out": dense(random, c["final"], 3),
    }


def init_bi(random, roles):
    c = BI
    h, sketches = c["hidden"], c["fields"] + c["pairs"]
    return {
        "role": (random.standard_normal((roles, c["role"])) * 0.5).astype(np.float32),
        "conv1": dense(random, 3 * (IDENTITY + c["role"]), h),
        "conv2": dense(random, 3 * h, h),
        "weigh": dense(random, h, sketches),
        "gate": dense(random, 2 * h, sketches),
        "out": dense(random, 2 * h, c["out"]),
        "less": dense(random, 2 * h, c["less"]),
        "amount": np.array(-2.0, np.float32),
    }


def linear(p, x):
    return x @ p["w"] + p["b"]


def near(x):
    """[left neighbour, itself, right neighbour] of every token; zero beyond the ends."""
    pad = jnp.pad(x, ((0, 0), (1, 1), (0, 0)))
    return jnp.concatenate([pad[:, :-2], x, pad[:, 2:]], -1)


def drop(key, x, rate):
    if key is None or rate == 0:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)


def embed(p, frozen, ids):
    identity = frozen["signs"][ids, :IDENTITY].astype(jnp.float32) * 0.25
    # Padding is zero, like what lies beyond the ends: an answer must not depend on it.
    role = p["role"][frozen["roles"][ids]] * (ids > 0)[:, :, None]
    return jnp.concatenate([identity, role], -1)


def shift(m, step):
    """m[i + step, j + step], zero beyond the ends."""
    if step < 0:
        return jnp.pad(m, ((0, 0), (1, 0), (1, 0)))[:, :-1, :-1]
    return jnp.pad(m, ((0, 0), (0, 1), (0, 1)))[:, 1:, 1:]


def cross(p, frozen, left, right, key=None, rate=0.0):
    """Logits [batch, 3]: not, partial, exact. The same for (a, b) as for (b, a)."""
    keys = [None] * 3 if key is None else jax.random.split(key, 3)
    ids = jnp.concatenate([left, right])
    mask = (ids > 0).astype(jnp.float32)[:, :, None]
    h = jax.nn.relu(linear(p["conv1"], near(embed(p, frozen, ids)))) * mask
    h = h + jax.nn.relu(linear(p["conv2"], near(h))) * mask
    h = drop(keys[0], h, rate)

    same = ((left[:, :, None] == right[:, None, :]) & (left > 0)[:, :, None]).astype(jnp.float32)
    before, after = shift(same, -1), shift(same, 1)
    run = same * (before + after)
    w = p["bias"]
    bias = same * w[0] + before * w[1] + after * w[2] + run * w[3]
    both = lambda m: jnp.concatenate([m, m.transpose(0, 2, 1)])

    k = linear(p["key"], h)
    n = len(left)
    scores = k @ jnp.concatenate([k[n:], k[:n]]).transpose(0, 2, 1) / np.sqrt(k.shape[-1]) + both(bias)
    other = jnp.concatenate([mask[n:], mask[:n]])[:, None, :, 0]
    attention = jax.nn.softmax(scores + (other - 1) * 1e4, -1)
    aligned = attention @ jnp.concatenate([h[n:], h[:n]])

    same2 = both(same)
    facts = jnp.stack(
        [same2.max(-1), both(same * before).max(-1), both(same * after).max(-1), (attention * same2).sum(-1)], -1
    )
    c = jax.nn.relu(linear(p["compare"], jnp.concatenate([h, aligned, h * aligned, h - aligned, facts], -1))) * mask
    c = c + jax.nn.relu(linear(p["conv3"], near(c))) * mask
    pooled = jnp.concatenate([c.max(1), c.sum(1) / mask.sum(1)], -1)
    pooled = drop(keys[1], pooled, rate)
    a, b = pooled[:n], pooled[n:]
    final = jax.nn.relu(linear(p["final"], jnp.concatenate([a + b, jnp.abs(a - b)], -1)))
    return linear(p["out"], drop(keys[2], final, rate))


def length(x):
    return jnp.sqrt((x * x).sum(-1, keepdims=True) + 1e-8)


def bi(p, frozen, ids, key=None, rate=0.0):
    """Vectors [batch, out + (fields + pairs) * sketch + less]; similarity() compares two of them.

    What counts positively: a sketch of the text for each of a few fields, and one of its bigrams for each of a few more, in frozen random signs, each
    token weighed by what was learnt of it there, each sketch of length 1 times a gate; and what was learnt of the text as a whole. What counts
    negatively is learnt too. So two texts that both name a district start with less, and make up for it where it is the same one.
    """
    keys = [None] * 2 if key is None else jax.random.split(key, 2)
    mask = (ids > 0).astype(jnp.float32)[:, :, None]
    h = jax.nn.relu(linear(p["conv1"], near(embed(p, frozen, ids)))) * mask
    h = h + jax.nn.relu(linear(p["conv2"], near(h))) * mask
    h = drop(keys[0], h, rate)
    pooled = drop(keys[1], jnp.concatenate([h.max(1), h.sum(1) / mask.sum(1)], -1), rate)
    signs = frozen["signs"][ids][:, :, : BI["sketch"]].astype(jnp.float32)
    following = jnp.pad(signs[:, 1:], ((0, 0), (0, 1), (0, 0)))
    # The neighbour is turned by one place, so that 路中 is not 中路.
    bigrams = signs * jnp.roll(following, 1, -1)
    weights = (jax.nn.softplus(linear(p["weigh"], h)) * mask).transpose(0, 2, 1)
    sums = jnp.concatenate([weights[:, : BI["fields"]] @ signs, weights[:, BI["fields"] :] @ bigrams], 1)
    sketches = sums / length(sums) * jax.nn.softplus(linear(p["gate"], pooled))[:, :, None]
    more = jnp.concatenate([linear(p["out"], pooled), sketches.reshape(len(ids), -1)], -1)
    less = linear(p["less"], pooled)
    share = MOST_LESS * jnp.tanh(length(less) * jnp.exp(p["amount"]))
    return jnp.concatenate([more / length(more), less / length(less) * share], -1)


def signed(x):
    """The vectors with the components turned that count negatively."""
    return jnp.concatenate([x[..., : -BI["less"]], -x[..., -BI["less"] :]], -1)


def of_length_one(x):
    """Scaled so that each vector makes 1 with itself."""
    return x / jnp.sqrt((signed(x) * x).sum(-1, keepdims=True))


def similarity(a, b):
    """signedCosine of servers/reference/similarity.ts, not clamped."""
    return (signed(of_length_one(a)) * of_length_one(b)).sum(-1)
