"""The treasurer's page: paid but not matched, claimed but not found, lines of the bank statement."""

from app.store import transaction
from app.store.ids import uuid7
from tests.app.web.office import NOW

LINE = {"referensi": "BLM123456789", "jumlah": "Rp187.625", "tanggal": "19/10/2026", "penyetor": "Slamet Riyadi"}


def test_a_bank_line_waits_until_it_is_matched(office):
    browser = office.logged_in("bendahara")
    assert "Tidak ada setoran yang menunggu dicocokkan." in browser.get("/bendahara")
    assert browser.post("/bendahara/mutasi", LINE).status == 303
    page = browser.get("/bendahara")
    assert "BLM123456789" in page
    assert "Rp187.625" in page
    assert "hari ini" in page


def test_a_reference_is_entered_once(office):
    browser = office.logged_in("bendahara")
    browser.post("/bendahara/mutasi", LINE)
    again = browser.post("/bendahara/mutasi", LINE)
    assert again.status == 422
    assert "Nomor referensi ini sudah dimasukkan" in again


def test_a_faulty_line_keeps_what_was_typed(office):
    sent = {**LINE, "jumlah": "banyak", "tanggal": "31/02/2026", "referensi": "12"}
    answer = office.logged_in("bendahara").post("/bendahara/mutasi", sent)
    assert answer.status == 422
    for field in ("jumlah", "tanggal", "referensi"):
        assert f'<a href="#f-{field}">' in answer
    assert 'value="banyak"' in answer
    assert 'value="Slamet Riyadi"' in answer


def test_an_amount_with_a_fraction_of_a_rupiah_is_not_cut_off(office):
    browser = office.logged_in("bendahara")
    answer = browser.post("/bendahara/mutasi", {**LINE, "jumlah": "1.250,5"})
    assert answer.status == 422
    assert "rupiah bulat" in answer
    assert browser.post("/bendahara/mutasi", {**LINE, "jumlah": "1.250,00"}).status == 303
    assert "Rp1.250" in browser.get("/bendahara")


def test_a_reference_that_is_too_short_is_not_called_missing(office):
    answer = office.logged_in("bendahara").post("/bendahara/mutasi", {**LINE, "referensi": "Z1"})
    assert "paling sedikit 4 huruf" in answer


def test_tomorrows_payment_has_not_happened(office):
    answer = office.logged_in("bendahara").post("/bendahara/mutasi", {**LINE, "tanggal": "21/10/2026"})
    assert answer.status == 422
    assert "Tanggal bayar belum terjadi" in answer


def test_the_supervisor_looks_and_does_not_enter(office):
    browser = office.logged_in("pengawas")
    page = browser.get("/bendahara")
    assert page.status == 200
    assert "Catat baris rekening koran" not in page
    assert browser.post("/bendahara/mutasi", LINE).status == 403


def test_others_do_not_see_the_money(office):
    assert office.logged_in("loket").get("/bendahara").status == 403


def test_each_cell_keeps_its_column_s_name_on_a_phone(office):
    browser = office.logged_in("bendahara")
    browser.post("/bendahara/mutasi", LINE)
    page = browser.get("/bendahara")
    for label in ("Referensi", "Penyetor", "Dibayar", "Umur", "Jumlah"):
        assert f'data-label="{label}"' in page


def test_the_treasurer_sees_which_of_the_own_letters_wait_for_their_signed_scan(office):
    case_id = office.registered()
    with office.app.app_context(), transaction() as store:
        made = {"template_checksum": "0" * 64, "deployment_id": store.deployments.active().id, "signing_way": "basah"}
        for kind, scan in (("surat_teguran", None), ("strd", "a" * 64), ("skrd", None)):
            if scan:
                store.documents.add_file(scan, 1, "application/pdf", 1, NOW)
            kept = {"case_id": case_id, "kind": kind, "number": f"7/{kind}", "signed_sha256": scan}
            store.documents.add_letter(uuid7(), {}, NOW, **made, **kept)
    page = office.logged_in("bendahara").get("/bendahara")
    assert "Surat yang menunggu pindaian bertanda tangan" in page
    assert "7/surat_teguran" in page
    assert f"/berkas/{case_id}?bagian=surat" in page
    assert "7/strd" not in page
    assert "7/skrd" not in page
