"""iCalendar beside CSV: what other programs write is read into lines, and refused where it says no whole day."""

from datetime import datetime

import pytest

from app.clock import WIB
from app.operations.calendar_feed import written
from app.operations.calendar_ics import LARGEST, is_calendar, lines_of
from app.operations.calendar_text import entries_of
from engine.clocks import Calendar
from engine.errors import SubmissionInvalid

AT = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)
DECREE = "SKB 3 Menteri 1/2026"
TEXT = (
    "libur;17/08/2027;;;Hari Kemerdekaan\njam;24/12/2027;;07.30-11.30;Setengah hari\n"
    "minggu;08/02/2027;09/03/2027;Sen-Kam 08.00-12.00, 12.30-15.00 | Jum 08.00-11.30, 12.30-15.30;Jam Ramadan"
)


def file(*events, head=""):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//uji//ID"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return "\r\n".join([*lines, *([head] if head else []), "END:VCALENDAR", ""]).encode()


def event(start="DTSTART;VALUE=DATE:20270817", *more, name="Hari Kemerdekaan"):
    return [f"UID:{name[:5]}-1@contoh.id", start, *([f"SUMMARY:{name}"] if name else []), *more]


def refusal(content):
    with pytest.raises(SubmissionInvalid) as refused:
        lines_of(content)
    return refused.value.errors["berkas"]


def test_whole_days_of_another_program_become_lines_that_a_change_reads():
    found = lines_of(
        file(event(), event("DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20270313", name="Cuti; bersama"))
    )
    assert found.splitlines()[0] == "libur;17/08/2027;;;Hari Kemerdekaan"
    days = [(one.day.day, one.hours, one.label) for one in entries_of(found, DECREE, AT)]
    assert days == [(17, (), "Hari Kemerdekaan"), *((n, (), "Cuti; bersama") for n in (10, 11, 12))]


@pytest.mark.parametrize(
    ("start", "more"),
    [
        ("DTSTART;TZID=Asia/Jakarta:20270817T000000", ["DTEND;TZID=Asia/Jakarta:20270818T000000"]),
        ("DTSTART;VALUE=DATE:20270817", ["DURATION:P1D"]),
    ],
)
def test_a_day_written_as_midnight_in_jakarta_or_as_a_duration_is_that_day(start, more):
    assert lines_of(file(event(start, *more))) == "libur;17/08/2027;;;Hari Kemerdekaan"


@pytest.mark.parametrize(
    ("start", "more", "sentence"),
    [
        ("DTSTART;VALUE=DATE:20270817", ["RRULE:FREQ=YEARLY"], "acara berulang (RRULE)"),
        ("DTSTART;VALUE=DATE:20270817", ["RDATE;VALUE=DATE:20280817"], "acara berulang (RDATE)"),
        ("DTSTART;TZID=America/New_York:20270817T000000", [], "zona waktu America/New_York bukan WIB"),
        ("DTSTART:20270816T170000Z", [], "zona waktu UTC bukan WIB"),
        ("DTSTART;TZID=Asia/Jakarta:20270817T080000", [], "acara berjam bukan jam layanan"),
        ("DTSTART;VALUE=DATE:20270817", ["DTEND;VALUE=DATE:20550102"], "berlangsung 10000 hari; paling banyak 62 hari"),
        ("DTSTART;VALUE=DATE:20270817", ["DTEND;VALUE=DATE:20270810"], "berakhir sebelum mulai"),
        ("DTSTART;VALUE=DATE:20270817", ["DURATION:PT90M"], "DURATION bukan hari penuh"),
        ("DTSTART;VALUE=DATE:20270817", ["DURATION:P99999999D"], "di luar kalender"),
        ("DTSTART:2027foo", [], "DTSTART tidak dapat dibaca"),
        ("COMMENT:tanpa tanggal", [], "DTSTART tidak ada"),
        ("DTSTART;VALUE=DATE:00010101", [], "di luar tahun 2000 sampai 2100"),
        ("DTSTART;VALUE=DATE:20270817", ["X-EPZ-JENIS:pesta"], "jenis pesta tidak dikenal"),
    ],
)
def test_what_is_no_whole_day_of_this_office_is_refused_at_its_event_line_and_uid(start, more, sentence):
    told = refusal(file(event(), event(start, *more)))
    assert "Acara 2 (baris 9, UID Hari -1@contoh.id)" in told
    assert sentence in told


def test_every_event_at_fault_is_told_and_of_many_the_first_ten_and_how_many_more():
    told = refusal(file(*(event(name="") for _ in range(13))))
    assert "Acara 1 (" in told
    assert "Acara 10 (" in told
    assert "Acara 11 (" not in told
    assert "dan 3 acara lain" in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"BEGIN:VCALENDAR\r\nrusak\r\nEND:VCALENDAR", "bukan iCalendar"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000, "bukan iCalendar"),
        (b"BEGIN:VCALENDAR\xff\xfe", "bukan iCalendar"),
        (file(), "tidak memuat acara"),
        (file() + b" " * LARGEST, "paling besar 256 KB"),
        (file(*(event() for _ in range(401))), "Paling banyak 400 acara"),
    ],
)
def test_a_file_that_is_no_calendar_or_too_large_is_refused_in_words(content, sentence):
    assert sentence in refusal(content)


def test_what_a_file_calls_tentative_stays_an_estimate_and_what_it_cancels_is_withdrawn():
    found = lines_of(
        file(
            event("DTSTART;VALUE=DATE:20270310", "STATUS:TENTATIVE"),
            event("DTSTART;VALUE=DATE:20270311", "STATUS:CANCELLED"),
        )
    )
    assert found.splitlines() == [
        "libur;10/03/2027;;;Hari Kemerdekaan (perkiraan)",
        "biasa;11/03/2027;;;Hari Kemerdekaan",
    ]
    with pytest.raises(SubmissionInvalid) as refused:
        entries_of(found, DECREE, AT)
    assert "masih perkiraan" in refused.value.errors["baris"]


def test_an_exported_year_reads_back_as_the_same_days_and_hours():
    entries = entries_of(TEXT, DECREE, AT)
    content = written(Calendar(entries).as_known(), (2027,), [entries[2]], AT)
    assert is_calendar(content)
    again = entries_of(lines_of(content), DECREE, AT)

    def key(one):
        return repr((getattr(one, "day", None) or one.since, one.hours))

    assert sorted(map(key, again)) == sorted(map(key, entries))


def test_an_export_bears_the_decree_and_a_name_that_stays_the_same():
    entries = entries_of(TEXT, DECREE, AT)
    content = written(Calendar(entries).as_known(), (2027,), [], AT).decode()
    assert "UID:libur-20270817-20270817@kalender.e-perizinan" in content
    assert f"Kantor tutup. Dasar: {DECREE}" in content.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20270817" in content
