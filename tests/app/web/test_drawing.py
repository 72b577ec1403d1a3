"""The editors of the studio through their pages: what they begin with, checks, saving, turns, previews."""

import io
import json
import re
from html import unescape

import pytest
from lxml import etree

from app.cli import release_files
from app.web.form_words import builder_words
from engine import deployment
from engine.forms.called import CALLED
from tests.app.web.test_studio import begun

DIAGRAM, TABLE, FORM = "processes/bersama/verifikasi.bpmn", "processes/bersama/usul_jalur.dmn", "forms/tindakan.json"


@pytest.fixture
def draft(office):
    return begun(office)


def luggage(browser, address):
    page = browser.get(address)
    return json.loads(re.search(r'id="bekal">(.*?)</script>', page.text, re.S)[1])


def sent(browser, address, path, content, **more):
    return browser.post(address, {"nama": path, "isi": (io.BytesIO(content), "isi"), **more})


def problems(browser, address, path, content):
    return json.loads(sent(browser, f"{address}/diagram/periksa", path, content).text)["problems"]


def test_the_editor_offers_what_the_release_knows(office, draft):
    browser, address = draft
    found = luggage(browser, f"{address}/diagram?nama={DIAGRAM}")
    words = found["words"]
    assert found["xml"].encode() == release_files()[DIAGRAM]
    form = next(one for one in words["forms"] if one["key"] == "verifikasi_keabsahan")
    assert form["outcomes"][0][0] == "sah"
    assert ["VB", "Verifikator (Back Office)"] in words["roles"]
    assert {"L", "H", "P_BAYAR"} <= {name for name, _ in words["clocks"]}
    assert "usul_jalur" in {one["id"] for one in words["decisions"]} | {
        one["file"].split("/")[-1][:-4] for one in words["decisions"]
    }
    assert {"izin_retribusi", "pembayaran"} <= {one["key"] for one in words["processes"]}
    start = next(one for one in words["services"] if one["name"] == "clock.start")
    assert {"name": "clock", "required": True, "kind": "text", "list": "clocks", "words": []} in start["params"]
    assert words["start"]["permohonan"]["jenis"] == "text"


def test_the_editor_of_the_laws_data_names_processes_levies_flags_and_settings(office, draft):
    browser, address = draft
    found = luggage(browser, f"{address}/hukum?nama=processes/catalogue/permits.json")
    choices, words = found["words"]["choices"], found["said"]["hukum"]["kata"]
    assert ["izin_retribusi", "Alur Izin Retribusi"] in choices["permits.process"]
    assert ["trayek", "Izin Trayek"] in choices["permits.levy"]
    assert ["skrd.typ", "Surat Ketetapan Retribusi Daerah"] in choices["letters.template"]
    permits, settings = (
        json.loads(release_files()[f"processes/catalogue/{name}.json"]) for name in ("permits", "settings")
    )
    assert set(permits["IMB"]["flags"]) <= set(words)
    assert set(settings) <= set(words)


def test_whoever_may_not_change_a_file_reads_it_and_is_told_who_may(office, draft, monkeypatch):
    browser, address = draft
    named = {"processes/bersama/": frozenset({"198801012010011001"})}
    monkeypatch.setattr("engine.drafting.entrusted", lambda _law, path: named.get(path[:18], frozenset()))
    page = browser.get(f"{address}/diagram?nama={DIAGRAM}")
    assert "Berkas ini hanya diubah oleh" in page
    assert luggage(browser, f"{address}/diagram?nama={DIAGRAM}")["may"] is False
    text = browser.get(f"{address}/berkas?nama={DIAGRAM}")
    assert "Berkas ini hanya diubah oleh" in text
    assert 'value="simpan"' not in text.text
    assert luggage(browser, f"{address}/formulir?nama={FORM}")["may"] is True


def test_only_pages_of_editors_let_style_attributes_through(office, draft):
    browser, address = draft
    for page, path in (("diagram", DIAGRAM), ("tabel", TABLE)):
        assert (
            "style-src-attr 'unsafe-inline'"
            in browser.get(f"{address}/{page}?nama={path}").headers["Content-Security-Policy"]
        )
    for other in (f"{address}/formulir?nama={FORM}", address):
        assert "unsafe" not in browser.get(other).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (DIAGRAM, "diagram"),
        (TABLE, "tabel"),
        (FORM, "formulir"),
        ("processes/catalogue/roles.json", "hukum"),
        ("processes/letters/kop.typ", "surat"),
    ],
)
def test_each_kind_of_file_opens_in_its_editor(office, draft, path, page):
    browser, address = draft
    assert f"{address}/{page}?nama={path}" in unescape(browser.get(address).text)


def test_a_file_of_another_kind_opens_as_text(office, draft):
    browser, address = draft
    for page in ("diagram", "tabel", "formulir"):
        answer = browser.get(f"{address}/{page}?nama=processes/catalogue/roles.json")
        assert answer.status == 302
        assert "/berkas?" in answer.location


def test_what_is_on_the_screen_is_checked_without_being_saved(office, draft):
    browser, address = draft
    whole = release_files()[DIAGRAM]
    assert problems(browser, address, DIAGRAM, whole) == []
    broken = whole.replace(b'"verifikasi_keabsahan" />', b'"formulir_yang_tidak_ada" />')
    found = problems(browser, address, DIAGRAM, broken)
    told = {(one["element"], one["code"], one["severity"]) for one in found}
    assert ("verifikasi_keabsahan", "unknown-form", "error") in told
    assert "Belum ada yang berubah." in browser.get(address)


@pytest.mark.parametrize("path", [one for one in release_files() if one.endswith(".bpmn")])
def test_a_diagram_of_the_office_is_checked_on_the_screen_as_in_its_release(office, draft, path):
    """With what its callers hand over to it: by itself alone it would miss that."""
    browser, address = draft
    files = release_files()
    whole = [one.code for one in deployment.problems(files) if one.file == path]
    assert [one["code"] for one in problems(browser, address, path, files[path])] == whole


LEVY = "processes/retribusi/penetapan_retribusi.bpmn"
PAYING = "processes/retribusi/pembayaran.bpmn"


def without(content, id):
    """A diagram without one of its steps, as the editor leaves it: what led to it leads to what followed."""
    root = etree.fromstring(content)
    (gone,) = [one for one in root.iter("{*}userTask", "{*}serviceTask") if one.get("id") == id]
    flows = list(root.iter("{*}sequenceFlow"))
    (onward,) = [one for one in flows if one.get("sourceRef") == id]
    for flow in [one for one in flows if one.get("targetRef") == id]:
        flow.set("targetRef", onward.get("targetRef"))
    for one in (gone, onward, *(ref for ref in root.iter("{*}flowNodeRef") if ref.text == id)):
        one.getparent().remove(one)
    return etree.tostring(root)


@pytest.mark.parametrize(
    ("path", "id"),
    [(LEVY, "paraf_skrd"), (LEVY, "hitung_retribusi"), (LEVY, "cek_retribusi"), (PAYING, "jam_validasi")],
)
def test_a_step_that_is_gone_is_told_while_it_is_drawn_as_in_its_draft(office, draft, path, id):
    """Though callers of the process were handed its result when the draft began."""
    browser, address = draft
    changed = without(release_files()[path], id)
    drawn = [one for one in problems(browser, address, path, changed) if one["severity"] == "error"]
    assert drawn
    sent(browser, f"{address}/diagram/simpan", path, changed, versi="0")
    page = unescape(browser.get(address).text)
    told = [one["message"] for one in drawn if one["message"] in page and one["hint"] in page]
    assert told == [one["message"] for one in drawn]


ISSUING, REGISTRATION = "processes/bersama/penerbitan.bpmn", "processes/bersama/pendaftaran.bpmn"


def beyond(browser, address, path, content):
    return unescape(json.loads(sent(browser, f"{address}/diagram/periksa", path, content, luar="ya").text)["html"])


def test_what_a_change_breaks_in_other_files_is_told_while_it_is_drawn(office, draft):
    browser, address = draft
    whole = release_files()
    assert beyond(browser, address, ISSUING, whole[ISSUING]).strip() == ""
    told = beyond(browser, address, ISSUING, without(whole[ISSUING], "henti_jam_layanan"))
    assert "Di berkas lain karena ubahan ini" in told
    assert "dapat berjalan sampai akhir di Selesai" in told
    assert f'href="{address}/diagram?nama={REGISTRATION}"' in told
    assert f"nama={ISSUING}" not in told
    assert "Belum ada yang berubah." in browser.get(address)


def test_what_another_file_of_the_draft_breaks_is_not_laid_at_the_door_of_this_one(office, draft):
    browser, address = draft
    whole = release_files()
    sent(browser, f"{address}/diagram/simpan", ISSUING, without(whole[ISSUING], "henti_jam_layanan"), versi="0")
    moved = whole[DIAGRAM].replace(b'name="Verifikasi keabsahan"', b'name="Verifikasi"')
    assert beyond(browser, address, DIAGRAM, moved).strip() == ""


def test_a_form_that_loses_an_outcome_is_told_which_diagrams_ask_for_it(office, draft):
    browser, address = draft
    form = json.loads(release_files()["forms/cek_retribusi.json"])
    form["outcomes"] = [one for one in form["outcomes"] if one["value"] != "sesuai"]
    told = beyond(browser, address, "forms/cek_retribusi.json", json.dumps(form).encode())
    assert f'href="{address}/diagram?nama={LEVY}"' in told
    assert beyond(browser, address, "forms/cek_retribusi.json", b"{").strip() == ""


def test_who_reads_the_result_of_a_step_that_is_gone_is_advised_to_restore_it(office, draft):
    browser, address = draft
    changed = without(release_files()[LEVY], "paraf_skrd")
    (one,) = [one for one in problems(browser, address, LEVY, changed) if one["code"] == "unknown-name"]
    assert "hasil Paraf SKRD (paraf_skrd) yang tidak diisi oleh langkah mana pun sebelumnya" in one["message"]
    assert one["hint"].startswith("Langkah itu sudah dihapus: kembalikan langkahnya")
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    (one,) = [one for one in problems(browser, address, LEVY, changed) if one["code"] == "unknown-name"]
    assert one["message"].endswith("(paraf_skrd), which no step before fills in")
    assert one["hint"].startswith("That step was removed: restore it")


def test_what_cannot_be_read_is_told_at_its_line_by_check_and_saving_alike(office, draft):
    browser, address = draft
    broken = release_files()[DIAGRAM].replace(b"</bpmn:process>", b"")
    (one,) = problems(browser, address, DIAGRAM, broken)
    assert one["severity"] == "error"
    assert one["line"] > 0
    refused = sent(browser, f"{address}/diagram/simpan", DIAGRAM, broken, versi="0")
    assert refused.status == 422
    assert json.loads(refused.text)["problems"] == [one]
    assert one["message"].startswith("Berkas bukan XML yang benar: elemen process dari baris")
    assert f"(baris {one['line']}, kolom " in one["message"]
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    (english,) = problems(browser, address, DIAGRAM, broken)
    assert english["message"].startswith("The file is not correct XML: the element process of line")
    assert english["lang"] == "en"
    browser.post("/bahasa", {"bahasa": "id", "lanjut": "/"})
    assert "Belum ada yang berubah." in browser.get(address)


def test_what_is_wrong_with_a_diagram_is_read_in_english_while_it_is_drawn_and_in_its_draft(office, draft):
    browser, address = draft
    whole = release_files()[DIAGRAM]
    broken = whole.replace(b'"verifikasi_keabsahan" />', b'"formulir_yang_tidak_ada" />')
    (before,) = [one for one in problems(browser, address, DIAGRAM, broken) if one["code"] == "unknown-form"]
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    (one,) = [one for one in problems(browser, address, DIAGRAM, broken) if one["code"] == "unknown-form"]
    assert before["message"] == "Formulir formulir_yang_tidak_ada pada tugas Verifikasi keabsahan tidak ada"
    assert one["message"] == "Form formulir_yang_tidak_ada of task Verification of validity does not exist"
    assert (one["hint"], one["lang"], before["lang"]) == ("Choose a form that exists, or make it first.", "en", "id")
    sent(browser, f"{address}/diagram/simpan", DIAGRAM, broken, versi="0")
    page = browser.get(address).text
    marked = one["message"].replace("formulir_yang_tidak_ada", '<span lang="id">formulir_yang_tidak_ada</span>')
    assert f"<span>{marked}</span>" in unescape(page)
    assert f'<span class="redup">{one["hint"]}</span>' in unescape(page)
    browser.post("/bahasa", {"bahasa": "id", "lanjut": "/"})
    assert f'<span lang="id">{before["message"]}</span>' in unescape(browser.get(address).text)


def test_a_name_that_the_office_has_no_english_for_is_marked_indonesian_in_an_english_sentence(office, draft):
    browser, address = draft
    broken = release_files()[DIAGRAM].replace(b'"verifikasi_keabsahan" />', b'"formulir_yang_tidak_ada" />')
    broken = broken.replace(b'name="Verifikasi keabsahan"', b'name="Verifikasi tahap baru"')
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    sent(browser, f"{address}/diagram/simpan", DIAGRAM, broken, versi="0")
    assert 'of task <span lang="id">Verifikasi tahap baru</span> does not exist' in browser.get(address)


def test_a_form_is_told_of_in_the_words_of_its_builder(office, draft):
    browser, address = draft
    browser.post("/bahasa", {"bahasa": "id", "lanjut": "/"})
    found = [one["message"] for one in problems(browser, address, FORM, b'{"key": 1, "sections": []}')]
    assert "“Judul” belum diisi." in found
    assert "Isi “Nama formulir (key)” tidak dapat dipakai: 1" in found
    with office.app.test_request_context():
        assert builder_words()["pembangun"]["kata"] == CALLED
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    found = [one["message"] for one in problems(browser, address, FORM, b'{"key": 1, "sections": []}')]
    assert "“Title” is not filled in." in found


def test_a_word_that_nothing_offers_is_told_at_its_cell(office, draft):
    browser, address = draft
    odd = release_files()[TABLE].replace(b'"perpanjangan"', b'"perpanjangn"', 1)
    (one,) = [one for one in problems(browser, address, TABLE, odd) if one["code"] == "unknown-word"]
    assert (one["element"], one["cell"]) == ("aturan_perpanjangan_tinjauan", "m_1_4")
    assert one["message"] == "Baris 1, kolom ‹Jenis permohonan› tidak pernah berisi perpanjangn"
    assert one["hint"] == "Yang mungkin: baru, perpanjangan."
    assert problems(browser, address, TABLE, release_files()[TABLE]) == []


def test_a_file_of_this_computer_that_is_no_form_at_all_is_refused_though_one_just_begun_is_saved(office, draft):
    browser, address = draft
    begun_so = {"path": FORM, "content": b'{\n"key": 1}', "versi": "0"}
    refused = sent(browser, f"{address}/diagram/simpan", **begun_so, dari="komputer")
    assert refused.status == 422
    told = [(one["element"], one["line"], one["message"]) for one in json.loads(refused.text)["problems"]]
    assert told[0] == ("key", 2, "Berkas ini bukan formulir: “key” berisi yang lain.")
    assert "Belum ada yang berubah." in browser.get(address)
    assert sent(browser, f"{address}/diagram/simpan", **begun_so).status == 200


def test_forms_and_law_are_checked_on_the_screen_too(office, draft):
    browser, address = draft
    (one,) = problems(browser, address, FORM, b'{"key": "lain", "version": 1, "title": "T", "sections": []}')[:1]
    assert one["code"] in ("form-missing", "form-key")
    roles = json.dumps({"FO": {"name": 3}}).encode()
    assert problems(browser, address, "processes/catalogue/roles.json", roles)


def test_saving_answers_the_new_version_and_never_overwrites_anothers(office, draft):
    browser, address = draft
    changed = release_files()[DIAGRAM].replace(b'name="Absah"', b'name="Sah"')
    assert json.loads(sent(browser, f"{address}/diagram/simpan", DIAGRAM, changed, versi="0").text) == {"version": 1}
    late = sent(office.logged_in("proses2"), f"{address}/diagram/simpan", DIAGRAM, release_files()[DIAGRAM], versi="0")
    assert late.status == 409
    assert "Fajar Nugroho" in json.loads(late.text)["said"]
    assert luggage(browser, f"{address}/diagram?nama={DIAGRAM}")["xml"].encode() == changed


def test_a_file_is_held_asked_for_and_handed_over(office, draft):
    browser, address = draft
    other = office.logged_in("proses2")

    def turn(who, act):
        return json.loads(who.post(f"{address}/diagram/giliran", {"nama": DIAGRAM, "aksi": act}).text)

    assert turn(browser, "pegang")["mine"]
    assert "Fajar Nugroho" in turn(other, "pegang")["held_by"]
    assert "Fajar Nugroho" in luggage(other, f"{address}/diagram?nama={DIAGRAM}")["turn"]["held_by"]
    assert turn(other, "minta")["asked_me"]
    glanced = turn(browser, "lihat")
    assert (glanced["asked_by"], glanced["asked_me"], glanced["mine"]) == ("Wulan Sari, S.Kom.", False, True)
    turn(browser, "serahkan")
    assert turn(other, "pegang")["mine"]


def test_a_new_process_begins_with_a_lane_and_a_start(office, draft):
    browser, address = draft
    path = "processes/bersama/pemeriksaan_ulang.bpmn"
    typed = {"nama_baru": path, "judul_baru": "Pemeriksaan ulang"}
    made = browser.post(f"{address}/diagram/proses-baru", typed)
    assert made.status == 303
    found = luggage(browser, made.location)
    assert 'name="Pemeriksaan ulang"' in found["xml"]
    codes = {one["code"] for one in problems(browser, address, path, found["xml"].encode())}
    assert codes <= {"no-end", "no-way-out", "unused-process"}
    again = browser.post(f"{address}/diagram/proses-baru", typed)
    assert again.status == 422
    assert "Nama ini sudah dipakai proses lain" in again
    for wrong in ("../x.bpmn", "processes/bersama/Besar.bpmn", "forms/x.json", ""):
        assert browser.post(f"{address}/diagram/proses-baru", typed | {"nama_baru": wrong}).status == 422
    assert "Nama proses 3 sampai 120 huruf" in browser.post(
        f"{address}/diagram/proses-baru", typed | {"judul_baru": "x"}
    )


def test_a_form_is_shown_as_people_will_see_it(office, draft):
    browser, address = draft
    form = {
        "key": "tindakan", "version": 2, "title": "Tindakan",
        "sections": [
            {"title": "Ukuran", "fields": [{"name": "luas", "label": "Luas bangunan", "type": "number", "unit": "m²"}]}
        ],
        "outcomes": [{"value": "selesai", "label": "Sudah selesai"}],
    }  # fmt: skip
    shown = json.loads(sent(browser, f"{address}/formulir/pratinjau", FORM, json.dumps(form).encode()).text)["html"]
    for words in ("Ukuran", "Luas bangunan", 'name="luas"', "Sudah selesai"):
        assert words in shown
    assert json.loads(sent(browser, f"{address}/formulir/pratinjau", FORM, b"{").text) == {"html": ""}


def test_readers_of_a_draft_see_the_editor_without_its_tools(office, draft):
    _, address = draft
    page = office.logged_in("kadis").get(f"{address}/diagram?nama={DIAGRAM}")
    assert "Masukkan berkas" not in page
    assert json.loads(re.search(r'id="bekal">(.*?)</script>', page.text, re.S)[1])["may"] is False


OTHERS = {
    "another version of BPMN": b'<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0" id="x">'
    b'<process id="p"/></definitions>',
    "another standard": b'<x:package xmlns:x="http://www.wfmc.org/2008/XPDL2.1" Id="p"/>',
    "no XML at all": b"PK\x03\x04 zip",
    "nothing": b"",
    "an entity bomb": b'<!DOCTYPE a [<!ENTITY b "bbbb">]>'
    b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&b;</definitions>',
    "five megabytes": b"<a>" + b" " * (5 * 1024 * 1024) + b"</a>",
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_diagram_of_ours_is_told_and_the_draft_stays(office, draft, what):
    browser, address = draft
    found = problems(browser, address, DIAGRAM, OTHERS[what])
    assert [one for one in found if one["severity"] == "error"], found
    refused = sent(browser, f"{address}/diagram/simpan", DIAGRAM, OTHERS[what], versi="0")
    assert refused.status in (200, 422)
    if refused.status == 422:
        assert json.loads(refused.text)["said"]
        assert "Belum ada yang berubah." in browser.get(address)


CAMUNDA = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
  <bpmn:process id="lain" isExecutable="true">
    <bpmn:startEvent id="mulai_lain"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:scriptTask id="skrip" scriptFormat="python"><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
      <bpmn:script>print(1)</bpmn:script></bpmn:scriptTask>
    <bpmn:endEvent id="akhir_lain"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="a" sourceRef="mulai_lain" targetRef="skrip"/>
    <bpmn:sequenceFlow id="b" sourceRef="skrip" targetRef="akhir_lain"/>
  </bpmn:process>
</bpmn:definitions>
"""


def test_a_diagram_of_another_tool_is_kept_as_it_is_and_told_at_its_elements(office, draft):
    browser, address = draft
    path = "processes/bersama/lain.bpmn"
    found = problems(browser, address, path, CAMUNDA)
    assert {one["element"] for one in found if one["severity"] == "error"} == {"skrip"}
    assert sent(browser, f"{address}/diagram/simpan", path, CAMUNDA, versi="0").status == 200
    assert luggage(browser, f"{address}/diagram?nama={path}")["xml"].encode() == CAMUNDA


def test_a_letter_that_cannot_be_set_keeps_a_draft_from_being_proposed(office, draft):
    browser, address = draft
    path = "processes/letters/kop.typ"
    assert sent(browser, f"{address}/diagram/simpan", path, b"#foo(", versi="0").status == 200
    page = browser.get(address)
    assert "surat tidak dapat dibuat, antara lain “" in page
    assert browser.post(f"{address}/usulkan", {"keterangan": "Kepala surat diubah"}).status == 422
    assert sent(browser, f"{address}/diagram/simpan", path, release_files()[path] + b"\n", versi="1").status == 200
    assert "tidak dapat dibuat" not in browser.get(address)


def test_settings_that_are_gone_keep_a_draft_back_and_a_permit_that_is_gone_is_told(office, draft):
    browser, address = draft
    settings, permits = "processes/catalogue/settings.json", "processes/catalogue/permits.json"
    fewer = json.loads(release_files()[permits])
    fewer.pop("SIUP")
    assert sent(browser, f"{address}/diagram/simpan", permits, json.dumps(fewer).encode(), versi="0").status == 200
    assert "Surat Izin Usaha Perdagangan tidak ada lagi dalam rancangan." in browser.get(address)
    assert sent(browser, f"{address}/diagram/simpan", settings, b"{}", versi="0").status == 200
    assert "Pengaturan telepon tidak ada lagi." in browser.get(address)
    assert browser.post(f"{address}/usulkan", {"keterangan": "Pengaturan dikosongkan"}).status == 422


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (DIAGRAM, b"<a/>"),
        (TABLE, b"<a/>"),
        (FORM, b"null"),
        (FORM, b'{"title": "\\ud800"}'),
        (
            DIAGRAM,
            release_files()[DIAGRAM]
            .decode()
            .replace("UTF-8", "ISO-8859-1")
            .replace("Absah", "Abs\xe9h")
            .encode("latin-1"),
        ),
    ],
    ids=["no diagram", "no table", "no form", "half a letter", "other letters"],
)
def test_what_takes_the_place_of_a_good_file_can_be_one_itself(office, draft, path, content):
    browser, address = draft
    refused = sent(browser, f"{address}/diagram/simpan", path, content, versi="0")
    assert refused.status == 422
    assert json.loads(refused.text)["problems"][0]["line"] > 0
    assert "Belum ada yang berubah." in browser.get(address)
