"""Cari: an official finds pages he may open, permits, his own tasks and the files he may see, by a few letters."""

import json

import pytest

from app.web.known_pages import PAGES
from engine import access
from tests.app.web.access_table import TABLE

LOGINS = {"FO": "loket", "VB": "verifikator", "KD": "kadis", "SV": "pengawas", "AS": "admin", "TU": "penomoran"}


def found(office, login, text):
    """Group -> names of what the palette shows."""
    answer = office.logged_in(login).get("/cari/saran", query_string={"cari": text})
    groups = json.loads(answer.text)["kelompok"]
    return {one["nama"]: [hit["nama"] for hit in one["hasil"]] for one in groups}


@pytest.mark.parametrize(("endpoint", "action"), [(endpoint, action) for endpoint, _name, action in PAGES])
def test_a_page_is_offered_to_exactly_those_whom_it_lets_in(endpoint, action):
    officials = {one for roles in TABLE.values() for one in roles} - {"PM", "PM2", "-", "TT2", "KT2"}
    offered = {role for role in officials if not action or role in access.ACTIONS[action]}
    assert offered == TABLE[endpoint] & officials


def test_files_are_found_by_number_name_tracking_code_and_the_end_of_a_nik(office):
    card = office.case(office.registered())
    held, nik = card.held, next(one.values["nik"] for one in card.submissions if "nik" in one.values)
    for text in (held.number[:5], held.applicant_name.split()[0], held.tracking_code, nik[-4:]):
        assert held.number in found(office, "kasi", text).get("Berkas", []), text
        assert "Berkas" not in found(office, "tim-dinkes", text), "an agency finds its assignments only"
        assert "Berkas" not in found(office, "admin", text)
    assert "Berkas" not in found(office, "kasi", held.number[:2])


def test_the_page_finds_the_same_without_a_script_and_marks_nothing_it_did_not_find(office):
    kasi = office.logged_in("kasi")
    page = kasi.get("/cari?cari=antrean")
    assert 'href="/jam-layanan/antrean"' in page
    assert "/jam-layanan/antrean" not in office.logged_in("loket").get("/cari?cari=antrean")
    assert "Surat Izin Praktik Bidan" in kasi.get("/cari?cari=praktik+bidan")
    assert "Tidak ada yang cocok." in kasi.get("/cari?cari=zzzzzz")
    assert kasi.get("/cari?cari=%00%25_<script>").status == 200
    assert office.logged_in("pemohon").get("/cari").status in (403, 404)


def test_ones_own_tasks_come_first_before_anything_is_typed(office):
    office.registered()
    verifier = office.logged_in("verifikator")
    assert verifier.post("/kotak-tugas/berikutnya", {}).status == 303
    assert next(iter(found(office, "verifikator", ""))) == "Tugas saya"
    assert "Tugas saya" not in found(office, "verifikator2", "")
