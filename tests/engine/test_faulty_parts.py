"""What has an error in it is there: the error is told at it, and nowhere else that something were missing."""

import json

import pytest

from app.cli import release_files
from engine.deployment import playable, problems

FORM, TABLE = "forms/periksa_kelengkapan.json", next(one for one in release_files() if one.endswith(".dmn"))
LAW = "processes/catalogue/"


def reserved_name(text):
    return text.replace(b'"name": "catatan"', b'"name": "keputusan"', 1)


def as_json(change):
    def rewritten(text):
        raw = json.loads(text)
        change(raw)
        return json.dumps(raw).encode()

    return rewritten


FAULTS = [
    ("forms/tindakan.json", as_json(lambda raw: raw["sections"][0]["fields"][0].update(name="keputusan"))),
    (FORM, as_json(lambda raw: raw["sections"][0]["fields"][0].update(warna="merah"))),
    (FORM, lambda text: text[:-20]),
    ("forms/teknis_bangunan.json", lambda text: text[:-20]),
    (TABLE, lambda text: text[:-20]),
    (TABLE, lambda text: text.replace(b"decisionTable", b"literalExpression")),
    ("processes/bersama/verifikasi.bpmn", lambda text: text[:-20]),
    ("processes/retribusi/retribusi.bpmn", lambda text: text[:-20]),
    (f"{LAW}letters.json", as_json(lambda raw: raw["skrd"].update(warna="merah"))),
    (f"{LAW}letters.json", lambda text: text[:-20]),
    (f"{LAW}registers.json", as_json(lambda raw: raw["PENDAFTARAN"].pop("name"))),
    (f"{LAW}notices.json", lambda text: text[:-20]),
    (f"{LAW}states.json", as_json(lambda raw: next(iter(raw.values())).pop("label"))),
    (f"{LAW}roles.json", as_json(lambda raw: raw["VB"].update(warna="merah"))),
    (f"{LAW}roles.json", as_json(lambda raw: [one.update(warna="merah") for one in raw.values()])),
    (f"{LAW}roles.json", lambda text: text[:-20]),
    (f"{LAW}roles.json", lambda _text: b"[]"),
    (f"{LAW}requirements.json", lambda text: text[:-20]),
    (f"{LAW}agencies.json", as_json(lambda raw: next(iter(raw.values())).update(warna="merah"))),
]


@pytest.mark.parametrize(("path", "change"), FAULTS, ids=[f"{n} {path}" for n, (path, _) in enumerate(FAULTS)])
def test_an_error_in_a_part_of_a_release_is_told_at_it_and_nothing_is_told_to_be_missing(path, change):
    files = release_files()
    known = set(problems(files))
    text = change(files[path])
    assert text != files[path]
    found = [one for one in problems({**files, path: text}) if one not in known and one.severity == "error"]
    assert found
    assert {one.file for one in found} == {path}


def test_that_the_roles_are_not_there_is_told_once_and_not_at_each_lane():
    files = release_files()
    known = set(problems(files))
    del files[f"{LAW}roles.json"]
    [told] = [one for one in problems(files, held=frozenset()) if one not in known]
    assert (told.file, told.message) == (f"{LAW}roles.json", "Berkas katalog ini tidak ada.")


def test_a_lane_without_a_role_is_told_so_while_no_role_can_be_read():
    files = release_files()
    path = "processes/bersama/verifikasi.bpmn"
    unnamed = files[path].replace(b"Verifikator (VB)", b"Verifikator")
    found = problems({**files, path: unnamed, f"{LAW}roles.json": b"["})
    hints = {str(one.hint) for one in found if one.code == "no-role"}
    assert {one.partition(" Tugas")[0] for one in hints} == {"Akhiri nama jalur dengan kode peran dalam kurung."}


def test_what_can_be_played_can_be_played_while_no_role_can_be_read():
    files = release_files()
    played = playable(None, 1, {**files, f"{LAW}roles.json": b"["})
    assert played.broken == (f"{LAW}roles.json",)
    assert played.deployment is not None


@pytest.mark.parametrize("path", [FORM, TABLE, "processes/bersama/verifikasi.bpmn"])
def test_what_is_gone_is_still_told_to_be_missing(path):
    files = release_files()
    del files[path]
    found = [one for one in problems(files) if one.code in ("unknown-form", "unknown-decision", "unknown-process")]
    assert found


def test_a_process_whose_form_has_an_error_is_not_played():
    files = release_files()
    broken = {**files, FORM: files[FORM][:-20]}
    assert FORM in playable(None, 1, broken).broken
    played = playable(None, 1, broken).deployment
    assert played is None or FORM.removeprefix("forms/").removesuffix(".json") not in played.forms
