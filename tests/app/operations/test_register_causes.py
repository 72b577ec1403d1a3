"""The register of promises says what moved each date, also of a clock that is over, and which message told of it."""

from datetime import timedelta

from app.clock import WIB
from app.operations import background, cases
from app.operations.promise_notices import tellings
from app.store import transaction
from app.store.ids import uuid7
from engine.case import read_clock
from tests.app.operations.test_calendar_changes import adopt, propose
from tests.app.operations.test_force_majeure import declare, proposal, undo


def register(case_id):
    """(date in WIB or None, because) of each row of the service promise, oldest first."""
    with transaction() as store:
        return [
            (one.promised_at and one.promised_at.astimezone(WIB), one.because) for one in store.cases.promises(case_id)
        ]


def shown(office, case_id):
    with transaction() as store:
        case = store.cases.see(case_id).case
        reading = read_clock(case, case.clock("L"), store.calendars.world(), office.at)
        return reading.promised_at.astimezone(WIB), store.case_lists.case_row(case_id).promised_at.astimezone(WIB)


def test_a_holiday_after_a_file_was_over_stands_in_the_register_as_the_calendars_doing(office):
    begun = office.at
    case_id = office.registered("SIPB")
    (promised, _why), *_ = register(case_id)
    office.later(days=2)
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    office.later(hours=1)
    assert begun < office.at < promised
    adopt(office, propose(office, f"libur;{promised:%d/%m/%Y};;;Libur susulan"))
    (day, why) = register(case_id)[-1]
    assert day > promised
    assert not why.startswith("kahar")
    assert shown(office, case_id) == (day, day), "the page, the list and the register agree"
    before = register(case_id)
    tuesday = (begun + timedelta(days=1)).replace(hour=0)
    id = declare(office, proposal(tuesday, tuesday + timedelta(days=1)), "003/KEP")
    undo(office, id)
    (moved, one), (back, other) = register(case_id)[len(before) :]
    assert (moved > day, back) == (True, day)
    assert one.startswith("kahar")
    assert other.startswith("kahar")
    assert shown(office, case_id) == (day, day)


def test_a_message_about_a_term_is_no_notice_of_the_service_promise(office):
    case_id = office.registered("SIPB")
    with transaction() as store:
        row = store.cases.promises(case_id)[-1]
        made = row.made_at
    body = "Kalender diubah.\nTenggat mengambil dokumen: semula 1 Januari 2027; sekarang 4 Januari 2027."
    with transaction() as store:
        payload = {"to": str(office.people["pemohon"]), "notice": "kahar", "subject": "tenggat Anda", "body": body}
        store.outbox.put(uuid7(), case_id, "message", payload, made)
    while background.deliver_one(lambda *_: "dikirim", made, ("message",)):
        pass
    with transaction() as store:
        found = tellings(store, case_id, store.cases.promises(case_id), office.people["pemohon"])
        assert [one.title for one in found[row.id] if one.kind == "message" and one.title == "tenggat Anda"] == []
