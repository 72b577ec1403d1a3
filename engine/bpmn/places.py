"""Where the token of a step that is gone may go on, and what such a leap passes over, does again, or would lack.

A place on the new diagram is looked for from where the case stands: behind the
nearest steps before its own that are still drawn.  What every way from there
goes through is passed over for certain, what only some go through perhaps.  A
place from which the way onward needs what the case does not have is refused
(`engine.bpmn.needs`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from engine.bpmn.charts import Chart
from engine.bpmn.elements import ACTIVITIES, HUMAN
from engine.bpmn.needs import Needs, Standing
from engine.bpmn.tours import Tour

SIDE_BY_SIDE = ("parallelGateway", "inclusiveGateway")


@dataclass(frozen=True)
class Place:
    """A step a case may be taken to.

    `skipped`, `perhaps`, `again`: names of steps and services that are passed over, that are on some ways, and that are
    done once more; `refused`: why it cannot be taken there, "" where it can.  `via`: the sub-processes that it enters,
    outermost first.
    """

    id: str
    name: str
    skipped: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    refused: str = ""
    via: tuple[str, ...] = ()


@dataclass
class Places:
    """The places of a pair of charts, each way looked for once; `needs`: what is read onward, on the same charts."""

    old: Chart
    new: Chart
    needs: Needs
    _ways: dict[tuple[str, str], tuple[frozenset[str], frozenset[str], str]] = field(default_factory=dict)
    _tours: dict[tuple[str, ...], Tour] = field(default_factory=dict)

    def of(self, here: Standing) -> tuple[Place, ...]:
        """The places for an open task, those that are refused among them; none where no choice can help."""
        if here.element not in self.old:
            return ()
        home, events = self.old.holder(here.element), Counter(_caught(self.old, here.around))
        near = (key for key in self.new.sheets if self.new.kind(key) in HUMAN and self.new.holder(key) == home)
        fit = (key for key in near if Counter(_caught(self.new, (key,))) == events and not _repeated(self.new, key))
        beside = (self._place(here, key) for key in fit if self._same_branch(here, key))
        found = (*self._inside(here, home, events), *beside)
        return tuple(sorted(found, key=lambda one: one.id != here.around[0]))  # the step itself before others

    def _inside(self, here: Standing, home: tuple[str, str], events: Counter[str]) -> Iterator[Place]:
        """The step itself, where it stands in sub-processes now that its case has not entered.

        Every event around it is there too, on the step or on what it entered; what else is there begins with the move.
        """
        step = here.around[0]
        via = self._entered(step, home)
        if not via or any(_repeated(self.new, one) for one in (step, *via)) or self._shared(here, via[0]):
            return
        if not self._same_branch(here, via[0]) or not all(map(self._alone, (*via[1:], step))):
            return
        own, whole = Counter(_caught(self.new, (step,))), Counter(_caught(self.new, (step, *via)))
        if not events - whole and not own - events:
            yield self._place(here, step, via)

    def _shared(self, here: Standing, via: str) -> bool:
        """Whether what is open beside a step stands in the same sub-process now: it would begin once for each."""
        return any(via in self._around(one) for one in here.beside if one in self.new)

    def _around(self, key: str) -> Iterator[str]:
        while holder := self.new.holder(key)[1]:
            yield holder
            key = holder

    def _entered(self, step: str, home: tuple[str, str]) -> tuple[str, ...]:
        """The sub-processes between where a case stands and its step, outermost first; () for no such way."""
        found: tuple[str, ...] = ()
        holder = self.new.holder(step) if self.new.kind(step) in HUMAN else home
        while holder != home and holder[1]:
            found, holder = (holder[1], *found), self.new.holder(holder[1])
        return found if holder == home else ()

    def _place(self, here: Standing, key: str, via: tuple[str, ...] = ()) -> Place:
        must, may, which = self._way(here.element, via[0] if via else key)
        passed, again = must if which != "behind" else frozenset[str](), frozenset[str]()
        comes_again = self.old.reached(self.old.following(here.element))
        if which == "behind":
            again = frozenset(one for one in (*must, *may) if one in here.done)
        elif which == "ahead" and key != here.around[0]:
            passed = frozenset(one for one in must if one not in here.done or one in comes_again)
            again = frozenset({key} & here.done - comes_again)  # it was done within what is gone
        else:
            passed = must - here.done
        perhaps = may - must if which == "ahead" else frozenset[str]()
        inner, some = self._passed_inside(here, (*via, key)[1:] if via else ())
        passed, perhaps = passed | inner, perhaps | (some - inner)
        there = replace(here, callers=(*reversed(via), *here.callers))
        refused = self.needs.refused(there, key, passed, perhaps)
        passed, perhaps = self._news(here, key, passed), self._news(here, key, perhaps) - self._could(here, key)
        skipped, maybe, anew = (self._told(one) for one in (passed, perhaps, again))
        return Place(key, self.new.name(key), skipped, maybe, anew, refused, via)

    def _passed_inside(self, here: Standing, steps: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
        """What lies before these elements, each in the sub-process it stands in: for certain, and at all."""
        must, may = frozenset[str](), frozenset[str]()
        for one in steps:
            starts = self.new.starts(self.new.holder(one))
            must |= self._tour(starts).required(one) - here.done
            may |= self._tour(starts).between(starts, {one}) - here.done - {one}
        return must, may

    def _news(self, here: Standing, key: str, passed: frozenset[str]) -> frozenset[str]:
        """What of it was not done: at its own step a case has been through what is all drawn into a sub-process now."""
        return frozenset(one for one in passed if key != here.around[0] or not self._did(here, one))

    def _did(self, here: Standing, key: str) -> bool:
        within = [one for one in self.new.sheets if self._work(one) and self.new.holder(one)[1] == key]
        through = key in here.done or self._did_within(here, key)
        return through or (bool(within) and all(self._did(here, one) for one in within))

    def _did_within(self, here: Standing, key: str) -> bool:
        """Whether it stood in a sub-process that a case has been through, and left there what it leaves."""
        holders, above = list[str](), key
        while above in self.old and (above := self.old.holder(above)[1]):
            holders.append(above)
        left = self.old.leaves(key) if key in self.old else frozenset[str]()
        return not here.done.isdisjoint(holders) and left <= here.data.keys() | self.old.records(here.data)

    def _could(self, here: Standing, key: str) -> frozenset[str]:
        """What some ways to its own step led through in the old version too: its case went another."""
        steps = here.around if key == here.around[0] else ()
        starts = {one: self.old.starts(self.old.holder(one)) for one in steps}
        return frozenset().union(*(Tour(self.old, begins).between(begins, {one}) for one, begins in starts.items()))

    def _told(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Names of steps and services, in the order of the diagram."""
        found = set(keys)
        return tuple(dict.fromkeys(self.new.name(key) for key in self.new.sheets if key in found and self._work(key)))

    def _work(self, key: str) -> bool:
        return self.new.kind(key) in ACTIVITIES

    # --- ways

    def _way(self, gone: str, to: str) -> tuple[frozenset[str], frozenset[str], str]:
        """What lies between for certain and perhaps, and whether a place is ahead, behind or aside."""
        if (gone, to) not in self._ways:
            self._ways[gone, to] = self._looked_for(gone, to)
        return self._ways[gone, to]

    def _looked_for(self, gone: str, to: str) -> tuple[frozenset[str], frozenset[str], str]:
        begins = self.entries(gone)
        starts = self.new.starts(self.new.holder(to))
        onward, whole = self._tour(begins), self._tour(starts)
        there = onward.distance(begins, {to})
        back = whole.distance((to,), set(begins))
        if there is not None and (back is None or (there <= back and not _before(whole, starts, to, begins))):
            return onward.required(to), onward.between(begins, {to}), "ahead"
        if back is not None:
            return frozenset({to}), whole.between((to,), set(begins)) - frozenset(begins), "behind"
        return whole.required(to), frozenset(), "aside"

    def _tour(self, begins: tuple[str, ...]) -> Tour:
        return self._tours.setdefault(begins, Tour(self.new, begins))

    def entries(self, gone: str) -> tuple[str, ...]:
        """Where a case at a step that is gone stands on the new diagram: the elements right before it."""
        if gone in self.new and self._at_home(gone, gone):
            return (gone,)
        before = self._nearest(gone, self.old.leading)
        known = {one for key in before for one in self.old.following(key)}
        fresh = {one for key in before for one in self.new.following(key)} - known
        return tuple(sorted(one for one in fresh if one in self.new)) or self._nearest(gone, self.old.following)

    def _nearest(self, gone: str, ways: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        """The elements next to a step that is gone which are still drawn, past others that are gone too."""
        found, seen, pending = set[str](), {gone}, list(ways(gone))
        while pending:
            key = pending.pop()
            if self._at_home(key, gone):
                found.add(key)
            elif key not in seen:
                seen.add(key)
                pending.extend(ways(key))
        return tuple(sorted(found))

    def _at_home(self, key: str, gone: str) -> bool:
        return key in self.new and self.new.holder(key) == self.old.holder(gone)

    def _same_branch(self, here: Standing, key: str) -> bool:
        """A token never changes branches: where flows run side by side a join counts on what each of them brings."""
        region, own = _region(self.new, key), self._own(here, key)
        begins = (one for one in self.entries(here.element) if one == own or not self._mixed(here.element, one))
        near = (*begins, *self._nearest(here.element, self.old.leading))
        if region & set(near):
            return not here.beside or not self._parted(here.element)
        return not here.beside and self._alone(key)

    def _own(self, here: Standing, key: str) -> str:
        """A place that is the step itself, or holds it; "" for another."""
        step = here.around[0]
        return key if step in self.new and key in (step, *self._around(step)) else ""

    def _mixed(self, gone: str, begin: str) -> bool:
        """Whether several branches begin anew at the fork before an element: which of them is whose nobody knows."""
        forks = (one for one in self._nearest(gone, self.old.leading) if self.old.kind(one) in SIDE_BY_SIDE)
        pairs = ((set(self.old.following(one)), set(self.new.following(one))) for one in forks)
        return any(begin in new and max(len(old - new), len(new - old)) > 1 for old, new in pairs)

    def _parted(self, gone: str) -> bool:
        """Whether a gateway is gone at which the branch of a step began: its tokens would follow one another."""
        seen, pending = {gone}, list(self.old.leading(gone))
        while pending:
            key = pending.pop()
            if key not in seen and not self._at_home(key, gone):
                seen.add(key)
                pending.extend(self.old.leading(key))
        return any(self.old.kind(key) in SIDE_BY_SIDE and len(self.old.following(key)) > 1 for key in seen)

    def _alone(self, key: str) -> bool:
        """Whether one token that goes on from here is waited for by nobody: branches part again before they meet."""
        tour = self._tour((key,))
        gates = [one for one in tour.seen if self.new.kind(one) in SIDE_BY_SIDE]
        meets = (one for one in gates if len(self.new.leading(one)) > 1)
        return all(
            self._brought(key, join)
            and any(len(self.new.following(one)) > 1 for one in tour.dominators(join) if one in gates)
            for join in meets
        )

    def _brought(self, key: str, join: str) -> bool:
        """Whether every branch that a join waits for comes from here, before the join."""
        if self.new.kind(join) != "parallelGateway":
            return True
        return self.new.reached((key,), (join,)).issuperset(self.new.leading(join))


def _before(whole: Tour, starts: tuple[str, ...], to: str, begins: tuple[str, ...]) -> bool:
    """Whether a place is nearer to the beginning: where each leads to the other, that one is the way back."""
    near, far = whole.distance(starts, {to}), whole.distance(starts, set(begins))
    return near is not None and far is not None and near < far


def _caught(chart: Chart, keys: Iterable[str]) -> Iterator[str]:
    """What the events on the boundaries of elements catch."""
    return (what for key in keys for what, _ in chart.boundaries(key))


def _repeated(chart: Chart, key: str) -> bool:
    return any(one.tag.endswith("LoopCharacteristics") for one in chart.node(key) if isinstance(one.tag, str))


def _region(chart: Chart, key: str) -> set[str]:
    """All elements that a token can share a way with: not past a gateway where branches part or meet, nor past an
    event beside an activity, which begins a branch that nobody waits for.
    """
    found, pending = set[str](), [key]
    while pending:
        one = pending.pop()
        if one not in found and one in chart and chart.kind(one) not in SIDE_BY_SIDE and one not in chart.beside:
            found.add(one)
            pending.extend((*chart.following(one), *chart.leading(one)))
    return found
