"""Reads pairs from a request body; every refusal names the field at fault."""

from __future__ import annotations

import json
import unicodedata

from mgeo_torch.http.problem import ProblemError

Pair = tuple[str, str]
_BLANK = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def parse_object(body: bytes) -> dict:
    """Raises ProblemError."""
    if len(body) == 0:
        raise ProblemError("invalid-json", "The body is empty; a JSON object is expected.", "body")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProblemError("invalid-utf8", "The body is not valid UTF-8.", "body") from None
    try:
        # As JavaScript reads them: no NaN, and a number of any length is a number.
        value = json.loads(text, parse_constant=_refuse_constant, parse_int=float)
    except json.JSONDecodeError as error:
        raise ProblemError("invalid-json", f"The body is not valid JSON (character {error.pos}).", "body") from None
    except ValueError:
        raise ProblemError("invalid-json", "The body is not valid JSON.", "body") from None
    except RecursionError:
        raise ProblemError("invalid-json", "The body is nested too deeply.", "body") from None
    if not isinstance(value, dict):
        raise ProblemError("not-an-object", f"The body is {_name_of(value)}; a JSON object is expected.", "body")
    return value


def _refuse_constant(_name: str) -> None:
    raise ValueError


def _name_of(value: object) -> str:
    if value is None:
        return "null"
    names = {list: "an array", dict: "an object", bool: "a boolean", float: "a number", str: "a string"}
    return names[type(value)]


_MISSING = object()


def _address(value: object, field: str, max_chars: int) -> str:
    if value is _MISSING:
        raise ProblemError("missing-field", f"{field} is missing.", field)
    if not isinstance(value, str):
        raise ProblemError("wrong-type", f"{field} is {_name_of(value)}; a string is expected.", field)
    if len(value) > max_chars:
        raise ProblemError("too-long", f"{field} is longer than {max_chars} characters.", field)
    if all(unicodedata.category(character) in _BLANK for character in value):
        raise ProblemError("blank", f"{field} is {'empty' if value == '' else 'blank'}.", field)
    return value


def read_pair(body: bytes, max_chars: int) -> Pair:
    """`{addr1, addr2}`; other keys are ignored. Raises ProblemError."""
    found = parse_object(body)
    return _address(found.get("addr1", _MISSING), "addr1", max_chars), _address(found.get("addr2", _MISSING), "addr2", max_chars)


def read_pairs(body: bytes, max_chars: int, max_pairs: int) -> list[Pair]:
    """`{pairs: [[a, b], …]}`. Raises ProblemError whose field names the very place, as in `pairs[3][1]`."""
    pairs = parse_object(body).get("pairs", _MISSING)
    if pairs is _MISSING:
        raise ProblemError("missing-field", "pairs is missing.", "pairs")
    if not isinstance(pairs, list):
        raise ProblemError("wrong-type", f"pairs is {_name_of(pairs)}; an array of pairs is expected.", "pairs")
    if not pairs:
        raise ProblemError("blank", "pairs is empty.", "pairs")
    if len(pairs) > max_pairs:
        raise ProblemError("too-many-pairs", f"pairs holds {len(pairs)} pairs; {max_pairs} are allowed.", "pairs")
    return [_pair(pair, f"pairs[{at}]", max_chars) for at, pair in enumerate(pairs)]


def _pair(pair: object, field: str, max_chars: int) -> Pair:
    if not isinstance(pair, list):
        raise ProblemError("wrong-type", f"{field} is {_name_of(pair)}; an array of two strings is expected.", field)
    if len(pair) != 2:
        raise ProblemError("wrong-type", f"{field} holds {len(pair)} values; two strings are expected.", field)
    return _address(pair[0], f"{field}[0]", max_chars), _address(pair[1], f"{field}[1]", max_chars)
