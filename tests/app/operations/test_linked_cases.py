"""Other files of the same person: the applicant's own, those of his NIK for the office, an agency's only its own."""

from app.operations import case_page
from tests.app.operations.flowing import path_decided


def linked(office, case_id, by):
    return [one.row.id for one in case_page.case_page(case_id, office.people[by], office.at).linked]


def test_the_office_and_the_applicant_find_his_other_files_newest_first(office):
    first = office.open("SIPB")
    office.later(minutes=5)
    second, strange = office.open("PEN"), office.open("PEN", by="pemohon2")
    office.later(minutes=5)
    third = office.open("IMB")
    for by in ("pengawas", "pemohon"):
        assert linked(office, first, by) == [third, second]
    assert linked(office, strange, "pengawas") == []


def test_a_file_with_the_same_nik_under_another_account_is_told_to_the_office_only(office):
    mine, other = office.open("SIPB"), office.open("SIPB", by="pemohon2")
    office.do(mine, "ajukan", "pemohon", nik="1872010101900009")
    office.do(other, "ajukan", "pemohon2", nik="1872010101900009")
    (found,) = case_page.case_page(mine, office.people["kasi"], office.at).linked
    assert (found.row.id, found.by_nik) == (other, True)
    assert linked(office, mine, "pemohon") == []


def test_an_agency_finds_of_the_same_person_only_what_it_was_given(office):
    given, hidden = office.registered("IMB"), office.open("PEN")
    also = office.registered("IMB")
    for case_id in (given, also):
        path_decided(office, case_id, butuh_tinjauan=True)
        office.do(case_id, "jadwalkan", "kabid", waktu="06/08/2026 09.00", perangkat=["PUPR", "PERKIM"])
    assert linked(office, given, "tim-pupr") == [also]
    assert set(linked(office, given, "kasi")) == {also, hidden}


def test_the_time_of_a_step_is_service_time_summed_over_its_rounds(office):
    case_id = office.open("SIPB")
    office.later(minutes=5)
    office.do(case_id, "ajukan", "pemohon")
    for _ in range(2):
        office.later(minutes=20)
        office.do(case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_ada")
        office.later(minutes=15)
        office.do(case_id, "lengkapi", "pemohon")
    office.later(minutes=10)
    steps = case_page.case_page(case_id, office.people["kasi"], office.at).steps
    assert [(one.element, one.times, one.minutes, one.open) for one in steps] == [
        ("ajukan", 1, 5, False),
        ("periksa_kelengkapan", 3, 50, True),
        ("lengkapi", 2, 30, False),
    ]
