"""Every role's pages in English hold no words of the release in Indonesian, outside what stays Indonesian by law."""

import re
from types import SimpleNamespace

import pytest
from lxml import html

from scripts import translations
from tests.app.operations.office import Office as Operations
from tests.app.web.office import BEFORE
from tests.browser.rooms import ROOMS, logins, looked_up
from tests.browser.stocked import stock

# Citations of law, quotations of what somebody wrote, messages as they were sent, and values typed into a form.
OWN = re.compile(r"\b(kutipan|pesan-isi)\b")
TYPED = re.compile(r"[^·,]*(?:: sesuai, tanpa catatan khusus )?\(contoh\)")  # what the demonstration types into forms
SILENT = ("script", "style", "textarea")


@pytest.fixture
def walked(office, database_rows):
    """The office with something on every desk; who is who, and what the addresses stand for."""
    with office.app.app_context():
        stock(Operations(office.people, BEFORE))  # so that there is a past to look back at
    known, units = looked_up(SimpleNamespace(ids=office.people, ask=database_rows))
    return office, known, logins(units)


@pytest.fixture(scope="module")
def indonesian():
    """Words of two and more of the release whose English differs, as one pattern."""
    office = translations.read(translations.OFFICE)
    long = [one.id for one in office if one.id and " " in one.id and one.id not in one.string]
    parts = sorted(map(re.escape, long), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")


def read(text):
    """The texts of a page's main part, but for what is somebody's own or marked as Indonesian."""
    return list(_texts(html.fromstring(text).find(".//main")))


def _texts(element):
    if element.tag not in SILENT and element.get("lang") != "id" and not OWN.search(element.get("class", "")):
        yield element.text or ""
        for inner in element:
            if isinstance(inner.tag, str):
                yield from _texts(inner)
            yield inner.tail or ""


def test_the_pages_of_every_role_speak_english(walked, indonesian):
    office, known, names = walked
    left = {}
    for login, rooms in ROOMS.items():
        browser = office.logged_in(names.get(login, login)) if login else office.browser()
        browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
        for address in rooms.values():
            answer = browser.get(address.format(**known), follow_redirects=True)
            assert answer.status == 200, address
            assert '<html lang="en"' in answer
            said = [
                one for text in read(answer.text) for one in indonesian.findall(TYPED.sub("", " ".join(text.split())))
            ]
            left |= {f"{login} {address}": said} if said else {}
    assert not left, "\n".join(f"{page}: {sorted(set(said))}" for page, said in left.items())


def test_a_diagram_on_an_english_page_has_english_names(office):
    browser = office.browser()
    assert "Periksa kelengkapan" in browser.get("/alur/pendaftaran").text
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = browser.get("/alur/pendaftaran").text
    assert "Check completeness" in page
    assert "Periksa kelengkapan" not in page


def test_a_refused_form_names_its_faults_in_english(office):
    browser = office.logged_in("pemohon")
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    answer = browser.post(f"/tugas/{office.open().task_id}", {"aksi": "putuskan:diajukan"})
    assert answer.status == 422
    assert "is required" in answer
    assert "wajib" not in " ".join(read(answer.text))


def test_notes_on_where_figures_come_from_and_names_of_processes_are_english(office, database_rows):
    database_rows("update deployments set note = 'dari berkas'")
    admin = office.logged_in("admin")
    admin.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    for address, indonesian, english in (
        ("/kelola/proses", "dari berkas", "from the files"),
        ("/kelola/katalog", "izin retribusi", "permit with a levy"),
        ("/kelola/katalog", "Aturan kantor (contoh)", "Office rule (example)"),
        ("/izin/IMB", "kesaksian pemohon", "an applicant&#39;s account"),
        ("/izin/IMB", "contoh untuk Metro", "example for Metro"),
    ):
        page = admin.get(address)
        assert (indonesian in page, english in page) == (False, True), address
    assert '<span lang="id">Perda Metro' in admin.get("/izin/IMB"), "a citation of law stays in its language"
