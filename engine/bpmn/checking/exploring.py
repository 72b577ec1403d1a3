"""Rules found by trying: states of a diagram from which nobody can go on, and steps that would run twice at once.

Of all orders in which parallel branches may go on only one is followed: every
token has one node to go to, so that moves of different nodes do not hinder one
another (a persistent set of the free-choice net; Godefroid 1996).  The node
nearest to the start moves first, so that tokens which can meet do meet; joins
that look for tokens elsewhere, and ends that end everything, come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from engine.bpmn.checking.called import called_so, onward, which
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.tokens import Marking, Move, Net
from engine.bpmn.elements import children, text
from engine.errors import Finding, Problem, joined, listed

MOST_STATES = 3000  # of one process or sub-process
MOST_WORK = 200_000  # nodes passed while looking whether a token can still come to a join


@dataclass
class Explored:
    """What the states showed; `came` tells of each state from which one, by which move, it was reached."""

    stuck: list[Marking] = field(default_factory=list)
    twice: dict[str, Marking] = field(default_factory=dict)  # node -> the first state with two tokens before it
    came: dict[Marking, tuple[Marking, Move] | None] = field(default_factory=dict)
    whole: bool = True


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for holder in [one for one in sheet.holders if one in sheet.flows_of]:
        net = Net(sheet, holder, sheet.flows_of[holder])
        if net.branching:
            yield from _told(net, holder, _certain(net, explore(net)))


def _certain(net: Net, found: Explored) -> Explored:
    """Without the states in which a token may have gone by a flow that leads nowhere."""
    loose = {one.get("sourceRef", "") for one in net.sheet.flows if not net.sheet.sound(one)}
    if loose:
        found.stuck = [one for one in found.stuck if loose.isdisjoint(_passed_by(found, one))]
    return found


def _passed_by(found: Explored, marking: Marking) -> Iterator[str]:
    """The nodes that moved on the way to a state."""
    step = found.came.get(marking)
    while step is not None:
        yield step[1].node
        step = found.came.get(step[0])


def explore(net: Net, most: int = MOST_STATES) -> Explored:
    """Look at the states that can be reached from the start, `most` of them.

    Then, as if each join that waits for ever had been passed, for joins behind it that wait too.
    """
    found = Explored(came={net.begin: None})
    _follow(net, [net.begin], found, most)
    waiting = list(found.stuck)
    while waiting and found.whole:
        before = len(found.stuck)
        begins = [one for marking in waiting for one in _passed(net, marking, found)]
        behind = replace(found, twice={})  # what is doubled only as if a join had been passed is no fault
        _follow(net, begins, behind, most)
        found.whole = behind.whole
        waiting = found.stuck[before:]
    return found


def _follow(net: Net, pending: list[Marking], found: Explored, most: int) -> None:
    while pending:
        marking = pending.pop()
        for move in _moves(net, marking, found):
            after = frozenset() if move.ends else (marking - move.taken) | move.laid
            _note_doubled(net, marking, move, found)
            if after not in found.came:
                found.came[after] = (marking, move)
                pending.append(after)
        if len(found.came) > most or net.work > MOST_WORK:
            found.whole = False
            return


def _passed(net: Net, marking: Marking, found: Explored) -> Iterator[Marking]:
    """New states behind the joins at which a state stands for ever."""
    for key in causes(net, marking):
        taken = frozenset(place for place in net.into[key] if place in marking)
        move = Move(key, taken, frozenset(net.out.get(key, ())))
        after = (marking - taken) | move.laid
        if after not in found.came:
            found.came[after] = (marking, move)
            yield after


def causes(net: Net, marking: Marking) -> list[str]:
    """The joins at which a state stands for ever, without those that only wait for a token that stands at another."""
    stand = sorted({net.target[place] for place in marking})
    after = {one: {other for other in stand if other != one and net.leads(one, other, marking)} for one in stand}
    return [one for one in stand if all(other in after[one] for other in stand if one in after[other])]


def _moves(net: Net, marking: Marking, found: Explored) -> Iterator[Move]:
    key = net.next(marking)
    if key is None:
        found.stuck += [marking] if marking else []
        return
    come = marking.intersection(net.into[key])
    if len(come) > 1 and not net.joins(key) and net.kinds[key] != "endEvent" and not _reminders(net, come):
        found.twice.setdefault(key, marking)
    yield from net.moves(key, marking)


def _reminders(net: Net, places: Marking) -> bool:
    """Whether all of these come of events that only happen beside an activity, as often as they do."""
    return all(net.nodes[net.source[place]].get("cancelActivity") == "false" for place in places)


def _note_doubled(net: Net, marking: Marking, move: Move, found: Explored) -> None:
    """A token laid where one lies already."""
    for place in (marking - move.taken) & move.laid:
        if net.kinds[net.target[place]] != "endEvent":
            found.twice.setdefault(net.target[place], marking)


def _told(net: Net, holder: Any, found: Explored) -> Iterator[Problem]:
    told: set[str] = set()
    for marking in found.stuck:
        for join in [one for one in causes(net, marking) if one not in told]:
            told.add(join)
            yield _deadlock(net, join, marking, found)
    for key in found.twice.keys() - told - net.closing:
        yield _twice(net, key, found)
    if not found.whole:
        message = Finding(
            "%(holder)s mempunyai lebih dari %(most)s keadaan; hanya sebanyak itu yang dicoba",
            holder=called_so(holder),
            most=MOST_STATES,
        )
        hint = "Pecah cabang sejajarnya menjadi sub-proses; sisanya tidak diperiksa terhadap kebuntuan."
        yield problem(net.sheet, holder, "explored-in-part", message, hint, "warning")


def _deadlock(net: Net, join: str, marking: Marking, found: Explored) -> Problem:
    missing = [net.nodes[net.source[place]] for place in net.into[join] if place not in marking]
    names = listed(dict.fromkeys(called_so(one) for one in missing)) or called_so(net.nodes[join])
    message = Finding(
        "Gerbang %(gateway)s dapat menunggu selamanya: tidak ada lagi yang datang dari %(names)s",
        gateway=which(net.nodes[join]),
        names=names,
    )
    # Choices that name one condition twice may agree where this exploration lets them differ.
    severity = "warning" if _repeated_conditions(net) else "error"
    return problem(
        net.sheet, net.nodes[join], "deadlock", _with(message, _example(net, marking, found)), _JOIN_SO, severity
    )


_JOIN_SO = "Gabungkan cabang pilihan dengan gerbang eksklusif; gerbang paralel menunggu setiap alur masuknya."


def _twice(net: Net, key: str, found: Explored) -> Problem:
    message = Finding(
        "%(node)s dapat berjalan dua kali sekaligus: dua cabang sejajar sampai di sana",
        node=called_so(net.nodes[key]),
    )
    hint = "Gabungkan cabang sejajar dengan gerbang paralel sebelum langkah ini."
    severity = "warning" if _repeated_conditions(net) else "error"
    told = _with(message, _example(net, found.twice[key], found))
    return problem(net.sheet, net.nodes[key], "runs-twice", told, hint, severity)


def _with(message: Finding, chosen: list[Finding]) -> Finding:
    """A message with the last choices on the way there."""
    if not chosen:
        return message
    later = Finding(", lalu ")
    example = joined([one for choice in chosen for one in (later, choice)][1:], "")
    return Finding("%(message)s (misalnya sesudah %(example)s)", message=message, example=example)


def _example(net: Net, marking: Marking, found: Explored) -> list[Finding]:
    """The last choices on the way to a state, in the words of the diagram."""
    chosen: list[Finding] = []
    step = found.came.get(marking)
    while step is not None and len(chosen) < 3:
        before, move = step
        if move.chosen is not None and len(net.out[move.node]) > 1:
            names = listed((onward(net.flows[place]) for place in sorted(move.laid)), " + ")
            chosen.append(Finding("“%(names)s” di %(node)s", names=names, node=called_so(net.nodes[move.node])))
        step = found.came.get(before)
    return chosen[::-1]


@lru_cache(maxsize=8)
def _repeated_conditions(net: Net) -> bool:
    owners: dict[str, str] = {}
    for flow in net.flows:
        written = " ".join("".join(text(one) for one in children(flow, "conditionExpression")).split())
        if written and owners.setdefault(written, flow.get("sourceRef")) != flow.get("sourceRef"):
            return True
    return False
