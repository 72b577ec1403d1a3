"""Rules about paths: parallel branches write different data, loops wait for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.checking.written import written
from engine.bpmn.elements import HUMAN, local
from engine.errors import Problem

_WAITS = (*HUMAN, "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "endEvent", "boundaryEvent")

MOST_CALLS = 4  # one within the other, while looking whether somebody is waited for
MOST_FOLLOWED = 2_000_000  # branches times flows of a file, while following what each branch writes
_INSIDE = (*HUMAN, "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    followed = 0
    for node in sheet.of("parallelGateway", "inclusiveGateway"):
        heads = [{key} for key in dict.fromkeys(sheet.targets(node.get("id", "")))]
        followed += len(heads) * len(sheet.flows)
        if followed > MOST_FOLLOWED:
            yield _left_out(sheet, node)
            break
        yield from _conflicts(sheet, known, node, heads)
    for activity, events in sheet.boundaries.items():
        for event in [one for one in events if one.get("cancelActivity", "true") == "false"]:
            beside = {activity, *sheet.targets(activity)}
            yield from _conflicts(sheet, known, event, [beside, {event.get("id", "")}])
    yield from _restless(sheet, known)


def _left_out(sheet: Sheet, node: Any) -> Problem:
    message = f"Cabang sejajar mulai {called_so(node)} terlalu banyak untuk diperiksa; data mereka tidak dibandingkan"
    hint = "Pecah menjadi beberapa sub-proses atau proses yang saling memanggil."
    return problem(sheet, node, "explored-in-part", message, hint, "warning")


def _conflicts(sheet: Sheet, known: Set, fork: Any, heads: list[set[str]]) -> Iterator[Problem]:
    """Keys that two branches of a fork write before they meet."""
    if len(heads) < 2:
        return
    here = frozenset({fork.get("id", "")}) - {key for head in heads for key in head}
    stop = here | _meetings(sheet, heads, here)
    owner: dict[str, tuple[int, str]] = {}
    told: set[str] = set()
    for index, head in enumerate(heads):
        # The branch beside an event does not go through that event: it only happens next to it.
        for key in sorted(sheet.reached(head, stop | ({fork.get("id", "")} - head))):
            for one in sorted(written(sheet.by_id[key], known)):
                branch, writer = owner.setdefault(one, (index, key))
                # That one element is reached twice is told by exploring the diagram's states.
                if branch != index and writer != key and one not in told:
                    told.add(one)
                    message = f"Data {one} ditulis oleh dua cabang sejajar dari {called_so(fork)}"
                    hint = "Beri nama hasil yang berbeda, atau gabungkan cabang dengan gerbang paralel sebelumnya."
                    yield problem(sheet, sheet.by_id[key], "shared-output", message, hint)


def _meetings(sheet: Sheet, heads: list[set[str]], here: frozenset[str]) -> frozenset[str]:
    """Joins that more than one branch reaches, refused kinds of gateway included."""
    joins = {
        node.get("id", "")
        for node in sheet.of("parallelGateway", "inclusiveGateway", "complexGateway")
        if len(sheet.incoming.get(node.get("id", ""), [])) > 1
    }
    reached = [sheet.reached(head, here) & joins for head in heads]
    return frozenset(key for key in joins if sum(key in one for one in reached) > 1)


def _restless(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """Loops in which nobody is waited for would turn until the step's budget is spent."""
    quick = {key for key, node in sheet.by_id.items() if not _waits(node, known)}
    # What remains after peeling off nodes without a predecessor or successor among the quick ones is a loop.
    follow = {key: {one for one in sheet.targets(key) if one in quick} for key in quick}
    before: dict[str, set[str]] = {key: set() for key in quick}
    for key, targets in follow.items():
        for one in targets:
            before[one].add(key)
    loose = [key for key in quick if not follow[key] or not before[key]]
    while loose:
        key = loose.pop()
        if key in quick:
            quick.discard(key)
            loose.extend(_detach(key, follow, before))
    for first in _rings(sheet, quick):
        message = f"Putaran lewat {called_so(first)} tidak menunggu siapa pun"
        yield problem(sheet, first, "restless-loop", message, "Sisipkan tugas atau peristiwa tangkap dalam putaran.")


def _rings(sheet: Sheet, keys: set[str]) -> Iterator[Any]:
    """The first node, in document order, of each loop among these nodes."""
    out = frozenset(sheet.by_id) - keys
    seen: set[str] = set()
    for node in sheet.nodes:
        key = node.get("id", "")
        if key in keys and key not in seen:
            ahead = sheet.reached(sheet.following(key), out)
            if key in ahead:
                seen |= {one for one in ahead if key in sheet.reached(sheet.following(one), out)}
                yield node


def _detach(key: str, follow: dict[str, set[str]], before: dict[str, set[str]]) -> list[str]:
    freed = []
    for other in before.pop(key, set()):
        follow[other].discard(key)
        freed += [] if follow[other] else [other]
    for other in follow.pop(key, set()):
        if other in before:
            before[other].discard(key)
            freed += [] if before[other] else [other]
    return [one for one in freed if one in follow and one in before]


def _waits(node: Any, known: Set, depth: int = 0) -> bool:
    """Whether a case comes to rest in it; a called process that is not known may wait for somebody."""
    kind = local(node)
    if kind == "subProcess":
        return any(_waits(one, known, depth) for one in node.iter() if one is not node and local(one) in _INSIDE)
    if kind == "callActivity" and depth < MOST_CALLS:
        called = node.get("calledElement", "")
        if called not in known.processes:
            return True
        inside = known.process_node(called).iter()
        return any(_waits(one, known, depth + 1) for one in inside if local(one) in _INSIDE)
    return kind in _WAITS or kind == "callActivity"
