"""A promise moves by consent only when the applicant agreed, keeps its old date, and never moves the legal limit."""

from datetime import date, timedelta

import pytest

from app.operations import background, case_page, cases, explaining, extending, recalling, warning
from app.operations.demo import invented
from app.store import transaction
from engine.case import read_clock
from engine.clocks.proof import differences
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid

REASON = "Tim teknis menunggu hasil uji tanah"


@pytest.fixture
def running(office):
    """A file complete on Monday at ten whose service clock runs."""
    return office.registered("SIPB")


def reading(case_id, at, name="L"):
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        return read_clock(held.case, held.case.clock(name), world, at)


def promise(case_id, at, name="L"):
    return reading(case_id, at, name).promised_at


def later(case_id, at, days=7):
    """A service day so many days after the promise."""
    day = promise(case_id, at).date() + timedelta(days=days)
    with transaction() as store:
        odometer = store.calendars.world().calendar.as_known(at)
    while not odometer.windows(day):
        day += timedelta(days=1)
    return day


def asked(office, case_id, by="kasi", **more):
    return extending.propose(case_id, later(case_id, office.at, **more), REASON, office.people[by], office.at)


def register(ask, case_id):
    return ask(
        "select promised_at, because, source from promises p join clocks c on c.id = p.clock_id "
        "where p.case_id = %s and c.kind = 'L' order by p.made_at, p.inserted_at",
        (str(case_id),),
    )


def breaches(ask, case_id):
    return ask(
        "select rung from rungs_fired join clocks on clocks.id = clock_id "
        "where rungs_fired.case_id = %s and clocks.kind = 'L' and rung = 100",
        (str(case_id),),
    )


def kinds(ask, case_id):
    rows = ask(
        "select kind from events where case_id = %s and (kind like 'extension%%' or kind = 'clock_extended') "
        "order by seq",
        (str(case_id),),
    )
    return [one for (one,) in rows]


def test_until_the_applicant_agrees_nothing_moves(office, running, database_superuser):
    before = promise(running, office.at)
    asked(office, running)
    assert promise(running, office.at) == before
    assert len(register(database_superuser, running)) == 1
    assert kinds(database_superuser, running) == ["extension_proposed"]


def test_agreed_the_register_gets_a_line_with_its_ground_and_its_notice(office, running, database_superuser):
    before, limit = promise(running, office.at), promise(running, office.at, "H")
    day = later(running, office.at)
    id = asked(office, running)
    office.later(hours=1)
    extending.answer(id, True, "Saya setuju", office.people["pemohon"], office.at)
    assert promise(running, office.at).date() == day
    assert promise(running, office.at, "H") == limit
    [(old, _, _), (new, because, notice)] = register(database_superuser, running)
    assert (old, new.date(), because) == (before, day, "clock_extended")
    [(subject, body)] = database_superuser(
        "select payload::json ->> 'subject', payload::json ->> 'body' from outbox where id = %s", (notice,)
    )
    assert "diperpanjang" in subject
    assert "Janji semula" in body
    [(cached,)] = database_superuser("select promised_at from cases where id = %s", (str(running),))
    assert cached.date() == day
    assert kinds(database_superuser, running) == ["extension_proposed", "extension_agreed", "clock_extended"]


def test_the_explanation_its_paper_and_its_proof_tell_the_consent(office, running):
    id = asked(office, running)
    extending.answer(id, True, "", office.people["pemohon"], office.later(hours=1))
    clock = office.case(running).case.clock("L").id
    page = explaining.page(running, clock, office.people["pemohon"], office.at)
    assert [fate for _, fate in page.promises] == ["diganti", "berlaku"]
    assert any(line.kind == "EXTENDED" for line in page.explanation.lines)
    assert differences(explaining.proof(running, clock, office.people["pemohon"], office.at)) == []
    assert explaining.paper(running, clock, office.people["pemohon"], office.at).startswith(b"%PDF")
    before = office.at - timedelta(minutes=30)
    then = explaining.page(running, clock, office.people["pemohon"], office.at, before)
    assert then.explanation.promised_at == page.promises[0][0].promised_at


def test_a_promise_kept_by_the_agreed_date_is_no_breach_and_is_told_as_extended(office, running, database_superuser):
    old = promise(running, office.at)
    extending.answer(asked(office, running), True, "", office.people["pemohon"], office.at)
    warning.fire(running, old + timedelta(hours=3))
    assert not reading(running, old + timedelta(hours=3)).late
    assert breaches(database_superuser, running) == []
    clock = office.case(running).case.clock("L").id
    shown = explaining.page(running, clock, office.people["pemohon"], office.at).clock
    assert shown.extended_from == old
    new = promise(running, office.at)
    warning.fire(running, new + timedelta(hours=3))
    assert breaches(database_superuser, running) == [(100,)]


def test_a_refusal_is_recorded_and_moves_nothing(office, running, database_superuser):
    before = promise(running, office.at)
    extending.answer(asked(office, running), False, "Saya perlu segera", office.people["pemohon"], office.at)
    assert promise(running, office.at) == before
    assert kinds(database_superuser, running) == ["extension_proposed", "extension_refused"]
    assert asked(office, running), "another date may be asked for"


def test_a_question_that_nobody_answers_lapses_with_the_promise_it_asks_about(office, running, database_superuser):
    id, old = asked(office, running), promise(running, office.at)
    assert background.expire_extensions(old) == 0
    late = old + timedelta(minutes=1)
    with pytest.raises(Refused):
        extending.answer(id, True, "", office.people["pemohon"], late)
    assert (background.expire_extensions(late), background.expire_extensions(late)) == (1, 0)
    assert kinds(database_superuser, running) == ["extension_proposed", "extension_expired"]
    with pytest.raises(Refused):
        extending.propose(running, later(running, office.at), REASON, office.people["kasi"], late)


def test_the_end_of_a_file_ends_its_question(office, running, database_superuser):
    id = asked(office, running)
    cases.withdraw(running, office.people["pemohon"], office.at)
    with pytest.raises(Refused):
        extending.answer(id, True, "", office.people["pemohon"], office.at)
    assert background.expire_extensions(office.at) == 1
    assert kinds(database_superuser, running) == ["extension_proposed", "extension_expired"]


def test_the_clock_book_tells_the_consent(office, running):
    day = later(running, office.at)
    extending.answer(asked(office, running), True, "", office.people["pemohon"], office.later(hours=1))
    [book] = [
        one
        for one in case_page.case_page(running, office.people["kasi"], office.at).ledgers
        if one.label == "Jam Layanan"
    ]
    assert [(one.what, one.because) for one in book.lines][1] == (
        "Diperpanjang", f"persetujuan pemohon, sampai {day:%d/%m/%Y}"
    )  # fmt: skip


def test_a_step_cannot_be_taken_back_once_the_applicant_agreed_to_a_later_date(office, running):
    office.do(running, "verifikasi_keabsahan", "verifikator")
    id = asked(office, running)
    assert recalling.recall(running, office.people["verifikator"], office.later(minutes=1)), "a question is no step"
    office.do(running, "verifikasi_keabsahan", "verifikator")
    extending.answer(id, True, "", office.people["pemohon"], office.later(minutes=1))
    with pytest.raises(Refused, match="menyetujui"):
        recalling.recall(running, office.people["verifikator"], office.at)
    assert promise(running, office.at) > office.at


def test_a_question_is_answered_once(office, running):
    id = asked(office, running)
    extending.answer(id, False, "", office.people["pemohon"], office.at)
    with pytest.raises(Refused):
        extending.answer(id, True, "", office.people["pemohon"], office.at)


def test_while_a_question_waits_no_other_is_put(office, running):
    asked(office, running)
    with pytest.raises(Refused):
        asked(office, running, days=14)


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (lambda old, limit: old - timedelta(days=1), "sesudah janji sekarang"),
        (lambda old, limit: old, "sesudah janji sekarang"),
        (lambda old, limit: date(2026, 7, 31), "sudah lewat"),
        (lambda old, limit: date(2026, 8, 15), "tutup"),
        (lambda old, limit: limit + timedelta(days=1), "batas hukum"),
        (lambda old, limit: date(2031, 1, 6), "belum ditetapkan"),
    ],
    ids=["earlier", "the-same", "past", "closed", "beyond-the-limit", "year-unknown"],
)
def test_a_date_that_cannot_be_promised_is_refused_at_its_field(office, running, shift, words):
    old, limit = promise(running, office.at).date(), promise(running, office.at, "H").date()
    with pytest.raises(SubmissionInvalid) as invalid:
        extending.propose(running, shift(old, limit), "", office.people["kasi"], office.at)
    assert words in str(invalid.value.errors["hari_baru"])
    assert "alasan_perpanjangan" in invalid.value.errors


def test_only_the_applicant_answers_for_himself_and_only_section_heads_ask(office, running):
    for login in ("verifikator", "loket", "pemohon"):
        with pytest.raises(NotAllowed):
            asked(office, running, by=login)
    id = asked(office, running, by="kabid")
    with pytest.raises(NotAllowed):
        extending.answer(id, True, "", office.people["kasi"], office.at)
    with pytest.raises(NotFound):
        extending.answer(id, True, "", office.people["pemohon2"], office.at)


def test_the_counter_records_a_signed_consent_with_its_scan(office, running, database_superuser):
    id, day = asked(office, running), later(running, office.at)
    with pytest.raises(SubmissionInvalid) as invalid:
        extending.record(id, True, b"", "", office.people["loket"], office.at)
    assert set(invalid.value.errors) == {"pindaian_setuju", "jawaban_tertulis"}
    with pytest.raises(NotAllowed):
        extending.record(id, True, invented.paper(), "Surat 4 Agustus", office.people["kasi"], office.at)
    extending.record(id, True, invented.paper(), "Surat 4 Agustus", office.people["loket"], office.at)
    assert promise(running, office.at).date() == day
    assert extending.consent(id, office.people["pemohon"], office.at).content
    [(how, status)] = database_superuser("select how, status from extensions where id = %s", (str(id),))
    assert (how, status) == ("loket", "agreed")
