"""What the networks know about a token before training: a frozen random vector, and which of a few roles it plays."""

import numpy as np

# Columns of signs drawn for a token: the bi-encoder sketches with the first half, the first few tell tokens apart.
SIGNS = 192
IDENTITY = 48
SIGNS_SEED = 7
ROLE_CHARACTERS = 500


def read_tokens(path):
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")[:-1]


def kind_of(token):
    if token.startswith("[") and " " in token:
        return token[1:].split(" ")[0]
    if token.isascii():
        return "NUMBER" if token.isdigit() else "LATIN" if token.isalpha() else "MARK"
    return "CHARACTER"


def role_table(tokens, counts):
    """Role of each token. Frequent characters (号, 路, 省) have one each; all others share one: they are names, of which
    only sameness matters. Numbers by how many digits they have."""
    characters = [i for i, token in enumerate(tokens) if kind_of(token) == "CHARACTER" and not token.startswith("[")]
    frequent = sorted(characters, key=lambda i: (-counts[i], i))[:ROLE_CHARACTERS]
    roles = np.zeros(len(tokens), np.int32)
    names = {"padding": 0, "character": 1, "number-4": 2, "latin-word": 3}
    for i, token in enumerate(tokens):
        kind = kind_of(token)
        if i == 0:
            role = "padding"
        elif kind == "CHARACTER":
            role = "character"
        elif kind == "NUMBER":
            role = "number-4" if token.startswith("[") else f"number-{len(token)}"
        elif kind == "LATIN":
            role = "latin-word" if token.startswith("[") else token
        else:
            role = token
        roles[i] = names.setdefault(role, len(names))
    for i in frequent:
        roles[i] = names.setdefault(tokens[i], len(names))
    return roles, len(names)


def frozen_signs(count, width):
    """Random signs, int8: rows of different tokens are nearly orthogonal. Row 0 is zero."""
    signs = np.random.default_rng(SIGNS_SEED).integers(0, 2, (count, SIGNS), dtype=np.int8)[:, :width] * 2 - 1
    signs[0] = 0
    return signs.astype(np.int8)


def swappable(tokens, roles):
    """Ids of characters, and which of them are names rather than words with a role."""
    characters = np.array([i for i, token in enumerate(tokens) if kind_of(token) == "CHARACTER"])
    return characters, characters[roles[characters] == 1]
