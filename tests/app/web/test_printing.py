"""Control cards and drafts of chosen tasks are printed as one paper; what may not be seen is left out."""

from io import BytesIO
from uuid import uuid4

from pypdf import PdfReader

from app.operations import looks
from app.operations.patterns import Span
from tests.app.web.office import NOW


def send(office, login, chosen, what="kartu"):
    sent = {"aksi": f"cetak:{what}", "tugas": [str(one) for one in chosen], "kembali": "/kotak-tugas?daftar=kelompok"}
    return office.logged_in(login).post("/kotak-tugas/beberapa?daftar=kelompok", sent)


def test_the_cards_of_chosen_tasks_stand_in_one_pdf_and_each_file_counts_as_looked_at(office):
    cases = [office.registered() for _ in range(2)]
    answer = send(office, "verifikator", [*(office.task(one) for one in cases), uuid4()])
    assert answer.status == 200
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert [office.case(one).held.number in text for one in cases] == [True, True]
    with office.app.app_context():
        day = NOW.date()
        seen = looks.page(Span(day, day), "berkas", None, office.people["pengawas"], NOW)
    assert {one.label for one in seen.sums} >= {office.case(one).held.number for one in cases}


def test_nothing_is_printed_of_what_may_not_be_seen_or_has_no_draft(office):
    task = office.task(office.registered())
    for login, what in (("tim-dinkes", "kartu"), ("admin", "kartu"), ("verifikator", "naskah")):
        answer = send(office, login, [task], what)
        assert (answer.status, answer.location) == (303, "/kotak-tugas?daftar=kelompok"), login
    assert send(office, "verifikator", []).status == 303
