"""What the desk shows: proposals that somebody decides on."""

from uuid import UUID

import pytest

from app.operations import desk, inbox, uploading
from app.operations.demo import invented
from tests.app.operations.course import COURSE, along
from tests.app.operations.test_flows import owed, pay, skrd, to_payment


@pytest.mark.parametrize(("kind", "visit", "study"), [("baru", "ya", "tidak"), ("perpanjangan", "tidak", "ya")])
def test_the_table_proposes_the_way_and_the_kasi_finds_it_filled_in(office, kind, visit, study):
    case_id = office.registered("IMB", kind=kind)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    task = office.task(case_id, "tentukan_jalur")
    typed = desk.task_page(UUID(task.id), office.people["kasi"], office.at).typed
    assert (typed["butuh_tinjauan"], typed["butuh_kajian"]) == ([visit], [study])


def test_whoever_calculates_finds_the_vehicles_of_the_application_filled_in(office):
    case_id = office.registered("TRY")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    page = desk.task_page(UUID(office.task(case_id, "hitung_retribusi").id), office.people["penghitung"], office.at)
    applied = next(one.values for one in page.before if one.element == "ajukan")
    first = applied["kendaraan_pemohon"][0]
    assert page.typed["kendaraan.n"] == [str(len(applied["kendaraan_pemohon"]))]
    assert (page.typed["kendaraan.0.nomor"], page.typed["kendaraan.0.kelas"]) == ([first["nomor"]], [first["kelas"]])
    assert page.typed["tahun"] == [str(applied["masa_trayek"])]


def test_an_open_task_after_the_service_clock_says_how_long_it_waits_instead_of_done_in_time(office):
    case_id = along(office, office.registered("PEN"), COURSE[:-1])
    office.later(hours=1)
    found = inbox.inbox(office.people["penyerahan"], inbox.InboxFilter(view="kelompok"), office.at)
    line = next(one for one in found.lines if one.row.case_id == case_id)
    assert (line.row.element, line.clock, line.waited) == ("serahkan", None, "sudah menunggu 1 jam")
    page = desk.task_page(line.row.id, office.people["penyerahan"], office.at)
    assert (page.clock, page.waited) == (None, "sudah menunggu 1 jam")


def read_by(office, case_id, element, by):
    return desk.task_page(UUID(office.task(case_id, element).id), office.people[by], office.at).first


def test_the_treasurer_has_the_proof_of_payment_and_the_skrd_open_first(office):
    case_id = along(office, office.registered("TRY"), COURSE[:2])
    skrd(office, case_id)
    to_payment(office, case_id)
    proof = invented.paper()
    uploading.upload(
        UUID(office.task(case_id, "bayar").id), "bukti", "b.pdf", proof, office.people["pemohon"], office.at
    )
    pay(office, case_id, owed(case_id))
    first = read_by(office, case_id, "validasi_bayar", "bendahara")
    assert [one.field.partition("/")[2] for one in first.documents] == ["bukti"]
    assert [one.kind for one in first.letters] == ["skrd"]
    assert not {one.id for one in first.documents} & {one.id for one in first.rest}
    assert (first.opened, first.answer) == (0, "bayar")


def test_whoever_initials_or_signs_has_the_draft_open_first(office):
    case_id = along(office, office.registered("PEN"), COURSE[:3])
    assert read_by(office, case_id, "paraf_kasi", "kasi").draft == "sk_izin"


def test_whoever_checks_papers_has_the_first_one_open(office):
    first = read_by(office, office.registered("PEN"), "verifikasi_keabsahan", "verifikator")
    assert (first.opened, first.documents, first.draft) == (1, (), "")


def sifted(office, look, after=None):
    wanted = inbox.InboxFilter(view="kelompok", look=look, after=after, limit=1)
    found = inbox.inbox(office.people["verifikator"], wanted, office.at)
    return [one.row.case_id for one in found.lines], found.more


@pytest.mark.parametrize("piece", [1, 200])
def test_a_list_sifted_by_what_clocks_show_fills_its_pages_from_all_tasks(office, monkeypatch, piece):
    monkeypatch.setattr(inbox, "PIECE", piece)
    late = [office.registered("SIPB"), office.registered("SIPB")]
    office.later(days=21)
    fresh = office.registered("SIPB")
    assert sifted(office, "aman") == ([fresh], None)
    first, more = sifted(office, "lewat")
    second, end = sifted(office, "lewat", more)
    assert {*first, *second} == set(late)
    assert end is None
    assert sifted(office, "jeda") == ([], None)
