"""What the pages say of files in which somebody intervened."""

from uuid import UUID

from app.operations import recalling, suspending
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
    assert "jam layanan tetap berjalan bagi Anda" in page
    card = office.logged_in("pemohon").get(f"/berkas/{case_id}")
    assert "Berkas ini ditangguhkan sejak" in card
    assert WHY not in page
    assert WHY not in card


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
