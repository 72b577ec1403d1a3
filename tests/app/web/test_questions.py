"""Asking the applicant from a task: who may, what stands where, and that no clock stands still for it."""

from uuid import uuid4

import pytest

from app.operations import asking, background, tasks
from app.store import transaction
from engine.errors import Refused
from tests.app.web.office import NOW

ASKED = "Apakah nomor rumah pada denah masih berlaku?"


@pytest.fixture
def held(office):
    """A case whose verification is held by the verifier: (case, task)."""
    case_id = office.registered()
    task = office.task(case_id)
    with office.app.app_context():
        tasks.claim_task(task, office.people["verifikator"], NOW)
    return case_id, task


def post(office, task, words=ASKED, login="verifikator", key=None):
    return office.logged_in(login).post(f"/tugas/{task}/tanya", {"pertanyaan": words, "kunci": str(key or uuid4())})


def question(office, case_id):
    with office.app.app_context(), transaction() as store:
        return store.questions.of_case(case_id)


def test_a_question_travels_as_a_message_and_its_answer_comes_back_to_the_task(office, held):
    case_id, task = held
    assert post(office, task).status == 303
    with office.app.app_context():
        while background.deliver_one(lambda *_: "terkirim", NOW):
            pass
    applicant = office.logged_in("pemohon")
    page = applicant.get(f"/permohonan/{case_id}")
    assert ASKED in page
    assert "Petugas bertanya tentang berkas ini." in page
    (message,) = [one for one in office.case(case_id).messages if one.notice == "pertanyaan"]
    assert ASKED in message.body
    (asked,) = question(office, case_id)
    name = f"jawaban-{asked.id}"
    answer = applicant.post(f"/permohonan/{case_id}/pertanyaan/{asked.id}", {name: "Masih, nomor 12."})
    assert answer.status == 303
    desk = office.logged_in("verifikator")
    assert "Masih, nomor 12." in desk.get(f"/tugas/{task}")
    assert "pemohon menjawab" in desk.get("/kotak-tugas")
    assert "Pemohon menjawab pertanyaan" in desk.get(f"/berkas/{case_id}")


def test_an_open_question_is_marked_in_the_inbox(office, held):
    _case, task = held
    post(office, task)
    assert "menunggu jawaban pemohon" in office.logged_in("verifikator").get("/kotak-tugas")


def test_a_question_stops_no_clock_and_the_page_says_so(office, held):
    case_id, task = held
    before = office.case(case_id).service.state
    page = office.logged_in("verifikator").get(f"/tugas/{task}")
    assert "Pertanyaan tidak menghentikan jam layanan" in page
    post(office, task)
    assert office.case(case_id).service.state == before == "RUNNING"


def test_the_words_of_a_question_never_stand_in_an_event(office, held):
    case_id, task = held
    post(office, task)
    assert not any(ASKED in one.body for one in office.case(case_id).events)


def test_only_who_holds_the_task_may_ask(office, held):
    case_id, task = held
    assert post(office, task, login="verifikator2").status == 409
    assert post(office, task, login="kasi").status == 403
    assert question(office, case_id) == ()
    with office.app.app_context():
        tasks.release_task(task, office.people["verifikator"], NOW, "Sedang cuti")
        with pytest.raises(Refused):
            asking.ask(task, ASKED, office.people["verifikator"], NOW)


def test_the_same_click_twice_asks_once(office, held):
    case_id, task = held
    key = uuid4()
    assert [post(office, task, key=key).status for _ in range(2)] == [303, 303]
    assert len(question(office, case_id)) == 1


@pytest.mark.parametrize("words", ["", "  ", "apa", "a" * 2001])
def test_a_question_of_no_use_is_told_at_its_field_and_stays_typed(office, held, words):
    case_id, task = held
    page = post(office, task, words)
    assert page.status == 422
    assert 'id="s-pertanyaan"' in page
    assert words.strip() in page
    assert question(office, case_id) == ()


def test_a_question_is_answered_once_and_never_from_another_file(office, held):
    case_id, task = held
    post(office, task)
    (asked,) = question(office, case_id)
    other = office.submitted()
    browser = office.logged_in("pemohon")
    name = f"jawaban-{asked.id}"
    assert browser.post(f"/permohonan/{other}/pertanyaan/{asked.id}", {name: "Bukan di sini"}).status == 404
    assert browser.post(f"/permohonan/{case_id}/pertanyaan/{asked.id}", {name: ""}).status == 422
    assert browser.post(f"/permohonan/{case_id}/pertanyaan/{asked.id}", {name: "Masih berlaku"}).status == 303
    with office.app.app_context(), pytest.raises(Refused):
        asking.answer(case_id, asked.id, "Sekali lagi", office.people["pemohon"], NOW)


def test_what_is_wrong_with_a_question_is_told_in_english_too(office):
    task = office.claimed(office.registered(), "verifikator")
    browser = office.logged_in("verifikator")
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    answer = browser.post(f"/tugas/{task}/tanya", {"pertanyaan": "a"})
    assert answer.status == 422
    assert "wajib diisi, paling sedikit" not in answer
    assert "at least 5 letters" in answer
