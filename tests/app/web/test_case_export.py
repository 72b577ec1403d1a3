"""The page of a file offers it whole to those who may take it, and keeps who did."""

WHY = "Permintaan Ombudsman 12/2026"


def test_the_page_offers_the_zip_to_supervisors_and_tells_a_missing_reason_at_its_field(office):
    case_id = office.registered()
    browser = office.logged_in("pengawas")
    page = browser.get(f"/berkas/{case_id}?bagian=tindakan")
    assert "Unduh ZIP" in page
    assert "Unduh ZIP" not in office.logged_in("verifikator").get(f"/berkas/{case_id}?bagian=tindakan")
    browser = office.logged_in("pengawas")
    refused = browser.post(f"/berkas/{case_id}/ekspor", {"alasan_ekspor": "x"})
    assert (refused.status, "wajib diisi, paling sedikit 5 huruf" in refused) == (422, True)
    given = browser.post(f"/berkas/{case_id}/ekspor", {"alasan_ekspor": WHY})
    assert (given.status, given.headers["Content-Type"]) == (200, "application/zip")
    page = browser.get(f"/berkas/{case_id}?bagian=tindakan")
    assert "Siapa yang pernah mengekspornya" in page
    assert WHY in page
