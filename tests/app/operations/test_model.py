"""The office against a model of plain dictionaries: whatever people do in whatever order, both tell the same.

Hypothesis chooses the order (the same on every run); the model remembers who holds what, which tasks are open, which
promises stand and what is over.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.cli import release_files
from app.operations import (
    auditing,
    background,
    case_guards,
    cases,
    force_majeure,
    handing_on,
    migrating,
    processes,
    recalling,
    suspending,
    tasks,
)
from app.operations.demo.staff import STAFF
from app.operations.lists_for_forms import form_of
from app.operations.refreshing import refresh
from app.store import transaction
from app.store.database import db
from app.store.ids import uuid7
from app.store.recounting import Hull
from engine.errors import CaseSuspended, EngineError, NotAllowed, TaskNotOpen, TaskTaken
from tests.app.operations.crashing import Crashed, Statements, die
from tests.app.operations.office import Office
from tests.app.operations.test_force_majeure import proposal
from tests.conftest import NAME, close_pool
from tests.hammer.audit import case_faults

QUICK = settings(
    max_examples=12, stateful_step_count=25, derandomize=True, deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
MOST_CASES = 4
anything = st.integers(0, 99)


class Machine(RuleBasedStateMachine):
    cluster = application = furnished = None
    papers = {}  # what was once inspected is known to every run

    def __init__(self):
        super().__init__()
        name, people = self.furnished
        close_pool(self.application)
        self.cluster.copy(name, NAME)
        self.office = Office(dict(people))
        self.open, self.holder, self.promise, self.over, self.wish = {}, {}, {}, set(), {}
        self.gone, self.last, self.touched = set(), None, set()
        self.back, self.still = {}, set()
        self.newer, self.put_back = None, set()

    # --- what the model knows

    def look(self, case_id):
        """The open tasks as they are, by id; new ones are taken into the model, none may come back."""
        case = self.office.case(case_id).case
        now = {one.id: one for one in case.tasks}
        assert not now.keys() & self.gone, "a task that was over is open again"
        self.touched.add(case_id)
        return case, now

    def moved(self, case_id, completed=()):
        """A step was done: what it completed is over, what it cancelled too, what it opened is held by nobody."""
        case, now = self.look(case_id)
        assert not set(completed) & now.keys()
        self.gone |= self.open[case_id] - now.keys()
        self.open[case_id] = set(now)
        self.holder = {task: who for task, who in self.holder.items() if task not in self.gone}
        if case.closed:
            self.over.add(case_id)
        self.promise[case_id] = self.promised(case_id)

    def promised(self, case_id):
        with transaction() as store:
            return store.case_lists.case_row(case_id).promised_at

    def some_task(self, number):
        found = [(case, task) for case in sorted(self.open) for task in sorted(self.open[case])]
        if not found:
            return None
        case_id, id = found[number % len(found)]
        return case_id, self.office.case(case_id).case.task(id)

    def some_case(self, number):
        return sorted(self.open)[number % len(self.open)]

    def fit(self, case_id, task, number):
        """Somebody who may do a task: its holder, else one of its role."""
        if task.id in self.holder:
            return self.holder[task.id]
        if task.role == "PM":
            return "pemohon"
        if task.unit:
            return f"{'tim' if task.role == 'TT' else 'ketua'}-{task.unit.lower()}"
        found = [one.login for one in STAFF if task.role in one.grants]
        return found[number % len(found)]

    # --- what people do

    @initialize()
    def begins_with_two_files_at_the_verifier(self):
        self.office.papers = self.papers
        for permit in ("SIPB", "PEN"):
            case_id = self.office.registered(permit)
            self.open[case_id] = set()
            self.moved(case_id)

    @precondition(lambda self: len(self.open) < MOST_CASES)
    @rule(permit=st.sampled_from(["SIPB", "PEN"]))
    def opens(self, permit):
        case_id = self.office.open(permit)
        self.open[case_id] = set()
        self.moved(case_id)
        assert len(self.open[case_id]) == 1

    @precondition(lambda self: self.open)
    @rule(number=anything, someone=anything)
    def claims(self, number, someone):
        found = self.some_task(number)
        if found is None:
            return
        case_id, task = found
        who = STAFF[someone % len(STAFF)].login if someone % 3 == 0 else self.fit(case_id, task, someone)
        try:
            tasks.claim_task(UUID(task.id), self.office.people[who], self.office.at)
        except TaskTaken:
            assert self.holder[task.id] != who
        except CaseSuspended:
            assert case_id in self.still
        except NotAllowed:
            assert task.role not in dict(self._roles()).get(who, ()) or task.not_same_as
        except EngineError:
            assert self.holder.get(task.id) != who
        else:
            assert self.holder.get(task.id, who) == who
            self.holder[task.id] = who
        self.touched.add(case_id)

    @precondition(lambda self: self.open)
    @rule(number=anything, someone=anything, by=st.sampled_from(["kasi", "kabid", "loket", "pengawas"]))
    def hands_a_task_on(self, number, someone, by):
        found = self.some_task(number)
        if found is None:
            return
        case_id, task = found
        others = [one.login for one in STAFF if task.role in one.grants] or ["verifikator"]
        to = others[someone % len(others)]
        people = self.office.people
        try:
            handing_on.hand_on(UUID(task.id), people[to], "Sedang di lapangan", people[by], self.office.at)
        except EngineError:
            assert by in ("loket", "pengawas") or task.role in ("PM", "TT", "KT") or task.not_same_as
        else:
            assert by not in ("loket", "pengawas")
            self.holder[task.id] = to
        self.touched.add(case_id)

    def _roles(self):
        return [(one.login, one.grants) for one in STAFF]

    @precondition(lambda self: self.open)
    @rule(
        number=anything, someone=anything, outcome=st.sampled_from([0, 0, 0, 1, 2]), crash=st.sampled_from([0, 9, 30])
    )
    def completes(self, number, someone, outcome, crash):
        """With any outcome; sometimes the machine dies at a statement on the way, and the page is sent again."""
        found = self.some_task(number)
        if found is None:
            return
        case_id, task = found
        who = self.fit(case_id, task, someone)
        typed = self.typed(case_id, task, who)
        with transaction() as store:
            outcomes = [value for value, _ in form_of(store.cases.see(case_id), task).outcomes]
        chosen = outcomes[outcome % len(outcomes)] if outcomes else ""
        page = (UUID(task.id), typed, chosen, self.office.people[who], self.office.at, uuid4())
        before = set(self.open[case_id]), dict(self.holder)
        try:
            told = self.sent(page, crash)
        except EngineError:
            return self.touched.add(case_id)  # barred, held by another, or a form that this outcome wants otherwise
        assert case_id not in self.still
        self.moved(case_id, {task.id})
        self.last, self.back[case_id] = (page, told), (task, *before)
        return None

    @precondition(lambda self: self.open)
    @rule(number=anything, someone=anything, steps=st.integers(1, 4))
    def carries_a_file_on(self, number, someone, steps):
        """Step after step with the first outcome, as it mostly goes."""
        for _ in range(steps):
            self.completes(number, someone, 0, 0)

    def typed(self, case_id, task, who):
        self.office.papers = self.papers
        typed = self.office.typed(case_id, task.element, who)
        self.touched.add(case_id)
        return typed

    def sent(self, page, crash):
        if crash:
            with Statements(db.engine, crash, die):
                try:
                    return tasks.complete_task(*page)
                except Crashed:
                    assert self.office.case(self._case_of(page[0])).case.task(str(page[0])), "half of it was done"
        return tasks.complete_task(*page)

    def _case_of(self, task):
        return next(case for case, found in self.open.items() if str(task) in found)

    @precondition(lambda self: self.last)
    @rule()
    def sends_the_last_page_again(self):
        page, told = self.last
        again = tasks.complete_task(*page)
        assert again.repeated
        assert (again.case_id, again.number, again.state) == (told.case_id, told.number, told.state)
        try:
            tasks.complete_task(*page[:5], uuid4())
        except (TaskNotOpen, EngineError):
            self.touched.add(told.case_id)
        else:
            raise AssertionError("a task was completed twice")

    @precondition(lambda self: self.back)
    @rule(number=anything)
    def takes_the_last_step_back(self, number):
        """Whether it may be taken back or not: what is open then is what was open before, or what is open now."""
        case_id = sorted(self.back)[number % len(self.back)]
        task, before, holder = self.back[case_id]
        try:
            recalling.recall(case_id, self.office.people["proses"], self.office.at, "Tombol keliru")
        except EngineError:
            return self.touched.add(case_id)
        assert task.role != "PM"
        assert case_id not in self.still | self.over
        self.gone = (self.gone | self.open[case_id]) - before
        self.holder |= {one: who for one, who in holder.items() if one in before}
        self.open[case_id] = before
        self.moved(case_id)
        del self.back[case_id]
        self.last = None if self.last and str(self.last[0][0]) == task.id else self.last
        return None

    @precondition(lambda self: self.open)
    @rule(number=anything)
    def suspends_a_file_or_resumes_it(self, number):
        case_id = self.some_case(number)
        act = suspending.resume if case_id in self.still else suspending.suspend
        try:
            act(case_id, "Diagram diperiksa", self.office.people["proses"], self.office.at)
        except EngineError:
            assert case_id in self.over
        else:
            self.still ^= {case_id}
            self.touched.add(case_id)

    @precondition(lambda self: self.open)
    @rule(number=anything)
    def withdraws(self, number):
        case_id = self.some_case(number)
        may = case_guards.WITHDRAW in self.office.case(case_id).case.waiting
        try:
            cases.withdraw(case_id, self.office.people["pemohon"], self.office.at)
        except EngineError:
            assert not may or case_id in self.still
        else:
            assert may
            self.moved(case_id)

    @precondition(lambda self: self.open)
    @rule(number=anything, days=st.integers(1, 20))
    def asks_for_a_hold(self, number, days):
        case_id, at = self.some_case(number), self.office.at
        try:
            found = cases.ask_hold(
                case_id, "Sedang di luar kota", at + timedelta(days=days), self.office.people["pemohon"], at
            )
        except EngineError:
            return
        assert case_id not in self.wish
        self.wish[case_id] = found, days
        self.touched.add(case_id)

    @precondition(lambda self: self.wish)
    @rule(number=anything, granted=st.booleans())
    def decides_a_hold(self, number, granted):
        case_id = sorted(self.wish)[number % len(self.wish)]
        hold, days = self.wish[case_id]
        until, before = self.office.at + timedelta(days=days), self.promise[case_id]
        try:
            cases.decide_hold(hold, granted, until, "Tidak perlu", self.office.people["kasi"], self.office.at)
        except EngineError:
            assert granted  # its clock does not run any more
            return
        del self.wish[case_id]
        self.moved(case_id)
        assert granted or self.promise[case_id] == before
        assert self.promise[case_id] is None or before is None or self.promise[case_id] >= before

    # --- another release comes into effect

    @precondition(lambda self: self.open and self.newer is None)
    @rule()
    def deploys_another_release(self):
        files = {**release_files(), "README.md": b"terbitan berikut"}
        self.newer = processes.deploy(files, "berikut", self.office.at, True, self.office.people["proses"]).id

    @precondition(lambda self: self.newer)
    @rule(number=anything)
    def moves_a_file_to_it(self, number):
        case_id, before = self.some_case(number), self.office.case(self.some_case(number))
        try:
            migrating.migrate(case_id, self.newer, "Perubahan SOP", self.office.people["proses"], self.office.at)
        except EngineError:
            assert case_id in self.over or before.case.deployment.id == self.newer
            return
        self.touched.add(case_id)
        self.put_back.add((case_id, self.office.case(case_id).seq))

    @precondition(lambda self: self.put_back)
    @rule(number=anything)
    def puts_a_file_back(self, number):
        case_id, seq = sorted(self.put_back)[number % len(self.put_back)]
        self.put_back.discard((case_id, seq))
        unmoved = self.office.case(case_id).seq == seq
        try:
            migrating.put_back(case_id, self.office.people["proses"], self.office.at)
        except EngineError:
            assert not unmoved
        else:
            assert unmoved
            assert self.office.case(case_id).case.deployment.id != self.newer
        self.touched.add(case_id)

    # --- what happens to all of them

    @precondition(lambda self: self.open)
    @rule(hours=st.integers(2, 60))
    def declares_kahar(self, hours):
        at = self.office.later(seconds=1)  # the very same event is declared once
        wanted = proposal(at - timedelta(hours=hours), at - timedelta(hours=1))
        found = force_majeure.propose(wanted, self.office.people["kabid"], at)
        with transaction() as store:
            revision = store.calendars.revision()
        force_majeure.establish(found, f"KEP/{uuid4()}", revision, self.office.people["kadis"], at)
        self._never_earlier()

    @precondition(lambda self: self.open)
    @rule(days=st.integers(-3, 10))
    def enters_a_holiday_late(self, days):
        """There is no page for it yet; the store does what one would."""
        at = self.office.at
        day = at.replace(hour=0, minute=0) + timedelta(days=days)
        with transaction() as store:
            values = {"since": day.date(), "hours": None, "label": "Cuti bersama", "decree": "SKB (contoh)"}
            store.calendars.add_entry(uuid7(), at, None, kind="DAY", **values)
            revision = store.calendars.new_revision("cuti bersama", at)
            refresh(store, Hull(day, None, "kalender", at, revision))
        self._never_earlier()

    @precondition(lambda self: self.open)
    @rule(days=st.integers(-3, 3), closes=st.sampled_from(("09:30", "11:00", "15:00")))
    def changes_the_counters_hours(self, days, closes):
        """Steps at the counter are counted anew; no promise to anybody moves."""
        at, before = self.office.at, dict(self.promise)
        day = at.replace(hour=0, minute=0) + timedelta(days=days)
        hours = {str(weekday): [["08:00", closes]] for weekday in range(5)}
        with transaction() as store:
            values = {"since": day.date(), "hours": hours, "decree": "SK Loket (contoh)", "unit": "LOKET"}
            store.calendars.add_entry(uuid7(), at, None, kind="WEEK", **values)
            revision = store.calendars.new_revision("jam loket", at)
            refresh(store, Hull(day, None, "kalender", at, revision))
        self._never_earlier()
        assert self.promise == before

    def _never_earlier(self):
        for case_id, before in self.promise.items():
            after = self.promised(case_id)
            assert before is None or after is None or after >= before
            self.promise[case_id] = after
            self.touched.add(case_id)

    @rule(hours=st.sampled_from([1, 8, 30, 200, 500]))
    def lets_time_pass(self, hours):
        self.office.later(hours=hours)
        while (found := background.wake_one(self.office.at)) is not None:
            self.moved(found)
        background.warn_due(self.office.at)

    # --- what always holds

    @invariant()
    def tells_the_same(self):
        for case_id in self.touched:
            case, now = self.look(case_id)
            assert set(now) == self.open[case_id]
            assert case.closed == (case_id in self.over)
            people = {id: login for login, id in self.office.people.items()}
            held = {id: people[one.assignee] for id, one in now.items() if one.assignee}
            assert held == {task: who for task, who in self.holder.items() if task in now}
            assert self.promised(case_id) == self.promise[case_id]
            with transaction() as store:
                assert not any(case_faults(store, case_id, self.office.at).values())
        self.touched.clear()

    def teardown(self):
        assert auditing.verify().faults == ()


def test_whatever_people_do_in_whatever_order_the_office_and_the_model_agree(cluster, application, furnished):
    ground = {"cluster": cluster, "application": application, "furnished": furnished}
    with application.app_context():
        run_state_machine_as_test(type("Ground", (Machine,), ground), settings=QUICK)
    close_pool(application)
