"""Process data: JSON values and exact decimals only, copied by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

MAX_DEPTH = 40


def copied(value: Any) -> Any:
    """A deep copy of JSON containers; texts and numbers are shared."""
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [copied(one) for one in value]
    return value


def plain(value: Any, depth: int = 0) -> Any:
    """`value` as process data: numbers exact, dates text, tuples lists; raise TypeError for anything else.

    Values nested deeper than MAX_DEPTH are refused the same way.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal | float):
        return number(value)
    if isinstance(value, date):
        return value.isoformat()
    if depth >= MAX_DEPTH:
        raise TypeError("process data is nested too deeply")
    if isinstance(value, Mapping):
        return {_key(key): plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, depth + 1) for one in value]
    if isinstance(value, set | frozenset):
        return [plain(one, depth + 1) for one in sorted(value)]
    raise TypeError(f"{type(value).__name__} cannot stand in process data")


def number(value: Decimal | float | str) -> int | Decimal | str:
    """An exact number, whole ones as int; what is no number (NaN, infinity) as text.  ValueError for other texts."""
    try:
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {value!r}") from error
    if not found.is_finite():
        return str(value)
    return int(found) if found == found.to_integral_value() else found


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("keys of process data are texts")
    return key


def three_way(base: Mapping[str, Any], branches: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What parallel branches made of `base`: each key as the last branch that changed it left it."""
    result = dict(base)
    for branch in branches:
        result.update({key: one for key, one in branch.items() if key not in base or base[key] != one})
    return copied(result)  # type: ignore[no-any-return]


def lookup(path: str, data: Mapping[str, Any]) -> Any:
    """The value under a dotted path; None where the path ends early."""
    value: Any = data
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
