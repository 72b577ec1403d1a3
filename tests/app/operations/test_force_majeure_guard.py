"""Nobody excuses lateness unseen: what a proposal says of itself, and what supervisors count."""

from datetime import datetime, timedelta

import pytest

from app.clock import WIB
from app.operations import background
from app.operations import force_majeure as kahar
from app.operations import force_majeure_evidence as evidence
from app.operations.demo.invented import paper
from app.operations.force_majeure_page import page
from app.operations.force_majeure_statistics import statistics
from app.operations.promise_notices import tellings
from app.store import transaction
from engine.errors import NotAllowed, SubmissionInvalid
from tests.app.operations.test_force_majeure import TUESDAY, WEDNESDAY, correct, declare, promise, proposal

AUGUST_MINUTES = 450


@pytest.fixture
def late(office):
    """A file whose promise passed unseen; the warning has fired, and the Kabid will excuse it."""
    case_id = office.registered("SIPB")
    office.at = datetime(2026, 8, 28, 9, 0, tzinfo=WIB)
    background.warn_due(office.at)
    return case_id


@pytest.mark.parametrize(
    "text",
    [
        "Pemeliharaan terjadwal pusat data oleh Kominfo",
        "Pemadaman listrik yang direncanakan oleh PLN sejak pagi",
        "Scheduled maintenance of the data centre",
        "Pemeliharaan jaringan yang sudah dijadwalkan",
        "Pemeliharaan jaringan dan server, yang sudah lama dijadwalkan oleh Kominfo",
        "Pemadaman listrik bergilir sesuai jadwal PLN",
        "Pelayanan berhenti karena jadwal pemeliharaan pusat data",
        "Layanan ditutup untuk perawatan server rutin",
        "The network was down for maintenance that had been planned",
    ],
)
def test_what_calls_itself_planned_maintenance_is_no_ground(office, text):
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.propose(proposal(TUESDAY, WEDNESDAY, description=text), office.people["kabid"], WEDNESDAY)
    assert set(refused.value.errors) == {"uraian"}
    assert "bukan keadaan kahar" in refused.value.errors["uraian"]


def test_an_author_who_says_it_was_planned_is_refused_and_one_who_mentions_maintenance_is_not(office):
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.propose(proposal(TUESDAY, WEDNESDAY, planned=True), office.people["kabid"], WEDNESDAY)
    assert set(refused.value.errors) == {"direncanakan"}


@pytest.mark.parametrize(
    "text",
    [
        "Petir merusak panel yang belum sempat mendapat pemeliharaan",
        "Petir merusak panel sebelum pemeliharaan yang dijadwalkan bulan depan",
        "Pemadaman listrik mendadak yang tidak dijadwalkan PLN",
        "Pemadaman di luar jadwal PLN karena gardu terbakar",
        "Pemadaman listrik setelah petir mengganggu pelayanan rutin",
        "Kabel serat optik putus; perbaikan dijadwalkan besok pagi",
        "Unscheduled maintenance after lightning struck the data centre",
        "Kebakaran gudang arsip; pemadaman api berkala oleh Damkar sampai sore",
    ],
)
def test_what_only_mentions_maintenance_or_denies_that_it_was_planned_may_be_proposed(office, text):
    kahar.preview(proposal(TUESDAY, WEDNESDAY, description=text), office.people["kabid"], WEDNESDAY)


def test_a_description_longer_than_a_decree_prints_is_refused_at_its_field_and_not_cut_off(office):
    long = "Kabel serat optik putus. " * 161
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.preview(proposal(TUESDAY, WEDNESDAY, description=long), office.people["kabid"], WEDNESDAY)
    assert refused.value.errors == {"uraian": f"Paling banyak 4000 huruf, Anda menulis {len(long.strip())}"}
    kahar.preview(proposal(TUESDAY, WEDNESDAY, description=long[:4000]), office.people["kabid"], WEDNESDAY)


def test_a_preview_counts_what_its_author_and_its_grounds_were_used_for_before(office):
    office.registered("SIPB")
    office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    declare(office, proposal(TUESDAY, WEDNESDAY))
    seen = kahar.preview(proposal(TUESDAY, WEDNESDAY, event_kind="kebakaran"), office.people["kabid"], office.at).guard
    others = kahar.preview(proposal(TUESDAY, WEDNESDAY, event_kind="kebakaran"), office.people["kasi"], office.at).guard
    assert (seen.proposed, others.proposed) == (1, 0)
    assert dict(seen.grounds) == dict(others.grounds) == {"a": 1}
    later = office.at + timedelta(days=400)
    forgotten = kahar.preview(
        proposal(TUESDAY, WEDNESDAY, event_kind="kebakaran", approval_letter="1/WK"), office.people["kabid"], later
    )
    assert forgotten.guard.proposed == 0


def test_a_preview_measures_the_share_of_the_months_service_time_before_and_with_it(office):
    office.registered("SIPB")
    office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    first = TUESDAY.replace(hour=7, minute=30), TUESDAY.replace(hour=16, minute=0)
    (month,) = kahar.preview(proposal(*first), office.people["kabid"], office.at).guard.months
    assert (month.before.some, month.after.some, month.after.whole) == (0, AUGUST_MINUTES, AUGUST_MINUTES)
    declare(office, proposal(*first))
    # The same span again is counted once; a part of the office is no whole office.
    scoped = proposal(*(one + timedelta(days=1) for one in first), scope={"permit_types": ["SIPB"]})
    (month,) = kahar.preview(scoped, office.people["kabid"], office.at).guard.months
    assert (month.before.some, month.after.some, month.after.whole) == (450, 900, 450)
    assert month.after.share_some == 900 / month.after.service


def test_a_declaration_that_begins_within_a_day_before_promises_says_how_many(office):
    cases = [office.registered("SIPB") for _ in range(3)]
    with transaction() as store:
        due = max(store.case_lists.case_row(one).promised_at for one in cases)
    office.at = due + timedelta(hours=12)
    wanted = proposal(due - timedelta(hours=6), due + timedelta(hours=1))
    found = kahar.preview(wanted, office.people["kabid"], office.at)
    assert found.guard.near == 3
    assert any("3 janji jatuh tempo" in one for one in found.warnings)
    assert found.counts()["segera_jatuh_tempo"] == 3


def test_a_rescued_late_file_is_counted_with_the_people_who_excused_it_and_who_of_them_had_worked_on_it(office, late):
    span = datetime(2026, 8, 3, 12, 0, tzinfo=WIB), datetime(2026, 8, 26, 16, 0, tzinfo=WIB)
    wanted = proposal(*span, approval_letter="77/WK/2026")
    seen = kahar.preview(wanted, office.people["kabid"], office.at)
    assert [one.case_id for one in seen.rescued] == [late]
    assert seen.guard.handled == frozenset(), "the Kabid had no hand in this file"
    declare(office, wanted)
    found = statistics(office.people["pengawas"], office.at)
    (rescued,) = found.rescued
    assert (rescued.row.case_id, rescued.decree, rescued.handled) == (late, "001/KEP", ())
    names = {login: name(office, login) for login in ("kabid", "kadis")}
    assert (rescued.proposer, rescued.establisher) == (names["kabid"], names["kadis"])
    assert found.proposers == ((names["kabid"], 1),)
    assert found.establishers == ((names["kadis"], 1),)
    assert found.grounds == (("a", 1),)
    assert [(one.state, one.rescued) for one in found.lines] == [("pulih", 1)]
    assert (found.months[0].year, found.months[0].number) == (2026, 8)
    assert found.months[0].after.share_whole > 0
    assert found.months[1].after.whole == 0


def test_a_file_excused_on_a_sunday_before_anybody_was_warned_of_it_is_in_the_register(office):
    case_id = office.registered("SIPB")
    office.at = promise(case_id, office.at) + timedelta(minutes=1)
    sunday = office.at + timedelta(days=(6 - office.at.astimezone(WIB).weekday()))
    office.at = sunday.astimezone(WIB).replace(hour=10, minute=0)
    begin = office.at - timedelta(days=4)
    id = declare(office, proposal(begin, office.at - timedelta(hours=1)))
    found = statistics(office.people["pengawas"], office.at)
    assert [(one.row.case_id, one.decree) for one in found.rescued] == [(case_id, "001/KEP")]
    assert [one.rescued for one in found.lines] == [1]
    correct(office, id, begin, begin + timedelta(minutes=5), "005/KEP")
    found = statistics(office.people["pengawas"], office.at)
    assert (found.rescued, found.lines[0].rescued) == ((), 0)
    assert [(one.version, one.decree, one.rescued) for one in found.lines[0].earlier] == [(1, "001/KEP", 1)]
    with transaction() as store:
        assert store.readings.breach_count() == 1, "late again, and known"


def test_an_author_who_worked_on_the_file_he_makes_timely_is_named(office):
    case_id = office.registered("SIPB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=True)
    office.at = datetime(2026, 8, 28, 9, 0, tzinfo=WIB)
    background.warn_due(office.at)
    span = datetime(2026, 8, 3, 12, 0, tzinfo=WIB), datetime(2026, 8, 26, 16, 0, tzinfo=WIB)
    seen = kahar.preview(proposal(*span, approval_letter="77/WK/2026"), office.people["kasi"], office.at)
    assert seen.guard.handled == {case_id}


def test_the_counts_are_for_those_who_see_the_board(office):
    with pytest.raises(NotAllowed):
        statistics(office.people["verifikator"], office.at)


def test_each_promise_says_what_told_its_applicant(office):
    case_id = office.registered("SIPB")
    office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    declare(office, proposal(TUESDAY, WEDNESDAY))
    while background.deliver_one(lambda *_: "dikirim", office.at, ("message",)):
        pass
    with transaction() as store:
        promises = store.cases.promises(case_id)
        found = tellings(store, case_id, promises, office.people["pemohon"])
    first, last = promises[0], promises[-1]
    assert ("letter", True) in [(one.kind, one.names_date) for one in found[first.id]]
    assert [(one.row.notice, one.names_date) for one in found[last.id]] == [("kahar", True)]


def name(office, login):
    with transaction() as store:
        return store.people.names({office.people[login]})[office.people[login]]


def test_whoever_establishes_is_told_when_the_evidence_is_typed_lines_only(office):
    office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    by = office.people["kabid"]
    assert not kahar.preview(proposal(TUESDAY, WEDNESDAY), by, office.at).guard.typed_only, "files come afterwards"
    id = kahar.propose(proposal(TUESDAY, WEDNESDAY), by, office.at)
    assert page(id, office.people["kadis"], office.at).impact.guard.typed_only
    evidence.add(id, "bukti.pdf", paper(), by, office.at)
    assert not page(id, office.people["kadis"], office.at).impact.guard.typed_only
