"""Whoever is stood in for, and who stands in: the inbox, the next task, the board and "Boleh?" say one thing."""

from uuid import UUID

from app.operations import board_alarms, inbox, permitted, tasks
from app.operations.inbox import InboxFilter
from app.operations.permitted import Wanted
from tests.app.operations.test_board_alarms import stand_in


def said(office, login, task):
    """What every place says of a person and a task today: next task, the group's list, Boleh?, a word in the inbox."""
    who = office.people[login]
    seen = inbox.inbox(who, InboxFilter(view="kelompok"), office.at)
    answer = permitted.answer(Wanted(str(who), "kerjakan", task=task), who, office.at, "")
    return {
        "list": task in [one.row.id for one in seen.lines],
        "permitted": [one.refusal for one in answer.verdicts] == [""],
        "told": [(one.name, one.role) for one in seen.substitutes],
    }


def test_inbox_next_task_board_and_permission_agree_on_who_may_take_a_task_while_somebody_is_stood_in_for(
    office, database_superuser
):
    case_id = office.registered()
    database_superuser(
        "update grants set revoked_at = now() where role = 'VB' and person_id = %s",
        (str(office.people["verifikator2"]),),
    )
    stand_in(office, "informasi", "VB", "verifikator")
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    substitute = office.people["informasi"]
    name = inbox.inbox(office.people["verifikator"], InboxFilter(), office.at).substitutes[0].name
    both = {"list": True, "permitted": True}
    assert said(office, "verifikator", task) == both | {"told": [(name, "VB")]}
    assert said(office, "informasi", task) == both | {"told": []}
    database_superuser("update people set disabled_at = now() where id = %s", (str(substitute),))
    found = board_alarms.alarms(office.people["kabid"], office.at)
    assert (found.stuck, found.stood_in) == ((), ()), "she may take it, so nobody alarms that none may"
    assert tasks.next_task(office.people["verifikator"], office.at) == task


def test_what_somebody_holds_who_is_stood_in_for_reaches_the_substitute_once_it_is_put_back(office):
    case_id = office.registered()
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    tasks.claim_task(task, office.people["verifikator"], office.at)
    stand_in(office, "informasi", "VB", "verifikator")
    found = board_alarms.alarms(office.people["kabid"], office.at)
    assert [one.row.id for one in found.stood_in] == [task]
    assert found.stuck == ()
    assert said(office, "verifikator", task)["permitted"] is True
    assert said(office, "informasi", task) == {"list": False, "permitted": False, "told": []}
    tasks.release_task(task, office.people["verifikator"], office.at, "Saya berhalangan")
    assert said(office, "informasi", task)["permitted"] is True
    assert board_alarms.alarms(office.people["kabid"], office.at).stood_in == ()
    office.later(days=1)
    assert said(office, "verifikator", task)["told"] == [], "the substitution is over"
