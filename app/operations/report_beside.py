"""Tables beside a report's figures as papers and pages write them, in Indonesian, with what is told anew of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.letters import workbooks
from app.operations.clock_views import decimal, grouped
from app.operations.report_told import Contents, Corrected
from app.operations.report_words import NAMES as FIGURE_NAMES
from app.operations.report_words import NOTHING
from engine.errors import Sentence
from engine.reporting import FIGURES, OF_AREAS, TERMS, Value
from engine.reporting.periods import MONTHS
from engine.reporting.tables import AGENCIES, BY_AREA, BY_EXPIRY, BY_MONTH, BY_TERM, SATISFACTION, SOON, Retabled
from engine.satisfaction import Rule, graded

ALL = "Semua izin"
NAMES: Mapping[str, str] = {
    AGENCIES: "Perangkat daerah teknis",
    SATISFACTION: "Survei kepuasan masyarakat",
    BY_MONTH: "Tepat waktu menurut bulan keputusan",
    BY_TERM: "Lama layanan berkas yang diputus (bersih)",
    BY_AREA: "Menurut kelurahan",
    BY_EXPIRY: "Izin yang berakhir masa berlakunya",
}
SHEETS: Mapping[str, str] = {
    **NAMES,
    BY_MONTH: "Tepat waktu per bulan",
    BY_TERM: "Lama layanan",
    BY_EXPIRY: "Masa berlaku",
}  # at most 31 letters
ROWS: Mapping[str, str] = {
    AGENCIES: "Perangkat daerah",
    SATISFACTION: "Unsur",
    BY_MONTH: "Bulan",
    BY_TERM: "Lama",
    BY_AREA: "Kelurahan",
    BY_EXPIRY: "Jenis izin",
}
NO_AREA = "Tanpa kelurahan"
WHOLE_SURVEY = "Seluruh survei"
COLUMNS: Mapping[str, str] = {  # in the order in which they are told
    "kembali": "Survei yang kembali",
    "bersedia": "Bersedia menilai",
    "indeks": "Indeks kepuasan masyarakat",
    **{f"n{value}": f"Nilai {value}" for value in range(1, 5)},
    "rata": "Rata-rata",
    **{code: FIGURE_NAMES[code] for code in OF_AREAS[:-2]},
    "selesai": "Selesai dilayani",
    "diminta": "Diminta",
    "dijawab": "Dijawab",
    "tepat": "Tepat waktu",
    "terlambat": "Dijawab terlambat",
    "terbuka": "Belum dijawab pada akhir periode",
    "bagian": "Bagian tepat waktu",
    "median": "Median",
    "p90": "Persentil 90",
    "terlama": "Terlama belum dijawab",
    "berkas": "Berkas",
    "berakhir": "Berakhir dalam periode",
    **{column: f"Berakhir dalam {days} hari sesudahnya" for column, days in SOON.items()},
}
UNITS: Mapping[str, str] = {
    "bagian": "%",
    "median": "hari kerja",
    "p90": "hari kerja",
    "terlama": "hari kerja",
    "indeks": "dari 100",
    "rata": "dari 4",
    **{code: FIGURES[code].measure for code in OF_AREAS},
    **dict.fromkeys(("berakhir", *SOON), "izin"),
    "selesai": "berkas",
    "berkas": "berkas",
    **{f"n{value}": "jawaban" for value in range(1, 5)},
}
ON_PAPER = {"dikembalikan": "Kembali", "belum_diambil": "Belum diambil"}  # heads of narrow columns
CORRECTED_HEAD = ("Periode", "Nomor laporan", "Tabel", "Baris", "Hal", "Semula", "Menjadi", "Satuan")


@dataclass(frozen=True)
class Table:
    """`columns`: codes; `rows`: name and a value for each column; `note`: what is said of it as a whole; `keys`: codes
    of the rows."""

    code: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Sentence, tuple[Value, ...]], ...]
    note: str = ""
    keys: tuple[str, ...] = ()


def shown(column: str, value: Value) -> str:
    """1.234, 87,5%, 2,5 hk, 85,20; what cannot be measured is a dash."""
    if value is None:
        return NOTHING
    if column == "bagian":
        return f"{decimal(Fraction(value) * 100, 1)}%"
    if column in ("indeks", "rata"):
        return decimal(Fraction(value), 2)
    if UNITS.get(column) == "rupiah":
        return f"Rp{grouped(int(value))}"
    return f"{decimal(Fraction(value))} hk" if UNITS.get(column) == "hari kerja" else grouped(int(value))


def month(code: str) -> Sentence:
    """ "2026-07" -> Juli 2026"""
    year, number = code.split("-")
    return Sentence("%(month)s %(year)s", month=MONTHS[int(number) - 1], year=year)


def term(place: int) -> Sentence:
    """In words how long the decided files of a place of TERMS took; the last place holds those beyond."""
    if place == len(TERMS):
        return Sentence("lebih dari %(n)s hari kerja", n=TERMS[-1])
    if not place:
        return Sentence("paling lama %(n)s hari kerja", n=TERMS[0])
    return Sentence("di atas %(dari)s sampai %(sampai)s hari kerja", dari=TERMS[place - 1], sampai=TERMS[place])


def row_name(told: Contents, table: str, row: str) -> str | Sentence:
    if table == AGENCIES:
        found = told.catalogue.agencies.get(row)
        return found.name if found else row
    if table == SATISFACTION:
        return told.elements.get(row, row) if row else WHOLE_SURVEY
    if table == BY_AREA:
        area = told.catalogue.areas.get(row)
        return area.name if area else row or NO_AREA
    if table == BY_EXPIRY:
        return told.permit(row) if row else ALL
    return month(row) if table == BY_MONTH else term(_terms(row))


def tables(told: Contents) -> list[Table]:
    """Those that a report has; the whole survey is a note above its elements."""
    return [_table(told, code) for code in NAMES if told.tables.get(code)]


def _table(told: Contents, code: str) -> Table:
    lines = [(row, values) for row, values in ordered(told, code) if row or code != SATISFACTION]
    columns = tuple(lines[0][1]) if lines else ()
    rows = tuple((row_name(told, code, row), tuple(values.values())) for row, values in lines)
    keys = tuple(row for row, _ in lines)
    return Table(code, columns, rows, _survey(told) if code == SATISFACTION else "", keys)


def ordered(told: Contents, code: str) -> list[tuple[str, dict[str, Value]]]:
    """Rows and columns in the order in which they are told: frozen they stand by their names."""
    places = {SATISFACTION: _elements(told), BY_TERM: _terms, BY_AREA: _areas}
    place = places.get(code, str)
    rows = sorted(told.tables[code].items(), key=lambda line: place(line[0]))
    return [(row, {one: values[one] for one in COLUMNS if one in values}) for row, values in rows]


def _elements(told: Contents) -> Callable[[str], Any]:
    known = ["", *told.elements]
    return lambda row: (known.index(row) if row in known else len(known), row)


def _areas(row: str) -> tuple[bool, str]:
    """Files without a kelurahan come last."""
    return not row, row


def _terms(row: str) -> int:
    return len(TERMS) if row.startswith(">") else TERMS.index(int(row))


def whole_survey(told: Contents) -> dict[str, Value]:
    """How many surveys came back, how many answered, and the index."""
    return dict(ordered(told, SATISFACTION)[0][1])


def grade(told: Contents) -> tuple[str, str] | None:
    """Letter and word of the index, by the rule in force; None where nothing was answered."""
    rule = Rule.read(told.catalogue.settings)
    return graded(rule, told.tables[SATISFACTION][""]["indeks"]) if rule else None


def too_few(told: Contents) -> int:
    """How many answers an index needs that has fewer; 0 where there are enough."""
    rule = Rule.read(told.catalogue.settings)
    answered = int(told.tables[SATISFACTION][""]["bersedia"] or 0)
    return rule.least if rule and answered < rule.least else 0


def _survey(told: Contents) -> str:
    said = [f"{COLUMNS[one]}: {shown(one, value)}" for one, value in whole_survey(told).items()]
    graded_as, least = grade(told), too_few(told)
    said += [f"mutu pelayanan {graded_as[0]} ({graded_as[1]})"] if graded_as else []
    few = f" Jawaban kurang dari {least}; indeks ini belum dapat dijadikan ukuran." if least else ""
    return f"{'; '.join(said)}.{few}"


# --- papers


def printed(told: Contents) -> list[dict[str, Any]]:
    """What the paper of a report prints."""
    return [
        {
            "judul": NAMES[one.code],
            "kepala": [ROWS[one.code], *(ON_PAPER.get(column, COLUMNS[column]) for column in one.columns)],
            "baris": [[str(name), *map(shown, one.columns, values)] for name, values in one.rows],
            "catatan": one.note,
        }
        for one in tables(told)
    ]


def printed_anew(told: Contents, one: Corrected) -> list[dict[str, str]]:
    """What a correction tells anew of them."""
    return [
        {"nama": _named(told, each), "semula": shown(each.column, each.old), "menjadi": shown(each.column, each.new)}
        for each in one.retabled
    ]


def _named(told: Contents, one: Retabled) -> str:
    return f"{NAMES[one.table]}: {row_name(told, one.table, one.row)}: {COLUMNS[one.column]}"


def csv_rows(told: Contents, plain: Any) -> Iterator[tuple[str, ...]]:
    """A line for every value: period, whose, what, value, unit; `plain`: a number as a spreadsheet counts with it."""
    for code in (one for one in NAMES if told.tables.get(one)):
        for row, values in ordered(told, code):
            for column, value in values.items():
                what = f"{NAMES[code]}: {row_name(told, code, row)}: {COLUMNS[column]}"
                yield told.label, ALL, what, plain(_counted(column, value)), UNITS.get(column, "kali")
    for one in told.corrected:
        for each in one.retabled:
            what, unit = f"Koreksi {one.period.label}: {_named(told, each)}", UNITS.get(each.column, "kali")
            yield told.label, ALL, f"{what}, semula", plain(_counted(each.column, each.old)), unit
            yield told.label, ALL, f"{what}, menjadi", plain(_counted(each.column, each.new)), unit


def _counted(column: str, value: Value) -> Value:
    """Shares in parts of a hundred."""
    return value if value is None or column != "bagian" else Fraction(value) * 100


def sheets(told: Contents, text: Any) -> Iterator[workbooks.Sheet]:
    """`text`: a text as a cell that no spreadsheet computes."""
    for one in tables(told):
        head = [ROWS[one.code], *(_titled(column) for column in one.columns)]
        rows: list[Sequence[Any]] = [
            [text(str(name)), *map(_counted, one.columns, values)] for name, values in one.rows
        ]
        whole = whole_survey(told) if one.code == SATISFACTION else {}
        rows += [[COLUMNS[column], *("" for _ in one.columns[1:]), value] for column, value in whole.items()]
        yield workbooks.Sheet(SHEETS[one.code], head, rows)
    if anew := [_line(told, one, each) for one in told.corrected for each in one.retabled]:
        yield workbooks.Sheet("Koreksi tabel", CORRECTED_HEAD, anew)


def _titled(column: str) -> str:
    unit = UNITS.get(column, "")
    return f"{COLUMNS[column]} ({unit})" if unit in ("%", "hari kerja") else COLUMNS[column]


def _line(told: Contents, one: Corrected, each: Retabled) -> list[Any]:
    named = [str(one.period.label), one.number, NAMES[each.table], str(row_name(told, each.table, each.row))]
    values = [_counted(each.column, value) for value in (each.old, each.new)]
    return [*named, COLUMNS[each.column], *values, UNITS.get(each.column, "kali")]
