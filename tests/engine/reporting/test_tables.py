"""Tables beside a report's figures: exact, written down and read back, and told anew value by value."""

import json
from fractions import Fraction

from engine.agencies import Performance
from engine.reporting import TERMS, Month, Sums
from engine.reporting.tables import (
    Retabled,
    of_agencies,
    of_charts,
    of_satisfaction,
    retabled,
    tables_as_json,
    tables_from_json,
    tables_with,
)
from engine.satisfaction import Rule, index

RULE = Rule(("waktu", "biaya"), 25, (("A", "sangat baik", Fraction(88)),), 2, "contoh")


def agencies(**counts):
    return {"opd": of_agencies([Performance("PUPR", counts, Fraction(7, 2), Fraction(4))])}


def satisfaction(waktu=(0, 0, 1, 1), biaya=(0, 0, 0, 2)):
    return {"skm": of_satisfaction(index(RULE, 3, 2, {"waktu": waktu, "biaya": biaya}))}


def test_an_agency_stands_with_its_counts_its_share_and_its_days():
    line = agencies(diminta=3, dijawab=2, tepat=1, terlambat=1)["opd"]["PUPR"]
    assert (line["diminta"], line["terbuka"], line["bagian"], line["median"]) == (3, 0, Fraction(1, 2), Fraction(7, 2))
    assert line["terlama"] is None


def test_the_index_stands_before_its_elements_and_nothing_without_a_rule():
    lines = satisfaction()["skm"]
    assert list(lines) == ["", "waktu", "biaya"]
    assert lines[""] == {"kembali": 3, "bersedia": 2, "indeks": Fraction(375, 4)}
    assert lines["waktu"] == {"n1": 0, "n2": 0, "n3": 1, "n4": 1, "rata": Fraction(7, 2)}
    assert of_satisfaction(None) == {}


def test_what_the_charts_draw_stands_as_tables():
    lasted = tuple(range(len(TERMS) + 1))
    found = of_charts(Sums(9, 0, months=(Month("2026-08", 4, 3),), lasted=lasted))
    assert found["bulan"] == {"2026-08": {"selesai": 4, "tepat": 3}}
    assert [one["berkas"] for one in found["lama"].values()] == list(lasted)
    assert list(found["lama"])[-1] == ">14"


def test_tables_are_written_down_exactly_and_read_back():
    told = agencies(diminta=3) | satisfaction()
    assert tables_from_json(json.loads(json.dumps(tables_as_json(told)))) == told


def test_only_what_is_otherwise_is_told_anew_and_then_it_is_told():
    told, known = (
        agencies(diminta=3, tepat=1) | satisfaction(),
        agencies(diminta=3, tepat=2) | satisfaction((0, 1, 0, 1)),
    )
    found = retabled(told, known)
    assert Retabled("opd", "PUPR", "tepat", 1, 2) in found
    assert {(one.table, one.row, one.column) for one in found} == {
        ("opd", "PUPR", "tepat"),
        ("skm", "", "indeks"),
        ("skm", "waktu", "n2"),
        ("skm", "waktu", "n3"),
        ("skm", "waktu", "rata"),
    }
    assert retabled(tables_with(told, found), known) == ()
    assert retabled(told, told) == ()


def test_a_row_that_is_gone_or_new_is_told_against_nothing():
    told = agencies(diminta=3)
    gone = {one.column: (one.old, one.new) for one in retabled(told, {"opd": {}})}
    assert (gone["diminta"], gone["median"]) == ((3, 0), (Fraction(7, 2), None))
    assert "dijawab" not in gone, "nothing was told and nothing is known"
