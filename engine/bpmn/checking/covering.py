"""What conditions hold for, tried over all answers to what they ask, not over data.

What two conditions ask in opposite ways (`a > 5` and `5 >= a`) is one question.  Of the words that one thing is held
against at most one is it; of the outcomes of a task, and of other words of which one always stands, exactly one.  A
field that may be empty answers neither `== true` nor `== false`, so these two are different questions.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from engine.bpmn.expressions import FUNCTIONS, WORDS, ExpressionFault, evaluate, parse

MOST_ANSWERS = 1024
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq,
}  # fmt: skip
_NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.NotEq: ast.Eq, ast.GtE: ast.Lt, ast.Gt: ast.LtE,
}  # fmt: skip
Question = tuple[str, ...]
Offers = Mapping[tuple[str, str], tuple[str, ...]]  # data name and part -> the words of which it always holds one
Answers = Mapping[Question, bool]
# A condition as read: ("and" | "or", parts), ("not", part), ("asked", question, answer that is wanted), ("is", truth).
Read = tuple[Any, ...]
_WORD, _PART = "word", "part"  # questions about words: kind, name, part, word


def leave_nothing_out(conditions: Sequence[str], offers: Offers) -> bool:
    """Whether one of these conditions holds whatever the answers."""
    found = [read(one) for one in conditions]
    answers = possible(found, offers) if found else None
    return answers is not None and all(any(holds(one, given) for one in found) for given in answers)


def possible(conditions: Sequence[Read], offers: Offers, strange: bool = False) -> list[Answers] | None:
    """All answers to what conditions ask that can be; None where they are too many to be tried.

    `strange`: words that are not offered may be answered too, since that is told by itself.
    """
    questions = list(dict.fromkeys(question for one in conditions for question in asked(one)))
    choices = _choices(questions, offers, strange)
    size = 1
    for one in choices:
        size *= len(one)
    if size > MOST_ANSWERS:
        return None
    no = dict.fromkeys(questions, False)
    return [{**no, **{one: True for some in yes for one in some}} for yes in itertools.product(*choices)]


def _choices(questions: Sequence[Question], offers: Offers, strange: bool) -> list[list[tuple[Question, ...]]]:
    """For everything that is asked about: the questions that may be answered with yes together; () is none of them."""
    groups: dict[Question, list[Question]] = {}
    for one in questions:
        groups.setdefault(one[:3] if one[0] in (_WORD, _PART) else one, []).append(one)
    return [list(_group(key, some, offers, strange)) for key, some in groups.items()]


def _group(key: Question, questions: list[Question], offers: Offers, strange: bool) -> Iterator[tuple[Question, ...]]:
    words = offers.get((key[1], key[2]), ()) if key[0] == _PART else ()
    if not words or not {*words} <= {one[3] for one in questions}:
        yield ()
    yield from ((one,) for one in questions if strange or not words or one[3] in words)


def holds(condition: Read, answers: Answers) -> bool:
    """Whether a condition holds for these answers."""
    kind = condition[0]
    if kind == "asked":
        return answers[condition[1]] is condition[2]
    if kind == "is":
        return bool(condition[1])
    if kind == "not":
        return not holds(condition[1], answers)
    return (all if kind == "and" else any)(holds(one, answers) for one in condition[1])


def asked(condition: Read) -> Iterator[Question]:
    """What a condition asks."""
    if condition[0] == "asked":
        yield condition[1]
    elif condition[0] == "not":
        yield from asked(condition[1])
    elif condition[0] in ("and", "or"):
        for one in condition[1]:
            yield from asked(one)


@lru_cache(maxsize=4096)
def read(text: str) -> Read:
    """A condition as questions; raise ExpressionFault when it is unreadable."""
    return _read(parse(text).body)


def _read(node: ast.AST) -> Read:
    if (truth := _constant(node)) is not None:
        return "is", truth
    if isinstance(node, ast.BoolOp):
        return ("and" if isinstance(node.op, ast.And) else "or"), tuple(_read(one) for one in node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return "not", _read(node.operand)
    if not (isinstance(node, ast.Compare) and len(node.ops) == 1):
        return "asked", ("as written", ast.dump(node)), True
    if isinstance(node.ops[0], ast.NotIn):
        return "not", _read(ast.Compare(node.left, [ast.In()], node.comparators))
    left, sign, right = _ordered(node)
    if isinstance(right, ast.List | ast.Tuple) and sign is ast.In:
        return "or", tuple(_question(left, ast.Eq, one) for one in right.elts)
    return _question(left, sign, right)


def _constant(node: ast.AST) -> bool | None:
    """The yes or no that an expression without data says; None for one with data, or with another answer or none."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and (one.id == "get" or one.id not in (*WORDS, *FUNCTIONS)):
            return None
    try:
        found = evaluate(ast.unparse(node), {})
    except ExpressionFault:
        return None
    return found if isinstance(found, bool) else None


def _ordered(node: ast.Compare) -> tuple[ast.AST, type[ast.cmpop], ast.AST]:
    """What is asked on the left, what it is compared with on the right."""
    left, sign, right = node.left, type(node.ops[0]), node.comparators[0]
    if isinstance(left, ast.Constant) and sign in _FLIPPED:
        return right, _FLIPPED[sign], left
    return left, sign, right


def _question(left: ast.AST, sign: type[ast.cmpop], right: ast.AST) -> Read:
    asked_so = _NEGATED.get(sign, sign)
    wanted = sign not in _NEGATED
    if not (isinstance(right, ast.Constant) and isinstance(right.value, str) and asked_so is ast.Eq):
        return "asked", ("compared", ast.dump(left), asked_so.__name__, ast.dump(right)), wanted
    if isinstance(left, ast.Attribute) and isinstance(left.value, ast.Name):
        return "asked", (_PART, left.value.id, left.attr, right.value), wanted
    return "asked", (_WORD, ast.dump(left), "", right.value), wanted
