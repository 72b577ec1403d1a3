"""Another name for a form, a field or a table: whatever says the old one follows, and nothing else changes."""

import json
from pathlib import Path

import pytest

from engine.deployment import problems, surroundings
from engine.errors import Refused, SubmissionInvalid
from engine.renaming import renamed
from engine.usage import Use, uses

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    str(one.relative_to(ROOT)): one.read_bytes()
    for folder in ("processes", "forms")
    for one in sorted((ROOT / folder).rglob("*"))
    if one.is_file() and "translations" not in one.parts and one.suffix != ".md"
}
BEFORE = problems(FILES)


def after(changed):
    files = {**FILES, **{path: text for path, text in changed.items() if text is not None}}
    return {path: text for path, text in files.items() if changed.get(path, b"") is not None}


def test_a_form_is_renamed_with_every_task_that_opens_it():
    changed = renamed(FILES, "form", "verifikasi_keabsahan", "verifikasi")
    assert set(changed) == {
        "forms/verifikasi_keabsahan.json", "forms/verifikasi.json", "processes/bersama/verifikasi.bpmn",
    }  # fmt: skip
    assert json.loads(changed["forms/verifikasi.json"])["key"] == "verifikasi"
    assert b'name="formKey" value="verifikasi"' in changed["processes/bersama/verifikasi.bpmn"]
    assert problems(after(changed)) == BEFORE


def test_a_form_of_the_law_is_renamed_in_the_law():
    changed = renamed(FILES, "form", "teknis_bangunan", "teknis_gedung")
    assert json.loads(changed["processes/catalogue/permits.json"])["IMB"]["technical_form"] == "teknis_gedung"
    assert [one.code for one in problems(after(changed))] == [one.code for one in BEFORE]


@pytest.mark.parametrize(
    ("field", "name"),
    [("tentukan_jalur.butuh_tinjauan", "perlu_tinjauan"), ("tentukan_jalur.butuh_kajian", "perlu_kajian")],
)
def test_a_field_is_renamed_in_its_form_and_in_every_condition(field, name):
    changed = renamed(FILES, "field", field, name)
    key, _, old = field.partition(".")
    texts = {path: text.decode() for path, text in changed.items()}
    assert f'"name": "{name}"' in texts[f"forms/{key}.json"]
    assert f"{key}.{name}" in "".join(texts.values())
    assert not any(f"{key}.{old}" in text for path, text in texts.items() if path.endswith((".bpmn", ".dmn")))
    assert problems(after(changed)) == BEFORE


def test_a_table_is_renamed_where_it_is_asked():
    [table] = {one.name for one in uses(surroundings(FILES)) if one.kind == "decision"}
    changed = renamed(FILES, "decision", table, "usul_baru")
    assert {path.rpartition(".")[2] for path in changed} == {"bpmn", "dmn"}
    assert problems(after(changed)) == BEFORE


@pytest.mark.parametrize("name", ["", "Besar", "dua kata", "../x", "a" * 70, 'x" onload="'])
def test_a_name_that_no_file_can_have_is_refused(name):
    with pytest.raises(SubmissionInvalid) as refused:
        renamed(FILES, "form", "skm", name)
    assert "baru" in refused.value.errors


def test_a_taken_name_and_what_is_not_there_are_refused():
    for kind, old, new in (("form", "skm", "bap"), ("field", "jadwalkan.anggota", "waktu")):
        with pytest.raises(SubmissionInvalid, match=None) as refused:
            renamed(FILES, kind, old, new)
        assert refused.value.errors == {"baru": "Nama ini sudah dipakai"}
    for kind, old in (("form", "tiada"), ("form", "permohonan"), ("field", "skm.tiada"), ("decision", "tiada")):
        with pytest.raises(Refused):
            renamed(FILES, kind, old, "lain")


def test_every_use_of_a_form_a_service_and_a_field_is_found():
    found = uses(surroundings(FILES))
    path = "processes/bersama/verifikasi.bpmn"
    assert Use("form", "verifikasi_keabsahan", path, "verifikasi_keabsahan", "Verifikasi keabsahan") in found
    assert Use("role", "VB", path, "verifikasi_keabsahan", "Verifikasi keabsahan") in found
    assert Use("service", "outcome.set", path, "catat_absah", "Catat: absah") in found
    assert any((one.kind, one.name, one.file) == ("field", "verifikasi_keabsahan.keputusan", path) for one in found)
    assert any((one.kind, one.name) == ("process", "izin_retribusi") and one.element == "IMB" for one in found)
    assert any((one.kind, one.name) == ("letter", "skrd") for one in found)
    assert any((one.kind, one.name) == ("clock", "L") for one in found)


def test_a_field_is_renamed_in_the_letters_that_print_it():
    changed = renamed(FILES, "field", "terbit_skrd.masa_retribusi", "masa_pajak")
    letter = changed["processes/letters/skrd.typ"].decode()
    assert '"terbit_skrd", "masa_pajak"' in letter
    assert "masa_retribusi" not in letter
