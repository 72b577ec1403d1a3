"""What is taken away as CSV or iCalendar and brought back is the same calendar, whatever it was called."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import WIB
from app.operations import calendar_changes, calendar_page, calendar_versions
from app.operations.calendar_changes import Change
from app.operations.calendar_feed import written as in_ical
from app.operations.calendar_ics import lines_of
from app.operations.calendar_rows import one_line
from app.operations.calendar_text import CounterHours, read
from app.operations.calendar_written import label_of, written
from app.store import transaction
from engine.clocks import Calendar, DayEntry, WeekEntry, YearEntry
from engine.errors import SubmissionInvalid
from engine.forms.values import clean
from tests.depth import examples

AT = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)
DECREE = "SE 5/2026: perubahan; kedua"
FIRST = date(2027, 1, 1)
TIMES = [time(7, 30), time(8, 0), time(11, 30), time(12, 0), time(13, 0), time(16, 30), time(0)]
labels = st.text(st.sampled_from(" ,;:\"'|\\%\n\r\t=-–()nNé1ab"), max_size=40)


def windows(smallest):
    """Windows in order that do not overlap; the last may end at midnight."""
    pairs = st.lists(st.sampled_from(range(len(TIMES))), min_size=2 * smallest, max_size=4, unique=True).map(sorted)
    return pairs.map(lambda found: tuple((TIMES[a], TIMES[b]) for a, b in zip(found[::2], found[1::2], strict=False)))


@st.composite
def weeks(draw, since, until):
    days = draw(st.dictionaries(st.integers(0, 6), windows(1), min_size=1))
    label = clean(one_line(draw(labels)))
    return WeekEntry(since, until, days, AT, f"{label}: {DECREE}" if label else DECREE)


@st.composite
def hours(draw):
    """Usual hours, passing ones inside them (Ramadan), or none."""
    since = FIRST + timedelta(days=draw(st.integers(0, 200)))
    begins = since + timedelta(days=draw(st.integers(0, 60)))
    usual = draw(weeks(since, None))
    passing = draw(weeks(begins, begins + timedelta(days=draw(st.integers(0, 900)))))
    return draw(st.sampled_from([(), (usual,), (passing,), (usual, passing)]))


@st.composite
def days(draw):
    """Closed days, half days, and a Saturday worked for another day."""
    found = []
    for number in draw(st.lists(st.integers(0, 364), max_size=6, unique=True)):
        open_in = draw(windows(0))
        label = draw(labels)
        found.append(
            DayEntry(FIRST + timedelta(days=number), open_in, AT, DECREE, label if clean(one_line(label)) else "Libur")
        )
    return tuple(found)


def plain(one):
    """What an entry says, whatever line of which file it came from."""
    if isinstance(one, YearEntry):
        return "Y", one.year
    if isinstance(one, WeekEntry):
        return "W", str(one.since), str(one.until), str(one.by_weekday), label_of(one, {AT: DECREE})
    return "D", str(one.day), str(one.hours), clean(one_line(one.label))


def said(entries, counter):
    return sorted(map(plain, entries)), [plain(one.week) for one in counter]


@settings(max_examples=examples(150), deadline=None)
@given(hours(), hours(), days(), st.booleans())
def test_a_calendar_taken_away_in_either_form_reads_back_the_same(office_hours, counter, dates, adopted):
    entries = (*office_hours, *dates, *([YearEntry(2027, AT, DECREE)] if adopted else []))
    own = tuple(map(CounterHours, counter))
    if not (*entries, *own):
        return
    table = written(entries, own, {AT: DECREE})
    assert said(*read(table, DECREE, AT)) == said(entries, own)
    file = in_ical(Calendar(entries).as_known(), (2027,), (*office_hours, *own), AT, {AT: DECREE})
    assert said(*read(lines_of(file), DECREE, AT)) == said(entries, own)
    again = read(table, DECREE, AT)
    assert written(*again, {AT: DECREE}) == table


LINES = (
    'minggu;01/12/2026;;Sen-Jum 07.00-14.00;"Jam ""baru"", sementara; berlaku"\n'
    'loket;01/12/2026;;Sen-Kam 08.00-11.30, 12.30-14.00 | Jum 08.00-11.00;"Jam loket; pagi"\n'
    "loket;07/12/2026;07/12/2026;Sen 08.00-10.00;\n"
    'jam;24/12/2026;;07.30-11.30;"Setengah hari, ""cuti"""\nlibur;12/12/2026;;;Ada  dua spasi'
)


def test_an_offices_year_taken_away_in_either_form_and_sent_back_changes_nothing(office):
    admin = office.people["admin"]
    change = calendar_changes.propose(Change(LINES, DECREE), admin, office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    calendar_changes.adopt(change, revision, office.people["kadis"], office.at)
    table = written(*calendar_page.entries(2026, admin, office.at))
    assert '"Jam loket; pagi"' in table
    assert '"Jam ""baru"", sementara; berlaku"' in table
    file = lines_of(calendar_versions.feed(2026, 0, admin, office.at))
    assert "loket;07/12/2026;07/12/2026;Sen 08.00-10.00;" in file
    for text in (table, file):
        with pytest.raises(SubmissionInvalid) as refused:
            calendar_changes.sound(Change(text, "SE 6/2026"), admin, office.at)
        assert "Tidak ada yang berubah" in refused.value.errors["baris"]


def test_a_journal_entry_of_another_program_says_nothing_and_one_of_ours_that_is_cancelled_is_refused():
    def file(*more):
        journal = ["BEGIN:VJOURNAL", "UID:a@contoh.id", "DTSTART;VALUE=DATE:20270104", "SUMMARY:Catatan", *more]
        event = ["BEGIN:VEVENT", "UID:b@contoh.id", "DTSTART;VALUE=DATE:20270817", "SUMMARY:Merdeka", "END:VEVENT"]
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//uji//ID", *journal, "END:VJOURNAL", *event]
        return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()

    assert lines_of(file()) == "libur;17/08/2027;;;Merdeka"
    ours = lines_of(file("X-EPZ-JENIS:loket", "X-EPZ-JAM:Sen 08.00-10.00"))
    assert ours.split("\n")[0] == "loket;04/01/2027;;Sen 08.00-10.00;Catatan"
    for more, sentence in (
        (("X-EPZ-JENIS:loket", "STATUS:CANCELLED"), "tulis ketentuan penggantinya"),
        (("X-EPZ-JENIS:libur",), "jenis libur tidak dikenal; yang dikenal: minggu, loket, tahun"),
    ):
        with pytest.raises(SubmissionInvalid) as refused:
            lines_of(file(*more))
        assert "Acara 1 (baris 4, UID a@contoh.id)" in refused.value.errors["berkas"]
        assert sentence in refused.value.errors["berkas"]
