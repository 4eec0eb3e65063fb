"""The tokenizer of the `address-mini` models: servers/reference/model/address-tokenizer.ts, token by token the same."""

from __future__ import annotations

import re
import unicodedata

from mgeo_torch.model.chinese_numeral import write_numerals_as_digits

_KINDS = ("LATIN", "NUMBER", "CHARACTER")
_SEPARATORS = frozenset("\ufffd,，、;；:：.。·・'\"“”‘’`|\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
_PIECES = re.compile(r"[0-9]+|[a-z]+|[-~–—−_/]|[(\[{<【〔《「『]|[)\]}>】〕》」』]|.", re.DOTALL)
_MASK = 0xFFFFFFFF


def _hash(text: str) -> int:
    """FNV-1a over UTF-16 code units, finished as MurmurHash3 finishes."""
    value = 0x811C9DC5
    units = text.encode("utf-16-le", "surrogatepass")
    for at in range(0, len(units), 2):
        value = ((value ^ (units[at] | units[at + 1] << 8)) * 0x01000193) & _MASK
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & _MASK
    return value ^ (value >> 13)


def normalise_address(text: str) -> str:
    """The text as the tokens see it."""
    folded = unicodedata.normalize("NFKC", text).lower()
    plain = "".join(part for part in folded if part not in _SEPARATORS and unicodedata.category(part) not in ("Cc", "Cf", "Co", "Cs"))
    plain = re.sub(r"(?<=[0-9])#", "号", plain)
    return re.sub(r"[0-9]+", lambda found: re.sub(r"^0+(?=[0-9])", "", found[0]), write_numerals_as_digits(plain))


def split_address(text: str) -> list[str]:
    """One piece of a normalised text: a number, a word, a mark, or a single character."""
    pieces = []
    for piece in _PIECES.findall(text):
        if piece in "-~–—−_/":
            pieces.append("-")
        elif piece in "([{<【〔《「『":
            pieces.append("(")
        elif piece in ")]}>】〕》」』":
            pieces.append(")")
        else:
            pieces.append(piece)
    return pieces


class AddressTokenizer:
    """A character that the vocabulary lacks falls into one of many buckets by a hash. Raises ValueError for a vocabulary that lacks a line it needs."""

    def __init__(self, vocab: str) -> None:
        lines = vocab.split("\n")
        if lines[-1] == "":
            lines.pop()
        self.ids = {line: at for at, line in enumerate(lines)}
        if len(self.ids) != len(lines):
            raise ValueError("a line stands twice")
        if lines[:1] != ["[PAD]"]:
            raise ValueError("its first line is not [PAD]")
        self.vocab_size = len(lines)
        self.empty, self.symbol = self._id("[EMPTY]"), self._id("[SYMBOL]")
        self.buckets = {kind: self._bucket(kind) for kind in _KINDS}

    def _id(self, token: str) -> int:
        if token not in self.ids:
            raise ValueError(f"the vocabulary has no {token}")
        return self.ids[token]

    def _bucket(self, kind: str) -> tuple[int, int]:
        first, count = self._id(f"[{kind} 0]"), 1
        while self.ids.get(f"[{kind} {count}]") == first + count:
            count += 1
        return first, count

    def _look_up(self, piece: str) -> int:
        known = self.ids.get(piece)
        if known is not None:
            return known
        if "0" <= piece[0] <= "9":
            kind = "NUMBER"
        elif "a" <= piece[0] <= "z":
            kind = "LATIN"
        elif unicodedata.category(piece[0]).startswith("L"):
            kind = "CHARACTER"
        else:
            return self.symbol
        first, count = self.buckets[kind]
        return first + _hash(piece) % count

    def encode(self, text: str, max_tokens: int) -> list[int]:
        """Ids, cut to `max_tokens`; a text of which nothing is left is one token of its own."""
        pieces = split_address(normalise_address(text))[:max_tokens]
        return [self._look_up(piece) for piece in pieces] or [self.empty]
