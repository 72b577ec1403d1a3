"""The shipped forms, filled in: the least they ask for is enough, and each thing they ask for is needed."""

import pytest

from engine.catalogue.references import CATEGORIES
from engine.errors import SubmissionInvalid
from engine.forms import read, refill
from tests.engine.forms.filled import Page
from tests.processes.walking import shelf

DEPLOYMENT = shelf()[0]  # built by these files, once for all that look at it
CATALOGUE = DEPLOYMENT.catalogue
APPLIED = [("permohonan", permit, category) for permit in sorted(CATALOGUE.permits) for category in CATEGORIES]
CALCULATED = [("hitung_retribusi", code, "badan") for code, one in sorted(CATALOGUE.permits.items()) if one.levy]
PARTS = ("permohonan", "kelengkapan", "pemohon_", "teknis_", "hitung_")
PLAIN = [(key, "IMB", "badan") for key in sorted(DEPLOYMENT.forms) if not key.startswith(PARTS)]


def lists(permit, category):
    papers = CATALOGUE.requirements_of(permit, "baru", category)
    return {
        "requirements": tuple((one.code, one.name) for one in papers if one.mandatory),
        "optional_requirements": tuple((one.code, one.name) for one in papers if not one.mandatory),
        "all_requirements": tuple((one.code, one.name) for one in papers),
        "flagged": (("ktp", "KTP"),),
        "agencies": tuple((one, one) for one in CATALOGUE.permits[permit].agencies),
        "areas": tuple((one.code, one.name) for one in CATALOGUE.areas.values() if one.level == "kelurahan"),
        "team_members": (("orang", "Orang"),),
        "professions": tuple((one, one) for one in CATALOGUE.permits[permit].professions),
    }


def filled(key, permit, category):
    form = DEPLOYMENT.form(key, permit, category)
    return form, Page(lists(permit, category)).fill(form)


def reasoned(page):
    return {**page.raw, "alasan_keputusan": ["alasan contoh"]}


@pytest.mark.parametrize(("key", "permit", "category"), [*APPLIED, *CALCULATED, *PLAIN])
def test_the_least_a_form_asks_for_is_enough(key, permit, category):
    form, page = filled(key, permit, category)
    found = read(form, reasoned(page), page.lists, page.files, form.outcomes[0][0])
    typed = refill(form, found.values) | {"alasan_keputusan": ["alasan contoh"]}
    again = read(form, typed, page.lists, page.files, form.outcomes[0][0])
    assert again.values == found.values


@pytest.mark.parametrize(("key", "permit", "category"), [*APPLIED[:3], *CALCULATED, *PLAIN])
def test_each_thing_a_form_asks_for_is_missed_at_its_place(key, permit, category):
    form, page = filled(key, permit, category)
    for name in page.required:
        raw = {one: typed for one, typed in page.raw.items() if one != name}
        files = {one: ids for one, ids in page.files.items() if one != name}
        with pytest.raises(SubmissionInvalid) as refused:
            read(form, raw, page.lists, files, form.outcomes[0][0])
        assert name in refused.value.errors


@pytest.mark.parametrize(("key", "permit", "category"), [*APPLIED[:3], *PLAIN])
def test_every_button_of_a_form_can_be_pressed(key, permit, category):
    form, page = filled(key, permit, category)
    for outcome, _ in form.outcomes:
        assert read(form, reasoned(page), page.lists, page.files, outcome).outcome == outcome


@pytest.mark.parametrize(("key", "permit", "category"), PLAIN)
def test_a_button_that_needs_a_reason_waits_for_it(key, permit, category):
    form, page = filled(key, permit, category)
    for outcome in form.reasons:
        with pytest.raises(SubmissionInvalid) as refused:
            read(form, page.raw, page.lists, page.files, outcome)
        assert set(refused.value.errors) == {"alasan_keputusan"}


def test_an_applicant_who_would_rather_not_judge_sends_one_word():
    form = DEPLOYMENT.form("skm", "IMB", "badan")
    assert read(form, {"bersedia": ["tidak"]}, outcome="dikirim").values == {"bersedia": False}
    with pytest.raises(SubmissionInvalid) as refused:
        read(form, {"bersedia": ["ya"]}, outcome="dikirim")
    assert len(refused.value.errors) == 9


def test_an_objection_needs_no_proof_of_payment():
    form = DEPLOYMENT.form("bayar", "IMB", "badan")
    found = read(form, {"alasan_keputusan": ["luasnya keliru"]}, outcome="keberatan")
    assert (found.values, found.reason) == ({}, "luasnya keliru")


def test_a_study_names_its_agencies():
    form = DEPLOYMENT.form("tentukan_jalur", "IUTM", "badan")
    raw = {"butuh_tinjauan": ["tidak"], "butuh_kajian": ["ya"], "butuh_rekomendasi": ["tidak"], "paraf_kartu": ["on"]}
    with pytest.raises(SubmissionInvalid) as refused:
        read(form, raw, lists("IUTM", "badan"), outcome="lanjut")
    assert set(refused.value.errors) == {"perangkat"}
    found = read(form, {**raw, "perangkat": ["PUPR"]}, lists("IUTM", "badan"), outcome="lanjut")
    assert found.routes["perangkat"] == ["PUPR"]


def test_an_agency_that_the_permit_does_not_know_cannot_be_sent():
    form = DEPLOYMENT.form("jadwalkan", "TRY", "badan")
    _, page = filled("jadwalkan", "TRY", "badan")
    with pytest.raises(SubmissionInvalid) as refused:
        read(form, {**page.raw, "perangkat": ["DINKES"]}, page.lists, page.files, "dijadwalkan")
    assert set(refused.value.errors) == {"perangkat"}


def test_what_a_form_takes_over_from_the_application_is_asked_there():
    """A levy's form is filled in from fields that the application of that levy's permits really has."""
    for code, permit in CATALOGUE.permits.items():
        if permit.levy and permit.active:
            asked = {one.name for one in DEPLOYMENT.form("permohonan", code, "badan").fields()}
            form = DEPLOYMENT.form("hitung_retribusi", code, "badan")
            taken = {
                one.prefill.removeprefix("application.")
                for one in form.fields()
                if one.prefill.startswith("application.")
            }
            assert taken, code
            assert taken <= asked, code


@pytest.mark.parametrize("key", ["permohonan", "kelengkapan"])
def test_the_permit_before_is_asked_for_extensions_only(key):
    form = DEPLOYMENT.form(key, "PEN", "perorangan")
    old = {"nomor_izin_lama", "tanggal_izin_lama"}
    assert old <= {one.name for one in form.asked_of("perpanjangan").fields()}
    assert not old & {one.name for one in form.asked_of("baru").fields()}


def test_help_and_error_of_an_npwp_name_the_same_lengths():
    for key in ("pemohon_perorangan", "pemohon_badan"):
        helps = [one.help for one in DEPLOYMENT.forms[key].fields() if one.type == "npwp"]
        assert helps
        assert all(text.startswith("15, 16 atau 22 angka") for text in helps)
