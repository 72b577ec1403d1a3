"""What conditions hold for, tried over all answers to what they ask, not over data.

What two conditions ask in opposite ways (`a > 5` and `5 >= a`) is one question.  Of the words that one thing is held
against at most one is it; of the outcomes of a task, and of other words of which one always stands, exactly one.  Yes,
no and nothing are such words too: a field that may be empty answers neither `== true` nor `== false`.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from engine.bpmn.expressions import FUNCTIONS, WORDS, ExpressionFault, evaluate, parse
from engine.bpmn.mentions import parts_of_get

MOST_ANSWERS = 1024
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq,
}  # fmt: skip
_NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.NotEq: ast.Eq, ast.GtE: ast.Lt, ast.Gt: ast.LtE,
}  # fmt: skip
Word: TypeAlias = str | bool | None
Question = tuple[Any, ...]
Offers = Mapping[tuple[str, str], tuple[Word, ...]]  # data name and part -> the words of which it always holds one
Answers = Mapping[Question, bool]
# A condition as read: ("and" | "or", parts), ("not", part), ("asked", question, answer that is wanted), ("is", truth).
Read = tuple[Any, ...]
_WORD, _PART, _GOT = "word", "part", "got"  # questions about words: kind, what is asked (two parts), word
_TRUE = ("true",)  # asked in the place of a word: whether it is anything but nothing, no and what is empty


def leave_nothing_out(conditions: Sequence[str], offers: Offers, sure: frozenset[str] = frozenset()) -> bool:
    """Whether one of these conditions holds whatever the answers; `sure`: data names that are there for certain."""
    found = [read(one) for one in conditions]
    answers = possible(found, offers, sure=sure) if found else None
    return answers is not None and all(any(holds(one, given) for one in found) for given in answers)


def possible(
    conditions: Sequence[Read], offers: Offers, strange: bool = False, sure: frozenset[str] = frozenset()
) -> list[Answers] | None:
    """All answers to what conditions ask that can be; None where they are too many to be tried.

    `strange`: words that are not offered may be answered too, since that is told by itself.
    """
    questions = list(dict.fromkeys(question for one in conditions for question in asked(one)))
    choices = [list(_group(some, _offered(some[0], offers, sure), strange)) for some in _grouped(questions)]
    size = 1
    for one in choices:
        size *= len(one)
    if size > MOST_ANSWERS:
        return None
    no = dict.fromkeys(questions, False)
    return [{**no, **{one: True for some in yes for one in some}} for yes in itertools.product(*choices)]


def _grouped(questions: Sequence[Question]) -> list[list[Question]]:
    """For everything that is asked about: the questions about it."""
    groups: dict[Question, list[Question]] = {}
    for one in questions:
        groups.setdefault(one[:3] if one[0] in (_WORD, _PART, _GOT) else one, []).append(one)
    return list(groups.values())


def _offered(question: Question, offers: Offers, sure: frozenset[str]) -> tuple[Word, ...]:
    """The words of which what is asked about always is one; () where it may be any."""
    if question[0] == _PART:
        return offers.get((question[1], question[2]), ())
    if question[0] != _GOT:
        return ()
    path, instead = question[1], question[2]
    words = offers.get(path, ())
    may_be_missing = words and (None in words or path[0] not in sure)
    return (*(one for one in words if one is not None), *([instead] if may_be_missing else ()))


def _group(questions: list[Question], offered: tuple[Word, ...], strange: bool) -> Iterator[tuple[Question, ...]]:
    """The questions about one thing that may be answered with yes together; () is none of them."""
    if questions[0][0] not in (_WORD, _PART, _GOT):
        yield from ((), (questions[0],))
        return
    asked_for = [one[3] for one in questions if one[3] is not _TRUE]
    if not offered:
        yield from dict.fromkeys(((), tuple(one for one in questions if one[3] is _TRUE)))
    values = (*offered, *(asked_for if strange or not offered else ()))
    yield from dict.fromkeys(tuple(one for one in questions if _is(value, one[3])) for value in values)


def _is(value: Word, wanted: Any) -> bool:
    """Whether what has a value answers a question about it with yes."""
    return bool(value) if wanted is _TRUE else type(wanted) is type(value) and wanted == value


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
        place = _place(node)
        return "asked", ((*place, _TRUE) if place else ("as written", ast.dump(node))), True
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
    if (isinstance(left, ast.Constant) or _word(left)) and sign in _FLIPPED:
        return right, _FLIPPED[sign], left
    return left, sign, right


def _question(left: ast.AST, sign: type[ast.cmpop], right: ast.AST) -> Read:
    if (filled := _filled(left, sign, right)) is not None:
        return "asked", ("filled", ast.dump(left)), filled
    asked_so = _NEGATED.get(sign, sign)
    wanted = sign not in _NEGATED
    word = _word(right) if asked_so is ast.Eq else ()
    if not word:
        return "asked", ("compared", ast.dump(left), asked_so.__name__, ast.dump(right)), wanted
    return "asked", (*(_place(left) or (_WORD, ast.dump(left), "")), *word), wanted


def _filled(left: ast.AST, sign: type[ast.cmpop], right: ast.AST) -> bool | None:
    """What is asked of a length that is never below nothing: whether there is anything; None for other questions."""
    counts = isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "len"
    if not counts or not isinstance(right, ast.Constant) or isinstance(right.value, bool):
        return None
    return _FILLED.get((sign, right.value))


_FILLED: dict[tuple[type[ast.cmpop], Any], bool] = {
    (ast.Gt, 0): True, (ast.NotEq, 0): True, (ast.GtE, 1): True,
    (ast.Eq, 0): False, (ast.LtE, 0): False, (ast.Lt, 1): False,
}  # fmt: skip


def _word(node: ast.AST) -> tuple[Word, ...]:
    """A word, a yes or no, or nothing, as far as it is written out; () for anything else."""
    if isinstance(node, ast.Name):
        return (WORDS[node.id],) if node.id in WORDS else ()
    value = node.value if isinstance(node, ast.Constant) else 0
    return (value,) if value is None or isinstance(value, str | bool) else ()


def _place(node: ast.AST) -> tuple[Any, ...]:
    """How a part of data is asked about, itself or by `get`; () for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return _PART, node.value.id, node.attr
    name, part = parts_of_get(node)
    instead = _word(node.args[1]) if isinstance(node, ast.Call) and len(node.args) > 1 else (None,)
    return (_GOT, (name, part), instead[0]) if part and instead else ()
