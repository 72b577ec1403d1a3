"""The rooms of samples: drawing by a seed, the files that were drawn, the checklist of each."""

import re

import pytest

from app.operations import sampling
from tests.app.web.office import BEFORE, NOW

LOT = {"benih": "undian 4471", "dasar": "dibuka", "dari": "19/10/2026", "sampai": "19/10/2026", "jumlah": "5"}


@pytest.fixture
def drawn(office):
    """A sample of one file; its address and the file."""
    case_id = office.registered()
    lot = sampling.Lot("undian 4471", False, BEFORE.date(), BEFORE.date(), "", "", 5)
    with office.app.app_context():
        id = sampling.draw(lot, office.people["pengawas"], NOW)
    return f"/audit/sampel/{id}", case_id


def test_a_supervisor_draws_a_sample_and_finds_its_files(office):
    case_id = office.registered()
    browser = office.logged_in("pengawas")
    assert "Belum ada sampel yang ditarik." in browser.get("/audit/sampel")
    answer = browser.post("/audit/sampel", LOT)
    assert answer.status == 303
    page = browser.follow(answer)
    assert office.case(case_id).held.number in page
    assert "1 dari 1" in page
    assert "contoh, belum ditetapkan Inspektorat" in page
    assert "undian 4471" in browser.get("/audit/sampel")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"benih": ""}, "benih"),
        ({"dari": "kemarin"}, "dari"),
        ({"sampai": "20/10/2026"}, "sampai"),
        ({"sampai": "31/12/9999"}, "sampai"),
        ({"jumlah": "banyak"}, "jumlah"),
        ({"izin": "XYZ"}, "izin"),
        ({"keadaan": "\x00"}, ""),
    ],
)
def test_a_lot_that_cannot_be_drawn_is_told_at_its_field_and_kept(office, wrong, field):
    page = office.logged_in("pengawas").post("/audit/sampel", {**LOT, **wrong})
    assert page.status == 422
    assert f'id="s-{field}"' in page if field else "Tidak ada berkas dengan saringan ini" in page
    assert 'value="5"' in page or "jumlah" in wrong


def test_the_checklist_is_answered_with_a_note_where_something_does_not_conform(office, drawn):
    address, case_id = drawn
    browser = office.logged_in("pengawas")
    given = {"putusan-waktu": "tidak_sesuai", "catatan-waktu": "", "putusan-jeda": "sesuai"}
    page = browser.post(f"{address}/{case_id}", given)
    assert page.status == 422
    assert 'id="s-catatan-waktu"' in page
    assert browser.post(f"{address}/{case_id}", {**given, "catatan-waktu": "Lewat dua hari"}).status == 303
    assert re.search(r'data-label="Dijawab">2 dari 7<', browser.get(address).text)
    assert "Lewat dua hari" in browser.get(f"{address}/{case_id}")


def test_the_head_reads_samples_and_draws_none(office, drawn):
    address, case_id = drawn
    browser = office.logged_in("kadis")
    assert "Tarik sampel" not in browser.get("/audit/sampel")
    assert "Simpan jawaban" not in browser.get(f"{address}/{case_id}")
    assert browser.post("/audit/sampel", LOT).status == 403


def test_a_file_that_was_not_drawn_has_no_checklist(office, drawn):
    address, _case = drawn
    other = office.registered(at=NOW)
    assert office.logged_in("pengawas").get(f"{address}/{other}").status == 404


def test_the_checklist_is_in_english_for_whoever_reads_english(office, drawn):
    address, case_id = drawn
    browser = office.logged_in("pengawas")
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = browser.get(f"{address}/{case_id}")
    assert "The promise was kept, or the cause of the delay is on record" in page
    assert "Janji layanan" not in page
