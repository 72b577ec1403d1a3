"""Fields, forms and tables that only got another name are the same in both versions: told once, by both names."""

import json

import pytest

from app.cli import release_files
from engine import differences
from engine.renaming import renamed

FORM, TABLE, DIAGRAM = (
    "forms/susun_naskah.json",
    "processes/bersama/usul_jalur.dmn",
    "processes/bersama/pendaftaran.bpmn",
)


def told(changed):
    """Path -> what is told of it, of the office's files with some of them changed."""
    before = release_files()
    after = {path: text for path, text in {**before, **changed}.items() if text is not None}
    return {one.path: one for one in differences.compare(before, after)}


def lines(one):
    return [(line.act, line.kind, line.id, line.name, line.what, line.before, line.after) for line in one.changes]


def test_a_field_under_another_name_is_told_in_one_line_with_its_title_and_both_names():
    changed = renamed(release_files(), "field", "susun_naskah.ketentuan", "butir_ketentuan")
    found = told(changed)
    assert lines(found[FORM]) == [
        ("berubah", "isian", "isian butir_ketentuan", "Ketentuan", "nama", "ketentuan", "butir_ketentuan")
    ]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("field", "susun_naskah.ketentuan", "butir_ketentuan"),
        ("form", "susun_naskah", "rancang_naskah"),
        ("decision", "usul_jalur", "usulan_jalur"),
    ],
)
def test_what_only_says_the_new_name_makes_no_noise(kind, old, new):
    changed = renamed(release_files(), kind, old, new)
    found = told(changed)
    assert set(found) == {path for path, text in changed.items() if text is not None}
    assert len(found) > 1
    said = [(line.before, line.after) for one in found.values() for line in one.changes]
    assert said == [(old.rpartition(".")[2], new)]
    assert all(one.follows for one in found.values() if not one.changes)


def with_fields(change, path=FORM):
    form = json.loads(release_files()[path])
    change(form["sections"][0]["fields"])
    return {path: json.dumps(form).encode()}


def test_a_field_that_says_something_else_under_another_name_is_told_as_another_field():
    def change(fields):
        fields[0] |= {"name": "lain_sama_sekali", "label": "Lain sama sekali"}

    assert {line[0] for line in lines(told(with_fields(change))[FORM])} >= {"baru", "dihapus"}


def test_two_fields_of_the_same_words_under_other_names_are_told_as_other_fields():
    twice = [{"name": name, "label": "Catatan", "type": "text"} for name in ("satu", "dua", "esa", "dwi")]
    forms = [
        {"key": "f", "title": "F", "sections": [{"title": "S", "fields": some}]} for some in (twice[:2], twice[2:])
    ]
    [one] = differences.compare(*({"forms/f.json": json.dumps(form).encode()} for form in forms))
    assert [line.act for line in one.changes] == ["baru", "baru", "dihapus", "dihapus"]


def test_what_a_form_asks_under_the_new_name_of_another_field_makes_no_noise():
    first = {"name": "ada", "label": "Ada", "type": "bool"}
    second = {"name": "mana", "label": "Mana", "type": "text", "visible_if": {"field": "ada", "equals": True}}
    other = [
        first | {"name": "punya"},
        second | {"name": "yang_mana", "visible_if": {"field": "punya", "equals": True}},
    ]
    forms = [
        {"key": "f", "title": "F", "sections": [{"title": "S", "fields": some}]} for some in ([first, second], other)
    ]
    [one] = differences.compare(*({"forms/f.json": json.dumps(form).encode()} for form in forms))
    assert [line[4:] for line in lines(one)] == [("nama", "ada", "punya"), ("nama", "mana", "yang_mana")]


def test_a_field_renamed_in_its_form_alone_changes_nothing_of_what_is_told_of_other_files():
    form = release_files()[FORM].replace(b'"ketentuan"', b'"butir_ketentuan"')
    diagram = release_files()[DIAGRAM].replace(b'name="Pendaftaran', b'name="Pencatatan', 1)
    assert diagram != release_files()[DIAGRAM]
    found = told({FORM: form, DIAGRAM: diagram})
    assert [line[4:] for line in lines(found[FORM])] == [("nama", "ketentuan", "butir_ketentuan")]
    assert lines(found[DIAGRAM]) == lines(told({DIAGRAM: diagram})[DIAGRAM])


def test_a_table_under_another_id_is_told_in_one_line_and_what_else_changed_beside_it():
    changed = renamed(release_files(), "decision", "usul_jalur", "usulan_jalur")
    name = lines(told(changed)[TABLE])[0][3]
    first = ("berubah", "decision", "usulan_jalur", name, "id", "usul_jalur", "usulan_jalur")
    assert lines(told(changed)[TABLE]) == [first]
    changed[TABLE] = changed[TABLE].replace(b'hitPolicy="FIRST"', b'hitPolicy="UNIQUE"')
    assert [line[4] for line in lines(told(changed)[TABLE])] == ["id", "hitPolicy"]


@pytest.mark.parametrize("id", ["usul_jalur", "usulan_jalur"])
def test_a_table_in_a_file_of_another_name_is_told_there_and_not_as_new_and_dropped(id):
    path = "processes/bersama/usulan_jalur.dmn"
    changed = renamed(release_files(), "decision", "usul_jalur", id) if id != "usul_jalur" else {}
    content = changed.pop(TABLE, release_files()[TABLE])
    found = told({**changed, TABLE: None, path: content})
    assert set(found) == {path, *changed}
    assert found[path].change == "berubah"
    ids = [("id", "usul_jalur", id)] if id != "usul_jalur" else []
    assert [line[4:] for line in lines(found[path])] == [("nama berkas", TABLE, path), *ids]


def test_a_form_under_another_key_is_told_there_and_not_as_new_and_dropped():
    found = told(renamed(release_files(), "form", "susun_naskah", "rancang_naskah"))
    assert FORM not in found
    one = found["forms/rancang_naskah.json"]
    assert one.change == "berubah"
    assert [line[4:] for line in lines(one)] == [("nama", "susun_naskah", "rancang_naskah")]


@pytest.mark.parametrize(
    "broken", ['{"sections": 3}', '{"sections": [{"fields": 3}]}', "[", '{"sections": [3, {"fields": [3]}]}']
)
def test_a_form_that_is_none_is_still_told(broken):
    after = json.dumps({"key": "f", "sections": [{"title": "S", "fields": [{"name": "a", "label": "A"}]}]})
    for pair in ((broken, after), (after, broken)):
        [one] = differences.compare(*({"forms/f.json": text.encode()} for text in pair))
        assert one.changes or not one.readable


def test_a_form_that_cannot_be_read_keeps_no_other_name_from_being_told():
    before = {**release_files(), "forms/rusak.json": b"["}
    form = before[FORM].replace(b'"ketentuan"', b'"butir_ketentuan"')
    [one] = differences.compare(before, {**before, FORM: form})
    assert [line[4:] for line in lines(one)] == [("nama", "ketentuan", "butir_ketentuan")]


@pytest.mark.parametrize("follows", [True, False])
def test_a_diagram_is_drawn_as_it_is_told_whether_or_not_it_follows_the_new_name(follows):
    before = release_files()
    changed = renamed(before, "form", "susun_naskah", "rancang_naskah")
    path = next(one for one in changed if one.endswith(".bpmn"))
    if not follows:
        changed[path] = before[path].replace(b"<bpmn:process ", b"<!-- lain --><bpmn:process ", 1)
    after = {one: text for one, text in {**before, **changed}.items() if text is not None}
    older, ids = differences.carried(path, before, after)
    assert (older, ids) == (after[path] if follows else before[path], {})
