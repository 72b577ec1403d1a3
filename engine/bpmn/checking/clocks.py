"""Rules about clocks: started once, stopped on some way, every pause resumed.

The clocks' states travel with the tokens through a process and all it calls.
Choices are free, and some of the ways may be ruled out by data: so only what
holds on every way is told.  Clocks with a term of their own may start again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.checking.tokens import Marking, Net, net_of
from engine.bpmn.elements import children, local, operator, repetition
from engine.bpmn.expressions import ExpressionFault, evaluate
from engine.errors import Problem

Facts = frozenset[str]  # "L runs", "L stopped", "L begun at <act>", "paused for X"
Ways = tuple[set[Facts], set[Facts]]  # what may hold at the end, and on the way
MOST_STATES = 4000  # of one process with one beginning
SERVICE = "L"  # the clock that pauses hold still
ACTS = ("clock.start", "clock.stop", "clock.pause", "clock.resume", "clock.reopen")


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


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group, for the clocks this sheet drives."""
    acts = {node: act for node in sheet.of("serviceTask") if (act := _counted(node, known)) is not None}
    if acts:
        yield from _told(sheet, acts, _watched(known), known)


def _counted(node: Any, known: Set) -> Act | None:
    act = act_of(node) if local(node) == "serviceTask" else None
    return None if act is None or act.subject in _termed(known) else act


@lru_cache(maxsize=2)
def _watched(known: Set) -> Watched:
    """All ways through the processes that lead to the sheets of one examination."""
    watched = Watched()
    for root in _roots(known):
        watched.ends |= _Walk(known, watched).process(root, frozenset())[0]
    return watched


def act_of(node: Any) -> Act | None:
    """The clock act of a service task whose subject is written in the diagram."""
    called = operator(node)
    if called is None or called.service not in ACTS:
        return None
    subject = literal(called.params.get("clock", called.params.get("cause", "")))
    return Act(called.service, subject, "term" in called.params) if subject else None


@lru_cache(maxsize=2)
def _termed(known: Set) -> frozenset[str]:
    """Clocks that measure a term: they are started again as often as it is given."""
    acts = (act_of(node) for sheet in known.sheets for node in sheet.of("serviceTask"))
    own = frozenset(act.subject for act in acts if act is not None and act.term)
    return own | (_termed(known.beside) if known.beside else frozenset())


def literal(written: str) -> str:
    """The text a parameter stands for when it is written in the diagram itself, else ""."""
    try:
        found = "" if mentions.names(written) else evaluate(written, {})
    except ExpressionFault:
        return ""
    return found if isinstance(found, str) else ""


def _roots(known: Set) -> list[str]:
    """Processes that nobody calls and that lead to the sheets under check."""
    own = {key for key, holder in known.processes.items() if holder in known.sheets}
    roots = [key for key in known.processes if key not in known.callers]
    return [key for key in roots if own & {key, *known.called(key)}]


class _Walk:
    """All ways through one root process, the processes it calls looked at once for each beginning."""

    def __init__(self, known: Set, watched: Watched) -> None:
        self.known, self.watched = known, watched
        self._seen: dict[tuple[Any, Facts], Ways] = {}
        self._acts: dict[Any, Act | None] = {}

    def process(self, key: str, facts: Facts) -> Ways:
        """(facts it may end with, facts it may have on the way) for one beginning."""
        sheet = self.known.processes[key]
        return self.holder(sheet, self.known.process_node(key), facts)

    def holder(self, sheet: Sheet, node: Any, facts: Facts) -> Ways:
        if (node, facts) not in self._seen:
            self._seen[node, facts] = ({facts}, {facts})  # should it call itself, which is told elsewhere
            self._seen[node, facts] = self._explore(net_of(sheet, node), facts)
        return self._seen[node, facts]

    def _explore(self, net: Net, facts: Facts) -> Ways:
        pending: list[tuple[Marking, Facts]] = [(net.begin, facts)]
        seen, ends = set(pending), set()
        while pending and len(seen) < MOST_STATES:
            marking, held = pending.pop()
            if not marking:
                ends.add(held)
            for after in self._after(net, marking, held):
                if after not in seen:
                    seen.add(after)
                    pending.append(after)
        return ends, {held for _, held in seen}

    def _after(self, net: Net, marking: Marking, held: Facts) -> Iterator[tuple[Marking, Facts]]:
        turn = net.turn(marking)
        if turn is None:
            return
        done, on_the_way = self._done(net.sheet, turn.node, held)
        for after, completed in turn.ways:
            for facts in done if completed else on_the_way:
                yield after, facts

    def _done(self, sheet: Sheet, node: Any, held: Facts) -> Ways:
        if node not in self._acts:
            self._acts[node] = _counted(node, self.known)
        act = self._acts[node]
        if act is not None:
            self.watched.met.setdefault(node, set()).add(held)
            after = _acted(act, held, node.get("id", ""))
            self.watched.ended |= {one for one in held - after if one.startswith("paused")}
            return {after}, {held, after}
        if local(node) == "subProcess":
            return self._often(node, partial(self.holder, sheet, node), held)
        if local(node) == "callActivity" and node.get("calledElement") in self.known.processes:
            return self._often(node, partial(self.process, node.get("calledElement")), held)
        return {held}, {held}

    @staticmethod
    def _often(node: Any, walk: Callable[[Facts], Ways], held: Facts) -> Ways:
        """A repetition may have no member at all, and each further member begins with what the last one left."""
        if not repeats(node):
            return walk(held)
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
    runs, stopped, paused = f"{act.subject} runs", f"{act.subject} stopped", f"paused for {act.subject}"
    if act.kind == "clock.start":
        return (held - {stopped}) | {runs, begun(act, at)}
    if act.kind == "clock.reopen":
        return (held - {stopped}) | ({runs} if stopped in held else set())
    if act.kind == "clock.stop":
        left = {one for one in held if act.subject == SERVICE and one.startswith("paused")}
        return (held - {runs} - left) | ({stopped} if runs in held else set())
    return held | {paused} if act.kind == "clock.pause" else held - {paused}


def begun(act: Act, at: str) -> str:
    """The fact that a clock was started at an act; it lasts, for a clock starts only once."""
    return f"{act.subject} begun at {at}"


def _told(sheet: Sheet, acts: Mapping[Any, Act], watched: Watched, known: Set) -> Iterator[Problem]:
    for node, act in acts.items():
        met = watched.met.get(node, set())
        if act.kind == "clock.start" and met:
            yield from _started(sheet, node, act, met, watched, known)
        elif act.kind == "clock.pause" and met:
            yield from _paused(sheet, node, act, met, watched)
        elif act.kind == "clock.resume" and met and not any(f"paused for {act.subject}" in one for one in met):
            message = f"{called_so(node)} meneruskan jam yang tidak pernah dijeda karena {act.subject}"
            yield problem(sheet, node, "resumed-unpaused", message, "Pakai sebab yang sama seperti pada jedanya.")


def _started(sheet: Sheet, node: Any, act: Act, met: set[Facts], watched: Watched, known: Set) -> Iterator[Problem]:
    if all({f"{act.subject} runs", f"{act.subject} stopped"} & one for one in met):
        message = f"{called_so(node)} memulai jam {act.subject} yang sudah dimulai"
        hint = "Jam dimulai sekali saja; pakai clock.reopen untuk melanjutkan hitungan yang sama."
        yield problem(sheet, node, "started-twice", message, hint)
    elif any(begun(act, node.get("id", "")) in one for one in met) and _comes_back(sheet, node, known):
        message = f"{called_so(node)} memulai jam {act.subject} lagi: alur dapat kembali ke sini"
        hint = "Mulai jamnya sebelum putaran, atau pakai clock.reopen untuk melanjutkan hitungan yang sama."
        yield problem(sheet, node, "started-twice", message, hint)
    if watched.ends and all(f"{act.subject} runs" in one for one in watched.ends):
        message = f"Jam {act.subject} yang dimulai di {called_so(node)} tidak dihentikan pada jalan mana pun"
        yield problem(sheet, node, "never-stopped", message, "Hentikan (clock.stop) saat kewajibannya selesai.")


def _comes_back(sheet: Sheet, node: Any, known: Set, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a further round, of a loop here or around what holds or calls this, leads through this node for certain.

    Where a choice goes round past it, data may keep the second start from happening.
    """
    if _round_again(sheet, node.get("id", "")):
        return True
    holder = node.getparent()
    if _passable(sheet, holder, node.get("id", "")):
        return False
    if local(holder) == "subProcess":
        return repeats(holder) or _comes_back(sheet, holder, known, seen)
    key = holder.get("id", "")
    calls = [] if key in seen else known.callers.get(key, [])
    return any(repeats(call) or _comes_back(at, call, known, seen | {key}) for at, call in calls)


def _passable(sheet: Sheet, holder: Any, key: str) -> bool:
    """Whether some way through a process or sub-process leaves a node out."""
    starts = [one.get("id", "") for one in sheet.inside(holder) if local(one) == "startEvent"]
    return any(not sheet.following(one) for one in sheet.reached(starts, frozenset({key})))


def _round_again(sheet: Sheet, key: str) -> bool:
    ring = {one for one in sheet.reached(sheet.following(key)) if key in sheet.reached(sheet.following(one))}
    past = ring - {key}
    return bool(ring) and not any(one in sheet.reached(sheet.following(one), frozenset({key})) for one in past)


def _paused(sheet: Sheet, node: Any, act: Act, met: set[Facts], watched: Watched) -> Iterator[Problem]:
    fact = f"paused for {act.subject}"
    if fact not in watched.ended:
        message = f"Jeda karena {act.subject} di {called_so(node)} tidak diakhiri pada jalan mana pun"
        hint = "Teruskan (clock.resume) dengan sebab yang sama, atau hentikan jamnya (clock.stop)."
        yield problem(sheet, node, "never-resumed", message, hint)
    if all(fact in one for one in met):
        message = f"{called_so(node)} menjeda jam yang selalu sudah dijeda karena {act.subject}"
        yield problem(sheet, node, "paused-twice", message, "Hapus salah satu jeda.", "warning")
