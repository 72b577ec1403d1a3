"""What a diagram said last with `outcome.set`, as clocks' states travel: it rules out ways at the choices behind it.

Only the last saying is kept, which is what the next choice asks; so the states stay few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.nodes import condition
from engine.bpmn.checking.sheets import Sheet
from engine.bpmn.checking.tokens import Net
from engine.bpmn.elements import local, operator
from engine.bpmn.expressions import ExpressionFault, evaluate

Facts = frozenset[str]
Answers = frozenset[tuple[str, str, bool]]  # file, what it asks at more than one choice, whether that holds
ANY: Answers = frozenset()
MOST_ASKED = 4  # of them in all files together: sixteen sets of answers
SAID = "said "  # followed by the result variable, a blank and the word


def word_of(node: Any) -> str:
    """The word a service task says, "" when the data decide it or it says nothing."""
    called = operator(node)
    return literal(called.params.get("value", "")) if called and called.service == "outcome.set" else ""


def literal(written: str) -> str:
    """The text a parameter stands for when it is written in the diagram itself, else ""."""
    try:
        found = "" if mentions.names(written) else evaluate(written, {})
    except ExpressionFault:
        return ""
    return found if isinstance(found, str) else ""


def says(name: str, word: str, held: Facts) -> tuple[set[Facts], set[Facts]]:
    """The facts after a step that writes a result: its word if it is known, else nothing of it any more."""
    after = unsaid(held) | {f"{SAID}{name} {word}"} if word else _without(name, held)
    return {after}, {held, after}


def unsaid(held: Facts) -> Facts:
    """The facts of the clocks alone."""
    return frozenset(one for one in held if not one.startswith(SAID))


def _without(name: str, held: Facts) -> Facts:
    return frozenset(one for one in held if not one.startswith(f"{SAID}{name} "))


def left(net: Net, gateway: Any, held: Facts, answers: Answers = ANY) -> frozenset[int] | None:
    """The flows that a choice may take after what was said, and by the answers to what is asked again; None: any."""
    if local(gateway) != "exclusiveGateway":
        return None
    agreed = _agreed(net, gateway, answers) if answers else None
    said = next((one for one in held if one.startswith(SAID)), "")
    if not said:
        return agreed
    _, name, word = said.split(" ", 2)
    found = _left(net, gateway, name, word)
    return found if agreed is None else found & agreed


@lru_cache(maxsize=4096)
def _left(net: Net, gateway: Any, name: str, word: str) -> frozenset[int]:
    """The flows an exclusive gateway may take after a word."""
    return _open(net, gateway, lambda asked: _holds(asked, name, word))


@lru_cache(maxsize=4096)
def _agreed(net: Net, gateway: Any, answers: Answers) -> frozenset[int]:
    """The flows an exclusive gateway may take by the answers to what its diagram asks more than once."""
    known = {asked: holds for file, asked, holds in answers if file == net.sheet.file}
    return _open(net, gateway, lambda written: known.get(_asked(written)))


def _open(net: Net, gateway: Any, holds: Callable[[str], bool | None]) -> frozenset[int]:
    """The first that holds for certain shuts out those behind it; None: it may hold or not."""
    left: set[int] = set()
    places = net.out.get(gateway.get("id", ""), [])
    default = [one for one in places if net.flows[one].get("id") == gateway.get("default")]
    for place in [one for one in places if one not in default]:
        answer = holds(condition(net.flows[place]))
        left |= {place} if answer is not False else set()
        if answer:
            return frozenset(left)
    return frozenset({*left, *default})


def agreements(sheets: Iterable[Sheet]) -> list[Answers]:
    """Every set of answers to what these files ask more than once; [] where that is too much to be looked at."""
    asked = [(sheet.file, one) for sheet in sheets for one in asked_again(sheet)]
    if len(asked) > MOST_ASKED:
        return []
    return [
        frozenset((file, one, holds) for (file, one), holds in zip(asked, answers, strict=True))
        for answers in product((True, False), repeat=len(asked))
    ]


@lru_cache(maxsize=64)
def asked_again(sheet: Sheet) -> tuple[str, ...]:
    """Conditions at more than one choice of a file: they agree where a walk by free choice lets them differ."""
    owners: dict[str, set[str]] = {}
    for flow in sheet.flows:
        if written := _asked(condition(flow)):
            owners.setdefault(written, set()).add(flow.get("sourceRef", ""))
    return tuple(written for written, places in owners.items() if len(places) > 1)


def _asked(written: str) -> str:
    return " ".join(written.split())


def repeats_itself(sheet: Sheet) -> bool:
    """Whether two choices of a file ask the same."""
    return bool(asked_again(sheet))


def _holds(written: str, name: str, word: str) -> bool | None:
    """What a condition that asks for nothing else answers; None when that is not known."""
    try:
        return bool(evaluate(written, {name: {"hasil": word}})) if mentions.names(written) == {name} else None
    except ExpressionFault:
        return None
