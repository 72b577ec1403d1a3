"""What a release changes in the law it carries, said for those who decide on it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from engine.catalogue import Standard, load
from engine.catalogue.comparing import LawChange, law_changes

FOLDER = Path(__file__).resolve().parents[3] / "processes" / "catalogue"
OFFICE, _PROBLEMS = load({one.name: one.read_bytes() for one in FOLDER.glob("*.json")})
SIPB = OFFICE.permits["SIPB"]


def with_permit(**changed):
    return replace(OFFICE, permits={**OFFICE.permits, "SIPB": replace(SIPB, **changed)})


def test_a_catalogue_that_is_the_same_changes_nothing():
    assert law_changes(OFFICE, OFFICE) == ()
    assert law_changes(OFFICE, with_permit(about="Kalimat lain", name_en="Other words")) == ()


def test_each_kind_of_law_is_told_as_it_was_and_as_it_becomes():
    sooner = Standard("5 hk", date(2027, 1, 1), "SK 7/2026", example=False)
    (found,) = law_changes(OFFICE, with_permit(standards=(*SIPB.standards, sooner)))
    assert (found.what, found.name) == ("standar", "Surat Izin Praktik Bidan")
    assert found.before.startswith("7 hari kerja (contoh) sejak 08/02/2018")
    assert found.after.endswith("5 hari kerja sejak 01/01/2027 (SK 7/2026)")
    assert [one.what for one in law_changes(OFFICE, with_permit(legal_limits=(sooner,)))] == ["batas"]
    assert [one.what for one in law_changes(OFFICE, with_permit(valid_for="36 bulan"))] == ["masa"]
    assert [one.what for one in law_changes(OFFICE, with_permit(requirements=SIPB.requirements[1:]))] == ["syarat"]
    terms = {**OFFICE.terms, "perbaikan": replace(OFFICE.terms["perbaikan"], budget="5 hk")}
    (found,) = law_changes(OFFICE, replace(OFFICE, terms=terms))
    assert (found.what, found.name, found.after[:12]) == ("tenggat", "perbaikan", "5 hari kerja")


def test_requirements_roles_and_channels_are_told_by_their_names_and_one_of_the_same_name_still_counts():
    (found,) = law_changes(OFFICE, with_permit(requirements=SIPB.requirements[1:]))
    lost = OFFICE.requirements[SIPB.requirements[0]]
    assert lost.name in found.before
    assert lost.name not in found.after
    twin = {**OFFICE.requirements, "kembar": replace(lost, code="kembar")}
    other = replace(with_permit(requirements=("kembar", *SIPB.requirements[1:])), requirements=twin)
    assert [one.what for one in law_changes(replace(OFFICE, requirements=twin), other)] == ["syarat"]
    terms = {**OFFICE.terms, "pembayaran": replace(OFFICE.terms["pembayaran"], needs=("loket",), role="FO")}
    (found,) = law_changes(OFFICE, replace(OFFICE, terms=terms))
    assert found.before.endswith("memerlukan saluran berkasnya sendiri, bank")
    assert found.after.endswith("memerlukan loket, dikerjakan Petugas Loket (Front Office)")


def test_a_figure_that_no_official_confirmed_is_marked_as_an_example():
    confirmed = Standard("5 hk", date(2027, 1, 1), "SK 7/2026", example=False)
    (found,) = law_changes(OFFICE, with_permit(standards=(Standard("9 hk", date(2018, 2, 8), "SOP"), confirmed)))
    assert found.after == "9 hari kerja (contoh) sejak 08/02/2018 (SOP); 5 hari kerja sejak 01/01/2027 (SK 7/2026)"
    (limit,) = law_changes(OFFICE, with_permit(legal_limits=(replace(confirmed, example=True),)))
    assert limit.after == "5 hari kerja (contoh) sejak 01/01/2027 (SK 7/2026)"
    term = replace(OFFICE.terms["perbaikan"], budget="5 hk", basis="SK 8/2026")
    terms = {example: {**OFFICE.terms, "perbaikan": replace(term, example=example)} for example in (True, False)}
    told = [law_changes(OFFICE, replace(OFFICE, terms=terms[example]))[0].after for example in (True, False)]
    assert told == ["5 hari kerja (contoh) (SK 8/2026)", "5 hari kerja (SK 8/2026)"]
    first, *rest = OFFICE.tariffs
    for example, words in ((True, "imb-2027 (contoh) sejak "), (False, "imb-2027 sejak ")):
        newer = replace(first, version="imb-2027", example=example)
        (tariff,) = law_changes(OFFICE, replace(OFFICE, tariffs=(newer, *rest)))
        assert words in tariff.after


def test_a_figure_of_a_tariff_that_changes_without_a_new_version_is_told_too():
    first, *rest = OFFICE.tariffs
    dearer = replace(first, content={**first.content, "harga_satuan": 5000})
    (found,) = law_changes(OFFICE, replace(OFFICE, tariffs=(dearer, *rest)))
    assert (found.what, found.name) == ("tarif", first.levy)
    assert found.before != found.after


def test_a_permit_that_is_new_or_gone_counts():
    left = {code: one for code, one in OFFICE.permits.items() if code != "SIPB"}
    gone = law_changes(OFFICE, replace(OFFICE, permits=left))
    assert {(one.what, one.after) for one in gone} == {(what, "") for what in ("standar", "batas", "masa", "syarat")}
    came = law_changes(replace(OFFICE, permits=left), OFFICE)
    assert LawChange("masa", SIPB.name, "", "60 bulan") in came
