"""Two people at one moment: exactly one of them does it, the other is told, nothing is lost or doubled."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from app.operations import auditing, background, cases, tasks
from engine.errors import EngineError, Refused, SubmissionInvalid, TaskNotOpen, TaskTaken


def at_once(application, *acts):
    """Run acts in threads that start together; each answer is a value or the refusal it met."""
    barrier = Barrier(len(acts))

    def run(act):
        with application.app_context():
            barrier.wait()
            try:
                return act()
            except EngineError as refusal:
                return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def completions(office, case_id, element):
    with_events = office.case(case_id).case.done
    return [one for one in with_events if one.element == element]


def whole(case_id):
    assert auditing.verify(case_id).faults == ()


def test_two_officials_completing_one_task_give_one_completion_and_one_refusal(office, application):
    case_id = office.registered()
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    typed = office.typed(case_id, "verifikasi_keabsahan", "verifikator")
    answers = at_once(
        application,
        lambda: tasks.complete_task(task, typed, "sah", office.people["verifikator"], office.at),
        lambda: tasks.complete_task(task, typed, "sah", office.people["verifikator2"], office.at),
    )
    assert [isinstance(one, TaskNotOpen) for one in answers].count(True) == 1
    assert len(completions(office, case_id, "verifikasi_keabsahan")) == 1
    refusal = next(one for one in answers if isinstance(one, TaskNotOpen))
    assert "sudah diselesaikan oleh" in str(refusal)
    whole(case_id)


def test_a_double_click_with_one_key_is_one_completion_with_two_equal_answers(office, application):
    case_id = office.registered()
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    typed, key = office.typed(case_id, "verifikasi_keabsahan", "verifikator"), uuid4()
    who = office.people["verifikator"]
    answers = at_once(
        application, *[lambda: tasks.complete_task(task, typed, "sah", who, office.at, key) for _ in range(4)]
    )
    assert {(one.case_id, one.number) for one in answers} == {(case_id, office.case(case_id).number)}
    assert sorted(one.repeated for one in answers) == [False, True, True, True]
    assert len(completions(office, case_id, "verifikasi_keabsahan")) == 1


def test_one_key_used_for_something_else_is_refused(office):
    case_id = office.registered()
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    typed, key = office.typed(case_id, "verifikasi_keabsahan", "verifikator"), uuid4()
    tasks.complete_task(task, typed, "sah", office.people["verifikator"], office.at, key)
    with pytest.raises(SubmissionInvalid):
        tasks.complete_task(task, typed, "perbaikan", office.people["verifikator"], office.at, key)


def test_two_branches_of_a_split_completed_at_once_meet_at_the_join(office, application):
    case_id = office.registered("IMB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=True)
    count = office.task(case_id, "hitung_retribusi")
    advise = office.task(case_id, "rekomendasi_opd")
    unit = advise.unit.lower()
    calculated = office.typed(case_id, "hitung_retribusi", "penghitung")
    advised = office.typed(case_id, "rekomendasi_opd", f"ketua-{unit}")
    answers = at_once(
        application,
        lambda: tasks.complete_task(
            UUID(count.id), calculated, _first(office, case_id, count), office.people["penghitung"], office.at
        ),
        lambda: tasks.complete_task(UUID(advise.id), advised, "disetujui", office.people[f"ketua-{unit}"], office.at),
    )
    assert not [one for one in answers if isinstance(one, EngineError)], answers
    assert office.task(case_id, "cek_retribusi")
    whole(case_id)


def _first(office, case_id, task):
    outcomes = office.case(case_id).case.deployment.form(task.form_key, "IMB", "perorangan").outcomes
    return outcomes[0][0] if outcomes else ""


def test_two_officials_claiming_one_task_one_holds_it(office, application):
    case_id = office.registered()
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    answers = at_once(
        application,
        lambda: tasks.claim_task(task, office.people["verifikator"], office.at),
        lambda: tasks.claim_task(task, office.people["verifikator2"], office.at),
    )
    assert [isinstance(one, TaskTaken) for one in answers].count(True) == 1


def test_two_officials_asking_for_the_next_task_get_two_tasks(office, application):
    first, second = office.registered(), office.registered()
    answers = at_once(
        application,
        lambda: tasks.next_task(office.people["verifikator"], office.at),
        lambda: tasks.next_task(office.people["verifikator2"], office.at),
    )
    wanted = {UUID(office.task(one, "verifikasi_keabsahan").id) for one in (first, second)}
    assert set(answers) == wanted


def test_a_completion_and_a_wake_at_once_leave_one_course_of_events(office, application):
    case_id = office.open()
    office.do(case_id, "ajukan", "pemohon")
    office.do(case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_ada")
    typed = office.typed(case_id, "lengkapi", "pemohon")
    task = UUID(office.task(case_id, "lengkapi").id)
    office.later(days=30)
    answers = at_once(
        application,
        lambda: (
            tasks.complete_task(task, typed, "", office.people["pemohon"], office.at)
            if not _outcomes(office, case_id)
            else tasks.complete_task(task, typed, _outcomes(office, case_id)[0], office.people["pemohon"], office.at)
        ),
        lambda: background.wake_one(office.at),
    )
    found = office.case(case_id).case
    told = isinstance(answers[0], EngineError)
    assert found.state == ("DITUTUP" if told else "DIAJUKAN"), answers
    whole(case_id)


def _outcomes(office, case_id):
    form = office.case(case_id).case.deployment.form("kelengkapan", "SIPB", "perorangan")
    return [value for value, _ in form.outcomes]


def test_a_completion_and_a_withdrawal_at_once_never_both_move_the_open_task(office, application):
    case_id = office.registered()
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    typed = office.typed(case_id, "verifikasi_keabsahan", "verifikator")
    answers = at_once(
        application,
        lambda: tasks.complete_task(task, typed, "sah", office.people["verifikator"], office.at),
        lambda: cases.withdraw(case_id, office.people["pemohon"], office.at),
    )
    assert not isinstance(answers[1], EngineError)
    found = office.case(case_id).case
    assert found.state == "DICABUT"
    assert found.closed
    assert found.tasks == ()
    assert len(completions(office, case_id, "verifikasi_keabsahan")) == (
        0 if isinstance(answers[0], EngineError) else 1
    )
    whole(case_id)


def test_a_due_case_is_woken_by_one_of_two_workers(office, application):
    case_id = office.open()
    office.later(days=40)
    answers = at_once(application, lambda: background.wake_one(office.at), lambda: background.wake_one(office.at))
    assert sorted(answers, key=str) == [case_id, None] or answers.count(case_id) == 1
    assert office.case(case_id).case.state == "DITUTUP"
    whole(case_id)


def test_numbers_taken_by_many_at_once_have_no_gap_and_no_twin(office, application):
    ids = [office.open() for _ in range(6)]
    for one in ids:
        office.do(one, "ajukan", "pemohon")
    typed = {one: office.typed(one, "periksa_kelengkapan", "loket") for one in ids}
    open_tasks = {one: UUID(office.task(one, "periksa_kelengkapan").id) for one in ids}
    at_once(
        application,
        *[
            lambda one=one: tasks.complete_task(
                open_tasks[one], typed[one], "lengkap", office.people["loket"], office.at
            )
            for one in ids
        ],
    )
    numbers = sorted(int(office.case(one).number.split()[0]) for one in ids)
    assert numbers == list(range(numbers[0], numbers[0] + 6))


def test_withdrawing_twice_is_refused(office):
    case_id = office.registered()
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    with pytest.raises(Refused):
        cases.withdraw(case_id, office.people["pemohon"], office.at)
