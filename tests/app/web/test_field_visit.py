"""What a phone in the field asks and sends, as JSON: who it is, how the task stands, each photograph once."""

import io
import json
from uuid import uuid4

import pytest

from app.operations.demo.invented import photo
from tests.app.web.test_visits import FLAGS, SENT

JSON = {"Accept": "application/json"}


@pytest.fixture
def task(office):
    case_id = office.registered("IMB")
    office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    office.complete(office.task(case_id), "lanjut", "kasi", **FLAGS)
    office.complete(office.task(case_id), "dijadwalkan", "kabid", **SENT)
    return office.task(case_id)


def send(browser, task, key=None, content=None, **more):
    body = {"isian": "foto", "kunci": str(key or uuid4()), "keterangan": "Tampak depan", **more}
    body["foto"] = (io.BytesIO(content if content is not None else photo()), "IMG_1.jpg")
    return browser.post(f"/tugas/{task}/lapangan", body, headers=JSON, content_type="multipart/form-data")


def test_a_photograph_sent_twice_under_one_key_is_answered_twice_alike(office, task):
    team, key = office.logged_in("tim-pupr"), uuid4()
    first, second = (json.loads(send(team, task, key).text) for _ in range(2))
    assert first == second
    stands = json.loads(team.get(f"/tugas/{task}/lapangan", headers=JSON).text)
    assert stands["kunci"] == {str(key): first["dokumen"]}
    assert stands["kata"] == ""
    assert stands["orang"] == str(office.people["tim-pupr"])


def test_a_picture_that_is_none_is_told_in_the_readers_language(office, task):
    team = office.logged_in("tim-pupr")
    answer = send(team, task, content=b"\0\0\0\x18ftypheic\0\0\0\0")
    assert (answer.status, "HEIC" in json.loads(answer.text)["kata"]) == (422, True)
    team.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert "iPhone choose Settings" in json.loads(send(team, task, content=b"\0\0\0\x18ftypheic\0\0\0\0").text)["kata"]


def test_nobody_but_the_team_sends_photographs(office, task):
    assert send(office.logged_in("kasi"), task).status == 403
    assert send(office.logged_in("pemohon2"), task).status == 404


@pytest.mark.parametrize("told", ["besok", "2026-13-45", "9999-12-31T23:59:59+00:00", ""])
def test_a_phone_whose_clock_says_nonsense_still_delivers(office, task, told):
    assert send(office.logged_in("tim-pupr"), task, diambil=told).status == 200


def test_a_photograph_has_a_small_picture_for_a_list(office, task):
    team = office.logged_in("tim-pupr")
    document = json.loads(send(team, task).text)["dokumen"]
    answer = team.get(f"/dokumen/{document}/kecil.png")
    assert answer.status == 200
    page = team.get(f"/tugas/{task}")
    assert f"/dokumen/{document}/kecil.png" in page
    assert 'value="Tampak depan"' in page


def test_a_captions_change_is_kept_with_the_draft(office, task):
    team = office.logged_in("tim-pupr")
    document = json.loads(send(team, task).text)["dokumen"]
    sent = {"aksi": "simpan", "versi_rancangan": "0", f"keterangan_foto.{document}": "Pagar timur"}
    assert team.post(f"/tugas/{task}", sent, headers=JSON).status == 200
    assert 'value="Pagar timur"' in team.get(f"/tugas/{task}")


def test_the_kartu_kendali_names_who_sent_a_photograph_and_its_hash(office, task):
    send(office.logged_in("tim-pupr"), task)
    case_id = office.page(task, "tim-pupr").held.id
    page = office.logged_in("kasi").get(f"/berkas/{case_id}?bagian=dokumen")
    for said in ("Foto lapangan: Tampak depan", "oleh Budi Hartono, S.T.", "SHA-256"):
        assert said in page
