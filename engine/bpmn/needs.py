"""What the way onward reads that a case does not have: why it can go on neither at its step nor at another.

A name counts as missing where something may be reached that cannot do without it, before anything leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.bpmn.charts import Chart
from engine.bpmn.tours import Search, Tour
from engine.errors import Sentence


@dataclass(frozen=True)
class Standing:
    """Where an open task stands, and what its case has.

    `done`: elements completed in its flow, with those that an event broke off, which are `broken` too; `data`: names,
    with the parts of those that have some; `callers`: what holds its flow, inmost first; `beside`: other open elements
    of its flow.  `within`: the step and the sub-processes that are left with it, inmost first up to `element`; () where
    the step itself is all.
    """

    element: str
    done: frozenset[str]
    data: Mapping[str, frozenset[str]]
    callers: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()
    within: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()

    @property
    def around(self) -> tuple[str, ...]:
        """The step and what is left with it."""
        return self.within or (self.element,)


@dataclass
class Needs:
    """The needs of a pair of charts, each looked for once; `labels`: (form, field) of the new -> what it is called."""

    old: Chart
    new: Chart
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _readers: dict[tuple[str, str, tuple[str, ...], bool], str] = field(default_factory=dict)
    _old_readers: dict[tuple[str, str, tuple[str, ...]], str] = field(default_factory=dict)
    _ways_behind: dict[str, frozenset[str]] = field(default_factory=dict)
    _done_before: dict[tuple[bool, str, tuple[str, ...]], frozenset[str]] = field(default_factory=dict)

    def lacks(self, here: Standing) -> str:
        """Why a case cannot go on at its own step: what may be done before it and is read after it now is not there.

        Of what the case went through in the old version everything was left that there was to leave.
        """
        key = here.element
        if key not in self.old or key not in self.new or self.new.inner(key):
            return ""  # of what it holds or calls, what is open inside tells
        mine = {one for one in here.done - here.broken if one in self.old}
        old = self._before(self.old, "", here.callers) | mine
        had = self._had(here) | frozenset().union(*(self.old.leaves(one) for one in old))
        for name in (one for one in self._read_names if one not in had):
            reader = self._reader(name, key, here.callers)
            if reader and not self._reader_before(name, key, here.callers) and self._missed(name, key, here):
                return self._missing(name, frozenset(self.new.sheets), reader)
        return self._lacks_in_papers(here, had) or self._lacks_part(here, key)

    @cached_property
    def _read_names(self) -> tuple[str, ...]:
        found = frozenset[str]().union(*self.new.reads.values())
        return tuple(sorted(one for one in found if "." not in one))

    def _missed(self, name: str, key: str, here: Standing) -> bool:
        """Whether something that leaves a name lies behind a case, on some way to where it stands.

        Also where the case may come through that again: a second round may lead around it, as an objection does.
        """
        places = [one for one in (key, *here.callers) if one in self.new]
        return any(name in self.new.leaves(each) for one in places for each in self._behind(one))

    def _behind(self, key: str) -> frozenset[str]:
        if key not in self._ways_behind and key in self.new:
            starts = self.new.starts(self.new.holder(key))
            self._ways_behind[key] = Tour(self.new, starts).between(starts, {key})
        return self._ways_behind.get(key, frozenset())

    def _lacks_in_papers(self, here: Standing, had: frozenset[str]) -> str:
        """The same of letters, which tell of a step that every case goes through before."""
        key, before = here.element, self._before(self.new, here.element, here.callers)
        for name in sorted(self._left(before) - had):
            if reader := self._reader(name, key, here.callers, papers=True):
                return self._missing(name, before, reader)
        return ""

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

    def refused(self, here: Standing, key: str, passed: frozenset[str], perhaps: frozenset[str]) -> str:
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
        writers = [key for key in self.new.sheets if key in passed and name in self.new.leaves(key)]
        writers.sort(key=lambda one: (one != name, bool(self.new.inner(one))))  # itself before what it stands in
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
        return _read_onward(self.new, Search(self.new, name, papers), key, callers)

    def _reader_before(self, name: str, key: str, callers: tuple[str, ...]) -> str:
        """The same on the old version."""
        known = (name, key, callers)
        if known not in self._old_readers:
            self._old_readers[known] = _read_onward(self.old, Search(self.old, name, papers=False), key, callers)
        return self._old_readers[known]


def _read_onward(chart: Chart, search: Search, key: str, callers: tuple[str, ...]) -> str:
    begins: tuple[str, ...] = (key,)
    for caller in (*callers, ""):
        reader, ends = search.from_(begins)
        if reader or not ends or caller not in chart:
            return reader
        begins = chart.following(caller)
    return ""
