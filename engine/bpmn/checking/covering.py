"""Whether some conditions leave no case out: tried over all truth values of what they ask, not over data.

What two conditions ask in opposite ways (`a > 5` and `5 >= a`) is one question; of the outcomes of a task exactly one
holds.  A field that may be empty answers neither `== true` nor `== false`, so these two are different questions.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence

MOST_QUESTIONS = 10
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq,
}  # fmt: skip
_NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.NotEq: ast.Eq, ast.GtE: ast.Lt, ast.Gt: ast.LtE,
}  # fmt: skip
Question = tuple[str, ...]


def leave_nothing_out(trees: Sequence[ast.AST], offers: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether one of these conditions holds whatever the answers; `offers`: task -> the outcomes of its form."""
    questions = list(dict.fromkeys(question for tree in trees for question in _asked(tree)))
    if not trees or len(questions) > MOST_QUESTIONS:
        return False
    tasks = {one[1] for one in questions if one[0] == "outcome"}
    known = {task: words for task, words in offers.items() if task in tasks}
    return all(any(_holds(tree, answers) for tree in trees) for answers in _answers(questions, known))


def _answers(questions: list[Question], offers: Mapping[str, tuple[str, ...]]) -> Iterator[dict[Question, bool]]:
    for given in itertools.product((True, False), repeat=len(questions)):
        answers = dict(zip(questions, given, strict=True))
        if all(_possible(task, words, answers) for task, words in offers.items() if words):
            yield answers


def _possible(task: str, words: tuple[str, ...], answers: Mapping[Question, bool]) -> bool:
    """Exactly one outcome of a task holds; one that is not asked about may be it."""
    asked = {key[3]: held for key, held in answers.items() if key[:3] == ("outcome", task, "keputusan")}
    held = sum(asked[word] for word in asked if word in words)
    wrong = any(asked[word] for word in asked if word not in words)
    return not wrong and (held == 1 or (held == 0 and not set(words) <= asked.keys()))


def _asked(node: ast.AST) -> Iterator[Question]:
    if isinstance(node, ast.BoolOp):
        for one in node.values:
            yield from _asked(one)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield from _asked(node.operand)
    elif (within := _within(node)) is not None:
        yield from _asked(within)
    else:
        yield from (question for question, _ in _questions(node))


def _holds(node: ast.AST, answers: Mapping[Question, bool]) -> bool:
    if isinstance(node, ast.BoolOp):
        several = any if isinstance(node.op, ast.Or) else all
        return several(_holds(one, answers) for one in node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return not _holds(node.operand, answers)
    if (within := _within(node)) is not None:
        return not _holds(within, answers)
    return any(answers[question] is wanted for question, wanted in _questions(node))


def _within(node: ast.AST) -> ast.Compare | None:
    """`x in some` for `x not in some`; None for anything else."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.NotIn):
        return ast.Compare(node.left, [ast.In()], node.comparators)
    return None


def _questions(node: ast.AST) -> list[tuple[Question, bool]]:
    """A plain condition as questions of which one must be answered so."""
    if not (isinstance(node, ast.Compare) and len(node.ops) == 1):
        return [(("as written", ast.dump(node)), True)]
    left, sign, right = _ordered(node)
    if isinstance(right, ast.List | ast.Tuple) and sign is ast.In:
        return [_question(left, ast.Eq, one) for one in right.elts]
    return [_question(left, sign, right)]


def _ordered(node: ast.Compare) -> tuple[ast.AST, type[ast.cmpop], ast.AST]:
    """What is asked on the left, what it is compared with on the right."""
    left, sign, right = node.left, type(node.ops[0]), node.comparators[0]
    if isinstance(left, ast.Constant) and sign in _FLIPPED:
        return right, _FLIPPED[sign], left
    return left, sign, right


def _question(left: ast.AST, sign: type[ast.cmpop], right: ast.AST) -> tuple[Question, bool]:
    wanted = sign not in _NEGATED
    asked = _NEGATED.get(sign, sign)
    is_word = isinstance(right, ast.Constant) and isinstance(right.value, str) and asked is ast.Eq
    if is_word and isinstance(left, ast.Attribute) and isinstance(left.value, ast.Name):
        return ("outcome", left.value.id, left.attr, str(right.value)), wanted  # type: ignore[attr-defined]
    return ("compared", ast.dump(left), asked.__name__, ast.dump(right)), wanted
