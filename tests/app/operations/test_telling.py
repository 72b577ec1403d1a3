"""People without e-mail are told by word of mouth: what waits for them, and who told it, when and how."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from app.operations import background, cases, counter, mailbox, people, telling
from app.store import transaction
from engine.errors import NotAllowed, NotFound, SubmissionInvalid
from tests.app.operations.test_force_majeure import TUESDAY, WEDNESDAY, declare, proposal


@pytest.fixture
def paijo(office):
    """Somebody without e-mail, registered at the counter."""
    return people.register_at_counter("Paijo", "1872010101900077", "08127770077", "", office.people["loket"], office.at)


def send(office, person, subject="Berkas Anda lengkap", case_id=None):
    """A message to a person, carried as far as the office can without e-mail."""
    id = uuid4()
    with transaction() as store:
        payload = {"to": str(person), "notice": "uji", "subject": subject, "body": f"Isi: {subject}"}
        store.outbox.put(id, case_id, "message", payload, office.at)
    delivered(office)
    return id


def delivered(office):
    while background.deliver_one(lambda *_: "dikirim", office.at, ("message",)):
        pass


def page(office, person):
    return counter.person_page(person, office.people["loket"], office.at)


def tell(office, person, ids, way="telepon", note="", by="loket"):
    return telling.tell(person, ids, way, note, office.people[by], office.at)


def row(id):
    with transaction() as store:
        return store.outbox.message(id)


def test_the_counter_sees_what_a_person_is_still_to_be_told_oldest_first(office, paijo):
    first = send(office, paijo, "Satu")
    office.later(hours=1)
    second = send(office, paijo, "Dua")
    send(office, office.people["pemohon"], "Punya surel")
    assert [one.row.id for one in page(office, paijo).untold] == [first, second]
    assert page(office, office.people["pemohon"]).untold == ()


def test_a_message_that_was_told_bears_who_told_it_when_and_how(office, paijo):
    id = send(office, paijo)
    office.later(hours=1)
    assert tell(office, paijo, [id], "telepon", "Diterima istrinya") == 1
    kept = row(id)
    assert (kept.told_by, kept.delivered_at, kept.told_how, kept.told_note) == (
        office.people["loket"],
        office.at,
        "telepon",
        "Diterima istrinya",
    )
    assert kept.fate == "disampaikan lewat telepon"
    assert page(office, paijo).untold == ()


def test_a_second_press_changes_nothing_and_the_first_teller_stands(office, paijo, database_superuser):
    id = send(office, paijo)
    assert tell(office, paijo, [id], "telepon") == 1
    office.later(hours=1)
    assert tell(office, paijo, [id], "surat", by="loket2") == 0
    assert (row(id).told_by, row(id).told_how) == (office.people["loket"], "telepon")
    told = database_superuser("select body from office_events where kind = 'messages_told'")
    assert [json.loads(body) for (body,) in told] == [{"person": str(paijo), "messages": [str(id)], "how": "telepon"}]


def test_the_worker_that_comes_late_does_not_untell_a_message(office, paijo, database_superuser):
    id = send(office, paijo)
    tell(office, paijo, [id])
    database_superuser("update outbox set done_at = null, not_before = now() - interval '1 s'")
    delivered(office)
    assert row(id).fate == "disampaikan lewat telepon"
    assert row(id).delivered_at is not None


def test_nothing_chosen_no_way_and_too_long_a_note_are_refused_at_once(office, paijo):
    with pytest.raises(SubmissionInvalid) as refused:
        tell(office, paijo, [], "merpati", "x" * 501)
    assert set(refused.value.errors) == {"pesan", "cara", "catatan_penyampaian"}


def test_only_the_counter_tells(office, paijo):
    id = send(office, paijo)
    for login in ("verifikator", "informasi", "kadis", "pemohon"):
        with pytest.raises(NotAllowed):
            tell(office, paijo, [id], by=login)
        with pytest.raises(NotAllowed):
            telling.waiting(office.people[login], office.at)
    assert row(id).told_by is None


def test_a_message_to_somebody_else_or_by_e_mail_is_not_marked(office, paijo):
    mine, other = send(office, paijo), send(office, office.people["pemohon"])
    for ids in ([mine, other], [uuid4()]):
        with pytest.raises(NotFound):
            tell(office, paijo, ids)
    assert row(mine).told_by is None


def test_whoever_waits_longest_stands_on_top_and_every_page_is_reached(office, monkeypatch):
    monkeypatch.setattr(telling, "PAGE", 2)
    register = people.register_at_counter
    waiting = [
        register(f"Warga {n}", f"187201010190010{n}", "", "", office.people["loket"], office.at) for n in range(5)
    ]
    for person in reversed(waiting):
        office.later(minutes=1)
        send(office, person)
    send(office, waiting[0])
    found, after = [], None
    while True:
        part = telling.waiting(office.people["loket"], office.at, after)
        found += part.rows
        after = part.more
        if after is None:
            break
    assert [one.id for one in found] == list(reversed(waiting))
    assert found[-1].untold == 2
    assert telling.count(office.people["loket"], office.at) == 5


def test_a_keadaan_kahar_and_what_it_does_to_a_promise_wait_to_be_told_too(office, paijo):
    made = cases.open_case("SIPB", "baru", "perorangan", office.people["loket"], office.at, paijo)
    office.do(made.case_id, "ajukan", "loket")
    office.later(minutes=10)
    office.do(made.case_id, "periksa_kelengkapan", "loket")
    office.at = WEDNESDAY + timedelta(hours=1)
    declare(office, proposal(TUESDAY, WEDNESDAY), "003/KEP")
    delivered(office)
    untold = page(office, paijo).untold
    told = [one for one in untold if one.row.notice == "kahar"]
    assert len(told) == 1
    assert "003/KEP" in told[0].row.body
    assert told[0].number == office.case(made.case_id).number
    assert tell(office, paijo, [one.row.id for one in untold], "loket") == len(untold)
    assert page(office, paijo).untold == ()


def test_the_mailbox_names_who_told_a_message(office, paijo):
    id = send(office, paijo)
    tell(office, paijo, [id])
    assert mailbox.message(id, office.people["admin"], office.at).told_by == "Dewi Anggraini, A.Md."
