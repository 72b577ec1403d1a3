"""What a benchmark hands in, and the page they make together: goals, what stands in the way, tables."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """# Benchmarks

Made by `make bench` in one run on one machine.  Only the ratios mean anything elsewhere, and they are best where other
work is kept away: what runs beside delays whoever waits most often.
The peers are fetched into `var/bench` by this command alone ([decision 20](decisions/0020-peers-in-the-benchmark.md)).

"""
IN_THE_WAY = """## What stands in the way

- **A completion reads before it may write.**  Its key, who acts, which case, the case under its lock, its tasks, its
  clocks, what was uploaded, the readings: questions the bare transaction does not ask.  Each is a round trip, and
  putting a statement together and reading its rows in Python takes longer than the server's answer.  What it writes
  travels with them and costs one round trip of its own ([decision 22](decisions/0022-writes-travel-together.md)); the
  bare transaction sends each by itself.
- **The engine's step** (read the snapshot, walk, fold, write it, compare what opened and closed) costs about as much
  again: SpiffWorkflow builds and searches its tree in Python.
- **Exact clocks.**  Every running clock is read anew in whole microseconds through the calendar, so that no promise is
  ever a guess.
- **A case with hundreds of rounds** has its finished tasks gone through by the server at each completion, a millisecond
  for a thousand: who did what decides who may not do the next step, and when it was open what a keadaan kahar touches.
  Only one row for each step and doer is read.  The engine's step itself does not grow.
- **Workers share the processors with the database**, and every wake waits for the disk once; more workers than
  processors only help while one of them waits.
"""


@dataclass(frozen=True)
class Goal:
    what: str
    wanted: str
    reached: str
    met: bool

    def row(self) -> str:
        return f"| {self.what} | {self.wanted} | {self.reached} | {'yes' if self.met else '**no**'} |\n"


@dataclass(frozen=True)
class Section:
    text: str
    goals: tuple[Goal, ...] = ()


def at_most(what: str, ratio: float, most: float) -> Goal:
    return Goal(what, f"≤ {most:g} ×", f"{ratio:.2f} ×", ratio <= most)


def ahead(what: str, ours: float, other: float) -> Goal:
    """Whether the other takes longer than we do."""
    return Goal(what, "ahead", f"{other / ours:.2f} × our time", other > ours)


def page(machine: str, sections: list[Section]) -> str:
    goals = "".join(goal.row() for section in sections for goal in section.goals)
    return (
        HEAD + machine + "\n\n## Goals\n\n| goal | wanted | reached | met |\n|---|---|---|---|\n" + goals + "\n"
        + IN_THE_WAY + "\n" + "\n".join(section.text for section in sections)
    )  # fmt: skip
