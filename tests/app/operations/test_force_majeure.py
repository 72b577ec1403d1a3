"""Keadaan kahar through the operations: two people, a preview that tells the truth, nothing counted twice."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from app.clock import WIB
from app.operations import acting, inbox
from app.operations import force_majeure as kahar
from app.operations import force_majeure_changes as changes
from app.operations.force_majeure import Proposal
from app.operations.frame import frame
from app.store import transaction
from app.store.database import db
from engine.case import read_clock
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.app.operations.course import COURSE, along
from tests.app.operations.flowing import handed_over, to_signature
from tests.browser.stocked import undisturbed

EVIDENCE = ({"nama": "Berita acara 17/BA"},)


def proposal(since, until, **more):
    words = {"grounds": ("a",), "event_kind": "bencana_alam", "description": "Petir merusak perangkat pusat data kota."}
    words["apart"] = "Peristiwa lain pada waktu yang sama."  # asked only where it meets another declaration
    return Proposal(**{**words, "since": since, "until": until, "evidence": EVIDENCE, **more})


def promise(case_id, at):
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        return read_clock(held.case, held.case.clock("L"), world, at).promised_at


def cached(case_id):
    with transaction() as store:
        return store.case_lists.case_row(case_id).promised_at


def declare(office, wanted, decree="001/KEP"):
    id = kahar.propose(wanted, office.people["kabid"], office.at)
    office.later(minutes=30)
    with transaction() as store:
        revision = store.calendars.revision()
    kahar.establish(id, decree, revision, office.people["kadis"], office.at)
    return id


def establish(office, id, decree=""):
    office.later(minutes=5)
    with transaction() as store:
        revision = store.calendars.revision()
    return kahar.establish(id, decree, revision, office.people["kadis"], office.at)


def undo(office, id, decree=""):
    changes.revoke(id, "Dinyatakan keliru: jaringan tidak terputus", office.people["kabid"], office.at)
    return establish(office, id, decree)


def recover(office, id, until, decree=""):
    changes.recover(id, until, "Layanan stabil dua jam kerja", office.people["kabid"], office.at)
    return establish(office, id, decree)


def correct(office, id, since, until, decree=""):
    changes.correct(id, since, until, "Catatan PLN menyebut jam lain", office.people["kabid"], office.at)
    return establish(office, id, decree)


@pytest.fixture
def running(office):
    """A file complete on Monday at ten, with its promise; today is Friday."""
    case_id = office.registered("SIPB")
    office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    return case_id


TUESDAY = datetime(2026, 8, 4, 9, 0, tzinfo=WIB)
WEDNESDAY = datetime(2026, 8, 5, 14, 0, tzinfo=WIB)


def test_a_proposal_whose_page_is_sent_twice_is_one_declaration(office, running):
    key, by = uuid4(), office.people["kabid"]
    once, again = (kahar.propose(proposal(TUESDAY, WEDNESDAY), by, office.at, key) for _ in range(2))
    assert once == again
    with pytest.raises(SubmissionInvalid):
        kahar.propose(proposal(TUESDAY, WEDNESDAY, event_kind="perang"), by, office.at, key)


def test_a_beginning_is_not_corrected_further_back_than_the_rule_allows_without_the_mayors_letter(office, running):
    id, by = declare(office, proposal(TUESDAY, WEDNESDAY)), office.people["kabid"]
    long_ago = office.at - timedelta(days=45)
    with pytest.raises(SubmissionInvalid) as refused:
        changes.correct(id, long_ago, None, "Mulainya jauh lebih awal", by, office.at)
    assert set(refused.value.errors) == {"persetujuan"}
    changes.correct(id, long_ago, None, "Mulainya jauh lebih awal", by, office.at, "100/WK/2026")
    with transaction() as store:
        newest = store.calendars.versions(id)[0]
    assert "100/WK/2026" in newest.evidence
    assert newest.until == WEDNESDAY, "an end that was not mentioned stays"


def test_a_decree_established_in_somebodys_stead_says_so(office, running):
    with transaction() as store:
        day = office.at.date()
        values = {"kind": "plh", "since": day, "until": day, "basis": "SP 1", "stands_for": office.people["kadis"]}
        store.people.add_grant(uuid4(), office.at, person_id=office.people["sekretaris"], role="KD", unit="", **values)
    id = kahar.propose(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    kahar.establish(id, "", revision, office.people["sekretaris"], office.at)
    with transaction() as store:
        letter = store.documents.letters_of_declaration(id)[0]
    assert json.loads(letter.values)["penandatangan"]["jabatan"] == "Plh. Kepala Dinas"


def test_a_declaration_after_the_fact_moves_the_promise_as_its_preview_said(office, running):
    before = promise(running, office.at)
    seen = kahar.preview(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at)
    assert (seen.touched, seen.moved) == (1, 1)
    assert promise(running, office.at) == before, "a preview changes nothing"
    declare(office, proposal(TUESDAY, WEDNESDAY))
    after = promise(running, office.at)
    assert after == seen.moves[0].after.promised_at
    assert after > before
    assert cached(running) == after
    with transaction() as store:
        told = store.cases.promises(running)
        letters = [
            one.kind for one in store.documents.letters_of_declaration(store.calendars.versions()[0].declaration_id)
        ]
        waiting = [one.because for one in told]
    assert [one.promised_at for one in told] == [before, after]
    assert waiting[-1].startswith("kahar:")
    assert letters == ["sk_kahar"]


def test_two_overlapping_declarations_are_counted_once(office, running):
    declare(office, proposal(TUESDAY, WEDNESDAY))
    once = promise(running, office.at)
    declare(office, proposal(TUESDAY + timedelta(hours=1), WEDNESDAY - timedelta(hours=1)), "002/KEP")
    assert promise(running, office.at) == once


def test_the_proposer_does_not_establish_his_own_declaration(office, running):
    with transaction() as store:
        from app.store.ids import uuid7

        values = {
            "role": "KD",
            "unit": "",
            "kind": "plh",
            "since": office.at.date(),
            "until": office.at.date(),
            "basis": "SP",
        }
        store.people.add_grant(uuid7(), office.at, person_id=office.people["kabid"], **values)
        revision = store.calendars.revision()
    id = kahar.propose(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at)
    with pytest.raises(NotAllowed):
        kahar.establish(id, "001/KEP", revision, office.people["kabid"], office.at)
    assert promise(running, office.at) == cached(running)


def test_an_approval_over_a_changed_world_is_refused_until_the_effect_was_seen_again(office, running):
    id = kahar.propose(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at)
    with transaction() as store:
        stale = store.calendars.revision()
    declare(office, proposal(TUESDAY, WEDNESDAY, event_kind="kebakaran"), "002/KEP")
    with pytest.raises(Refused):
        kahar.establish(id, "001/KEP", stale, office.people["kadis"], office.at)


def test_a_declaration_undone_gives_the_world_in_which_it_never_was(office, running):
    before = promise(running, office.at)
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    assert promise(running, office.at) != before
    undo(office, id, "003/KEP")
    assert promise(running, office.at) == before == cached(running)


def test_an_open_declaration_gives_no_promise_until_its_end_is_established(office, running):
    id = declare(office, proposal(office.at - timedelta(hours=1), None))
    assert promise(running, office.at) is None
    assert kahar.in_force(office.at)
    office.later(days=3)
    recover(office, id, office.at - timedelta(hours=2), "004/BA")
    assert promise(running, office.at) is not None
    assert not kahar.in_force(office.at)


def test_another_permit_type_is_not_touched(office, running):
    before = promise(running, office.at)
    declare(office, proposal(TUESDAY, WEDNESDAY, scope={"permit_types": ["IMB"]}))
    assert promise(running, office.at) == before


def test_faults_of_a_proposal_are_told_at_their_fields(office):
    wrong = proposal(
        office.at + timedelta(days=1), None, grounds=(), description="pendek", evidence=(), scope={"units": []}
    )
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.propose(wrong, office.people["kabid"], office.at)
    assert {"dasar", "uraian", "bukti", "sejak", "units"} <= refused.value.errors.keys()
    with pytest.raises(NotAllowed):
        kahar.propose(proposal(TUESDAY, WEDNESDAY), office.people["verifikator"], office.at)


def test_older_than_fourteen_days_needs_the_mayors_letter(office, running):
    old = office.at - timedelta(days=20)
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.propose(proposal(old, old + timedelta(hours=2)), office.people["kabid"], office.at)
    assert "Walikota" in refused.value.errors["persetujuan"]


def test_a_span_of_ten_thousand_days_is_a_slip_told_at_its_beginning_whatever_letter_is_named(office, running):
    long_ago = office.at - timedelta(days=10_000)
    for until in (office.at - timedelta(hours=1), None):
        with pytest.raises(SubmissionInvalid) as refused:
            kahar.propose(proposal(long_ago, until, approval_letter="1/WK"), office.people["kabid"], office.at)
        assert str(refused.value.errors["sejak"]) == "Rentang lebih dari 366 hari; periksa tahunnya"
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    with pytest.raises(SubmissionInvalid) as refused:
        changes.correct(id, long_ago, None, "Mulainya jauh lebih awal", office.people["kabid"], office.at, "1/WK")
    assert set(refused.value.errors) == {"sejak"}


def test_a_preview_names_the_files_that_stand_still_beyond_their_legal_limit(office, running):
    """Nothing helps H: a promise put off behind it is shown before anybody decides."""
    by, short = office.people["kabid"], proposal(TUESDAY, WEDNESDAY)
    assert kahar.preview(short, by, office.at).guard.unhelped == {}
    found = kahar.preview(replace(short, until=None), by, office.at).guard.unhelped
    with transaction() as store:
        held, world = store.cases.see(running), store.calendars.world()
        limit = read_clock(held.case, held.case.clock("H"), world, office.at).promised_at
    assert found == {running: limit}


def kept():
    """What the readings' table says of every clock, and what a reading says now."""
    with transaction() as store:
        world, at = store.calendars.world(), AFTERWARDS
        cases = store.readings.clocked(store.case_lists.case_ids(), store.deployments.get)
        written = {row.clock_id: row for row in store.readings.all_kept()}
        read = {
            one.id: read_clock(case, one, world, at) for case in cases.values() for one in case.clocks if one.events
        }
    return written, read


AFTERWARDS = datetime(2026, 8, 7, 9, 30, tzinfo=WIB)


def test_after_a_declaration_every_written_reading_is_what_a_reading_says(office_after):
    """Whatever was left out as untouched by the refresh, and whatever was written, holds in the new world."""
    office = office_after(undisturbed)
    office.at = AFTERWARDS - timedelta(minutes=30)
    for since, until, scope in ((TUESDAY, WEDNESDAY, {}), (TUESDAY + timedelta(hours=3), None, {"units": ["PUPR"]})):
        declare(office, proposal(since, until, scope=scope), f"{since:%H%M}/KEP")
        office.at = AFTERWARDS - timedelta(minutes=30)
        written, read = kept()
        assert len(written) > 30
        assert {id: row.promised_at for id, row in written.items()} == {id: one.promised_at for id, one in read.items()}


def test_establishing_takes_as_many_statements_for_many_files_as_for_few(office_after, application):
    office = office_after(undisturbed)
    # Warnings that stand anew are told one by one, however few the files are.
    _statements(office, application, "010/KEP")
    office.later(hours=2)
    few = _statements(office, application, "011/KEP")
    for _ in range(12):
        office.registered("PEN")
    many = _statements(office, application, "012/KEP")
    assert many <= few + 3, (few, many)


def _statements(office, application, decree):
    with application.app_context():
        engine = db.engine
    told = []

    def note(*_):
        told.append(1)

    wanted = proposal(office.at - timedelta(hours=3), office.at - timedelta(hours=1))
    id = kahar.propose(wanted, office.people["kabid"], office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    event.listen(engine, "before_cursor_execute", note)
    kahar.establish(id, decree, revision, office.people["kadis"], office.at)
    event.remove(engine, "before_cursor_execute", note)
    return len(told)


def test_a_proposal_waits_visibly_for_the_head_of_office_and_not_for_its_proposer(office, running):
    kahar.propose(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at)
    waiting = {
        one: inbox.inbox(office.people[one], inbox.InboxFilter(), office.at).awaited for one in ("kadis", "kabid")
    }
    assert [one.kind for one in waiting["kadis"]] == ["declaration"]
    assert waiting["kabid"] == ()
    with transaction() as store:
        head = acting.actor(store, office.people["kadis"], office.at)
    assert frame(head, office.at).proposals == 1


def test_an_end_that_is_not_reached_yet_is_not_declared(office, running):
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.propose(proposal(TUESDAY, office.at + timedelta(hours=1)), office.people["kabid"], office.at)
    assert set(refused.value.errors) == {"sampai"}
    id = declare(office, proposal(TUESDAY, None))
    for act in (changes.recover, lambda id, until, *rest: changes.correct(id, None, until, *rest)):
        with pytest.raises(SubmissionInvalid) as refused:
            act(id, office.at + timedelta(hours=1), "Layanan stabil nanti", office.people["kabid"], office.at)
        assert set(refused.value.errors) == {"sampai"}


def test_a_correction_does_not_begin_before_it_happens(office, running):
    id = declare(office, proposal(TUESDAY, None))
    with pytest.raises(SubmissionInvalid) as refused:
        changes.correct(
            id, office.at + timedelta(days=1), None, "Salah ketik tanggal", office.people["kabid"], office.at
        )
    assert set(refused.value.errors) == {"sejak"}


def test_a_decree_number_is_used_once(office, running):
    declare(office, proposal(TUESDAY, WEDNESDAY), "020/KEP")
    with pytest.raises(SubmissionInvalid) as refused:
        declare(office, proposal(WEDNESDAY + timedelta(hours=1), WEDNESDAY + timedelta(hours=2)), "020/KEP")
    assert set(refused.value.errors) == {"sk"}


def signed(office, case_id):
    """The midwife's permit of the running file, recommended and signed today."""
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=True)
    unit = office.task(case_id, "rekomendasi_opd").unit
    office.do(case_id, "rekomendasi_opd", f"ketua-{unit.lower()}", "disetujui")
    to_signature(office, case_id)


def shown(office, case_id):
    """Every clock of a file as its page explains it, but for when it was looked at."""
    with transaction() as store:
        case, world = store.cases.see(case_id).case, store.calendars.world()
        found = [read_clock(case, one, world, office.at) for one in case.clocks if one.events]
        return [replace(one, at=None) for one in found]


def test_what_was_signed_before_a_stoppage_keeps_the_promise_it_was_given(office, running):
    """Its promised day lies behind the stoppage, but the service was over: nothing is left to move."""
    signed(office, running)
    given = cached(running)
    office.later(days=4)
    since, until = office.at - timedelta(days=1), office.at - timedelta(hours=1)
    assert given > office.at, "else nothing could have moved it"
    seen = kahar.preview(proposal(since, until), office.people["kabid"], office.at)
    assert seen.touched == 0
    before = [one for one in shown(office, running) if one.state == "STOPPED"]
    declare(office, proposal(since, until), "021/KEP")
    assert cached(running) == promise(running, office.at) == given
    assert [one for one in shown(office, running) if one.state == "STOPPED"] == before
    with transaction() as store:
        told = store.cases.promises(running)
    assert not [one for one in told if one.because.startswith("kahar")]
    handed_over(office, running)
    assert cached(running) == given, "handing over looks at the clocks again, but promises nothing anew"
    with transaction() as store:
        assert store.cases.promises(running) == told


def test_the_preview_shows_a_file_that_is_through_if_its_promise_moves_and_leaves_it_out_otherwise(office):
    through, still = along(office, office.registered("PEN"), COURSE), office.registered("PEN")
    before, after = office.at - timedelta(hours=1), office.at + timedelta(hours=1)
    office.later(days=1)
    by = office.people["kabid"]
    found = kahar.preview(proposal(before, office.at), by, office.at)
    assert {one.case_id for one in found.moves if one.moved} == {through, still}
    assert (found.touched, found.figures.finished, found.figures.told) == (2, 1, 1)
    found = kahar.preview(proposal(after, office.at), by, office.at)
    assert {one.case_id for one in found.moves} == {still}
    assert (found.touched, found.figures.finished) == (1, 0)
