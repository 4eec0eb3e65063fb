"""Trains one model: python train.py KIND DATA VOCAB OUT.npz --seed 1 --steps 6000. Prints a line of JSON every --every steps, and one at the end."""

import argparse
import json
import time

import jax
import jax.numpy as jnp
import numpy as np

import network
from data import Augment, Pairs, batches
from evaluate import measure
from vocabulary import frozen_signs, read_tokens, role_table, swappable


def adam(params, grads, state, step, rate, decay):
    m, v = state
    m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, grads)
    v = jax.tree.map(lambda a, g: 0.999 * a + 0.001 * g * g, v, grads)
    scale = jnp.sqrt(1 - 0.999**step) / (1 - 0.9**step)

    def move(p, a, b):
        pull = decay if p.ndim == 2 else 0.0
        return p - rate * (scale * a / (jnp.sqrt(b) + 1e-8) + pull * p)

    return jax.tree.map(move, params, m, v), (m, v)


def clip(grads, most):
    norm = jnp.sqrt(sum((g * g).sum() for g in jax.tree.leaves(grads)))
    return jax.tree.map(lambda g: g * jnp.minimum(1, most / (norm + 1e-9)), grads)


def cross_loss(params, frozen, left, right, labels, key, dropout):
    logits = network.cross(params, frozen, left, right, key, dropout)
    target = jax.nn.one_hot(labels, 3) * (1 - 0.06) + 0.02
    return -(target * jax.nn.log_softmax(logits)).sum(-1).mean()


def bi_loss(params, frozen, left, right, labels, key, dropout):
    """Two logistic terms, at least partial and exact, with slopes and thresholds of their own; and a contrast in the batch."""
    n = len(left)
    vectors = network.bi(params["net"], frozen, jnp.concatenate([left, right]), key, dropout)
    a, b = vectors[:n], vectors[n:]
    alike = network.similarity(a, b)
    s = params["scale"]
    loss = 0.0
    for at, least in ((0, 1), (1, 2)):
        logit = jnp.exp(s[at]) * (alike - s[2 + at])
        yes = (labels >= least).astype(jnp.float32) * 0.96 + 0.02
        loss += (jax.nn.softplus(logit) - yes * logit).mean()
    exact = (labels == 2).astype(jnp.float32)
    contrast = -jnp.diag(jax.nn.log_softmax(network.signed(network.of_length_one(a)) @ network.of_length_one(b).T * 12, -1))
    return loss + 0.3 * (contrast * exact).sum() / (exact.sum() + 1) * 0.25


def say(**figures):
    """What a person or a program that watches may want to know: one line, six digits."""
    short = {name: round(value, 6) if isinstance(value, float) else value for name, value in figures.items()}
    print(json.dumps(short), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["cross", "bi"])
    parser.add_argument("data")
    parser.add_argument("vocab")
    parser.add_argument("out")
    parser.add_argument("--held-out", required=True)
    parser.add_argument("--report", required=True, help="JSON with what was learnt and how it did")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--every", type=int, default=250, help="steps between two lines")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, help="of learning, at its highest; 0.002 for cross, 0.008 for bi")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--decay", type=float, default=0.01)
    options = parser.parse_args()
    highest = options.rate or (2e-3 if options.kind == "cross" else 8e-3)

    tokens = read_tokens(options.vocab)
    pairs = Pairs(options.data)
    counts = np.bincount(pairs.ids, minlength=len(tokens))
    roles, role_count = role_table(tokens, counts)
    frozen = {
        "roles": jnp.asarray(roles),
        "signs": jnp.asarray(frozen_signs(len(tokens), network.BI["sketch"])),
    }
    random = np.random.default_rng(options.seed)
    if options.kind == "cross":
        params, loss_of = network.init_cross(random, role_count), cross_loss
    else:
        params = {"net": network.init_bi(random, role_count), "scale": np.array([2.0, 2.3, 0.5, 0.75], np.float32)}
        loss_of = bi_loss
    params = jax.tree.map(jnp.asarray, params)

    @jax.jit
    def update(params, state, mean, left, right, labels, key, step, rate):
        loss, grads = jax.value_and_grad(loss_of)(params, frozen, left, right, labels, key, options.dropout)
        params, state = adam(params, clip(grads, 2.0), state, step, rate, options.decay)
        keep = jnp.minimum(0.999, (step + 1) / (step + 10))
        mean = jax.tree.map(lambda a, b: keep * a + (1 - keep) * b, mean, params)
        return params, state, mean, loss

    zero = jax.tree.map(jnp.zeros_like, params)
    state, mean = (zero, zero), params
    augment = Augment(len(tokens), *swappable(tokens, roles), random)
    key = jax.random.key(options.seed)
    step, total, since = 0, 0.0, time.time()
    before = since
    while step < options.steps:
        for left, right, labels in batches(pairs, options.batch, random):
            step += 1
            rate = highest * min(1, step / 200) * 0.5 * (1 + np.cos(np.pi * min(1, step / options.steps)))
            left, right = augment(left, right)
            params, state, mean, loss = update(params, state, mean, left, right, labels, jax.random.fold_in(key, step), float(step), rate)
            total += float(loss)
            if step % options.every == 0:
                now = time.time()
                say(step=step, loss=total / options.every, rate=float(rate), pairs_s=options.every * options.batch / (now - before))
                total, before = 0.0, now
            if step >= options.steps:
                break

    figures = measure(options.kind, mean, frozen, Pairs(options.held_out), pairs.family_names)
    say(step=step, **{key: figures["all"][key] for key in ("macroF1", "atLeastPartial", "exactOrRest", "exactOrNot")})
    weights = sum(p.size for p in jax.tree.leaves(params))
    report = {"seed": options.seed, "steps": step, "batch": options.batch, "pairs": len(pairs), "parameters": weights, "seconds": round(time.time() - since), **figures}
    with open(options.report, "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
    flat = {"/".join(str(getattr(k, "key", k)) for k in path): np.asarray(value) for path, value in jax.tree_util.tree_leaves_with_path(mean)}
    np.savez(options.out, roles_of=roles, **flat)


if __name__ == "__main__":
    main()
