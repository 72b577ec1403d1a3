"""Search and the Kartu Kendali: what a case is, where it stands, why its date is what it is, and what may be done."""

import io
import json
import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from app.clock import WIB
from app.operations import control_card, granting
from app.operations.demo.invented import paper
from app.operations.work import Work
from app.store import transaction
from app.store.ids import uuid7
from engine.case import Step
from tests.app.web.office import NOW

SECTIONS = ("ringkasan", "riwayat", "isian", "dokumen", "surat", "pembayaran", "pesan", "catatan", "tindakan")


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_the_case_page_opens(office, section):
    case_id = office.registered()
    page = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian={section}")
    assert page.status == 200
    assert "Surat Keterangan Penelitian" in page


def test_only_a_permit_with_a_levy_has_a_payment_tab(office):
    kasi = office.logged_in("kasi")
    assert "bagian=pembayaran" not in kasi.get(f"/berkas/{office.registered()}")
    levied = kasi.get(f"/berkas/{office.submitted('TRY')}?bagian=pembayaran")
    assert "bagian=pembayaran" in levied
    assert "Retribusi belum ditetapkan." in levied


def test_the_case_page_shows_state_clocks_diagram_and_history(office):
    case_id = office.registered()
    page = office.logged_in("kasi").get(f"/berkas/{case_id}")
    for words in ("Jam Layanan (bersih)", "Janji layanan", "Batas hukum", "Posisi dalam kata-kata", "Di sini"):
        assert words in page
    assert "Menunggu: Verifikasi keabsahan" in page
    assert "Periksa kelengkapan: " in page


def test_the_diagram_bears_each_steps_service_time_and_whose_it_was(office):
    case_id = office.registered(at=NOW - timedelta(days=4))
    office.complete(office.task(case_id), "sah", "verifikator", NOW - timedelta(days=1), cara="lihat_asli")
    page = office.logged_in("kasi").get(f"/berkas/{case_id}")
    drawn = [json.loads(one) for one in re.findall(r'<script type="application/json">(.*?)</script>', page.text)]
    now = {id: text for data in drawn for id, text in data["now"].items() if text}
    past = {id: text for data in drawn for id, text in data["times"].items()}
    assert list(now) == ["tentukan_jalur"]
    lasted, whose = now["tentukan_jalur"].split(" · ")
    assert (whose, f">{lasted}</td>" in page) == ("Kantor", True), "as the table beside it says"
    hands = [set(text.split(" · ")[1].split(", ")) for text in past.values()]
    assert {"Pemohon", "Kantor"} in hands, "a part of the flow names both"


def test_the_ledger_adds_up_as_printed(office):
    case_id = office.registered(at=NOW - timedelta(days=4))
    page = office.logged_in("kasi").get(f"/berkas/{case_id}")
    sums = re.search(
        r"kotor ([\d,]+) hk − ditangguhkan ([\d,]+) \(pemohon\) − ([\d,]+) \(kahar\) = bersih <[^>]+>([\d,]+)",
        page.text,
    )
    gross, applicant, kahar, net = (round(float(one.replace(",", ".")) * 100) for one in sums.groups())
    assert gross == applicant + kahar + net > 0


def test_a_hold_stands_in_the_ledger_with_its_reason(office):
    case_id = office.registered(at=NOW - timedelta(days=4))
    office.logged_in("pemohon").post(
        f"/berkas/{case_id}/tunda", {"alasan": "Sedang di luar kota", "sampai": "30/10/2026"}
    )
    hold = office.case(case_id).holds[0].id
    office.logged_in("kasi").post(
        f"/berkas/{case_id}/penundaan/{hold}", {"putusan": "kabul", "sampai_kabul": "30/10/2026"}
    )
    page = office.logged_in("kasi").get(f"/berkas/{case_id}")
    assert "ditunda atas permintaan pemohon" in page
    assert "Ditunda sampai" in office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=tindakan")
    assert "ditangguhkan: " in page


def test_a_closed_section_name_opens_the_first(office):
    case_id = office.registered()
    assert "Posisi berkas" in office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=../../etc")


def test_an_applicant_sees_no_internal_notes(office):
    case_id = office.registered()
    office.logged_in("kasi").post(f"/berkas/{case_id}/catatan", {"catatan": "Hati-hati, berkas sengketa"})
    assert "berkas sengketa" in office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=catatan")
    page = office.logged_in("pemohon").get(f"/berkas/{case_id}?bagian=catatan")
    assert "berkas sengketa" not in page
    assert "Catatan internal" not in page


def test_a_colleague_named_in_a_note_reads_it_from_the_inbox_and_says_so(office):
    case_id, kasi = office.registered(), office.people["kasi"]
    writer = office.logged_in("verifikator")
    assert f'name="sebut" value="{kasi}"' in writer.get(f"/berkas/{case_id}?bagian=catatan")
    refused = writer.post(f"/berkas/{case_id}/catatan", {"catatan": "Mohon dilihat", "sebut": [str(uuid4())]})
    assert refused.status == 422
    assert "Mohon dilihat" in refused
    assert "Pilih rekan yang boleh membaca berkas ini" in refused
    writer.post(f"/berkas/{case_id}/catatan", {"catatan": "Mohon dilihat", "sebut": [str(kasi), "bukan id"]})
    reader = office.logged_in("kasi")
    assert "Anda disebut pada berkas" in reader.get("/kotak-tugas")
    assert "belum dibaca" in reader.get(f"/berkas/{case_id}?bagian=catatan")
    reader.post(f"/berkas/{case_id}/catatan/dibaca", {})
    assert "Anda disebut pada berkas" not in reader.get("/kotak-tugas")
    assert "Sudah saya baca" not in reader.get(f"/berkas/{case_id}?bagian=catatan")


def test_somebody_elses_case_does_not_exist(office):
    case_id = office.registered()
    browser = office.logged_in("pemohon2")
    for address in ("", "?bagian=riwayat", f"/jam/{uuid4()}"):
        assert browser.get(f"/berkas/{case_id}{address}").status == 404
    for act in ("nik", "cabut", "tunda"):
        assert (
            browser.post(
                f"/berkas/{case_id}/{act}", {"alasan_nik": "ingin tahu", "alasan": "tanpa alasan", "yakin": "ya"}
            ).status
            == 404
        )
    assert browser.get(f"/berkas/{uuid4()}").status == 404


def test_an_agency_finds_only_its_assignments(office):
    case_id = office.registered()
    browser = office.logged_in("tim-pupr")
    assert browser.get(f"/berkas/{case_id}").status == 404
    assert "Belum ada berkas yang dapat Anda lihat." in browser.get("/berkas")


def test_a_case_is_found_by_number_name_and_full_nik(office):
    case_id = office.registered()
    browser = office.logged_in("informasi")
    found = office.case(case_id)
    held, nik = found.held, found.submissions[0].values["nik"]
    for text in (held.number, held.applicant_name.upper(), held.tracking_code, nik):
        assert str(case_id) in browser.get("/berkas", query_string={"cari": text}), text
    assert "Tidak ada berkas yang cocok" in browser.get("/berkas?cari=tidak-ada-yang-begini")


@pytest.mark.parametrize("text", ["%", "_", "'; drop table cases --", "\ud800", "x" * 5000, "\x00"])
def test_hostile_searches_find_nothing_and_break_nothing(office, text):
    office.registered()
    answer = office.logged_in("informasi").get("/berkas", query_string={"cari": text.encode("utf-8", "replace")})
    assert answer.status == 200


def test_a_broken_place_in_a_list_is_its_beginning(office):
    case_id = office.registered()
    for place in ("@@@", "AAAA", "Mjk5OQ==", "é"):
        assert str(case_id) in office.logged_in("informasi").get("/berkas", query_string={"lanjut": place})


# --- acts


def test_a_draft_is_found_by_the_nik_of_its_applicants_account(office, database_rows):
    ((nik,),) = database_rows("select nik from people where id = %s", (str(office.people["pemohon"]),))
    made = office.open("SIPB")
    assert str(made.case_id) in office.logged_in("loket").get("/berkas", query_string={"cari": nik})


def test_the_full_nik_needs_a_reason_and_leaves_a_trace(office):
    case_id = office.registered()
    browser = office.logged_in("verifikator")
    refused = browser.post(f"/berkas/{case_id}/nik", {"alasan_nik": "cek"})
    assert refused.status == 422
    assert 'value="cek"' in refused
    shown = browser.post(f"/berkas/{case_id}/nik", {"alasan_nik": "Dicocokkan dengan Dukcapil"})
    assert re.search(r"<dd>\d{16}</dd>", shown.text)
    assert shown.headers["Cache-Control"] == "no-store"
    assert not re.search(r"\d{16}", browser.get(f"/berkas/{case_id}?bagian=tindakan").text.replace("data-kini", ""))
    assert "Dicocokkan dengan Dukcapil" in office.logged_in("pengawas").get(f"/berkas/{case_id}?bagian=tindakan")


def test_a_role_that_does_not_see_applicants_gets_no_nik(office):
    case_id = office.registered()
    assert office.logged_in("arsip").post(f"/berkas/{case_id}/nik", {"alasan_nik": "ingin tahu"}).status == 403


def test_an_application_is_withdrawn_once_and_on_purpose(office):
    case_id = office.registered()
    browser = office.logged_in("pemohon")
    unsure = browser.post(f"/berkas/{case_id}/cabut")
    assert unsure.status == 422
    assert "Centang dahulu" in unsure
    sent = {"yakin": "ya", "kunci": str(uuid4())}
    assert [browser.post(f"/berkas/{case_id}/cabut", sent).status for _ in range(2)] == [303, 303]
    assert not office.case(case_id).may_withdraw
    assert browser.post(f"/berkas/{case_id}/cabut", {"yakin": "ya", "kunci": str(uuid4())}).status == 409


def test_an_official_who_is_not_at_the_counter_cannot_withdraw(office):
    case_id = office.registered()
    assert office.logged_in("kasi").post(f"/berkas/{case_id}/cabut", {"yakin": "ya"}).status == 403


def test_a_hold_without_a_reason_keeps_the_date_typed(office):
    case_id = office.registered()
    answer = office.logged_in("pemohon").post(f"/berkas/{case_id}/tunda", {"alasan": "", "sampai": "30/10/2026"})
    assert answer.status == 422
    assert "Alasan wajib diisi" in answer
    assert 'value="30/10/2026"' in answer


def test_a_date_that_does_not_exist_is_told(office):
    case_id = office.registered()
    sent = {"alasan": "Sedang di luar kota", "sampai": "31/02/2027"}
    answer = office.logged_in("pemohon").post(f"/berkas/{case_id}/tunda", sent)
    assert answer.status == 422
    assert "bukan tanggal yang ada" in answer


def test_only_the_kasi_decides_on_a_hold_and_a_refusal_has_a_reason(office):
    case_id = office.registered()
    office.logged_in("pemohon").post(f"/berkas/{case_id}/tunda", {"alasan": "Sedang di luar kota"})
    hold = office.case(case_id).holds[0].id
    address = f"/berkas/{case_id}/penundaan/{hold}"
    assert office.logged_in("loket").post(address, {"putusan": "kabul", "sampai_kabul": "30/10/2026"}).status == 403
    kasi = office.logged_in("kasi")
    assert "Jawaban kepada pemohon wajib diisi" in kasi.post(address, {"putusan": "tolak"})
    assert kasi.post(address, {"putusan": "tolak", "jawaban": "Berkas hampir selesai"}).status == 303
    assert kasi.post(address, {"putusan": "tolak", "jawaban": "Berkas hampir selesai"}).status == 409
    assert "Berkas hampir selesai" in office.logged_in("pemohon").get(f"/berkas/{case_id}?bagian=tindakan")


def test_a_hold_that_would_end_in_the_past_comes_back_with_what_was_written(office):
    case_id = office.registered()
    office.logged_in("pemohon").post(f"/berkas/{case_id}/tunda", {"alasan": "Sedang di luar kota"})
    address = f"/berkas/{case_id}/penundaan/{office.case(case_id).holds[0].id}"
    answer = office.logged_in("kasi").post(
        address, {"putusan": "kabul", "sampai_kabul": "01/01/2026", "jawaban": "Sampai pulang"}
    )
    assert answer.status == 422
    assert "paling cepat besok" in answer
    assert 'value="01/01/2026"' in answer
    assert "Sampai pulang" in answer


def test_the_history_says_who_signed_in_somebodys_stead(office):
    case_id = office.registered()
    office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    nothing = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
    office.complete(office.task(case_id), "lanjut", "kasi", **nothing)
    office.complete(office.task(case_id), "disusun", "pengolahan")
    for by in ("kasi", "kabid", "penomoran"):
        office.complete(office.task(case_id), office.first_outcome(case_id), by, cara="peragaan")
    with office.app.app_context():
        people, day = office.people, NOW.date()
        granting.grant_role(
            people["sekretaris"], "KD", "", "plh", day, day, "SP 1", people["admin"], NOW, people["kadis"]
        )
    office.complete(office.task(case_id), office.first_outcome(case_id), "sekretaris", cara="peragaan")
    browser = office.logged_in("sekretaris")
    page = browser.get(f"/berkas/{case_id}?bagian=riwayat").text
    assert "Plh. Kepala Dinas" in page
    assert "Plh. Kepala Dinas" in browser.get("/kotak-tugas").text.partition('class="orang-menu"')[0]
    assert "Plh. Kepala Bidang" not in page


def test_an_empty_note_is_refused(office):
    case_id = office.registered()
    answer = office.logged_in("kasi").post(f"/berkas/{case_id}/catatan", {"catatan": " "})
    assert answer.status == 422
    assert "Catatan masih kosong" in answer


def test_reopening_what_is_not_closed_is_refused(office):
    case_id = office.registered()
    answer = office.logged_in("kabid").post(f"/berkas/{case_id}/buka-kembali", {"alasan_buka": "Ada bukti baru"})
    assert answer.status == 409
    assert office.logged_in("kasi").post(f"/berkas/{case_id}/buka-kembali", {"alasan_buka": "Ada bukti"}).status == 403
    assert office.logged_in("kabid").post(f"/berkas/{case_id}/buka-kembali", {"alasan_buka": ""}).status == 422


def test_every_event_has_its_own_words(office):
    case_id = office.registered(at=NOW - timedelta(days=1))
    page = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=riwayat")
    for words in ("Berkas dibuka", "Jam Layanan mulai", "Dokumen diunggah", "Surat terbit: ", "Nomor "):
        assert words in page


def test_an_event_recorded_later_says_both_times(office):
    case_id = office.registered(at=NOW - timedelta(days=1))
    assert "Dicatat (WIB)" in office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=riwayat")


def test_a_replaced_paper_is_marked_and_stands_behind_the_one_that_counts(office):
    case_id = office.registered()
    wrong = {"keabsahan.ktp.hasil": "perbaikan", "cara": "lihat_asli"}
    office.complete(office.task(case_id), "perbaikan", "verifikator", reason="KTP buram", **wrong)
    office.complete(office.task(case_id), "diperbaiki", "pemohon")
    old, new = [one.id for one in office.case(case_id).documents if one.requirement == "ktp"]
    browser = office.logged_in("verifikator")
    for page in (browser.get(f"/tugas/{office.task(case_id)}"), browser.get(f"/berkas/{case_id}?bagian=dokumen")):
        kept, gone = (page.text.split(f'id="dokumen-{one}"')[1].split("</summary>")[0] for one in (new, old))
        assert ("yang berlaku" in kept, "diganti" in gone) == (True, True)
        assert page.text.index(f'id="dokumen-{new}"') < page.text.index(f'id="dokumen-{old}"')
        assert ("versi 2" in kept, "versi 1, diganti" in gone) == (True, True)
        assert all(re.search(r"\d{2}/\d{2}/\d{4} \d{2}\.\d{2} · Slamet Riyadi", one) for one in (kept, gone)), (
            "when, by whom"
        )


@pytest.fixture
def repaired(office):
    """A file whose KTP was handed in twice, and its two papers, the older first."""
    case_id = office.registered()
    wrong = {"keabsahan.ktp.hasil": "perbaikan", "cara": "lihat_asli"}
    office.complete(office.task(case_id), "perbaikan", "verifikator", reason="KTP buram", **wrong)
    office.complete(office.task(case_id), "diperbaiki", "pemohon")
    return case_id, [one.id for one in office.case(case_id).documents if one.requirement == "ktp"]


def test_the_history_names_the_paper_with_its_version_and_the_notice_with_its_addressee(office, repaired):
    case_id, _ = repaired
    number = office.case(case_id).held.number
    page = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=riwayat").text
    for words in (
        "Dokumen diunggah: KTP pemohon atau penanggung jawab, versi 1",
        "Dokumen diunggah: KTP pemohon atau penanggung jawab, versi 2",
        f"Pemberitahuan “Berkas {number} perlu diperbaiki” dikirim kepada Pemohon",
    ):
        assert words in page, words
    assert not re.search(r"(Dokumen diunggah|Pemberitahuan dikirim)<", page)
    english = office.logged_in("kasi")
    english.post("/bahasa", {"bahasa": "en"})
    assert f"Notice “File {number}" in english.get(f"/berkas/{case_id}?bagian=riwayat&bahasa=en").text


def test_the_printed_card_names_papers_and_notices_too(office, repaired):
    case_id, _ = repaired
    with office.app.app_context(), transaction() as store:
        held = store.cases.see(case_id)
        told = control_card.values(Work(store, held, Step(held.case, ()), NOW))["riwayat"]
    said = [one["peristiwa"] for one in told]
    assert "Dokumen diunggah: KTP pemohon atau penanggung jawab, versi 2" in said
    assert f"Pemberitahuan “Berkas {held.number} perlu diperbaiki” dikirim kepada Pemohon / Kuasa" in said


def test_a_paper_s_own_page_is_headed_by_the_requirement_and_leads_back_to_its_file(office, repaired):
    _case_id, (old, new) = repaired
    for login in ("kasi", "pemohon"):
        browser = office.logged_in(login)
        for paper_id, version in ((old, 1), (new, 2)):
            page = browser.get(f"/dokumen/{paper_id}").text
            assert "<h1>KTP pemohon atau penanggung jawab</h1>" in page
            assert f"versi {version} ·" in page
            back = re.search(r'class="jejak"><a href="([^"]+)"', page).group(1).replace("&amp;", "&")
            assert f'id="dokumen-{paper_id}"' in browser.get(back).text


def test_a_part_of_a_day_is_told_in_hours_and_the_standard_in_a_citizen_s_words(office):
    case_id = office.registered()
    page = office.logged_in("pemohon").get(f"/berkas/{case_id}/jam/{office.case(case_id).service.id}")
    assert re.search(r"\+ \d+ jam( \d+ menit)? dari \d+ jam", page.text)
    assert re.search(r"tepatnya [\d,]+/[\d,]+ menit", page.text)
    assert "Janji layanan izin ini" in page


@pytest.fixture
def reminded(office):
    """A file with a reminder that waits for its signed scan: its address and the name of the field."""
    case_id, id = office.registered(), uuid7()
    with office.app.app_context(), transaction() as store:
        made = {"template_checksum": "0" * 64, "deployment_id": store.deployments.active().id, "number": "1/TGR"}
        store.documents.add_letter(id, {}, NOW, kind="surat_teguran", case_id=case_id, signing_way="basah", **made)
    return f"/berkas/{case_id}", f"pindaian-{id}"


def test_the_treasurer_stores_the_signed_scan_of_a_reminder_among_the_letters_of_the_file(office, reminded):
    address, field = reminded
    treasurer = office.logged_in("bendahara")
    assert field in treasurer.get(f"{address}?bagian=surat")
    empty = treasurer.post(f"{address}/pindaian/{field.removeprefix('pindaian-')}")
    assert empty.status == 422
    assert f'href="#f-{field}"' in empty
    assert "menjadi surat bertanda tangan yang dapat diunduh" in empty
    unread = treasurer.post(
        f"{address}/pindaian/{field.removeprefix('pindaian-')}", {field: (io.BytesIO(paper()), "lain.pdf")}
    )
    assert unread.status == 422
    assert f'href="#f-{field.replace("pindaian", "diperiksa")}"' in unread
    assert "ini pindaian surat nomor 1/TGR yang ditandatangani" in unread
    sent = {field: (io.BytesIO(paper()), "teguran.pdf"), field.replace("pindaian", "diperiksa"): "ya"}
    answer = treasurer.post(f"{address}/pindaian/{field.removeprefix('pindaian-')}", sent)
    assert answer.status == 303
    assert "Bertanda tangan" in treasurer.follow(answer)
    assert "Pindaian bertanda tangan disimpan: Surat Teguran" in treasurer.get(f"{address}?bagian=riwayat")


def test_another_official_sees_that_a_reminder_waits_for_its_scan_and_no_place_for_it(office, reminded):
    address, field = reminded
    clerk = office.logged_in("verifikator")
    page = clerk.get(f"{address}?bagian=surat")
    assert "menunggu pindaian bertanda tangan" in page
    assert field not in page
    assert clerk.post(f"{address}/pindaian/{field.removeprefix('pindaian-')}").status == 403


def test_a_clock_that_can_promise_nothing_says_so_once_with_its_reason(office, monkeypatch):
    late = datetime(2026, 12, 30, 9, 30, tzinfo=WIB)  # its date falls into a year whose list is not adopted
    monkeypatch.setattr("app.web.session.now", lambda: late)
    case_id = office.registered(at=late)
    for login, address in (("pemohon", f"/permohonan/{case_id}"), ("kasi", f"/berkas/{case_id}")):
        page = office.logged_in(login).get(address).text
        tile = re.search(r'<div class="petak"><span class="redup kecil">Janji layanan</span>.*?</div>', page, re.S)[0]
        assert re.findall("belum dapat dijanjikan|tanpa janji", tile) == ["belum dapat dijanjikan"]
        assert "belum dapat dijanjikan: kalender belum ditetapkan" in tile
    english = office.logged_in("kasi")
    english.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert "cannot be promised yet: the calendar is not adopted" in english.get(f"/berkas/{case_id}")


def test_what_the_counter_hands_in_for_an_applicant_is_told_as_the_counter_s_help_everywhere(office):
    made = office.open()
    office.complete(made.task_id, "diajukan", "loket")
    helped = "Petugas Loket (Front Office), membantu pemohon"
    supervisor = office.logged_in("pengawas")
    for address in (f"/berkas/{made.case_id}?bagian=riwayat", f"/berkas/{made.case_id}", "/audit?jenis=task_completed"):
        page = supervisor.get(address).text
        assert helped in page, address
        assert not re.search(r"Dewi Anggraini[^\n]{0,80}Pemohon / Kuasa", page), address
    with office.app.app_context(), transaction() as store:
        held = store.cases.see(made.case_id)
        told = control_card.values(Work(store, held, Step(held.case, ()), NOW))["riwayat"]
    assert {one["peran"] for one in told if one["siapa"].startswith("Dewi")} - {""} == {helped}
