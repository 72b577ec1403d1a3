"""The tokens of one process or sub-process, moved as BPMN 2.0 says, so that all its states can be looked at.

Activities count as one move, whatever is inside them: a sub-process is looked
at by itself.  Choices are free: no condition is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from engine.bpmn.checking.nodes import definitions
from engine.bpmn.checking.sheets import Sheet
from engine.bpmn.elements import local

Marking = frozenset[int]  # the flows on which a token lies, by their place in `Net.flows`
CHOICES = ("exclusiveGateway", "eventBasedGateway")
# What goes on by itself in the step that came to it.
_AT_ONCE = ("exclusiveGateway", "intermediateThrowEvent", "serviceTask", "sendTask", "businessRuleTask")
MOST_SUBSETS = 5  # ways out of an inclusive gateway beyond which only single ones, pairs and all are tried


@dataclass(frozen=True)
class Move:
    """One way a node can go on: the tokens it takes, those it lays down, and the flow chosen, if it chose."""

    node: str
    taken: Marking
    laid: Marking
    chosen: int | None = None
    ends: bool = False  # everything beside it ends too


@dataclass(frozen=True)
class Turn:
    """The node that moves next, and its ways: the marking after it, whether the node itself was completed, the flow
    it chose if it chose one."""

    node: Any
    ways: tuple[tuple[Marking, bool, int | None], ...]


def net_of(sheet: Sheet, holder: Any) -> Net:
    """The net of a process or sub-process, made once: a sheet beside many others is looked at with each of them."""
    if holder not in sheet.nets:
        sheet.nets[holder] = Net(sheet, holder, sheet.flows_of.get(holder, []))
    found: Net = sheet.nets[holder]
    return found


class Net:
    """One holder's flows and what each node does with tokens."""

    def __init__(self, sheet: Sheet, holder: Any, flows: list[Any]) -> None:
        self.sheet = sheet
        self.flows = flows
        self.nodes = {node.get("id", ""): node for node in reversed(sheet.inside(holder))}
        self.kinds = {key: local(node) for key, node in self.nodes.items()}
        self.source = [flow.get("sourceRef") for flow in flows]
        self.target = [flow.get("targetRef") for flow in flows]
        self.out = _places(self.source)
        self.into = _places(self.target)
        self._turns: dict[Marking, tuple[Turn, ...]] = {}
        self._made: dict[tuple[str, Marking], Turn] = {}
        self._next: dict[str, list[str]] = {}
        self._within: dict[tuple[str, str], frozenset[str]] = {}
        self.work = 0  # flows followed while looking whether a token can still come

    @property
    def begin(self) -> Marking:
        starts = [key for key, kind in self.kinds.items() if kind == "startEvent"]
        return frozenset(place for key in starts for place in self.out.get(key, ()))

    @cached_property
    def rank(self) -> dict[str, int]:
        """Nodes in the order in which a token comes by, loops cut where they close."""
        after = {key: self._after(key) for key in self.nodes}
        return {key: place for place, key in enumerate(_forward(after, self._roots()))}

    def _after(self, key: str) -> list[str]:
        if key not in self._next:
            beside = (one.get("id", "") for one in self.sheet.boundaries.get(key, []))
            targets = (self.target[place] for place in self.out.get(key, ()))
            self._next[key] = list(dict.fromkeys([*targets, *(one for one in beside if one in self.nodes)]))
        return self._next[key]

    def _roots(self) -> list[str]:
        return [key for key, kind in self.kinds.items() if kind == "startEvent"] + list(self.nodes)

    @cached_property
    def branching(self) -> bool:
        """Whether there can ever be two tokens at one time, all of whose moves are known."""
        if "complexGateway" in self.kinds.values():  # refused elsewhere; what it would do is anybody's guess
            return False
        forks = ("parallelGateway", "inclusiveGateway")
        return any(kind in forks for kind in self.kinds.values()) or any(
            one.get("cancelActivity") == "false" for one in self.nodes.values()
        )

    def joins(self, key: str) -> bool:
        return self.kinds[key] in ("parallelGateway", "inclusiveGateway") and len(self.into.get(key, ())) > 1

    def next(self, marking: Marking) -> str | None:
        """The node that moves next: the nearest to the start; None when nobody can."""
        waiting = self.ordered({self.target[place] for place in marking})
        return next((one for one in waiting if self.ready(one, marking)), None)

    def ordered(self, keys: set[str]) -> list[str]:
        """Nodes in the order in which they are tried."""
        return sorted(keys, key=lambda key: (self._urgency(key), self.rank[key]))

    def after(self, key: str) -> frozenset[str]:
        """The nodes to which a token may go from a node, events on its boundary included."""
        return frozenset(one for one in self._after(key) if one in self.nodes)

    def turns(self, marking: Marking) -> tuple[Turn, ...]:
        """What `next` and `moves` say of a marking, worked out once; none when nobody can move."""
        if marking not in self._turns:
            key = self.next(marking)
            self._turns[marking] = () if key is None else (self.turn_of(key, marking),)
        return self._turns[marking]

    def turn_of(self, key: str, marking: Marking) -> Turn:
        """What a node that can move does to a marking."""
        if (key, marking) not in self._made:
            self._made[key, marking] = self._make(key, marking)
        return self._made[key, marking]

    def _make(self, key: str, marking: Marking) -> Turn:
        own = frozenset(self.out.get(key, ()))
        ways = (
            (frozenset() if one.ends else (marking - one.taken) | one.laid, not own or bool(own & one.laid), one.chosen)
            for one in self.moves(key, marking)
        )
        return Turn(self.nodes[key], tuple(ways))

    def _urgency(self, key: str) -> int:
        """What looks for tokens elsewhere, and what ends everything, comes last."""
        if self.kinds[key] == "endEvent":
            return 2 if self.stops(key) else 0
        return 1 if self.kinds[key] == "inclusiveGateway" and self.joins(key) else 0

    def ready(self, key: str, marking: Marking) -> bool:
        """Whether a node with a token before it can go on."""
        if self.kinds[key] == "parallelGateway":
            return marking.issuperset(self.into[key])
        return not (self.kinds[key] == "inclusiveGateway" and self.joins(key)) or not self._may_come(key, marking)

    def _may_come(self, join: str, marking: Marking) -> bool:
        """Whether a token elsewhere can still reach an empty way into an inclusive join (BPMN 2.0, 13.4.3)."""
        return any(self.leads(one, join, marking) for one in {self.target[place] for place in marking} - {join})

    def leads(self, begin: str, join: str, marking: Marking) -> bool:
        """Whether a token at `begin` can come to a way into a join on which none lies."""
        empty = (self.source[place] for place in self.into[join] if place not in marking)
        return not self._reach(begin, join).isdisjoint(empty)

    def _reach(self, begin: str, without: str) -> frozenset[str]:
        """The nodes a token at `begin` can come to without passing another; looked up once."""
        if (begin, without) not in self._within:
            seen, pending = {begin}, [begin]
            while pending:
                news = [one for one in self._after(pending.pop()) if one not in seen and one != without]
                self.work += 1 + len(news)
                seen.update(news)
                pending.extend(news)
            self._within[begin, without] = frozenset(seen)
        return self._within[begin, without]

    def moves(self, key: str, marking: Marking) -> Iterator[Move]:
        """The ways a ready node can go on; tokens that meet at it go on as one."""
        taken = frozenset(place for place in self.into.get(key, ()) if place in marking)
        kind, out = self.kinds[key], self.out.get(key, ())
        if kind in CHOICES:
            yield from (Move(key, taken, frozenset({place}), place) for place in out)
        elif kind == "inclusiveGateway":
            yield from (Move(key, taken, laid, min(laid)) for laid in self._subsets(key))
        elif kind == "endEvent" and self.stops(key):
            yield Move(key, taken, frozenset(), ends=True)
        else:
            yield from self._activity(key, taken, frozenset(out))

    def stops(self, key: str) -> bool:
        """Whether an end ends everything beside it."""
        kinds = {local(one) for one in definitions(self.nodes[key])}
        return bool(kinds & {"terminateEventDefinition", "errorEventDefinition"})

    def cut_off(self, marking: Marking) -> Any:
        """An end that ends everything and that one of several tokens may come to while the others stand; else None."""
        if len(marking) < 2 or not self._stopping:
            return None
        reached = (one for place in marking for one in self._reach(self.target[place], "") if one in self._stopping)
        found = next(reached, None)
        return None if found is None else self.nodes[found]

    @cached_property
    def _stopping(self) -> frozenset[str]:
        return frozenset(key for key, kind in self.kinds.items() if kind == "endEvent" and self.stops(key))

    @cached_property
    def closing(self) -> set[str]:
        """Nodes from which a token ends everything in the same step: a second one never follows it through them."""
        found = {key for key, kind in self.kinds.items() if kind == "endEvent" and self.stops(key)}
        grown = bool(found)
        while grown:
            more = {key for key in self.kinds.keys() - found if self._closes(key, found)}
            grown = bool(more)
            found |= more
        return found

    def _closes(self, key: str, found: set[str]) -> bool:
        targets = {self.target[place] for place in self.out.get(key, ())}
        by_itself = self.kinds[key] in _AT_ONCE and not self.sheet.boundaries.get(key)
        return by_itself and bool(targets) and targets <= found

    def _subsets(self, key: str) -> Iterator[Marking]:
        """Which ways of an inclusive gateway can be taken together; the default one only alone."""
        default = self.nodes[key].get("default")
        free = [place for place in self.out.get(key, ()) if self.flows[place].get("id") != default]
        sizes = range(1, len(free) + 1) if len(free) <= MOST_SUBSETS else (1, 2, len(free))
        yield from (frozenset(some) for size in sizes for some in combinations(free, size))
        yield from (frozenset({place}) for place in self.out.get(key, ()) if place not in free)

    def _activity(self, key: str, taken: Marking, out: Marking) -> Iterator[Move]:
        """It is completed, or interrupted by an event on its boundary; events that do not interrupt may come too."""
        events = [one for one in self.sheet.boundaries.get(key, []) if one.get("id", "") in self.nodes]
        beside = [one for one in events if one.get("cancelActivity") == "false"]
        also = frozenset(place for one in beside for place in self.out.get(one.get("id", ""), ()))
        for more in {frozenset[int](), also}:
            yield Move(key, taken, out | more)
            for one in [one for one in events if one not in beside]:
                yield Move(key, taken, frozenset(self.out.get(one.get("id", ""), ())) | more)


def _places(ends: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, key in enumerate(ends):
        found.setdefault(key, []).append(place)
    return found


def _forward(after: dict[str, list[str]], roots: list[str]) -> list[str]:
    """Reverse post-order of a walk that goes into the depth first, without recursion."""
    seen: set[str] = set()
    done: list[str] = []
    for root in roots:
        stack = [(root, iter(after[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            key, rest = stack[-1]
            one = next((one for one in rest if one not in seen and one in after), None)
            if one is None:
                done.append(key)
                stack.pop()
            else:
                seen.add(one)
                stack.append((one, iter(after[one])))
    return done[::-1]
