"""The pages of findings: recorded from a sample or a file, answered by whom they are put to, closed."""

import io
import re

from app.operations import sampling
from app.operations.demo.invented import paper
from tests.app.web.office import BEFORE, NOW

FOUND = {"golongan": "waktu", "bobot": "tinggi", "uraian": "Janji lewat tanpa sebab", "tenggat": "30/10/2026"}


def test_the_class_of_a_finding_is_told_in_the_readers_language(office):
    supervisor = office.logged_in("pengawas")
    supervisor.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = supervisor.get("/audit/temuan")
    assert ">Completeness and validity of papers</option>" in page
    assert "Kelengkapan dan keabsahan berkas" not in page


def recorded(office, **typed):
    """The address of a finding that was put to the kasi."""
    to = str(office.people["kasi"])
    answer = office.logged_in("pengawas").post("/audit/temuan/baru", {**FOUND, "kepada": to, **typed})
    assert answer.status == 303
    return answer.location


def test_a_finding_is_recorded_answered_returned_and_closed_through_the_pages(office):
    supervisor, kasi = office.logged_in("pengawas"), office.logged_in("kasi")
    assert "Belum ada temuan." in supervisor.get("/audit/temuan")
    proposed = re.search(r'id="f-tenggat"[^>]* value="([^"]*)"', supervisor.get("/audit/temuan/baru").text)[1]
    assert proposed == "03/11/2026", "ten working days after a Tuesday's morning"
    address = recorded(office)
    assert "T-2026-001" in kasi.get("/kotak-tugas")
    assert "Temuan yang ditujukan kepada Anda" in kasi.get("/audit/temuan")
    assert "Putusan pengawas" not in kasi.get(address)
    assert kasi.post(f"{address}/jawab", {"jawaban": "Pemohon meminta waktu"}).status == 303
    assert "T-2026-001" in supervisor.get("/kotak-tugas")
    assert supervisor.post(f"{address}/putuskan", {"aksi": "kembali", "putusan": "Tidak tercatat"}).status == 303
    assert kasi.post(f"{address}/jawab", {"jawaban": "Suratnya sudah dipindai"}).status == 303
    assert supervisor.post(f"{address}/putuskan", {"aksi": "tutup", "putusan": "Dapat diterima"}).status == 303
    page = supervisor.get(address)
    for words in ("Pemohon meminta waktu", "Tidak tercatat", "Suratnya sudah dipindai", "Dapat diterima", "ditutup"):
        assert words in page
    assert "T-2026-001" not in kasi.get("/kotak-tugas")
    late = kasi.post(f"{address}/jawab", {"jawaban": "Satu jawaban lagi"})
    assert late.status == 409
    assert "sudah dijawab atau ditutup" in late


def test_evidence_is_chosen_with_a_finding_and_its_answer_and_taken_from_its_page(office):
    supervisor, kasi = office.logged_in("pengawas"), office.logged_in("kasi")
    address = recorded(office, lampiran=[(io.BytesIO(paper()), "foto 1.pdf"), (io.BytesIO(paper()), "foto 2.pdf")])
    sent = {"jawaban": "Suratnya sudah dipindai", "lampiran": (io.BytesIO(b"GIF89a"), "lelucon.gif")}
    refused = kasi.post(f"{address}/jawab", sent)
    assert refused.status == 422
    assert "lelucon.gif" in refused
    assert "Suratnya sudah dipindai" in refused, "what was typed stays"
    good = {"jawaban": "Suratnya sudah dipindai", "lampiran": (io.BytesIO(paper()), "surat.pdf")}
    assert kasi.post(f"{address}/jawab", good).status == 303
    page = supervisor.get(address)
    links = dict(re.findall(r'href="(/audit/temuan/lampiran/[^"]+)">([^<]+)<', page.text))
    assert list(links.values()) == ["foto 1.pdf", "foto 2.pdf", "surat.pdf"]
    for link in links:
        assert kasi.get(link).status == 200
        assert office.logged_in("loket").get(link).status == 404


def test_a_faulty_finding_keeps_what_was_typed_and_says_where_it_is_wrong(office):
    sent = {**FOUND, "golongan": "", "uraian": "x", "tenggat": "kemarin", "berkas": "999", "kepada": ""}
    answer = office.logged_in("pengawas").post("/audit/temuan/baru", sent)
    assert answer.status == 422
    fields = ("golongan", "uraian", "tenggat", "berkas", "kepada")
    assert [one for one in fields if f'<a href="#f-{one}">' not in answer] == []
    assert 'value="kemarin"' in answer
    address = recorded(office)
    short = office.logged_in("kasi").post(f"{address}/jawab", {"jawaban": "x"})
    assert short.status == 422
    assert '<a href="#f-jawaban">' in short


def test_an_answer_that_does_not_conform_becomes_a_finding_that_leads_back_to_its_sample_and_its_file(office):
    case_id = office.registered()
    number = office.case(case_id).held.number
    supervisor = office.logged_in("pengawas")
    with office.app.app_context():
        lot = sampling.Lot("7", False, BEFORE.date(), BEFORE.date(), "", "", 5)
        sample = sampling.draw(lot, office.people["pengawas"], NOW)
        given = {"waktu": ("tidak_sesuai", "Lewat dua hari")}
        sampling.answer(sample, case_id, given, office.people["pengawas"], NOW)
    page = supervisor.get(f"/audit/sampel/{sample}/{case_id}").text
    address = re.search(r'href="(/audit/temuan/baru\?[^"]+)"', page)[1].replace("&amp;", "&")
    form = supervisor.get(address)
    assert "Lewat dua hari" in form
    found = recorded(office, berkas=number, sampel=str(sample))
    assert f"/audit/sampel/{sample}" in supervisor.get(found)
    assert f"/berkas/{case_id}" in supervisor.get(found)
    assert "T-2026-001" in supervisor.get(f"/berkas/{case_id}?bagian=catatan")
    assert "T-2026-001" in office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=catatan")
    assert "T-2026-001" not in office.logged_in("loket").get(f"/berkas/{case_id}?bagian=catatan")


def test_the_register_is_sifted_and_taken_home_as_a_table(office):
    recorded(office)
    recorded(office, golongan="data", uraian="=NIK dibuka tanpa alasan")
    supervisor = office.logged_in("pengawas")
    assert "T-2026-001" not in supervisor.get("/audit/temuan?golongan=data")
    assert "Tidak ada yang cocok dengan saringan." in supervisor.get("/audit/temuan?keadaan=lewat")
    table = supervisor.get("/audit/temuan/unduh.csv?golongan=data").text
    assert "T-2026-002" in table
    assert "T-2026-001" not in table
    assert '"=NIK' not in table, "a spreadsheet reckons nothing of it"
