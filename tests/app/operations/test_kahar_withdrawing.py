"""Whoever proposed a version of a keadaan kahar takes it back while it waits."""

from datetime import timedelta

import pytest

from app.operations import force_majeure as kahar
from app.operations import force_majeure_changes as changes
from app.operations import force_majeure_page, force_majeure_statistics
from app.store import transaction
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.app.operations.test_force_majeure import declare, proposal

MISTYPED = "Salah ketik: mulainya pukul sembilan"


def waiting(office):
    return kahar.propose(proposal(office.at - timedelta(hours=2), None), office.people["kabid"], office.at)


def withdraw(office, id, version=1, login="kabid", because=MISTYPED):
    kahar.withdraw(id, version, because, office.people[login], office.at)


def correct(office, id, since):
    return changes.correct(id, since, None, "Catatan PLN menyebut jam lain", office.people["kabid"], office.at)


def newest(office, id):
    return force_majeure_page.page(id, office.people["kadis"], office.at).versions[0]


def test_a_proposal_taken_back_stays_in_the_history_with_its_reason_and_holds_nobody_up(office):
    id = waiting(office)
    withdraw(office, id)
    row = newest(office, id)
    assert (row.rejected_by, row.rejected_because) == (office.people["kabid"], MISTYPED)
    assert force_majeure_page.page(id, office.people["kadis"], office.at).impact is None
    [line] = force_majeure_statistics.statistics(office.people["kadis"], office.at).lines
    assert line.state == "ditarik"
    again = waiting(office)
    assert newest(office, again).version == 1
    with transaction() as store:
        assert store.calendars.office_chain()[-2].kind == "declaration_withdrawn"


def test_the_number_of_a_correction_taken_back_stays_used(office):
    id = declare(office, proposal(office.at - timedelta(hours=3), office.at - timedelta(hours=1)))
    correct(office, id, office.at - timedelta(hours=2))
    withdraw(office, id, 2)
    correct(office, id, office.at - timedelta(hours=2, minutes=30))
    assert newest(office, id).version == 3


@pytest.mark.parametrize("login", ["kasi", "sekretaris", "kadis", "pengawas"])
def test_nobody_takes_back_what_another_proposed(office, login):
    id = waiting(office)
    with pytest.raises(NotAllowed):
        withdraw(office, id, login=login)
    assert newest(office, id).rejected_at is None


def test_what_was_decided_or_taken_back_before_is_not_taken_back(office):
    decided = declare(office, proposal(office.at - timedelta(hours=3), office.at - timedelta(hours=1)))
    id = waiting_beside(office)
    withdraw(office, id)
    for one in (decided, id):
        with pytest.raises(Refused):
            withdraw(office, one)


def waiting_beside(office):
    return kahar.propose(
        proposal(office.at - timedelta(minutes=50), None, event_kind="kebakaran"), office.people["kabid"], office.at
    )


def test_a_page_from_before_a_later_version_takes_nothing_back(office):
    id = declare(office, proposal(office.at - timedelta(hours=3), office.at - timedelta(hours=1)))
    correct(office, id, office.at - timedelta(hours=2))
    with pytest.raises(Refused):
        withdraw(office, id, 1)
    assert newest(office, id).rejected_at is None


def test_taking_back_has_a_reason(office):
    id = waiting(office)
    with pytest.raises(SubmissionInvalid) as error:
        withdraw(office, id, because="   ")
    assert error.value.errors.keys() == {"alasan_tarik"}
