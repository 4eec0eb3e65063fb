"""Chinese numerals that count something in an address, as digits: servers/reference/model/chinese-numeral.ts."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALES = {"十": 10, "百": 100, "千": 1000}
# What is counted; elsewhere (三里屯, 五一路) a numeral is a name.
_COUNTED = "号|楼|栋|幢|座|单元|层|室|房|户|门|弄|巷|组|队|期|区|段|排|米|公里"
_NUMERAL = re.compile(f"[零〇一二两三四五六七八九十百千]+(?={_COUNTED})")


def parse_chinese_numeral(text: str) -> int | None:
    """88 for 八十八, 208 for 二〇八 and 二百零八; None for what is no number (千, 十百)."""
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit, last_scale = 0, None, 10_000
    for character in text:
        scale = _SCALES.get(character)
        if scale is None:
            value = _DIGITS.get(character)
            if value is None:
                return None
            # 零 only holds a place: 一百零二.
            if value == 0:
                continue
            if digit is not None:
                return None
            digit = value
            continue
        # 十 may stand without a digit in front, 百 and 千 may not.
        if scale >= last_scale or (digit is None and (scale > 10 or total > 0)):
            return None
        total += (1 if digit is None else digit) * scale
        digit, last_scale = None, scale
    return total + (digit or 0)


def _written(number: int) -> str:
    """Beyond sixteen digits as JavaScript writes a number: both servers must see the same tokens."""
    if number <= 2**53:
        return str(number)
    rounded = float(number)
    return repr(rounded) if rounded >= 1e21 else f"{Decimal(repr(rounded)):f}"


def write_numerals_as_digits(text: str) -> str:
    """八十八号 becomes 88号; numerals that count nothing stay as they are."""

    def digits(found: re.Match[str]) -> str:
        number = parse_chinese_numeral(found[0])
        return found[0] if number is None else _written(number)

    return _NUMERAL.sub(digits, text)
