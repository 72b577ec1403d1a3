"""Releases through the pages: their effect, cases moved together, versions compared, a later instant, whole files."""

import copy
import csv
import html
import io
import json
import re
import zipfile
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from app.cli import release_files
from app.operations import impact, impact_told, migration_batches, processes, publishing
from engine.bpmn import Place
from engine.deployment import checksum
from tests.app.operations.test_leaps import NO_INITIAL
from tests.app.operations.test_migrating import changed, renamed, replaced
from tests.app.operations.test_publishing import stopping
from tests.app.web.office import BEFORE, NOW

WHY = "Alur baru menurut perubahan SOP"
FORM = "forms/tindakan.json"


def proposed(office, change):
    with office.app.app_context():
        return processes.deploy(changed(change), "uji", BEFORE, development=False, by=office.people["proses"]).id


def active(office, change):
    with office.app.app_context():
        return processes.deploy(changed(change), "uji", BEFORE, development=True, by=office.people["proses"]).id


def in_effect(office):
    with office.app.app_context():
        return processes.active()


def count(office):
    with office.app.app_context():
        while impact.count_one(NOW):
            pass


def work(office):
    with office.app.app_context():
        while migration_batches.work_one(NOW):
            pass


@pytest.fixture
def cases(office):
    """Two applications of a permit that is verified, handed in and found complete."""
    return [office.registered() for _ in range(2)]


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return target.getvalue()


def test_the_effect_of_a_release_in_effect_is_asked_for(office, cases):
    browser, page = office.logged_in("proses"), f"/kelola/proses/{active(office, renamed)}/dampak"
    assert "Dampaknya belum dihitung." in browser.get(page)
    assert browser.post(page).status == 303
    assert "0 dari 2 berkas dihitung" in browser.get(page)


def test_of_many_groups_ten_stand_before_the_list_and_the_others_are_folded(office):
    permits = [code for code, one in in_effect(office).catalogue.permits.items() if one.active][:12]
    assert len(permits) == 12
    for permit in permits:
        office.open(permit)
    browser, page = office.logged_in("proses"), f"/kelola/proses/{active(office, renamed)}/dampak"
    browser.post(page)
    count(office)
    groups = browser.get(page).text.split("judul-kelompok")[2].split("</section>")[0]
    shown, folded = groups.split("<details")
    assert (shown.count("data-baris"), folded.count("data-baris")) == (10, 2)
    assert "2 kelompok lagi" in folded


def test_whoever_approves_sees_the_effect_and_says_that_he_does_not_wait_for_it(office, cases):
    id = proposed(office, renamed)
    browser, page = office.logged_in("proses2"), f"/kelola/proses/{id}"
    found = browser.get(page)
    for words in ("0 dari 2 berkas dihitung", "tanpa menunggu dampaknya", "kemajuan.js"):
        assert words in found
    refused = browser.post(f"{page}/setujui")
    assert refused.status == 422
    assert "belum selesai dihitung" in refused
    count(office)
    found = browser.get(page)
    assert f"{page}/dampak?hasil=moves#daftar" in found
    assert "tanpa menunggu dampaknya" not in found
    read = re.findall(r'name="diusulkan" value="([^"]+)"', found.text)
    assert len(read) == 2
    stale = browser.post(f"{page}/setujui", {"diusulkan": "2026-01-01T00:00:00+00:00"})
    assert (stale.status, "diusulkan kembali sesudah halaman ini dibuka" in stale) == (409, True)
    assert browser.post(f"{page}/setujui", {"diusulkan": read[0]}).status == 303


def test_the_effect_of_a_proposal_is_counted_filtered_and_taken_home(office, cases):
    browser, page = office.logged_in("proses"), f"/kelola/proses/{proposed(office, renamed)}/dampak"
    assert "0 dari 2 berkas dihitung" in browser.get(page)
    assert browser.get(f"{page}/kemajuan").data.startswith(b'{"selesai":0,"semua":2,"usai":false}')
    count(office)
    found = browser.get(page)
    for words in ("2 berkas berjalan di terbitan lain", "pindah sendiri", "Verifikasi dan keabsahan"):
        assert words in found
    assert "Tidak ada berkas yang cocok" in browser.get(f"{page}?hasil=stays")
    assert "dapat dipindahkan sesudah terbitan ini berlaku" in found
    table = browser.get(f"{page}.csv")
    assert table.text.count("pindah sendiri") >= 2
    assert "attachment" in table.headers["Content-Disposition"]
    seen = office.logged_in("pengawas").get(page)
    assert seen.status == 200
    assert "Hitung" not in seen.text.partition("judul-jumlah")[2].partition("<form")[0]


def test_files_are_linked_for_those_who_may_open_them(office, cases):
    id = proposed(office, renamed)
    count(office)
    way = f'href="/berkas/{cases[0]}"'
    assert way in office.logged_in("pengawas").get(f"/kelola/proses/{id}/dampak").text
    page = office.logged_in("proses").get(f"/kelola/proses/{id}/dampak").text
    assert way not in page
    assert office.case(cases[0]).held.number in page


def test_strange_addresses_of_the_effect_are_answered_with_everything(office, cases):
    browser, page = office.logged_in("proses"), f"/kelola/proses/{proposed(office, renamed)}/dampak"
    browser.post(page)
    count(office)
    for more in ("hasil=x&hanya=y&sesudah=z", "langkah=%00", "proses=%27%3B--"):
        assert browser.get(f"{page}?{more}").status == 200


def test_a_choice_is_made_on_the_page_and_a_wrong_one_is_told(office, cases):
    browser, page = office.logged_in("proses"), f"/kelola/proses/{active(office, replaced)}/dampak"
    typed = {"proses": "izin_nonretribusi", "dari": "verifikasi_keabsahan", "ke": "verifikasi_ulang"}
    assert browser.post(f"{page}/pilihan", typed).status == 409
    browser.post(page)
    count(office)
    found = browser.get(page)
    assert "Langkah terbuka yang tidak ada lagi di tempatnya" in found
    assert "perlu pilihan" in found
    process = found.text.partition('name="proses" value="')[2].partition('"')[0]
    assert browser.post(f"{page}/pilihan", typed | {"proses": process, "ke": "mulai"}).status == 422
    assert browser.post(f"{page}/pilihan", typed | {"proses": process}).status == 303
    count(office)
    assert 'value="verifikasi_ulang" selected' in browser.get(page)


def test_cases_are_moved_from_the_page_of_the_effect_held_and_taken_back(office, cases):
    browser, release = office.logged_in("proses"), active(office, renamed)
    page = f"/kelola/proses/{release}/dampak"
    start = f"/kelola/proses/{release}/pindahkan"
    assert browser.post(start, {"alasan": WHY}).status == 409
    browser.post(page)
    count(office)
    assert "Mulai memindahkan" in browser.get(page)
    refused = browser.post(start, {"alasan": " "})
    assert refused.status == 422
    assert "wajib diisi" in refused
    begun = browser.post(start, {"alasan": WHY})
    assert begun.status == 303
    batch = begun.location
    assert "sedang dipindahkan" in browser.get(batch)
    assert browser.post(batch, {"aksi": "jeda"}).status == 303
    assert "dijeda" in browser.get(batch)
    assert browser.post(batch, {"aksi": "jeda"}).status == 409
    browser.post(batch, {"aksi": "lanjut"})
    work(office)
    found = browser.get(batch)
    assert "selesai" in found
    assert WHY in found
    assert browser.get(f"{batch}/kemajuan").data == b'{"selesai":2,"semua":2,"usai":true}\n'
    assert browser.get(f"{batch}.csv").text.count("dipindahkan") == 2
    assert browser.get("/kelola/pindah").text.count(WHY) == 1
    assert browser.post(batch, {"aksi": "batal", "alasan": ""}).status == 422
    browser.post(batch, {"aksi": "batal", "alasan": "Langkahnya keliru"})
    work(office)
    assert browser.get(f"{batch}?keadaan=put_back").text.count("data-baris") == 2
    assert browser.get(f"{batch}?keadaan=tiada").status == 200
    assert "Langkahnya keliru" in browser.get(batch)
    effect = browser.get(page)
    assert "2 berkas berjalan di terbitan lain" in effect
    assert "sejak dihitung." not in effect
    office.complete(office.task(cases[0]), "sah", "verifikator", cara="lihat_asli")
    assert "1 berkas melangkah atau dibuka sejak dihitung." in browser.get(page)
    listed = " ".join(re.sub("<[^>]*>", " ", browser.get("/kelola/pindah").text).split())
    assert "2 dikembalikan 0 tetap di terbitan baru" in listed
    assert "dipindahkan 0" not in listed


def test_a_stopped_batch_says_of_the_files_nobody_comes_to_that_they_were_not_moved(office, cases):
    browser, release = office.logged_in("proses"), active(office, renamed)
    browser.post(f"/kelola/proses/{release}/dampak")
    count(office)
    batch = browser.post(f"/kelola/proses/{release}/pindahkan", {"alasan": WHY}).location
    assert "menunggu" in browser.get(f"{batch}.csv").text
    browser.post(batch, {"aksi": "henti"})
    page = browser.get(batch)
    assert page.text.count("tidak dipindahkan") >= 2
    for shown in (page.text.split("</header>")[-1], browser.get("/kelola/pindah").text.split("<tbody>")[1]):
        assert "menunggu" not in shown
        assert "tidak dipindahkan" in shown
    table = browser.get(f"{batch}.csv").text
    assert table.count("tidak dipindahkan") == 2
    assert "menunggu" not in table


def test_two_versions_are_compared_in_words_and_as_diagrams_with_remarks(office):
    first, second = in_effect(office).id, proposed(office, renamed)
    browser = office.logged_in("proses2")
    page = f"/kelola/banding?dari={first}&ke={second}"
    found = browser.get(page)
    for words in ("Terbitan 1", "Terbitan 2", "berkas berbeda", "Verifikasi dan keabsahan", "Lihat diagramnya"):
        assert words in found
    path = "processes/" + found.text.partition("nama=processes/")[2].partition('"')[0]
    drawn = browser.get(f"/kelola/banding/diagram?dari={first}&ke={second}&nama={path}")
    assert "data-banding-diagram" in drawn
    assert "Dalam kata-kata" in drawn
    assert browser.get(f"/kelola/banding/diagram?dari={first}&ke={second}&nama={FORM}").status == 404
    typed = {"dari": str(first), "ke": str(second), "berkas": path, "unsur": "tiada", "catatan": "Apakah perlu?"}
    wrong = browser.post("/kelola/banding/catatan", typed)
    assert wrong.status == 422
    assert "Apakah perlu?" in wrong
    assert browser.post("/kelola/banding/catatan", typed | {"unsur": ""}).status == 303
    remarked = browser.get(page)
    assert "terbuka" in remarked
    place = (
        "/kelola/banding/catatan/" + remarked.text.partition('action="/kelola/banding/catatan/')[2].partition('"')[0]
    )
    both = {"dari": str(first), "ke": str(second)}
    assert browser.post(place, both | {"jawaban": ""}).status == 422
    assert browser.post(place, both | {"jawaban": "Perlu, menurut Pasal 9"}).status == 303
    assert "dijawab" in office.logged_in("pengawas").get(page)
    assert "Kedua versi sama." in browser.get(f"/kelola/banding?dari={first}&ke={first}")


def test_the_laws_data_is_compared_in_the_words_of_its_editor_and_each_line_is_remarked_on(office):
    browser = office.logged_in("proses")
    draft = browser.post("/studio", {"judul": "Waktu layanan trayek"}).location
    path, files = "processes/catalogue/permits.json", release_files()
    permits = json.loads(files[path])
    permits["TRY"]["standards"][0] = permits["TRY"]["standards"][0] | {"budget": "8 hk", "valid_from": "2018-02-08"}
    permits["TRY"]["flags"]["butuh_kajian"] = not permits["TRY"]["flags"].get("butuh_kajian", False)
    before = copy.deepcopy(permits)
    before["TRY"]["standards"][0]["budget"] = "5 hk"
    before["TRY"]["flags"]["butuh_kajian"] = not permits["TRY"]["flags"]["butuh_kajian"]
    first = proposed(office, lambda name, text: json.dumps(before) if name == path else text)
    save = {"nama": path, "aksi": "simpan", "isi": json.dumps(permits), "versi": "0"}
    browser.post(f"{draft}/berkas", save)
    page = f"/kelola/banding?dari={first}&ke={draft.split('/')[-1]}"
    found = next(one for one in browser.get(page).text.split("<section")[1:] if f"{path}</span>" in one)
    lines = [" ".join(re.sub("<[^>]*>", " ", one).split()) for one in re.findall("<li>(.*?)</li>", found, re.S)]
    line = next(one for one in lines if "sejak" in one)
    assert "Izin Trayek , standar layanan sejak 08/02/2018: 5 hari kerja menjadi &rarr; 8 hari kerja" in line
    assert any("keperluan, perlu kajian teknis" in one for one in lines)
    assert "standards.2018" not in found
    assert found.count("Beri catatan") == len(lines)


def test_a_scenario_with_another_step_is_told_in_one_line_of_words(office):
    browser = office.logged_in("proses")
    draft = browser.post("/studio", {"judul": "Skenario lain"}).location
    path = "processes/scenarios/retribusi_biasa.json"
    raw = json.loads(release_files()[path])
    at = next(n for n, one in enumerate(raw["moves"]) if one.get("do") == "cek_retribusi")
    raw["moves"][at] = raw["moves"][at + 1]
    saved = {"nama": path, "isi": json.dumps(raw), "versi": "0", "aksi": "simpan"}
    assert browser.post(f"{draft}/berkas", saved).status == 303
    page = browser.get(f"/kelola/banding?dari={in_effect(office).id}&ke={draft.split('/')[-1]}").text
    found = next(one for one in page.split("<section")[1:] if f"{path}</span>" in one)
    [line] = [" ".join(re.sub("<[^>]*>", " ", one).split()) for one in re.findall("<li>(.*?)</li>", found, re.S)]
    assert f"langkah {at + 1} : Periksa perhitungan: Sesuai, teruskan menjadi &rarr; Paraf SKRD: " in line
    assert "Beri catatan : langkah" in line


def test_a_step_that_a_draft_takes_out_is_remarked_on(office):
    browser = office.logged_in("proses")
    draft = browser.post("/studio", {"judul": "Skenario dikeluarkan"}).location
    gone = min(one for one in release_files() if one.startswith("processes/scenarios/"))
    browser.post(f"{draft}/berkas", {"nama": gone, "aksi": "keluarkan", "versi": "0"})
    text = release_files()["processes/catalogue/terms.json"]
    terms = json.loads(text)
    lost = next(iter(terms))
    del terms[lost]
    save = {"nama": "processes/catalogue/terms.json", "aksi": "simpan", "isi": json.dumps(terms), "versi": "0"}
    browser.post(f"{draft}/berkas", save)
    version = draft.split("/")[-1]
    page = browser.get(f"/kelola/banding?dari={in_effect(office).id}&ke={version}")
    links = [html.unescape(one) for one in re.findall(r'href="([^"]*)">Beri catatan', page.text)]
    assert any(f"unsur={lost}" in one for one in links)
    for link in links:
        filled = browser.get(link.split("#")[0])
        typed = {name: values[0] for name, values in parse_qs(urlsplit(link).query, keep_blank_values=True).items()}
        about = f"{typed['berkas']}#{typed['unsur']}"
        assert f'value="{html.escape(about)}" selected' in filled
        said = {"dari": typed["dari"], "ke": typed["ke"], "tentang": about, "catatan": "Mengapa dihapus?"}
        assert browser.post("/kelola/banding/catatan", said).status == 303
    wrong = {"dari": "", "ke": version, "berkas": gone, "unsur": "tiada", "catatan": "Mengapa dihapus?"}
    assert browser.post("/kelola/banding/catatan", wrong).status == 422


def test_scenarios_taken_out_are_told_in_the_draft_and_to_whoever_approves(office):
    browser = office.logged_in("proses")
    draft = browser.post("/studio", {"judul": "Skenario dikeluarkan"}).location
    gone = sorted(one for one in release_files() if one.startswith("processes/scenarios/"))[:2]
    for path in gone:
        browser.post(f"{draft}/berkas", {"nama": path, "aksi": "keluarkan", "versi": "0"})
    told = browser.get(draft).text
    assert told.count("Skenario ini dikeluarkan") == 2
    assert f"{len(release_files()) - 2} berkas terbitan" in told
    page = browser.post(f"{draft}/usulkan", {"keterangan": "Dua skenario tidak dipakai lagi"}).location
    assert "2 skenario dihapus" in office.logged_in("proses2").get(page)


def test_remarks_that_nobody_answered_are_told_to_whoever_approves_and_keep_nobody_from_it(office):
    browser, second = office.logged_in("proses"), office.logged_in("proses2")
    draft = browser.post("/studio", {"judul": "Label tombol diperjelas"}).location
    form = release_files()[FORM].decode().replace("Catat tindakan", "Catat apa yang dilakukan")
    browser.post(f"{draft}/berkas", {"nama": FORM, "aksi": "simpan", "isi": form, "versi": "0"})
    typed = {"ke": draft.split("/")[-1], "berkas": FORM, "unsur": "", "catatan": "Apakah perlu?"}
    for words in ("Apakah perlu?", "Siapa yang meminta?"):
        second.post("/kelola/banding/catatan", typed | {"catatan": words})
    release = browser.post(f"{draft}/usulkan", {"keterangan": "Label lama disalahpahami"}).location
    page = second.get(release)
    told = "2 catatan belum dijawab."
    assert f'data-tanya="{told} Terbitkan' in page
    link = re.search(rf'href="([^"]*)">{told}', page.text)[1].split("#")[0]
    remarks = second.get(link)
    answer = re.search(r'action="(/kelola/banding/catatan/[^"]*)"', remarks.text)[1]
    browser.post(answer, {"ke": release.split("/")[-1], "jawaban": "Diminta loket depan"})
    assert "1 catatan belum dijawab." in second.get(release)
    assert second.post(f"{release}/setujui", {"dampak": "ya"}).status == 303
    assert "belum dijawab" not in second.get(release)


def test_whoever_approves_is_shown_the_conditions_at_which_files_may_stop_and_ticks_that_he_knows(office):
    release, second = f"/kelola/proses/{proposed(office, stopping)}", office.logged_in("proses2")
    tick = '<input type="checkbox" id="f-berhenti" name="berhenti" value="ya"'
    condition = "Syarat sah memakai data hasil_perbaikan yang belum tentu ada: ada jalan ke sini yang tidak mengisinya"
    assert tick in second.get(release)
    assert f"Verifikasi keabsahan, Hasil verifikasi?: {condition}" in words(second.get(release))
    refused = second.post(f"{release}/setujui", {"dampak": "ya"})
    assert refused.status == 422
    assert f"Berkas dapat berhenti dengan gangguan (Verifikasi keabsahan, Hasil verifikasi?: {condition})" in refused
    assert f'{tick} aria-invalid="true" aria-describedby="s-berhenti" data-harus' in refused
    second.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = second.get(release).text.partition(tick)[2].partition("</ul>")[0]
    assert "I know that files may stop with an incident at the following." in page
    assert "which may be missing: there is a path to here that does not fill it in" in page
    second.post("/bahasa", {"bahasa": "id", "lanjut": "/"})
    assert second.post(f"{release}/setujui", {"dampak": "ya", "berhenti": "ya"}).status == 303
    calm = f"/kelola/proses/{proposed(office, renamed)}"
    assert tick not in second.get(calm)


def words(page):
    """What stands on a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page.text)).split())


def test_a_refused_approval_tells_every_fault_at_its_control_and_keeps_what_was_typed_and_ticked(office):
    release, second = f"/kelola/proses/{proposed(office, stopping)}", office.logged_in("proses2")
    typed = {"keputusan": "SK 5/2026", "berlaku": "kemarin dulu", "dampak": "ya"}
    refused = second.post(f"{release}/setujui", typed)
    assert refused.status == 422
    for control in ("s-berlaku", "s-berhenti"):
        assert f'id="{control}"' in refused
    for kept in ('value="SK 5/2026"', 'value="kemarin dulu"'):
        assert kept in refused
    again = second.post(f"{release}/setujui", typed | {"berlaku": "01/01/2020 08.00", "berhenti": "ya"})
    assert again.status == 422
    assert 'name="berhenti" value="ya" checked' in again
    assert 'id="s-berhenti"' not in again


def chosen_in(page, name):
    """What the select shows, of two versions to be compared."""
    return re.search(
        r'value="([^"]*)" selected', page.text.partition(f'<select id="f-{name}"')[2].split("</select>")[0]
    )[1]


def test_from_a_proposed_draft_the_remarks_lead_to_its_release_and_stay_within_reach_once_it_is_in_effect(office):
    browser, second, first = office.logged_in("proses"), office.logged_in("proses2"), str(in_effect(office).id)
    draft = browser.post("/studio", {"judul": "Label tombol diperjelas"}).location
    other = browser.post("/studio", {"judul": "Rancangan lain"}).location.split("/")[-1]
    form = release_files()[FORM].decode().replace("Catat tindakan", "Catat apa yang dilakukan")
    browser.post(f"{draft}/berkas", {"nama": FORM, "aksi": "simpan", "isi": form, "versi": "0"})
    typed = {"ke": draft.split("/")[-1], "berkas": FORM, "unsur": "", "catatan": "Apakah perlu?"}
    second.post("/kelola/banding/catatan", typed)
    release = browser.post(f"{draft}/usulkan", {"keterangan": "Label lama disalahpahami"}).location
    id = release.split("/")[-1]
    assert f'href="/kelola/banding?ke={id}">Banding dan catatan' in browser.get(draft)
    proposed_page = second.get(f"/kelola/banding?ke={id}")
    assert (chosen_in(proposed_page, "dari"), chosen_in(proposed_page, "ke")) == (first, id)
    assert "Simpan catatan" in proposed_page
    known = second.get(f"/kelola/banding?ke={typed['ke']}")
    assert chosen_in(known, "ke") == typed["ke"] != other
    for control in ("Apakah perlu?", "Beri catatan", "Jawab<", "Simpan catatan"):
        assert control in known
    assert second.post(f"{release}/setujui", {"dampak": "ya"}).status == 303
    assert f'href="/kelola/banding?ke={id}">Banding dan catatan' in second.get(release)
    remarks = second.get(f"/kelola/banding?ke={id}")
    assert (chosen_in(remarks, "dari"), chosen_in(remarks, "ke")) == (first, id)
    assert "Catat apa yang dilakukan" in remarks
    assert "Apakah perlu?" in remarks
    for control in ("Beri catatan", "Jawab<", "Simpan catatan"):
        assert control not in remarks


def test_a_release_is_approved_for_a_later_instant_and_called_off(office):
    id = proposed(office, renamed)
    browser, page = office.logged_in("proses2"), f"/kelola/proses/{id}"
    for wrong in ("kapan-kapan", "01/01/2020 08.00"):
        refused = browser.post(f"{page}/setujui", {"berlaku": wrong})
        assert refused.status == 422
        assert wrong in refused
    later = (NOW + timedelta(days=3)).strftime("%d/%m/%Y %H.%M")
    assert browser.post(f"{page}/setujui", {"berlaku": later}).location.endswith(page)
    found = browser.get(page)
    assert "Berlaku mulai" in found
    assert "menunggu berlaku" in browser.get("/kelola/proses")
    assert browser.post(f"{page}/batalkan", {"alasan": ""}).status == 422
    assert browser.post(f"{page}/batalkan", {"alasan": "Belum siap semuanya"}).status == 303
    assert browser.post(f"{page}/usulkan-kembali", {"alasan_kembali": ""}).status == 422
    assert browser.post(f"{page}/usulkan-kembali", {"alasan_kembali": "Sekarang siap"}).status == 303
    assert browser.post(f"{page}/usulkan-kembali", {"alasan_kembali": "Sekali lagi"}).status == 409


def test_a_proposal_is_taken_back_and_its_draft_worked_on_again_through_the_pages(office):
    author, second = office.logged_in("proses"), office.logged_in("proses2")
    draft = author.post("/studio", {"judul": "Judul formulir diperjelas"}).location
    content = release_files()[FORM].replace(b"Catat tindakan", b"Catat saja")
    author.post(f"{draft}/diagram/simpan", {"nama": FORM, "isi": (io.BytesIO(content), "isi"), "versi": "0"})
    page = author.post(f"{draft}/usulkan", {"keterangan": "Judul diperjelas"}).location
    assert "Tarik usul" in author.get(page)
    assert "Tarik usul" not in second.get(page)
    assert "menunggu persetujuan" in author.get("/studio")
    number = re.search(r"Terbitan (\d+)", author.get(page).text)[1]
    waits = f"Usulan terbitan {number}"
    assert [waits in one.get("/kotak-tugas") for one in (second, author, office.logged_in("kasi"))] == [
        True,
        False,
        False,
    ]
    assert author.post(f"{page}/tarik", {"alasan_tarik": " "}).status == 422
    assert second.post(f"{page}/tarik", {"alasan_tarik": "Bukan milik saya"}).status == 409
    assert author.post(f"{page}/tarik", {"alasan_tarik": "Masih kurang jelas"}).location == draft
    for words in ("Ditarik pengusulnya", "Masih kurang jelas", "ditarik pengusulnya"):
        assert words in second.get(page)
    assert "ditarik pengusulnya" in second.get("/kelola/proses")
    assert waits not in second.get("/kotak-tugas")
    assert author.post(f"{draft}/usulkan", {"keterangan": "Sekali lagi saja"}).location == page
    assert second.post(f"{page}/tolak", {"alasan": "Tetap kurang jelas"}).status == 303
    closed = author.get(draft)
    for words in ("tidak jadi berlaku", "Tetap kurang jelas", "Buka kembali rancangan"):
        assert words in closed
    assert author.post(f"{draft}/buka-kembali").location == draft
    assert "sedang disusun" in author.get(draft)
    assert author.post(f"{draft}/buka-kembali").status == 409


def test_what_a_release_is_warned_of_and_what_helps_are_two_sentences(office):
    page = office.logged_in("proses2").get(f"/kelola/proses/{proposed(office, stopping)}")
    [said] = re.findall(r"tidak mengisinya(.{0,20})<span[^>]*>Pakai get\(", page.text)
    assert html.unescape(re.sub("<[^>]*>", "", said)).strip() == "."


def test_who_runs_on_a_release_is_linked_from_its_page(office, cases):
    id = in_effect(office).id
    browser = office.logged_in("pengawas")
    assert f"/kelola/proses/{id}/berkas" in browser.get("/kelola/proses")
    found = browser.get(f"/kelola/proses/{id}/berkas")
    assert found.text.count("data-baris") == 2
    assert "Tidak ada berkas yang berjalan di sini." in browser.get(f"/kelola/proses/{id}/berkas?proses=tiada")


def test_who_runs_on_a_release_is_taken_home_whole_in_a_table(office, cases, monkeypatch):
    monkeypatch.setattr(publishing, "A_PAGE", 1)
    id = in_effect(office).id
    browser = office.logged_in("pengawas")
    page = browser.get(f"/kelola/proses/{id}/berkas")
    assert page.text.count("data-baris") == 1
    assert "Halaman ini memuat 1 dari 2 berkas; seluruhnya dalam CSV." in page
    assert f'href="/kelola/proses/{id}/berkas.csv"' in page.text
    head, *rows = csv.reader(browser.get(f"/kelola/proses/{id}/berkas.csv").text.splitlines(), delimiter=";")
    assert head[-4:] == ["Pemohon", "Jenis izin", "Proses", "Dibuka (WIB)"]
    assert len(rows) == 2
    named = re.search(r'/berkas\?(proses=[^&"]*)', page.text)[1]
    of_process = f"/kelola/proses/{id}/berkas.csv?{named}"
    assert csv_rows(browser, of_process) == rows
    assert csv_rows(browser, f"/kelola/proses/{id}/berkas.csv?proses=tiada") == []
    assert "berkas.csv" not in browser.get(f"/kelola/proses/{id}/berkas?proses=tiada").text


def csv_rows(browser, address):
    return list(csv.reader(browser.get(address).text.splitlines(), delimiter=";"))[1:]


def test_a_whole_release_goes_out_and_comes_in_again(office):
    browser = office.logged_in("proses")
    id = in_effect(office).id
    out = browser.get(f"/kelola/proses/{id}/unduh.zip")
    with zipfile.ZipFile(io.BytesIO(out.data)) as bundle:
        assert checksum({name: bundle.read(name) for name in bundle.namelist()}) == in_effect(office).checksum
    draft = browser.post("/studio", {"judul": "Dari luar kantor"}).location

    def send(content):
        return browser.post(f"{draft}/impor-zip", {"zip": (io.BytesIO(content), "terbitan.zip")})

    assert browser.post(f"{draft}/impor-zip").status == 422
    bad = send(packed({"forms/a.json": b"{", "forms/b.json": b"["}))
    assert bad.status == 422
    for words in ("tetap seperti semula", "forms/a.json", "forms/b.json"):
        assert words in bad
    assert "Belum ada yang berubah." in browser.get(draft)
    files = {**release_files(), FORM: release_files()[FORM].replace(b"Catat tindakan", b"Catat saja")}
    assert send(packed(files)).status == 303
    assert "1 berkas berubah" in browser.get(draft)


@pytest.fixture
def initialled(office):
    """A release in effect without the first initials, for which a file waits."""
    case_id = office.registered()
    office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    nothing = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
    office.complete(office.task(case_id), "lanjut", "kasi", **nothing)
    office.complete(office.task(case_id), "disusun", "pengolahan")
    page = f"/kelola/proses/{active(office, NO_INITIAL)}"
    office.logged_in("proses").post(f"{page}/dampak")
    count(office)
    return page


def choosing(office, page, to):
    """The step for which a file waits, on the page, goes to another."""
    typed = {"proses": "izin_non_retribusi", "dari": "paraf_kasi", "ke": to}
    found = office.logged_in("proses").post(f"{page}/dampak/pilihan", typed)
    count(office)
    return found


def test_the_page_says_behind_each_place_what_it_passes_over_or_does_again(office, initialled):
    found = office.logged_in("proses").get(f"{initialled}/dampak")
    for words in (
        '<option value="paraf_kabid">Paraf Kepala Bidang</option>',
        '<option value="paraf_sekretaris">Paraf Sekretaris Dinas (melewati: Paraf Kepala Bidang)</option>',
        '<option value="susun_naskah">Susun naskah izin (mengulang: Susun naskah izin)</option>',
    ):
        assert words in found


def test_a_choice_that_is_refused_is_told_at_its_own_control_and_the_others_stay_as_they_were(office, initialled):
    refused = choosing(office, initialled, "tiada")
    assert refused.status == 422
    assert '<a href="#f-ke">' in refused
    assert '<select id="f-ke" name="ke" aria-invalid="true" aria-describedby="s-ke">' in refused
    assert 'id="s-ke"' in refused
    assert 'id="f-ke"' not in office.logged_in("proses").get(f"{initialled}/dampak")


def test_a_choice_for_a_draft_that_another_saved_meanwhile_is_not_lost_in_silence(office):
    office.registered()
    author = office.logged_in("proses")
    draft = author.post("/studio", {"judul": "Label tombol diperjelas"}).location
    author.post(f"{draft}/dampak")
    count(office)
    content = release_files()[FORM].replace(b"Catat tindakan", b"Catat saja")
    office.logged_in("proses2").post(
        f"{draft}/diagram/simpan", {"nama": FORM, "isi": (io.BytesIO(content), "isi"), "versi": "0"}
    )
    typed = {"proses": "izin_non_retribusi", "dari": "paraf_kasi", "ke": "paraf_kabid"}
    refused = author.post(f"{draft}/dampak/pilihan", typed)
    assert refused.status == 409
    assert "Rancangan ini berubah sejak dampaknya dihitung, dan pilihan ini belum dicatat" in refused
    assert "Hitung dampaknya" in refused


def test_a_place_that_cannot_be_chosen_stands_on_the_page_with_its_reason(office, initialled, monkeypatch):
    refused = Place("tanda_tangan", "Tanda tangani izin", refused="Belum ada pada berkas: hasil X, yang dipakai Y")
    monkeypatch.setattr(impact_told, "_placed", lambda _raw: refused)
    found = office.logged_in("proses").get(f"{initialled}/dampak")
    assert 'value="tanda_tangan"' not in found
    assert "Tidak dapat dipilih: Tanda tangani izin." in found
    answer = choosing(office, initialled, "tanda_tangan")
    assert (answer.status, "hasil X, yang dipakai Y" in answer) == (422, True)


def test_files_that_pass_over_steps_are_moved_by_whoever_says_that_he_knows(office, initialled):
    assert choosing(office, initialled, "paraf_sekretaris").status == 303
    browser = office.logged_in("proses")
    told = browser.get(f"{initialled}/dampak")
    assert "Paraf Sekretaris Dinas: melewati: Paraf Kepala Bidang" in told
    assert "Saya tahu bahwa 1 berkas melewati langkah." in told
    assert "melewati: Paraf Kepala Bidang" in browser.get(f"{initialled}/dampak.csv").text
    foreseen = rows_of(browser.get(f"{initialled}/dampak.csv"))
    assert [one["Kini"] for one in foreseen if one["Kini"]] == []
    refused = browser.post(f"{initialled}/pindahkan", {"alasan": WHY})
    assert (refused.status, 'aria-describedby="s-sadar"' in refused.text) == (422, True)
    assert browser.post(f"{initialled}/pindahkan", {"alasan": WHY, "sadar": "ya"}).status == 303
    work(office)
    assert "Pindahkan berkas" not in browser.get(f"{initialled}/dampak")
    batch = re.search(r'href="(/kelola/pindah/[^"]*)"', browser.get("/kelola/pindah").text)[1]
    told = {
        "Hasil gladi": "pindah menurut pilihan",
        "Langkah terbuka": "Paraf Kepala Seksi",
        "Ke langkah": "Paraf Sekretaris Dinas",
        "Melewati atau mengulang": "melewati: Paraf Kepala Bidang",
    }

    def shown(state):
        [row] = rows_of(browser.get(f"{batch}.csv"))
        assert {name: row[name] for name in told} == told
        assert row["Keadaan"] == state
        page = " ".join(re.sub("<[^>]*>", " ", browser.get(batch).text).split())
        assert "pindah menurut pilihan Paraf Kepala Seksi ke &rarr; Paraf Sekretaris Dinas" in page
        assert "melewati: Paraf Kepala Bidang" in page

    shown("dipindahkan")
    for _again in range(2):
        assert rows_of(browser.get(f"{initialled}/dampak.csv")) == [
            one | {"Kini": "di terbitan ini"} for one in foreseen
        ]
        browser.post(f"{initialled}/dampak")
        count(office)
    browser.post(batch, {"aksi": "batal", "alasan": "Langkahnya keliru"})
    work(office)
    shown("dikembalikan")


def rows_of(answer):
    """A table taken home, its lines by the heads of its columns."""
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
