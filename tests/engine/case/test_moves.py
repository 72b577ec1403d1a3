"""Opening, completing, receiving, waking: what a step answers, and what it refuses."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from engine import bpmn, case
from engine.case import Facts
from engine.effects import IssueLetter, Notify
from engine.errors import CaseClosed, Incident, NotAllowed, NotWaiting, TaskNotOpen, TaskTaken
from engine.forms import Submission
from tests.processes.walking import Walk, applicant, holder, person, shelf, wib, world

AT = wib("2026-08-03 08:00")
PERMITS = sorted(shelf()[0].catalogue.permits)


def opened(permit="TRY", channel="daring", category="perorangan", by=None, **data):
    facts = Facts(permit, "perpanjangan", applicant().id, category, "18.72.01", channel)
    return case.open_case(UUID(int=1), shelf()[0], facts, by or applicant(), AT, data)


def button(walk, element, outcome):
    form = walk.case.deployment.forms[walk.task(element).form_key]
    return Submission(form.key, form.version, {"nik": "rahasia"}, {}, frozenset({"nik"}), outcome)


@pytest.mark.parametrize("permit", PERMITS)
def test_every_permit_opens_with_the_facts_its_gateways_need_and_nothing_personal(permit):
    step = opened(permit, channel="loket", category="badan", by=holder("FO"))
    row = shelf()[0].catalogue.permits[permit]
    assert step.data["permohonan"] == {
        "izin": permit,
        "jenis": "perpanjangan",
        "kategori": "badan",
        "kanal": "loket",
        "perangkat_daerah": list(row.agencies),
        "retribusi": row.levy,
        **row.flags,
    }
    assert (step.case.process, step.case.state, step.case.last_at) == (row.process, "DRAF", AT)
    assert step.events[0].kind == "case_opened"
    assert (step.events[0].by, step.events[0].role) == (holder("FO").id, "FO")
    assert step.events[0].body["passed"][0] == "permohonan_dibuka"


@pytest.mark.parametrize("permit", PERMITS)
def test_every_permit_can_be_carried_to_its_archive(permit):
    walk = Walk(permit).carry_out()
    assert (walk.case.state, walk.case.outcome) == ("SELESAI", "selesai")
    assert walk.letters[-1] == "bast"


def test_extra_values_of_the_opening_reach_the_process():
    assert opened(sumber={"lama": True}).data["sumber"] == {"lama": True}


def test_a_completion_tells_who_did_what_in_which_role_and_no_value():
    walk = Walk().do("ajukan")
    verifier = holder("FO")
    step = case.complete_task(
        walk.case, walk.task("periksa_kelengkapan").id, button(walk, "periksa_kelengkapan", "lengkap"), verifier,
        AT, {"submission": "7", "digests": {"nik": "ab"}},
    )  # fmt: skip
    told = step.events[0]
    assert (told.kind, told.by, told.role, told.element) == (
        "task_completed", verifier.id, "FO", "periksa_kelengkapan"
    )  # fmt: skip
    assert told.body["outcome"] == "lengkap"
    assert told.body["submission"] == "7"
    assert "rahasia" not in str([one.body for one in step.events]) + step.case.snapshot
    assert step.case.done[-1].element == "periksa_kelengkapan"


def test_the_outcome_that_was_chosen_stands_though_a_field_of_an_older_form_has_its_name():
    walk = Walk()
    pressed = button(walk, "ajukan", "diajukan")
    given = replace(pressed, routes={"keputusan": "lain", "pada": "kapan", "kunci": "x"})
    step = case.complete_task(walk.case, walk.task("ajukan").id, given, walk.applicant, AT)
    assert step.data["ajukan"] == {"keputusan": "diajukan", "pada": AT.isoformat(), "kunci": "x"}


def test_a_step_changes_nothing_that_was_given():
    walk = Walk()
    before = replace(walk.case)
    walk.do("ajukan")
    assert before.tasks[0].element == "ajukan"
    assert before.snapshot != walk.case.snapshot


def test_completing_twice_is_refused():
    walk = Walk()
    task = walk.task("ajukan").id
    walk.do("ajukan")
    with pytest.raises(TaskNotOpen):
        case.complete_task(walk.case, task, button(Walk(), "ajukan", "diajukan"), walk.applicant, AT)


def test_completing_what_somebody_else_holds_is_refused():
    walk = Walk().do("ajukan").do("periksa_kelengkapan")
    walk._take(case.claim_task(walk.case, walk.task("verifikasi_keabsahan").id, holder("VB"), walk.now))
    with pytest.raises(TaskTaken):
        walk.do("verifikasi_keabsahan", by=person("Rekan", "VB"))
    assert walk.do("verifikasi_keabsahan").open == ["tentukan_jalur"]


def test_a_closed_file_takes_nothing_more():
    walk = Walk().withdraw()
    with pytest.raises(CaseClosed):
        case.complete_task(walk.case, "x", Submission("", 1, {}, {}, frozenset()), walk.applicant, AT)
    with pytest.raises(NotWaiting):
        walk.withdraw()
    assert case.wake(walk.case, world(), walk.now).events == ()


def test_the_counter_completes_for_the_applicant_and_the_event_says_so():
    walk = Walk(channel="loket").do("ajukan", by=holder("FO"))
    told = next(one for one in walk.events if one.kind == "task_completed")
    assert (told.role, told.body["on_behalf"], told.by) == ("PM", True, holder("FO").id)
    own = next(one for one in Walk().do("ajukan").events if one.kind == "task_completed")
    assert "on_behalf" not in own.body


def test_a_stranger_completes_nothing():
    walk = Walk()
    with pytest.raises(NotAllowed):
        walk.do("ajukan", by=applicant("Orang Lain"))


def test_the_recorded_time_never_goes_back_though_the_machines_clock_does():
    walk = Walk(opened="2026-08-03 09:00").do("ajukan", at="2026-08-03 08:00")
    told = next(one for one in walk.events if one.kind == "task_completed")
    assert (told.at, told.recorded_at) == (wib("2026-08-03 08:00"), wib("2026-08-03 09:00"))
    assert walk.case.last_at == wib("2026-08-03 09:00")
    walk.do("periksa_kelengkapan", at="2026-08-03 08:30")
    assert walk.reading("L", "2026-08-03 10:00").started_at == wib("2026-08-03 08:30")


def test_a_message_nobody_waits_for_is_refused():
    with pytest.raises(NotWaiting):
        Walk().receive("nomor.IZIN", nomor="1")


def test_waking_before_anything_is_due_does_nothing():
    walk = Walk()
    before = walk.case
    step = case.wake(walk.case, world(), walk.now + timedelta(days=1))
    assert (step.case, step.events, step.effects) == (before, (), ())


def test_the_worker_is_asked_to_look_just_after_a_promise_and_no_earlier():
    walk = Walk(opened="2026-08-03 08:00")
    due = case.wake_at(walk.case, world(), walk.now)
    assert due == wib("2026-09-02 16:00") + timedelta(seconds=1)
    assert walk.wake(due - timedelta(seconds=1)).open == ["ajukan"]
    assert walk.wake(due).open == []


def test_two_terms_overdue_at_once_are_both_told_in_one_waking():
    walk = Walk("SIPB", "2026-05-04 08:00").carry_to("serahkan")
    walk.wake("2026-08-31 09:00")
    assert walk.notices.count("ingat_ambil") == 2
    assert walk.open == ["serahkan"]


def test_effects_that_are_the_operations_come_out_and_the_others_are_done():
    walk = Walk()
    step = case.receive(walk.case, "pencabutan", {"sudah_bayar": False}, walk.applicant, walk.now)
    assert (step.effects, step.case.state, step.case.closed) == ((), "DICABUT", True)
    assert (step.events[0].kind, step.events[0].role) == ("message_received", "PM")
    walk.do("ajukan").do("periksa_kelengkapan", "tidak_lengkap")
    assert walk.effects[-2:] == [IssueLetter("lembar_pengembalian"), Notify("dikembalikan")]


def test_a_state_is_told_once():
    walk = Walk("IMB").carry_to("serahkan")
    changes = [(one.body["before"], one.body["after"]) for one in walk.events if one.kind == "state_changed"]
    assert all(before != after for before, after in changes)
    assert all(one[1] == other[0] for one, other in pairwise(changes))


def test_a_visit_of_nobody_is_an_incident_that_names_the_element_and_leaves_the_case():
    walk = Walk("IMB").carry_to("jadwalkan")
    before = walk.case
    with pytest.raises(Incident) as found:
        case.complete_task(walk.case, walk.task("jadwalkan").id, button(walk, "jadwalkan", ""), holder("KB"), AT)
    assert found.value.element == "tinjauan"
    assert walk.case == before
    assert walk.do("jadwalkan").open == ["tinjauan", "tinjauan"]


def test_a_file_is_registered_once_and_in_verification_when_it_comes_back_repaired():
    walk = Walk("TRY").carry_to("verifikasi_keabsahan")
    assert walk.case.state == "TERDAFTAR"
    walk.do("verifikasi_keabsahan", "perbaikan").do("perbaikan")
    assert walk.open == ["verifikasi_keabsahan"]
    assert walk.case.state == "VERIFIKASI"


def test_the_counters_standard_is_minutes_and_the_portals_a_day():
    assert Walk(channel="daring").do("ajukan").task("periksa_kelengkapan").standard == "1 hk"
    assert Walk(channel="loket").do("ajukan").task("periksa_kelengkapan").standard == "30 menit"


def test_a_task_of_an_agency_names_its_unit():
    walk = Walk("IMB").carry_to("tinjauan")
    assert [one.unit for one in walk.case.tasks] == ["PUPR", "PERKIM"]
    walk.each("tinjauan")
    assert walk.task("bap").unit == "PUPR"
    assert walk.do("bap").task("hitung_retribusi").unit == ""


def test_an_inspection_of_one_agency_is_not_anothers():
    walk = Walk("IMB").carry_to("tinjauan")
    with pytest.raises(NotAllowed):
        walk.do("tinjauan", unit="PUPR", by=holder("TT", "PERKIM"))


def test_an_inspection_is_done_by_those_the_surat_tugas_names_and_by_nobody_else():
    sent, other = person("Budi", ("TT", "PUPR")), person("Rekan", ("TT", "PUPR"))
    walk = Walk("IMB").carry_to("jadwalkan").do("jadwalkan", anggota=[str(sent.id)])
    with pytest.raises(NotAllowed) as refused:
        walk.do("tinjauan", unit="PUPR", by=other)
    assert "Surat Tugas" in str(refused.value)
    with pytest.raises(NotAllowed):
        case.claim_task(walk.case, walk.task("tinjauan", "PUPR").id, other, walk.now)
    walk.do("tinjauan", unit="PUPR", by=sent)


def test_a_new_appointment_names_another_team():
    sent, other = person("Budi", ("TT", "PUPR")), person("Rekan", ("TT", "PUPR"))
    walk = Walk("IMB").carry_to("jadwalkan").do("jadwalkan", perangkat=["PUPR"], anggota=[str(sent.id)])
    walk.do("tinjauan", "tidak_hadir", by=sent)
    walk.do("jadwalkan", perangkat=["PUPR"], anggota=[str(other.id)])
    with pytest.raises(NotAllowed):
        walk.do("tinjauan", by=sent)
    walk.do("tinjauan", by=other)


def test_an_inspection_handed_on_is_the_substitutes_also_when_he_lays_it_down_for_a_while():
    sent, other = person("Budi", ("TT", "PUPR")), person("Rekan", ("TT", "PUPR"))
    walk = Walk("IMB").carry_to("jadwalkan").do("jadwalkan", perangkat=["PUPR"], anggota=[str(sent.id)])
    task = walk.task("tinjauan").id
    walk._take(case.reassign_task(walk.case, task, other, holder("KB"), walk.now))
    walk._take(case.release_task(walk.case, task, other, walk.now))
    walk.do("tinjauan", by=other)


def test_the_text_of_a_snapshot_is_enough_to_find_the_case_again():
    walk = Walk("IMB").carry_to("tinjauan")
    found = bpmn.read(shelf()[1].definition, walk.case.snapshot)
    assert [one.id for one in found.tasks] == [one.id for one in walk.case.tasks]
    assert found.waiting == walk.case.waiting
    assert found.data == walk.data
