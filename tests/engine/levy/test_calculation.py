"""The levy by the shipped tariffs: worked examples, exactness, refusals."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import TariffVersion, load
from engine.levy import calculate, in_words, interest
from engine.levy.figures import exact, rounded, rupiah, shown, whole
from engine.levy.interest import started_months

FOLDER = Path(__file__).resolve().parents[3] / "processes" / "catalogue"
CATALOGUE, _ = load({one.name: one.read_bytes() for one in FOLDER.glob("*.json")})
DAY = date(2026, 1, 5)
HOUSE = {
    "kegiatan": "baru",
    "luas": "100",
    "fungsi": "hunian",
    "kompleksitas": "sederhana",
    "permanensi": "permanen",
    "risiko_kebakaran": "sedang",
    "zonasi_gempa": "zona_4",
    "lokasi_bangunan": "sedang",
    "ketinggian": "rendah",
    "kepemilikan": "perorangan",
    "waktu": "tetap",
    "prasarana": [{"jenis": "pagar", "volume": "60"}, {"jenis": "limbah", "volume": "1"}],
}
BUSES = {"tahun": 2, "kendaraan": [{"nomor": "BE 1234 XY", "kelas": "bus_kecil"}, {"kelas": "mobil_penumpang"}]}


def tariff(levy):
    found = CATALOGUE.tariff_on(levy, DAY)
    assert found is not None
    return found


def test_a_house_of_100_square_metres_pays_the_worked_example():
    found = calculate(tariff("imb"), HOUSE)
    assert [one.amount for one in found.lines] == [140_625, 30_000, 12_000, 5_000]
    assert found.total == 187_625
    assert found.words == "seratus delapan puluh tujuh ribu enam ratus dua puluh lima rupiah"


def test_the_assessment_prints_the_formula_with_its_indices():
    found = calculate(tariff("imb"), HOUSE)
    assert found.lines[0].formula == "100 m² × 0,3125 × 1 × Rp4.500"
    assert ("Indeks terintegrasi", "0,3125") in found.parameters
    assert ("Kompleksitas", "sederhana (0,25 × 0,4)") in found.parameters


def test_the_assessment_keeps_the_tariff_version_and_its_basis_as_plain_json():
    found = json.loads(json.dumps(calculate(tariff("imb"), HOUSE).as_json()))
    assert found["versi_tarif"] == "imb-2012-contoh"
    assert found["dasar"] == tariff("imb").basis
    assert {"nama": "Luas lantai", "nilai": "100 m²"} in found["parameter"]
    assert sum(one["jumlah"] for one in found["baris"]) == found["total"] == 187_625


@pytest.mark.parametrize(("kind", "amount"), [("rehab_sedang", 63_281), ("rehab_berat", 91_406), ("baru", 140_625)])
def test_a_rehabilitation_pays_its_share_rounded_once(kind, amount):
    assert calculate(tariff("imb"), {**HOUSE, "kegiatan": kind}).lines[0].amount == amount


def test_a_house_of_worship_pays_the_fixed_charge_only():
    found = calculate(tariff("imb"), {**HOUSE, "fungsi": "keagamaan", "prasarana": []})
    assert found.total == 5_000


def test_each_vehicle_pays_for_each_year():
    found = calculate(tariff("trayek"), BUSES)
    assert [one.amount for one in found.lines] == [300_000, 200_000]
    assert found.lines[0].label.endswith("BE 1234 XY")
    assert found.total == 500_000


def test_a_nuisance_permit_multiplies_area_and_both_indices():
    found = calculate(tariff("gangguan"), {"luas": "12.5", "lokasi": "jalan_kota", "gangguan": "sedang"})
    assert found.total == 112_500


def test_a_fixed_levy_is_price_times_count():
    assert calculate(tariff("minuman"), {"kelas": "golongan_b", "jumlah": 2}).total == 5_000_000


def test_a_reduction_is_a_line_of_its_own_with_its_decision():
    inputs = {**HOUSE, "keringanan_persen": "25", "keringanan_keputusan": "900/12/2026"}
    found = calculate(tariff("imb"), inputs)
    assert found.lines[-1].amount == -46_906
    assert "900/12/2026" in found.lines[-1].label
    assert found.total == 140_719


def test_a_reduction_of_everything_leaves_nothing():
    inputs = {**HOUSE, "keringanan_persen": "100", "keringanan_keputusan": "900/12/2026"}
    found = calculate(tariff("imb"), inputs)
    assert found.total == 0
    assert found.words == "nol rupiah"


@pytest.mark.parametrize(
    ("levy", "inputs", "sentence"),
    [
        ("imb", {**HOUSE, "luas": "-1"}, "Luas lantai harus angka"),
        ("imb", {**HOUSE, "luas": "1e9"}, "Luas lantai harus angka"),
        ("imb", {**HOUSE, "luas": "NaN"}, "Luas lantai harus angka"),
        ("imb", {**HOUSE, "luas": 1.5}, "Luas lantai harus angka"),
        ("imb", {**HOUSE, "luas": "9" * 5000}, "Luas lantai harus angka"),
        ("imb", {**HOUSE, "luas": None}, "Luas lantai belum diisi"),
        ("imb", {**HOUSE, "kegiatan": "bongkar"}, "Kegiatan: pilihan bongkar tidak ada"),
        ("imb", {**HOUSE, "kegiatan": ["baru"]}, "Kegiatan: pilihan"),
        ("imb", {name: value for name, value in HOUSE.items() if name != "waktu"}, "Waktu penggunaan belum diisi"),
        ("imb", {**HOUSE, "zonasi_gempa": "zona_9"}, "Zonasi gempa: pilihan zona_9 tidak ada"),
        ("imb", {**HOUSE, "prasarana": [{"jenis": "pagar"}]}, "Ukuran prasarana belum diisi"),
        ("imb", {**HOUSE, "prasarana": "pagar"}, "Daftar prasarana tidak dapat dibaca"),
        ("imb", {**HOUSE, "keringanan_persen": "10"}, "Nomor keputusan keringanan belum diisi"),
        ("imb", {**HOUSE, "keringanan_persen": "101", "keringanan_keputusan": "1/2026"}, "paling besar 100%"),
        ("trayek", {**BUSES, "kendaraan": []}, "Belum ada kendaraan"),
        ("trayek", {**BUSES, "tahun": 0}, "Masa harus bilangan bulat"),
        ("trayek", {**BUSES, "tahun": "1.5"}, "Masa harus bilangan bulat"),
        ("trayek", {**BUSES, "kendaraan": [{"kelas": "becak"}]}, "pilihan becak tidak ada"),
        ("minuman", {"kelas": "golongan_a", "jumlah": True}, "Jumlah harus angka"),
    ],
)
def test_an_input_that_cannot_be_charged_is_refused_in_words(levy, inputs, sentence):
    with pytest.raises(ValueError, match=sentence):
        calculate(tariff(levy), inputs)


AREAS = st.decimals(min_value=1, max_value=100_000, places=2).map(lambda one: f"{one:f}")


@given(AREAS, AREAS)
def test_a_larger_building_never_pays_less(one, other):
    small, large = sorted((one, other), key=Fraction)
    paid = [calculate(tariff("imb"), {**HOUSE, "luas": one}).total for one in (small, large)]
    assert paid[0] <= paid[1]


@given(AREAS)
def test_the_total_is_the_sum_of_lines_each_rounded_once(area):
    found = calculate(tariff("imb"), {**HOUSE, "luas": area})
    assert found.total == sum(one.amount for one in found.lines)
    assert abs(found.lines[0].amount - Fraction(area) * Fraction(5, 16) * 4500) <= Fraction(1, 2)


def charged_or_refused(area):
    try:
        return calculate(tariff("imb"), {**HOUSE, "luas": area}).total, ""
    except ValueError as error:
        return 0, str(error)


@given(st.text(max_size=60))
def test_any_text_for_an_area_is_charged_or_refused_never_more(text):
    total, refusal = charged_or_refused(text)
    assert total >= 5_000 or refusal.startswith("Luas lantai")


# --- late interest


def versions():
    return [one for one in CATALOGUE.tariffs if one.levy == "bunga_keterlambatan"]


@pytest.mark.parametrize(("version", "amount"), [("uu-28-2009", 7_505), ("pp-35-2023", 3_753)])
def test_two_started_months_on_the_worked_example(version, amount):
    found = next(one for one in versions() if one.version == version)
    owed = interest(found, 187_625, date(2026, 2, 4), date(2026, 3, 20))
    assert (owed.months, owed.amount) == (2, amount)


def test_the_day_decides_which_sanction_holds():
    assert CATALOGUE.tariff_on("bunga_keterlambatan", date(2024, 1, 4)).version == "uu-28-2009"
    assert CATALOGUE.tariff_on("bunga_keterlambatan", date(2024, 1, 5)).version == "pp-35-2023"
    assert CATALOGUE.tariff_on("bunga_keterlambatan", date(2009, 1, 1)) is None


@pytest.mark.parametrize(
    ("due", "paid", "months"),
    [
        (date(2026, 2, 4), date(2026, 2, 4), 0),
        (date(2026, 2, 4), date(2026, 1, 1), 0),
        (date(2026, 2, 4), date(2026, 2, 5), 1),
        (date(2026, 2, 4), date(2026, 3, 4), 1),
        (date(2026, 2, 4), date(2026, 3, 5), 2),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 1), 2),
        (date(2025, 12, 15), date(2026, 1, 15), 1),
        (date(2025, 12, 15), date(2026, 1, 16), 2),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
    ],
)
def test_part_of_a_month_counts_whole(due, paid, months):
    assert started_months(due, paid) == months


def test_interest_of_the_new_law_stops_at_24_months():
    old, new = versions()
    due, paid = date(2020, 1, 1), date(2026, 1, 1)
    assert interest(new, 100_000, due, paid).months == 24
    assert interest(new, 100_000, due, paid).amount == 24_000
    assert interest(old, 100_000, due, paid).amount == 144_000


def test_interest_on_a_negative_sum_is_refused():
    with pytest.raises(ValueError, match="negatif"):
        interest(versions()[0], -1, date(2026, 1, 1), date(2026, 2, 2))


@given(st.integers(0, 10**12), st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_paying_later_never_costs_less(principal, due, days):
    first = interest(versions()[1], principal, due, date.fromordinal(due.toordinal() + days))
    later = interest(versions()[1], principal, due, date.fromordinal(due.toordinal() + days + 1))
    assert first.amount <= later.amount <= -(-principal * 24 // 100)


# --- figures and words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (1_000, "seribu rupiah"),
        (1_500, "seribu lima ratus rupiah"),
        (11_111, "sebelas ribu seratus sebelas rupiah"),
        (21_001, "dua puluh satu ribu satu rupiah"),
        (101_000, "seratus satu ribu rupiah"),
        (1_001_000, "satu juta seribu rupiah"),
        (1_000_000_000, "satu miliar rupiah"),
    ],
)
def test_amounts_are_written_as_indonesians_say_them(amount, words):
    assert in_words(amount) == words


@given(st.integers(0, 10**15))
def test_every_amount_has_words_without_digits(amount):
    words = in_words(amount)
    assert words.endswith(" rupiah")
    assert not any(one.isdigit() for one in words)


@pytest.mark.parametrize(
    ("amount", "whole_rupiah"), [("1/2", 1), ("-1/2", -1), ("5/2", 3), ("49/100", 0), ("-5/2", -3)]
)
def test_halves_are_rounded_away_from_zero(amount, whole_rupiah):
    assert rounded(Fraction(amount)) == whole_rupiah


def test_figures_are_printed_as_indonesians_write_them():
    assert shown(Fraction("1250.5")) == "1.250,5"
    assert shown(Fraction(-1, 2)) == "-0,5"
    assert shown(Fraction(1, 3)) == "1/3"
    assert rupiah(187_625) == "Rp187.625"
    assert rupiah(-1_000) == "-Rp1.000"


def figure_or_refusal(value):
    try:
        return exact(value, "Luas"), ""
    except ValueError as error:
        return None, str(error)


@given(st.one_of(st.text(max_size=40), st.floats(), st.booleans(), st.none(), st.lists(st.integers(), max_size=2)))
def test_no_figure_but_a_plain_number_is_taken(value):
    found, refusal = figure_or_refusal(value)
    assert (found is None and "Luas" in refusal) or (isinstance(value, str) and found == Fraction(value))


def test_a_count_is_whole_and_at_least_one():
    assert whole("3", "Jumlah") == 3
    for wrong in ("0", "1.5", "-1", ""):
        with pytest.raises(ValueError, match="Jumlah"):
            whole(wrong, "Jumlah")


def test_a_tariff_is_only_ever_computed_by_a_known_formula():
    unknown = TariffVersion("x", "1", DAY, "contoh", {"formula": "eval"})
    with pytest.raises(KeyError):
        calculate(unknown, {})
