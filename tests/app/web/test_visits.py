"""A visit on the pages: the applicant knows when, where and who; the team sees it first; strangers the day only."""

import pytest

PLACE = "Gerbang utara Jl. Melati 3"
FLAGS = {"butuh_tinjauan": True, "butuh_kajian": False, "butuh_rekomendasi": False}
SENT = {"waktu": "22/10/2026 09.00", "perangkat": ["PUPR"], "lokasi_tinjauan": PLACE, "narahubung": "Pak Karto"}


@pytest.fixture
def visited(office):
    """A building permit whose visit is arranged for Thursday at nine."""
    case_id = office.registered("IMB")
    office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    office.complete(office.task(case_id), "lanjut", "kasi", **FLAGS)
    office.complete(office.task(case_id), "dijadwalkan", "kabid", **SENT)
    return case_id


def test_the_applicant_and_the_counter_read_when_where_and_who(office, visited):
    for login in ("pemohon", "loket"):
        page = office.logged_in(login).get(f"/permohonan/{visited}")
        for said in ("Kamis, 22 Oktober 2026 pukul 09.00 WIB", PLACE, "Budi Hartono, S.T."):
            assert said in page, (login, said)


def test_the_team_reads_the_appointment_before_the_papers(office, visited):
    page = office.logged_in("tim-pupr").get(f"/tugas/{office.task(visited)}").text
    assert (
        page.index("22 Oktober 2026")
        < page.index(PLACE)
        < page.index("Pak Karto")
        < page.index('<form class="formulir"')
    )


def test_whoever_tracks_a_file_learns_the_day_of_the_visit_only(office, visited):
    code = office.case(visited).held.tracking_code
    page = office.browser().post("/lacak", {"kode": code, "angka": "7600"})
    assert "22 Oktober 2026" in page
    assert PLACE not in page
    assert "Budi Hartono" not in page


def test_a_hold_over_a_visit_is_told_to_who_grants_it_and_to_everybody_who_would_come(office, visited):
    office.logged_in("pemohon").post(
        f"/berkas/{visited}/tunda", {"alasan": "Sedang di luar kota", "sampai": "30/10/2026"}
    )
    kasi, told = office.logged_in("kasi"), "tidak ada yang perlu hadir"
    assert "Bila penundaan melewati waktu itu" in kasi.get(f"/berkas/{visited}?bagian=tindakan")
    address = f"/berkas/{visited}/penundaan/{office.case(visited).holds[0].id}"
    for page in (f"/permohonan/{visited}", f"/berkas/{visited}"):
        assert told not in office.logged_in("pemohon").get(page)
    assert told in kasi.follow(kasi.post(address, {"putusan": "kabul", "sampai_kabul": "30/10/2026"}))
    applicant = office.logged_in("pemohon").get(f"/permohonan/{visited}")
    assert told in applicant
    assert "Mohon hadir" not in applicant
    team = office.logged_in("tim-pupr").get(f"/tugas/{office.task(visited)}")
    assert told in team
    assert "juga sebelum waktunya" in team
    code = office.case(visited).held.tracking_code
    assert told in office.browser().post("/lacak", {"kode": code, "angka": "7600"})


def test_a_member_is_offered_the_inspection_of_his_own_agency_and_no_other(office):
    case_id = office.registered("IMB")
    office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    office.complete(office.task(case_id), "lanjut", "kasi", **FLAGS)
    members = [str(office.people[one]) for one in ("tim-pupr", "tim-perkim")]
    office.complete(
        office.task(case_id), "dijadwalkan", "kabid", **SENT | {"perangkat": ["PUPR", "PERKIM"]}, anggota=members
    )
    for login, own, other in (("tim-pupr", "Pekerjaan Umum", "Perumahan"), ("tim-perkim", "Perumahan", "Pekerjaan")):
        page = office.logged_in(login).get(f"/berkas/{case_id}").text
        offered = [one.split("</a>")[0] for one in page.split("data-kerjakan")[1:]]
        assert len(offered) == 1
        assert own in offered[0]
        assert other not in offered[0]
    assert "data-kerjakan" not in office.logged_in("kabid").get(f"/berkas/{case_id}")
