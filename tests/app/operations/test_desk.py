"""What the desk shows: proposals that somebody decides on."""

from uuid import UUID

import pytest

from app.operations import desk
from tests.browser.stocked import COURSE, along


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
    found = desk.inbox(office.people["penyerahan"], desk.InboxFilter(view="kelompok"), office.at)
    line = next(one for one in found.lines if one.row.case_id == case_id)
    assert (line.row.element, line.clock, line.waited) == ("serahkan", None, "sudah menunggu 1 jam")
    page = desk.task_page(line.row.id, office.people["penyerahan"], office.at)
    assert (page.clock, page.waited) == (None, "sudah menunggu 1 jam")
