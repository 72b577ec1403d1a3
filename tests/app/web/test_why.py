"""Mengapa tanggal ini?: the same lines for everybody, by today's record or an earlier one, and proof to take away."""

import json
import re
import subprocess
import sys
from datetime import timedelta

import pytest

from tests.app.letters.test_letters import words
from tests.app.web.office import NOW
from tests.app.web.test_kahar import established, proposed


def clock_of(office, case_id):
    return office.case(case_id).service


def address(office, case_id, rest=""):
    return f"/berkas/{case_id}/jam/{clock_of(office, case_id).id}{rest}"


def test_the_derivation_of_a_date_is_the_same_for_clerk_and_applicant(office):
    case_id = office.registered()
    pages = [office.logged_in(one).get(address(office, case_id)).text for one in ("kasi", "pemohon")]
    tables = [re.search(r"<tbody>.*?</tbody>", page, re.DOTALL)[0] for page in pages]
    assert tables[0] == tables[1]
    assert "Mengapa tanggal ini?" in pages[1]


def test_a_clock_of_another_case_is_not_explained_here(office):
    first, second = office.registered(), office.registered()
    clock = clock_of(office, second).id
    for rest in ("", "/penjelasan.json", "/penjelasan.pdf"):
        assert office.logged_in("kasi").get(f"/berkas/{first}/jam/{clock}{rest}").status == 404


def test_the_proof_is_checked_by_the_downloaded_checker_alone_and_a_changed_one_is_found(office, tmp_path):
    case_id = office.registered()
    browser = office.logged_in("pemohon")
    answer = browser.get(address(office, case_id, "/penjelasan.json"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found = json.loads(answer.text)
    assert found["answer"]["promised_at"] == clock_of(office, case_id).promised_at.isoformat()
    checker, good, bad = tmp_path / "periksa-jam.pyz", tmp_path / "bukti.json", tmp_path / "ubah.json"
    checker.write_bytes(office.app.test_client().get("/periksa-jam.pyz").data)
    good.write_text(answer.text, "utf-8")
    earlier = NOW.isoformat()
    bad.write_text(json.dumps(found | {"answer": found["answer"] | {"promised_at": earlier}}), "utf-8")
    call = [sys.executable, "-I", str(checker), "verify"]
    told = [subprocess.run([*call, str(one)], capture_output=True, text=True, cwd=tmp_path) for one in (good, bad)]
    assert [one.returncode for one in told] == [0, 1]
    assert "cocok" in told[0].stdout
    assert "answer.promised_at" in told[1].stdout


def test_the_proof_tells_nothing_of_the_applicant(office):
    case_id = office.registered()
    text = office.logged_in("pemohon").get(address(office, case_id, "/penjelasan.json")).text
    held = office.case(case_id).held
    assert held.applicant_name not in text
    assert str(held.case.facts.applicant) not in text


def test_a_date_is_shown_as_it_was_known_before_a_declaration_and_as_it_is_now(office):
    case_id = office.registered()
    before = clock_of(office, case_id).promised_at
    established(office, proposed(office))
    browser = office.logged_in("pemohon")
    earlier = {"per": (NOW - timedelta(minutes=1)).strftime("%d/%m/%Y %H.%M")}
    page = browser.get(address(office, case_id), query_string=earlier)
    assert "Sebagaimana diketahui pada" in page
    assert "Menurut catatan sekarang belum ada tanggal" in page
    answers = [
        json.loads(browser.get(address(office, case_id, "/penjelasan.json"), query_string=asked).text)["answer"]
        for asked in (earlier, {})
    ]
    assert [one["promised_at"] for one in answers] == [before.isoformat(), None]
    assert [one["paused_by"] for one in answers] == [[], ["FORCE_MAJEURE"]]


@pytest.mark.parametrize(
    ("per", "told"),
    [
        ("kemarin", "Menurut catatan per"),
        ("31/02/2026 08.00", "Menurut catatan per"),
        ("20/10/2030 08.00", "Waktu itu belum tiba"),
        ("20/10/2020 08.00", "Pada waktu itu jam ini belum ada"),
    ],
)
def test_an_instant_that_cannot_be_asked_about_is_told_at_its_field_and_stays_there(office, per, told):
    case_id = office.registered()
    page = office.logged_in("kasi").get(address(office, case_id), query_string={"per": per})
    assert page.status == 422
    assert told in page
    assert f'value="{per}"' in page
    for rest in ("/penjelasan.json", "/penjelasan.pdf"):
        assert office.logged_in("kasi").get(address(office, case_id, rest), query_string={"per": per}).status == 422


def test_the_derivation_is_kept_on_paper(office):
    case_id = office.registered()
    browser = office.logged_in("kasi")
    answer = browser.client.get(address(office, case_id, "/penjelasan.pdf"))
    assert answer.mimetype == "application/pdf"
    text = words(answer.data)
    assert "Penjelasan Tanggal Janji" in text
    assert office.case(case_id).held.number in text
    assert "tanggal janji" in text


def test_a_clock_that_waits_without_an_end_shows_what_it_would_be_and_calls_it_no_promise(office):
    case_id = office.registered()
    established(office, proposed(office))
    page = office.logged_in("pemohon").get(address(office, case_id))
    assert "Ini perkiraan, bukan janji." in page


def promises(page):
    part = page.text.partition("Janji yang pernah diberikan")[2].partition("</ul>")[0]
    return re.findall(r'<span class="lencana [a-z]*">([^<]+)</span>', part)


def test_the_page_of_an_applicants_term_calls_it_a_term_and_the_time_his_own(office):
    case_id = office.registered()
    term = next(one for one in office.case(case_id).clocks if one.name == "P_DRAF")
    text = office.logged_in("pemohon").get(f"/berkas/{case_id}/jam/{term.id}").text
    assert 'Tenggat: <span class="kuat">' in text
    assert "Tenggat yang pernah diberikan" in text
    assert "Waktu siapa" in text
    assert "berjalan juga selama kantor tutup" in text
    assert "Janji: <" not in text
    assert "tanggal janji" not in text
    paper = words(office.logged_in("pemohon").client.get(f"/berkas/{case_id}/jam/{term.id}/penjelasan.pdf").data)
    assert "Penjelasan Tenggat" in paper
    assert "Tanggal janji" not in paper
    assert "Janji yang pernah diberikan" not in text


def test_each_promise_given_says_what_became_of_it(office):
    case_id = office.registered()
    assert promises(office.logged_in("pemohon").get(address(office, case_id))) == ["berlaku"]
    established(office, proposed(office))
    assert promises(office.logged_in("pemohon").get(address(office, case_id))) == ["diganti", "berlaku"]
    late = office.registered(at=NOW - timedelta(days=60))
    assert promises(office.logged_in("kasi").get(address(office, late)))[-1] == "terlewati"
