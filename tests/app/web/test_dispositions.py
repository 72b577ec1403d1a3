"""The pages of disposisi and questions among colleagues: given from the file, answered from the inbox, taken back."""

import re

GIVEN = {"macam": "DISPOSISI", "isi-DISPOSISI": "Cocokkan alamat", "tenggat-DISPOSISI": "30/10/2026"}


def handed(office, case_id, **typed):
    """The address of what the kasi put to the verifier."""
    kasi, to = office.logged_in("kasi"), str(office.people["verifikator"])
    answer = kasi.post(f"/berkas/{case_id}/disposisi", {**GIVEN, "kepada-DISPOSISI": to, **typed})
    assert answer.status == 303
    return re.search(rf"/berkas/{case_id}/disposisi/[0-9a-f-]+", kasi.get(answer.location).text)[0]


def test_a_disposisi_is_given_seen_in_the_inbox_and_on_the_card_and_done(office):
    case_id = office.registered()
    address = handed(office, case_id)
    kasi, verifier = office.logged_in("kasi"), office.logged_in("verifikator")
    assert address in verifier.get("/kotak-tugas").text
    assert "Cocokkan alamat" in verifier.get("/disposisi")
    assert "Cocokkan alamat" in kasi.get("/disposisi?daftar=keluar")
    assert "1 disposisi atau pertanyaan rekan belum selesai" in kasi.get(f"/berkas/{case_id}")
    assert "Selesai, kirim jawaban" not in kasi.get(address)
    assert verifier.post(f"{address}/jawab", {"jawaban": "Alamatnya sama"}).status == 303
    assert address not in verifier.get("/kotak-tugas").text
    assert "Cocokkan alamat" not in verifier.get("/disposisi")
    assert "Alamatnya sama" in verifier.get("/disposisi?semua=ya")
    assert "Alamatnya sama" in kasi.get(f"/berkas/{case_id}?bagian=catatan")
    assert "Cocokkan alamat" not in office.logged_in("pemohon").get(f"/berkas/{case_id}").text
    again = verifier.post(f"{address}/jawab", {"jawaban": "Satu lagi jawaban"})
    assert again.status == 409
    assert "sudah selesai" in again


def test_it_is_taken_back_with_a_reason_that_stands_beside_it(office):
    address = handed(office, office.registered())
    kasi = office.logged_in("kasi")
    short = kasi.post(f"{address}/tarik", {"alasan_tarik": ""})
    assert short.status == 422
    assert '<a href="#f-alasan_tarik">' in short
    assert kasi.post(f"{address}/tarik", {"alasan_tarik": "Sudah tidak perlu"}).status == 303
    assert "Sudah tidak perlu" in kasi.get(address)


def test_a_faulty_one_keeps_what_was_typed_at_the_form_it_was_typed_into(office):
    case_id = office.registered()
    sent = {**GIVEN, "isi-DISPOSISI": "x", "tenggat-DISPOSISI": "besok lusa", "kepada-DISPOSISI": ""}
    answer = office.logged_in("kasi").post(f"/berkas/{case_id}/disposisi", sent)
    assert answer.status == 422
    wanted = [f"{one}-DISPOSISI" for one in ("isi", "tenggat", "kepada")]
    assert [one for one in wanted if f'<a href="#f-{one}">' not in answer] == []
    assert 'value="besok lusa"' in answer
    assert office.logged_in("kasi").post(f"/berkas/{case_id}/disposisi", {"macam": "LAIN"}).status == 422


def test_who_is_no_superior_asks_colleagues_only_and_the_supervisor_reads_only(office):
    case_id = office.registered()
    page = office.logged_in("verifikator").get(f"/berkas/{case_id}/disposisi")
    assert "kepada-TANYA" in page
    assert "kepada-DISPOSISI" not in page
    assert "tidak memberikannya" in office.logged_in("pengawas").get(f"/berkas/{case_id}/disposisi")
