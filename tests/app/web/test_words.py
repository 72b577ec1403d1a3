"""The second language: pages, refusals and clocks in English at a switch."""

import ast
import re

import pytest
from babel.messages.pofile import read_po

from app.config import ROOT
from app.operations import impact_told
from app.operations.clock_views import spoken
from app.web import words
from engine.errors import Finding, Refused, Sentence, joined, said_by
from tests.app.web.test_kahar import changed

CATALOGUE = ROOT / "app/translations/en/LC_MESSAGES/messages.po"


@pytest.fixture
def english(office):
    browser = office.logged_in("verifikator")
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/akun"})
    return browser


def test_the_inbox_speaks_english(office, english):
    office.registered()
    page = english.get("/kotak-tugas?daftar=kelompok")
    for words_ in ("Inbox", "Group Tasks", "1 task", "Promised date", "Take the next task"):
        assert words_ in page
    assert "Kotak Tugas" not in page


def test_a_clock_speaks_english(office, english):
    case_id = office.registered()
    page = english.get(f"/berkas/{case_id}")
    assert re.search(r"<span[^>]*>[\d, hmin]+ left</span>|working days left", page.text)
    assert "sisa " not in page.text


def test_a_refusal_speaks_english(office, english):
    case_id = office.registered()
    answer = english.post(f"/berkas/{case_id}/cabut", {"yakin": "ya"})
    assert answer.status == 403
    assert "Only the applicant, or the counter" in answer


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("sisa 1 jam 10 menit", "1 h 10 min left"),
        ("lewat 35 menit", "35 min late"),
        ("sisa 2,8 hari kerja", "2.8 working days left"),
        ("2.346 jam 38 menit", "2,346 h 38 min"),
        ("sudah menunggu 8 hari kerja", "waiting for 8 working days"),
        ("ditangguhkan, 2 jam tersisa", "on hold, 2 h left"),
        ("terlambat, kini ditangguhkan", "late, now on hold"),
        ("selesai tepat waktu", "done on time"),
    ],
)
def test_what_a_clock_says_has_english_words(application, said, heard):
    with application.test_request_context("/", headers={"Cookie": "bahasa=en"}):
        assert words.clock_words(said) == heard
    with application.test_request_context("/"):
        assert words.clock_words(said) == said


def test_hours_from_a_thousand_on_have_their_dots():
    assert [spoken(one) for one in (70, 59_940, 140_798)] == ["1 jam 10 menit", "999 jam", "2.346 jam 38 menit"]


def english_for(office, login):
    browser = office.logged_in(login)
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    return browser


KAHAR = {
    "dasar": ["a"],
    "peristiwa": "lainnya",
    "tak_terduga": "Kabel diputus alat berat proyek yang tidak diberitahukan",
    "sejak": "19/10/2026 13.00",
    "uraian": "Kabel serat optik ke pusat data putus sejak siang",
    "bukti": "Berita acara nomor 17/2026",
    "aksi": "periksa",
}


def test_the_effect_of_a_keadaan_kahar_speaks_english(office):
    browser = english_for(office, "kasi")
    assert "No file is touched; check scope and time." in browser.follow(browser.post("/kahar/usul", KAHAR))
    office.registered()
    page = browser.follow(browser.post("/kahar/usul", KAHAR))
    assert "PEN · Registered" in page
    assert re.search(r"[\d.,]+ working days</td>", page.text)


def test_the_effect_of_a_keadaan_kahar_is_counted_in_the_language_of_each_reader(office):
    """One after the other: nothing of the first page is kept for the second."""
    office.registered()
    browser = office.logged_in("kasi")
    assert re.search(r"[\d,]+ hk</td>", browser.follow(browser.post("/kahar/usul", KAHAR)).text)
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert re.search(r"[\d.,]+ working days</td>", browser.follow(browser.post("/kahar/usul", KAHAR)).text)


def test_a_day_that_does_not_exist_is_refused_in_english(office):
    address = f"/kelola/pegawai/{office.people['loket']}"
    sent = {"peran": "FO", "macam": "tetap", "mulai": "31/02/2026", "dasar": "SK 1/2026"}
    answer = english_for(office, "admin").post(f"{address}/peran", sent)
    assert answer.status == 422
    assert "no such date; write day/month/year" in answer


def test_the_board_hands_out_its_list_in_english(office):
    office.registered()
    table = english_for(office, "kasi").get("/jam-layanan/unduh.csv").text
    assert "Number;Applicant;" in table
    assert ";Verification;" in table or ";Registered;" in table
    assert "1 working day left" in table
    assert "hari kerja" not in table


@pytest.mark.parametrize(
    ("noted", "heard"),
    [
        ("tepat waktu setelah koreksi kahar (001/KEP)", "on time after a force majeure correction (001/KEP)"),
        ("kembali terlambat: 001/KEP diubah dengan 002/KEP", "late again: 001/KEP changed by 002/KEP"),
        ("kembali terlambat: 001/KEP berakhir dengan 002/BA", "late again: 001/KEP ended by 002/BA"),
        ("kembali terlambat: 001/KEP dicabut oleh 002/KEP", "late again: 001/KEP revoked by 002/KEP"),
        ("dicabut dengan keputusan nomor 002/KEP", "revoked by decree number 002/KEP"),
    ],
)
def test_a_note_on_a_breach_or_a_withdrawn_letter_has_english_words(application, noted, heard):
    with application.test_request_context("/", headers={"Cookie": "bahasa=en"}):
        assert words.noted(noted) == heard
    with application.test_request_context("/"):
        assert words.noted(noted) == noted


def test_a_withdrawn_decree_says_why_in_english(office):
    kasi = office.logged_in("kasi")
    address = kasi.post("/kahar/usul", {**KAHAR, "aksi": "ajukan"}).location
    kadis = office.logged_in("kadis")
    for act in ("", "cabut"):
        if act:
            changed(kasi, address, {"aksi": act, f"uraian_{act}": "Jaringan ternyata tidak pernah putus"})
        revision = re.search(r'name="revisi" value="(\d+)"', kadis.get(address).text)[1]
        assert kadis.post(f"{address}/tetapkan", {"revisi": revision}).status == 303
    assert "revoked by decree number 002/KEP" in english_for(office, "kasi").get(address)


def test_where_the_figures_of_a_levy_come_from_is_told_in_english(office):
    visitor = office.browser()
    visitor.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = visitor.get("/izin/IMB")
    assert "Method of integrated indices" in page
    assert "belum diperoleh" not in page


def test_why_money_is_given_back_is_told_in_english(application):
    release = " ".join(one.read_text() for one in (ROOT / "processes").rglob("*.bpmn"))
    reasons = re.findall(r'id="reason" type="str" value="&quot;([^&]+)&quot;"', release)
    assert reasons
    with application.test_request_context("/", headers={"Cookie": "bahasa=en"}):
        assert [one for one in reasons if words.translated(one) == one] == []


def test_the_history_tells_no_message_by_its_inner_name(office):
    case_id = office.registered()
    page = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=riwayat")
    assert "Nomor diberikan" in page
    assert "nomor.PENDAFTARAN" not in page
    assert "Number given" in english_for(office, "kasi").get(f"/berkas/{case_id}?bagian=riwayat")


def test_every_translation_keeps_the_places_of_its_sentence():
    with CATALOGUE.open("rb") as opened:
        catalogue = read_po(opened, locale="en")
    place = re.compile(r"%\(\w+\)s")
    for one in catalogue:
        if not one.id:
            continue
        sources = one.id if isinstance(one.id, tuple) else (one.id,)
        made = one.string if isinstance(one.string, tuple) else (one.string,)
        for text in made:
            assert sorted(place.findall(text)) == sorted(place.findall(sources[0])), sources[0]


def test_a_missing_catalogue_is_compiled_and_a_fresh_one_left_alone(tmp_path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "ya"\nmsgstr "yes"\n'
    )
    words.compile_catalogues(tmp_path)
    made = folder / "messages.mo"
    before = made.stat().st_mtime_ns
    words.compile_catalogues(tmp_path)
    assert made.stat().st_mtime_ns == before
    assert [one.name for one in sorted(folder.iterdir())] == ["messages.mo", "messages.po"]


def _sentences():
    """Every sentence that operations and engine refuse with, by the place it stands in."""
    calls = {"Sentence", "Unreadable", "Refused", "NotAllowed", "NotFound", "TaskNotOpen", "CaseClosed", "TaskTaken"}
    for room in ("app/operations", "engine"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if not {"demo", "bpmn", "migrations", "catalogue"} & set(path.parts):
                yield from (
                    (path, said) for node in ast.walk(ast.parse(path.read_text())) for said in _said(node, calls)
                )


def _said(node, calls):
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in calls:
        yield from _texts(node.args[:1])
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SubmissionInvalid":
        yield from _texts(value for one in node.args if isinstance(one, ast.Dict) for value in one.values)
    if isinstance(node, ast.Assign) and any(_is_error(one) for one in node.targets):
        yield from _texts([node.value])


def _is_error(target):
    holder = target.value if isinstance(target, ast.Subscript) else None
    return getattr(holder, "id", getattr(holder, "attr", "")) == "errors"


def _texts(nodes):
    return [one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value]


def test_every_refusal_has_english_words():
    with CATALOGUE.open("rb") as opened:
        known = {one.id for one in read_po(opened, locale="en") if one.id and one.string}
    bare = re.compile(r"%\(\w+\)s")
    found = list(_sentences())
    assert len(found) > 60
    assert [one for one in found if one[1] not in known and re.search("[a-z]{3}", bare.sub("", one[1]))] == []


def in_english(application, read, *given):
    with application.test_request_context("/", headers={"Cookie": "bahasa=en"}):
        return str(read(*given))


DRAWN = Finding("Id %(key)s %(fault)s", key="selesai", fault=Finding("lebih panjang dari %(most)s huruf", most=60))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (DRAWN, "Id selesai is longer than 60 letters"),
        (joined(["Selesai 100%", Finding("belum ditutup")], "; "), "Selesai 100%; not closed yet"),
        (said_by(Refused("Data %(nama)s tidak ada pada berkas ini.", nama="x")), "This file has no data x."),
        (Sentence("%(label)s wajib diisi", label="Kegiatan"), "Activity is required"),
    ],
)
def test_names_in_a_finding_stay_and_sentences_in_it_are_english_also_after_they_were_kept(application, said, heard):
    assert in_english(application, words.translated, said) == heard
    assert in_english(application, words.translated, impact_told.heard(impact_told.said(said))) == heard


def test_a_name_in_an_english_finding_is_marked_as_indonesian_and_never_markup(application):
    said = Finding("Id %(key)s dipakai dua kali", key="<b>a</b>")
    assert in_english(application, words.marked, said) == 'Id <span lang="id">&lt;b&gt;a&lt;/b&gt;</span> is used twice'
