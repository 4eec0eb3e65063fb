"""Reads the arrays of tokenise.ts and deals them out in batches of like lengths."""

import json
import os

import numpy as np

STEP = 8


class Pairs:
    def __init__(self, folder):
        def read(name, kind):
            return np.fromfile(os.path.join(folder, name), kind)

        self.ids = read("ids.u16", "<u2")
        lengths = read("lengths.u8", np.uint8).astype(np.int64)
        ends = np.cumsum(lengths)
        self.starts = (ends - lengths).reshape(-1, 2)
        self.lengths = lengths.reshape(-1, 2)
        self.labels = read("labels.u8", np.uint8).astype(np.int32)
        self.families = read("families.u8", np.uint8)
        self.hard = read("hard.u8", np.uint8)
        with open(os.path.join(folder, "families.json"), encoding="utf-8") as file:
            self.family_names = json.load(file)
        self.longest = self.lengths.max(axis=1)

    def __len__(self):
        return len(self.labels)

    def side(self, rows, side, width):
        starts, lengths = self.starts[rows, side], self.lengths[rows, side]
        places = np.arange(width)[None, :]
        inside = places < lengths[:, None]
        return np.where(inside, self.ids[np.minimum(starts[:, None] + places, len(self.ids) - 1)], 0).astype(np.int32)

    def batch(self, rows):
        width = int(-(-self.longest[rows].max() // STEP) * STEP)
        return self.side(rows, 0, width), self.side(rows, 1, width), self.labels[rows]


def batches(pairs, size, random):
    """One pass over all pairs in random order; pairs of a batch are about equally long, which saves padding."""
    order = random.permutation(len(pairs))
    pool = size * 32
    for start in range(0, len(order) - pool + 1, pool):
        rows = order[start : start + pool]
        width = -(-pairs.longest[rows] // STEP)
        rows = rows[np.argsort(width, kind="stable")]
        starts = np.arange(0, pool, size)
        random.shuffle(starts)
        for at in starts:
            yield pairs.batch(rows[at : at + size])


class Augment:
    """Other characters, the same on both sides: what is to be learnt is the comparing, not the names of the tables."""

    def __init__(self, vocab_size, characters, names, random):
        self.random, self.vocab_size = random, vocab_size
        self.characters, self.names = characters, names

    def __call__(self, left, right):
        random, count = self.random, len(left)
        mild = np.arange(self.vocab_size, dtype=np.int32)
        mild[self.names] = random.permutation(self.names)
        bold = mild.copy()
        words = np.setdiff1d(self.characters, self.names)
        some = words[random.random(len(words)) < 0.3]
        bold[some] = random.choice(self.names, len(some), replace=False)
        way = random.random((count, 1))
        swap = lambda ids: np.where(way < 0.4, ids, np.where(way < 0.85, mild[ids], bold[ids]))
        left, right = swap(left), swap(right)
        # A slip of the pen on either side: rarely, or the comparison would learn to forgive.
        for ids in (left, right):
            slip = (random.random(ids.shape) < 0.006) & (ids > 0)
            ids[slip] = random.choice(self.characters, int(slip.sum()))
        flip = random.random((count, 1)) < 0.5
        return np.where(flip, right, left), np.where(flip, left, right)
