"""What a period's files add up to beside its figures, and amounts in order."""

import random
from fractions import Fraction
from statistics import median
from uuid import UUID

from engine.reporting import (
    CaseFacts,
    Finished,
    Overdue,
    Ranked,
    Touched,
    sums,
    sums_as_json,
    sums_from_json,
    within,
)
from engine.reporting.tables import of_charts, of_expiry


def done(number, net, on, late=False, **more):
    one = Finished(late, late, late, Fraction(net), Fraction(net), Fraction(0), {}, on)
    return CaseFacts(UUID(int=number), str(number), "IMB", finished=one, **more)


FILES = (
    done(1, 1, "2026-07-31"),
    done(2, "21/20", "2026-08-01", late=True, reasons=("ktp:tidak_sah", "npwp:tidak_ada")),
    done(3, 15, "2026-08-31", reasons=("ktp:tidak_sah",), stopped={"": Fraction(1, 2), "KK-1": Fraction(1, 2)}),
    done(4, 14, "", met=("G-1",)),
    CaseFacts(UUID(int=5), "5", "IMB", overdue=Overdue(Fraction(2), "hk", True), stopped={"": Fraction(1)}),
)


def test_months_terms_reasons_and_disturbances_are_counted_file_by_file():
    found = sums(FILES)
    assert (found.files, found.late) == (5, 1)
    assert [(one.code, one.done, one.in_time) for one in found.months] == [("2026-07", 1, 1), ("2026-08", 2, 1)]
    assert found.lasted == (1, 1, 0, 0, 0, 0, 1, 1)
    assert found.reasons == (("ktp:tidak_sah", 2), ("npwp:tidak_ada", 1))
    assert found.touched == {"": Touched(2, Fraction(3, 2)), "KK-1": Touched(1, Fraction(1, 2))}
    assert found.met == {"G-1": 1}


def test_figures_that_add_up_are_told_by_kelurahan_and_files_are_cut_by_place_and_duration():
    files = (
        done(1, 1, "2026-07-31", area="18.72.01.1001", counts={"terdaftar": 1, "dibayar": 90_000}),
        done(2, 9, "2026-08-01", late=True, area="18.72.01.1001"),
        CaseFacts(UUID(int=3), "3", "IMB", "18.72.02.1002", {"terdaftar": 1}),
        CaseFacts(UUID(int=4), "4", "IMB", reasons=("ktp:tidak_ada",)),
    )
    found = sums(files).areas
    first = {"terdaftar": 1, "dibayar": 90_000, "selesai": 2, "tepat": 1}
    assert {code: n for code, n in found["18.72.01.1001"].items() if n} == first
    assert {code: n for code, n in found["18.72.02.1002"].items() if n} == {"terdaftar": 1}
    assert list(found) == ["18.72.01.1001", "18.72.02.1002"]
    assert [within(one) for one in files] == [
        ("wilayah:18.72.01.1001", "lama:0"),
        ("wilayah:18.72.01.1001", "lama:5"),
        ("wilayah:18.72.02.1002",),
        ("wilayah:",),
    ]
    assert sums_from_json(sums_as_json(sums(files))) == sums(files)
    before = {name: value for name, value in sums_as_json(sums(files)).items() if name != "areas"}
    assert of_charts(sums_from_json(before))["wilayah"] == {}


def test_permits_that_end_are_told_of_all_types_and_of_each():
    told = of_expiry({"IMB": {"berakhir": 2, "h30": 1}, "MB": {"h30": 1, "h90": 3}})
    assert told[""] == {"berakhir": 2, "h30": 2, "h60": 0, "h90": 3}
    assert told["MB"] == {"berakhir": 0, "h30": 1, "h60": 0, "h90": 3}


def test_sums_come_back_from_json_as_they_were_and_in_any_order_of_files():
    found = sums(FILES)
    assert sums_from_json(sums_as_json(found)) == found
    assert sums(FILES[::-1]) == found
    assert sums_from_json(sums_as_json(sums(()))) == sums(())


def test_amounts_in_order_give_what_sorting_all_of_them_gives():
    dice = random.Random(7)
    for number in (1, 2, 3, 10, 11, 250):
        amounts = [Fraction(dice.randrange(40), dice.choice((1, 2, 15, 450))) for _ in range(number)]
        ranked = Ranked(amounts)
        assert [ranked.at(place) for place in range(number)] == sorted(amounts)
        assert ranked.median() == median(amounts)
        assert ranked.ninetieth() == sorted(amounts)[-(-9 * number // 10) - 1]
