"""Who may do what: the tables of domain 2.2 and ruling 45, written here by hand, against `engine.access`."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import pytest

from engine import access, case
from engine.access import Actor, Grant
from engine.case import Case, Done, Facts, Task
from engine.clocks import Spell
from engine.errors import NotAllowed, Refused, TaskTaken
from tests.processes.walking import Walk, applicant, holder, person, shelf

AT = datetime(2026, 8, 3, 2, tzinfo=UTC)
APPLICANT = applicant()

# Step -> role, from the step lists of the domain paper (2.4, 2.5).
STEPS = {
    "PM": "ajukan lengkapi perbaikan bayar skm",
    "FO": "periksa_kelengkapan",
    "VB": "verifikasi_keabsahan",
    "KS": "tentukan_jalur cek_retribusi paraf_kasi",
    "KB": "jadwalkan putusan_ronde paraf_skrd paraf_kabid telaah_penolakan telaah_keberatan",
    "TT": "tinjauan kajian",
    "KT": "bap rekomendasi rekomendasi_opd",
    "PR": "hitung_retribusi hitung_ulang",
    "BP": "sampaikan_skrd teguran strd validasi_bayar konfirmasi_bank proses_pengembalian",
    "PP": "susun_naskah",
    "SD": "paraf_sekretaris",
    "TU": "penomoran",
    "KD": "terbit_skrd tanda_tangan tanda_tangan_penolakan",
    "PS": "serahkan sampaikan_penolakan",
    "AR": "arsip arsip_penolakan",
}
ROLE_OF = {step: role for role, steps in STEPS.items() for step in steps.split()}
ROLES = "PM CS FO VB KS PP TT KT PR BP KB SD KD TU PS AR SV AP AS".split()

# Step -> earlier steps whose doer may not do it, and why.
CALCULATED = "hitung_retribusi hitung_ulang"
TREASURY = "sampaikan_skrd teguran strd validasi_bayar konfirmasi_bank proses_pengembalian"
APART = {
    # (a) whoever calculates does not approve the amount
    "cek_retribusi": CALCULATED,
    "paraf_skrd": CALCULATED,
    "terbit_skrd": CALCULATED,
    # ruling 45: the treasurer is neither calculator nor verifier; a verifier does not calculate
    "hitung_retribusi": f"{TREASURY} verifikasi_keabsahan",
    "hitung_ulang": f"{TREASURY} verifikasi_keabsahan",
    "verifikasi_keabsahan": TREASURY,
    "sampaikan_skrd": f"{CALCULATED} verifikasi_keabsahan",
    "teguran": f"{CALCULATED} verifikasi_keabsahan",
    "strd": f"{CALCULATED} verifikasi_keabsahan",
    "proses_pengembalian": f"{CALCULATED} verifikasi_keabsahan",
    # (b) whoever enters a payment does not validate it
    "konfirmasi_bank": f"{CALCULATED} verifikasi_keabsahan bayar",
    "validasi_bayar": f"{CALCULATED} verifikasi_keabsahan bayar cek_retribusi",
    # (c) whoever received, verified or drafted a file does not sign it
    "tanda_tangan": "periksa_kelengkapan verifikasi_keabsahan susun_naskah",
    "tanda_tangan_penolakan": "periksa_kelengkapan verifikasi_keabsahan",
}
PAIRS = sorted((step, earlier) for step, steps in APART.items() for earlier in steps.split())


def task(element, unit="", assignee=None, not_same_as=()):
    return Task("t", element, element, ROLE_OF[element], "", AT, unit, assignee, not_same_as=not_same_as)


def file(*done, spells=(), own=APPLICANT):
    """A case in which these steps were done: `(element, actor)`."""
    facts = Facts("IMB", "baru", own.id)
    history = tuple(Done(element, actor.id, AT) for element, actor in done)
    return Case(UUID(int=7), facts, shelf()[0], "izin_retribusi", "", "", done=history, spells=spells)


def test_every_step_of_the_diagrams_belongs_to_the_role_of_the_step_list():
    found = shelf()[0].definition.elements.values()
    assert {one.id: one.role for one in found if one.kind == "userTask"} == ROLE_OF


@pytest.mark.parametrize("role", [one for one in ROLES if one != "PM"])
def test_an_official_may_take_the_tasks_of_his_role_and_no_others(role):
    actor = holder(role)
    may = {element for element in ROLE_OF if not access.barred_from(actor, task(element), file())}
    on_behalf = set(STEPS["PM"].split()) if role == "FO" else set()
    assert may == set(STEPS.get(role, "").split()) | on_behalf


def test_an_applicant_may_take_the_applicants_tasks_of_his_own_file_only():
    for element in STEPS["PM"].split():
        assert access.barred_from(APPLICANT, task(element), file()) == ""
        assert access.barred_from(applicant("Orang Lain"), task(element), file())
    for element in ROLE_OF.keys() - STEPS["PM"].split():
        assert access.barred_from(APPLICANT, task(element), file())


@pytest.mark.parametrize("element", sorted(ROLE_OF.keys() - set(STEPS["PM"].split())))
def test_nobody_handles_his_own_application(element):
    official = holder(ROLE_OF[element])
    assert "sendiri" in access.barred_from(official, task(element), file(own=official))


def test_the_counter_may_file_its_own_clerks_application_only_as_the_applicant():
    clerk = holder("FO")
    assert access.barred_from(clerk, task("ajukan"), file(own=clerk)) == ""
    assert access.barred_from(clerk, task("periksa_kelengkapan"), file(own=clerk))


def test_the_table_of_separations_is_the_domains():
    assert sorted((step, one) for step, steps in access.SEPARATION.items() for one in steps) == PAIRS


@pytest.mark.parametrize("kind", ["definitif", "plt", "plh"])
@pytest.mark.parametrize(("step", "earlier"), PAIRS)
def test_who_did_the_one_step_may_not_do_the_other_not_even_as_a_substitute(step, earlier, kind):
    both = Actor(UUID(int=9), "Dua Peran", "official", (Grant(ROLE_OF[earlier]), Grant(ROLE_OF[step], kind=kind)))
    assert "dipisahkan" in access.barred_from(both, task(step), file((earlier, both)))
    assert access.barred_from(both, task(step), file((earlier, holder(ROLE_OF[earlier])))) == ""
    with pytest.raises(NotAllowed):
        access.require_task(both, task(step), file(("ajukan", APPLICANT), (earlier, both)))


@pytest.mark.parametrize(
    ("step", "earlier"),
    [("tanda_tangan", "paraf_kabid"), ("paraf_kabid", "paraf_skrd"), ("cek_retribusi", "tentukan_jalur"),
     ("hitung_ulang", "hitung_retribusi"), ("validasi_bayar", "sampaikan_skrd"), ("susun_naskah", "penomoran")],
)  # fmt: skip
def test_what_no_rule_separates_may_be_done_by_one_person(step, earlier):
    both = person("Dua Peran", ROLE_OF[earlier], ROLE_OF[step])
    assert access.barred_from(both, task(step), file((earlier, both))) == ""


def test_a_diagram_may_add_a_separation_and_never_take_one_away():
    both = person("Dua Peran", "KB", "KD", "FO")
    more = task("tanda_tangan", not_same_as=("paraf_kabid",))
    assert access.barred_from(both, more, file(("paraf_kabid", both)))
    assert access.barred_from(both, more, file(("periksa_kelengkapan", both)))


def test_an_agencys_task_is_for_that_agency():
    assert access.barred_from(holder("TT", "PUPR"), task("tinjauan", "PUPR"), file()) == ""
    assert access.barred_from(holder("TT", "DISHUB"), task("tinjauan", "PUPR"), file())
    assert access.barred_from(holder("TT"), task("tinjauan", "PUPR"), file()) == ""


def test_an_inspection_is_for_those_whom_the_surat_tugas_names():
    sent, other = person("Budi", ("TT", "PUPR")), person("Rekan", ("TT", "PUPR"))
    visit = replace(task("tinjauan", "PUPR"), properties={"named": str(sent.id)})
    assert access.barred_from(sent, visit, file()) == ""
    assert "Surat Tugas" in access.barred_from(other, visit, file())
    assert access.barred_as_substitute(other, visit, file()) == ""
    assert access.barred_as_substitute(holder("TT", "DISHUB"), visit, file())


def test_a_task_somebody_holds_is_his():
    mine = holder("VB")
    access.require_task(mine, task("verifikasi_keabsahan", assignee=mine.id), file())
    with pytest.raises(TaskTaken):
        access.require_task(person("Rekan", "VB"), task("verifikasi_keabsahan", assignee=mine.id), file())


def test_an_applicant_sees_own_files_an_agency_its_assignments_the_office_all():
    visit = Spell("PUPR", None, "tinjauan", AT, None)
    seen = file(spells=(visit,))
    assert access.may_see(APPLICANT, seen)
    assert not access.may_see(applicant("Orang Lain"), seen)
    assert access.may_see(holder("TT", "PUPR"), seen)
    assert access.may_see(holder("KT", "PUPR"), seen)
    assert not access.may_see(holder("TT", "DISHUB"), seen)
    assert not access.may_see(holder("TT", "PUPR"), file())
    office = "FO CS VB KS PP PR BP KB SD KD TU PS AR SV".split()
    assert [role for role in ROLES if access.may_see(holder(role), file())] == [r for r in ROLES if r in office]


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        ("declare_force_majeure", "KD"),
        ("propose_force_majeure", "KB SD KS"),
        ("record_disturbance", "KS KB SD AS"),
        ("see_outages", "KS KB SD KD AS SV"),
        ("grant_hold", "KS"),
        ("reopen_case", "KB"),
        ("reassign", "KS KB KD"),
        ("file_for_applicant", "FO"),
        ("tell_messages", "FO"),
        ("withdraw_for_applicant", "FO"),
        ("enter_bank_line", "BP"),
        ("deploy", "AP"),
        ("manage_people", "AS"),
        ("manage_settings", "AS"),
    ],
)
def test_an_act_beside_the_tasks_is_these_roles_alone(action, roles):
    assert [one for one in ROLES if access.may(holder(one), action)] == [one for one in ROLES if one in roles.split()]
    outsider = holder("CS")
    with pytest.raises(NotAllowed):
        access.require(outsider, action)


def test_nobody_without_a_grant_may_do_anything():
    stranger = Actor(uuid5(UUID(int=1), "x"), "Tanpa Peran")
    assert [one for one in access.ACTIONS if access.may(stranger, one)] == []
    assert not access.may_see(stranger, file())


def test_a_substitute_holds_the_role_on_his_days_only():
    grant = Grant("KD", kind="plh", since=date(2026, 8, 3), until=date(2026, 8, 7))
    held = [day for day in range(1, 12) if grant.holds_on(date(2026, 8, day))]
    assert held == [3, 4, 5, 6, 7]
    assert Grant("KD", since=date(2026, 8, 3)).holds_on(date(2030, 1, 1))


class TestOnEveryPath:
    """A separation holds however the task is reached: by completing, by claiming, by being given it."""

    both = person("Dua Peran", "PR", "KS")

    def calculated(self):
        walk = Walk("TRY").carry_to("hitung_retribusi").do("hitung_retribusi", by=self.both).do("rekomendasi_opd")
        return walk.case, walk.task("cek_retribusi").id, walk

    def test_completing(self):
        _, _, walk = self.calculated()
        with pytest.raises(NotAllowed):
            walk.do("cek_retribusi", by=self.both)
        assert walk.do("cek_retribusi").open == ["paraf_skrd"]

    def test_claiming(self):
        held, task_id, walk = self.calculated()
        with pytest.raises(NotAllowed):
            case.claim_task(held, task_id, self.both, walk.now)

    def test_being_given(self):
        held, task_id, walk = self.calculated()
        with pytest.raises(Refused):
            case.reassign_task(held, task_id, self.both, holder("KB"), walk.now)

    def test_after_a_second_calculation_as_well(self):
        walk = Walk("TRY").carry_to("cek_retribusi").do("cek_retribusi", "tidak_sesuai")
        walk.do("hitung_ulang", by=self.both)
        with pytest.raises(NotAllowed):
            walk.do("cek_retribusi", by=self.both)

    def test_a_payment_entered_at_the_counter_is_validated_by_another(self):
        clerk = person("Loket dan Bendahara", "FO", "BP")
        walk = Walk("TRY").carry_to("bayar").do("bayar", by=clerk)
        with pytest.raises(NotAllowed):
            walk.do("validasi_bayar", by=clerk)
        assert walk.do("validasi_bayar").open == ["susun_naskah"]


@pytest.mark.parametrize("step", ["teguran", "strd"])
def test_a_reminder_or_a_bill_waits_while_a_proof_of_payment_is_judged(step):
    judged = replace(file(), tasks=(task(step), task("validasi_bayar")))
    assert "sedang divalidasi" in access.waits_for(task(step), judged)
    assert access.waits_for(task("validasi_bayar"), judged) == ""
    assert access.waits_for(task(step), replace(file(), tasks=(task(step),))) == ""
