"""A form that lost what its step rests on, in a release from before the check: refused at its field, never a fault."""

import pytest

from app.operations import acting, tasks
from app.store import transaction
from engine.errors import SubmissionInvalid
from engine.forms import Submission
from tests.app.operations.flowing import billed, decided, owed, path_decided, pay, skrd


def completed(office, case_id, element, by, outcome, **values):
    """A step completed with these values alone, as a form would that asks for nothing else."""
    task = office.task(case_id, element)
    with transaction() as store:
        held = store.cases.lock(case_id)
        who = acting.actor(store, office.people[by], office.at)
        tasks.complete(store, held, task, Submission("lama", 1, values, {}, frozenset(), outcome), who, office.at)


def test_a_check_without_the_checkers_own_sum_is_refused_at_its_field(office):
    case_id = decided(office, "TRY")
    skrd(office, case_id)
    with pytest.raises(SubmissionInvalid) as refused:
        completed(office, case_id, "cek_retribusi", "kasi", "sesuai")
    assert refused.value.errors == {"jumlah_hitung_ulang": "Jumlah menurut hitungan Anda wajib diisi"}


def test_a_claim_without_a_whole_sum_and_an_unknown_verdict_are_refused(office):
    case_id = billed(office)
    claim = {"referensi": "TRX-1", "tanggal_bayar": office.at.date().isoformat(), "bukti": ["x"], "jumlah": "5.5"}
    with pytest.raises(SubmissionInvalid) as refused:
        completed(office, case_id, "bayar", "pemohon", "sudah_bayar", **claim)
    assert refused.value.errors == {"jumlah": "Jumlah wajib diisi"}
    pay(office, case_id, owed(case_id))
    with pytest.raises(SubmissionInvalid) as refused:
        completed(office, case_id, "validasi_bayar", "bendahara", "entah")
    assert refused.value.errors == {"keputusan": "Pilih salah satu keputusan"}


def test_a_visit_without_its_time_is_not_arranged(office):
    case_id = office.registered("IMB")
    path_decided(office, case_id, butuh_tinjauan=True, perangkat=["PUPR"])
    with pytest.raises(SubmissionInvalid) as refused:
        completed(office, case_id, "jadwalkan", "kabid", "dijadwalkan")
    assert refused.value.errors == {"waktu": "Waktu tinjauan wajib diisi"}
