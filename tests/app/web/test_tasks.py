"""The inbox and the task page: most urgent first, one step per button, and nothing typed is ever lost."""

import io
import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from app.operations import tasks, uploading
from app.operations.demo.invented import paper, photo
from app.operations.retrying import Unavailable
from app.web import working
from tests.app.web.office import NOW, picture


def test_a_group_task_is_listed_with_its_clock_in_words(office):
    office.registered()
    page = office.logged_in("verifikator").get("/kotak-tugas?daftar=kelompok")
    assert page.status == 200
    assert "Verifikasi keabsahan" in page
    assert "Surat Keterangan Penelitian" in page
    assert "aman: " in page or "terlambat: " in page or "mendekati batas: " in page


def test_an_empty_inbox_says_what_waits_in_the_group(office):
    office.registered()
    page = office.logged_in("verifikator").get("/kotak-tugas")
    assert "1 tugas kelompok menunggu" in page


def test_a_filter_without_matches_can_be_taken_away(office):
    office.registered()
    page = office.logged_in("verifikator").get("/kotak-tugas?daftar=kelompok&cari=tidak-ada-yang-begini")
    assert "Tidak ada yang cocok dengan saringan." in page
    assert "Hapus saringan" in page


def test_the_inbox_is_sifted_by_kelurahan_kecamatan_state_and_agency(office):
    case_id = office.registered()
    held = office.case(case_id).held
    area, browser = held.case.facts.area, office.logged_in("verifikator")
    name = "Verifikasi keabsahan"

    def listed(**sifted):
        asked = "&".join(f"{key}={word}" for key, word in sifted.items())
        return "data-tuju" in browser.get(f"/kotak-tugas?daftar=kelompok&{asked}") and name in browser.get(
            f"/kotak-tugas?daftar=kelompok&{asked}"
        )

    assert listed(wilayah=area)
    assert listed(wilayah=area.rpartition(".")[0])
    assert not listed(wilayah=area[:-1])
    assert listed(status=held.case.state)
    assert not listed(status="draf")
    assert not listed(instansi="DLH")
    page = browser.get("/kotak-tugas?daftar=kelompok&status=draf")
    assert "Hapus saringan" in page
    assert re.search(r"<details class=\"saringan-lain\" open>", page.text)


def test_a_way_of_looking_is_kept_under_a_name_and_forgotten_again(office):
    office.registered()
    browser = office.logged_in("verifikator")
    where = {"daftar": "kelompok", "status": "diproses"}
    assert "Simpan tampilan ini sebagai" in browser.get("/kotak-tugas?daftar=kelompok&status=diproses")
    for _ in range(2):
        browser.post("/kotak-tugas/tampilan", {**where, "nama": "  Yang diproses "})
    page = browser.get("/kotak-tugas?daftar=kelompok&status=diproses")
    assert page.text.count("Yang diproses</a>") == 1
    assert "Hapus tampilan" in page
    assert "Yang diproses" not in office.logged_in("kasi").get("/kotak-tugas")
    kept = re.search(r'name="tampilan" value="([0-9a-f-]+)"', page.text)[1]
    office.logged_in("kasi").post("/kotak-tugas/tampilan/hapus", {"tampilan": kept})
    assert "Yang diproses</a>" in browser.get("/kotak-tugas")
    browser.post("/kotak-tugas/tampilan/hapus", {"tampilan": kept})
    assert "Yang diproses</a>" not in browser.get("/kotak-tugas")


@pytest.mark.parametrize(("name", "said"), [("", "wajib diisi"), ("x" * 61, "Paling banyak 60 huruf, Anda menulis 61")])
def test_a_way_of_looking_without_a_name_is_refused_in_words(office, name, said):
    browser = office.logged_in("verifikator")
    assert said in browser.follow(
        browser.post("/kotak-tugas/tampilan", {"daftar": "saya", "izin": "SIPB", "nama": name})
    )


def test_a_watched_file_stands_in_a_list_of_its_own_until_it_is_not_watched_any_more(office):
    case_id = office.registered()
    browser = office.logged_in("kabid")
    assert "Tidak ada tugas terbuka pada berkas yang Anda pantau" in browser.get("/kotak-tugas?daftar=dipantau")
    for _ in range(2):
        assert browser.post(f"/berkas/{case_id}/pantau").status == 303
    card = browser.get(f"/berkas/{case_id}")
    assert "Berhenti memantau" in card
    listed = browser.get("/kotak-tugas?daftar=dipantau")
    assert listed.text.count("<tr data-baris") == 1
    assert "Verifikasi keabsahan" in listed
    assert "belum diambil" in listed
    office.claimed(case_id, "verifikator")
    assert "belum diambil" not in browser.get("/kotak-tugas?daftar=dipantau")
    browser.post(f"/berkas/{case_id}/pantau", {"pantau": "tidak"})
    assert "data-baris" not in browser.get("/kotak-tugas?daftar=dipantau")
    assert "data-baris" not in office.logged_in("kasi").get("/kotak-tugas?daftar=dipantau")


def test_the_preview_masks_the_identity_number(office):
    office.registered()
    page = office.logged_in("verifikator").get("/kotak-tugas?daftar=kelompok")
    assert "••••••••" in page
    assert "Janji layanan" in page


def test_an_applicant_has_no_inbox(office):
    browser = office.logged_in("pemohon")
    for address in ("/kotak-tugas", "/kotak-tugas/denyut", "/berkas", "/jam-layanan", "/kahar", "/bendahara"):
        assert browser.get(address).status == 403


def test_the_next_task_is_taken_and_opened(office):
    case_id = office.registered()
    answer = office.logged_in("verifikator").post("/kotak-tugas/berikutnya")
    assert answer.location == f"/tugas/{office.task(case_id)}"
    assert office.case(case_id).open_tasks[0].assignee == "Ratna Sari, S.E."


def test_no_next_task_is_told_in_a_sentence(office):
    browser = office.logged_in("verifikator")
    assert "Tidak ada tugas kelompok yang menunggu." in browser.follow(browser.post("/kotak-tugas/berikutnya"))


def test_the_pulse_is_not_sent_twice(office):
    browser = office.logged_in("verifikator")
    first = browser.get("/kotak-tugas/denyut")
    assert json.loads(first.text)["jumlah"]["kelompok"] == "0"
    again = browser.get("/kotak-tugas/denyut", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    office.registered()
    assert browser.get("/kotak-tugas/denyut", headers={"If-None-Match": first.headers["ETag"]}).status == 200


def test_several_tasks_are_taken_and_put_back_together(office):
    ids = [office.task(office.registered()) for _ in range(2)]
    browser = office.logged_in("verifikator")
    browser.post("/kotak-tugas/beberapa", {"aksi": "ambil", "tugas": [str(one) for one in ids]})
    assert browser.get("/kotak-tugas").text.count("data-baris") == 2
    back = {"aksi": "lepas", "tugas": [str(one) for one in ids], "kata_lepas": "Dinas luar"}
    browser.post("/kotak-tugas/beberapa", back)
    assert browser.get("/kotak-tugas").text.count("data-baris") == 0


def test_a_task_cannot_be_completed_in_bulk(office):
    task = office.task(office.registered())
    browser = office.logged_in("verifikator")
    browser.post("/kotak-tugas/beberapa", {"aksi": "putuskan:absah", "tugas": str(task)})
    assert browser.get(f"/tugas/{task}").status == 200


def test_the_kasi_hands_a_task_to_a_colleague(office):
    task = office.task(office.registered())
    browser = office.logged_in("kasi")
    assert "Agus Setiawan, S.H." in browser.get(f"/tugas/{task}")
    typed = {"kepada": str(office.people["verifikator2"]), "alasan_alih": "Pemegangnya sedang di lapangan"}
    answer = browser.post(f"/tugas/{task}/alihkan", typed)
    assert answer.status == 303
    assert str(task) in office.logged_in("verifikator2").get("/kotak-tugas")


def test_handing_a_task_to_nobody_is_refused_at_its_field_and_what_was_typed_stays(office):
    task = office.task(office.registered())
    typed = {"kepada": "bukan-orang", "alasan_alih": "Pemegangnya sedang di lapangan"}
    answer = office.logged_in("kasi").post(f"/tugas/{task}/alihkan", typed)
    assert answer.status == 422
    assert "Pilih dahulu petugas" in answer
    assert 'value="Pemegangnya sedang di lapangan"' in answer


def test_why_a_single_task_was_handed_on_is_asked_and_stands_in_the_history(office):
    case_id = office.registered()
    task, browser, to = office.task(case_id), office.logged_in("kasi"), str(office.people["verifikator2"])
    answer = browser.post(f"/tugas/{task}/alihkan", {"kepada": to})
    assert answer.status == 422
    assert 'id="s-alasan_alih"' in answer
    assert f'<option value="{to}" selected>' in answer
    assert office.case(case_id).open_tasks[0].assignee_id is None
    browser.post(f"/tugas/{task}/alihkan", {"kepada": to, "alasan_alih": "Pemegangnya sedang di lapangan"})
    assert "Pemegangnya sedang di lapangan" in browser.get(f"/berkas/{case_id}?bagian=riwayat")


# --- the task page


def test_the_task_page_shows_a_button_for_each_outcome(office):
    case_id = office.submitted()
    task = office.task(case_id)
    page = office.logged_in("loket").get(f"/tugas/{task}")
    for value, label in office.page(task, "loket").form.outcomes:
        assert f'value="putuskan:{value}">{label}</button>' in page
    assert "Dokumen pemohon" in page


def test_the_task_page_tells_the_standard_time_of_the_step_and_on_what_law_it_rests(office):
    case_id = office.registered()
    page = office.logged_in("verifikator").get(f"/tugas/{office.task(case_id)}")
    assert "Pasal 11 ayat (2) Perwali Metro 76/2018" in page
    assert "4 jam" in page.text.partition("Jangka waktu")[2][:200]


def test_documents_are_looked_at_as_pictures(office):
    case_id = office.submitted()
    document = office.case(case_id).documents[0]
    browser = office.logged_in("loket")
    shown = browser.get(f"/dokumen/{document.id}/halaman/0.png")
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/png")
    kept = browser.get(f"/dokumen/{document.id}/unduh")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert browser.get(f"/dokumen/{document.id}/halaman/99.png").status == 404


def test_completing_a_task_moves_the_case_on(office):
    case_id = office.submitted()
    task = office.task(case_id)
    typed, _files = office.typed(task, "loket")
    answer = office.logged_in("loket").post(
        f"/tugas/{task}", {**typed, "aksi": "putuskan:lengkap", "kunci": str(uuid4())}
    )
    assert answer.status == 303
    assert office.case(case_id).open_tasks[0].element == "verifikasi_keabsahan"


def test_the_same_click_twice_is_one_step(office):
    case_id = office.submitted()
    task = office.task(case_id)
    typed, _files = office.typed(task, "loket")
    sent = {**typed, "aksi": "putuskan:lengkap", "kunci": str(uuid4())}
    browser = office.logged_in("loket")
    assert [browser.post(f"/tugas/{task}", sent).status for _ in range(2)] == [303, 303]
    done = [one for one in office.case(case_id).tasks if one.element == "periksa_kelengkapan"]
    assert [one.status for one in done] == ["done"]


def test_a_faulty_answer_comes_back_with_everything_typed(office):
    task = office.task(office.submitted())
    typed, _files = office.typed(task, "loket")
    row = next(name for name in typed if name.endswith(".status"))
    sent = {**typed, row: "", "catatan": "Nomor antrean 7 & lampiran <biru>", "aksi": "putuskan:lengkap"}
    answer = office.logged_in("loket").post(f"/tugas/{task}", sent)
    assert answer.status == 422
    assert f'<a href="#f-{row}">' in answer
    assert "Nomor antrean 7 &amp; lampiran &lt;biru&gt;" in answer
    assert 'role="alert"' in answer


def test_a_decision_that_needs_a_reason_asks_for_it(office):
    task = office.task(office.submitted())
    form = office.page(task, "loket").form
    outcome = sorted(form.reasons)[0]
    typed, _files = office.typed(task, "loket")
    answer = office.logged_in("loket").post(f"/tugas/{task}", {**typed, "aksi": f"putuskan:{outcome}"})
    assert answer.status == 422
    assert 'href="#f-alasan_keputusan"' in answer


def test_a_request_for_repair_is_told_all_its_faults_at_once(office):
    task = office.task(office.registered())
    typed, _files = office.typed(task, "verifikator")
    answer = office.logged_in("verifikator").post(f"/tugas/{task}", {**typed, "aksi": "putuskan:perbaikan"})
    assert answer.status == 422
    assert "Alasan wajib diisi" in answer
    assert "Sebutkan dahulu persyaratan mana" in answer


def test_every_paper_that_contradicts_the_verdict_is_named_at_once(office):
    task = office.task(office.registered())
    typed, _files = office.typed(task, "verifikator")
    rows = [name for name in typed if name.endswith(".hasil")][:2]
    bad = {one.replace(".hasil", ".catatan"): "Buram" for one in rows} | dict.fromkeys(rows, "perbaikan")
    answer = office.logged_in("verifikator").post(f"/tugas/{task}", {**typed, **bad, "aksi": "putuskan:sah"})
    assert answer.status == 422
    assert all(f'<a href="#f-{one}">' in answer for one in rows)


def test_an_outcome_that_does_not_exist_is_told(office):
    task = office.task(office.submitted())
    typed, _files = office.typed(task, "loket")
    answer = office.logged_in("loket").post(f"/tugas/{task}", {**typed, "aksi": "putuskan:ngawur"})
    assert answer.status == 422
    assert "Pilih salah satu keputusan" in answer


def test_a_task_that_is_gone_says_who_did_it_and_when(office):
    case_id = office.submitted()
    task = office.task(case_id)
    office.complete(task, "lengkap", "loket2")
    answer = office.logged_in("loket").post(f"/tugas/{task}", {"aksi": "putuskan:lengkap"})
    assert answer.status == 409
    assert "Yusuf Hidayat" in answer
    assert "20/10/2026 09.30 WIB" in answer


def test_a_task_a_colleague_holds_keeps_what_was_typed(office):
    case_id = office.submitted()
    task = office.claimed(case_id, "loket2")
    typed, _files = office.typed(task, "loket2")
    answer = office.logged_in("loket").post(f"/tugas/{task}", {**typed, "aksi": "putuskan:lengkap"})
    assert answer.status == 409
    assert "Tugas ini diambil Yusuf Hidayat" in answer
    assert "pada 20/10/2026 09.30 WIB" in answer


def test_who_comes_too_late_to_take_a_task_reads_who_took_it_and_when(office):
    task = office.claimed(office.submitted(), "loket2")
    browser = office.logged_in("loket")
    answer = browser.post(f"/tugas/{task}/ambil")
    assert answer.status == 409
    assert 'class="tombol" href="/kotak-tugas">Ke Kotak Tugas' in answer
    assert "Tugas ini diambil Yusuf Hidayat" in answer
    assert "pada 20/10/2026 09.30 WIB" in answer


def test_separation_of_duties_is_told_on_the_page(office):
    case_id = office.registered()
    page = office.logged_in("kasi").get(f"/tugas/{office.task(case_id)}")
    assert "Anda dapat membaca, tidak dapat mengerjakan." in page
    assert "putuskan:" not in page


def test_completing_a_task_of_another_role_is_forbidden(office):
    task = office.task(office.registered())
    answer = office.logged_in("arsip").post(f"/tugas/{task}", {"aksi": "putuskan:absah"})
    assert answer.status == 403


def test_a_task_of_somebody_elses_case_does_not_exist(office):
    made = office.open()
    browser = office.logged_in("pemohon2")
    assert browser.get(f"/tugas/{made.task_id}").status == 404
    assert browser.post(f"/tugas/{made.task_id}", {"aksi": "simpan"}).status == 404
    assert browser.get(f"/tugas/{uuid4()}").status == 404


def test_a_draft_is_kept_and_shown_again(office):
    made = office.open()
    browser = office.logged_in("pemohon")
    sent = {"aksi": "simpan", "versi_rancangan": "0", "perihal": "Skripsi tentang tapis"}
    assert browser.post(f"/tugas/{made.task_id}", sent).status == 303
    assert 'value="Skripsi tentang tapis"' in browser.get(f"/tugas/{made.task_id}")


def test_autosave_answers_with_the_new_version(office):
    made = office.open()
    sent = {"aksi": "simpan", "versi_rancangan": "0", "perihal": "Skripsi"}
    answer = office.logged_in("pemohon").post(f"/tugas/{made.task_id}", sent, headers={"Accept": "application/json"})
    assert json.loads(answer.text) == {"versi": 1, "pukul": "09.30", "kata": "Rancangan tersimpan 09.30 WIB"}


def test_a_task_that_a_withdrawal_took_away_says_by_whom_and_when(office):
    case_id = office.registered()
    task, browser = office.task(case_id), office.logged_in("verifikator")
    office.logged_in("pemohon").post(f"/permohonan/{case_id}/cabut", {"yakin": "ya"})
    gone = browser.post(f"/tugas/{task}", {"aksi": "putuskan:sah"})
    assert gone.status == 409
    assert re.search(r"dicabut oleh [A-Z][^<]+ pada 20/10/2026 09\.30 WIB", gone.text)


def test_taking_giving_and_putting_back_twice_is_told_once_in_the_history(office):
    case_id = office.registered()
    task, browser = office.task(case_id), office.logged_in("verifikator")
    assert [browser.post(f"/tugas/{task}/ambil").status for _ in range(2)] == [303, 303]
    assert [browser.post(f"/tugas/{task}/lepas", {"alasan_lepas": "Sedang cuti"}).status for _ in range(2)] == [
        303,
        303,
    ]
    kasi, to = office.logged_in("kasi"), {"kepada": str(office.people["verifikator2"]), "alasan_alih": "Sedang cuti"}
    assert [kasi.post(f"/tugas/{task}/alihkan", to).status for _ in range(2)] == [303, 303]
    kinds = [one.kind for one in office.case(case_id).events]
    assert [kinds.count(one) for one in ("task_claimed", "task_released", "task_reassigned")] == [1, 1, 1]


def test_a_draft_sent_twice_by_a_double_press_stands_once_and_is_no_conflict(office):
    made = office.open()
    browser = office.logged_in("pemohon")
    sent = {"aksi": "simpan", "versi_rancangan": "0", "perihal": "Skripsi tentang tapis"}
    assert [browser.post(f"/tugas/{made.task_id}", sent).status for _ in range(2)] == [303, 303]
    answer = browser.post(f"/tugas/{made.task_id}", sent, headers={"Accept": "application/json"})
    assert json.loads(answer.text)["versi"] == 1


def test_two_windows_do_not_overwrite_each_other_until_somebody_chooses(office):
    made = office.open()
    browser, address = office.logged_in("pemohon"), f"/tugas/{made.task_id}"
    browser.post(address, {"aksi": "simpan", "versi_rancangan": "0", "perihal": "Dari jendela satu"})
    late = {"aksi": "simpan", "versi_rancangan": "0", "perihal": "Dari jendela dua"}
    for _ in range(2):
        answer = browser.post(address, late)
        assert answer.status == 409
        assert 'value="Dari jendela dua"' in answer
        assert "Dari jendela satu" in answer, "what stands is shown beside it"
        assert 'name="versi_rancangan" value="0"' in answer, "the page goes on from where it began"
    assert browser.post(address, late | {"aksi": "putuskan:diajukan"}).status == 422
    assert 'value="Dari jendela satu"' in browser.get(address), "a fault keeps nothing over it either"
    assert browser.post(address, late | {"aksi": "timpa:1"}).status == 303
    assert 'value="Dari jendela dua"' in browser.get(address)
    answer = browser.post(address, late | {"aksi": "timpa:1", "perihal": "Yang ketiga"})
    assert answer.status == 409, "the choice was about the draft that was shown"


def test_a_window_goes_on_from_its_own_saving_though_it_missed_the_answer(office):
    made = office.open()
    browser, address = office.logged_in("pemohon"), f"/tugas/{made.task_id}"

    def saved(perihal, window, version="0"):
        sent = {"aksi": "simpan", "versi_rancangan": version, "perihal": perihal, "jendela": window}
        return browser.post(address, sent, headers={"Accept": "application/json"})

    assert json.loads(saved("Satu", "a:1").text)["versi"] == 1
    assert json.loads(saved("Satu dua", "a:2").text)["versi"] == 2
    assert saved("Yang lama", "a:1").status == 409, "what was sent earlier and arrives later"
    assert saved("Satu dua tiga", "b:9").status == 409
    assert 'value="Satu dua"' in browser.get(address)


def test_a_file_is_kept_at_once_and_the_rest_with_it(office):
    made = office.open()
    browser = office.logged_in("pemohon")
    _typed, files = office.typed(made.task_id, "pemohon")
    sent = {"perihal": "Skripsi", "versi_rancangan": "0", "aksi": f"unggah:{files[0]}"}
    sent[files[0]] = (io.BytesIO(picture()), "ktp.png")
    answer = browser.post(f"/tugas/{made.task_id}", sent, content_type="multipart/form-data")
    assert answer.status == 303
    page = browser.get(f"/tugas/{made.task_id}")
    assert "ktp.png" in page
    assert 'value="Skripsi"' in page
    document = office.page(made.task_id, "pemohon").files[files[0]][0].id
    browser.post(f"/tugas/{made.task_id}", {"aksi": f"buang:{document}", "versi_rancangan": "1", "perihal": "Skripsi"})
    assert "ktp.png" not in browser.get(f"/tugas/{made.task_id}")


@pytest.mark.parametrize("content", [b"", b"MZ program", b"%PDF-1.7 broken"])
def test_a_file_that_is_not_what_it_says_is_refused_and_the_text_kept(office, content):
    made = office.open()
    _typed, files = office.typed(made.task_id, "pemohon")
    sent = {"perihal": "Skripsi", "aksi": f"unggah:{files[0]}", files[0]: (io.BytesIO(content), "surat.pdf")}
    answer = office.logged_in("pemohon").post(f"/tugas/{made.task_id}", sent, content_type="multipart/form-data")
    assert answer.status == 422
    assert 'value="Skripsi"' in answer
    assert f'<a href="#f-{files[0]}">' in answer


def test_a_file_for_a_field_that_takes_none_is_refused(office):
    made = office.open()
    sent = {"aksi": "unggah:perihal", "perihal": (io.BytesIO(picture()), "a.png")}
    answer = office.logged_in("pemohon").post(f"/tugas/{made.task_id}", sent, content_type="multipart/form-data")
    assert answer.status == 422


def test_adding_and_removing_a_row_keeps_what_was_typed(office):
    made = office.open("TRY")
    browser = office.logged_in("pemohon")
    group = next(one.name for one in office.page(made.task_id, "pemohon").form.fields() if one.type == "group")
    sent = {"perihal": "Angkot", f"{group}.n": "1", f"{group}.0.pelat": "BE 1 A", "aksi": f"tambah:{group}"}
    page = browser.post(f"/tugas/{made.task_id}", sent)
    assert page.status == 200
    assert f'name="{group}.n" value="2"' in page
    assert 'value="Angkot"' in page
    less = {**sent, f"{group}.n": "2", "aksi": f"kurang:{group}:0"}
    assert f'name="{group}.n" value="1"' in browser.post(f"/tugas/{made.task_id}", less)


def test_with_the_database_away_everything_typed_stays_in_the_page(office, monkeypatch):
    task = office.task(office.submitted())
    browser = office.logged_in("loket")
    token = browser.token()

    def away(*_values):
        raise Unavailable

    monkeypatch.setattr(tasks, "complete_task", away)
    sent = {"csrf_token": token, "aksi": "putuskan:lengkap", "catatan": "Jangan hilang"}
    answer = browser.post(f"/tugas/{task}", sent)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert 'name="catatan" value="Jangan hilang"' in answer
    assert 'name="aksi" value="putuskan:lengkap"' in answer


def test_hostile_text_comes_back_harmless(office):
    made = office.open()
    sent = {"perihal": "<script>alert(1)</script>\x00" + "[" * 20_000, "aksi": "putuskan:diajukan"}
    answer = office.logged_in("pemohon").post(f"/tugas/{made.task_id}", sent)
    assert answer.status == 422
    assert "<script>alert" not in answer


def test_time_left_is_told_for_the_page_to_count_down(office):
    office.registered(at=NOW - timedelta(minutes=20))
    page = office.logged_in("verifikator").get("/kotak-tugas?daftar=kelompok")
    assert 'data-sisa="' in page
    assert '["2026-10-20T07:30:00+07:00"' in page


# --- rows judged many at a time


def test_the_verifier_finds_every_paper_in_order_with_one_button(office):
    case_id = office.registered()
    task, browser = office.task(case_id), office.logged_in("verifikator")
    asked = {"aksi": "nilai:keabsahan", "keabsahan.*.sumber": "dukcapil", "kunci": str(uuid4())}
    page = browser.post(f"/tugas/{task}", asked)
    assert page.status == 200
    sent = {one.requirement for one in office.case(case_id).documents} - {""}
    for code in sent:
        assert re.search(rf'name="keabsahan\.{code}\.hasil" value="sah"[^>]* checked', page.text), code
    assert office.case(case_id).open_tasks[0].element == "verifikasi_keabsahan"
    answer = browser.post(f"/tugas/{task}", {**held_in(page.text), "aksi": "putuskan:sah"})
    assert answer.status == 303
    assert office.case(case_id).open_tasks[0].element != "verifikasi_keabsahan"


def test_an_optional_paper_that_was_not_sent_stands_as_not_sent(office):
    case_id = office.submitted(permit="IMB")
    found = office.page(office.task(case_id), "loket")
    unsent = dict(found.lists["unsent_requirements"]).keys() & dict(found.lists["optional_requirements"]).keys()
    assert unsent
    page = office.logged_in("loket").get(f"/tugas/{found.task.id}")
    assert page.text.count("tidak dikirim") == len(unsent)
    assert all(found.typed[f"kelengkapan.{code}.status"] == ["tidak_perlu"] for code in unsent)


def held_in(text):
    """What the controls of a page hold, as a browser would send it."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", text):
        kind, name = attribute(tag, "type"), attribute(tag, "name")
        if (
            name
            and name != "csrf_token"
            and (kind not in ("radio", "checkbox") or " checked" in tag)
            and kind != "file"
        ):
            found[name] = attribute(tag, "value")
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        found[name] = chosen.group(1) if chosen else ""
    return found


def attribute(tag, name):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def test_what_was_typed_with_a_fault_is_still_there_after_leaving_the_page(office):
    made = office.open()
    browser = office.logged_in("pemohon")
    sent = {"aksi": "putuskan:diajukan", "versi_rancangan": "0", "perihal": "Skripsi tentang siger"}
    assert browser.post(f"/tugas/{made.task_id}", sent).status == 422
    assert 'value="Skripsi tentang siger"' in browser.get(f"/tugas/{made.task_id}")


def test_the_form_before_stands_above_the_papers_once_a_file_is_registered(office):
    page = office.logged_in("verifikator").get(f"/tugas/{office.task(office.registered())}")
    assert page.text.index("Isian sebelumnya") < page.text.index("Dokumen pemohon")
    page = office.logged_in("loket").get(f"/tugas/{office.task(office.submitted())}")
    assert page.text.index("Dokumen pemohon") < page.text.index("Isian sebelumnya")


def test_an_applicant_filling_in_has_no_empty_column(office):
    page = office.logged_in("pemohon").get(f"/tugas/{office.open().task_id}")
    assert "Tugas ini tidak punya jam sendiri." not in page or "Tenggat" in page


def test_whoever_initials_sees_the_draft_as_a_picture(office):
    case_id = office.registered()
    office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    nothing = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
    office.complete(office.task(case_id), "lanjut", "kasi", **nothing)
    office.complete(office.task(case_id), "disusun", "pengolahan")
    browser = office.logged_in("kasi")
    address = f"/berkas/{case_id}/rancangan/sk_izin/gambar.png"
    assert address in browser.get(f"/tugas/{office.task(case_id)}")
    assert browser.get(address).data.startswith(b"\x89PNG")
    assert office.logged_in("pemohon").get(address).status == 404


def test_who_hands_in_an_application_is_told_in_words_of_an_applicant_and_by_message(office, database_rows):
    made, browser = office.open(), office.logged_in("pemohon")
    typed, files = office.typed(made.task_id, "pemohon")
    with office.app.app_context():
        for name in files:
            sent = ("foto.jpg", photo()) if "foto" in name else ("pindaian.pdf", paper())
            uploading.upload(made.task_id, name, *sent, office.people["pemohon"], NOW)
    answer = browser.post(f"/tugas/{made.task_id}", {**typed, "aksi": "putuskan:diajukan"})
    page = browser.follow(answer)
    assert "Permohonan Anda sudah kami terima." in page
    assert "tercatat" not in page
    sent = "select count(*) from outbox where position('permohonan_diterima' in payload::text) > 0"
    assert database_rows(sent) == [(1,)]


def test_a_task_is_refused_with_a_reason_that_the_task_keeps(office):
    case_id = office.registered()
    task_id = office.task(case_id)
    browser = office.logged_in("verifikator")
    refused = browser.post(f"/tugas/{task_id}/tolak", {"alasan_menolak": "x"})
    assert (refused.status, "wajib diisi, paling sedikit 5 huruf" in refused) == (422, True)
    done = browser.post(f"/tugas/{task_id}/tolak", {"alasan_menolak": "Pemohon ini kerabat saya"})
    assert (done.status, done.location) == (303, "/kotak-tugas")
    page = office.logged_in("verifikator2").get(f"/tugas/{task_id}")
    assert "Pemohon ini kerabat saya" in page
    history = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=riwayat")
    assert "Tugas tidak diambil" in history


def test_the_button_that_was_pressed_counts_though_a_field_of_an_older_form_has_its_name(app):
    typed = {"aksi": ["timbang ulang", "putuskan:lengkap"]}
    with app.test_request_context("/", method="POST", data=typed):
        assert working._pressed() == "putuskan:lengkap"
    with app.test_request_context("/", method="POST", data={"aksi": ["timbang ulang"]}):
        assert working._pressed() == "simpan"
