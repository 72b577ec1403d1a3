"""Ways through a chart: what stands between two of its elements, and who still needs what nobody has written by then.

What every way to an element goes through are its dominators (Prosser 1959); a
flow back to one of its own dominators closes a loop and leads nowhere new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.bpmn.charts import Chart


class Search:
    """Looks along the ways for a reader of one name, or of a part of it, ending each where the name is written.

    Behind a join is written what one of its branches writes; and a flow is over when all of its branches are, those
    beside an activity not waited for: so the end of a branch is an end without the name only where no other writes it.
    """

    def __init__(self, chart: Chart, name: str, papers: bool) -> None:
        self.chart, self.name, self.papers = chart, name, papers
        self._within: dict[str, tuple[str, bool]] = {}
        self._written_beside: dict[str, bool] = {}

    def from_(self, begins: Iterable[str], shut: Iterable[str] = ()) -> tuple[str, bool]:
        """A reader, and whether an end is come to without the name; what is `shut` is not entered."""
        first = [one for one in begins if one in self.chart]
        near, bare, seen, pending = self.chart.reached(first, shut), set[str](), {*shut}, [*first]
        while pending:
            key = pending.pop(0)
            if key in seen or not (key in first or self._bare_before(key, near, bare)):
                continue
            seen.add(key)
            reader, goes_on = self._at(key)
            if reader:
                return reader, False
            bare |= {key} if goes_on else set()
            pending.extend(self.chart.following(key) if goes_on else ())
        return "", self._ends([one for one in bare if self.chart.kind(one) == "endEvent"], first, near)

    def _bare_before(self, key: str, near: set[str], bare: set[str]) -> bool:
        """Whether an element may be come to without the name: a join by all of its branches."""
        if key not in self.chart or self.chart.kind(key) != "parallelGateway":
            return key in self.chart
        return all(one in bare for one in self.chart.leading(key) if one in near)

    def _ends(self, ends: list[str], begins: list[str], near: set[str]) -> bool:
        """Whether a flow may be over at one of these ends with nobody having written the name."""
        main = self.chart.reached(begins, self.chart.beside)
        forks = [one for one in near if self.chart.forks(one) and self._writes_beside(one)] if ends else []
        behind = [{*near} - self.chart.reached(begins, (fork,)) for fork in forks]
        return any(one in main and not any(one in each for each in behind) for one in ends)

    def _writes_beside(self, fork: str) -> bool:
        """Whether some branch of a fork surely writes the name, or comes back to the fork and so to that branch."""
        if fork not in self._written_beside:
            self._written_beside[fork] = False  # while it is looked for
            found = (self.from_((one,), (fork,)) for one in self.chart.following(fork))
            self._written_beside[fork] = ("", False) in found
        return self._written_beside[fork]

    def _at(self, key: str) -> tuple[str, bool]:
        """Who reads the name at an element or within it, and whether it is still unwritten after it."""
        writes = self.name.partition(".")[0] in self.chart.writes(key)
        reads = self.chart.reads_in_papers(key) if self.papers else self.chart.reads.get(key, frozenset())
        if self.name in reads:
            return key, False
        if writes or not self.chart.inner(key):
            return "", not writes
        if key not in self._within:
            self._within[key] = "", False  # should it call itself
            self._within[key] = self.from_(self.chart.inner(key))
        return self._within[key]


class Tour:
    """The ways from some elements onward, loops left aside."""

    def __init__(self, chart: Chart, begins: tuple[str, ...]) -> None:
        self.chart, self.begins = chart, begins
        self.seen = chart.reached(begins)
        self._before: dict[str, frozenset[str]] = {}

    def dominators(self, key: str) -> frozenset[str]:
        """What every way to an element goes through, itself left out."""
        if key not in self._before:
            others = (one for one in self.seen if one != key)
            cut = (one for one in others if key not in self.chart.reached(self.begins, (one,)))
            self._before[key] = frozenset(cut)
        return self._before[key]

    def required(self, to: str) -> frozenset[str]:
        """What is certainly done before an element: where branches meet, what each of them does."""
        found, pending = set[str](), [to]
        while pending:
            fresh = set(self.dominators(pending.pop())) - found - {to}
            found |= fresh
            for join in (one for one in fresh if self.chart.kind(one) == "parallelGateway"):
                arms = {one for one in self.chart.leading(join) if one in self.seen and self._onward(one, join)}
                pending.extend(arms - found)
                found |= arms
        return frozenset(found - {to})

    def _onward(self, key: str, to: str) -> bool:
        """Whether a flow leads on, and not back into a loop."""
        return to != key and to not in self.dominators(key)

    def following(self, key: str) -> tuple[str, ...]:
        return tuple(one for one in self.chart.following(key) if one in self.seen and self._onward(key, one))

    def leading(self, key: str) -> tuple[str, ...]:
        return tuple(one for one in self.chart.leading(key) if one in self.seen and self._onward(one, key))

    def distance(self, begins: tuple[str, ...], to: set[str]) -> int | None:
        """How many steps lie between; None where no way leads there."""
        rim, seen, steps = set(begins) & self.seen, set[str](), 0
        while rim:
            if rim & to:
                return steps
            seen |= rim
            rim = {one for key in rim for one in self.following(key)} - seen
            steps += 1
        return None

    def between(self, begins: tuple[str, ...], to: set[str]) -> frozenset[str]:
        """What stands on some way from `begins` to `to`, the latter left out."""
        ahead, back = self._closure(begins, self.following, to), self._closure(to, self.leading, set())
        return frozenset((ahead & back) - to)

    def _closure(self, begins: Iterable[str], ways: Callable[[str], tuple[str, ...]], stop: set[str]) -> set[str]:
        seen, pending = set[str](), [one for one in begins if one in self.seen]
        while pending:
            key = pending.pop()
            if key not in seen:
                seen.add(key)
                pending.extend(ways(key) if key not in stop else ())
        return seen
