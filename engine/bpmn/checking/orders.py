"""The orders in which parallel branches may come to what they do to the same clock or cause.

What goes on by itself goes on in the step that came to it, before anybody completes a task; of tasks any may be
completed first.  Orders are tried only where branches touch the same before they meet: all others end alike.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import combinations
from typing import Any

from engine.bpmn.checking.tokens import Marking, Net

Subjects = frozenset[str]
ANY = "*"  # stands for every clock and cause
_WAITS = (
    "userTask", "manualTask", "task", "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "subProcess",
    "callActivity",
)  # fmt: skip


class Orders:
    """Which nodes of one process or sub-process may move next; `touches`: a node -> the clocks and causes it touches,
    None: any."""

    def __init__(self, net: Net, touches: Callable[[Any], Subjects | None]) -> None:
        self.net = net
        self._touches = touches
        self._found: dict[Marking, tuple[str, ...]] = {}
        self._ahead: dict[str, Subjects] = {}

    @cached_property
    def _subjects(self) -> dict[str, Subjects]:
        """The nodes that touch something."""
        found = {key: self._touches(node) for key, node in self.net.nodes.items()}
        return {key: frozenset({ANY}) if some is None else some for key, some in found.items() if some != frozenset()}

    @cached_property
    def crossing(self) -> bool:
        """Whether any two nodes touch the same."""
        return any(_overlap(one, other) for one, other in combinations(self._subjects.values(), 2))

    def next(self, marking: Marking) -> tuple[str, ...]:
        """The nodes of which each may be the next to move; one where it makes no difference."""
        if marking not in self._found:
            self._found[marking] = tuple(self._next(marking))
        return self._found[marking]

    def _next(self, marking: Marking) -> list[str]:
        here = {self.net.target[place] for place in marking}
        ready = [key for key in self.net.ordered(here) if self.net.ready(key, marking)]
        going = [key for key in ready if not (self._waits(key) or self._ends_all(key))]
        going = [key for key in going if key in self._before_long] or going
        quiet = [key for key in going if key not in self._subjects]
        if quiet:
            return quiet[:1]
        some = going or [key for key in ready if self._waits(key)] or ready[:1]
        alone = (one for one in some if not any(self._meet(one, other) for other in here - {one}))
        return [*alone][:1] or some

    @cached_property
    def _before_long(self) -> set[str]:
        """What follows an event that happens beside an activity: it is done while that activity still waits."""
        pending = [key for key, node in self.net.nodes.items() if node.get("cancelActivity") == "false"]
        seen: set[str] = set()
        while pending:
            news = [one for one in self.net.after(pending.pop()) if one not in seen and not self._waits(one)]
            seen.update(news)
            pending.extend(news)
        return seen

    def _waits(self, key: str) -> bool:
        return self.net.kinds[key] in _WAITS

    def _ends_all(self, key: str) -> bool:
        return self.net.kinds[key] == "endEvent" and self.net.stops(key)

    def _meet(self, one: str, other: str) -> bool:
        return _overlap(self._coming(one), self._coming(other))

    def _coming(self, begin: str) -> Subjects:
        """What a token at a node may touch before it has to wait for others."""
        if begin not in self._ahead:
            joins = {key for key in self.net.nodes if self.net.joins(key)}
            seen, pending = {begin}, [] if begin in joins else [begin]
            while pending:
                news = self.net.after(pending.pop()).difference(seen)
                seen |= news
                pending.extend(news - joins)
            met = [self._subjects[key] for key in seen if key in self._subjects]
            self._ahead[begin] = frozenset().union(*met)
        return self._ahead[begin]


def _overlap(one: Subjects, other: Subjects) -> bool:
    return bool(one and other) and (ANY in one or ANY in other or not one.isdisjoint(other))
