"""Studio through the pages: a draft begun, a file changed as text, checked, proposed, approved by another."""

import io
import json
import re
import zipfile

import pytest

from app.cli import release_files
from engine.deployment import checksum

FORM = "forms/tindakan.json"
DIAGRAM = "processes/bersama/verifikasi.bpmn"
OLD = b'<definitions xmlns="http://schema.omg.org/spec/BPMN/1.1"/>'


def begun(office, title="Label tombol diperjelas"):
    """The administrator's browser and the address of a fresh draft."""
    browser = office.logged_in("proses")
    answer = browser.post("/studio", {"judul": title})
    assert answer.status == 303
    return browser, answer.location


def titled(words):
    return json.dumps(json.loads(release_files()[FORM]) | {"title": words}, indent=1)


def save(browser, address, text, version=0, act="simpan", **more):
    return browser.post(f"{address}/berkas", {"nama": FORM, "aksi": act, "isi": text, "versi": str(version), **more})


def test_a_draft_needs_a_title_that_says_what_changes(office):
    browser = office.logged_in("proses")
    refused = browser.post("/studio", {"judul": "x"})
    assert refused.status == 422
    assert "Apa yang akan berubah: 5 sampai 120 huruf" in refused
    assert "Belum ada rancangan." in refused


def test_one_warning_is_counted_otherwise_than_several_in_english(office):
    browser, address = begun(office)
    permits = "processes/catalogue/permits.json"
    known = json.loads(release_files()[permits])
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert "0 in the way, 1 warning<" in browser.get(address)
    text = json.dumps({code: row for code, row in known.items() if code != "SIUP"}, indent=1)
    saved = browser.post(f"{address}/berkas", {"nama": permits, "aksi": "simpan", "isi": text, "versi": "0"})
    assert saved.status == 303
    page = browser.get(address)
    assert "0 in the way, 2 warnings<" in page
    assert page.text.count(">warning</span>") == 2


def test_the_place_of_a_problem_is_called_by_its_name_beside_its_file(office):
    browser, address = begun(office)
    name, rows = "processes/catalogue/permits.json", json.loads(release_files()["processes/catalogue/permits.json"])
    rows["IMB"]["legal_limits"] = []
    sent = {"nama": name, "aksi": "simpan", "isi": json.dumps(rows, indent=1), "versi": "0"}
    assert browser.post(f"{address}/berkas", sent).status == 303
    page = browser.get(address)
    assert "Izin aktif harus punya standar pelayanan dan batas hukum." in page
    assert f"{name}</span></a> (Izin Mendirikan Bangunan)" in page


def test_a_file_is_changed_as_text_checked_proposed_and_approved_by_another(office):
    browser, address = begun(office)
    assert "Belum ada yang berubah." in browser.get(address)
    page = browser.get(f"{address}/berkas?nama={FORM}")
    assert "Catat tindakan" in page
    saved = save(browser, address, titled("Catat apa yang dilakukan").replace("\n", "\r\n"))
    assert saved.status == 303
    draft = browser.get(address)
    for words in ("1 berkas berubah", FORM, "Masalah: 0 menghalangi"):
        assert words in draft
    proposed = browser.post(f"{address}/usulkan", {"keterangan": "Label lama disalahpahami pemohon"})
    assert proposed.status == 303
    release = browser.get(proposed.location)
    assert "menunggu persetujuan" in release
    other = office.logged_in("proses2")
    other.post(f"{proposed.location}/setujui", {})
    assert "berlaku" in other.get(proposed.location)
    assert "diusulkan" in browser.get("/studio")
    assert "readonly" in browser.get(f"{address}/berkas?nama={FORM}")


def test_text_that_cannot_be_read_stays_in_the_field_and_is_told_at_its_line(office):
    browser, address = begun(office)
    refused = save(browser, address, '{"key": "tindakan",,}')
    assert refused.status == 422
    for words in ("Belum disimpan", "baris", "&#34;tindakan&#34;,,"):
        assert words in refused
    assert "Belum ada yang berubah." in browser.get(address)


def test_a_fault_of_a_file_is_told_in_the_readers_language(office):
    browser, address = begun(office)
    browser.post("/bahasa", {"bahasa": "en"})
    refused = save(browser, address, '{"key": "tindakan",,}')
    assert "The file is not well-formed JSON: a word in double quotes should stand here (line 1, column 20)" in refused
    assert "A form must be an object {…} with its sections." in save(browser, address, "[]")


def test_an_error_of_the_check_keeps_a_draft_from_being_proposed_and_leads_to_its_file(office):
    browser, address = begun(office)
    save(browser, address, json.dumps({"key": "tindakan", "sections": []}))
    draft = browser.get(address)
    assert f"formulir?nama={FORM}" in draft
    refused = browser.post(f"{address}/usulkan", {"keterangan": "Label lama disalahpahami"})
    assert refused.status == 422
    assert "Masih ada galat yang menghalangi" in refused


def test_two_administrators_do_not_overwrite_each_other(office):
    first, address = begun(office)
    second = office.logged_in("proses2")
    save(first, address, titled("A"))
    page = second.get(f"{address}/berkas?nama={FORM}")
    assert "sedang mengubah berkas ini sejak" in page
    refused = save(second, address, titled("B"), 1)
    assert refused.status == 409
    assert "&#34;B&#34;" in refused, "what was typed stays"
    assert "Giliran diminta" in second.get(save(second, address, "", act="minta").location)
    assert "Anda sudah meminta giliran" in second.get(f"{address}/berkas?nama={FORM}")
    assert "meminta giliran" in first.get(f"{address}/berkas?nama={FORM}")
    save(first, address, "", act="serahkan")
    assert save(second, address, titled("B"), 1).status == 303
    assert "versi 2 dalam rancangan ini" in second.get(f"{address}/berkas?nama={FORM}")


def test_an_earlier_saving_is_brought_back_and_the_base_too(office):
    browser, address = begun(office)
    save(browser, address, titled("A"))
    save(browser, address, titled("B"), 1)
    save(browser, address, "", 2, "pulihkan", simpanan="1")
    assert "&#34;A&#34;" in browser.get(f"{address}/berkas?nama={FORM}")
    save(browser, address, "", 3, "semula")
    assert "Belum ada yang berubah." in browser.get(address)
    save(browser, address, "", 4, "keluarkan")
    assert "tidak ada lagi dalam rancangan" in browser.get(f"{address}/berkas?nama={FORM}")


def test_a_file_from_the_computer_joins_the_draft_or_is_refused_with_its_fault(office):
    browser, address = begun(office)
    diagram = release_files()[DIAGRAM].replace(b'process id="verifikasi"', b'process id="verifikasi_baru"')
    good = browser.post(
        f"{address}/impor", {"nama": "processes/bersama/baru.bpmn", "berkas": (io.BytesIO(diagram), "x.bpmn")}
    )
    assert good.status == 303
    assert "processes/bersama/baru.bpmn" in browser.get(address)
    for name, content, words in (
        ("processes/bersama/salinan.bpmn", release_files()[DIAGRAM], f"Id verifikasi sudah dipakai {DIAGRAM}"),
        ("processes/bersama/rusak.bpmn", b"<a>", "bukan XML yang benar"),
        ("processes/bersama/rusak.bpmn", b"<a>", "). Buka dan simpan ulang"),
        ("processes/bersama/besar.bpmn", b" " * 2**21 + b"<a/>", "lebih besar dari 2 MB. Pecah diagram"),
        (DIAGRAM, OLD, "baris 1: Berkas ini bukan BPMN 2.0: versinya http://schema.omg.org/spec/BPMN/1.1."),
        ("../rusak.bpmn", diagram, "Nama seperti ini tidak ada"),
        ("", diagram, "Nama seperti ini tidak ada"),
    ):
        refused = browser.post(f"{address}/impor", {"nama": name, "berkas": (io.BytesIO(content), "x")})
        assert refused.status == 422, name
        assert words in refused, name


def test_a_form_from_the_computer_under_a_name_that_none_can_have_is_refused_at_its_name(office):
    browser, address = begun(office)
    form = (io.BytesIO(release_files()[FORM]), "x.json")
    refused = browser.post(f"{address}/impor", {"nama": "forms/null.json", "berkas": form})
    assert refused.status == 422
    assert re.search(r'id="s-nama">.*?null adalah kata bahasa syarat; pilih nama lain\.', refused.text)
    assert 'name="nama" type="text" value="forms/null.json"' in refused


def test_files_stand_with_their_titles_wherever_they_are_listed(office):
    browser, address = begun(office)
    save(browser, address, titled("Label lain"))
    named = '<span lang="id">{}</span> <span class="{}">{}</span>'
    assert named.format("Verifikasi keabsahan", "pecah redup", DIAGRAM) in browser.get(address)
    assert named.format("Verifikasi keabsahan", "redup", DIAGRAM) in browser.get(f"{address}/pemakaian")
    compared = browser.get(f"/kelola/banding?ke={address.rpartition('/')[2]}")
    assert named.format("Label lain", "redup", FORM) in compared
    proposed = browser.post(f"{address}/usulkan", {"keterangan": "Label lama disalahpahami pemohon"})
    assert named.format("Label lain", "pecah redup", FORM) in browser.get(proposed.location)


def test_files_are_called_in_english_where_the_office_has_it_and_marked_indonesian_where_not(office):
    browser, address = begun(office)
    save(browser, address, titled("Label lain"))
    name, rows = "processes/catalogue/permits.json", json.loads(release_files()["processes/catalogue/permits.json"])
    rows["IMB"]["legal_limits"] = []
    sent = {"nama": name, "aksi": "simpan", "isi": json.dumps(rows, indent=1), "versi": "0"}
    assert browser.post(f"{address}/berkas", sent).status == 303
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    theirs, file = '<span lang="id">{}</span>', ' <span class="{}">{}</span>'
    page = browser.get(address).text
    assert "Permit type" + file.format("pecah redup", name) + "</a> (Building permit)" in page  # of a problem
    assert "Verification of validity" + file.format("pecah redup", DIAGRAM) in page
    assert "Receipt of the application" + file.format("pecah redup", "processes/letters/tanda_terima.typ") in page
    assert "Settings of the release" + file.format("pecah redup", "processes/catalogue/settings.json") in page
    assert theirs.format("Label lain") + file.format("pecah redup", FORM) in page
    used = browser.get(f"{address}/pemakaian").text
    assert "Verification of validity" + file.format("redup", DIAGRAM) in used
    assert theirs.format("Verifikasi keabsahan") not in used
    for editor in ("diagram", "berkas"):
        assert theirs.format("Verifikasi keabsahan") not in browser.get(f"{address}/{editor}?nama={DIAGRAM}"), editor
    drawn = browser.get(f"{address}/diagram?nama={DIAGRAM}").text
    assert "<title>Verification of validity" in drawn
    assert '<h1 class="pecah">Verification of validity</h1>' in drawn
    assert f'<h1 class="pecah">{theirs.format("Label lain")}</h1>' in browser.get(f"{address}/formulir?nama={FORM}")


def test_the_whole_release_is_taken_away_in_one_file_of_the_same_bytes(office):
    browser, address = begun(office)
    first, second = (browser.get(f"{address}/unduh.zip").data for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as taken:
        files = {name: taken.read(name) for name in taken.namelist()}
    assert checksum(files) == checksum(release_files())


def test_a_dropped_draft_stands_in_the_list_and_is_changed_no_more(office):
    browser, address = begun(office)
    assert browser.post(f"{address}/buang", {"alasan": ""}).status == 422
    assert browser.post(f"{address}/buang", {"alasan": "Keputusannya ditunda"}).status == 303
    assert "dibuang" in browser.get("/studio")
    assert save(browser, address, titled("A")).status == 409


@pytest.mark.parametrize("login", ["pengawas", "kadis"])
def test_whoever_only_reads_finds_no_buttons(office, login):
    _, address = begun(office)
    reader = office.logged_in(login)
    assert "Usulkan sebagai terbitan" not in reader.get(address)
    page = reader.get(f"{address}/berkas?nama={FORM}")
    assert "readonly" in page
    assert 'value="simpan"' not in page


def test_a_form_that_nothing_uses_is_listed_as_such(office):
    browser, address = begun(office)
    form = json.dumps(json.loads(release_files()[FORM]) | {"key": "sepi"})
    saved = {"nama": "forms/sepi.json", "aksi": "simpan", "isi": form, "versi": "0"}
    assert browser.post(f"{address}/berkas", saved).status == 303
    used = browser.get(f"{address}/pemakaian").text
    assert re.search(
        r'nama=forms/sepi.json"[^>]*>[^\n]*<span class="redup" lang="id">sepi</span></a> <span class="lencana">tidak',
        used,
    )
    assert used.count("tidak dipakai") == 1


def test_a_step_is_renamed_in_all_files_and_one_that_the_office_knows_is_refused(office):
    browser, address = begun(office)
    typed = {"jenis": "step", "lama": "tentukan_jalur", "baru": "pilih_jalur"}
    assert "langkah yang diganti namanya meminta tempat baru" in browser.get(f"{address}/pemakaian")
    answer = browser.post(f"{address}/ganti-nama", typed)
    assert answer.status == 303
    page = browser.get(f"{address}/berkas?nama=processes/scenarios/retribusi_biasa.json")
    assert "&#34;do&#34;: &#34;pilih_jalur&#34;" in page.text
    taken = browser.post(f"{address}/ganti-nama", typed | {"lama": "pilih_jalur", "baru": "paraf_kasi"})
    assert (taken.status, "paraf_kasi sudah dipakai sebuah diagram" in taken) == (422, True)
    assert 'value="pilih_jalur"' in taken
    known = browser.post(f"{address}/ganti-nama", typed | {"lama": "periksa_kelengkapan"})
    assert (known.status, "kantor mengenalinya dengan id itu" in known) == (409, True)


def test_a_form_that_is_renamed_is_counted_once_among_the_files_that_follow(office):
    browser, address = begun(office)
    browser.post(f"{address}/ganti-nama", {"jenis": "form", "lama": "skm", "baru": "survei"})
    page = browser.get(address)
    assert "2 berkas mengikuti nama baru." in page  # the form itself and the diagram that asks for it
    assert browser.get(f"{address}/berkas?nama=forms/survei.json").status == 200


def test_steps_stand_among_what_is_used_and_everything_is_headed_by_its_name_beside_its_key(office):
    browser, address = begun(office)
    head = '<summary><span class="pecah">{} <span class="redup" lang="id">{}</span></span>'
    steps = browser.get(f"{address}/pemakaian?jenis=step").text
    assert head.format("Tanda tangani izin", "tanda_tangan") in steps
    assert "processes/scenarios/retribusi_biasa.json" in steps
    for kind, name, key in (
        ("letter", "Surat Ketetapan Retribusi Daerah", "skrd"),
        ("role", "Verifikator (Back Office)", "VB"),
        ("template", "Surat Ketetapan Retribusi Daerah", "skrd.typ"),
    ):
        assert head.format(name, key) in browser.get(f"{address}/pemakaian?jenis={kind}").text, kind
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert "Not the same person" in browser.get(f"{address}/pemakaian?jenis=step").text


def test_scenarios_are_called_in_english_as_their_file_or_the_office_says(office):
    browser, address = begun(office)
    path = "processes/scenarios/dicabut.json"
    raw = json.loads(release_files()[path]) | {"title_en": "Taken back"}
    saved = {"nama": path, "aksi": "simpan", "isi": json.dumps(raw), "versi": "0"}
    assert browser.post(f"{address}/berkas", saved).status == 303
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = browser.get(f"{address}/skenario").text
    assert ">Taken back</a>" in page
    assert ">Permit with a levy, from application to archive</a>" in page
    assert "Pemohon mencabut" not in page
