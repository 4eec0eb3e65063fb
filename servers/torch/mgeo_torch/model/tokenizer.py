"""WordPiece as bert-base-chinese uses it: servers/reference/model/tokenizer.ts, token by token the same.

Special tokens written out in a text are ordinary characters here: an address cannot forge a boundary.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MOST_WORD = 100
_SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(chr(code) for code in range(0x2000, 0x200B))
_CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0x2F800, 0x2FA1F))


def _is_punctuation(character: str) -> bool:
    code = ord(character)
    ascii_mark = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_mark or unicodedata.category(character).startswith("P")


@lru_cache(maxsize=1 << 16)
def _pieces(character: str) -> list[tuple[str, str]]:
    """What one character turns into: `drop`, `space`, `single` (a token by itself) or `word` (a part of one)."""
    code = ord(character)
    # Unassigned code points (Cn) are kept: which ones they are changes with every Unicode version.
    if character not in "\t\n\r" and (code in (0, 0xFFFD) or unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs")):
        return []
    if character in _SPACES:
        return [("space", "")]
    bare = "".join(part for part in unicodedata.normalize("NFD", character) if unicodedata.category(part) != "Mn")
    folded = "".join(part.lower() for part in bare)
    # Isolation comes before decomposition: a compatibility ideograph stays one token.
    if any(first <= code <= last for first, last in _CJK):
        return [("space", ""), ("word", folded), ("space", "")]
    return [("space", "") if part in _SPACES else ("single" if _is_punctuation(part) else "word", part) for part in folded]


class WordPieceTokenizer:
    """Raises ValueError when [UNK], [CLS] or [SEP] is missing in the vocabulary."""

    def __init__(self, vocab: str) -> None:
        # `\n` only: the vocabulary holds U+2028 as a token.
        lines = vocab.split("\n")
        if lines[-1] == "":
            lines.pop()
        self.ids = {line[:-1] if line.endswith("\r") else line: at for at, line in enumerate(lines)}
        # A line that stands twice is a row of the table all the same.
        self.vocab_size = len(lines)
        for token in ("[UNK]", "[CLS]", "[SEP]"):
            if token not in self.ids:
                raise ValueError(f"the vocabulary has no {token}")
        self.unknown, self.first, self.last = (self.ids[token] for token in ("[UNK]", "[CLS]", "[SEP]"))
        self.split = lru_cache(maxsize=20_000)(self._split)

    def _split(self, word: str) -> list[int]:
        """The longest known piece first; a word that cannot be pieced together is [UNK] as a whole."""
        if len(word) > _MOST_WORD:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                known = self.ids.get(word[start:end] if start == 0 else f"##{word[start:end]}")
                if known is not None:
                    break
            else:
                return [self.unknown]
            found.append(known)
            start = end
        return found

    def encode(self, text: str, max_tokens: int) -> list[int]:
        """Ids with [CLS] in front and [SEP] behind, cut to `max_tokens` in all."""
        out = [self.first]
        word = ""
        for character in text:
            if len(out) >= max_tokens - 1:
                break
            for kind, part in _pieces(character):
                if kind == "word":
                    word += part
                    continue
                if word:
                    out += self.split(word)
                    word = ""
                if kind == "single":
                    out.append(self.ids.get(part, self.unknown))
        if word:
            out += self.split(word)
        return [*out[: max_tokens - 1], self.last]
