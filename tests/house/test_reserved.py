"""Names that pages and rules use beside a form's fields: all of them are on the list that no field may be called by."""

import ast
import json
import re
from pathlib import Path

import pytest

from engine import reserved
from engine.errors import SubmissionInvalid
from engine.forms import load
from engine.renaming import renamed

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "app/templates"
PAGES = [
    TEMPLATES / one
    for one in (
        "tugas/tugas.html", "tugas/_rancangan_lain.html", "macros/fields.html", "macros/lapangan.html",
        "macros/lepas.html", "umum/simulasi_izin.html",
    )
]  # fmt: skip
SCRIPTS = [ROOT / "app/static/rancangan.js", *sorted((ROOT / "frontend/field").glob("*.js"))]


def form(*fields):
    return json.dumps({"key": "coba", "title": "Coba", "sections": [{"title": "Isi", "fields": list(fields)}]})


def field(name, **words):
    return {"name": name, "label": "Isian", "type": "text", **words}


def test_every_control_that_a_task_page_draws_by_itself_has_a_name_of_the_list():
    text = "".join(one.read_text() for one in PAGES)
    drawn = set(re.findall(r'\bname="([a-z_]+)"', text))
    drawn |= set(re.findall(r'\b(?:isian|pilih)\("([a-z_]+)"', text))
    assert {"kunci", "aksi", "alasan_keputusan", "pertanyaan", "kepada", "kata_lepas"} <= drawn
    assert drawn <= reserved.NAMES


def test_every_word_that_a_script_puts_into_a_draft_has_a_name_of_the_list():
    put = {name for one in SCRIPTS for name in re.findall(r'\b(?:sent|body)\.set\("(\w+)"', one.read_text())}
    assert {"aksi", "jendela", "csrf_token", "versi_rancangan"} <= put
    assert put <= reserved.NAMES


def test_every_word_that_a_rule_adds_to_the_answers_is_taken_from_the_list():
    kept = {"CALCULATION", "CAPTIONS", "HELD_SINCE"}
    found = set()
    for path in sorted((ROOT / "app/operations").rglob("*.py")):
        for one in ast.walk(ast.parse(path.read_text())):
            if isinstance(one, ast.Call) and getattr(one.func, "attr", "") == "with_values":
                [given] = one.keywords
                assert given.arg is None, path  # **{NAME: …}
                found |= {key.id for key in given.value.keys}
    assert found == kept
    assert {getattr(reserved, name) for name in kept} == reserved.ADDED


@pytest.mark.parametrize("name", sorted(reserved.NAMES))
def test_a_field_with_a_name_of_the_office_is_told_at_the_field_unless_it_stands_in_a_group(name):
    [told] = load("forms/coba.json", form(field(name)))[1]
    assert (told.element, told.code, told.severity) == (name, "form-name", "error")
    assert str(told.message) == f"Nama isian {name} dipakai kantor sendiri; pilih nama lain."
    assert load("forms/coba.json", form(field("baris", type="group", fields=[field(name)])))[1] == ()


@pytest.mark.parametrize("name", ["keputusan", "aksi", "constructor"])
def test_no_field_is_renamed_to_a_name_that_is_taken(name):
    with pytest.raises(SubmissionInvalid) as refused:
        renamed({"forms/coba.json": form(field("luas")).encode()}, "field", "coba.luas", name)
    assert "dipakai" in refused.value.errors["baru"]


def test_renaming_a_field_that_has_the_name_of_the_outcome_leaves_what_asks_for_the_outcome():
    drawn = sorted(str(one.relative_to(ROOT)) for one in (ROOT / "processes").rglob("*.bpmn"))
    files = {path: (ROOT / path).read_bytes() for path in ("forms/paraf.json", *drawn)}
    assert any(b"paraf_skrd.keputusan" in content for content in files.values())
    paraf = json.loads(files["forms/paraf.json"])
    paraf["sections"][0]["fields"].append(field("keputusan"))
    changed = renamed({**files, "forms/paraf.json": json.dumps(paraf).encode()}, "field", "paraf.keputusan", "sikap")
    assert set(changed) == {"forms/paraf.json"}
