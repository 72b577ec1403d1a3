"""Gangguan sistem pusat through the pages: recorded, told to everybody, corrected, and the office's own outage log."""

import re
from datetime import timedelta

from app.operations import heartbeat
from tests.app.web.office import NOW
from tests.app.web.test_kahar import SOUND as PROPOSAL
from tests.app.web.test_kahar import established, proposed

SOUND = {
    "sistem": "OSS",
    "sejak": "20/10/2026 08.00",
    "sebab": "Masuk ke OSS gagal bagi semua pemohon",
    "bukti": "Pengumuman OSS 12/2026",
}


def recorded(office, login="kasi", **changed):
    answer = office.logged_in(login).post("/gangguan/catat", {**SOUND, **changed})
    assert answer.status == 303, answer.text
    return answer.location


def beats(office, hours=2):
    with office.app.app_context():
        heartbeat.beat(None, NOW - timedelta(hours=hours))
        heartbeat.beat(None, NOW - timedelta(hours=hours - 1))


def test_a_record_is_told_on_every_page_on_the_public_page_and_beside_the_files_it_met(office):
    case_id = office.registered()
    before = office.case(case_id).service.promised_at
    address = recorded(office)
    assert office.case(case_id).service.promised_at == before
    visitor = office.browser()
    assert "Bukan keadaan kahar; jam layanan tetap berjalan." in visitor.get("/")
    public = visitor.get("/keadaan-kahar")
    assert "GANGGUAN-2026-001" in public
    assert "Pengumuman OSS" not in public, "evidence is for officials"
    assert "1 gangguan sistem pusat selama berkas ini berjalan" in office.logged_in("pemohon").get(f"/berkas/{case_id}")
    office.logged_in("kasi").post(f"{address}/ubah", {"aksi": "pulih", "sampai_pulih": "20/10/2026 09.00"})
    assert "Bukan keadaan kahar; jam layanan tetap berjalan." not in visitor.get("/")
    assert "GANGGUAN-2026-001" in office.logged_in("pemohon").get(f"/berkas/{case_id}")


def test_a_faulty_record_keeps_everything_typed(office):
    browser = office.logged_in("kasi")
    wrong = {**SOUND, "sistem": "", "sejak": "20-10-2026", "sebab": "x"}
    answer = browser.post("/gangguan/catat", wrong)
    assert answer.status == 422
    assert 'value="20-10-2026"' in answer
    again = browser.post("/gangguan/catat", {**wrong, "sejak": "20/10/2026 08.00", "bukti": ""})
    for field in ("sistem", "sebab", "bukti"):
        assert f'<a href="#f-{field}">' in again


def test_a_correction_without_a_reason_is_refused_in_its_own_form_and_a_withdrawn_record_stays_withdrawn(office):
    address, browser = recorded(office), office.logged_in("kabid")
    wrong = browser.post(f"{address}/ubah", {"aksi": "koreksi", "sejak_koreksi": "20/10/2026 07.00"})
    assert wrong.status == 422
    assert '<a href="#f-catatan_koreksi">' in wrong
    assert browser.post(f"{address}/ubah", {"aksi": "tarik", "catatan_tarik": "Dicatat dua kali"}).status == 303
    again = browser.post(f"{address}/ubah", {"aksi": "pulih", "sampai_pulih": "20/10/2026 09.00"})
    assert again.status == 409
    assert "sudah ditarik" in again
    assert browser.post(f"{address}/ubah", {"aksi": "hapus"}).status == 409


def test_the_register_goes_to_a_spreadsheet_and_no_cell_becomes_a_formula(office):
    recorded(office, sebab="=HYPERLINK(1) masuk gagal")
    table = office.logged_in("pengawas").get("/gangguan/unduh.csv")
    assert "GANGGUAN-2026-001" in table
    assert "'=HYPERLINK(1) masuk gagal" in table
    assert "Pengumuman OSS 12/2026" in table


def test_only_a_system_that_policy_names_may_be_proposed_as_keadaan_kahar(office):
    kasi = office.logged_in("kasi")
    plain, allowed = recorded(office), recorded(office, sistem="LISTRIK_DATA")
    assert "Usulkan sebagai keadaan kahar" not in kasi.get(plain)
    assert "Usulkan sebagai keadaan kahar" in kasi.get(allowed)
    filled = kasi.get(f"/kahar/usul?gangguan={allowed.rsplit('/', 1)[1]}")
    assert 'value="20/10/2026 08.00"' in filled
    assert "Catatan gangguan GANGGUAN-2026-002" in filled
    assert "Masuk ke OSS gagal" not in kasi.get(f"/kahar/usul?gangguan={plain.rsplit('/', 1)[1]}")


def test_the_offices_own_outage_is_listed_for_supervisors_and_attached_to_a_proposal(office):
    beats(office)
    page = office.logged_in("pengawas").get("/gangguan/padam")
    assert "Pekerja latar atau basis data" in page
    assert "Pekerja latar atau basis data" in office.logged_in("pengawas").get("/gangguan/padam.csv")
    form = office.logged_in("kasi").get("/kahar/usul")
    id = re.search(r'name="padam" value="([0-9a-f-]+)"', form.text)[1]
    address = proposed(office, bukti="", padam=id)
    assert "Catatan padam kantor: Pekerja latar atau basis data" in office.logged_in("kasi").get(address)
    assert "Bukti wajib disebut" in office.logged_in("kasi").post("/kahar/usul", {**PROPOSAL, "bukti": ""})


def test_planned_maintenance_is_refused_as_a_ground_where_it_was_ticked(office):
    answer = office.logged_in("kasi").post("/kahar/usul", {**PROPOSAL, "direncanakan": "ya", "aksi": "periksa"})
    assert answer.status == 422
    assert '<a href="#f-direncanakan">' in answer
    assert "bukan keadaan kahar" in answer


def test_what_a_proposal_takes_and_excuses_is_shown_before_and_counted_after(office):
    office.registered()
    kasi = office.logged_in("kasi")
    page = kasi.follow(kasi.post("/kahar/usul", {**PROPOSAL, "aksi": "periksa"}))
    assert "Yang perlu dilihat penetap" in page
    assert "Jam layanan Oktober 2026 yang ditangguhkan" in page
    address = proposed(office)
    assert "Yang perlu dilihat penetap" in office.logged_in("kadis").get(address)
    established(office, address)
    counts = office.logged_in("pengawas").get("/kahar/statistik")
    assert re.search(r"Oktober 2026.*?[1-9]\d*(,\d)?%", counts.text, re.DOTALL)
    assert "KAHAR-2026-001" in counts
    table = office.logged_in("pengawas").get("/kahar/unduh.csv")
    assert "KAHAR-2026-001" in table
    assert "Berita acara nomor 17/2026" in table
    assert office.logged_in("pengawas").get("/kahar/diselamatkan.csv").status == 200


def test_the_case_page_says_which_notice_told_each_date(office):
    case_id = office.registered()
    established(office, proposed(office))
    page = office.logged_in("pemohon").get(f"/berkas/{case_id}")
    assert "Buku janji" in page
    assert "Dikabarkan lewat" in page
    clock = office.case(case_id).service.id
    assert "Dikabarkan lewat" in office.logged_in("pemohon").get(f"/berkas/{case_id}/jam/{clock}")


def test_a_failure_of_the_office_itself_is_an_interim_statement_that_shows_a_banner_and_stops_nothing(office):
    case_id = office.registered()
    before = office.case(case_id).service.promised_at
    recorded(office, sistem="KANTOR")
    assert office.case(case_id).service.promised_at == before
    page = office.browser().get("/")
    assert "Pernyataan gangguan sementara" in page
    assert "Belum ada keputusan keadaan kahar; jam layanan tetap berjalan." in page
    assert "Bukan keadaan kahar; jam layanan tetap berjalan." not in page
    assert "pernyataan sementara" in office.browser().get("/keadaan-kahar")
