"""Why may this person (not) do this: what the page answers is what the operation itself would say, then and now."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.operations import (
    asking,
    case_export,
    cases,
    declining,
    granting,
    handing_on,
    officials,
    people,
    permitted,
    personal,
    recalling,
    suspending,
    tasks,
)
from app.operations.case_page import case_page
from app.operations.permitted import ACTS, NOW_ONLY, OF_CASE, OF_TASK, Wanted
from app.store import transaction, unsent
from app.store.trail import Sought
from engine import access
from engine.errors import EngineError, NotFound, SubmissionInvalid
from tests.app.operations.course import COURSE, NOTHING_NEEDED, along

REASON = "Alasan yang cukup panjang"


class Undone(Exception):
    """Raised to take an operation back after it was allowed."""


def asked(office, login, act, case_id=None, task=None, instant=None, by="pengawas"):
    wanted = Wanted(str(office.people[login]), act, str(case_id or ""), task, instant)
    return permitted.answer(wanted, office.people[by], office.at).verdicts


# What the person would do, as the pages call it; sound input throughout, so that only the rule can refuse.
def _work(office, case_id, task, login):
    tasks.complete_task(task, {}, "", office.people[login], office.at)


DOING = {
    "kerjakan": _work,
    "tidak_ambil": lambda o, c, t, who: declining.decline_task(t, REASON, o.people[who], o.at),
    "lepas": lambda o, c, t, who: tasks.release_task(t, o.people[who], o.at, "Sedang cuti"),
    "alihkan": lambda o, c, t, who: handing_on.hand_on(t, None, REASON, o.people[who], o.at),
    "tanya_pemohon": lambda o, c, t, who: asking.ask(t, "Apakah alamatnya sama?", o.people[who], o.at),
    "lihat": lambda o, c, t, who: case_page(c, o.people[who], o.at),
    "nik": lambda o, c, t, who: people.reveal_nik(c, REASON, o.people[who], o.at),
    "ekspor": lambda o, c, t, who: case_export._recorded(c, REASON, o.people[who], o.at, ""),
    "catatan": lambda o, c, t, who: cases.add_note(c, "Catatan", o.people[who], o.at),
    "cabut": lambda o, c, t, who: cases.withdraw(c, o.people[who], o.at, None, REASON, "Surat 3/VIII"),
    "tunda": lambda o, c, t, who: cases.ask_hold(c, REASON, None, o.people[who], o.at),
    "buka_kembali": lambda o, c, t, who: cases.reopen(c, REASON, o.people[who], o.at),
}
LOGINS = ("pemohon", "pemohon2", "loket", "verifikator", "verifikator2", "kasi", "kabid", "kadis", "pengawas", "arsip")


def allowed(office, act, case_id, task, login):
    """Whether the operation itself lets the person; what it did is taken back before it is committed."""

    def take_back(session):
        raise Undone

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unsent, "settle", take_back)
        try:
            DOING[act](office, case_id, task, login)
        except (Undone, SubmissionInvalid):  # what was typed is judged only for who may
            return True
        except EngineError:
            return False
    raise AssertionError(f"{act} opened no transaction")


@pytest.fixture
def files(office):
    """Files at every stage: applied for, suspended, held by somebody, kept apart, of an agency, closed."""
    found = [office.open("SIPB"), office.registered("SIPB"), office.registered("IMB")]
    found += [along(office, office.registered("PEN"), COURSE[:done]) for done in (1, 3, 5, 6, 8)]
    held = office.registered("SIPB")
    tasks.claim_task(UUID(office.task(held, "verifikasi_keabsahan").id), office.people["verifikator"], office.at)
    still = office.registered("SIPB")
    suspending.suspend(still, REASON, office.people["proses"], office.at)
    visited = along(office, office.registered("IMB"), COURSE[:1])
    office.do(visited, "tentukan_jalur", "kasi", **NOTHING_NEEDED | {"butuh_tinjauan": True})
    withdrawn = office.registered("SIPB")
    cases.withdraw(withdrawn, office.people["pemohon"], office.at)
    return [*found, held, still, visited, withdrawn]


def test_for_many_people_acts_and_files_the_answer_is_what_the_operation_says(office, files):
    officials.disable(office.people["arsip"], office.people["admin"], office.at)
    differing, told, barred = [], {True: 0, False: 0}, []
    for case_id in files:
        open_now = office.case(case_id).case.tasks
        for login in LOGINS:
            for act in (*OF_TASK, *OF_CASE):
                about = [UUID(one.id) for one in open_now] if act in OF_TASK else [None]
                for task in about:
                    (verdict,) = asked(office, login, act, case_id, task)
                    really = allowed(office, act, case_id, task, login)
                    told[really] += 1
                    if verdict.allowed != really:
                        differing.append((login, act, office.case(case_id).case.state, verdict.refusal))
                    if any(one.good is False for one in verdict.reasons) == verdict.allowed:
                        barred.append((login, act, office.case(case_id).case.state, verdict))
    assert differing == []
    assert barred == [], "a reason bars exactly where the rule refuses"
    assert min(told.values()) > 100, told


def test_rights_by_role_are_answered_for_every_person_and_every_right_there_is(office):
    for login in LOGINS:
        with transaction() as store:
            actor = store.people.actor(office.people[login], office.at.date())
        for action in access.ACTIONS:
            (verdict,) = asked(office, login, action)
            assert verdict.allowed == access.may(actor, action), (login, action)
            assert any(one.good is False for one in verdict.reasons) != verdict.allowed


def test_every_right_and_every_guard_can_be_asked_about():
    assert set(ACTS) == {*access.ACTIONS, *OF_TASK, *OF_CASE}
    assert set(DOING) == {*OF_TASK, *OF_CASE}


def test_asked_about_an_instant_the_answer_is_what_it_was_then(office):
    case_id = office.open("SIPB")
    then = []

    def note():
        office.later(minutes=7)
        open_now = office.case(case_id).case.tasks
        for task in [UUID(one.id) for one in open_now]:
            for login in LOGINS:
                for act in OF_TASK:
                    (one,) = asked(office, login, act, case_id, task)
                    then.append((office.at, login, act, task, one.refusal))
        for login in LOGINS:
            for act in set(OF_CASE) - NOW_ONLY:
                (one,) = asked(office, login, act, case_id)
                then.append((office.at, login, act, None, one.refusal))
        office.later(minutes=7)

    note()
    office.do(case_id, "ajukan", "pemohon")
    note()
    office.do(case_id, "periksa_kelengkapan", "loket")
    note()
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    tasks.claim_task(task, office.people["verifikator"], office.at)
    note()
    handing_on.hand_on(task, office.people["verifikator2"], "Sedang di lapangan", office.people["kasi"], office.at)
    suspending.suspend(case_id, REASON, office.people["proses"], office.at)
    note()
    suspending.resume(case_id, REASON, office.people["proses"], office.at)
    office.do(case_id, "verifikasi_keabsahan", "verifikator2")
    note()
    recalling.recall(case_id, office.people["verifikator2"], office.at)
    note()
    office.do(case_id, "verifikasi_keabsahan", "verifikator2")
    granting.revoke_role(office.people["kasi"], _grant(office, "kasi"), office.people["admin"], office.at)
    office.later(days=1)
    for at, login, act, task, refusal in then:
        (now,) = asked(office, login, act, case_id, task, at)
        assert _said(now.refusal) == _said(refusal), (at, login, act)
    assert {bool(refusal) for *_rest, refusal in then} == {True, False}


def _grant(office, login):
    with transaction() as store:
        return store.people.grants(office.people[login])[0].id


def _said(refusal):
    """A refusal without the moment since when somebody holds a task."""
    return refusal.partition(" pada ")[0]


def test_each_reason_is_told_with_who_did_which_step_and_until_when_a_substitute_stands_in(office):
    case_id = along(office, office.registered("SIPB"), COURSE[:6])
    first, last = office.at.date(), office.at.date() + timedelta(days=4)
    people_ = office.people
    granting.grant_role(
        people_["verifikator"], "KD", "", "plh", first, last, "ST 800/1", people_["admin"], office.at, people_["kadis"]
    )
    (verdict,) = asked(office, "verifikator", "kerjakan", case_id)
    texts = [one.text for one in verdict.reasons if one.good is False]
    assert len(texts) == 1
    assert "Verifikasi keabsahan dikerjakan Ratna Sari, S.E. pada" in texts[0]
    assert any("sebagai Plh." in one.text and f"sampai {last:%d/%m/%Y}" in one.text for one in verdict.reasons)
    (own,) = asked(office, "kadis", "kerjakan", case_id)
    assert own.allowed, "an absence takes nobody's right away"
    assert any("Digantikan Ratna Sari, S.E. sebagai Plh." in one.text for one in own.reasons)


def test_a_part_of_a_name_finds_people_and_several_are_offered(office):
    def answer(name):
        return permitted.answer(Wanted(name, "see_ledger"), office.people["pengawas"], office.at)

    assert answer("Irfan").person.id == office.people["pengawas"]
    assert {one.name for one in answer("Setiawan").choices} | {one.name for one in answer("Sari").choices} >= {
        "Ratna Sari, S.E.",
        "Wulan Sari, S.Kom.",
    }
    with pytest.raises(SubmissionInvalid) as refused:
        answer("tidak ada orang ini")
    assert set(refused.value.errors) == {"siapa"}


def test_whoever_is_no_supervisor_asks_about_himself_and_about_files_he_may_see(office):
    case_id = office.registered("SIPB")
    office.later(minutes=1)
    (own,) = asked(office, "kadis", "kerjakan", case_id, by="kasi")
    assert not own.allowed
    assert (
        permitted.answer(Wanted("", "see_ledger"), office.people["kasi"], office.at).person.id == office.people["kasi"]
    )
    with pytest.raises(SubmissionInvalid):
        asked(office, "admin", "kerjakan", case_id, by="admin")
    with pytest.raises(NotFound):
        permitted.form(office.people["pemohon"], office.at)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"act": "ngawur"}, "tindakan"),
        ({"act": "lihat", "case": "503/0000"}, "berkas"),
        ({"act": "see_ledger", "ahead": 1}, "saat"),
        ({"act": "cabut", "ahead": -1}, "saat"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(office, wanted, field):
    case = wanted.get("case") or str(office.registered("SIPB"))
    instant = office.at + timedelta(hours=wanted["ahead"]) if "ahead" in wanted else None
    question = Wanted(str(office.people["kasi"]), wanted["act"], case, None, instant)
    with pytest.raises(SubmissionInvalid) as refused:
        permitted.answer(question, office.people["pengawas"], office.at)
    assert set(refused.value.errors) == {field}


def test_a_question_is_recorded_with_whom_it_was_about(office):
    asked(office, "kasi", "see_ledger")
    with transaction() as store:
        (kept,) = store.trail.accesses(Sought(kind=personal.RIGHTS), None, None, 9)
    assert (kept.person_id, kept.subject_id) == (office.people["pengawas"], office.people["kasi"])
    assert kept.why.endswith("tindakan see_ledger")
