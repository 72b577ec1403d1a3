"""The inbox as each official wants it, on any machine; and who else has a task's page open."""

import json
from datetime import timedelta

import pytest

from app.operations import presence
from engine.errors import NotFound
from tests.app.web.office import NOW

LIST = "/kotak-tugas?daftar=kelompok"


def test_columns_and_density_are_kept_for_the_person_and_nobody_else(office):
    office.registered()
    assert '<th scope="col">Diterima</th>' in office.logged_in("verifikator").get(LIST)
    sent = {"kolom": ["status", "wilayah", "entah"], "kerapatan": "rapat", "kembali": LIST}
    answer = office.logged_in("verifikator").post("/kotak-tugas/kolom", sent)
    assert (answer.status, answer.location) == (303, LIST)
    page = office.logged_in("verifikator").get(LIST).text
    assert '<table class="tabel kartu-kecil rapat">' in page
    assert [one in page for one in ('">Diterima</th>', '">Status berkas</th>', '">Wilayah</th>')] == [False, True, True]
    assert "Terdaftar</td>" in page
    assert (
        "rapat" not in office.logged_in("verifikator2").get(LIST).text.partition("<tbody>")[0].rpartition("<table")[2]
    )


def test_two_people_on_one_task_see_each_other_and_are_forgotten_after_a_minute(office):
    task = office.task(office.registered())
    first, second = office.logged_in("verifikator"), office.logged_in("verifikator2")
    assert "data-hadir-nama></span>" in first.get(f"/tugas/{task}")
    page = second.get(f"/tugas/{task}")
    with office.app.app_context():
        mine = presence.here(task, office.people["verifikator"], NOW)
    assert len(mine) == 1
    assert "Ratna Sari" in page.text.partition("data-hadir-nama>")[2].partition("</span>")[0]
    assert json.loads(first.get(f"/tugas/{task}/hadir").text)["nama"] == list(mine)
    with office.app.app_context():
        assert presence.here(task, office.people["verifikator"], NOW + timedelta(seconds=61)) == ()


def test_who_may_not_see_the_task_is_not_told_who_is_there(office):
    task = office.task(office.registered())
    with office.app.app_context():
        for login in ("pemohon", "admin", "tim-dinkes"):
            with pytest.raises(NotFound):
                presence.here(task, office.people[login], NOW)
        presence.here(task, office.people["kasi"], NOW)
    office.complete(task, "sah", "verifikator", cara="lihat_asli")
    with office.app.app_context():
        assert presence.here(task, office.people["verifikator"], NOW) == ()
