"""Acts on clocks that come a second time by more than their own way: a second call of the process that holds them, two
ways of an inclusive gateway that are taken together, an event beside an activity that comes again.

Told is where the second time begins, and only what no choice between the two can keep from happening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import combinations
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking import covering
from engine.bpmn.checking.awaiting import hears
from engine.bpmn.checking.called import called_so, onward
from engine.bpmn.checking.clock_acts import CLOSING, SERVICE, Act, act_of, counted, done
from engine.bpmn.checking.clock_walk import always
from engine.bpmn.checking.families import running
from engine.bpmn.checking.messages import THROWS, caught_by, sent_by
from engine.bpmn.checking.nodes import condition
from engine.bpmn.checking.offered import always_of
from engine.bpmn.checking.separation import beside
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import inside, local
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem

Done = tuple[Any, Act]  # an act and the node at which a process comes to it: its own, or the call that leads there
MOST_CALLS = 4  # one within the other, while looking what a process does for certain
_KINDS = {"clock.start": "started-twice", "clock.pause": "paused-twice"}


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for call in sheet.of("callActivity"):
        yield from _called_again(sheet, call, known)
    for gateway in sheet.of("inclusiveGateway"):
        yield from _together(sheet, gateway, known)
    for event in sheet.of("boundaryEvent"):
        if event.get("cancelActivity") == "false":
            yield from _comes_again(sheet, event, known)


def _called_again(sheet: Sheet, call: Any, known: Set) -> Iterator[Problem]:
    """A call of a process that does on each of its ways what was done for certain before."""
    for node, act in _rivalled(sheet, call, known):
        met = always(known, sheet, lambda seen: seen.entered.get(call, set()), partial(done, act))
        if met and not _told_inside(node, act, known):
            yield _problem(
                sheet, call, act, Finding("lewat %(node)s dalam proses yang dipanggilnya", node=called_so(node))
            )


@lru_cache(maxsize=256)
def _certain_of(known: Set, process: str, depth: int = 0) -> tuple[Done, ...]:
    """What is done on all ways through a process."""
    if process not in known.processes or depth > MOST_CALLS:
        return ()
    sheet, holder = known.processes[process], known.process_node(process)
    nodes = sheet.inside(holder)
    found = ((one, done) for one in nodes if one.get("id") for done in _acts_at(one, known, depth + 1))
    return tuple(_lasting([done for one, done in found if not passable(sheet, holder, one.get("id"))], nodes))


def passable(sheet: Sheet, holder: Any, key: str) -> bool:
    """Whether some way through a process or sub-process leaves a node out."""
    starts = [one.get("id", "") for one in sheet.inside(holder) if local(one) == "startEvent"]
    return any(not sheet.following(one) for one in sheet.reached(starts, frozenset({key})))


def _rivalled(sheet: Sheet, call: Any, known: Set) -> list[Done]:
    """What a called process does for certain and may be done elsewhere too; pauses only beside acts of the sheet."""
    key = call.get("calledElement", "")
    found = _certain_of(known, key)
    twice = any(len(known.callers.get(one, ())) > 1 for one in {key, *known.called(key)}) if found else False
    own = any(counted(one, known) for one in sheet.of("serviceTask"))
    near = [done for done in found if done[1].kind == "clock.start" or own]
    return near if twice else [(node, act) for node, act in near if _elsewhere(sheet, call, node, act, known)]


def _elsewhere(sheet: Sheet, call: Any, node: Any, act: Act, known: Set) -> bool:
    nodes = (one for _, process in running(sheet, call, known) for one in inside(process, "serviceTask"))
    others = (counted(one, known) for one in nodes if one is not node)
    return any(one and (one.kind, one.subject) == (act.kind, act.subject) for one in others)


def _told_inside(node: Any, act: Act, known: Set) -> bool:
    at = next((one for one in known.sheets if node in one.of("serviceTask")), None)
    return at is not None and always(known, at, lambda seen: seen.met.get(node, set()), partial(done, act))


def _together(sheet: Sheet, gateway: Any, known: Set) -> Iterator[Problem]:
    """Acts on two ways of an inclusive gateway whose conditions may hold at once."""
    ways = [one for one in sheet.outgoing.get(gateway.get("id", ""), []) if one.get("id") != gateway.get("default")]
    told: set[Any] = set()
    for first, second in combinations(ways, 2):
        before = [act for _, act in _on_way(sheet, first, known)]
        for node, act in _on_way(sheet, second, known):
            shared = any((one.kind, one.subject) == (act.kind, act.subject) for one in before)
            if shared and node not in told and _both(condition(first), condition(second), known):
                told.add(node)
                alike = _asked(condition(first)) & _asked(condition(second))
                where = Finding(
                    "bersama alur %(first)s dari %(gateway)s", first=onward(first), gateway=called_so(gateway)
                )
                yield _problem(sheet, node, act, where, "warning" if alike else "error")


def _on_way(sheet: Sheet, flow: Any, known: Set) -> list[Done]:
    """What is done for certain behind a flow, before its branch meets another one."""
    head = flow.get("targetRef", "")
    joins = frozenset(
        one.get("id", "")
        for one in sheet.of("parallelGateway", "inclusiveGateway")
        if len(sheet.incoming.get(one.get("id", ""), [])) > 1
    )
    found = [] if head in joins else sheet.reached({head}, joins)
    certain = [key for key in found if not _avoidable(sheet, head, key, joins)]
    return _lasting(
        [one for key in certain for one in _acts_at(sheet.by_id[key], known)], [sheet.by_id[k] for k in found]
    )


def _avoidable(sheet: Sheet, head: str, key: str, joins: frozenset[str]) -> bool:
    """Whether some way from a node leads on without passing another."""
    left = sheet.reached({head}, frozenset({key}) | joins)
    return any(not sheet.following(one) or joins & {*sheet.following(one)} for one in left)


def _acts_at(node: Any, known: Set, depth: int = 0) -> list[Done]:
    act = counted(node, known)
    if act is not None:
        return [(node, act)]
    called = _certain_of(known, node.get("calledElement", ""), depth) if local(node) == "callActivity" else ()
    return [(node, act) for _, act in called]


def _lasting(found: Iterable[Done], nodes: Iterable[Any]) -> list[Done]:
    """Starts, and the pauses that nothing among these nodes, or inside them, ends."""
    acts = [act_of(one) for node in nodes for one in (node, *inside(node, "serviceTask"))]
    ended = {act.subject for act in acts if act and act.kind == "clock.resume"}
    stops = any(act and (act.kind == CLOSING or (act.kind, act.subject) == ("clock.stop", SERVICE)) for act in acts)
    return [
        (node, act)
        for node, act in found
        if act.kind == "clock.start" or (act.kind == "clock.pause" and not stops and act.subject not in ended)
    ]


def _both(first: str, second: str, known: Set) -> bool:
    """Whether two conditions may hold at once, as far as they can be read."""
    try:
        ways = [covering.read(first), covering.read(second)]
    except ExpressionFault:
        return False  # told where texts are checked
    answers = covering.possible(ways, always_of(known), strange=True)
    return answers is not None and any(all(covering.holds(one, given) for one in ways) for given in answers)


def _asked(written: str) -> set[tuple[str, str]]:
    """What a condition asks about."""
    return set(mentions.paths(written))


def _comes_again(sheet: Sheet, event: Any, known: Set) -> Iterator[Problem]:
    """Acts behind an event that is sent more than once while the activity it stands beside waits."""
    key, names = event.get("id", ""), caught_by(sheet, event)
    behind = sheet.reached(sheet.targets(key))
    sure = [one for one in behind if not _avoidable(sheet, key, one, frozenset())]
    acts = [done for one in sure for done in _acts_at(sheet.by_id[one], known)]
    if acts and names and _sent_again(sheet, event, names):
        for node, act in _lasting(acts, [sheet.by_id[one] for one in behind]):
            yield _problem(sheet, node, act, Finding("lagi bila %(event)s terjadi lagi", event=called_so(event)))


def _sent_again(sheet: Sheet, event: Any, names: set[str]) -> bool:
    senders = [one for one in sheet.of(*THROWS) if sent_by(sheet, one) & names and hears(sheet, event, one)]
    keys = [one.get("id", "") for one in senders]
    follow = {key: sheet.reached(sheet.following(key)) for key in keys}
    pairs = combinations(keys, 2)
    return any(key in follow[key] for key in keys) or any(
        one in follow[other] or other in follow[one] or beside(sheet, one, other) for one, other in pairs
    )


def _problem(sheet: Sheet, node: Any, act: Act, where: str, severity: str = "error") -> Problem:
    if act.kind == "clock.pause":
        message = Finding(
            "%(node)s menjeda jam yang sudah dijeda karena %(subject)s, %(where)s",
            node=called_so(node),
            subject=act.called,
            where=where,
        )
        return problem(sheet, node, _KINDS[act.kind], message, "Hapus salah satu jeda.", "warning")
    message = Finding(
        "%(node)s memulai jam %(subject)s yang sudah dimulai, %(where)s",
        node=called_so(node),
        subject=act.called,
        where=where,
    )
    hint = (
        "Jam dimulai sekali saja: mulai sebelum percabangan atau panggilannya, atau pakai layanan Jam "
        "yang berhenti dilanjutkan (clock.reopen)."
    )
    return problem(sheet, node, _KINDS[act.kind], message, hint, severity)
