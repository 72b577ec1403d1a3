"""Two people on one file, statement by statement: whatever the order, one effect each and one course of events."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from app.operations import auditing, background, cases, force_majeure, tasks
from app.store import transaction
from app.store.database import db
from engine.errors import EngineError, TaskNotOpen, TaskTaken
from tests.app.operations.crashing import Statements
from tests.app.operations.stepping import interleaved
from tests.app.operations.test_force_majeure import proposal
from tests.conftest import NAME, PROCESS, close_pool
from tests.hammer.audit import case_faults

BEFORE = f"eperizinan_interleaved_{PROCESS}"
PLACES = 8


@pytest.fixture
def every_order(office, cluster, application):
    """`every_order(first, second)`: each waits in turn at several of its statements while the other goes on."""

    def walk(first, second):
        close_pool(application)
        cluster.copy(NAME, BEFORE)
        for acts in ((first, second), (second, first)):
            for place in _places(cluster, application, acts[0]):
                close_pool(application)
                cluster.copy(BEFORE, NAME)
                answers = interleaved(application, *acts, place)
                yield answers if acts[0] is first else answers[::-1]

    return walk


def _places(cluster, application, act):
    """After the first, before the last and some statements between: as many as there is time for."""
    close_pool(application)
    cluster.copy(BEFORE, NAME)
    with Statements(db.engine) as statements:
        act()
    return sorted({round(1 + (statements.count - 1) * share / (PLACES - 1)) for share in range(PLACES)})


@pytest.fixture
def verifying(office):
    """A file at the verifier's, his form filled in, and his task."""
    case_id = office.registered()
    typed = office.typed(case_id, "verifikasi_keabsahan", "verifikator")
    return case_id, UUID(office.task(case_id, "verifikasi_keabsahan").id), typed


def completing(office, verifying, by="verifikator"):
    _, task, typed = verifying
    return lambda: tasks.complete_task(task, typed, "sah", office.people[by], office.at)


def sound(office, case_id):
    """The chain is whole; tasks, snapshot, events and readings agree."""
    assert auditing.verify(case_id).faults == ()
    with transaction() as store:
        assert not any(case_faults(store, case_id, office.at).values()), case_faults(store, case_id, office.at)


def done(office, case_id, element):
    return sum(one.times for one in office.case(case_id).case.done if one.element == element)


def refusals(answers, kind):
    unexpected = [one for one in answers if isinstance(one, Exception) and not isinstance(one, EngineError)]
    assert not unexpected
    return [isinstance(one, kind) for one in answers].count(True)


def test_two_completions_of_one_task_in_any_order_are_one(office, verifying, every_order):
    acts = completing(office, verifying), completing(office, verifying, "verifikator2")
    for answers in every_order(*acts):
        assert refusals(answers, TaskNotOpen) == 1
        assert done(office, verifying[0], "verifikasi_keabsahan") == 1
        sound(office, verifying[0])


def test_a_completion_and_a_withdrawal_in_any_order_end_withdrawn(office, verifying, every_order):
    case_id = verifying[0]
    withdrawing = lambda: cases.withdraw(case_id, office.people["pemohon"], office.at)  # noqa: E731
    for answers in every_order(completing(office, verifying), withdrawing):
        assert answers[1] == case_id
        assert office.case(case_id).case.state == "DICABUT"
        assert done(office, case_id, "verifikasi_keabsahan") == 1 - refusals(answers, EngineError)
        sound(office, case_id)


def test_a_completion_and_a_wake_in_any_order_leave_one_course_of_events(office, every_order):
    case_id = office.open()
    office.do(case_id, "ajukan", "pemohon")
    office.do(case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_ada")
    typed, task = office.typed(case_id, "lengkapi", "pemohon"), UUID(office.task(case_id, "lengkapi").id)
    outcome = office.case(case_id).case.deployment.form("kelengkapan", "SIPB", "perorangan").outcomes
    office.later(days=30)
    by, at = office.people["pemohon"], office.at
    completing = lambda: tasks.complete_task(task, typed, outcome[0][0] if outcome else "", by, at)  # noqa: E731
    for answers in every_order(completing, lambda: background.wake_one(at)):
        told = refusals(answers, EngineError) == 1
        assert office.case(case_id).case.state == ("DITUTUP" if told else "DIAJUKAN")
        sound(office, case_id)


def test_two_claims_in_any_order_leave_one_holder(office, verifying, every_order):
    case_id, task, _ = verifying
    acts = [
        lambda by=by: tasks.claim_task(task, office.people[by], office.at) for by in ("verifikator", "verifikator2")
    ]
    for answers in every_order(*acts):
        assert refusals(answers, TaskTaken) == 1
        winner = "verifikator" if answers[0] == case_id else "verifikator2"
        assert office.task(case_id, "verifikasi_keabsahan").assignee == office.people[winner]
        sound(office, case_id)


def test_a_declaration_and_a_completion_in_any_order_count_by_the_declared_world(office, verifying, every_order):
    case_id, at = verifying[0], office.later(days=2)
    wanted = proposal(at - timedelta(days=1), None)
    declaration = force_majeure.propose(wanted, office.people["kabid"], at)
    with transaction() as store:
        revision = store.calendars.revision()
    declaring = lambda: force_majeure.establish(declaration, "001/KEP", revision, office.people["kadis"], at)  # noqa: E731
    for answers in every_order(completing(office, verifying), declaring):
        assert refusals(answers, Exception) == 0
        assert done(office, case_id, "verifikasi_keabsahan") == 1
        sound(office, case_id)


@pytest.mark.parametrize("act", [force_majeure.preview, force_majeure.propose])
def test_a_proposal_is_counted_though_a_file_moves_meanwhile(office, application, verifying, act):
    """Between the clocks and their ledgers a completion opens a task, which has a clock of its own."""
    at, moved = office.later(days=2), []

    def move(connection, cursor, statement, *_):
        if "FROM clock_events JOIN clocks" in statement and not moved:
            moved.append(True)
            thread = ThreadPoolExecutor(1)
            moved.append(thread.submit(in_context(application, completing(office, verifying))))
            wait(moved[1:], timeout=1)

    event.listen(db.engine, "before_cursor_execute", move)
    try:
        assert act(proposal(at - timedelta(days=1), None), office.people["kabid"], at)
    finally:
        event.remove(db.engine, "before_cursor_execute", move)
    assert moved[1].result(timeout=20).case_id == verifying[0]
    sound(office, verifying[0])


def in_context(application, act):
    def run():
        with application.app_context():
            return act()

    return run
