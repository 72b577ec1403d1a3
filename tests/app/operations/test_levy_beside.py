"""The levy beside a task: tried before it is sent, checked on the formula alone, judged with the money in view."""

import pytest

from app.operations import assessing, desk, levy_beside, treasury
from app.store import transaction
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.app.operations.flowing import decided, owed, pay, skrd, to_payment


def page(office, case_id, element, name):
    return desk.task_page(office.task(case_id, element).id, office.people[name], office.at)


def test_the_calculator_sees_the_sum_before_he_sends_it_and_nothing_is_done_by_looking(office):
    case_id = decided(office, "TRY")
    typed = office.typed(case_id, "hitung_retribusi", "penghitung", kendaraan=1, prasarana=0, tahun=1)
    task = office.task(case_id, "hitung_retribusi")
    found = levy_beside.tried(task.id, typed, office.people["penghitung"], office.at)
    assert found["total"] == sum(one["jumlah"] for one in found["baris"]) > 0
    assert office.task(case_id, "hitung_retribusi").id == task.id
    with pytest.raises(NotAllowed):
        levy_beside.tried(task.id, typed, office.people["kabid"], office.at)


def test_what_cannot_be_charged_is_told_at_its_field_when_it_is_tried(office):
    case_id = decided(office, "TRY")
    typed = office.typed(case_id, "hitung_retribusi", "penghitung", kendaraan=1, prasarana=0, tahun=1)
    with pytest.raises(SubmissionInvalid) as refused:
        levy_beside.tried(
            office.task(case_id, "hitung_retribusi").id,
            {**typed, "tahun": ["0"]},
            office.people["penghitung"],
            office.at,
        )
    assert "tahun" in refused.value.errors


def test_a_task_that_calculates_nothing_tries_nothing(office):
    case_id = office.registered("SIPB")
    task = office.task(case_id, "verifikasi_keabsahan")
    with pytest.raises(Refused):
        levy_beside.tried(task.id, {}, office.people["verifikator"], office.at)


def test_the_checker_is_given_the_formula_and_its_inputs_but_not_the_sum(office):
    case_id = decided(office, "TRY")
    office.do(case_id, "hitung_retribusi", "penghitung", kendaraan=2, prasarana=0, tahun=2)
    shown = page(office, case_id, "cek_retribusi", "kasi")
    field = shown.form.field("jumlah_hitung_ulang")
    assert "rupiah terdekat (setengah rupiah ke atas)" in field.help, "who checks must know how to round"
    basis = shown.basis
    assert basis.version
    assert basis.inputs
    formulas = " ".join(rumus for _, rumus in basis.formulas)
    assert "Rp" in formulas
    with transaction() as store:
        total = assessing.latest_calculation(store, case_id)["total"]
    assert f"{total:,}".replace(",", ".") not in formulas


def test_the_treasurer_judges_with_what_is_owed_claimed_and_found_side_by_side(office):
    case_id = decided(office, "TRY")
    skrd(office, case_id)
    to_payment(office, case_id)
    money = page(office, case_id, "bayar", "pemohon").money
    assert money.owed == owed(case_id)
    assert money.account
    assert money.claims == ()
    pay(office, case_id, money.owed, "BLM77001122")
    treasury.enter_bank_line(
        "BLM77001122", str(money.owed), office.at.strftime("%d/%m/%Y"), "", office.people["bendahara"], office.at
    )
    seen = page(office, case_id, "validasi_bayar", "bendahara").money
    assert [int(one.amount) for one in seen.claims] == [money.owed]
    assert seen.bank_line.amount == money.owed
