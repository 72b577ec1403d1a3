"""What files of a release are called, beside their paths."""

import pytest

from engine.titles import title, titles
from tests.processes.walking import files

CALLED = titles(files())


@pytest.mark.parametrize(
    ("path", "called"),
    [
        ("processes/bersama/verifikasi.bpmn", "Verifikasi keabsahan"),
        ("processes/retribusi/pembayaran.bpmn", "Pembayaran retribusi"),
        ("forms/cek_retribusi.json", "Pemeriksaan perhitungan"),
        ("processes/catalogue/permits.json", "Jenis izin"),
        ("processes/scenarios/retribusi_biasa.json", "Izin retribusi, dari pengajuan sampai arsip"),
    ],
)
def test_a_file_is_called_what_it_draws_asks_or_holds(path, called):
    assert CALLED[path] == called


def test_a_template_is_called_after_its_letter():
    assert CALLED["processes/letters/skrd.typ"] == "Surat Ketetapan Retribusi Daerah"
    assert "processes/letters/kop.typ" not in CALLED


def test_every_diagram_table_form_and_file_of_law_has_a_title():
    kinds = (".bpmn", ".dmn", "catalogue/", "scenarios/")
    named = [one for one in files() if one.startswith("forms/") and not one.endswith(".schema.json")]
    named += [one for one in files() if any(kind in one for kind in kinds) and not one.endswith(".md")]
    assert [one for one in named if one not in CALLED] == []


@pytest.mark.parametrize("content", [b"", b"<x", b"[]", b"{", b'{"title": 3}', b"\xff"])
def test_what_cannot_be_read_has_no_title(content):
    for path in ("forms/x.json", "processes/x.bpmn", "processes/x.dmn", "processes/scenarios/x.json"):
        assert title(path, content) == ""
    assert titles({"processes/catalogue/letters.json": content})["processes/catalogue/letters.json"] == "Surat"
