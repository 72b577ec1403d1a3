"""The clocks' states as they travel with the tokens through a process and all it calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from engine.bpmn.checking import saying
from engine.bpmn.checking.saying import literal
from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.checking.tokens import Marking, Net, net_of
from engine.bpmn.elements import children, inside, local, operator, repetition, result_of

Facts = frozenset[str]  # "L runs", "L stopped", "L begun at <act>", "paused for X", "said NAME WORD"
Ways = tuple[set[Facts], set[Facts]]  # what may hold at the end, and on the way
Doer = Callable[[Facts], Ways]
MOST_STATES = 4000  # of one process with one beginning
MOST_KEPT = 20_000  # of what walks through the release found
SERVICE = "L"  # the clock that pauses hold still
ACTS = ("clock.start", "clock.stop", "clock.pause", "clock.resume", "clock.reopen")
CLOSING = "case.close"  # whatever clock still runs stops
PAUSED = "paused for "


@dataclass(frozen=True)
class Act:
    """What a service task does to a clock: `subject` is the clock, or the cause of a pause."""

    kind: str
    subject: str
    term: bool = False


@dataclass
class Watched:
    """What was seen at each act: node -> the facts it met; and the facts at the ends of whole processes."""

    met: dict[Any, set[Facts]] = field(default_factory=dict)
    ends: set[Facts] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)  # pauses that some act ended
    last: dict[Facts, Any] = field(default_factory=dict)  # the facts at an end -> the node at which a process ended so


@dataclass(frozen=True)
class Found:
    """What one walk through a process or sub-process found; `ended`: the pauses that its acts ended."""

    ways: Ways
    ended: set[str] = field(default_factory=set)


def counted(node: Any, known: Set) -> Act | None:
    act = act_of(node) if local(node) == "serviceTask" else None
    return None if act is None or act.subject in termed(known) else act


@lru_cache(maxsize=2)
def watched_of(known: Set) -> Watched:
    """All ways through the processes that lead to the sheets of one examination."""
    watched = Watched()
    for root in _roots(known):
        walk = _Walk(known, watched)
        watched.ends |= walk.process(root, frozenset())[0]
        watched.last |= walk.last.get(known.process_node(root), {})
    return watched


@lru_cache(maxsize=4096)
def act_of(node: Any) -> Act | None:
    """The clock act of a service task whose subject is written in the diagram."""
    called = operator(node)
    if called is not None and called.service == CLOSING:
        return Act(CLOSING, "")
    if called is None or called.service not in ACTS:
        return None
    subject = literal(called.params.get("clock", called.params.get("cause", "")))
    return Act(called.service, subject, "term" in called.params) if subject else None


@lru_cache(maxsize=2)
def _of_release(beside: Set, termed: frozenset[str]) -> dict[tuple[Any, Facts], Found]:
    """What walks through the release found in the parts of it that lead to none of the sheets under check."""
    return {}


@lru_cache(maxsize=2)
def termed(known: Set) -> frozenset[str]:
    """Clocks that measure a term: they are started again as often as it is given."""
    acts = (act_of(node) for sheet in known.sheets for node in sheet.of("serviceTask"))
    own = frozenset(act.subject for act in acts if act is not None and act.term)
    return own | (termed(known.beside) if known.beside else frozenset())


def _roots(known: Set) -> list[str]:
    """Processes that nobody calls and that lead to the sheets under check."""
    own = {key for key, holder in known.processes.items() if holder in known.sheets}
    roots = [key for key in known.processes if key not in known.callers]
    return [key for key in roots if own & {key, *known.called(key)}]


class _Walk:
    """All ways through one root process, the processes it calls looked at once for each beginning."""

    def __init__(self, known: Set, watched: Watched) -> None:
        self.known, self.watched = known, watched
        self._own = {key for key, holder in known.processes.items() if holder in known.sheets}
        self._seen: dict[tuple[Any, Facts], Found] = {}
        self._beside = _of_release(known.beside, termed(known)) if known.beside else {}
        if len(self._beside) > MOST_KEPT:
            self._beside.clear()
        self._apart: dict[Any, bool] = {}
        self._doers: dict[Any, Doer] = {}
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
        while pending and len(seen) < MOST_STATES:
            marking, held = pending.pop()
            if not marking:
                ends.add(held)
            elif (turn := net.turn(marking)) is not None and any(not way[0] for way in turn.ways):
                self.last.setdefault(holder, {}).setdefault(held, turn.node)
            if (cut := net.cut_off(marking)) is not None:  # an end beside that comes sooner and ends everything
                ends.add(held)
                self.last.setdefault(holder, {}).setdefault(held, cut)
            for after in self._after(net, marking, held):
                if after not in seen:
                    seen.add(after)
                    pending.append(after)
        return ends, {held for _, held in seen}

    def _after(self, net: Net, marking: Marking, held: Facts) -> Iterator[tuple[Marking, Facts]]:
        turn = net.turn(marking)
        if turn is None:
            return
        if turn.node not in self._doers:
            self._doers[turn.node] = self._doer(net.sheet, turn.node)
        done, on_the_way = self._doers[turn.node](held)
        left = saying.left(net, turn.node, held)
        for after, completed, chosen in turn.ways:
            if chosen is None or left is None or chosen in left:
                yield from ((after, facts) for facts in (done if completed else on_the_way))

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
            walk = partial(self.process, node.get("calledElement"))
        if walk is None:
            return _nothing
        return partial(_often, walk) if repeats(node) else walk

    def _act(self, node: Any, act: Act, held: Facts) -> Ways:
        self.watched.met.setdefault(node, set()).add(held)
        after = _acted(act, held, node.get("id", ""))
        ended = {one for one in held - after if one.startswith("paused")}
        self.watched.ended |= ended | ({resumed(one) for one in ended} if act.kind == "clock.resume" else set())
        return {after}, {held, after}


def touched(acts: Iterable[Act]) -> frozenset[str] | None:
    """Clocks and causes to which acts do something, or of which they are judged; None: to any that there is."""
    found: set[str] = set()
    for act in acts:
        if act.kind == CLOSING or (act.kind, act.subject) == ("clock.stop", SERVICE):  # ends every pause too
            return None
        found |= {act.subject, SERVICE} if act.kind in ("clock.pause", "clock.resume") else {act.subject}
    return frozenset(found)


def apart(facts: Facts, of: frozenset[str] | None) -> tuple[Facts, Facts]:
    """Facts of some clocks and causes, and the others."""
    if of is None:
        return facts, frozenset()
    own = frozenset(one for one in facts if subject_of(one) in of)
    return own, facts - own


def subject_of(fact: str) -> str:
    """The clock or the cause that a fact is about."""
    return fact.removeprefix(PAUSED) if fact.startswith(PAUSED) else fact.split(" ", 1)[0]


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


def repeats(node: Any) -> bool:
    return bool(children(node, "standardLoopCharacteristics")) or repetition(node) is not None


def _acted(act: Act, held: Facts, at: str) -> Facts:
    if act.kind == CLOSING:
        left = {one for one in held if one.endswith(" runs") or one.startswith("paused")}
        return (held - left) | {one.replace(" runs", " stopped") for one in left if one.endswith(" runs")}
    runs, stopped, paused = f"{act.subject} runs", f"{act.subject} stopped", f"paused for {act.subject}"
    if act.kind == "clock.start":  # a second start of the same clock, which is told, changes nothing
        return held | {begun(act, at)} | (set() if {runs, stopped} & held else {runs})
    if act.kind == "clock.reopen":
        return (held - {stopped}) | ({runs, reopened(act, at)} if stopped in held else set())
    if act.kind == "clock.stop":
        left = {one for one in held if act.subject == SERVICE and one.startswith("paused")}
        left |= {one for one in held if one.startswith(reopened(act, ""))}
        return (held - {runs} - left) | ({stopped} if runs in held else set())
    return held | {paused} if act.kind == "clock.pause" else held - {paused}


def resumed(pause: str) -> str:
    """Stands among the pauses that ended for one that was resumed, not only cut off by a stop."""
    return f"resumed, {pause}"


def reopened(act: Act, at: str) -> str:
    """The fact that a clock runs because an act let it go on."""
    return f"{act.subject} reopened at {at}"


def begun(act: Act, at: str) -> str:
    """The fact that a clock was started at an act; it lasts, for a clock starts only once."""
    return f"{act.subject} begun at {at}"
