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


def verification(office, holder="verifikator"):
    """A task of the verification, in somebody's hands."""
    case_id = office.registered()
    task = office.task(case_id)
    office.logged_in(holder).post(f"/tugas/{task}/ambil")
    return case_id, task


def given(office, task, by, to, why=WHY):
    sent = {"kepada": str(office.people[to]), "alasan_alih": why}
    return office.logged_in(by).post(f"/tugas/{task}/alihkan", sent)


def test_who_holds_a_task_gives_it_to_a_colleague_who_may_do_it_and_the_history_says_why(office):
    case_id, task = verification(office)
    browser = office.logged_in("verifikator")
    assert 'name="alasan_alih"' in browser.get(f"/tugas/{task}")
    assert given(office, task, "verifikator", "verifikator2", "x").status == 422
    assert given(office, task, "verifikator", "verifikator2").status == 303
    assert assignees(office, [case_id]) == {office.people["verifikator2"]}
    assert WHY in office.logged_in("kabid").get(f"/berkas/{case_id}?bagian=riwayat")
    assert given(office, task, "verifikator", "verifikator").status == 403, "it is not his any more"


def test_a_task_is_given_by_its_holder_only_and_to_nobody_who_may_not_do_it(office):
    case_id, task = verification(office)
    assert given(office, task, "verifikator2", "verifikator2").status == 403
    assert given(office, task, "verifikator", "kasi").status == 409
    assert assignees(office, [case_id]) == {office.people["verifikator"]}
    office.logged_in("verifikator").post(f"/tugas/{task}/lepas", {"alasan_lepas": "Sedang cuti"})
    assert given(office, task, "verifikator", "verifikator2").status == 403, "the group's is not his to give"


def test_own_tasks_are_given_several_at_once_from_the_list_of_own_tasks(office):
    cases = [verification(office) for _ in range(2)]
    page = office.logged_in("verifikator").get("/kotak-tugas?daftar=saya")
    assert f'<option value="{office.people["verifikator2"]}"' in page
    answer = send(office, [task for _, task in cases], "verifikator", kepada=str(office.people["verifikator2"]))
    assert answer.status == 303
    assert assignees(office, [one for one, _ in cases]) == {office.people["verifikator2"]}


def test_a_task_is_put_back_for_a_reason_that_stands_in_the_history(office):
    case_id, task = verification(office)
    browser = office.logged_in("verifikator")
    answer = browser.post(f"/tugas/{task}/lepas")
    assert answer.status == 422
    assert '<a href="#f-alasan_lepas">' in answer
    assert assignees(office, [case_id]) == {office.people["verifikator"]}
    usual = {"alasan_lepas": "Beban kerja sedang penuh", "kata_lepas": "Ada lima berkas tinjauan"}
    assert browser.post(f"/tugas/{task}/lepas", usual).status == 303
    assert assignees(office, [case_id]) == {None}
    told = office.logged_in("kabid").get(f"/berkas/{case_id}?bagian=riwayat")
    assert "Beban kerja sedang penuh: Ada lima berkas tinjauan" in told


def test_several_are_put_back_for_one_reason_or_stay(office):
    cases = [verification(office) for _ in range(2)]
    sent = {"aksi": "lepas", "tugas": [task for _, task in cases], "kembali": "/kotak-tugas"}
    browser = office.logged_in("verifikator")
    answer = browser.post("/kotak-tugas/beberapa?daftar=saya", sent)
    assert answer.status == 422
    assert '<a href="#f-alasan_lepas">' in answer
    assert answer.text.count("data-pilih checked") == 2
    assert (
        browser.post("/kotak-tugas/beberapa?daftar=saya", sent | {"kata_lepas": "Dinas luar tiga hari"}).status == 303
    )
    assert assignees(office, [one for one, _ in cases]) == {None}
    for case_id, _ in cases:
        assert "Dinas luar tiga hari" in office.logged_in("kabid").get(f"/berkas/{case_id}?bagian=riwayat")
