"""A system of others fails: recorded, shown, corrected by one more version, and no clock hears of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.operations import disturbances, disturbances_told, heartbeat
from app.operations.disturbances import Wanted, amend, page, record
from app.operations.disturbances_told import published
from app.store import transaction
from app.store.encoding import parse
from engine.case import read_clock
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid

CAUSE = "Masuk ke OSS gagal bagi semua pemohon"


def wanted(office, **more):
    values = {"system": "OSS", "since": office.at - timedelta(hours=2), "until": None, "cause": CAUSE}
    return Wanted(**{**values, "evidence": ("Pengumuman OSS 12/2026",), **more})


def made(office, by="kasi", **more):
    return record(wanted(office, **more), office.people[by], office.at)


def readings(case_id, at):
    with transaction() as store:
        case = store.cases.see(case_id).case
        return [read_clock(case, one, store.calendars.world(), at) for one in case.clocks if one.events]


def test_a_record_stops_no_clock_and_moves_no_promise(office):
    case_id = office.registered("SIPB")
    office.later(hours=3)
    with transaction() as store:
        revision = store.calendars.revision()
    before = readings(case_id, office.at)
    made(office)
    assert readings(case_id, office.at) == before
    with transaction() as store:
        assert store.calendars.revision() == revision
        assert [one.system for one in disturbances_told.lasting(store, office.at)]


def test_every_change_is_a_version_with_its_reason_and_its_person(office):
    id = made(office)
    amend(id, "END", None, office.at, "", office.people["kabid"], office.at)
    since = office.at - timedelta(hours=4)
    amend(id, "CORRECT", since, None, "Log penyedia menyebut jam lain", office.people["admin"], office.at)
    found = page(id, office.people["verifikator"], office.at).records[0]
    assert [one.kind for one in found.versions] == ["CORRECT", "END", "RECORD"]
    assert (found.row.since, found.row.until) == (since, office.at)
    people = [office.people[login] for login in ("admin", "kabid", "kasi")]
    assert [one.recorded_by for one in found.versions] == people
    assert not found.lasts(office.at)
    with transaction() as store:
        kinds = [one.kind for one in store.calendars.told(3)]
    assert kinds == ["disturbance_recorded"] * 3


def test_a_withdrawn_record_is_shown_to_nobody_but_officials_and_takes_no_more_versions(office):
    id = made(office)
    assert [one.code for one in published(office.at)] == ["GANGGUAN-2026-001"]
    amend(id, "WITHDRAW", None, None, "Dicatat dua kali", office.people["kasi"], office.at)
    assert published(office.at) == ()
    assert page(id, office.people["loket"], office.at).records[0].withdrawn
    with pytest.raises(Refused):
        amend(id, "END", None, office.at, "", office.people["kasi"], office.at)


def test_faults_of_a_record_are_told_at_their_fields(office):
    wrong = wanted(
        office, system="X", since=office.at + timedelta(hours=1), until=office.at, cause="x", evidence=(" ",)
    )
    with pytest.raises(SubmissionInvalid) as refused:
        record(wrong, office.people["kasi"], office.at)
    assert set(refused.value.errors) == {"sistem", "sejak", "sampai", "sebab", "bukti"}
    with pytest.raises(SubmissionInvalid) as refused:
        made(office, until=office.at + timedelta(minutes=1))
    assert set(refused.value.errors) == {"sampai"}
    with pytest.raises(SubmissionInvalid) as refused:
        made(office, since=office.at - timedelta(days=400))
    assert set(refused.value.errors) == {"sejak"}


def test_an_end_needs_its_time_and_a_correction_its_reason(office):
    id, by = made(office), office.people["kasi"]
    for kind, field in (("END", "sampai"), ("CORRECT", "catatan"), ("WITHDRAW", "catatan")):
        with pytest.raises(SubmissionInvalid) as refused:
            amend(id, kind, None, None, "", by, office.at)
        assert set(refused.value.errors) == {field}


def test_only_those_who_may_record_do_and_applicants_see_no_register(office):
    with pytest.raises(NotAllowed):
        made(office, by="verifikator")
    with pytest.raises(NotFound):
        disturbances.register(office.people["pemohon"], office.at)


def test_the_offices_own_outage_is_evidence_by_its_name(office):
    heartbeat.beat(None, office.at - timedelta(hours=2))
    heartbeat.beat(None, office.at - timedelta(hours=1))
    outage = heartbeat.outages(office.people["kasi"], office.at)[0]
    id = made(office, evidence=(), outages=(outage.id,))
    with transaction() as store:
        kept = parse(store.disturbances.versions(id)[0].evidence)
    assert kept == [{"nama": outage.cited, "padam": str(outage.id)}]
    assert "Catatan padam kantor: Pekerja latar" in outage.cited


def test_the_same_failure_is_recorded_once_and_the_other_record_is_named(office):
    since = office.at - timedelta(hours=3)
    failure = Wanted("OSS", since, None, "Masuk ke OSS gagal", ("Pengumuman OSS",))
    first = record(failure, office.people["kasi"], office.at)
    code = page(first, office.people["kasi"], office.at).records[0].code
    with pytest.raises(SubmissionInvalid) as refused:
        record(replace(failure, since=since + timedelta(hours=1)), office.people["kabid"], office.at)
    assert refused.value.errors["sejak"] == f"Gangguan sistem ini pada waktu itu sudah dicatat sebagai {code}"
    record(replace(failure, since=since - timedelta(hours=2), until=since), office.people["kabid"], office.at)
    amend(first, "WITHDRAW", None, None, "Dicatat dua kali", office.people["kasi"], office.at)
    record(replace(failure, since=since + timedelta(hours=1)), office.people["kabid"], office.at)


def test_what_is_longer_than_is_kept_is_refused_and_a_correction_corrects_something(office):
    since = office.at - timedelta(hours=3)
    for evidence in (("x" * 201,), tuple(f"Bukti {n}" for n in range(21))):
        with pytest.raises(SubmissionInvalid) as refused:
            record(Wanted("OSS", since, None, "Masuk ke OSS gagal", evidence), office.people["kasi"], office.at)
        assert set(refused.value.errors) == {"bukti"}
    id = record(Wanted("OSS", since, None, "Masuk ke OSS gagal", ("Surat",)), office.people["kasi"], office.at)
    for note, field in (("x" * 2001, "catatan"), ("Tidak ada bedanya", "sejak")):
        with pytest.raises(SubmissionInvalid) as refused:
            amend(id, "CORRECT", None, None, note, office.people["kasi"], office.at)
        assert set(refused.value.errors) == {field}
