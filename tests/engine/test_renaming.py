"""Another name for a form, a field or a table: whatever says the old one follows, and nothing else changes."""

import json
import re
from pathlib import Path

import pytest

from engine.deployment import problems, surroundings
from engine.differences import Office
from engine.errors import Refused, SubmissionInvalid
from engine.renaming import renamed
from engine.spots import steps
from engine.step_names import said
from engine.step_uses import step_uses
from engine.usage import Use, called, uses

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    str(one.relative_to(ROOT)): one.read_bytes()
    for folder in ("processes", "forms")
    for one in sorted((ROOT / folder).rglob("*"))
    if one.is_file() and "translations" not in one.parts and one.suffix != ".md"
}
BEFORE = problems(FILES)


def plays(changed):
    return [json.loads(text) for path, text in changed.items() if path.startswith("processes/scenarios/")]


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


@pytest.mark.parametrize(
    ("field", "name"),
    [("tentukan_jalur.butuh_tinjauan", "perlu_tinjauan"), ("tentukan_jalur.butuh_kajian", "perlu_kajian")],
)
def test_scenarios_hand_a_renamed_field_on_by_its_new_name(field, name):
    task, _, old = field.partition(".")
    changed = renamed(FILES, "field", field, name)
    moves = [one for text in plays(changed) for one in text["moves"] if one.get("do") == task]
    assert moves
    assert all(name in one["values"] and old not in one["values"] for one in moves)


STEPS = ("tentukan_jalur", "telaah_keberatan", "hitung_ronde", "bayar_retribusi", "paraf_kasi", "catat_terbit")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_renamed_in_all_that_say_it_and_the_release_stays_as_sound_as_it_was(step):
    changed = renamed(FILES, "step", step, "nama_baru")
    files = after(changed)
    said = re.compile(rf'(?<![\w.])"?{step}(?![\w])')
    for path, text in files.items():
        drawn = (
            re.sub(r'(formKey" value|calledElement|formulir)="\w+"', "", text.decode()) if path.endswith("mn") else ""
        )
        assert not said.search(drawn), path
    assert [one.code for one in problems(files)] == [one.code for one in BEFORE]
    assert problems(after(renamed(files, "step", "nama_baru", step))) == BEFORE


def test_a_renamed_step_is_played_looked_at_and_told_apart_by_its_new_name():
    changed = renamed(FILES, "step", "tentukan_jalur", "pilih_jalur")
    assert {one["do"] for text in plays(changed) for one in text["moves"] if "do" in one} >= {"pilih_jalur"}
    settings = json.loads(changed["processes/catalogue/settings.json"])["pola_audit"]
    assert "pilih_jalur" in json.dumps(settings)
    assert "tentukan_jalur" not in json.dumps(settings)
    others = {path for path in changed if path.endswith(".bpmn")}
    assert len(others) >= 3  # both processes and what they call
    assert "tentukan_jalur" in json.loads(FILES["forms/tentukan_jalur.json"])["key"]
    assert not [path for path in changed if path.startswith("forms/")]


SAID = [
    ("a.b == &quot;a&quot;", "z.b == &quot;a&quot;"),
    ("get(&quot;a.b&quot;, &quot;a&quot;) == a", "get(&quot;z.b&quot;, &quot;a&quot;) == z"),
    ("x.a + ab.a + b_a + a[0].a", "x.a + ab.a + b_a + z[0].a"),
    ("'a' if a else get('ab.a')", "'a' if z else get('ab.a')"),
]


@pytest.mark.parametrize(("before", "now"), SAID)
def test_only_the_name_of_an_expression_is_replaced_and_no_word_of_it(before, now):
    assert said(before, "a", "z") == now


def test_steps_that_the_office_knows_and_names_that_are_taken_are_refused():
    for step in ("periksa_kelengkapan", "tiada"):
        with pytest.raises(Refused):
            renamed(FILES, "step", step, "nama_baru")
    for name in ("paraf_kasi", "hasil_verifikasi", "permohonan", "get", "if", "ronde"):
        with pytest.raises(SubmissionInvalid) as invalid:
            renamed(FILES, "step", "tentukan_jalur", name)
        assert set(invalid.value.errors) == {"baru"}


def test_nothing_is_renamed_while_a_diagram_cannot_be_read():
    with pytest.raises(Refused):
        renamed({**FILES, "processes/bersama/rusak.bpmn": b"<a"}, "step", "tentukan_jalur", "nama_baru")


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
        assert set(refused.value.errors) == {"baru"}
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


BAD = [
    ("form", "skm.json", "survei", "seperti di daftar"),
    ("form", "permohonan", "lamaran", "ganti judulnya saja"),
    ("form", "skm", "bap", "Formulir bap sudah ada"),
    ("form", "skm", "Survei Kepuasan", "misalnya periksa_berkas"),
    ("form", "skm", "skm", "sama dengan nama sekarang"),
    ("field", "tanggal", "hari", "misalnya terbit_skrd.masa_retribusi"),
    ("field", "tiada.tanggal", "hari", "Formulir tiada tidak ada"),
    ("field", "serahkan.tiada", "hari", "yang ada: "),
    ("field", "periksa_kelengkapan.status", "nilai", "di dalam kelompok"),
    ("field", "serahkan.catatan", "bap.catatan", "misalnya catatan"),
    ("field", "serahkan.catatan", "keputusan", "dipakai kantor sendiri; pilih nama lain"),
    ("field", "serahkan.catatan", "null", "jadi pilih nama lain"),
    ("field", "serahkan.catatan", "a" * 61, "paling panjang 60 huruf"),
    ("form", "skm", "a" * 61, "paling panjang 60 huruf"),
    ("form", "skm", "null", "null adalah kata bahasa syarat; pilih nama lain"),
    ("form", "skm", "constructor", "constructor dipakai peramban sendiri; pilih nama lain"),
    ("form", "skm", "hitung_skm", "pilih nama lain"),
    ("decision", "usul_jalur", "null", "null adalah kata bahasa syarat; pilih nama lain"),
    ("decision", "usul_jalur", "constructor", "constructor dipakai peramban sendiri; pilih nama lain"),
    ("decision", "usul_jalur", "a" * 61, "paling panjang 60 huruf"),
    ("field", "serahkan.catatan", "nik_penerima", "sudah ada di formulir itu"),
    ("field", "serahkan.penerima_adalah", "penerima", "ganti sebutannya saja"),
    ("field", "serahkan.catatan", "serahkan.catatan", "sama dengan nama sekarang"),
    ("step", "tiada", "lain", "tulis id elemennya"),
    ("step", "tentukan_jalur", "paraf_kasi", "pilih id lain"),
    ("step", "tentukan_jalur", "not", "kata bahasa syarat"),
    ("step", "periksa_kelengkapan", "periksa", "Ganti sebutannya saja"),
    ("decision", "tiada", "lain", "tulis idnya"),
]


@pytest.mark.parametrize(("kind", "old", "new", "said"), BAD)
def test_every_name_that_is_refused_is_refused_with_why_and_what_to_do(kind, old, new, said):
    with pytest.raises((Refused, SubmissionInvalid)) as refused:
        renamed(FILES, kind, old, new)
    [told] = getattr(refused.value, "errors", {"": str(refused.value)}).values()
    assert said in told


@pytest.mark.parametrize(("kind", "old"), [("field", "serahkan.catatan"), ("form", "skm"), ("step", "tentukan_jalur")])
def test_a_name_of_sixty_letters_is_not_too_long_for_anything_that_is_renamed(kind, old):
    assert renamed(FILES, kind, old, "a" * 60)


def test_the_field_that_the_page_and_the_manual_give_for_example_can_be_renamed():
    with pytest.raises(SubmissionInvalid) as refused:
        renamed(FILES, "field", "tanpa_titik", "hari")
    shown = str(refused.value.errors["lama"]).rpartition("misalnya ")[2].rstrip(".")
    manual = (ROOT / "docs/manual/pengelola-proses.md").read_text()
    assert f"Nama isian ditulis dengan formulirnya, misalnya `{shown}`" in manual
    assert renamed(FILES, "field", shown, "masa_lain")


def test_a_new_name_may_begin_with_the_form_as_the_old_one_does():
    plain = renamed(FILES, "field", "terbit_skrd.masa_retribusi", "masa_pajak")
    assert renamed(FILES, "field", "terbit_skrd.masa_retribusi", "terbit_skrd.masa_pajak") == plain


def test_a_field_is_also_named_by_the_step_that_conditions_say():
    path = "processes/bersama/verifikasi.bpmn"
    files = {**FILES, path: FILES[path].replace(b'id="verifikasi_keabsahan"', b'id="uji"')}
    text = json.loads(files["forms/verifikasi_keabsahan.json"])
    names = [one["name"] for section in text["sections"] for one in section["fields"]]
    assert "pesan" not in names
    text["sections"][0]["fields"].append({"name": "pesan", "label": "Catatan", "type": "text"})
    files["forms/verifikasi_keabsahan.json"] = json.dumps(text).encode()
    changed = renamed(files, "field", "uji.pesan", "pesan_petugas")
    assert set(changed) == {"forms/verifikasi_keabsahan.json"}
    assert renamed(files, "field", "uji.pesan", "uji.pesan_petugas") == changed


def test_a_file_that_cannot_be_read_is_named():
    with pytest.raises(Refused, match=r"forms/skm\.json tidak dapat dibaca"):
        renamed({**FILES, "forms/skm.json": b"{"}, "form", "skm", "survei")
    with pytest.raises(Refused, match=r"rusak\.bpmn tidak dapat dibaca"):
        renamed({**FILES, "processes/bersama/rusak.bpmn": b"<a"}, "step", "tentukan_jalur", "nama_baru")


def test_steps_are_found_in_all_that_names_them_with_what_that_is():
    found = {(one.name, one.file, str(one.how)) for one in step_uses(FILES, surroundings(FILES))}
    told = {how.partition(" ")[0] for name, _file, how in found if name == "tentukan_jalur"}
    assert {"Syarat", "Skenario", "Pola"} <= told
    letters = {(name, file) for name, file, how in found if how == "Surat"}
    assert ("serahkan", "processes/letters/bast.typ") in letters
    assert any(how == "Tidak boleh orang yang sama" for _name, _file, how in found)
    assert any(how == "Peristiwa batas" for _name, _file, how in found)
    assert any(how == "Langkah yang mengirim surat" for _name, _file, how in found)
    assert all(one.name in steps(FILES) for one in step_uses(FILES, surroundings(FILES)))


def test_a_table_that_asks_a_step_is_found_among_what_names_it():
    [path] = [one for one in FILES if one.endswith(".dmn")]
    asked = FILES[path].replace(b"permohonan.butuh_tinjauan", b"tentukan_jalur.butuh_tinjauan")
    files = {**FILES, path: asked}
    assert path in {one.file for one in step_uses(files, surroundings(files)) if one.name == "tentukan_jalur"}


@pytest.mark.parametrize(
    ("kind", "key", "said"),
    [
        ("form", "skm", "Survei"),
        ("role", "VB", "Verifikator"),
        ("letter", "skrd", "Surat Ketetapan Retribusi Daerah"),
        ("step", "tentukan_jalur", "jalur"),
        ("field", "verifikasi_keabsahan.keputusan", "keputusan pada Verifikasi keabsahan"),
        ("clock", "L", "layanan"),
    ],
)
def test_what_is_used_is_called_as_people_call_it(kind, key, said):
    assert said.lower() in called(kind, key, Office(FILES)).lower()


def test_a_field_outside_groups_is_renamed_alone_where_a_group_calls_one_of_its_own_the_same():
    path = "forms/serahkan.json"
    form = json.loads(FILES[path])
    inner = [
        {"name": "catatan", "label": "Catatan butir", "type": "text"},
        {"name": "sebab", "label": "Sebab", "type": "text", "visible_if": {"field": "catatan", "filled": True}},
    ]
    group = {"name": "butir", "label": "Butir", "type": "group", "fields": inner}
    form["sections"][-1]["fields"].append(group)
    changed = renamed({**FILES, path: json.dumps(form).encode()}, "field", "serahkan.catatan", "pesan_petugas")
    fields = json.loads(changed[path])["sections"][-1]["fields"]
    assert fields[-1] == group
    assert "pesan_petugas" in changed[path].decode()


@pytest.mark.parametrize("asked", ["serahkan.catatan", "serahkan.butir.catatan"])
def test_a_field_within_a_group_is_said_to_be_there_however_it_is_asked_for(asked):
    path = "forms/serahkan.json"
    form = json.loads(FILES[path])
    kept = [one for one in form["sections"][-1]["fields"] if one["name"] != "catatan"]
    group = {"name": "butir", "label": "Butir", "type": "group", "fields": [{"name": "catatan", "type": "text"}]}
    form["sections"] = [{"title": "Butir", "fields": [*kept, group]}]
    with pytest.raises(Refused, match="ada di dalam kelompok"):
        renamed({**FILES, path: json.dumps(form).encode()}, "field", asked, "pesan_petugas")
