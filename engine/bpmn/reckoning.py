"""What expressions reckon with: exact numbers, comparison, and the few functions they may call."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from engine.errors import TextFault

MAX_BITS = 256
MAX_TEXT = 10_000

_ARITHMETIC = Context(prec=60, rounding=ROUND_HALF_UP)
_PLACES = Decimal("0.0000000001")


class ExpressionFault(TextFault):
    """An expression that cannot be read or has no answer; the text is a sentence in Indonesian."""


class UnknownName(ExpressionFault):
    """A name that the process data does not hold."""


def refuse_if(wrong: bool, pattern: str, **values: object) -> None:
    """Raise ExpressionFault with a sentence when something is wrong."""
    if wrong:
        raise ExpressionFault(pattern, **values)


def is_number(value: Any) -> bool:
    """Whether a value is an exact number; truth values are none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def calculate(operator: ast.operator, left: Any, right: Any) -> int | Decimal:
    """Exact arithmetic on two numbers; `/` to ten places, half up.  Raise ExpressionFault for zero divisors."""
    if isinstance(operator, ast.Div | ast.FloorDiv | ast.Mod) and right == 0:
        raise ExpressionFault("Pembagian dengan nol")
    if isinstance(left, int) and isinstance(right, int) and not isinstance(operator, ast.Div):
        return _whole_numbers(operator, left, right)
    first, second = Decimal(left), Decimal(right)
    if isinstance(operator, ast.Add):
        return _ARITHMETIC.add(first, second)
    if isinstance(operator, ast.Sub):
        return _ARITHMETIC.subtract(first, second)
    if isinstance(operator, ast.Mult):
        return _ARITHMETIC.multiply(first, second)
    if isinstance(operator, ast.Div):
        return _whole(_rounded(_ARITHMETIC.divide(first, second), _PLACES))
    floor = _ARITHMETIC.divide(first, second).to_integral_value("ROUND_FLOOR")
    rest = _ARITHMETIC.subtract(first, _ARITHMETIC.multiply(floor, second))
    return int(floor) if isinstance(operator, ast.FloorDiv) else rest


def _whole_numbers(operator: ast.operator, left: int, right: int) -> int:
    if isinstance(operator, ast.Add):
        return left + right
    if isinstance(operator, ast.Sub):
        return left - right
    if isinstance(operator, ast.Mult):
        return left * right
    return left // right if isinstance(operator, ast.FloorDiv) else left % right


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    if abs(value) >= Decimal(10) ** 40:
        return value
    return value.quantize(step, context=_ARITHMETIC).normalize()


def bounded(value: int | Decimal) -> int | Decimal:
    """The same number; raise ExpressionFault beyond 256 bits."""
    if isinstance(value, int):
        refuse_if(value.bit_length() > MAX_BITS, "Bilangan terlalu besar")
    return value


def same(left: Any, right: Any) -> bool:
    """Equality; a truth value is no number, so `1 == true` does not hold."""
    return isinstance(left, bool) is isinstance(right, bool) and bool(left == right)


def inside(left: Any, right: Any) -> bool:
    """Membership in a list, a text or the names of data; nothing is in what is missing."""
    if isinstance(right, str) and not isinstance(left, str):
        raise ExpressionFault("Hanya teks yang dapat dicari dalam teks")
    if right is None:
        return False
    if not isinstance(right, list | tuple | str | Mapping):
        raise ExpressionFault("'in' memerlukan daftar, data atau teks")
    if isinstance(right, Mapping):
        return isinstance(left, str) and left in right
    return left in right if isinstance(right, str) else any(same(left, one) for one in right)


def ordered(operator: ast.cmpop, left: Any, right: Any) -> bool:
    """`<`, `<=`, `>`, `>=` between numbers or between texts; raise ExpressionFault for mixtures."""
    alike = (is_number(left) and is_number(right)) or (isinstance(left, str) and isinstance(right, str))
    if not alike:
        raise ExpressionFault("Hanya bilangan dengan bilangan atau teks dengan teks yang dapat dibandingkan urutannya")
    if isinstance(operator, ast.Lt):
        return bool(left < right)
    if isinstance(operator, ast.LtE):
        return bool(left <= right)
    return bool(left > right) if isinstance(operator, ast.Gt) else bool(left >= right)


def _numbers(given: tuple[Any, ...]) -> list[Any]:
    values = list(given[0]) if len(given) == 1 and isinstance(given[0], list | tuple) else list(given)
    if not all(is_number(one) for one in values):
        raise ExpressionFault("sum, min dan max memerlukan daftar bilangan")
    return values


def _sum(values: Any) -> int | Decimal:
    total: int | Decimal = 0
    for one in _numbers((values,)):
        total = bounded(total + one)
    return total


def _extreme(choose: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    def call(*given: Any) -> Any:
        values = _numbers(given)
        refuse_if(not values, "min dan max memerlukan sedikitnya satu bilangan")
        return choose(values)

    return call


def _round(value: Any, places: Any = 0) -> int | Decimal:
    if not (is_number(value) and isinstance(places, int) and 0 <= places <= 10):
        raise ExpressionFault("round memerlukan bilangan dan paling banyak 10 angka di belakang koma")
    return _whole(_rounded(Decimal(value), Decimal(1).scaleb(-places)))


def _len(value: Any) -> int:
    if not isinstance(value, list | tuple | str | Mapping):
        raise ExpressionFault("len memerlukan daftar, data atau teks")
    return len(value)


CALLABLE: dict[str, Callable[..., Any]] = {
    "len": _len,
    "sum": _sum,
    "min": _extreme(min),
    "max": _extreme(max),
    "round": _round,
}
