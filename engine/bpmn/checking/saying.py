"""What a diagram said last with `outcome.set`, as clocks' states travel: it rules out ways at the choices behind it.

Only the last saying is kept, which is what the next choice asks; so the states stay few.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.sheets import Sheet, condition
from engine.bpmn.checking.tokens import Net
from engine.bpmn.elements import local, operator
from engine.bpmn.expressions import ExpressionFault, evaluate

Facts = frozenset[str]
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


def left(net: Net, gateway: Any, held: Facts) -> frozenset[int] | None:
    """The flows that a choice may take after what was said; None: any."""
    if local(gateway) != "exclusiveGateway":
        return None
    said = next((one for one in held if one.startswith(SAID)), "")
    if not said:
        return None
    _, name, word = said.split(" ", 2)
    return _left(net, gateway, name, word)


@lru_cache(maxsize=4096)
def _left(net: Net, gateway: Any, name: str, word: str) -> frozenset[int]:
    """The flows an exclusive gateway may take: the first that holds for certain shuts out those behind it."""
    left: set[int] = set()
    places = net.out.get(gateway.get("id", ""), [])
    default = [one for one in places if net.flows[one].get("id") == gateway.get("default")]
    for place in [one for one in places if one not in default]:
        holds = _holds(condition(net.flows[place]), name, word)
        left |= {place} if holds is not False else set()
        if holds:
            return frozenset(left)
    return frozenset({*left, *default})


@lru_cache(maxsize=64)
def repeats_itself(sheet: Sheet) -> bool:
    """Whether two choices of a file ask the same: they agree where a walk by free choice lets them differ."""
    owners: dict[str, str] = {}
    for flow in sheet.flows:
        written = " ".join(condition(flow).split())
        if written and owners.setdefault(written, flow.get("sourceRef", "")) != flow.get("sourceRef", ""):
            return True
    return False


def _holds(written: str, name: str, word: str) -> bool | None:
    """What a condition that asks for nothing else answers; None when that is not known."""
    try:
        return bool(evaluate(written, {name: {"hasil": word}})) if mentions.names(written) == {name} else None
    except ExpressionFault:
        return None
