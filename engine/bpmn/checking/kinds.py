"""What the data of a set's processes consist of, by kind of value: forms' fields, answers of services and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine import reserved
from engine.bpmn.catalogue import Member
from engine.bpmn.checking import members, objects, payloads
from engine.bpmn.checking.columns import answered
from engine.bpmn.checking.inference import Held
from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.decisions import MULTIPLE, POLICIES, Decision
from engine.bpmn.elements import HUMAN, decision, local, operator, properties, repetition, result_of

# What every completed task leaves beside its form's routed fields.
OF_EVERY_TASK = dict.fromkeys(sorted(reserved.LEFT), "text")
Parts = Mapping[str, Mapping[str, str]]
Written = Iterable[tuple[str, Mapping[str, str] | None]]


@lru_cache(maxsize=2)
def parts_of(known: Set) -> Parts:
    """Data names whose parts are known -> each part's kind.

    What messages, members of repetitions and data objects hold is made of what the steps before them leave.
    """
    under = _under(known)
    written = [*_left(known), *_received(known), *_walked(known)]
    second = {**under, **_joined(written)}
    return _known({**second, **_joined([*written, *objects.kept(known, _known(second))])})


def _under(known: Set) -> Parts:
    """What is known without the diagrams under check: what every case brings, what is deployed beside them."""
    under = parts_of(known.beside) if known.beside else {}
    return {**(known.catalogue.start or {}), **{one: under[one] for one in under if one not in known.replaced}}


@lru_cache(maxsize=2)
def _first(known: Set) -> Parts:
    return _known({**_under(known), **_joined(_left(known))})


def _joined(written: Written) -> dict[str, Mapping[str, str] | None]:
    """Names that several elements write have the parts of all; one of which nothing is known makes all unknown."""
    found: dict[str, Mapping[str, str] | None] = {}
    for name, parts in written:
        before = found.get(name, {})
        found[name] = None if before is None or parts is None else _both(before, parts)
    return found


def _known(found: Mapping[str, Mapping[str, str] | None]) -> Parts:
    return {name: parts for name, parts in found.items() if parts is not None}


def _both(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    return {**first, **{name: kind if first.get(name, kind) == kind else "any" for name, kind in second.items()}}


def once(sheets: Iterable[Sheet], *kinds: str) -> list[Any]:
    """Elements that are not repeated: the members of a repetition stand in lists."""
    return [node for sheet in sheets for node in sheet.of(*kinds) if repetition(node) is None]


@lru_cache(maxsize=2)
def _left(known: Set) -> tuple[tuple[str, Mapping[str, str] | None], ...]:
    """What tasks, services and tables leave under names of their own."""
    return tuple(_leaving(known))


def _leaving(known: Set) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    for node in once(known.sheets, *HUMAN, "businessRuleTask"):
        yield node.get("id", ""), left_by(node, known)
    for node in once(known.sheets, "serviceTask", "sendTask"):
        if operator(node) is not None:
            yield result_of(node), left_by(node, known)


def left_by(node: Any, known: Set) -> Mapping[str, str] | None:
    """The parts of what one round of a task, a service or a table leaves; None where that is not known."""
    if local(node) in HUMAN:
        fields = known.catalogue.routes.get(properties(node).get("formKey", ""))
        return None if fields is None else {**OF_EVERY_TASK, **fields}
    if local(node) == "businessRuleTask":
        table = known.decisions.get(decision(node))
        return None if table is None else {name: _answer(table, at) for at, name in enumerate(table.outputs)}
    called, services = operator(node), known.catalogue.services
    return services.get(called.service).leaves if called is not None and called.service in services else None


def _answer(table: Decision, at: int) -> str:
    """The kind of one answer of a table: of all rows a list, or one figure made of them."""
    if table.policy not in POLICIES or table.outputs.count(table.outputs[at]) > 1:
        return "any"  # told at the table
    if table.policy not in MULTIPLE:
        return answered(table, at)
    if table.aggregation:
        return "number"
    return "list" if answered(table, at) in ("text", "boolean") else "numbers"


@lru_cache(maxsize=2)
def sent_of(known: Set) -> Mapping[str, Mapping[str, str] | None]:
    """Message or signal -> what any of its senders puts into it, by kind; None where that is not known."""
    beside = sent_of(known.beside).items() if known.beside else ()
    return _joined([*beside, *payloads.senders(known, _first(known))])


def _received(known: Set) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    """What stands under each event: what came with its message, or something that is not known."""
    told = known.catalogue.messages is not None
    for event, name in awaited_by(known).items():
        yield event, sent_of(known).get(name) if told and name else None


@lru_cache(maxsize=2)
def awaited_by(known: Set) -> Mapping[str, str]:
    """Event or receive task -> the message or signal that it waits for, "" for anything else."""
    return dict(payloads.waits(known))


@lru_cache(maxsize=2)
def _members(known: Set) -> tuple[tuple[str, Member | None], ...]:
    """The names that repetitions give their members, and what these are."""
    return tuple(members.found(known, _first(known), left_by))


def _walked(known: Set) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    """What each round of a repetition knows as its member, where that has names in it."""
    for name, member in _members(known):
        yield name, None if isinstance(member, str) else member


@lru_cache(maxsize=2)
def empty_of(known: Set) -> frozenset[tuple[str, str]]:
    """Fields (task, name) that a person may leave empty."""
    optional = known.catalogue.optional
    tasks = once(known.sheets, *HUMAN)
    keys = ((node.get("id", ""), properties(node).get("formKey", "")) for node in tasks)
    own = frozenset((task, name) for task, key in keys for name in optional.get(key, ()))
    return own | (empty_of(known.beside) if known.beside else frozenset())


@lru_cache(maxsize=2)
def bare_of(known: Set) -> Mapping[str, str]:
    """Data names that hold a value without parts -> its kind: lists that repetitions collect, members of lists."""
    written = {*(name for name, _ in _left(known)), *awaited_by(known), *(known.catalogue.start or {})}
    kinds: dict[str, set[str]] = {}
    for name, member in (*_members(known), *((one.output, "list") for _, one in members.repeated(known))):
        kinds.setdefault(name, set()).add(member if isinstance(member, str) else "any")
    own = {name: found.pop() for name, found in kinds.items() if len(found) == 1 and name not in written}
    beside = bare_of(known.beside) if known.beside else {}
    return {**{name: kind for name, kind in beside.items() if name not in {*kinds, *written}}, **own}


@lru_cache(maxsize=2)
def held_by(known: Set) -> Held:
    """All that is known of what data names hold."""
    return Held(parts_of(known), bare_of(known), members.lists_of(known), _filled(known))


@lru_cache(maxsize=2)
def _filled(known: Set) -> frozenset[tuple[str, str]]:
    """Fields (task, name) with a text that nobody can leave empty."""
    tasks = [(node.get("id", ""), properties(node).get("formKey", "")) for node in once(known.sheets, *HUMAN)]
    fields = ((task, name) for task, key in tasks for name in known.catalogue.routes.get(key, {}))
    texts = {(task, name) for task, name in fields if parts_of(known).get(task, {}).get(name) == "text"}
    return frozenset(texts - empty_of(known)) | (_filled(known.beside) if known.beside else frozenset())
