"""The calendar as law: proposed with its effect, adopted by a second person, and every promise follows."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from app.clock import WIB
from app.operations import background, calendar_changes, due_tester, explaining
from app.operations.acting import actor
from app.operations.calendar_changes import Change
from app.operations.calendar_reminder import MissingYear, missing_year
from app.operations.calendar_text import entries_of
from app.operations.calendar_written import written
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


def moving(moves):
    return [(one.case_id, one.clock.name, one.before.promised_at, one.after.promised_at) for one in moves]


def test_a_term_that_a_change_moves_either_way_stands_in_its_preview_and_its_applicant_is_told_both_dates(
    office, database_superuser
):
    case_id = office.open("SIPB")
    office.do(case_id, "ajukan", "pemohon")
    office.later(minutes=10)
    office.do(case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_ada")
    [name] = [one.name for one in office.case(case_id).case.clocks if one.running and one.kind == "P"]
    first, day = promise(office, case_id, name), f"{office.at + timedelta(days=1):%d/%m/%Y}"
    for number, line in ((1, f"libur;{day};;;Keputusan kota"), (2, f"biasa;{day}")):
        before, decree = promise(office, case_id, name), f"SK Walikota {number}/2026"
        seen = calendar_changes.preview(Change(line, decree), office.people["admin"], office.at).impact
        done = adopt(office, propose(office, line, decree=decree))
        after = promise(office, case_id, name)
        assert moving(seen.terms) == moving(done.terms) == [(case_id, name, before, after)]
        assert (seen.moved, seen.figures.terms, done.figures.terms) == (0, 1, 1)
        assert (after > before, after == first) == ((True, False) if number == 1 else (False, True))
        rows = database_superuser(f"select payload from outbox where payload like '%%{decree}%%'")
        assert len(rows) == 1
        assert "Kalender kerja berubah: tenggat Anda untuk berkas" in rows[0][0]
        assert f"semula {long_day(before)}; sekarang {long_day(after)}" in rows[0][0]
    sound(office, case_id)


def test_the_page_of_a_term_keeps_every_date_that_was_given_why_it_moved_and_the_message_that_told_it(office):
    case_id = office.open("SIPB")
    clock = next(one for one in office.case(case_id).case.clocks if one.name == "P_DRAF")
    first = promise(office, case_id, "P_DRAF")
    adopt(office, propose(office, f"libur;{first:%d/%m/%Y};;;Keputusan kota", decree="SK 1/2026"))
    moved = promise(office, case_id, "P_DRAF")
    office.later(hours=1)
    adopt(office, propose(office, f"biasa;{first:%d/%m/%Y}", decree="SK 2/2026"))
    while background.deliver_one(lambda *_: "dikirim", office.at, ("message",)):
        pass
    found = explaining.page(case_id, clock.id, office.people["pemohon"], office.at)
    assert [(row.promised_at, row.because, fate) for row, fate in found.promises] == [
        (first, "clock_started", "diganti"), (moved, "kalender:SK 1/2026", "diganti"),
        (first, "kalender:SK 2/2026", "berlaku"),
    ]  # fmt: skip
    told = [[(one.row.notice, one.names_date) for one in found.tellings[row.id]] for row, _ in found.promises]
    assert told[1:] == [[("kalender", True)]] * 2


def test_a_term_from_before_the_register_begins_it_with_the_date_that_stood(office, database_superuser, application):
    case_id = office.open("SIPB")
    given = promise(office, case_id, "P_DRAF")
    for statement in ("disable trigger all", "enable trigger all"):
        database_superuser(f"alter table promises {statement}")
        if statement.startswith("disable"):
            database_superuser("delete from promises")
    for verb in (("downgrade", "0014"), ("upgrade",)):
        ran = application.test_cli_runner().invoke(args=["db", *verb])
        assert ran.exit_code == 0, ran.output
    with transaction() as store:
        assert [(one.promised_at, one.because) for one in store.cases.promises(case_id, "P")] == [(given, "register")]


def test_a_year_that_is_adopted_gives_a_term_its_date_and_its_applicant_is_told(office, database_superuser):
    office.at = datetime(2026, 12, 28, 9, 0, tzinfo=WIB)
    case_id = office.open("SIPB")
    office.do(case_id, "ajukan", "pemohon")
    office.later(minutes=10)
    office.do(case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_ada")
    line = "libur;01/01/2027;;;Tahun Baru Masehi\ntahun;2027"
    seen = calendar_changes.preview(Change(line, DECREE), office.people["admin"], office.at).impact
    done = adopt(office, propose(office, line))
    [(of, _name, before, after)] = moving(done.terms)
    assert moving(seen.terms) == moving(done.terms)
    assert (of, before, after.year) == (case_id, None, 2027)
    [(told,)] = database_superuser("select payload from outbox where payload like '%%tenggat Anda%%'")
    assert f"semula belum dapat ditentukan; sekarang {long_day(after)}" in told


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
    first, second = (propose(office, f"libur;{n}/12/2026;;;Keputusan kota", decree=f"SE {n}/2026") for n in (21, 22))
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


def test_one_decree_carries_one_change_and_a_rejected_one_gives_it_back(office):
    first = propose(office, "libur;21/12/2026;;;Keputusan kota")
    with pytest.raises(SubmissionInvalid) as refused:
        propose(office, "libur;22/12/2026;;;Keputusan lain", decree="SK  walikota 9/2026")
    assert "libur;21/12/2026;;;Keputusan kota" in refused.value.errors["keputusan"]
    calendar_changes.reject(first, "Salah tanggal", office.people["kadis"], office.at)
    adopt(office, propose(office, "libur;22/12/2026;;;Keputusan lain"))
    with pytest.raises(SubmissionInvalid) as refused:
        calendar_changes.preview(Change("libur;23/12/2026;;;c", DECREE), office.people["admin"], office.at)
    assert set(refused.value.errors) == {"keputusan"}


def test_a_line_that_says_what_stands_is_no_change_and_its_decree_is_not_named_for_it(office):
    lines = "tahun;2026\nlibur;21/12/2026;;;Keputusan kota\nbiasa;22/12/2026"
    seen = calendar_changes.preview(Change(lines, DECREE), office.people["admin"], office.at)
    assert (seen.text, seen.repeated) == ("libur;21/12/2026;;;Keputusan kota", 2)
    change = propose(office, lines)
    assert calendar_changes.page(change, office.people["kadis"], office.at).row.text == seen.text
    adopt(office, change)
    with pytest.raises(SubmissionInvalid) as refused:
        propose(office, lines, decree="SK Walikota 10/2026")
    assert "Tidak ada yang berubah" in refused.value.errors["baris"]


def test_the_number_of_a_faulty_line_is_that_of_the_lines_as_they_were_typed(office):
    with pytest.raises(SubmissionInvalid) as refused:
        propose(office, "jenis;tanggal\ntahun;2026\n\nlibur;31/02/2026;;;Salah")
    assert refused.value.errors["baris"].startswith("Baris 4:")


def test_a_change_of_too_many_lines_is_refused_whole_also_where_some_repeat_what_stands(office):
    days = (date(2027, 1, 1) + timedelta(days=n) for n in range(401))
    lines = "\n".join(f"libur;{day:%d/%m/%Y};;;Keputusan kota" for day in days)
    with pytest.raises(SubmissionInvalid) as refused:
        propose(office, f"tahun;2026\n{lines}")
    assert "Paling banyak 400 baris" in refused.value.errors["baris"]


def test_usual_hours_that_change_keep_the_passing_hours_inside_them(office):
    usual, passing = "minggu;01/01/2027;;Sen-Kam 07.30-16.00;", "minggu;08/02/2027;09/03/2027;Sen-Kam 08.00-15.00;"
    adopt(office, propose(office, f"{usual}\n{passing}"))
    later = "minggu;01/01/2027;;Sen-Kam 08.00-16.00;"
    seen = calendar_changes.preview(Change(f"{later}\n{passing}", "SE 2/2026"), office.people["admin"], office.at)
    assert seen.repeated == 0
    other_hours = [(one.since, one.until) for one in seen.differences.lines if one.kind == "jam"]
    assert not any(since <= date(2027, 2, 9) <= until for since, until in other_hours)
    assert any(since <= date(2027, 3, 10) <= until for since, until in other_hours)


def test_hours_that_were_replaced_altogether_are_a_change_again(office):
    line, other = (
        "minggu;04/01/2027;08/01/2027;Sen-Jum 08.00-12.00;",
        "minggu;04/01/2027;08/01/2027;Sen-Jum 09.00-12.00;",
    )
    adopt(office, propose(office, line))
    adopt(office, propose(office, other, decree="SE 2/2026"))
    seen = calendar_changes.preview(Change(line, "SE 3/2026"), office.people["admin"], office.at)
    assert (seen.repeated, len(seen.differences.changed)) == (0, 5)


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
    # The draft closes 1 and 5 January; the list that was adopted then knows only the first.
    assert service.estimate.date() == date(2027, 1, 12)
    assert [one.day for one in service.supposed] == [date(2027, 1, 1), date(2027, 1, 5)]
    assert promised.explanation.promised_at.date() == date(2027, 1, 11)


def test_an_estimate_leaves_a_date_as_it_was_recorded_whatever_the_draft_says(office):
    adopt(office, propose(office, "jam;05/01/2027;;07.30-16.00;Tetap masuk"))
    received = datetime(2026, 12, 30, 15, 0, tzinfo=WIB)
    service = due_tester.test("SIPB", received, office.people["admin"], office.at).clocks[0]
    assert [one.day for one in service.supposed] == [date(2027, 1, 1)]
    assert service.estimate.date() == date(2027, 1, 11)


def test_a_file_that_reaches_the_new_year_by_hours_is_not_estimated_to_be_ready_on_new_years_day(office):
    received = datetime(2026, 12, 30, 10, 0, tzinfo=WIB)
    service = due_tester.test("SIPB", received, office.people["admin"], office.at).clocks[0]
    assert service.estimate.date() > date(2027, 1, 1)
    assert date(2027, 1, 1) in [one.day for one in service.supposed]


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
        (
            "libur;14/08/2026;;;x\nminggu;17/08/2026;17/08/2036;Sen 08.00-12.00;x",
            "Baris 2: jam berlaku paling lama 10 tahun",
        ),
        ("loket;29/02/2028;01/03/2038;Sen 08.00-12.00;x", "Baris 1: jam berlaku paling lama 10 tahun"),
        ("tahun;dua ribu", "empat angka"),
        ("tahun;1900", "di luar jangkauan"),
        (
            "libur;17/08/2026;;;a\njam;17/08/2026;;08.00-12.00;b",
            "Baris 2: 17/08/2026 disebut dua kali, juga di baris 1",
        ),
        ("libur;17/08/2026;;;a\nlibur;17/08/2026;;;a", "Baris 2: 17/08/2026 disebut dua kali, juga di baris 1"),
        ("libur;17/08/2026;20/08/2026;;a\n\nbiasa;19/08/2026", "Baris 3: 19/08/2026 disebut dua kali, juga di baris 1"),
        ("tahun;2030\ntahun;2030", "Baris 2: 2030 disebut dua kali"),
        (
            "minggu;01/02/2027;28/02/2027;Sen 08.00-12.00;a\nminggu;15/02/2027;15/03/2027;Sel 08.00-12.00;b",
            "Baris 2: 15/02/2027-28/02/2027 disebut dua kali, juga di baris 1",
        ),
        ("minggu;01/02/2027;;Sen 08.00-12.00;a\nminggu;15/02/2027;;Sel 08.00-12.00;b", "Baris 2: 15/02/2027 disebut"),
        ("minggu;01/02/2027;28/02/2027;Sen 08.00-12.00;a\nminggu;01/01/2027;;Sel 08.00-12.00;b", "Baris 2: 01/02/2027"),
        ("loket;01/02/2027;;Sen 08.00-12.00;a\nloket;01/02/2027;;Sel 08.00-12.00;b", "Baris 2: 01/02/2027 disebut"),
        ("libur;17/08/2026;;;a\nxyz;1;2;3;4", "Baris 2"),
        ("libur;17/08/2026;;;a\rxyz;1;2;3;4", "Baris 2"),
        ("libur;01/01/9999;;;x", "Baris 1: tanggal di luar tahun 1970 sampai 2199"),
        ("libur;31/12/9999;;;x", "Baris 1: tanggal di luar tahun 1970 sampai 2199"),
        ("libur;31/12/1969;;;x", "Baris 1: tanggal di luar tahun 1970 sampai 2199"),
        ("jam;01/01/3000;;08.00-12.00;x", "Baris 1: tanggal di luar tahun"),
        ("minggu;01/01/2030;01/01/3000;Sen 08.00-12.00;x", "Baris 1: tanggal di luar tahun"),
        ("libur;31/12/2199;01/01/2200;;x", "Baris 1: tanggal di luar tahun"),
        ('libur;07/12/2026;;;"Libur A\nlibur;08/12/2026;;;Libur B', "Baris 1: tanda kutip tidak berpasangan"),
        ('libur;07/12/2026;;;a\nlibur;08/12/2026;;;"Libur" B', "Baris 2: tanda kutip tidak berpasangan"),
        ("jam;02/12/2026;04/12/2026;07.30-11.30;x", "Baris 1: jenis jam berlaku satu tanggal"),
        ("biasa;02/12/2026;04/12/2026;;x", "Baris 1: jenis biasa berlaku satu tanggal"),
        ("tahun;2027;2028", "Baris 1: jenis tahun hanya memuat angka tahunnya"),
        ("libur;02/12/2026;;07.30-11.30;x", "Baris 1: jenis libur tidak memakai kolom jam"),
        ("minggu;01/02/2027;;Sen 08.00-12.00 | Sen 09.00-10.00;x", "Baris 1: Senin disebut dua kali"),
        ("minggu;01/02/2027;;Sen-Kam 08.00-12.00 | Rab 09.00-10.00;x", "Baris 1: Rabu disebut dua kali"),
        ("libur;02/12/2026;;;Natal; cuti", "Baris 1: lebih dari lima kolom: “cuti”"),
        (f"libur;02/12/2026;;;{'x' * 121}", "Baris 1: keterangan paling banyak 120 huruf, Anda menulis 121"),
        ("jenis;02/12/2026;;;x", "Baris 1: jenis harus"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(text, told):
    with pytest.raises(SubmissionInvalid) as refused:
        entries_of(text, DECREE, AT)
    assert told in refused.value.errors["baris"]


def test_hours_may_hold_for_ten_years_to_the_day():
    (found,) = entries_of("minggu;17/08/2026;16/08/2036;Sen 08.00-12.00;x", DECREE, AT)
    assert found.until == date(2036, 8, 16)


def test_a_mark_before_the_first_line_quoted_semicolons_and_empty_columns_of_a_spreadsheet_are_understood():
    lines = '\ufeffjenis;tanggal;;;\nlibur;02/12/2026;;;"Natal; cuti";;\njam;03/12/2026;03/12/2026;08.00-09.00'
    found = entries_of(lines, DECREE, AT)
    assert [(one.day.day, one.label) for one in found] == [(2, "Natal; cuti"), (3, "jam khusus")]


def test_lines_that_repeat_what_stands_never_hide_a_quotation_mark_left_open(office):
    with pytest.raises(SubmissionInvalid) as refused:
        propose(office, 'tahun;2026\nlibur;07/12/2026;;;"Libur A\nlibur;08/12/2026;;;Libur B')
    assert refused.value.errors["baris"].startswith("Baris 2: tanda kutip")


def test_a_change_that_waits_since_an_earlier_release_read_its_lines_is_shown_but_not_adopted(office):
    change, text = uuid4(), "jam;02/12/2026;04/12/2026;07.30-11.30;x"
    columns = {"text": text, "decree": DECREE, "reason": "", "preview": {}, "proposed_by": office.people["admin"]}
    with transaction() as store:
        store.calendar_changes.add(change, office.at, **columns)
    assert calendar_changes.page(change, office.people["kadis"], office.at).entries == ()
    with pytest.raises(SubmissionInvalid) as refused:
        adopt(office, change)
    assert "Baris 1: jenis jam berlaku satu tanggal" in refused.value.errors["baris"]


def test_passing_hours_stand_inside_usual_ones_and_the_next_usual_week_begins_the_day_after():
    lines = (
        "minggu;01/01/2027;;Sen-Kam 07.30-16.00;Biasa\nminggu;08/02/2027;09/03/2027;Sen-Kam 08.00-15.00;Ramadan\n"
        "minggu;10/03/2027;31/03/2027;Sen-Kam 08.00-14.00;Pemulihan\nloket;08/02/2027;;Sen-Kam 08.00-14.00;Loket"
    )
    assert len(entries_of(lines, DECREE, AT)) == 3


@pytest.mark.parametrize(
    "line", ["libur;31/12/2199;;;x", "libur;01/01/1970;;;x", "minggu;31/12/2199;;Sen 08.00-12.00;x"]
)
def test_a_change_at_the_very_edge_of_the_calendar_shows_its_effect(office, line):
    office.registered("SIPB")
    seen = calendar_changes.preview(Change(line, DECREE), office.people["admin"], office.at)
    assert seen.differences.lines


@pytest.mark.parametrize("year", [1969, 1999, 2101, 3000, 9999])
def test_a_receipt_outside_the_calendar_that_is_shown_is_told_at_its_field(office, year):
    received = datetime(year, 12, 31, 23, 59, tzinfo=WIB)
    with pytest.raises(SubmissionInvalid) as refused:
        due_tester.test("IMB", received, office.people["admin"], office.at)
    assert "di luar tahun 2000 sampai 2100" in refused.value.errors["diterima"]


@pytest.mark.parametrize("year", [2000, 2100])
def test_a_receipt_in_the_first_and_the_last_year_shown_is_reckoned(office, year):
    received = datetime(year, 12, 31, 23, 59, tzinfo=WIB)
    assert due_tester.test("IMB", received, office.people["admin"], office.at).permits


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
