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


def of_one_form(before, after):
    """What is told of a form that asked for some fields and asks for others."""
    forms = [{"key": "f", "title": "F", "sections": [{"title": "S", "fields": some}]} for some in (before, after)]
    found = differences.compare(*({"forms/f.json": json.dumps(form).encode()} for form in forms))
    return [line for one in found for line in lines(one)]


def under(new, old, whole):
    """The same with another name wherever the old one stands."""
    return json.loads(json.dumps(whole).replace(f'"{old}"', f'"{new}"'))


GROUP = {
    "name": "pemilik",
    "label": "Pemilik",
    "type": "group",
    "fields": [
        {"name": "nama", "label": "Nama", "type": "text", "help": "Seperti di KTP"},
        {"name": "alamat", "label": "Alamat", "type": "text", "visible_if": {"field": "nama", "filled": True}},
    ],
}
ROWS = {
    "name": "berkas",
    "label": "Berkas",
    "type": "rows",
    "rows_from": "optional_requirements",
    "fields": [{"name": "hasil", "label": "Hasil", "type": "choice", "options": [["ada", "Ada"], ["tak", "Tidak"]]}],
    "bulk": {"label": "Semua ada", "fill": {"hasil": "ada"}, "ask": ["hasil"]},
    "unsent": {"hasil": "tak"},
}
MEASURED = {
    "name": "ukuran",
    "label": "Ukuran",
    "type": "group",
    "fields": [{"name": "uraian", "label": "Uraian", "type": "text"}],
    "measured": {"what": "uraian", "of": ["luas"]},
}


def test_a_field_of_a_group_under_another_name_is_told_in_one_line_with_its_group():
    assert of_one_form([GROUP], [under("nama_lengkap", "nama", GROUP)]) == [
        ("berubah", "isian", "isian pemilik", "Nama (Pemilik)", "nama", "nama", "nama_lengkap")
    ]


def test_a_field_of_a_group_within_a_group_is_told_with_the_group_it_stands_in():
    outer = {"name": "badan", "label": "Badan usaha", "type": "group", "fields": [GROUP]}
    assert of_one_form([outer], [under("nama_lengkap", "nama", outer)]) == [
        ("berubah", "isian", "isian badan", "Nama (Pemilik)", "nama", "nama", "nama_lengkap")
    ]


@pytest.mark.parametrize(("group", "name"), [(GROUP, "nama"), (ROWS, "hasil"), (MEASURED, "uraian")])
def test_what_a_group_says_of_its_own_field_follows_the_new_name_and_a_field_outside_keeps_its_own(group, name):
    outside = {"name": name, "label": "Lain", "type": "text"}
    found = of_one_form([outside, group], [outside, under("sebutan", name, group)])
    assert [line[4:] for line in found] == [("nama", name, "sebutan")]


def test_a_field_outside_a_group_gets_another_name_and_one_of_that_name_within_keeps_it():
    outside = {"name": "nama", "label": "Nama usaha", "type": "text"}
    found = of_one_form([outside, GROUP], [outside | {"name": "usaha"}, GROUP])
    assert [line[2:] for line in found] == [("isian usaha", "Nama usaha", "nama", "nama", "usaha")]


def test_what_else_changed_of_a_renamed_field_of_a_group_is_told_beside_its_name():
    first, second = under("nama_lengkap", "nama", GROUP)["fields"]
    found = of_one_form([GROUP], [GROUP | {"fields": [first | {"required": True}, second]}])
    assert [line[4:] for line in found] == [
        ("nama", "nama", "nama_lengkap"),
        ("fields.nama_lengkap.required", "", "ya"),
    ]


def test_a_field_of_a_group_under_another_name_that_says_much_else_is_told_by_its_name_and_what_changed():
    first, second = GROUP["fields"]
    made = first | {"name": "nama_lengkap", "help": "Tanpa gelar", "required": True}
    second = under("nama_lengkap", "nama", second)
    found = of_one_form([GROUP], [GROUP | {"fields": [made, second]}])
    assert [line[4:] for line in found] == [
        ("nama", "nama", "nama_lengkap"),
        ("fields.nama_lengkap.help", "Seperti di KTP", "Tanpa gelar"),
        ("fields.nama_lengkap.required", "", "ya"),
    ]


NOTE = {"name": "catatan", "label": "Catatan", "type": "long_text", "help": "Singkat saja", "width": "full"}
RENAMED = NOTE | {"name": "keterangan"}


def test_a_field_that_got_another_name_and_says_something_else_is_told_by_its_name_and_what_changed():
    assert of_one_form([NOTE], [RENAMED | {"required": True}]) == [
        ("berubah", "isian", "isian keterangan", "Catatan", "nama", "catatan", "keterangan"),
        ("berubah", "isian", "isian keterangan", "Catatan", "required", "", "ya"),
    ]


@pytest.mark.parametrize(
    ("after", "known"),
    [
        (RENAMED | {"type": "text"}, True),
        (RENAMED | {"type": "text", "width": "half"}, False),  # two of six things are the same
        ({word: RENAMED[word] for word in ("name", "label", "type", "help")}, True),
        ({word: RENAMED[word] for word in ("name", "label", "type")}, True),  # it asks for the same as before
        (RENAMED | {"type": "text", "help": "Lain", "width": "half"}, False),
        (RENAMED | {"label": "Catatan lain"}, False),
    ],
)
def test_a_renamed_field_is_known_again_by_its_label_and_its_kind_or_most_of_what_it_says(after, known):
    acts = {line[0] for line in of_one_form([NOTE], [after])}
    assert acts == ({"berubah"} if known else {"baru", "dihapus"})


@pytest.mark.parametrize("doubled", [True, False])
def test_a_field_that_could_have_become_two_or_come_of_two_is_told_as_another_field(doubled):
    some = [RENAMED | {"name": "satu", "required": True}, RENAMED | {"name": "dua", "max_mb": 3}]
    both = ([NOTE], some) if doubled else (some, [NOTE])
    assert sorted(line[0] for line in of_one_form(*both)) == (
        ["baru", "baru", "dihapus"] if doubled else ["baru", "dihapus", "dihapus"]
    )


def test_a_field_is_first_known_again_by_all_that_it_says_and_then_by_most_of_it():
    changed = RENAMED | {"name": "dua", "required": True}
    found = of_one_form([NOTE, changed | {"name": "asal"}], [RENAMED, changed | {"width": "half"}])
    assert [line[4:] for line in found if line[4] == "nama"] == [
        ("nama", "catatan", "keterangan"),
        ("nama", "asal", "dua"),
    ]


@pytest.mark.parametrize(("count", "acts"), [(100, {"berubah"}), (101, {"baru", "dihapus"})])
def test_where_more_than_a_hundred_fields_have_other_names_none_is_known_again_by_most_of_what_it_says(count, acts):
    many = [NOTE | {"name": f"a{n}", "label": f"Catatan {n}"} for n in range(count)]
    changed = [one | {"name": f"b{n}", "width": "half"} for n, one in enumerate(many)]
    assert {line[0] for line in of_one_form(many, changed)} == acts


NEW_FORM = "forms/rancang_naskah.json"


def test_a_form_that_got_another_name_and_says_something_else_is_told_by_its_name_and_what_changed():
    changed = renamed(release_files(), "form", "susun_naskah", "rancang_naskah")
    form = json.loads(changed[NEW_FORM])
    changed[NEW_FORM] = json.dumps(form | {"title": "Rancang naskah"}).encode()  # most of it, under another title
    found = told(changed)
    assert FORM not in found
    assert [line[4:] for line in lines(found[NEW_FORM])] == [
        ("nama", "susun_naskah", "rancang_naskah"),
        ("title", form["title"], "Rancang naskah"),
    ]


def of_forms(before, after):
    """Whether a form is told as another one under another key; both: names of fields with their labels, and titles."""
    files = []
    for key, (title, labels) in (("satu", before), ("dua", after)):
        some = [{"name": name, "label": label, "type": "text"} for name, label in labels.items()]
        form = {"key": key, "version": 1, "title": title, "sections": [{"title": "S", "fields": some}]}
        files.append({f"forms/{key}.json": json.dumps(form).encode()})
    return [one.change for one in differences.compare(*files)] == ["berubah"]


FOUR = dict.fromkeys("abcd", "Nama")


@pytest.mark.parametrize(
    ("title", "labels", "known"),
    [
        ("Satu", FOUR | {"a": "Lain", "b": "Lain"}, True),
        ("Satu", {"a": "Nama", "x": "Nama", "y": "Nama", "z": "Nama"}, False),
        ("Dua", FOUR, True),
        ("Dua", FOUR | {"a": "Lain"}, True),
        ("Dua", FOUR | {"a": "Lain", "b": "Lain"}, False),
    ],
)
def test_a_renamed_form_is_known_again_by_half_of_it_under_its_title_and_by_three_quarters_under_another(
    title, labels, known
):
    assert of_forms(("Satu", FOUR), (title, labels)) is known


def test_no_form_of_the_office_is_taken_for_another_one():
    forms = {path: text for path, text in release_files().items() if path.startswith("forms/")}
    before = {path: text for path, text in forms.items() if not path.endswith(".schema.json")}
    for gone, text in before.items():
        others = {f"{path.removesuffix('.json')}_baru.json": other for path, other in before.items() if path != gone}
        found = differences.compare({gone: text}, others)
        assert {one.change for one in found} == {"baru", "dihapus"}, gone


def test_a_table_in_another_file_under_another_id_that_says_something_else_is_told_there():
    path = "processes/bersama/usulan_jalur.dmn"
    changed = renamed(release_files(), "decision", "usul_jalur", "usulan_jalur")
    content = changed.pop(TABLE).replace(b'hitPolicy="FIRST"', b'hitPolicy="UNIQUE"')
    found = told({**changed, TABLE: None, path: content})
    assert set(found) == {path, *changed}
    assert [line[4:] for line in lines(found[path])] == [
        ("nama berkas", TABLE, path),
        ("id", "usul_jalur", "usulan_jalur"),
        ("hitPolicy", "FIRST", "UNIQUE"),
    ]


def table(id, rows, column="Luas", name="Jalur"):
    """A table of one file that answers `jalur` by one column; `rows`: what is asked and answered."""
    cells = "".join(
        f'<rule id="r{n}"><inputEntry id="i{n}"><text>{asked}</text></inputEntry>'
        f'<outputEntry id="o{n}"><text>{answer}</text></outputEntry></rule>'
        for n, (asked, answer) in enumerate(rows)
    )
    return (
        f'<decision id="{id}" name="{name}"><decisionTable id="t"><input id="k" label="{column}">'
        f'<inputExpression id="e"><text>{column}</text></inputExpression></input><output id="h" name="jalur"/>'
        f"{cells}</decisionTable></decision>"
    )


def of_tables(before, after):
    """What is told of two files of tables under other names."""
    whole = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d">{}</definitions>'
    both = ({path: whole.format("".join(some)).encode()} for path, some in (("a.dmn", before), ("b.dmn", after)))
    return [(one.change, [line[4] for line in lines(one)]) for one in differences.compare(*both)]


FIVE = [("1", "2"), ("3", "4"), ("5", "6"), ("7", "8"), ("9", "10")]


def altered(count):
    return [(asked, "0") for asked, _answer in FIVE[:count]] + FIVE[count:]


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (table("q", altered(2)), ["nama berkas", "id", "output.jalur", "output.jalur"]),
        (table("q", altered(3)), None),
        (table("q", FIVE, name="Usul"), ["nama berkas", "id", "nama"]),
        (table("q", altered(1), name="Usul"), None),
        (table("q", altered(2), column="Lebar"), None),
    ],
)
def test_a_table_in_another_file_is_known_again_by_most_of_its_columns_and_rows(now, found):
    told_of = of_tables([table("p", FIVE)], [now])
    assert told_of == ([("berubah", found)] if found else [("dihapus", []), ("baru", [])])


@pytest.mark.parametrize(("count", "known"), [(1, True), (2, False)])
def test_of_two_tables_of_one_file_that_got_other_ids_each_is_known_again_by_most_of_it(count, known):
    other = table("lain", [("a", "b")], column="Jenis", name="Lain")
    first, second = table("p", FIVE, name="Usul"), table("s", [("a", "b"), ("c", "d")], column="Kelas", name="Kelas")
    after = (table("q", altered(count), name="Usul" if known else "Saran"), table("t", [("x", "y")], name="Baru"))
    whole = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d">{}</definitions>'
    both = ({"a.dmn": whole.format("".join((other, *some))).encode()} for some in ((first, second), after))
    [one] = differences.compare(*both)
    assert [line.after for line in one.changes if line.what == "id"] == (["q"] if known else [])
