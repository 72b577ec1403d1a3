"""The next release is drafted file by file: nothing is overwritten unseen, and what is in effect stays as it is."""

import io
import json
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest

from app.cli import release_files
from app.operations import draft_drawing, draft_files, processes, release_drafts, release_imports
from app.store import transaction
from engine import drafting
from engine.deployment import problems
from engine.errors import DefinitionInvalid, NotAllowed, NotFound, Refused, SubmissionInvalid
from tests.app.operations.test_concurrency import at_once

FORM, DIAGRAM = "forms/tindakan.json", "processes/bersama/pemeriksaan_teknis.bpmn"
TABLE = next(one for one in sorted(release_files()) if one.endswith(".dmn"))
WHY = "Label tombol diperjelas bagi pemohon"


@pytest.fixture
def draft(office):
    return release_drafts.begin("Label tombol", office.people["proses"], office.at)


def original(path=FORM):
    with transaction() as store:
        return store.deployments.files(store.deployments.active().id)[path]


def renamed(words, path=FORM):
    form = json.loads(original(path))
    return json.dumps(form | {"title": words}).encode()


def save(office, draft, content, version=0, login="proses", path=FORM):
    return draft_files.save(draft, path, content, version, office.people[login], office.at)


def opened(office, draft, login="proses", path=FORM):
    return draft_files.opened(draft, path, office.people[login], office.at)


def page(office, draft):
    return release_drafts.draft(draft, office.people["proses"], office.at)


def test_a_draft_begins_as_the_release_in_effect(office, draft):
    assert page(office, draft).changes == ()
    assert opened(office, draft).content == original()
    found = release_drafts.check(draft, office.people["proses"], office.at)
    assert [one for one in found if one.severity == "error"] == []


def test_what_is_saved_stands_in_the_draft_alone_with_who_saved_it(office, draft):
    before = original()
    assert save(office, draft, renamed("Tindakan baru")) == 1
    assert [(one.path, one.changed, one.version) for one in page(office, draft).changes] == [(FORM, "berubah", 1)]
    assert opened(office, draft).content == renamed("Tindakan baru")
    assert original() == before
    assert page(office, draft).changes[0].saved_by == "Fajar Nugroho, S.Kom."


def test_the_same_content_saved_twice_stands_once(office, draft):
    assert [save(office, draft, renamed("A"), version) for version in (0, 0)] == [1, 1]
    assert len(opened(office, draft).saves) == 1


def test_an_older_version_overwrites_nothing(office, draft):
    save(office, draft, renamed("A"))
    save(office, draft, renamed("B"), 1)
    with pytest.raises(Refused, match="versi yang lebih baru"):
        save(office, draft, renamed("C"), 1)
    assert opened(office, draft).content == renamed("B")


def test_while_one_is_at_a_file_another_reads_it_and_asks_for_it(office, draft):
    people = office.people
    assert draft_files.hold(draft, FORM, people["proses"], office.at)
    assert not draft_files.hold(draft, FORM, people["proses2"], office.at)
    assert opened(office, draft, "proses2").held_by == "Fajar Nugroho, S.Kom."
    with pytest.raises(Refused, match="sedang mengubah berkas ini"):
        save(office, draft, renamed("B"), 0, "proses2")
    draft_files.ask(draft, FORM, people["proses2"], office.at)
    assert opened(office, draft).asked_by == "Wulan Sari, S.Kom."
    draft_files.hand_over(draft, FORM, people["proses"], office.at)
    assert save(office, draft, renamed("B"), 0, "proses2") == 1
    with pytest.raises(Refused, match="sedang mengubah"):
        save(office, draft, renamed("A"), 1)


def test_whoever_has_left_a_file_holds_it_no_longer(office, draft):
    draft_files.hold(draft, FORM, office.people["proses"], office.at)
    office.later(minutes=1)
    assert draft_files.hold(draft, FORM, office.people["proses"], office.at), "a sign of life keeps it"
    office.later(minutes=2)
    assert not draft_files.hold(draft, FORM, office.people["proses2"], office.at)
    office.later(seconds=1)
    assert draft_files.hold(draft, FORM, office.people["proses2"], office.at)


def test_two_who_save_the_same_version_at_once_do_not_overwrite_each_other(office, draft, application):
    acts = [lambda one=one: save(office, draft, renamed(one), 0, one) for one in ("proses", "proses2")]
    answers = at_once(application, *acts)
    assert sorted(type(one).__name__ for one in answers) == ["Refused", "int"]
    assert len(opened(office, draft).saves) == 1


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [
        (DIAGRAM, b"<a>\n<b>\n</a>", 3),
        (DIAGRAM, b"", 0),
        (DIAGRAM, b"<a/>" + b" " * 2_000_001, 0),
        (FORM, b'{"key":\n "tindakan",,}', 2),
        (FORM, b'{"a": "\xff"}', 1),
        ("processes/letters/sk_izin.typ", b"= Izin\n\xff", 2),
        (FORM, b"[" * 100_000, 1),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line_and_the_draft_stays_as_it_was(office, draft, path, content, line):
    with pytest.raises(DefinitionInvalid) as refused:
        save(office, draft, content, path=path)
    [problem] = refused.value.problems
    assert problem.file == path
    assert problem.line >= line
    assert page(office, draft).changes == ()


BPMN_OLD = b'<?xml version="1.0"?>\n<definitions xmlns="http://schema.omg.org/spec/BPMN/1.1"/>'
LAW = "processes/catalogue/"


@pytest.mark.parametrize("way", ["saved", "taken in"])
@pytest.mark.parametrize(
    ("path", "content", "line", "words"),
    [
        (DIAGRAM, lambda: BPMN_OLD, 2, "versinya http://schema.omg.org/spec/BPMN/1.1"),
        (DIAGRAM, lambda: original(TABLE), 2, "bukan BPMN 2.0"),
        (TABLE, lambda: original(DIAGRAM), 2, "bukan DMN 1.3"),
        (DIAGRAM, lambda: original(DIAGRAM).replace(b'id="surat_tugas"', b'id="surat tugas"'), 0, "surat tugas"),
        (FORM, lambda: b"[]", 1, "Formulir harus berupa objek"),
        (FORM, lambda: b'{"x": 5}', 1, "tidak mempunyai bagian"),
        (FORM, lambda: b'{"sections": [{"fields": [1]}]}', 1, "daftar berisi objek"),
        (f"{LAW}permits.json", lambda: b"[1,2]", 1, "harus memuat objek"),
        (f"{LAW}terms.json", lambda: b'{\n"x": 5}', 2, "harus berupa objek"),
        (f"{LAW}tariffs.json", lambda: b"{}", 1, "harus memuat daftar"),
        (f"{LAW}settings.json", lambda: b"[]", 1, "harus memuat objek"),
    ],
)
def test_what_its_editor_could_not_open_replaces_no_sound_file(office, draft, way, path, content, line, words):
    person, given = office.people["proses"], content()
    assert given != original(path)
    ways = {
        "saved": lambda: save(office, draft, given, path=path),
        "taken in": lambda: draft_files.take_in(draft, path, given, person, office.at),
    }
    with pytest.raises(DefinitionInvalid) as refused:
        ways[way]()
    first = refused.value.problems[0]
    assert words in first.message
    assert first.line >= line
    assert page(office, draft).changes == ()


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        (FORM, b'{"key":1}', ["Berkas ini bukan formulir: “key” berisi yang lain.",
                              "Berkas ini bukan formulir: “sections” tidak ada."]),
        ("processes/scenarios/x.json", b"{}", [f"Berkas ini bukan skenario: “{word}” tidak ada."
                                               for word in ("title", "start", "moves")]),
        ("processes/scenarios/x.json", b'{"title": "a", "start": {},\n"moves": 1}',
         ["Berkas ini bukan skenario: “moves” berisi yang lain."]),
    ],
)  # fmt: skip
def test_a_file_from_elsewhere_that_is_no_form_or_scenario_is_refused_at_its_place(office, draft, path, content, told):
    with pytest.raises(DefinitionInvalid) as refused:
        draft_files.take_in(draft, path, content, office.people["proses"], office.at)
    assert [one.message for one in refused.value.problems] == told
    assert refused.value.problems[-1].line == 1 + content.count(b"\n")
    assert page(office, draft).changes == ()


ODD_NAMES = {
    "null": "null adalah kata bahasa syarat; pilih nama lain.",
    "constructor": "constructor dipakai peramban sendiri; pilih nama lain.",
    "a" * 61: f"{'a' * 60} lebih panjang dari 60 huruf; pilih nama lain.",
}


@pytest.mark.parametrize("key", ODD_NAMES)
def test_no_new_form_gets_a_name_that_it_could_not_be_renamed_to(office, draft, key):
    person, path = office.people["proses"], f"forms/{key}.json"
    content = json.dumps(json.loads(original(FORM)) | {"key": key}).encode()
    for way in (
        lambda: draft_files.take_in(draft, path, content, person, office.at),
        lambda: save(office, draft, content, path=path),
    ):
        with pytest.raises(SubmissionInvalid) as refused:
            way()
        assert refused.value.errors == {"nama": ODD_NAMES[key]}
    archive = zipped({**release_files(), path: content})
    with pytest.raises(DefinitionInvalid) as whole:
        release_imports.take_in_all(draft, archive, person, office.at)
    assert [(one.file, one.message) for one in whole.value.problems] == [(path, ODD_NAMES[key])]
    assert page(office, draft).changes == ()
    found = problems({**release_files(), path: content})
    told = [(one.element, one.message) for one in found if one.file == path and one.severity == "error"]
    assert told == [("key", ODD_NAMES[key])]  # so no command puts it into effect either


def test_all_that_keeps_a_release_out_is_told_at_once(office, draft):
    odd, broken = "forms/null.json", "processes/catalogue/roles.json"
    archive = zipped({**release_files(), odd: release_files()["forms/bap.json"], broken: b"[{"})
    with pytest.raises(DefinitionInvalid) as whole:
        release_imports.take_in_all(draft, archive, office.people["proses"], office.at)
    assert {one.file for one in whole.value.problems} == {odd, broken}


def zipped(files):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as bundle:
        for name, one in files.items():
            bundle.writestr(name, one)
    return archive.getvalue()


def test_scenarios_and_forms_of_a_release_can_be_taken_in(office, draft):
    for path in [FORM, next(one for one in release_files() if "/scenarios/" in one)]:
        draft_files.take_in(draft, path, original(path) + b"\n", office.people["proses"], office.at)
    assert len(page(office, draft).changes) == 2


def test_a_standard_that_is_in_force_is_warned_of_when_it_changes_under_its_own_date(office, draft):
    path, person = f"{LAW}permits.json", office.people["proses"]
    permits = json.loads(original(path))
    name, [first, *_] = permits["TRY"]["name"], permits["TRY"]["standards"]
    was, later = first["budget"], {**first, "budget": "9 hk", "valid_from": "2099-01-01"}
    first["budget"] = "8 hk"

    def told(version):
        save(office, draft, json.dumps(permits).encode(), version, path=path)
        found = release_drafts.check(draft, person, office.at)
        return [(one.file, one.element, one.message) for one in found if one.code == "rewritten"]

    [(file, permit, message)] = told(0)
    assert (file, permit) == (path, "TRY")
    days = was.removesuffix(" hk")
    assert message == (
        f"Standar layanan {name} yang berlaku sejak 08/02/2018 diubah dari {days} hari kerja menjadi 8 hari kerja."
    )
    first["budget"] = was
    permits["TRY"]["standards"].append(later)
    assert told(1) == []


def test_what_somebody_is_in_the_midst_of_mending_is_saved(office, draft):
    dangling = re.sub(rb'targetRef="[^"]*"', b'targetRef=""', original(DIAGRAM), count=1)
    assert dangling != original(DIAGRAM)
    assert save(office, draft, dangling, path=DIAGRAM) == 1
    assert save(office, draft, b'{"key": "tindakan"}') == 1
    unknown = json.dumps(json.loads(original(f"{LAW}terms.json")) | {"baru": {"budget": "?"}}).encode()
    assert save(office, draft, unknown, path=f"{LAW}terms.json") == 1


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ('{"key":\n "tindakan",,}', "kata dalam tanda petik ganda", (2, 13)),
        ('{"key" "tindakan"}', "titik dua", (1, 8)),
        ('{"key": 1 "a": 2}', "koma", (1, 11)),
        ('{"key": "tin', "tidak ditutup dengan tanda petik", (1, 9)),
        ('{"key": }', "sebuah nilai", (1, 9)),
        ('{"NaN": 1,\n"key": NaN}', "NaN bukan nilai JSON", (2, 8)),
        ("{} {}", "masih ada isi lain", (1, 4)),
    ],
)
def test_a_fault_of_json_is_told_in_words_with_line_and_column(office, draft, text, words, place):
    with pytest.raises(DefinitionInvalid) as refused:
        save(office, draft, text.encode())
    [problem] = refused.value.problems
    assert words in problem.message
    assert f"(baris {place[0]}, kolom {place[1]})" in problem.message
    assert problem.line == place[0]


@pytest.mark.parametrize(
    "path", ["app/cli.py", "processes/../setup.cfg", "forms/Tindakan.json", "forms/a.json\n", "processes/a.txt", ""]
)
def test_a_release_has_no_other_files(office, draft, path):
    with pytest.raises(SubmissionInvalid) as refused:
        save(office, draft, b"{}", path=path)
    assert set(refused.value.errors) == {"berkas"}


def test_a_draft_takes_every_file_that_a_release_has():
    assert [one for one in release_files() if not drafting.allowed(one)] == []


def test_a_file_larger_than_five_megabytes_is_no_file_of_a_release(office, draft):
    with pytest.raises(SubmissionInvalid):
        save(office, draft, b'"' + b"a" * (5 * 1024 * 1024) + b'"')


def test_a_file_taken_out_comes_back_as_in_the_base_or_as_it_was_saved(office, draft):
    save(office, draft, renamed("A"))
    by, at = office.people["proses"], office.at
    assert draft_files.remove(draft, FORM, 1, by, at) == 2
    assert page(office, draft).changes[0].changed == "dihapus"
    assert [one.code for one in release_drafts.check(draft, by, at)][:1] == ["unknown-form"]
    assert draft_files.bring_back(draft, FORM, 1, 2, by, at) == 3
    assert opened(office, draft).content == renamed("A")
    assert draft_files.as_base(draft, FORM, 3, by, at) == 4
    assert page(office, draft).changes == ()
    with pytest.raises(NotFound):
        draft_files.bring_back(draft, FORM, 9, 4, by, at)


def test_the_check_is_that_of_the_deployment(office, draft):
    broken = original(DIAGRAM).replace(b'formKey" value="kajian"', b'formKey" value="tiada"')
    assert broken != original(DIAGRAM)
    save(office, draft, broken, path=DIAGRAM)
    found = release_drafts.check(draft, office.people["proses"], office.at)
    with pytest.raises(DefinitionInvalid) as refused:
        release_drafts.propose(draft, WHY, office.people["proses"], office.at)
    assert {one.code for one in refused.value.problems} <= {one.code for one in found}
    assert "unknown-form" in {one.code for one in found}


LETTER = "processes/letters/tanda_terima.typ"


def test_a_letter_that_cannot_be_set_is_told_beside_the_errors_of_other_files(office, draft):
    save(office, draft, original(LETTER) + b"\n#tidak_ada_ini\n", path=LETTER)
    save(office, draft, original(DIAGRAM).replace(b'formKey" value="kajian"', b'formKey" value="tiada"'), path=DIAGRAM)
    found = release_drafts.check(draft, office.people["proses"], office.at)
    assert {"unknown-form", "letter"} <= {one.code for one in found}
    with pytest.raises(DefinitionInvalid) as refused:
        release_drafts.propose(draft, WHY, office.people["proses"], office.at)
    assert {"unknown-form", "letter"} <= {one.code for one in refused.value.problems}


def test_a_letter_is_set_also_where_the_law_beside_it_cannot_be_read(office, draft):
    save(office, draft, original(LETTER) + b"\n#tidak_ada_ini\n", path=LETTER)
    save(office, draft, original(TERMS).replace(b'"30 hari"', b'"tiga puluh"'), path=TERMS)
    found = release_drafts.check(draft, office.people["proses"], office.at)
    (told,) = [one for one in found if one.code == "letter"]
    assert told.message.startswith("Surat “Tanda Terima Permohonan” tidak dapat dibuat")
    assert any(one.file == TERMS and one.severity == "error" for one in found)


def test_a_broken_part_that_letters_share_is_told_once_where_it_stands(office, draft):
    shared = "processes/letters/kop.typ"
    save(office, draft, original(shared) + b"\n#tidak_ada_ini\n", path=shared)
    (told,) = [one for one in release_drafts.check(draft, office.people["proses"], office.at) if one.code == "letter"]
    assert told.file == shared
    number, rest = told.message.split(" ", 1)
    assert int(number) > 5
    assert rest.startswith("surat tidak dapat dibuat, antara lain “")
    assert "(kop.typ, baris " in told.message


DI = re.compile(rb"<bpmndi:BPMNDiagram.*?</bpmndi:BPMNDiagram>", re.DOTALL)


def brought(office, draft, content, path):
    """What a file from elsewhere is refused for, alone and in a ZIP; the draft stays as it was."""
    with pytest.raises(DefinitionInvalid) as alone:
        draft_files.take_in(draft, path, content, office.people["proses"], office.at)
    archive = zipped({**release_files(), path: content})
    with pytest.raises(DefinitionInvalid) as whole:
        release_imports.take_in_all(draft, archive, office.people["proses"], office.at)
    assert whole.value.problems == alone.value.problems
    assert page(office, draft).changes == ()
    return [(one.code, one.element, one.line) for one in alone.value.problems]


def test_a_diagram_that_draws_all_but_one_step_is_not_taken_in(office, draft):
    shape = rb'<bpmndi:BPMNShape [^>]*bpmnElement="kajian"[^>]*>.*?</bpmndi:BPMNShape>'
    hidden, count = re.subn(shape, b"", original(DIAGRAM), flags=re.S)
    assert count == 1
    [(code, element, line)] = brought(office, draft, hidden, DIAGRAM)
    assert (code, element) == ("no-drawing", "kajian")
    assert b'id="kajian"' in hidden.split(b"\n")[line - 1]


def test_a_diagram_without_its_drawing_is_not_taken_in_and_is_an_error_of_the_draft(office, draft):
    bare = DI.sub(b"", original(DIAGRAM))
    assert bare != original(DIAGRAM)
    assert brought(office, draft, bare, DIAGRAM) == [("no-drawing", "", 2)]
    save(office, draft, bare, path=DIAGRAM)
    found = release_drafts.check(draft, office.people["proses"], office.at)
    assert [(one.file, one.code) for one in found if one.severity == "error"] == [(DIAGRAM, "no-drawing")]
    with pytest.raises(DefinitionInvalid):
        release_drafts.propose(draft, WHY, office.people["proses"], office.at)
    assert problems({**release_files(), DIAGRAM: bare}) == problems(release_files()), "the engine runs it all the same"


def test_a_second_element_of_one_id_is_not_taken_in_and_told_at_its_line(office, draft):
    text = original(DIAGRAM)
    closing = text.index(b"</bpmn:process>") + len(b"</bpmn:process>")
    id = re.search(rb'<bpmn:process id="(\w+)"', text).group(1)
    second = b'\n  <bpmn:process id="' + id + b'" isExecutable="false"/>'
    line = text[:closing].count(b"\n") + 2
    found = brought(office, draft, text[:closing] + second + text[closing:], DIAGRAM)
    assert found == [("duplicate-id", id.decode(), line)]


def test_a_form_that_says_a_word_twice_is_not_taken_in_and_told_at_its_line(office, draft):
    twice = b'{\n"key": "tindakan",\n"title": "A",\n"sections": [],\n"title": "B"\n}'
    assert brought(office, draft, twice, FORM) == [("twice", "title", 5)]


ROLES, SETTINGS = "processes/catalogue/roles.json", "processes/catalogue/settings.json"


def without_role(role):
    return json.dumps({code: one for code, one in json.loads(original(ROLES)).items() if code != role}).encode()


def with_editors(editors):
    return json.dumps(json.loads(original(SETTINGS)) | {"penyunting": editors}).encode()


def named(office, database_superuser, login, nip):
    database_superuser(f"update people set nip = '{nip}' where id = '{office.people[login]}'")


def test_a_role_that_people_hold_cannot_leave_the_release(office, draft):
    save(office, draft, without_role("SV"), path=ROLES)
    found = release_drafts.check(draft, office.people["proses"], office.at)
    [told] = [one for one in found if one.code == "held-role"]
    assert (told.file, told.element, told.severity) == (ROLES, "SV", "error")
    name = json.loads(original(ROLES))["SV"]["name"]
    with transaction() as store:
        many = len(store.people.holders("SV", "", office.at.date()))
    assert many > 0
    assert str(told.message) == f"Peran {name} (SV) masih dipegang {many} orang."
    with pytest.raises(DefinitionInvalid) as refused:
        release_drafts.propose(draft, WHY, office.people["proses"], office.at)
    assert "held-role" in {one.code for one in refused.value.problems}
    shown = draft_drawing.faults(draft, ROLES, without_role("SV"), office.people["proses"], office.at)
    assert [one.code for one in shown] == ["held-role"]


def test_a_command_takes_no_role_from_those_who_hold_it(office):
    with transaction() as store:
        files = dict(store.deployments.files(store.deployments.active().id))
    with pytest.raises(DefinitionInvalid) as refused:
        processes.deploy({**files, ROLES: without_role("AS")}, WHY, office.at, development=True)
    assert [one.code for one in refused.value.problems] == ["held-role"]


def test_a_folder_that_nobody_could_edit_is_an_error_and_an_unknown_editor_a_warning(office, draft, database_superuser):
    mine, other, nobody = "1" * 18, "2" * 18, "9" * 18
    named(office, database_superuser, "proses", mine)
    named(office, database_superuser, "kasi", other)

    def told(editors):
        content = with_editors(editors)
        found = draft_drawing.faults(draft, SETTINGS, content, office.people["proses"], office.at)
        return [(one.severity, one.code) for one in found]

    assert told({"forms/": [mine]}) == []
    assert told({"forms/": [mine, nobody]}) == [("warning", "unknown-editor")]
    assert told({"forms/": [nobody]}) == [("warning", "unknown-editor"), ("error", "no-editor")]
    assert told({"forms/": [other]}) == [("error", "no-editor")]


def test_what_a_draft_takes_out_of_the_law_is_told_in_the_editor_of_that_file_too(office, draft):
    path = "processes/catalogue/permits.json"
    permits = json.loads(original(path))
    name = permits["SIPB"]["name"]
    del permits["SIPB"]
    found = draft_drawing.faults(draft, path, json.dumps(permits).encode(), office.people["proses"], office.at)
    assert [(one.code, one.element) for one in found if one.severity == "warning"] == [("lost-permit", "SIPB")]
    assert name in found[-1].message
    permits = json.loads(original(path))
    permits["SIPB"]["standards"][0]["budget"] = "99 hk"
    found = draft_drawing.faults(draft, path, json.dumps(permits).encode(), office.people["proses"], office.at)
    assert ("rewritten", "SIPB") in [(one.code, one.element) for one in found]


PERMIT = "processes/letters/sk_izin.typ"


def of_letter(office, draft):
    found = release_drafts.check(draft, office.people["proses"], office.at)
    return [(one.severity, one.code, str(one.message)) for one in found if one.file == PERMIT]


@pytest.mark.parametrize("text", [b"", b" \n", b"#let x = 1\n"])
def test_a_letter_without_a_word_is_an_error(office, draft, text):
    save(office, draft, text, path=PERMIT)
    assert {one[0] for one in of_letter(office, draft)} == {"error"}
    with pytest.raises(DefinitionInvalid) as refused:
        release_drafts.propose(draft, WHY, office.people["proses"], office.at)
    assert "kosong" in " ".join(str(one.message) for one in refused.value.problems if one.file == PERMIT)


def test_a_letter_that_loses_its_number_signature_and_holder_is_told_and_may_be_proposed(office, draft):
    save(office, draft, b"halo", path=PERMIT)
    [(severity, code, message)] = of_letter(office, draft)
    assert (severity, code) == ("warning", "poorer-letter")
    assert message.endswith(": nomor surat, nama penanda tangan, nama pemohon.")
    assert release_drafts.propose(draft, WHY, office.people["proses"], office.at).status == "draft"


def test_a_letter_that_is_only_put_otherwise_is_not_told(office, draft):
    save(office, draft, original(PERMIT) + b"\nCatatan.\n", path=PERMIT)
    assert of_letter(office, draft) == []


TERMS = "processes/catalogue/terms.json"


def test_a_proposal_without_a_reason_is_told_by_the_label_of_its_field(office, draft):
    save(office, draft, renamed("Tindakan baru"))
    with pytest.raises(SubmissionInvalid) as refused:
        release_drafts.propose(draft, "", office.people["proses"], office.at)
    assert refused.value.errors == {"keterangan": "Mengapa berubah wajib diisi, paling sedikit 5 huruf"}


def test_a_draft_is_proposed_as_a_whole_and_a_second_person_puts_it_into_effect(office, draft):
    save(office, draft, renamed("Tindakan baru"))
    made = release_drafts.propose(draft, WHY, office.people["proses"], office.at)
    assert made.status == "draft"
    assert original() != renamed("Tindakan baru")
    with pytest.raises(Refused, match="sudah diusulkan"):
        save(office, draft, renamed("lagi"), 1)
    with pytest.raises(Refused, match="tidak boleh memutuskannya sendiri"):
        processes.approve(made.id, office.people["proses"], office.at)
    processes.approve(made.id, office.people["proses2"], office.at)
    assert json.loads(original())["title"] == "Tindakan baru"
    with transaction() as store:
        kinds = [one.kind for one in store.calendars.office_chain()]
    assert [one for one in kinds if one.startswith("release_draft")] == [
        "release_draft_opened",
        "release_draft_proposed",
    ]


def test_a_draft_without_a_change_or_a_reason_is_not_proposed(office, draft):
    with pytest.raises(Refused, match="Belum ada yang berubah"):
        release_drafts.propose(draft, WHY, office.people["proses"], office.at)
    with pytest.raises(SubmissionInvalid) as refused:
        release_drafts.propose(draft, " ", office.people["proses"], office.at)
    assert set(refused.value.errors) == {"keterangan"}


def other_in_effect(office, title, path=FORM):
    other = release_drafts.begin("Rancangan lain", office.people["proses2"], office.at)
    save(office, other, renamed(title, path), 0, "proses2", path)
    made = release_drafts.propose(other, WHY, office.people["proses2"], office.at)
    processes.approve(made.id, office.people["proses"], office.at)


def test_a_draft_behind_the_release_in_effect_is_merged_before_it_is_proposed(office, draft):
    save(office, draft, renamed("Tindakan baru"))
    other_in_effect(office, "Kelengkapan baru", "forms/kelengkapan.json")
    assert page(office, draft).behind
    with pytest.raises(Refused, match="gabungkan dahulu"):
        release_drafts.propose(draft, WHY, office.people["proses"], office.at)
    draft_files.merge(draft, {}, office.people["proses"], office.at)
    assert not page(office, draft).behind
    assert [one.path for one in page(office, draft).changes] == [FORM]
    assert json.loads(opened(office, draft, path="forms/kelengkapan.json").content)["title"] == "Kelengkapan baru"


@pytest.mark.parametrize(("whose", "title"), [("mine", "Milik saya"), ("theirs", "Milik mereka")])
def test_a_file_that_both_changed_is_taken_from_whom_the_administrator_chooses(office, draft, whose, title):
    save(office, draft, renamed("Milik saya"))
    other_in_effect(office, "Milik mereka")
    assert page(office, draft).both == (FORM,)
    with pytest.raises(Refused, match=FORM):
        draft_files.merge(draft, {}, office.people["proses"], office.at)
    draft_files.merge(draft, {FORM: whose}, office.people["proses"], office.at)
    assert json.loads(opened(office, draft).content)["title"] == title
    assert page(office, draft).both == ()


def test_a_dropped_draft_is_changed_no_more_and_its_savings_stand(office, draft):
    save(office, draft, renamed("A"))
    release_drafts.drop(draft, "Keputusannya ditunda", office.people["proses2"], office.at)
    for act in (
        lambda: save(office, draft, renamed("B"), 1),
        lambda: draft_files.hold(draft, FORM, office.people["proses"], office.at),
        lambda: release_drafts.propose(draft, WHY, office.people["proses"], office.at),
        lambda: release_drafts.drop(draft, "Sekali lagi", office.people["proses"], office.at),
    ):
        with pytest.raises(Refused, match="mulailah rancangan baru"):
            act()
    assert len(opened(office, draft).saves) == 1


def test_only_process_administrators_change_drafts(office, draft):
    for login in ("kasi", "pengawas", "admin", "pemohon"):
        for act in (
            lambda login=login: save(office, draft, renamed("A"), 0, login),
            lambda login=login: release_drafts.begin("Rancangan", office.people[login], office.at),
            lambda login=login: draft_files.merge(draft, {}, office.people[login], office.at),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert opened(office, draft, "pengawas").content == original()
    with pytest.raises(NotAllowed):
        opened(office, draft, "kasi")
    with pytest.raises(NotFound):
        release_drafts.draft(uuid4(), office.people["proses"], office.at + timedelta(days=1))


def test_a_process_may_be_left_to_some_of_the_administrators(office, draft, database_superuser):
    other, nip = office.people["proses2"], "197712022009021002"
    folder = {"penyunting": {"processes/bersama/": ["198801012010011001"]}}
    assert drafting.entrusted(folder, DIAGRAM) == frozenset({"198801012010011001"})
    assert drafting.entrusted(folder, FORM) == frozenset()
    nearer = {"penyunting": folder["penyunting"] | {DIAGRAM: [nip]}}
    assert drafting.entrusted(nearer, DIAGRAM) == frozenset({nip})
    settings = json.loads(release_files()["processes/catalogue/settings.json"])
    at = office.at
    draft_files.save(
        draft,
        "processes/catalogue/settings.json",
        json.dumps(settings | folder).encode(),
        0,
        office.people["proses"],
        at,
    )
    named(office, database_superuser, "proses", "198801012010011001")
    made = release_drafts.propose(draft, WHY, office.people["proses"], at)
    processes.approve(made.id, other, at, "SK 1/2026")
    fresh = release_drafts.begin("Diagram diubah", other, at)
    with pytest.raises(NotAllowed, match="hanya diubah oleh penyunting"):
        save(office, fresh, original(DIAGRAM), login="proses2", path=DIAGRAM)
    for act in (draft_files.hold, draft_files.ask):  # nor does he keep it from those who may
        with pytest.raises(NotAllowed, match="hanya diubah oleh penyunting"):
            act(fresh, DIAGRAM, other, at)
    proses = draft_files.opened(fresh, DIAGRAM, office.people["proses"], at)
    with transaction() as store:
        called = store.people.names({office.people["proses"]})[office.people["proses"]]
    assert draft_files.opened(fresh, DIAGRAM, other, at).editors == (called,)
    assert (proses.editors, draft_files.opened(fresh, FORM, other, at).editors) == ((), ())
    assert save(office, fresh, renamed("Tindakan"), login="proses2") == 1
    named(office, database_superuser, "proses", "198801012010011002")
    named(office, database_superuser, "proses2", "198801012010011001")
    assert save(office, fresh, original(DIAGRAM) + b"\n", login="proses2", path=DIAGRAM) == 1


@pytest.mark.parametrize("wrong", [[], {"processes/x/": []}, {"berkas/": ["1" * 18]}, {"processes/": ["12"]}, "x"])
def test_who_may_change_what_is_written_so_that_it_can_be_read(wrong):
    settings = json.loads(release_files()["processes/catalogue/settings.json"]) | {"penyunting": wrong}
    files = {**release_files(), "processes/catalogue/settings.json": json.dumps(settings).encode()}
    assert "penyunting" in {one.element for one in problems(files)}
