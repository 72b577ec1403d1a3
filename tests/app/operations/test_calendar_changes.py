"""The calendar as law: proposed with its effect, adopted by a second person, and every promise follows."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from app.clock import WIB
from app.operations import background, calendar_changes, due_tester
from app.operations.acting import actor
from app.operations.calendar_changes import Change
from app.operations.calendar_reminder import MissingYear, missing_year
from app.operations.calendar_text import entries_of, written
from app.operations.notifying import long_day
from app.store import transaction
from engine.case import read_clock
from engine.clocks import Calendar
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.hammer.audit import case_faults

DECREE = "SK Walikota 9/2026"
AT = datetime(2026, 8, 3, 9, 0, tzinfo=WIB)


def promise(office, case_id, name="L"):
    with transaction() as store:
        case = store.cases.see(case_id).case
        return read_clock(case, case.clock(name), store.calendars.world(), office.at).promised_at


def propose(office, text, by="admin", decree=DECREE):
    return calendar_changes.propose(Change(text, decree), office.people[by], office.at)


def adopt(office, change, by="kadis"):
    with transaction() as store:
        revision = store.calendars.revision()
    return calendar_changes.adopt(change, revision, office.people[by], office.at)


def sound(office, *files):
    for case_id in files:
        with transaction() as store:
            assert {name: bad for name, bad in case_faults(store, case_id, office.at).items() if bad} == {}


def test_an_adopted_holiday_moves_the_promise_and_its_applicant_is_told_the_old_and_the_new_date(office):
    case_id = office.registered("SIPB")
    before = promise(office, case_id)
    holiday = f"libur;{office.at + timedelta(days=1):%d/%m/%Y};;;Keputusan kota"
    foreseen = calendar_changes.preview(Change(holiday, DECREE), office.people["admin"], office.at).impact
    change = propose(office, holiday)
    assert promise(office, case_id) == before  # proposed is not adopted
    done = adopt(office, change)
    after = promise(office, case_id)
    assert after > before
    assert [(m.case_id, m.before.promised_at, m.after.promised_at) for m in foreseen.moves] == [
        (m.case_id, m.before.promised_at, m.after.promised_at) for m in done.moves
    ]
    with transaction() as store:
        assert store.case_lists.case_row(case_id).promised_at == after
        last = store.cases.promises(case_id)[-1]
        assert (last.promised_at, last.because) == (after, f"kalender:{DECREE}")
    while background.deliver_one(lambda *_: "dikirim", office.at, ("message",)):
        pass
    with transaction() as store:
        message = next(one for one in store.outbox.messages(case_id=case_id, limit=50) if one.notice == "kalender")
    assert DECREE in message.body
    assert long_day(before) in message.body
    assert long_day(after) in message.body
    sound(office, case_id)


def test_what_was_adopted_is_withdrawn_by_another_change_and_every_promise_comes_back(office):
    case_id = office.registered("SIPB")
    before = promise(office, case_id)
    day = f"{office.at + timedelta(days=1):%d/%m/%Y}"
    adopt(office, propose(office, f"libur;{day};;;Keputusan kota"))
    assert promise(office, case_id) > before
    adopt(office, propose(office, f"biasa;{day};;;", decree="SK Walikota 10/2026"))
    assert promise(office, case_id) == before
    sound(office, case_id)


def test_a_holiday_found_out_late_takes_the_breach_back_and_says_so(office):
    case_id = office.registered("SIPB")
    due = promise(office, case_id)
    office.at = due + timedelta(hours=1)
    background.warn_due(office.at)
    late = adopt(office, propose(office, f"libur;{due:%d/%m/%Y};;;Berkabung daerah"))
    assert [one.case_id for one in late.rescued] == [case_id]
    with transaction() as store:
        notes = [one.annotation for one in store.readings.breaches(50) if one.case_id == case_id and one.name == "L"]
    assert notes == [f"tepat waktu setelah perubahan kalender ({DECREE})"]
    sound(office, case_id)


def test_nobody_adopts_what_he_proposed_and_only_the_head_of_office_adopts(office):
    change = propose(office, "libur;21/12/2026;;;Keputusan kota", by="kabid")
    for login in ("kabid", "admin", "kasi"):
        with pytest.raises(NotAllowed):
            adopt(office, change, login)
    with pytest.raises(NotAllowed):
        propose(office, "libur;22/12/2026;;;Keputusan kota", by="kadis")
    adopt(office, change)
    with pytest.raises(Refused):
        adopt(office, change)


def test_a_change_whose_effect_was_shown_in_another_world_is_looked_at_again(office):
    first, second = (propose(office, f"libur;{day}/12/2026;;;Keputusan kota") for day in (21, 22))
    with transaction() as store:
        seen = store.calendars.revision()
    adopt(office, first)
    with pytest.raises(Refused, match="berubah sejak dampak"):
        calendar_changes.adopt(second, seen, office.people["kadis"], office.at)


def test_a_rejected_change_moves_nothing_and_keeps_its_reason(office):
    case_id = office.registered("SIPB")
    before = promise(office, case_id)
    change = propose(office, f"libur;{office.at + timedelta(days=1):%d/%m/%Y};;;Keputusan kota")
    with pytest.raises(SubmissionInvalid):
        calendar_changes.reject(change, "no", office.people["kadis"], office.at)
    calendar_changes.reject(change, "Bukan hari libur kota", office.people["kadis"], office.at)
    assert promise(office, case_id) == before
    found = calendar_changes.page(change, office.people["kadis"], office.at)
    assert (found.row.rejected_because, found.impact, found.may_decide) == ("Bukan hari libur kota", None, False)


def test_a_proposal_sent_twice_is_one(office):
    key, change = uuid4(), Change("libur;21/12/2026;;;Keputusan kota", DECREE)
    made = [calendar_changes.propose(change, office.people["admin"], office.at, key) for _ in range(2)]
    assert made[0] == made[1]
    assert len(calendar_changes.register(office.people["admin"], office.at)[0]) == 1


def test_a_year_without_its_list_gets_an_estimate_and_after_its_adoption_a_promise(office):
    received = datetime(2026, 12, 30, 15, 0, tzinfo=WIB)
    admin = office.people["admin"]
    service = due_tester.test("SIPB", received, admin, office.at).clocks[0]
    assert service.explanation.promised_at is None
    assert service.missing[0] == 2027
    assert service.estimate is not None
    adopt(office, propose(office, "libur;01/01/2027;;;Tahun Baru Masehi\ntahun;2027"))
    promised = due_tester.test("SIPB", received, admin, office.at).clocks[0]
    assert promised.missing == ()
    assert service.estimate.date() == date(2027, 1, 8)  # a Friday; 1 January, one too, still counted as a service day
    assert promised.explanation.promised_at.date() == date(2027, 1, 11)


# --- the lines


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "paling sedikit satu baris"),
        ("pesta;17/08/2026;;;x", "Baris 1: jenis harus"),
        ("libur;31/02/2026;;;x", "Baris 1"),
        ("libur;17/08/2026;;;", "sebutkan nama liburnya"),
        ("libur;17/08/2026;16/08/2026;;x", "berakhir sesudah mulai"),
        ("libur;17/08/2026;17/08/2027;;x", "berturut-turut"),
        ("jam;17/08/2026;;pagi;x", "jam ditulis"),
        ("jam;17/08/2026;;12.00-07.30;x", "kosong atau tumpang tindih"),
        ("jam;17/08/2026;;25.00-26.00;x", "jam ditulis"),
        ("minggu;17/08/2026;;Pagi saja;x", "hari ditulis"),
        ("minggu;17/08/2026;;Jum-Sen 08.00-12.00;x", "urutan hari terbalik"),
        ("minggu;17/08/2026;16/08/2026;Sen 08.00-12.00;x", "berakhir sebelum mulai"),
        ("tahun;dua ribu", "empat angka"),
        ("tahun;1900", "di luar jangkauan"),
        ("libur;17/08/2026;;;a\njam;17/08/2026;;08.00-12.00;b", "disebut dua kali"),
        ("libur;17/08/2026;;;a\nxyz;1;2;3;4", "Baris 2"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(text, told):
    with pytest.raises(SubmissionInvalid) as refused:
        entries_of(text, DECREE, AT)
    assert told in refused.value.errors["baris"]


def test_a_change_without_a_decree_is_refused_with_the_faults_of_its_lines(office):
    with pytest.raises(SubmissionInvalid) as refused:
        propose(office, "libur;31/02/2026;;;x", decree=" ")
    assert set(refused.value.errors) == {"baris", "keputusan"}


def test_lines_written_out_read_back_as_the_same_calendar():
    text = (
        "jenis;tanggal;sampai;jam;keterangan\nlibur;10/03/2027;12/03/2027;;Cuti bersama\n"
        "jam;24/12/2027;;07.30-11.30;Setengah hari\nbiasa;25/12/2027;;;\n"
        "minggu;08/02/2027;09/03/2027;Sen-Kam 08.00-12.00, 12.30-15.00 | Jum 08.00-11.30;\ntahun;2027\n"
    )
    first = entries_of(text, DECREE, AT)
    again = entries_of(written(first), DECREE, AT)
    odometers = [Calendar(one).as_known() for one in (first, again)]
    day = date(2027, 1, 1)
    while day.year == 2027:
        assert odometers[0].windows(day) == odometers[1].windows(day)
        day += timedelta(days=1)
    assert len(first) == len(again) == 7


def test_a_missing_year_is_asked_for_from_the_first_of_october_and_only_of_those_who_care_for_the_calendar(office):
    september, october = datetime(2026, 9, 30, 23, 59, tzinfo=WIB), datetime(2026, 10, 1, 0, 0, tzinfo=WIB)
    with transaction() as store:
        who = {login: actor(store, office.people[login], AT) for login in ("admin", "kadis", "verifikator")}
        assert missing_year(store, who["admin"], september) is None
        assert missing_year(store, who["admin"], october) == MissingYear(2027, False, True)
        assert missing_year(store, who["kadis"], october) == MissingYear(2027, False, False)
        assert missing_year(store, who["verifikator"], october) is None
