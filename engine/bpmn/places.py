"""Where the token of a step that is gone may go on, and what such a leap passes over, does again, or would lack.

A place on the new diagram is looked for from where the case stands: behind the
nearest steps before its own that are still drawn.  What every way from there
goes through is passed over for certain, what only some go through perhaps.  A
place from which the way onward needs what the case does not have is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.bpmn.charts import Chart
from engine.bpmn.elements import ACTIVITIES, HUMAN
from engine.bpmn.tours import Search, Tour
from engine.errors import Sentence

SIDE_BY_SIDE = ("parallelGateway", "inclusiveGateway")


@dataclass(frozen=True)
class Standing:
    """Where an open task stands, and what its case has.

    `done`: elements completed in its flow; `data`: names, with the parts of those that have some; `callers`: what holds
    its flow, inmost first; `beside`: other open elements of its flow.
    """

    element: str
    done: frozenset[str]
    data: Mapping[str, frozenset[str]]
    callers: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """A step a case may be taken to.

    `skipped`, `perhaps`, `again`: names of steps and services that are passed over, that are on some ways, and that are
    done once more; `refused`: why it cannot be taken there, "" where it can.
    """

    id: str
    name: str
    skipped: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    refused: str = ""


@dataclass
class Places:
    """The places of a pair of charts, each way looked for once.

    `labels`: (form, field) of the new version -> what the field is called.
    """

    old: Chart
    new: Chart
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _ways: dict[tuple[str, str], tuple[frozenset[str], frozenset[str], str]] = field(default_factory=dict)
    _readers: dict[tuple[str, str, tuple[str, ...], bool], str] = field(default_factory=dict)
    _tours: dict[tuple[str, ...], Tour] = field(default_factory=dict)
    _done_before: dict[tuple[bool, str, tuple[str, ...]], frozenset[str]] = field(default_factory=dict)

    def of(self, here: Standing) -> tuple[Place, ...]:
        """The places for an open task, those that are refused among them; none where no choice can help."""
        if here.element not in self.old:
            return ()
        home, events = self.old.holder(here.element), _catching(self.old, here.element)
        near = (key for key in self.new.sheets if self.new.kind(key) in HUMAN and self.new.holder(key) == home)
        fit = (key for key in near if _catching(self.new, key) == events and not _repeated(self.new, key))
        return tuple(self._place(here, key) for key in fit if self._same_branch(here, key))

    def _place(self, here: Standing, key: str) -> Place:
        must, may, which = self._way(here.element, key)
        passed = must if which != "behind" else frozenset[str]()
        if which == "ahead":
            comes_again = self.old.reached(self.old.following(here.element))
            passed = frozenset(one for one in must if one not in here.done or one in comes_again)
        elif which == "aside":
            passed = must - here.done
        perhaps = may - must if which == "ahead" else frozenset[str]()
        again = frozenset(one for one in (*must, *may) if one in here.done) if which == "behind" else frozenset[str]()
        skipped, maybe, anew = (self._told(one) for one in (passed, perhaps, again))
        return Place(key, self.new.name(key), skipped, maybe, anew, self._refused(here, key, passed, perhaps))

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
        if there is not None and (back is None or there <= back):
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
        region = _region(self.new, key)
        near = (*self.entries(here.element), *self._nearest(here.element, self.old.leading))
        if region & set(near):
            return True
        return not here.beside and self._alone(key)

    def _alone(self, key: str) -> bool:
        """Whether one token that goes on from here is waited for by nobody: branches part again before they meet."""
        tour = self._tour((key,))
        gates = [one for one in tour.seen if self.new.kind(one) in SIDE_BY_SIDE]
        meets = (one for one in gates if len(self.new.leading(one)) > 1)
        return all(
            any(len(self.new.following(one)) > 1 for one in tour.dominators(join) if one in gates) for join in meets
        )

    # --- what is needed onward

    def lacks(self, here: Standing) -> str:
        """Why a case cannot go on at its own step: what is done before it and read after it now is not there.

        Of what the case went through in the old version everything was left that there was to leave.
        """
        key = here.element
        if key not in self.old or key not in self.new or self.new.inner(key):
            return ""  # of what it holds or calls, what is open inside tells
        mine = {one for one in here.done if one in self.old}
        new, old = self._before(self.new, key, here.callers), self._before(self.old, "", here.callers) | mine
        had = self._had(here) | frozenset().union(*(self.old.leaves(one) for one in old))
        for name in sorted(self._left(new) - had):
            if reader := self._needs(name, here, key, sure=True):
                return self._missing(name, new, reader)
        return self._lacks_part(here, key)

    def _lacks_part(self, here: Standing, key: str) -> str:
        """The same of single answers: asked of a step that was done before they were."""
        for name, part in (one.split(".", 1) for one in self._fresh_parts):
            given = here.data.get(name, frozenset())
            if given and part not in given and (reader := self._reader(f"{name}.{part}", key, here.callers)):
                step = self.new.name(name) if name in self.new else name
                told = "Belum ada pada berkas: isian %(field)s pada %(step)s, yang dipakai %(reader)s"
                label = self.labels.get((self.new.form(name), part), part)
                return Sentence(told, field=label, step=step, reader=self.new.name(reader))
        return ""

    @cached_property
    def _fresh_parts(self) -> tuple[str, ...]:
        """Answers that the new version reads and the old one read nowhere."""
        new, old = (frozenset[str]().union(*chart.reads.values()) for chart in (self.new, self.old))
        return tuple(sorted(one for one in new - old if "." in one))

    def _before(self, chart: Chart, key: str, callers: tuple[str, ...]) -> frozenset[str]:
        """What is certainly done before an element, and before each of what its flow is called by."""
        known = (chart is self.new, key, callers)
        if known not in self._done_before:
            steps = (one for one in (key, *callers) if one in chart)
            ways = (Tour(chart, chart.starts(chart.holder(one))).required(one) for one in steps)
            self._done_before[known] = frozenset[str]().union(*ways)
        return self._done_before[known]

    def _had(self, here: Standing) -> frozenset[str]:
        """What the case has, or is still brought by what is open beside."""
        brought = (self.new.leaves(one) for one in self.new.reached(here.beside))
        return frozenset(here.data).union(self.old.records(here.data), self.new.records(here.data), *brought)

    def _missing(self, name: str, passed: frozenset[str], reader: str) -> str:
        told = "Belum ada pada berkas: hasil %(step)s, yang dipakai %(reader)s"
        return Sentence(told, step=self._source(name, passed), reader=self.new.name(reader))

    def _refused(self, here: Standing, key: str, passed: frozenset[str], perhaps: frozenset[str]) -> str:
        """What is read on the way onward, would have been left by what is passed over, and is not there."""
        had = self._had(here)
        sure, some = self._left(passed) - had, self._left(passed | perhaps) - had
        for name in sorted(some):
            if reader := self._needs(name, here, key, name in sure):
                return self._missing(name, passed | perhaps, reader)
        return self._lacks_part(here, key)

    def _left(self, keys: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*(self.new.leaves(one) for one in keys))

    def _source(self, name: str, passed: frozenset[str]) -> str:
        """Which of the elements passed over leaves a name, as it is called."""
        writers = (key for key in self.new.sheets if key in passed and name in self.new.leaves(key))
        return next((self.new.name(key) for key in writers), name)

    def _needs(self, name: str, here: Standing, key: str, sure: bool) -> str:
        """Who cannot do without a name on the way onward: a step, or a letter where it is missing for certain."""
        return self._reader(name, key, here.callers) or (
            self._reader(name, key, here.callers, papers=True) if sure else ""
        )

    def _reader(self, name: str, key: str, callers: tuple[str, ...], papers: bool = False) -> str:
        """The first element on the way onward that reads a name which nothing has written by then; "" for none."""
        known = (name, key, callers, papers)
        if known not in self._readers:
            self._readers[known] = self._read_by(*known)
        return self._readers[known]

    def _read_by(self, name: str, key: str, callers: tuple[str, ...], papers: bool) -> str:
        search = Search(self.new, name, papers)
        begins: tuple[str, ...] = (key,)
        for caller in (*callers, ""):
            reader, ends = search.from_(begins)
            if reader or not ends or caller not in self.new:
                return reader
            begins = self.new.following(caller)
        return ""


def _catching(chart: Chart, key: str) -> tuple[str, ...]:
    return tuple(what for what, _ in chart.boundaries(key))


def _repeated(chart: Chart, key: str) -> bool:
    return any(one.tag.endswith("LoopCharacteristics") for one in chart.node(key) if isinstance(one.tag, str))


def _region(chart: Chart, key: str) -> set[str]:
    """All elements that a token can share a way with, not passing a gateway where branches part or meet."""
    found, pending = set[str](), [key]
    while pending:
        one = pending.pop()
        if one not in found and one in chart and chart.kind(one) not in SIDE_BY_SIDE:
            found.add(one)
            pending.extend((*chart.following(one), *chart.leading(one)))
    return found
