"""What the pages say of files in which somebody intervened."""

import re
from uuid import UUID

from app.operations import recalling, suspending
from app.operations.background import record_incident
from engine.errors import Incident
from tests.app.operations.office import Office as Desk
from tests.app.web.office import NOW

WHY = "Diagram sedang diperbaiki"


def suspended(office):
    case_id = office.registered()
    with office.app.app_context():
        suspending.suspend(case_id, WHY, office.people["proses"], NOW)
    return case_id


def task_of(office, case_id):
    return UUID(office.case(case_id).held.case.tasks[0].id)


def test_the_case_page_of_a_suspended_file_says_since_when_and_why_and_that_the_clock_runs(office):
    page = office.logged_in("kasi").get(f"/berkas/{suspended(office)}")
    for words in ("Berkas ini ditangguhkan sejak", WHY, "jam layanan dan batas hukum tetap berjalan"):
        assert words in page


def test_the_applicant_is_told_that_the_office_stopped_and_not_why(office):
    case_id = suspended(office)
    page = office.logged_in("pemohon").get(f"/permohonan/{case_id}")
    assert "sedang dihentikan sementara oleh kantor" in page
    assert "jam layanan kantor tetap berjalan" in page
    card = office.logged_in("pemohon").get(f"/berkas/{case_id}")
    assert "Berkas ini ditangguhkan sejak" in card
    assert WHY not in page
    assert WHY not in card


def opened_draft(office):
    """An application being filled in, suspended before it was handed in; the task of its applicant."""
    with office.app.app_context():
        case_id = Desk(office.people).open("SIPB")
        suspending.suspend(case_id, WHY, office.people["proses"], NOW)
    return case_id, task_of(office, case_id)


def test_the_applicant_of_a_suspended_file_is_offered_nothing_that_would_be_refused(office):
    case_id, task = opened_draft(office)
    page = office.logged_in("pemohon").get(f"/permohonan/{case_id}")
    assert f"/tugas/{task}" not in page
    assert f"/permohonan/{case_id}/cabut" not in page
    assert f"/permohonan/{case_id}/tunda" not in page
    assert "berkas ditangguhkan kantor" in page


def test_a_hold_or_withdrawal_sent_while_a_file_is_suspended_comes_back_with_the_page_that_says_why(office):
    case_id = suspended(office)
    applicant = office.logged_in("pemohon")
    hold = applicant.post(f"/permohonan/{case_id}/tunda", {"alasan": "Sedang di luar kota", "sampai": ""})
    withdrawn = applicant.post(f"/permohonan/{case_id}/cabut", {"yakin": "ya"})
    for answer in (hold, withdrawn):
        assert answer.status == 409
        assert "sedang dihentikan sementara oleh kantor" in answer
    assert office.case(case_id).holds == ()


def test_what_an_applicant_typed_while_his_file_was_being_suspended_is_kept_as_his_draft(office):
    case_id, task = opened_draft(office)
    applicant = office.logged_in("pemohon")
    answer = applicant.post(f"/tugas/{task}", {"aksi": "putuskan:ajukan", "nama": "Siti Rohana binti Ahmad"})
    assert answer.status == 409
    assert "tersimpan sebagai rancangan" in answer
    with office.app.app_context():
        suspending.resume(case_id, "Selesai", office.people["proses"], NOW)
    assert "Siti Rohana binti Ahmad" in applicant.get(f"/tugas/{task}")


def test_the_task_of_a_suspended_file_is_read_but_not_done_and_the_inbox_says_so(office):
    task = task_of(office, suspended(office))
    page = office.logged_in("verifikator").get(f"/tugas/{task}")
    assert "tugasnya menunggu sampai dilanjutkan" in page
    assert "Ambil tugas" not in page
    assert office.logged_in("verifikator").post(f"/tugas/{task}/ambil").status == 409
    assert "Berkas ini sedang ditangguhkan" in office.logged_in("verifikator").get("/kotak-tugas?daftar=kelompok")


def test_the_history_shows_a_step_taken_back_with_its_reason(office):
    with office.app.app_context():
        desk = Desk(office.people)
        case_id = desk.registered("SIPB")
        desk.do(case_id, "verifikasi_keabsahan", "verifikator")
        recalling.recall(case_id, office.people["proses"], desk.at, "Berkas tertukar")
    page = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=riwayat")
    assert "Langkah ditarik kembali: Verifikasi keabsahan" in page
    assert "Berkas tertukar" in page
    assert "Tugas terbuka lagi" in page


def stuck(office, element="catat_absah"):
    """A file whose next step will fail at that element."""
    case_id = office.registered()
    with office.app.app_context():
        record_incident(case_id, Incident(element, "Layanan tidak menjawab"), "/tugas", NOW)
    return case_id


def desk_form(page, act):
    return re.search(rf'action="(/perbaikan/[0-9a-f-]+/{act})"', page.text).group(1)


def test_the_repair_desk_tells_place_and_cause_and_shows_its_tools_to_the_system_administrator_only(office):
    stuck(office)
    page = office.logged_in("admin").get("/perbaikan")
    for words in (
        "Layanan tidak menjawab",
        "catat_absah",
        "verifikasi.bpmn:",
        "Lewati langkah",
        "permohonan.jenis = baru",
    ):
        assert words in page
    seen = office.logged_in("pengawas").get("/perbaikan")
    assert "Layanan tidak menjawab" in seen
    assert "Lewati langkah" not in seen
    assert "permohonan.jenis" not in seen


def test_a_step_is_passed_over_from_the_desk_with_results_and_a_reason(office):
    case_id = stuck(office)
    admin = office.logged_in("admin")
    act = desk_form(admin.get("/perbaikan"), "lewati")
    wrong = admin.post(act, {"hasil": "lanjut", "alasan": "Layanan rusak"})
    assert wrong.status == 422
    assert "Tulis satu hasil per baris" in wrong
    assert admin.post(act, {"hasil": "hasil = lanjut", "alasan": ""}).status == 422
    assert admin.post(act, {"hasil": "hasil = lanjut", "alasan": "Layanan rusak"}).status == 303
    assert "Tidak ada gangguan yang terbuka." in admin.get("/perbaikan")
    page = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=riwayat")
    assert "Langkah yang gagal dilewati: " in page


def test_data_are_put_right_from_the_desk_and_the_file_is_tried_again(office):
    case_id = stuck(office, "tanda_terima")
    admin = office.logged_in("admin")
    page = admin.get("/perbaikan")
    assert "tidak dapat dilewati" in page
    act = desk_form(page, "perbaiki")
    typed = {"data": "permohonan.jenis", "nilai": "Jalan Sudirman 5", "alasan": "Salah ketik"}
    assert admin.post(act, typed).status == 422
    assert admin.post(act, {**typed, "nilai": "perpanjangan"}).status == 303
    shown = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=riwayat")
    assert "Data diperbaiki: permohonan.jenis dari baru menjadi perpanjangan" in shown
    assert admin.post(desk_form(admin.get("/perbaikan"), "ulangi")).status == 303
    assert "Tidak ada gangguan yang terbuka." in admin.get("/perbaikan")


def test_the_health_page_counts_incidents_and_suspended_files_and_leads_to_the_desk(office):
    stuck(office)
    suspended(office)
    page = office.logged_in("admin").get("/kelola/kesehatan")
    assert "/perbaikan" in page
    assert "1 berkas ditangguhkan" in page
