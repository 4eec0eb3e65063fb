"""A first look at a model while it is made; the figures of the model card come from the exported files (evaluate.ts)."""

import jax
import numpy as np

import network


def auc(scores, positive):
    order = np.argsort(scores, kind="stable")
    values = scores[order]
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks[order] = ((ends - counts + 1 + ends) / 2)[inverse]
    p = int(positive.sum())
    if p in (0, len(scores)):
        return None
    return float((ranks[positive].sum() - p * (p + 1) / 2) / (p * (len(scores) - p)))


def outputs(kind, params, frozen, pairs):
    if kind == "cross":
        run = jax.jit(lambda left, right: network.cross(params, frozen, left, right))
    else:
        run = jax.jit(lambda left, right: network.similarity(network.bi(params["net"], frozen, left), network.bi(params["net"], frozen, right)))
    order = np.argsort(pairs.longest, kind="stable")
    found = None
    for start in range(0, len(order), 500):
        rows = order[start : start + 500]
        left, right, _ = pairs.batch(rows)
        answer = np.asarray(run(left, right))
        found = np.zeros((len(pairs), *answer.shape[1:]), np.float32) if found is None else found
        found[rows] = answer
    return found


def measure(kind, params, frozen, pairs, seen):
    """All pairs, and those alone whose families the trainer never saw."""
    found = outputs(kind, params, frozen, pairs)
    unseen = np.array([name not in seen for name in pairs.family_names])[pairs.families]
    return {
        "all": figures(kind, found, pairs.labels, pairs.families, pairs.family_names),
        "unseen": figures(kind, found[unseen], pairs.labels[unseen], pairs.families[unseen], pairs.family_names) if unseen.any() else None,
    }


def figures(kind, found, y, families, names):
    if kind == "cross":
        p = np.exp(found - found.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        at_least, exact, score, guess = 1 - p[:, 0], p[:, 2], p[:, 2] + p[:, 1] / 2, found.argmax(1)
    else:
        at_least = exact = score = found
        cuts = np.quantile(found, np.linspace(0.02, 0.98, 60))
        guess = max(
            ((found > low).astype(int) + (found > high) for low in cuts for high in cuts if high > low),
            key=lambda g: (g == y).mean(),
        )
    f1 = [2.0 * ((guess == k) & (y == k)).sum() / ((guess == k).sum() + (y == k).sum() + 1e-9) for k in range(3)]
    ends = y != 1
    worst = sorted(
        (round(float((guess[families == f] == y[families == f]).mean()), 3), name) for f, name in enumerate(names) if (families == f).any()
    )[:8]
    return {
        "atLeastPartial": auc(at_least, y > 0),
        "exactOrRest": auc(exact, y == 2),
        "exactOrNot": auc(score[ends], y[ends] == 2),
        "macroF1": float(np.mean(f1)),
        "f1": [float(x) for x in f1],
        "worst": worst,
    }
