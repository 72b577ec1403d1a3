"""What differs between two versions on the page, in both languages: no code, no fraction, no text that is cut off."""

import html
import json
import re
from datetime import UTC, datetime

import pytest

from app.cli import release_files
from app.web import words
from app.web.difference_values import parted
from engine.amounts import Amount, Instant
from engine.errors import Finding
from tests.app.web.test_release_pages import in_effect

SCENARIO = "processes/scenarios/belum_lengkap.json"
LONG = "Alasan yang panjang sekali. " * 60


def as_json(change):
    def rewritten(text):
        raw = json.loads(text)
        change(raw)
        return json.dumps(raw, ensure_ascii=False)

    return rewritten


def played_otherwise(raw):
    raw["start"] |= {"permit": "IMB", "at": "2026-08-04T09:30:00+07:00", "category": "badan", "channel": "loket"}
    at = next(n for n, one in enumerate(raw["moves"]) if one.get("do") == "tentukan_jalur")
    raw["moves"][at]["values"] = {"butuh_kajian": True, "perangkat": ["PUPR"], "catatan": LONG}
    raw["moves"].insert(at, {"wait": "", "at": "2026-08-05T09:30:00+07:00"})
    raw["expect"]["clocks"]["L"] = "janji 2026-08-06T10:00:00+07:00, terpakai 5/2 hk"
    raw["expect"]["notices"].reverse()
    raw["expect"]["letters"].remove("bast")


def answered_otherwise(raw):
    fields = raw["sections"][0]["fields"]
    fields[3] |= {"type": "long_text", "visible_if": {"field": "kelas_kerumitan", "in": ["rumit", "sedang"]}}
    raw["outcomes"][0]["reason"] = True


def drawn_otherwise(text):
    for was, now in (
        ("(VB)", "(FO)"), ('value="4 jam"', 'value="1 hk"'), ('value="TERDAFTAR"', 'value="DITOLAK"'),
        ('keputusan == "sah"', 'keputusan == "perbaikan"'),
    ):  # fmt: skip
        assert was in text
        text = text.replace(was, now, 1)
    return text


def law_otherwise(raw):
    raw["IMB"]["standards"][0]["budget"] = "1/2 hk"
    raw["IMB"]["agencies"] = ["DINKES"]


CHANGES = {
    SCENARIO: as_json(played_otherwise),
    "forms/tentukan_jalur.json": as_json(answered_otherwise),
    "processes/bersama/verifikasi.bpmn": drawn_otherwise,
    "processes/bersama/usul_jalur.dmn": lambda text: text.replace('"tinjauan"', '"kajian"', 1),
    "processes/catalogue/permits.json": as_json(law_otherwise),
    "processes/letters/bast.typ": lambda text: text + "// lagi\n",
}


@pytest.fixture
def compared(office):
    """The address of a comparison of the release in effect with a draft in which every sort of file is another."""
    browser = office.logged_in("proses")
    draft = browser.post("/studio", {"judul": "Semua jenis berkas"}).location
    for path, change in CHANGES.items():
        text = change(release_files()[path].decode())
        saved = {"nama": path, "aksi": "simpan", "isi": text, "versi": "0"}
        assert browser.post(f"{draft}/berkas", saved).status == 303, path
    return browser, f"/kelola/banding?dari={in_effect(office).id}&ke={draft.split('/')[-1]}"


def lines(page):
    """What the page says of each change, by the file it is in."""
    found = {}
    for part in page.text.split("<section")[1:]:
        path = next((one for one in CHANGES if f"{one}</span>" in part), None)
        if path:
            said = (re.sub("<a .*?</a>", "", one, flags=re.S) for one in re.findall("<li>(.*?)</li>", part, re.S))
            found[path] = [" ".join(html.unescape(re.sub("<[^>]*>", "", one)).split()) for one in said]
    return found


def english(browser):
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})


def test_every_sort_of_file_is_told_in_the_words_of_the_office(compared):
    browser, page = compared
    told = lines(browser.get(page))
    assert {path: len(some) > 0 for path, some in told.items()} == dict.fromkeys(CHANGES, True)
    diagram = " | ".join(told["processes/bersama/verifikasi.bpmn"])
    for words_ in (
        "peran Verifikator (Back Office) menjadi→ Petugas Loket (Front Office)",
        "waktu standar 4 jam menjadi→ 1 hari kerja",
        "keadaan berkas Terdaftar menjadi→ Ditolak",
        "keputusan pada Verifikasi keabsahan adalah Absah, teruskan menjadi→",
    ):
        assert words_ in diagram
    form = " | ".join(told["forms/tentukan_jalur.json"])
    assert "jenis beberapa pilihan menjadi→ teks panjang" in form
    assert "terlihat bila, salah satu dari – menjadi→ Rumit, Sedang" in form
    law = " | ".join(told["processes/catalogue/permits.json"])
    assert "standar layanan sejak 08/02/2018: 14 hari kerja menjadi→ 3 jam 45 menit" in law
    assert "Dinas Kesehatan" in law


def test_a_scenario_is_told_in_english_without_iso_instants_fractions_or_codes(compared):
    browser, page = compared
    english(browser)
    told = lines(browser.get(page))[SCENARIO]
    whole = " | ".join(told)
    for sentence in (
        "beginning of the play, permit type: Midwife practice licence becomes→ Building permit",
        "when it begins: Mon 03/08/2026 08.00 becomes→ Tue 04/08/2026 09.30",
        "category of the applicant: private person becomes→ company",
        "time is moved on, Wed 05/08/2026 09.30",
        "final result, Service Clock: stopped Mon 03/08/2026 10.00, used 1 h 20 min becomes→ promised Thu 06/08/2026 "
        "10.00, used 2 working days 3 h 45 min",
        "final result, letters: Handover record",
    ):
        assert sentence in whole
    assert not re.search(r"\d+/\d+ hk|T\d\d:\d\d|_|[{}]|\b(janji|berhenti|terpakai|menjadi|tidak|ya)\b", whole), whole


def test_a_long_value_is_told_to_its_last_word(compared):
    browser, page = compared
    text = browser.get(page).text
    [folded] = re.findall(r"<details class=\"nilai-panjang.*?</details>", text, re.S)
    assert " ".join(html.unescape(folded).split()).count(LONG.strip()) == 1
    assert "Teruskan, Perlu" in re.search("<summary>(.*?)</summary>", folded)[1]


def test_of_a_long_value_the_part_is_shown_where_it_begins_to_differ():
    was, now = (f"{LONG}{word} {LONG}" for word in ("dahulu", "kini"))
    for shown, word in ((parted(was, now), "dahulu"), (parted(now, was), "kini")):
        assert shown.startswith("… ")
        assert shown.endswith(" …")
        assert word in shown
        assert len(shown) < 200
    assert parted(now, "").startswith("Alasan")


def test_names_without_english_are_marked_as_indonesian(compared):
    browser, page = compared
    english(browser)
    found = browser.get(page).text
    assert re.search(r'<span lang="id">Alasan yang panjang', found)
    assert '<span lang="id">Building permit' not in found


def test_rows_of_tables_are_told_in_english_and_what_has_none_is_marked_as_indonesian(compared):
    browser, page = compared
    path = "processes/bersama/usul_jalur.dmn"
    text = CHANGES[path](release_files()[path].decode())
    row = text[text.index("<rule ") : text.index("</rule>") + len("</rule>")]
    assert '"perpanjangan"' in row
    moved = text.replace(row, "", 1).replace("</decisionTable>", f"{row}</decisionTable>", 1)
    saved = {"nama": path, "aksi": "simpan", "isi": moved, "versi": "1"}
    assert browser.post(f"/studio/{page.rpartition('=')[2]}/berkas", saved).status == 303
    assert "1 berpindah urutan" in browser.get(page)
    english(browser)
    found = next(one for one in browser.get(page).text.split("<section")[1:] if f"{path}</span>" in one)
    told = re.sub("<[^>]*>", "", found)
    assert "row yes · – · – · renewal → kajian" in told
    assert "perpanjangan" not in told
    assert re.search('<span lang="id">(kajian|tinjauan)</span>', found)
    assert "1 moved to another place" in found
    assert not re.search(r"\bline\b|drawn elsewhere", told)


def test_flows_that_came_or_went_are_told_with_the_english_of_the_steps_they_join(compared):
    browser, page = compared
    path = "processes/retribusi/penetapan_retribusi.bpmn"
    text = release_files()[path].decode().replace('"ke_perhitungan_sesuai_dari_cek_retribusi"', '"alur_lain"')
    saved = {"nama": path, "aksi": "simpan", "isi": text, "versi": "0"}
    assert browser.post(f"/studio/{page.rpartition('=')[2]}/berkas", saved).status == 303
    english(browser)
    found = browser.get(page).text
    assert "Check the calculation → Correct?" in found
    assert "Periksa perhitungan" not in found


def test_a_remark_is_headed_by_the_title_of_its_file_and_the_name_of_its_element(compared):
    browser, page = compared
    version = page.rpartition("=")[2]
    path = "processes/bersama/verifikasi.bpmn"
    said = {"ke": version, "berkas": path, "unsur": "verifikasi_keabsahan", "catatan": "Mengapa loket?"}
    assert browser.post("/kelola/banding/catatan", said).status == 303
    remarks = browser.get(page).text.partition('id="catatan"')[2]
    assert '<span lang="id">Verifikasi keabsahan</span>, Verifikasi keabsahan' in remarks
    assert f"{path}, verifikasi_keabsahan" not in remarks


def test_pages_tell_instants_and_lengths_of_time_as_they_tell_theirs_in_both_languages(app):
    said = Finding("%(at)s %(time)s", at=Instant(datetime(2026, 8, 3, 1, 10, tzinfo=UTC)), time=Amount("1 hari kerja"))
    for language, expected in (
        ("id", "Sen 03/08/2026 08.10 1 hari kerja"),
        ("en", "Mon 03/08/2026 08.10 1 working day"),
    ):
        with app.test_request_context(headers={"Cookie": f"bahasa={language}"}):
            assert words.translated(said) == expected
            assert words.marked(said) == expected
            assert words.as_said(said.values["time"]) == expected.partition("08.10 ")[2]


def test_a_field_under_another_name_is_told_once_and_one_that_came_with_its_name_beside_its_title(office):
    browser = office.logged_in("proses")
    draft = browser.post("/studio", {"judul": "Nama lain"}).location
    form = json.loads(release_files()["forms/susun_naskah.json"])
    fields = form["sections"][0]["fields"]
    [one] = [each for each in fields if each["name"] == "ketentuan"]
    one["name"] = "butir_ketentuan"
    fields.append({"name": "butir_lain", "label": "Ketentuan", "type": "text"})
    saved = {"nama": "forms/susun_naskah.json", "aksi": "simpan", "isi": json.dumps(form), "versi": "0"}
    assert browser.post(f"{draft}/berkas", saved).status == 303
    page = f"/kelola/banding?dari={in_effect(office).id}&ke={draft.split('/')[-1]}"

    def told():
        lists = re.findall("<li>(.*?)</li>", browser.get(page).text.partition("susun_naskah.json</span>")[2], re.S)
        plain = (re.sub("<[^>]*>", "", re.sub("<a .*?</a>", "", one, flags=re.S)) for one in lists[:2])
        return [" ".join(html.unescape(one).split()) for one in plain]

    assert told() == [
        "≠ berubah isian Ketentuan: nama ketentuan menjadi→ butir_ketentuan",
        "+ baru isian Ketentuan (butir_lain)",
    ]
    english(browser)
    assert [one.split(" ")[1] for one in told()] == ["changed", "new"]
    assert "field Conditions: name ketentuan" in told()[0]
