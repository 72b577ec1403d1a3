"""What the desk shows: proposals that somebody decides on."""

from uuid import UUID

import pytest

from app.operations import desk


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
