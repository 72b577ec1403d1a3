"""Work on paper through the pages: blank forms, the queue, and a step entered with its real time."""

import io
from datetime import timedelta

from app.operations import disturbances, force_majeure
from app.store import transaction
from tests.app.operations.test_force_majeure import proposal
from tests.app.web.office import NOW, scan

WINDOW = "KAHAR-2026-001"


def struck(office, **scope):
    """Lightning stopped what `scope` names for three hours; declared at once."""
    with office.app.app_context():
        id = force_majeure.propose(proposal(NOW - timedelta(hours=3), NOW, scope=scope), office.people["kabid"], NOW)
        with transaction() as store:
            revision = store.calendars.revision()
        force_majeure.establish(id, "", revision, office.people["kadis"], NOW)


def sent(office, task_id, **changed):
    typed, _files = office.typed(task_id, "verifikator", cara="lihat_asli")
    paper = {"susulan_kertas": (io.BytesIO(scan()), "lembar.pdf")}
    more = {"susulan_kejadian": WINDOW, "susulan_saat": "20/10/2026 09.00"}
    return {**typed, "aksi": "putuskan:sah", **more, **paper, **changed}


def test_a_step_done_on_paper_is_found_in_the_queue_entered_and_marked_wherever_it_is_told(office):
    case_id = office.registered()
    struck(office)
    browser = office.logged_in("verifikator")
    task_id = office.task(case_id)
    assert f"/tugas/{task_id}?kejadian={WINDOW}" in browser.get("/susulan")
    page = browser.get(f"/tugas/{task_id}?kejadian={WINDOW}")
    assert f'<option value="{WINDOW}" selected>' in page
    answer = browser.post(f"/tugas/{task_id}", sent(office, task_id), content_type="multipart/form-data")
    assert answer.status == 303, answer.text
    told = browser.get(f"/berkas/{case_id}?bagian=riwayat")
    assert f"dicatat setelah kejadian · {WINDOW}" in told
    assert "20/10/2026 09.00" in told
    mark = f"dicatat setelah kejadian · {WINDOW}"
    assert mark in browser.get(f"/berkas/{case_id}?bagian=isian")
    assert mark in office.logged_in("kasi").get(f"/tugas/{office.task(case_id)}")
    assert "Lembar kertas" in browser.get(f"/berkas/{case_id}?bagian=dokumen")


def test_who_saves_his_draft_is_told_that_the_scan_was_not_saved_with_it(office):
    case_id = office.registered()
    struck(office)
    task_id, browser = office.task(case_id), office.logged_in("verifikator")
    typed = {**sent(office, task_id), "aksi": "simpan"}
    page = browser.follow(browser.post(f"/tugas/{task_id}", typed, content_type="multipart/form-data"))
    assert "Pindaian lembar kertas belum tersimpan" in page


def test_a_wrong_time_is_told_at_its_field_and_what_was_typed_is_kept(office):
    case_id = office.registered()
    struck(office)
    task_id, browser = office.task(case_id), office.logged_in("verifikator")
    for wrong in ("20/10/2026 05.00", "kemarin"):
        typed = sent(office, task_id, susulan_saat=wrong)
        answer = browser.post(f"/tugas/{task_id}", typed, content_type="multipart/form-data")
        assert answer.status == 422
        assert '<a href="#f-susulan_saat">' in answer
        assert f'value="{wrong}"' in answer
        assert "lembar.pdf belum tersimpan; pilih lagi" in answer
        del typed["susulan_kertas"]
        answer = browser.post(f"/tugas/{task_id}", typed, content_type="multipart/form-data")
        assert '<a href="#f-susulan_kertas">' in answer
        assert '<a href="#f-susulan_saat">' in answer, "a missing scan hides no wrong time"


def test_a_time_or_a_scan_without_its_event_is_refused_at_its_field_and_never_recorded_as_done_now(office):
    case_id = office.registered()
    struck(office)
    task_id, browser = office.task(case_id), office.logged_in("verifikator")
    whole = sent(office, task_id, susulan_kejadian="")
    bare = {name: value for name, value in whole.items() if name != "susulan_kertas"}
    for typed in (bare, {**sent(office, task_id, susulan_kejadian=""), "susulan_saat": ""}):
        answer = browser.post(f"/tugas/{task_id}", typed, content_type="multipart/form-data")
        assert answer.status == 422
        assert '<a href="#f-susulan_kejadian">' in answer
        assert f'value="{typed["susulan_saat"]}"' in answer
    assert office.task(case_id) == task_id, "the task is still open"


def test_a_time_typed_after_the_event_left_the_list_is_told_too(office):
    case_id = office.registered()
    task_id, browser = office.task(case_id), office.logged_in("verifikator")
    answer = browser.post(f"/tugas/{task_id}", sent(office, task_id), content_type="multipart/form-data")
    assert answer.status == 422
    assert 'id="f-susulan_kejadian"' in answer
    assert 'value="20/10/2026 09.00"' in answer


def test_the_event_is_kept_when_the_task_is_taken_saved_and_put_back(office):
    case_id = office.registered()
    struck(office)
    task_id, browser = office.task(case_id), office.logged_in("verifikator")
    page = browser.get(f"/tugas/{task_id}?kejadian={WINDOW}")
    take = f"/tugas/{task_id}/ambil?kejadian={WINDOW}"
    assert f'action="{take}"' in page
    taken = browser.post(take)
    assert taken.headers["Location"] == f"/tugas/{task_id}?kejadian={WINDOW}"
    page = browser.get(taken.headers["Location"])
    assert f'<option value="{WINDOW}" selected>' in page
    draft = {**sent(office, task_id), "aksi": "simpan"}
    del draft["susulan_kertas"]
    assert browser.post(f"/tugas/{task_id}", draft).headers["Location"] == f"/tugas/{task_id}?kejadian={WINDOW}"
    put_back = browser.post(f"/tugas/{task_id}/lepas?kejadian={WINDOW}", {"alasan_lepas": "Sedang cuti"})
    assert put_back.headers["Location"] == "/susulan"


def test_the_list_says_what_a_keadaan_kahar_covers_and_that_a_failure_of_others_opens_nothing(office):
    case_id = office.registered()
    struck(office, permit_types=["TRY"])
    with office.app.app_context():
        failure = disturbances.Wanted("OSS", NOW - timedelta(hours=3), NOW, "Masuk ke OSS gagal", ("Pengumuman",))
        disturbances.record(failure, office.people["kasi"], NOW)
    page = office.logged_in("verifikator").get("/susulan")
    assert "Izin Trayek" in page
    assert "GANGGUAN-2026-001" not in page
    assert f"/tugas/{office.task(case_id)}?kejadian" not in page
    assert "Gangguan sistem pusat tidak membukanya" in page


def test_without_a_window_the_page_offers_nothing_and_the_step_is_of_now(office):
    case_id = office.registered()
    page = office.logged_in("verifikator").get(f"/tugas/{office.task(case_id)}")
    assert "Catat setelah kejadian</summary>" not in page
    assert "susulan_kejadian" not in page


def test_blank_forms_of_every_step_are_printed_from_the_release(office):
    page = office.logged_in("loket").get("/formulir-kertas?izin=IMB")
    assert "Periksa kelengkapan" in page
    assert "Lengkap, daftarkan" in page
    assert "Selesai (tanggal, jam WIB)" in page
    assert office.logged_in("loket").get("/formulir-kertas?izin=TIDAK").status == 404
