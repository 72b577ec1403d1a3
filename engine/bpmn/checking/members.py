"""What the members of lists are: those that repetitions walk through, one a round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine.bpmn.catalogue import Member
from engine.bpmn.checking.columns import answered
from engine.bpmn.checking.sheets import Set
from engine.bpmn.decisions import MULTIPLE
from engine.bpmn.elements import HUMAN, Repetition, decision, local, properties, repetition

Left = Callable[[Any, Set], Mapping[str, str] | None]  # what one round of an element leaves
Lists = Mapping[tuple[str, str], Member | None]  # (data name, part) -> a member of that list


@lru_cache(maxsize=2)
def repeated(known: Set) -> tuple[tuple[Any, Repetition], ...]:
    """The elements of a set's own diagrams that are repeated for each member of a list, or a number of times."""
    nodes = (node for sheet in known.sheets for node in sheet.nodes)
    return tuple((node, one) for node in nodes if (one := repetition(node)) is not None)


def found(known: Set, parts: Mapping[str, Mapping[str, str]], left: Left) -> Iterator[tuple[str, Member | None]]:
    """The name that each repetition gives its member, and what that is; None where it is not known."""
    for _, one in repeated(known):
        yield one.item, _member(one, known, parts, left)


def _member(one: Repetition, known: Set, parts: Mapping[str, Mapping[str, str]], left: Left) -> Member | None:
    if not one.items:
        return "number" if one.count else None
    name, _, part = one.items.partition(".")
    if part:
        return lists_of(known).get((name, part))
    rounds = [_round(node, other, known, parts, left) for node, other in repeated(known) if other.output == name]
    return rounds[0] if rounds and all(round == rounds[0] for round in rounds) else None


def _round(
    node: Any, one: Repetition, known: Set, parts: Mapping[str, Mapping[str, str]], left: Left
) -> Mapping[str, str] | None:
    """What is kept of each round; an activity with steps inside keeps what one of these left."""
    if local(node) in ("subProcess", "callActivity"):
        return parts.get(one.result)
    return left(node, known) if local(node) != "receiveTask" else None


@lru_cache(maxsize=2)
def lists_of(known: Set) -> Lists:
    """Lists that are parts of data: of forms, of tables that answer with all rows, of what every case brings."""
    start = known.catalogue.start_members
    own: dict[tuple[str, str], Member | None] = {
        (name, part): one for name in start for part, one in start[name].items()
    }
    own |= lists_of(known.beside) if known.beside else {}
    for sheet in known.sheets:
        for node in [one for one in sheet.of(*HUMAN, "businessRuleTask") if repetition(one) is None]:
            own |= {(node.get("id", ""), part): one for part, one in _lists(node, known).items()}
    return own


def _lists(node: Any, known: Set) -> Mapping[str, Member]:
    table = known.decisions.get(decision(node))
    if table is None:
        return known.catalogue.members.get(properties(node).get("formKey", ""), {})
    several = table.policy in MULTIPLE and not table.aggregation
    return {name: answered(table, at) for at, name in enumerate(table.outputs)} if several else {}
