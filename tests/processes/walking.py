"""A file carried through the office at the engine's level: people, buttons, dates, and what came of it.

A `Walk` holds one case.  Every step is done on another deployment of the same
files than the step before it, from the text of the snapshot alone, so nothing
lives on between steps but what is saved.  After every step it looks whether
the case is in order (`in_order`).
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from engine import bpmn, case, deployment
from engine.access import Actor, Grant
from engine.case import Facts
from engine.clocks import Calendar, DayEntry, WeekEntry, World, YearEntry
from engine.effects import Assess, IssueLetter, Notify, OpenRefund, ReserveNumber
from engine.forms import Submission
from tests.processes.order import in_order

ROOT = Path(__file__).resolve().parents[2]
WIB = ZoneInfo("Asia/Jakarta")
LONG_AGO = datetime(2018, 2, 8, tzinfo=WIB)
A_WHILE = timedelta(minutes=10)
MOST_STEPS = 200


@cache
def files():
    """The release as it lies in the folders, by path."""
    found = (one for folder in ("processes", "forms") for one in sorted((ROOT / folder).rglob("*")))
    return {one.relative_to(ROOT).as_posix(): one.read_bytes() for one in found if one.is_file()}


def release():
    """The release, freshly built."""
    return deployment.build(UUID(int=1), 1, files())


@cache
def shelf():
    """Two builds of the same release, between which a walk changes at every step."""
    return release(), release()


@cache
def world():
    """The calendar of `processes/catalogue/calendar.json`, nothing declared."""
    return World(Calendar(tuple(_entries(shelf()[0].catalogue.calendar))), ())


def _entries(calendar):
    for row in calendar["weeks"]:
        week = {int(day): _hours(hours) for day, hours in row["hours"].items()}
        until = date.fromisoformat(row["until"]) if row["until"] else None
        yield WeekEntry(date.fromisoformat(row["since"]), until, week, LONG_AGO, row["decree"])
    for row in calendar["days"]:
        yield DayEntry(date.fromisoformat(row["since"]), _hours(row["hours"]), LONG_AGO, row["decree"], row["label"])
    for row in calendar["years"]:
        yield YearEntry(row["year"], LONG_AGO, row["decree"])


def _hours(pairs):
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs)


def wib(text):
    """`"2026-08-03 09:00"` as an instant of Metro."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def person(name, *grants):
    """An official; grants are role codes, or `(role, unit)`."""
    held = tuple(Grant(*one) if isinstance(one, tuple) else Grant(one) for one in grants)
    return Actor(uuid5(NAMESPACE_URL, name), name, "official", held)


def holder(role, unit=""):
    """The one who holds a role and nothing else."""
    return person(f"{role} {unit}".strip(), (role, unit))


def applicant(name="Sri Wahyuni"):
    return Actor(uuid5(NAMESPACE_URL, name), name, "applicant")


class Walk:
    """One case and everything that was told of it: `events`, `letters`, `notices`, `assessments`, `refunds`.

    `moments`: the case as it stood at the end of each instant; `tasks_seen`: every task as it was first open.
    """

    def __init__(self, permit="TRY", opened="2026-08-03 08:00", *, channel="daring", alternate=True, **facts):
        self.applicant = applicant()
        self.alternate = alternate
        self.now = wib(opened)
        self.events, self.effects, self.numbers = [], [], 0
        self.moments, self.tasks_seen = {}, {}
        self.case = None
        self.data = {}
        known = Facts(permit, "baru", self.applicant.id, channel=channel, **facts)
        self.file = uuid5(NAMESPACE_URL, f"{permit} {opened}")
        self._take(case.open_case(self.file, shelf()[0], known, self.applicant, self.now))

    # --- what can be done

    def do(self, element, outcome="", at=None, *, by=None, unit="", **routes):
        """Complete the open task of that element with an outcome (the form's first by default)."""
        task = self.task(element, unit)
        self._move_to(at)
        form = self.case.deployment.forms[task.form_key]
        chosen = outcome or form.outcomes[0][0]
        assert chosen in dict(form.outcomes), f"{element} has no button {chosen}"
        submission = Submission(form.key, form.version, {}, self._routes(task, routes), frozenset(), chosen)
        self._take(case.complete_task(self._saved(), task.id, submission, by or self.doer(task), self.now))
        return self

    def each(self, element, outcome="", at=None, **outcomes):
        """Complete all open tasks of an element, one per agency; `PUPR="tidak_hadir"` for one that differs."""
        for unit in [one.unit for one in self.case.tasks if one.element == element]:
            self.do(element, outcomes.get(unit, outcome), at, unit=unit)
            at = None
        return self

    def carry_to(self, *elements):
        """Everybody does his task with the form's first button until one of these is open."""
        for _ in range(MOST_STEPS):
            if self.case.closed or any(one.element in elements for one in self.case.tasks):
                break
            task = self.case.tasks[0]
            self.do(task.element, unit=task.unit)
        assert any(one.element in elements for one in self.case.tasks), f"{elements} never came: {self.open}"
        return self

    def carry_out(self):
        """Everybody does his task with the form's first button until the file is closed."""
        for _ in range(MOST_STEPS):
            if self.case.closed:
                return self
            task = self.case.tasks[0]
            self.do(task.element, unit=task.unit)
        raise AssertionError("never ends")

    def withdraw(self, at=None, paid=False):
        return self.receive("pencabutan", at, sudah_bayar=paid, pada="")

    def reopen(self, at=None):
        return self.receive("buka_kembali", at)

    def receive(self, message, at=None, **payload):
        self._move_to(at)
        self._take(case.receive(self._saved(), message, payload, None, self.now))
        return self

    def wake(self, at):
        """The worker looks at the case at that instant."""
        self._move_to(at)
        self._take(case.wake(self._saved(), world(), self.now))
        return self

    def let_lapse(self):
        """Nobody does anything until the next thing is due."""
        due = case.wake_at(self.case, world(), self.now)
        assert due is not None, "nothing is awaited"
        return self.wake(due)

    def hold(self, until, at=None):
        self._move_to(at)
        self._take(case.grant_hold(self._saved(), wib(until), holder("KS"), self.now))
        return self

    # --- what is seen

    @property
    def open(self):
        """Open elements, sorted; a member of a multi-instance with its agency."""
        return sorted(one.element for one in self.case.tasks)

    def task(self, element, unit=""):
        found = [one for one in self.case.tasks if one.element == element and unit in ("", one.unit)]
        assert found, f"{element} is not open, but {self.open}, waiting for {self.case.waiting}"
        return found[0]

    def doer(self, task):
        return self.applicant if task.role == "PM" else holder(task.role, task.unit)

    def reading(self, name, at=None):
        """The reading of the latest clock of that name."""
        clock = self.case.clock(name)
        assert clock is not None, f"no clock {name}"
        return case.read_clock(self.case, clock, world(), wib(at) if at else self.now)

    def task_reading(self, element, at=None):
        task = self.task(element).id
        clock = next(one for one in self.case.clocks if one.task == task)
        return case.read_clock(self.case, clock, world(), wib(at) if at else self.now)

    @property
    def letters(self):
        return [one.letter for one in self.effects if isinstance(one, IssueLetter)]

    @property
    def notices(self):
        return [one.notice for one in self.effects if isinstance(one, Notify)]

    @property
    def assessments(self):
        return [one.kind for one in self.effects if isinstance(one, Assess)]

    @property
    def refunds(self):
        return [one.reason for one in self.effects if isinstance(one, OpenRefund)]

    @property
    def passed(self):
        """Elements and flows passed, in order."""
        return [one for event in self.events for one in event.body.get("passed", ())]

    @property
    def outcomes(self):
        """(element, button) of every completed task, in order."""
        return [(one.element, one.body["outcome"]) for one in self.events if one.kind == "task_completed"]

    def times(self, element):
        return sum(1 for one, _ in self.outcomes if one == element)

    def position(self):
        return bpmn.read(self.case.deployment.definition, self.case.snapshot)

    # --- inside

    def _move_to(self, at):
        self.now = wib(at) if isinstance(at, str) else at or self.now + A_WHILE

    def _saved(self):
        """The case as another process of the office would find it."""
        if not self.alternate:
            return self.case
        first, second = shelf()
        other = second if self.case.deployment is first else first
        text = self.case.snapshot.encode().decode()
        assert bpmn.read(other.definition, text) == self.position()
        return replace(self.case, deployment=other, snapshot=text)

    def _routes(self, task, given):
        permit = self.case.deployment.catalogue.permits[self.case.facts.permit]
        if task.element == "tentukan_jalur":
            flags = {name: permit.flags[name] for name in ("butuh_tinjauan", "butuh_kajian", "butuh_rekomendasi")}
            return {**flags, "perangkat": list(permit.agencies), **given}
        if task.element == "jadwalkan":
            visit = (self.now + timedelta(days=1)).isoformat()
            return {"waktu": visit, "perangkat": list(permit.agencies), **given}
        return given

    def _take(self, step):
        before, self.case, self.data = self.case, step.case, step.data
        self.events.extend(step.events)
        self.moments[self.now] = self.case
        self.tasks_seen = {one.id: one for one in self.case.tasks} | self.tasks_seen
        self._answer(step)
        in_order(before, self.case, self.events, world(), self.now)

    def _answer(self, step):
        """The operation's part: what was asked is noted, numbers are given at once."""
        for effect in step.effects:
            self.effects.append(effect)
            if isinstance(effect, ReserveNumber) and effect.reply:
                self.numbers += 1
                answer = {"nomor": f"{self.numbers:03}", "tanggal": self.now.date().isoformat()}
                self._take(case.receive(self._saved(), effect.reply, answer, None, self.now))
