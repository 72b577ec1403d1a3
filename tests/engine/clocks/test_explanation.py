"""Why this date: the printed lines, their sources, and the page that shows them."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

from engine.clocks import Budget, BudgetVersion, Calendar, Clock, DayEntry, explain
from tests.engine.clocks.office import LONG_AGO, METRO, at, clock, declared, event, hours, world

PAGE = Path(__file__).parents[3] / "docs" / "clocks.md"
COMPLETE = event(1, "START", "2026-08-03 10.00", source="berkas lengkap")
PAID_LATE = clock(
    "7 hk",
    COMPLETE,
    event(2, "PAUSE", "2026-08-05 09.00", "MENUNGGU_PEMBAYARAN"),
    event(3, "RESUME", "2026-08-12 11.00", "MENUNGGU_PEMBAYARAN"),
)
BLACKOUT = declared("KAHAR-1", "2026-08-11 08.00", "2026-08-13 10.00", source="SK 12/2026")
NOW = at("2026-08-03 10.00")


def notes(case, *declarations, when=NOW):
    return [line.note for line in explain(case, world(*declarations), when).lines]


def test_the_page_about_the_clocks_shows_the_lines_that_are_printed():
    printed = explain(PAID_LATE, world(BLACKOUT), NOW).text()
    assert f"```text\n{printed}\n```" in PAGE.read_text(encoding="utf-8")


def test_each_line_has_its_exact_fraction_and_the_running_total():
    lines = explain(PAID_LATE, world(BLACKOUT), NOW).lines
    assert [line.amount for line in lines if line.kind == "COUNTED"] == [
        *map(Fraction, ("2/3", "1", "1/5", "2/3", "1", "3", "7/15"))
    ]
    assert [line.total for line in lines][-3:] == [Fraction(98, 15), 7, 7]
    assert next(line.withheld for line in lines if line.kind == "STOPPED") == Fraction(92, 15)


def test_each_line_names_what_it_rests_on():
    sources = {
        (s.kind, s.ref, s.paper) for line in explain(PAID_LATE, world(BLACKOUT), NOW).lines for s in line.sources
    }
    assert sources == {
        ("EVENT", "1", "berkas lengkap"),
        ("EVENT", "2", ""),
        ("EVENT", "3", ""),
        ("DECLARATION", "KAHAR-1 v1", "SK 12/2026"),
        ("CALENDAR", "WEEK 2024-01-01", "Perpres 21/2023"),
        ("CALENDAR", "DAY 2026-08-17", "SKB 3 Menteri (contoh)"),
    }


def test_the_download_carries_exact_fractions_and_says_the_same_as_the_screen():
    explanation = explain(PAID_LATE, world(BLACKOUT), NOW)
    document = json.loads(explanation.to_json())
    assert (document["budget"], document["total"]) == ("7 hk", "7")
    assert document["promised_at"] == "2026-08-21T16:30:00+07:00"
    assert [line["note"] for line in document["lines"]] == [line.note for line in explanation.lines]
    assert document["lines"][1]["windows"][0] == ["2026-08-03T10:00:00+07:00", "2026-08-03T12:00:00+07:00"]


def test_a_budget_of_the_law_and_a_corrected_start_are_named():
    budget = BudgetVersion(Budget.parse("3 hk"), LONG_AGO.date(), LONG_AGO, "Perwal (contoh)")
    moved = event(2, "CORRECT", "2026-08-03 13.00", supersedes=1, recorded="2026-08-05 08.00", source="BA koreksi")
    start = explain(Clock("L", (budget,), events=(COMPLETE, moved)), world(), at("2026-08-05 09.00")).lines[0]
    assert [s.kind for s in start.sources] == ["CORRECTION", "BUDGET"]
    assert start.note == "mulai (BA koreksi; Perwal (contoh)); jangka waktu 3 hk"


def test_a_rolled_promise_says_what_moved_it():
    roll = declared("R1", "2026-08-06 12.00", "2026-08-07 17.00", "ROLL_LAST_DAY", source="SK 9")
    assert notes(clock("3 hk", COMPLETE), roll)[-2:] == [
        "tanggal janji jatuh dalam keadaan kahar (R1 v1 SK 9) Kam 06-08-2026 12.00 s.d. Jum 07-08-2026 17.00; "
        "bergeser ke Sen 10-08-2026 16.00",
        "tanggal janji Sen 10-08-2026: akhir jam layanan 16.00",
    ]


def test_without_a_promise_the_last_line_says_why():
    paused = clock("3 hk", COMPLETE, event(2, "PAUSE", "2026-08-04 09.00", "MENUNGGU_PERBAIKAN"))
    assert notes(paused)[-1] == "tidak ada tanggal janji: jeda belum diketahui akhirnya"
    late = clock("9 hk", event(1, "START", "2026-12-29 10.00"))
    assert notes(late, when=at("2026-12-30 08.00"))[-1] == (
        "tidak ada tanggal janji: daftar hari libur tahun 2027 belum ditetapkan"
    )
    rolled = declared("R1", "2026-08-06 12.00", None, "ROLL_LAST_DAY")
    assert notes(clock("3 hk", COMPLETE), rolled)[-1] == (
        "tidak ada tanggal janji: pernyataan kahar atas hari terakhir belum diketahui akhirnya"
    )
    assert notes(paused, when=at("2026-08-03 09.00")) == ["tidak ada tanggal janji: jam belum dimulai"]


def test_a_minute_clock_is_explained_in_minutes_and_ends_when_they_are_spent():
    explanation = explain(clock("4 jam", event(1, "START", "2026-08-03 15.00")), world(), at("2026-08-03 15.00"))
    assert [line.amount for line in explanation.lines if line.kind == "COUNTED"] == [60, 180]
    assert explanation.lines[-1].note == "tanggal janji Sel 04-08-2026: kuota habis 10.30"


def test_a_calendar_term_explains_its_last_day_its_prolongation_and_the_move_to_a_service_day():
    term = clock("30 hari", COMPLETE)
    assert notes(term, BLACKOUT) == [
        "mulai (berkas lengkap); jangka waktu 30 hari",
        "30 hari kalender, hari mulai tidak dihitung; hari terakhir Rab 02-09-2026",
        "keadaan kahar (KAHAR-1 v1 SK 12/2026) Sel 11-08-2026 08.00 s.d. Kam 13-08-2026 10.00; "
        "2,0833 hari tidak dihitung",
        "diperpanjang 3 hari: berakhir Sab 05-09-2026",
        "hari terakhir tutup: bergeser ke hari layanan berikutnya",
        "tanggal janji Sen 07-09-2026: akhir jam layanan 16.00",
    ]
    open_end = declared("K1", "2026-08-11 08.00", None)
    assert notes(term, open_end)[-1] == "tidak ada tanggal janji: jeda belum diketahui akhirnya"


def test_a_half_day_is_named_and_weighs_one_day():
    half = DayEntry(date(2026, 8, 4), hours("07.30-11.30"), LONG_AGO, "SE 5 (contoh)", "setengah hari")
    office = world(calendar=Calendar([*METRO.entries, half]))
    explanation = explain(clock("3 hk", event(1, "START", "2026-08-03 07.30")), office, at("2026-08-03 08.00"))
    counted = [line for line in explanation.lines if line.kind == "COUNTED"]
    assert [(line.amount, line.minutes) for line in counted] == [(1, 450), (1, 240), (1, 450)]
    assert counted[1].note == "setengah hari (SE 5 (contoh))"


def test_closed_days_in_a_row_keep_the_whole_paper_each_rests_on():
    paper = "SKB 3 Menteri; periksa naskahnya (contoh)"
    holidays = [DayEntry(date(2026, 8, day), (), LONG_AGO, paper, f"Libur {day}") for day in (4, 5)]
    office = world(calendar=Calendar([*METRO.entries, *holidays]))
    explanation = explain(clock("3 hk", event(1, "START", "2026-08-03 07.30")), office, at("2026-08-03 08.00"))
    closed = next(line for line in explanation.lines if line.kind == "CLOSED")
    assert closed.note == f"Libur 4 ({paper}); Libur 5 ({paper})"


def test_days_of_other_hours_are_not_run_together():
    explanation = explain(clock("3 hk", event(1, "START", "2026-02-18 07.30")), world(), at("2026-02-18 08.00"))
    counted = [line for line in explanation.lines if line.kind == "COUNTED"]
    assert [(line.amount, line.minutes) for line in counted] == [(1, 450), (2, 780)]
