"""The clocks' states as they travel with the tokens through a process and all it calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from engine.bpmn.checking import saying
from engine.bpmn.checking.clock_acts import (
    Act,
    Facts,
    acted,
    apart,
    counted,
    repeats,
    resumed,
    termed,
    touched,
)
from engine.bpmn.checking.orders import Orders
from engine.bpmn.checking.saying import ANY, Answers
from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.checking.tokens import Marking, Net, Turn, net_of
from engine.bpmn.elements import inside, local, result_of

Ways = tuple[set[Facts], set[Facts]]  # what may hold at the end, and on the way
Doer = Callable[[Facts], Ways]
MOST_STATES = 4000  # of one process with one beginning
MOST_KEPT = 20_000  # of what walks through the release found


@dataclass
class Watched:
    """What was seen at each act: node -> the facts it met; and the facts at the ends of whole processes."""

    met: dict[Any, set[Facts]] = field(default_factory=dict)
    ends: set[Facts] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)  # pauses that some act ended
    last: dict[Facts, Any] = field(default_factory=dict)  # the facts at an end -> the node at which a process ended so
    entered: dict[Any, set[Facts]] = field(default_factory=dict)  # a call -> the facts it met
    crossed: bool = False  # whether branches may come to the same clock in more than one order
    whole: bool = True  # False: there are more states than were looked at


@dataclass(frozen=True)
class Found:
    """What one walk through a process or sub-process found; `ended`: the pauses that its acts ended."""

    ways: Ways
    ended: set[str] = field(default_factory=set)


def watched_of(known: Set, sheet: Sheet) -> Watched:
    """All ways through the processes that lead to a sheet, in all orders that matter."""
    return _joined([_of_root(known, root, False, ANY) for root in _roots(known, sheet)])


def in_order(known: Set, sheet: Sheet) -> Watched:
    """The same with parallel branches in one order: what comes second there comes second or first in every other."""
    roots = _roots(known, sheet)
    return _joined([_of_root(known, root, _of_root(known, root, False, ANY).crossed, ANY) for root in roots])


def always(known: Set, sheet: Sheet, met: Callable[[Watched], set[Facts]], holds: Callable[[Facts], bool]) -> bool:
    """Whether something holds of all facts that were met in every order, or in one where others allow it too."""
    found = [holds(one) for one in met(watched_of(known, sheet))]
    return any(found) and (all(found) or all(holds(one) for one in met(in_order(known, sheet))))


def agreeing(known: Set, sheet: Sheet) -> Iterator[Watched]:
    """The ways on which choices that ask the same are answered the same, one for each set of answers.

    None where there are more questions than are looked at.
    """
    for root in _roots(known, sheet):
        for answers in saying.agreements(_led_to(known, root)):
            yield _of_root(known, root, False, answers)


def _of_root(known: Set, root: str, in_order: bool, answers: Answers) -> Watched:
    kept: dict[tuple[str, bool, Answers], Watched] = known.walks
    if (root, in_order, answers) not in kept:
        watched = Watched()
        walk = _Walk(known, watched, in_order, answers)
        watched.ends |= walk.process(root, frozenset())[0]
        watched.last |= walk.last.get(known.process_node(root), {})
        kept[root, in_order, answers] = watched
    return kept[root, in_order, answers]


def _joined(found: list[Watched]) -> Watched:
    if len(found) == 1:
        return found[0]
    joined = Watched(crossed=any(one.crossed for one in found), whole=all(one.whole for one in found))
    for one in found:
        for into, seen in ((joined.met, one.met), (joined.entered, one.entered)):
            for node, facts in seen.items():
                into[node] = into.get(node, set()) | facts
        joined.ends |= one.ends
        joined.ended |= one.ended
        joined.last |= one.last
    return joined


@lru_cache(maxsize=8)
def _of_release(
    beside: Set, termed: frozenset[str], in_order: bool, answers: Answers
) -> dict[tuple[Any, Facts], Found]:
    """What walks through the release found in the parts of it that lead to none of the sheets under check."""
    return {}


def _roots(known: Set, sheet: Sheet) -> list[str]:
    """Processes that nobody calls and that lead to a sheet."""
    own = {key for key, holder in known.processes.items() if holder is sheet}
    roots = [key for key in known.processes if key not in known.callers]
    return [key for key in roots if own & {key, *known.called(key)}]


def _led_to(known: Set, root: str) -> list[Sheet]:
    """The sheets of a process and of all it calls."""
    return list(dict.fromkeys(known.processes[key] for key in (root, *sorted(known.called(root)))))


class _Walk:
    """All ways through one root process, the processes it calls looked at once for each beginning."""

    def __init__(self, known: Set, watched: Watched, in_order: bool, answers: Answers) -> None:
        self.known, self.watched, self.in_order, self.answers = known, watched, in_order, answers
        self._own = {key for key, holder in known.processes.items() if holder in known.sheets}
        self._seen: dict[tuple[Any, Facts], Found] = {}
        self._beside = _of_release(known.beside, termed(known), in_order, answers) if known.beside else {}
        if len(self._beside) > MOST_KEPT:
            self._beside.clear()
        self._apart: dict[Any, bool] = {}
        self._doers: dict[Any, Doer] = {}
        self._orders: dict[Net, Orders | None] = {}
        self._touching: dict[Any, frozenset[str] | None] = {}
        self.last: dict[Any, dict[Facts, Any]] = {}  # process or sub-process -> facts at its end -> the last node

    def process(self, key: str, facts: Facts) -> Ways:
        """(facts it may end with, facts it may have on the way) for one beginning."""
        sheet = self.known.processes[key]
        return self.holder(sheet, self.known.process_node(key), facts)

    def holder(self, sheet: Sheet, node: Any, begun: Facts) -> Ways:
        """The same for a process or sub-process; what it does nothing to passes through it as it came."""
        facts, passing = apart(saying.unsaid(begun), self._touched(node))
        seen = self._beside if self._stands_apart(node) else self._seen
        found = seen.get((node, facts))
        if found is None:
            seen[node, facts] = Found(({facts}, {facts}))  # should it call itself, which is told elsewhere
            found = seen[node, facts] = self._walked(sheet, node, facts)
        self.watched.ended |= found.ended
        return found.ways if not passing else _with(found.ways, passing)

    def _touched(self, node: Any) -> frozenset[str] | None:
        """The clocks and causes to which a process or sub-process, and all it calls, does something; None: to any."""
        if node not in self._touching:
            own = {one.get("calledElement") for one in inside(node, "callActivity")} & self.known.processes.keys()
            called = own | {one for key in own for one in self.known.called(key)}
            holders = [node, *(self.known.process_node(key) for key in called)]
            acts = [counted(one, self.known) for holder in holders for one in inside(holder, "serviceTask")]
            self._touching[node] = touched(act for act in acts if act is not None)
        return self._touching[node]

    def _walked(self, sheet: Sheet, node: Any, facts: Facts) -> Found:
        before, self.watched.ended = self.watched.ended, set()
        found = Found(self._explore(net_of(sheet, node), node, facts), self.watched.ended)
        self.watched.ended = before
        return found

    def _stands_apart(self, node: Any) -> bool:
        """Whether a process or sub-process leads to nothing of the sheets under check, so that every check meets it."""
        if node not in self._apart:
            process = node if local(node) == "process" else next(node.iterancestors("{*}process"))
            key = process.get("id", "")
            self._apart[node] = not self._own & {key, *self.known.called(key)}
        return self._apart[node]

    def _explore(self, net: Net, holder: Any, facts: Facts) -> Ways:
        pending: list[tuple[Marking, Facts]] = [(net.begin, facts)]
        seen, ends = set(pending), set()
        orders = self._orders_of(net)
        while pending and len(seen) < MOST_STATES:
            marking, held = pending.pop()
            if not marking:
                ends.add(held)
            if (cut := net.cut_off(marking)) is not None:  # an end beside that comes sooner and ends everything
                ends.add(held)
                self.last.setdefault(holder, {}).setdefault(held, cut)
            for turn in self._turns(net, orders, marking):
                if any(not way[0] for way in turn.ways):
                    self.last.setdefault(holder, {}).setdefault(held, turn.node)
                for after in self._after(net, turn, held):
                    if after not in seen:
                        seen.add(after)
                        pending.append(after)
        self.watched.whole &= not pending
        return ends, {held for _, held in seen}

    def _orders_of(self, net: Net) -> Orders | None:
        """The orders of a net's branches; None where one of them stands for all."""
        if self.in_order or not net.branching:
            return None
        if net not in self._orders:
            found = Orders(net, partial(self._subjects, net.sheet))
            self._orders[net] = found if found.crossing else None
        return self._orders[net]

    def _turns(self, net: Net, orders: Orders | None, marking: Marking) -> tuple[Turn, ...]:
        if orders is None or len(marking) < 2:
            return net.turns(marking)
        keys = orders.next(marking)
        self.watched.crossed |= len(keys) > 1
        return tuple(net.turn_of(key, marking) for key in keys)

    def _after(self, net: Net, turn: Turn, held: Facts) -> Iterator[tuple[Marking, Facts]]:
        if turn.node not in self._doers:
            self._doers[turn.node] = self._doer(net.sheet, turn.node)
        done, on_the_way = self._doers[turn.node](held)
        left = saying.left(net, turn.node, held, self.answers)
        for after, completed, chosen in turn.ways:
            if chosen is None or left is None or chosen in left:
                yield from ((after, facts) for facts in (done if completed else on_the_way))

    def _subjects(self, sheet: Sheet, node: Any) -> frozenset[str] | None:
        """The clocks and causes that a node touches, whatever it holds or calls; None: any."""
        act = counted(node, self.known)
        if act is not None:
            return touched([act])
        if local(node) == "callActivity" and node.get("calledElement") in self.known.processes:
            return self._touched(self.known.process_node(node.get("calledElement")))
        return self._touched(node) if local(node) == "subProcess" else frozenset()

    def _doer(self, sheet: Sheet, node: Any) -> Doer:
        """What carrying a node out does to the facts, worked out once."""
        act = counted(node, self.known)
        if act is not None:
            once: Doer = partial(self._act, node, act)
            return partial(_often, once) if repeats(node) else once
        if local(node) == "serviceTask" and result_of(node):
            return partial(saying.says, result_of(node), saying.word_of(node))
        walk: Doer | None = None
        if local(node) == "subProcess":
            walk = partial(self.holder, sheet, node)
        elif local(node) == "callActivity" and node.get("calledElement") in self.known.processes:
            walk = partial(self._called, node)
        if walk is None:
            return _nothing
        return partial(_often, walk) if repeats(node) else walk

    def _called(self, call: Any, held: Facts) -> Ways:
        self.watched.entered.setdefault(call, set()).add(held)
        return self.process(call.get("calledElement"), held)

    def _act(self, node: Any, act: Act, held: Facts) -> Ways:
        self.watched.met.setdefault(node, set()).add(held)
        after = acted(act, held, node.get("id", ""))
        ended = {one for one in held - after if one.startswith("paused")}
        self.watched.ended |= ended | ({resumed(one) for one in ended} if act.kind == "clock.resume" else set())
        return {after}, {held, after}


def _with(ways: Ways, passing: Facts) -> Ways:
    ends, on_the_way = ways
    return {one | passing for one in ends}, {one | passing for one in on_the_way}


def _nothing(held: Facts) -> Ways:
    return {held}, {held}


def _often(walk: Doer, held: Facts) -> Ways:
    """A repetition may have no member at all, and each further member begins with what the last one left."""
    ends, on_the_way, pending = {held}, {held}, [held]
    while pending:
        ended, met = walk(pending.pop())
        pending.extend(ended - ends)
        ends |= ended
        on_the_way |= met
    return ends, on_the_way
