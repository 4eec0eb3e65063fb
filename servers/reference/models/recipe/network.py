"""The two networks in JAX. export.py writes the same operations as ONNX; check.py compares them."""

import jax
import jax.numpy as jnp
import numpy as np

from vocabulary import IDENTITY

CROSS = {"role": 32, "hidden": 80, "key": 32, "final": 80}
BI = {"role": 32, "hidden": 96, "out": 128}


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
    h = c["hidden"]
    return {
        "role": (random.standard_normal((roles, c["role"])) * 0.5).astype(np.float32),
        "conv1": dense(random, 3 * (IDENTITY + c["role"]), h),
        "conv2": dense(random, 3 * h, h),
        "conv3": dense(random, 3 * h, h),
        "weigh": dense(random, h, 2),
        "out": dense(random, 2 * h, c["out"]),
        "mix": np.array([1.0, 1.0], np.float32),
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


def unit(x):
    return x / jnp.sqrt((x * x).sum(-1, keepdims=True) + 1e-8)


def bi(p, frozen, ids, key=None, rate=0.0):
    """Unit vectors. One half is learnt; the other is a sketch of the characters and their bigrams, weighed by what was learnt."""
    keys = [None] * 2 if key is None else jax.random.split(key, 2)
    mask = (ids > 0).astype(jnp.float32)[:, :, None]
    h = jax.nn.relu(linear(p["conv1"], near(embed(p, frozen, ids)))) * mask
    h = h + jax.nn.relu(linear(p["conv2"], near(h))) * mask
    h = h + jax.nn.relu(linear(p["conv3"], near(h))) * mask
    h = drop(keys[0], h, rate)
    pooled = jnp.concatenate([h.max(1), h.sum(1) / mask.sum(1)], -1)
    learnt = unit(linear(p["out"], drop(keys[1], pooled, rate)))
    weights = jax.nn.softplus(linear(p["weigh"], h)) * mask
    signs = frozen["signs"][ids].astype(jnp.float32)
    following = jnp.pad(signs[:, 1:], ((0, 0), (0, 1), (0, 0)))
    # The neighbour is turned by one place, so that 路中 is not 中路.
    bigrams = signs * jnp.roll(following, 1, -1)
    sketch = unit(jnp.concatenate([(signs * weights[:, :, :1]).sum(1), (bigrams * weights[:, :, 1:]).sum(1)], -1))
    mix = p["mix"]
    return unit(jnp.concatenate([learnt * mix[0], sketch * mix[1]], -1))
