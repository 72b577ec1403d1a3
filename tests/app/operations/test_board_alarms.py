"""What the supervisor must see first: tasks that nobody who is present may take, and what the law watches."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.operations import board_alarms, declining, granting, tasks
from engine.errors import NotAllowed


def alarms(office):
    return board_alarms.alarms(office.people["kabid"], office.at)


def stand_in(office, who, role, other, unit=""):
    """Name somebody Plh. of another for today."""
    day = office.at.date()
    granting.grant_role(
        office.people[who], role, unit, "plh", day, day, "SK 9/2026", office.people["admin"], office.at,
        stands_for=office.people[other],
    )  # fmt: skip


def test_a_task_that_somebody_present_may_take_raises_no_alarm(office):
    office.registered()
    assert alarms(office).stuck == ()


def test_a_task_of_a_role_that_nobody_holds_raises_an_alarm_with_what_to_do(office, database_superuser):
    office.registered()
    database_superuser("update grants set revoked_at = now() where role = 'VB'")
    (found,) = alarms(office).stuck
    assert found.row.element == "verifikasi_keabsahan"
    assert "tidak ada yang memegang peran" in found.why
    assert "Plh." in found.remedy


def test_a_grant_that_ended_yesterday_and_a_disabled_person_are_not_present(office, database_superuser):
    office.registered()
    yesterday = office.at.date() - timedelta(days=1)
    ratna, agus = office.people["verifikator"], office.people["verifikator2"]
    database_superuser("update grants set until = %s where role = 'VB' and person_id = %s", (yesterday, str(ratna)))
    assert alarms(office).stuck == ()
    database_superuser("update people set disabled_at = now() where id = %s", (str(agus),))
    assert len(alarms(office).stuck) == 1


def test_a_task_held_by_somebody_who_is_stood_in_for_today_is_to_be_reassigned(office):
    case_id = office.registered()
    tasks.claim_task(UUID(office.task(case_id, "verifikasi_keabsahan").id), office.people["verifikator"], office.at)
    assert alarms(office).stuck == ()
    stand_in(office, "informasi", "VB", "verifikator")
    assert alarms(office).stuck == (), "she may still do it herself"
    (found,) = alarms(office).stood_in
    assert "Ratna Sari" in str(found.why)
    assert "masih boleh" in str(found.why)
    assert "alihkan" in found.remedy
    office.later(days=1)
    assert alarms(office).stood_in == (), "the substitution is over"


def test_whoever_did_a_step_that_must_be_kept_apart_is_named_with_what_bars_him(office, database_superuser):
    case_id = office.registered()
    database_superuser("update grants set revoked_at = now() where role = 'VB'")
    granting.grant_role(
        office.people["loket"], "VB", "", "definitif", office.at.date(), None, "SK 8/2026", office.people["admin"],
        office.at,
    )  # fmt: skip
    assert alarms(office).stuck == ()
    database_superuser(
        'update tasks set properties = \'{"notSameAs": "periksa_kelengkapan"}\' '
        "where case_id = %s and element = 'verifikasi_keabsahan'",
        (str(case_id),),
    )
    (found,) = alarms(office).stuck
    assert found.barred == (("Dewi Anggraini, A.Md.", "telah mengerjakan langkah yang harus dipisahkan"),)


def test_an_applicant_s_own_step_and_a_quiet_office_raise_nothing(office):
    office.open()
    found = alarms(office)
    assert (found.stuck, found.validating, dict(found.risks), found.kahar) == ((), (0, ""), {}, None)


def test_only_who_sees_the_board_is_told(office):
    with pytest.raises(NotAllowed):
        board_alarms.alarms(office.people["loket"], office.at)


def test_a_task_that_everybody_present_refused_raises_an_alarm_with_what_each_said(office):
    task = UUID(office.task(office.registered(), "verifikasi_keabsahan").id)
    declining.decline_task(task, "Pemohon ini kerabat saya", office.people["verifikator"], office.at)
    assert alarms(office).stuck == (), "a colleague may still take it"
    declining.decline_task(task, "Saya bertetangga dengannya", office.people["verifikator2"], office.at)
    (found,) = alarms(office).stuck
    assert "tidak mengambilnya" in found.why
    said = {str(why) for _, why in found.barred}
    assert said == {
        "tidak mengambilnya: Pemohon ini kerabat saya",
        "tidak mengambilnya: Saya bertetangga dengannya",
    }
    tasks.claim_task(task, office.people["verifikator2"], office.at)
    assert alarms(office).stuck == ()
