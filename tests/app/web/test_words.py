"""The second language: pages, refusals and clocks in English at a switch."""

import ast
import re

import pytest
from babel.messages.pofile import read_po

from app.config import ROOT
from app.web import words

CATALOGUE = ROOT / "app/translations/en/LC_MESSAGES/messages.po"


@pytest.fixture
def english(office):
    browser = office.logged_in("verifikator")
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/akun"})
    return browser


def test_the_inbox_speaks_english(office, english):
    office.registered()
    page = english.get("/kotak-tugas?daftar=kelompok")
    for words_ in ("Inbox", "Group Tasks", "1 task", "Promised date", "Take the next task"):
        assert words_ in page
    assert "Kotak Tugas" not in page


def test_a_clock_speaks_english(office, english):
    case_id = office.registered()
    page = english.get(f"/berkas/{case_id}")
    assert re.search(r"<span[^>]*>[\d, hmin]+ left</span>|working days left", page.text)
    assert "sisa " not in page.text


def test_a_refusal_speaks_english(office, english):
    case_id = office.registered()
    answer = english.post(f"/berkas/{case_id}/cabut", {"yakin": "ya"})
    assert answer.status == 403
    assert "Only the applicant, or the counter" in answer


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("sisa 1 jam 10 menit", "1 h 10 min left"),
        ("lewat 35 menit", "35 min late"),
        ("sisa 2,8 hari kerja", "2,8 working days left"),
        ("ditangguhkan, 2 jam tersisa", "on hold, 2 h left"),
        ("terlambat, kini ditangguhkan", "late, now on hold"),
        ("selesai tepat waktu", "done on time"),
    ],
)
def test_what_a_clock_says_has_english_words(application, said, heard):
    with application.test_request_context("/", headers={"Cookie": "bahasa=en"}):
        assert words.clock_words(said) == heard
    with application.test_request_context("/"):
        assert words.clock_words(said) == said


def test_every_translation_keeps_the_places_of_its_sentence():
    with CATALOGUE.open("rb") as opened:
        catalogue = read_po(opened, locale="en")
    place = re.compile(r"%\(\w+\)s")
    for one in catalogue:
        if not one.id:
            continue
        sources = one.id if isinstance(one.id, tuple) else (one.id,)
        made = one.string if isinstance(one.string, tuple) else (one.string,)
        for text in made:
            assert sorted(place.findall(text)) == sorted(place.findall(sources[0])), sources[0]


def test_a_missing_catalogue_is_compiled_and_a_fresh_one_left_alone(tmp_path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "ya"\nmsgstr "yes"\n'
    )
    words.compile_catalogues(tmp_path)
    made = folder / "messages.mo"
    before = made.stat().st_mtime_ns
    words.compile_catalogues(tmp_path)
    assert made.stat().st_mtime_ns == before
    assert [one.name for one in sorted(folder.iterdir())] == ["messages.mo", "messages.po"]


def _sentences():
    """Every sentence that operations and engine refuse with, by the place it stands in."""
    calls = {"Sentence", "Unreadable", "Refused", "NotAllowed", "NotFound", "TaskNotOpen", "CaseClosed", "TaskTaken"}
    for room in ("app/operations", "engine"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if not {"demo", "bpmn", "migrations", "catalogue"} & set(path.parts):
                yield from (
                    (path, said) for node in ast.walk(ast.parse(path.read_text())) for said in _said(node, calls)
                )


def _said(node, calls):
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in calls:
        yield from _texts(node.args[:1])
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SubmissionInvalid":
        yield from _texts(value for one in node.args if isinstance(one, ast.Dict) for value in one.values)
    if isinstance(node, ast.Assign) and any(_is_error(one) for one in node.targets):
        yield from _texts([node.value])


def _is_error(target):
    holder = target.value if isinstance(target, ast.Subscript) else None
    return getattr(holder, "id", getattr(holder, "attr", "")) == "errors"


def _texts(nodes):
    return [one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value]


def test_every_refusal_has_english_words():
    with CATALOGUE.open("rb") as opened:
        known = {one.id for one in read_po(opened, locale="en") if one.id and one.string}
    bare = re.compile(r"%\(\w+\)s")
    found = list(_sentences())
    assert len(found) > 60
    assert [one for one in found if one[1] not in known and re.search("[a-z]{3}", bare.sub("", one[1]))] == []
