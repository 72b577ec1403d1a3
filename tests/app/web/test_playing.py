"""A draft is played through its pages: opened, carried by buttons, time moved, kept as a scenario."""

import json
import re
from datetime import datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from lxml import html

from app.cli import release_files
from app.operations import cases
from app.web.play_again import Rest
from app.web.play_state import packed, unpacked
from engine.playing import Move, Start
from tests.app.web.office import NOW
from tests.app.web.test_drawing import sent
from tests.app.web.test_studio import begun
from tests.engine.bpmn import drawing
from tests.engine.bpmn.walking import roled

OPENED = {"izin": "SIPB", "saat": "03/08/2026 08.00"}


@pytest.fixture
def draft(office):
    return begun(office)


def state(page):
    return unescape(re.search(r'name="p" value="([^"]*)"', page.text)[1])


def opened(draft, **more):
    browser, address = draft
    answer = browser.post(f"{address}/main", OPENED | more)
    assert answer.status == 303
    return browser, address, browser.get(answer.location)


def moved(browser, address, page, **more):
    answer = browser.post(f"{address}/main/langkah", {"p": state(page), **more})
    assert answer.status == 303, re.findall(r'class="salah"[^>]*>(.*?)</span></span>', answer.text)
    return browser.get(answer.location)


def sound(page):
    """What stands in the form of the task already, as a browser would send it."""
    form = next(one for one in html.fromstring(page.text).forms if "tugas" in one.fields)
    found = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return {name: values for name, values in found.items() if name not in ("csrf_token", "p")}


def first(page):
    """The first button of the task's form."""
    return unescape(re.search(r'name="aksi" value="(putuskan:[^"]*)"', page.text)[1])


def test_a_file_is_opened_carried_and_its_clocks_and_papers_are_seen(draft):
    browser, address, page = opened(draft)
    assert "tugas terbuka" in page
    assert "Belum ada langkah." in page
    page = moved(browser, address, page, **(sound(page) | {"aksi": first(page)}))
    assert "periksa_kelengkapan" in page or "Periksa kelengkapan" in page
    page = moved(browser, address, page, **(sound(page) | {"aksi": "putuskan:lengkap", "pada": "03/08/2026 09.30"}))
    for words in ("Tanda Terima", "2 langkah", "Sen 03/08/2026 09.30", "sampai"):
        assert words in page, words


def test_messages_of_a_play_stand_as_they_would_be_sent_with_a_number_that_a_file_might_bear(draft):
    browser, address, page = opened(draft, izin="IMB")
    page = moved(browser, address, page, aksi=first(page), **sound(page))
    page = moved(browser, address, page, aksi=first(page), **sound(page))
    assert "Permohonan Izin Mendirikan Bangunan terdaftar" in page
    page = moved(browser, address, page, aksi="putuskan:perbaikan", **{**sound(page), "alasan": "Gambar kurang"})
    assert "Berkas 00001 IMB 030826 perlu diperbaiki" in page
    assert re.findall(r"\{\w+\}", re.sub(r"<script.*?</script>", "", page.text, flags=re.DOTALL)) == []
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    told = re.sub(r"<[^>]+>", "", browser.get(f"{address}/main?p={state(page)}").text)
    assert "File 00001 IMB 030826 needs corrections" in told


def test_time_passes_until_what_happens_by_itself(draft):
    browser, address, page = opened(draft)
    assert "Hal berikutnya terjadi dengan sendirinya pada Rab 02/09/2026" in page
    page = moved(browser, address, page, aksi="lewat:")
    assert "DITUTUP" in page or "ditutup" in page
    assert "Tidak ada tugas terbuka." in page


def test_a_move_that_cannot_be_is_told_and_the_play_stands_where_it_was(draft):
    browser, address, page = opened(draft)
    early = browser.post(f"{address}/main/langkah", {"p": state(page), "aksi": "tunggu:", "pada": "01/08/2026 08.00"})
    assert early.status == 409
    assert "lebih awal daripada langkah sebelumnya" in early
    missing = browser.post(f"{address}/main/langkah", {"p": state(page), "aksi": "tunggu:"})
    assert missing.status == 422
    gone = browser.post(f"{address}/main/langkah", {"p": state(page), "aksi": "putuskan:", "tugas": "tiada"})
    assert gone.status == 409
    wrong = browser.post(f"{address}/main/langkah", {"p": state(page), **sound(page), "aksi": "putuskan:tiada"})
    assert wrong.status == 409 or wrong.status == 422
    for broken in ("", "x", "eJyr", "A" * 5000):
        assert browser.post(f"{address}/main/langkah", {"p": broken, "aksi": "lewat:"}).status == 422
    assert browser.get(f"{address}/main?p=xyz").status == 200


def broken(draft, path, old, new):
    """A file of the draft with a mistake in it."""
    browser, address = draft
    content = release_files()[path].replace(old, new)
    assert content != release_files()[path]
    assert sent(browser, f"{address}/diagram/simpan", path, content, versi="0").status == 200
    return browser, address


def test_processes_that_use_a_file_with_errors_are_not_played_and_the_page_leads_to_it(draft):
    path = "processes/bersama/verifikasi.bpmn"
    browser, address = broken(draft, path, b'"verifikasi_keabsahan" />', b'"formulir_yang_tidak_ada" />')
    page = browser.get(f"{address}/main")
    for words in ("Galat yang masih ada", "Verifikasi keabsahan", "formulir_yang_tidak_ada"):
        assert words in page
    assert f"{address}/diagram?nama={path}" in unescape(page.text)
    refused = browser.post(f"{address}/main", OPENED)
    assert refused.status == 409
    assert "masih mempunyai galat" in refused
    assert browser.post(f"{address}/main", OPENED | {"proses": "pendaftaran"}).status == 303


def test_an_error_elsewhere_keeps_no_other_process_from_being_played(draft):
    path = "processes/retribusi/penetapan_retribusi.bpmn"
    browser, address = broken(draft, path, b'name="formKey" value="paraf"', b'name="formKey" value="tidak_ada"')
    start = browser.get(f"{address}/main")
    assert '"SIPB"' in start
    assert '"IMB"' not in start
    assert browser.post(f"{address}/main", OPENED | {"izin": "IMB"}).status == 409
    browser, address, page = opened((browser, address))
    page = moved(browser, address, page, **(sound(page) | {"aksi": first(page)}))
    for words in ("Ajukan permohonan", "1 langkah", path, "belum dapat dimainkan"):
        assert words in page, words
    scenarios = browser.get(f"{address}/skenario")
    assert scenarios.text.count("seperti semula") > 1
    assert "belum dapat dimainkan" in scenarios
    assert browser.get(f"{address}/ulang").status == 200


def test_a_past_file_whose_process_has_an_error_is_counted_as_not_yet_done_again(office, draft):
    case_id = office.registered("SIPB")
    with office.app.app_context():
        cases.withdraw(case_id, office.people["pemohon"], NOW)
    browser, address = draft
    sound = browser.get(f"{address}/ulang")
    assert "1 berkas: 0 akan berjalan lain</h2>" in sound
    assert "belum dapat diulang" not in sound
    gone = {"nama": "forms/bap.json", "aksi": "keluarkan", "isi": "", "versi": "0"}
    assert browser.post(f"{address}/berkas", gone).status == 303
    page = browser.get(f"{address}/ulang")
    assert "1 berkas: 0 akan berjalan lain, 1 belum dapat diulang</h2>" in page
    assert "Proses izin ini tidak ada dalam rancangan, atau masih mempunyai galat." in page
    assert "Tidak lagi dilewati" not in page
    assert '">lain</span>' not in page
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert "1 cannot be replayed yet</h2>" in browser.get(f"{address}/ulang")


def test_a_draft_without_a_calendar_cannot_be_played_at_all(draft):
    browser, address = draft
    path, wrong = "processes/catalogue/calendar.json", b'{"weeks": [{"since": "kapan saja"}]}'
    assert sent(browser, f"{address}/diagram/simpan", path, wrong, versi="0").status == 200
    page = browser.get(f"{address}/main")
    assert "Perbaiki dahulu" in page
    assert browser.get(f"{address}/skenario").status == 409


def test_a_play_speaks_of_clocks_steps_and_decisions_by_their_names(draft):
    browser, address, page = opened(draft)
    clocks = page.text.partition('id="judul-jam"')[2].partition("</section>")[0]
    assert "Tenggat mengirim rancangan" in clocks
    assert "P_DRAF" not in clocks
    page = moved(browser, address, page, **(sound(page) | {"aksi": first(page)}))
    told = page.text.partition('id="judul-langkah"')[2].partition("</section>")[0]
    assert "Ajukan permohonan" in told
    assert ">ajukan<" not in told


def kept(draft, name="sampai_diperiksa"):
    browser, address, page = opened(draft)
    page = moved(browser, address, page, **(sound(page) | {"aksi": first(page)}))
    typed = {"p": state(page), "judul_skenario": "Sampai kelengkapan diperiksa", "nama_skenario": name}
    assert browser.post(f"{address}/main/simpan", typed).status == 303
    return browser, address


def test_a_play_becomes_a_scenario_that_every_check_plays_again(draft):
    browser, address = kept(draft)
    page = browser.get(f"{address}/skenario")
    for words in ("Sampai kelengkapan diperiksa", "seperti semula", "Dasar hukum", "dari"):
        assert words in page
    path = "processes/bersama/pendaftaran.bpmn"
    changed = release_files()[path].replace(b'name="state" value="DIAJUKAN"', b'name="state" value="VERIFIKASI"')
    assert changed != release_files()[path]
    assert sent(browser, f"{address}/diagram/simpan", path, changed, versi="0").status == 200
    assert "Hasil skenario berbeda pada keadaan berkas: semula Diajukan, kini" in browser.get(f"{address}/skenario")
    assert "Hasil skenario berbeda pada keadaan berkas: semula Diajukan, kini" in browser.get(address)
    refused = browser.post(f"{address}/usulkan", {"keterangan": "Keadaan diubah"})
    assert refused.status == 422


def with_a_step_too_many(draft):
    """A scenario of the release whose third step nobody can do, as after the step was taken out of its diagram."""
    browser, address = draft
    path = "processes/scenarios/retribusi_biasa.json"
    raw = json.loads(release_files()[path])
    raw["moves"].insert(2, {"do": "paraf_ketiga", "outcome": "setuju"})
    assert sent(browser, f"{address}/diagram/simpan", path, json.dumps(raw).encode(), versi="0").status == 200
    return len(raw["moves"])


def test_a_scenario_that_stops_is_opened_where_it_stops_and_played_on_without_that_step(draft):
    browser, address = draft
    count = with_a_step_too_many(draft)
    page = browser.get(f"{address}/skenario")
    [(again, words)] = re.findall(r'<a class="sasaran-kecil" href="([^"]*)">(Mainkan lagi dari tempat[^<]*)', page.text)
    assert words == "Mainkan lagi dari tempat yang berbeda"
    page = browser.get(unescape(again))
    assert "2 langkah</h2>" in page
    assert f"{count - 2} langkah lagi" in page
    assert 'value="retribusi_biasa"' in page
    on = {act: unescape(link) for link, act in re.findall(r'href="([^"]*lanjut=(main|lewati)[^"]*)"', page.text)}
    stopped = browser.get(browser.get(on["main"]).location)
    assert f"{count - 2} langkah lagi" in stopped
    page = browser.get(browser.get(on["lewati"]).location)
    assert f"{count - 1} langkah</h2>" in page
    assert "0 langkah lagi" in page
    title = html.fromstring(page.text).xpath("//input[@name='judul_skenario']/@value")[0]
    saved = {"p": state(page), "judul_skenario": title, "nama_skenario": "retribusi_biasa", "ganti": "ya"}
    assert browser.post(f"{address}/main/simpan", saved).status == 303
    assert "0 berbeda" in browser.get(f"{address}/skenario")


def test_a_step_done_by_hand_takes_the_place_of_the_same_one_of_the_scenario(draft):
    browser, address = draft
    page = browser.get(f"{address}/skenario")
    link = unescape(re.search(r'href="([^"]*)"><span lang="id">Izin non-retribusi', page.text)[1])
    assert f"{address}/main" in link
    start, moves = unpacked(re.search(r"[?&]p=([^&]*)", link)[1])
    rest = Rest("nonretribusi_biasa", "Biasa", start, moves[1:])
    page = browser.get(f"{address}/main?" + urlencode({"p": packed(start, moves[:1]), **rest.query()}))
    assert f"{len(moves) - 1} langkah lagi" in page
    typed = {"p": state(page), **rest.query(), **sound(page), "aksi": f"putuskan:{moves[1].outcome}"}
    page = browser.get(browser.post(f"{address}/main/langkah", typed).location)
    assert f"{len(moves) - 2} langkah lagi" in page


def test_a_step_that_the_draft_has_no_longer_is_called_as_in_the_release_in_effect(draft):
    browser, address = draft
    path = "processes/retribusi/penetapan_retribusi.bpmn"
    changed = release_files()[path].replace(b"cek_retribusi", b"cek_lagi").replace(b'name="Periksa perhitungan"', b"")
    changed = changed.replace(b'"formKey" value="cek_lagi"', b'"formKey" value="cek_retribusi"')
    assert sent(browser, f"{address}/diagram/simpan", path, changed, versi="0").status == 200
    page = browser.get(f"{address}/skenario")
    assert "(Periksa perhitungan, sudah dihapus)" in page  # as the draft's own page says it
    again = re.findall(r'<a class="sasaran-kecil" href="([^"]*)">Mainkan lagi dari tempat', page.text)[0]
    rest = browser.get(unescape(again)).text.partition('id="judul-sisa"')[2].partition("</section>")[0]
    assert '<span class="kuat">Periksa perhitungan</span>' in rest
    assert "cek_retribusi" not in re.sub("<[^>]*>", "", rest)


TWICE = "processes/bersama/dua_kali.bpmn"
ROUNDS = (
    "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
    '<loopDataOutputRef>semua</loopDataOutputRef><outputDataItem id="tinjau"/></multiInstanceLoopCharacteristics>'
)


def test_two_rounds_of_one_step_are_told_apart_and_the_chosen_one_is_done(draft):
    browser, address = draft
    task = drawing.user("tinjau", "putusan_ronde", ROUNDS, "Tinjau")
    steps = (drawing.start(), task, drawing.end(), drawing.chain("mulai", "tinjau", "selesai"))
    file = drawing.file(roled("dua_kali", *steps, tasks=("tinjau",)))
    assert sent(browser, f"{address}/diagram/simpan", TWICE, file, versi="0").status == 200
    browser, address, page = opened(draft, proses="dua_kali")
    listed = html.fromstring(page.text).xpath("//nav[@aria-label='Tugas terbuka']//a")
    assert [" ".join(one.text_content().split()) for one in listed] == ["Tinjau (1)", "Tinjau (2)"]
    page = browser.get(listed[1].get("href"))
    assert "Tinjau</span> (2)" in page
    page = moved(browser, address, page, aksi=first(page), **sound(page))
    assert "Tinjau</span> (2)" in page  # among the steps that were done
    assert unpacked(state(page))[1][0].which == 1
    assert "1 tugas terbuka" in page


def test_a_scenario_that_nobody_can_read_leads_to_its_file(draft):
    browser, address = draft
    path = "processes/scenarios/retribusi_biasa.json"
    assert sent(browser, f"{address}/diagram/simpan", path, b'{"title": "x"}', versi="0").status == 200
    assert f"nama={path}" in unescape(browser.get(f"{address}/skenario").text)
    assert browser.get(f"{address}/main?p=x&sisa=x&asal=y&lanjut=lewati").status == 200


def test_a_scenario_needs_a_name_and_a_title(draft):
    browser, address, page = opened(draft)
    for wrong in ({"nama_skenario": "Besar"}, {"judul_skenario": "x"}, {"nama_skenario": "../x"}):
        typed = {"p": state(page), "judul_skenario": "Berkas dibuka", "nama_skenario": "dibuka"} | wrong
        assert browser.post(f"{address}/main/simpan", typed).status == 422


def test_a_play_travels_in_the_address_and_nothing_else_is_read_from_it():
    start = Start("SIPB", datetime.fromisoformat("2026-08-03T08:00:00+07:00"))
    moves = (Move("do", "periksa", "PUPR", "lengkap", {"a": [True, "x"]}), Move("lapse"))
    assert unpacked(packed(start, moves)) == (start, moves)
    assert (
        packed(start, tuple(Move("do", f"langkah_{n * 7919}", outcome=f"hasil_{n * 104729}") for n in range(300))) == ""
    )


@pytest.mark.parametrize("at", ["31/12/9999 23.59", "31/12/1999 08.00", "01/01/2101 08.00"])
def test_a_play_stays_within_years_that_have_calendars(draft, at):
    browser, address, page = opened(draft)
    assert browser.post(f"{address}/main", OPENED | {"saat": at}).status == 422
    assert browser.post(f"{address}/main/langkah", {"p": state(page), "aksi": "tunggu:", "pada": at}).status == 422


def test_a_scenario_takes_the_place_of_another_only_when_that_is_said(draft):
    browser, address = kept(draft)
    _, _, page = opened(draft)
    typed = {"p": state(page), "judul_skenario": "Hanya dibuka", "nama_skenario": "sampai_diperiksa"}
    refused = browser.post(f"{address}/main/simpan", typed)
    assert refused.status == 422
    assert "Skenario bernama ini sudah ada" in refused
    assert browser.post(f"{address}/main/simpan", typed | {"ganti": "ya"}).status == 303
    assert "Hanya dibuka" in browser.get(f"{address}/skenario")


@pytest.mark.parametrize("permit", ["HO", "MB", "IUJK", "SIK", "RKL", "IPTR", "IUTM", "PEN"])
def test_every_permits_own_agencies_can_be_chosen_in_a_play(draft, permit):
    browser, address, page = opened(draft, izin=permit)
    for _ in range(12):
        if 'name="aksi" value="putuskan:' not in page.text or "Susun naskah" in page.text:
            break
        page = moved(browser, address, page, **(sound(page) | {"aksi": first(page)}))
    assert "Susun naskah" in page or "ditutup" in page
