"""Rules about waits whose messages only the same process throws: heard is what is thrown while somebody waits for it.

The states of a process are looked at once more, with these waits passed only together with a throw.  What goes on by
itself does so before anybody completes a task; choices are free, and every order of branches is tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.checking import saying
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.exploring import explore
from engine.bpmn.checking.families import process_of
from engine.bpmn.checking.messages import KINDS, THROWS, Event, caught, elsewhere, thrown
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.tokens import Marking, Net, net_of
from engine.bpmn.elements import local
from engine.errors import Finding, Problem, joined

MOST_STATES = 2000  # of one process or sub-process
_WAITS = ("intermediateCatchEvent", "receiveTask")
_BY_PERSONS = ("userTask", "manualTask", "task", "eventBasedGateway", "subProcess", "callActivity", *_WAITS)


@dataclass
class Heard:
    """Waits that were stood at, those of them that were passed, those at which a case stood for ever; `whole`: all
    states were looked at."""

    stood: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    whole: bool = True


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    if known.catalogue.messages is None:
        return
    for holder in [one for one in sheet.holders if one in sheet.flows_of and one not in sheet.broken]:
        waits = _waits(sheet, holder, known)
        if waits:
            yield from _told(sheet, holder, waits)


def _waits(sheet: Sheet, holder: Any, known: Set) -> dict[str, set[Event]]:
    """The waits of a holder whose events are thrown in it, and nowhere else."""
    nodes = sheet.inside(holder)
    throws = {event for node in nodes if local(node) in THROWS for event in thrown(sheet, node)}
    found = {one.get("id", ""): caught(sheet, one) for one in nodes if local(one) in _WAITS and not _raced(sheet, one)}
    near = {key: events for key, events in found.items() if events and events <= throws}
    if not near:
        return {}
    # An answer that a service asks for, and the passing of a term, come by themselves while somebody waits.
    others = (one for one in sheet.nodes if local(one) == "serviceTask" or one.getparent() is not holder)
    apart = {event for one in others if process_of(holder) in one.iterancestors() for event in thrown(sheet, one)}
    apart |= elsewhere(process_of(holder), known)
    return {key: events for key, events in near.items() if not events & apart}


def _raced(sheet: Sheet, node: Any) -> bool:
    """Whether an event-based gateway comes before a wait, so that another event may come instead."""
    sources = (sheet.by_id.get(one.get("sourceRef", "")) for one in sheet.incoming.get(node.get("id", ""), []))
    return any(one is not None and local(one) == "eventBasedGateway" for one in sources)


def _told(sheet: Sheet, holder: Any, waits: dict[str, set[Event]]) -> Iterator[Problem]:
    net = net_of(sheet, holder)
    open_waits, found = dict(waits), _explore(net, waits)
    while found.whole and (never := _causes(net, found.stood - found.passed, open_waits)):
        for key in sorted(never):
            yield _never(sheet, key, waits[key])
        open_waits = {key: events for key, events in open_waits.items() if key not in never}
        found = _explore(net, open_waits)
    if found.whole and found.left and not _otherwise(sheet, holder, net):
        for key in sorted(_causes(net, found.left, open_waits)):
            yield _sometimes(sheet, key, waits[key])


def _otherwise(sheet: Sheet, holder: Any, net: Net) -> bool:
    """Whether a case may leave a wait in another way, or stands for ever by a fault that is told of a join, or by
    choices that agree."""
    around = (
        event for one in (holder, *holder.iterancestors()) for event in sheet.boundaries.get(one.get("id", ""), [])
    )
    if any(one.get("cancelActivity") != "false" for one in around):
        return True
    return saying.repeats_itself(sheet) or bool(explore(net).stuck)


def _causes(net: Net, keys: Iterable[str], waits: dict[str, set[Event]]) -> set[str]:
    """Of waits that are never passed those that do not only wait for a throw behind another of them."""
    some = set(keys)
    behind = {key: {event for one in net.sheet.reached(net.after(key)) for event in _thrown(net, one)} for key in some}
    after = {key: {one for one in some - {key} if waits[one] & behind[key]} for key in some}
    return {key for key in some if all(other in after[key] for other in some if key in after[other])}


def _thrown(net: Net, key: str) -> set[Event]:
    return thrown(net.sheet, net.nodes[key]) if key in net.nodes else set()


def _explore(net: Net, waits: dict[str, set[Event]]) -> Heard:
    found, seen, pending = Heard(), {net.begin}, [net.begin]
    while pending:
        marking = pending.pop()
        here = {net.target[place] for place in marking}
        found.stood |= here & waits.keys()
        moved = False
        for after in _after(net, marking, waits, found):
            moved = True
            if after not in seen:
                seen.add(after)
                pending.append(after)
        found.left |= set() if moved else here & waits.keys()
        if len(seen) > MOST_STATES:
            found.whole = False
            return found
    return found


def _after(net: Net, marking: Marking, waits: dict[str, set[Event]], found: Heard) -> Iterator[Marking]:
    """The states that may follow one: what goes on by itself first."""
    here = {net.target[place] for place in marking}
    ready = [key for key in net.ordered(here) if net.ready(key, marking)]
    going = [key for key in ready if net.kinds[key] not in _BY_PERSONS and not _ends_all(net, key)]
    for key in going or ready:
        for move in net.moves(key, marking):
            if key in waits and move.laid >= frozenset(net.out.get(key, ())):
                continue  # only together with a throw
            after = frozenset() if move.ends else (marking - move.taken) | move.laid
            yield _with_hearers(net, after, thrown(net.sheet, net.nodes[key]), here & waits.keys(), waits, found)


def _ends_all(net: Net, key: str) -> bool:
    return net.kinds[key] == "endEvent" and net.stops(key)


def _with_hearers(
    net: Net, after: Marking, events: set[Event], standing: set[str], waits: dict[str, set[Event]], found: Heard
) -> Marking:
    """What a throw leads to: all that wait for it go on; a mark is taken for one that fits."""
    for key in [one for one in standing if waits[one] & events]:
        found.passed.add(key)
        after = (after - frozenset(net.into[key])) | frozenset(net.out.get(key, ()))
    return after


def _never(sheet: Sheet, key: str, events: set[Event]) -> Problem:
    message = Finding(
        "%(node)s menunggu %(said)s, yang tidak pernah dikirim selagi ia menunggu",
        node=called_so(sheet.by_id[key]),
        said=_said(events),
    )
    return problem(sheet, sheet.by_id[key], "deadlock", message, _HINT)


def _sometimes(sheet: Sheet, key: str, events: set[Event]) -> Problem:
    message = Finding(
        "%(node)s dapat menunggu %(said)s selamanya: tidak setiap jalan mengirimnya selagi ia menunggu",
        node=called_so(sheet.by_id[key]),
        said=_said(events),
    )
    return problem(sheet, sheet.by_id[key], "deadlock", message, _HINT, "warning")


_HINT = "Kirim pesannya di setiap jalan cabang sejajar; yang dikirim sebelum ditunggu tidak sampai kepada siapa pun."


def _said(events: set[Event]) -> Finding:
    return joined([joined((KINDS[kind], name)) for kind, name in sorted(events)], ", ")
