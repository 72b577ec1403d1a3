"""A superior hands several chosen tasks on with one reason, which stands in each file's history."""

from uuid import uuid4

WHY = "Pemegangnya sakit sampai Jumat"


def routed(office, number):
    """Files that wait for a kasi to choose their route."""
    cases = [office.registered() for _ in range(number)]
    for case_id in cases:
        office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    return cases


def send(office, chosen, login="kasi", **typed):
    sent = {"aksi": "alihkan", "tugas": [str(one) for one in chosen], "kepada": str(office.people["kasi2"])}
    sent |= {"alasan_alih": WHY, "kembali": "/kotak-tugas?daftar=kelompok"}
    return office.logged_in(login).post("/kotak-tugas/beberapa?daftar=kelompok", {**sent, **typed})


def assignees(office, cases):
    return {one.assignee_id for case_id in cases for one in office.case(case_id).open_tasks}


def test_chosen_tasks_go_to_a_colleague_and_each_file_says_why(office):
    cases = routed(office, 2)
    page = office.logged_in("kasi").get("/kotak-tugas?daftar=kelompok")
    assert "Alihkan yang dipilih" in page
    answer = send(office, [office.task(one) for one in cases])
    assert (answer.status, answer.location) == (303, "/kotak-tugas?daftar=kelompok")
    assert assignees(office, cases) == {office.people["kasi2"]}
    for case_id in cases:
        assert WHY in office.logged_in("kabid").get(f"/berkas/{case_id}?bagian=riwayat")


def test_without_a_reason_or_a_colleague_nothing_moves_and_what_was_chosen_stays_chosen(office):
    cases = routed(office, 2)
    first = office.task(cases[0])
    answer = send(office, [first], alasan_alih="x", kepada="")
    assert answer.status == 422
    assert [one for one in ("kepada", "alasan_alih") if f'<a href="#f-{one}">' not in answer] == []
    assert answer.text.count("data-pilih checked") == 1
    assert f'value="{first}" data-pilih checked' in answer
    assert assignees(office, cases) == {None}


def test_one_that_cannot_be_handed_on_says_why_and_the_others_go(office):
    cases = routed(office, 2)
    answer = send(office, [uuid4(), *(office.task(one) for one in cases)])
    page = office.logged_in("kasi")
    assert answer.status == 303
    assert assignees(office, cases) == {office.people["kasi2"]}
    assert "Alihkan yang dipilih" not in office.logged_in("verifikator").get("/kotak-tugas?daftar=kelompok")
    assert page.get(answer.location).status == 200


def test_only_those_who_may_hand_tasks_on_do_so_whatever_is_posted(office):
    cases = routed(office, 1)
    assert send(office, [office.task(cases[0])], "verifikator").status == 303
    assert assignees(office, cases) == {None}
