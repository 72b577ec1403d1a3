"""A keadaan kahar without a known end: somebody is reminded of it, and its lasting on is decided by two people."""

from datetime import datetime, timedelta

import pytest

from app.clock import WIB
from app.operations import background, force_majeure_page, force_majeure_prolonging
from app.operations import force_majeure_changes as changes
from app.store import transaction
from engine.errors import Refused, SubmissionInvalid
from tests.app.operations.test_force_majeure import TUESDAY, cached, declare, establish, proposal, recover, undo

FRIDAY = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)


@pytest.fixture
def lasting(office):
    """A file complete on Monday, and a disaster since Tuesday that was established on Friday without an end."""
    office.running = office.registered("SIPB")
    office.at = FRIDAY
    return declare(office, proposal(TUESDAY, None))


def deadline(office, id):
    return force_majeure_prolonging.deadlines(office.people["kadis"], office.at).get(id)


def reminders(office, login="kabid"):
    with transaction() as store:
        rows = store.outbox.messages(person=office.people[login], limit=50)
    return [one.subject for one in rows if "belum pulih" in one.subject]


def worked(office):
    background.warn_when_open(office.at)
    while background.deliver_one(lambda *_: "disimpan", office.at):
        pass


def test_the_extension_is_asked_for_three_working_days_after_the_decree_and_three_after_the_last_one(office, lasting):
    assert deadline(office, lasting) == datetime(2026, 8, 12, 16, 0, tzinfo=WIB)
    office.at = datetime(2026, 8, 12, 10, 0, tzinfo=WIB)
    changes.extend(lasting, "Jaringan utama belum tersambung", office.people["kabid"], office.at)
    assert deadline(office, lasting) == datetime(2026, 8, 12, 16, 0, tzinfo=WIB)
    assert establish(office, lasting).moved == 0
    assert deadline(office, lasting) == datetime(2026, 8, 18, 16, 0, tzinfo=WIB)
    assert cached(office.running) is None
    page = force_majeure_page.page(lasting, office.people["kadis"], office.at)
    assert page.versions[0].decree.endswith("/KEP/DPMPTSP/2026")
    assert [one.kind for one in page.letters] == ["sk_kahar", "sk_kahar_perpanjangan"]


def test_nothing_is_asked_for_once_it_ended_or_was_undone(office, lasting):
    recover(office, lasting, office.at - timedelta(hours=1))
    assert deadline(office, lasting) is None
    with pytest.raises(Refused, match="sudah berakhir"):
        changes.extend(lasting, "Masih berlangsung kiranya", office.people["kabid"], office.at)
    undo(office, lasting)
    assert deadline(office, lasting) is None


def test_an_extension_says_why(office, lasting):
    with pytest.raises(SubmissionInvalid) as refused:
        changes.extend(lasting, "masih", office.people["kabid"], office.at)
    assert set(refused.value.errors) == {"uraian"}


def test_both_who_declared_it_are_reminded_once_a_service_day_and_told_when_the_decision_is_overdue(office, lasting):
    office.at = datetime(2026, 8, 8, 10, 0, tzinfo=WIB)
    worked(office)
    assert reminders(office) == []
    office.at = datetime(2026, 8, 10, 8, 0, tzinfo=WIB)
    worked(office)
    office.later(hours=2)
    worked(office)
    assert reminders(office) == [
        "KAHAR-2026-001 belum pulih: perpanjangan perlu diputuskan paling lambat 12 Agustus 2026"
    ]
    assert len(reminders(office, "kadis")) == 1
    office.at = datetime(2026, 8, 13, 8, 0, tzinfo=WIB)
    worked(office)
    assert any("seharusnya diputuskan paling lambat 12 Agustus 2026" in one for one in reminders(office))
    assert cached(office.running) is None


def test_nobody_is_reminded_of_what_ended(office, lasting):
    recover(office, lasting, office.at - timedelta(hours=1))
    office.at = datetime(2026, 8, 10, 8, 0, tzinfo=WIB)
    worked(office)
    assert reminders(office) == []
