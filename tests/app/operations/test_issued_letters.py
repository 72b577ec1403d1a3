"""What letters of the office say of the people in them."""

import json

import pytest

from app.operations import desk, documents
from app.store import transaction
from app.store.encoding import parse
from engine.errors import SubmissionInvalid
from tests.app.operations.flowing import decided, handed_over, skrd, to_signature


def printed(case_id, kind):
    """What the newest letter of a kind was printed from."""
    with transaction() as store:
        return json.loads(store.documents.letters_of(case_id, kind)[-1].values)


def test_a_repair_request_is_signed_by_the_verifier_who_sent_it(office):
    case_id = office.registered("SIPB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator2", "perbaikan", keabsahan__ktp__hasil="perbaikan")
    signed = printed(case_id, "lembar_perbaikan")["penandatangan"]
    assert (signed["nama"], signed["jabatan"]) == ("Agus Setiawan, S.H.", "Verifikator (Back Office)")


def determined(office, way):
    """A trayek whose SKRD was determined and signed in that way, about to be delivered."""
    case_id = decided(office, "TRY")
    skrd(office, case_id)
    office.do(case_id, "cek_retribusi", "kasi")
    office.do(case_id, "paraf_skrd", "kabid")
    office.do(case_id, "terbit_skrd", "kadis", cara_tanda_tangan=way)
    return case_id


def letter(case_id, kind):
    with transaction() as store:
        return store.documents.letters_of(case_id, kind)[-1]


def test_an_skrd_signed_by_hand_is_delivered_with_the_scan_of_its_paper(office):
    case_id = determined(office, "basah")
    assert not letter(case_id, "skrd").signed
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "sampaikan_skrd", "bendahara")
    assert set(refused.value.errors) == {"pindaian_skrd"}
    office.do(case_id, "sampaikan_skrd", "bendahara", pindaian_skrd=True)
    kept = letter(case_id, "skrd")
    assert (kept.signed, kept.signing_way, kept.signed_by) == (True, "basah", office.people["kadis"])
    assert kept.signed_sha256


def test_an_skrd_signed_electronically_is_signed_at_once_and_names_its_signer(office):
    case_id = determined(office, "peragaan")
    kept = letter(case_id, "skrd")
    assert (kept.signed, kept.signing_way) == (True, "peragaan")
    assert "peragaan" in printed(case_id, "skrd")["tanda_tangan"]["penyedia"].lower()
    office.do(case_id, "sampaikan_skrd", "bendahara")


def test_a_second_return_is_signed_by_the_clerk_who_sent_it_back_this_time(office):
    case_id = office.open("SIPB")
    office.do(case_id, "ajukan", "pemohon")
    for clerk in ("loket", "loket2"):
        office.do(case_id, "periksa_kelengkapan", clerk, "tidak_lengkap", kelengkapan__ktp__status="tidak_terbaca")
        if clerk == "loket":
            office.do(case_id, "lengkapi", "pemohon")
    signed = printed(case_id, "lembar_pengembalian")["penandatangan"]
    assert (signed["nama"], signed["jabatan"]) == ("Yusuf Hidayat", "Petugas Loket (Front Office)")


def test_a_repair_asked_for_by_an_agency_is_signed_by_its_head_of_team(office):
    case_id = office.registered("SIPB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=True)
    agency = office.task(case_id, "rekomendasi_opd").unit.lower()
    office.do(case_id, "rekomendasi_opd", f"ketua-{agency}", "perbaikan")
    assert printed(case_id, "lembar_perbaikan")["penandatangan"]["jabatan"] == "Ketua Tim Teknis"


def test_receipt_permit_and_handover_bear_the_full_nik_and_other_letters_do_not(office):
    case_id = office.registered("SIPB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator", "perbaikan", keabsahan__ktp__hasil="perbaikan")
    office.do(case_id, "perbaikan", "pemohon")
    office.do(case_id, "verifikasi_keabsahan", "verifikator2")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    to_signature(office, case_id)
    handed_over(office, case_id)
    with transaction() as store:
        kinds = {one.kind: json.loads(one.values)["surat"]["nik_penuh"] for one in store.documents.letters_of(case_id)}
        permit = store.documents.letters_of(case_id, "sk_izin")[0].id
    assert {kind for kind, full in kinds.items() if full} == {"tanda_terima", "sk_izin", "bast"}
    assert kinds["lembar_perbaikan"] is False
    documents.letter(permit, office.people["arsip"], office.at)
    seen = desk.case_page(case_id, office.people["pengawas"], office.at).access
    assert [(one.name, one.why) for one in seen] == [("Endang Purwanti, A.Md.", "Surat Izin")]


def test_the_receipt_of_a_route_permit_bears_the_levy_its_application_comes_to(office):
    case_id = office.registered("TRY")
    with transaction() as store:
        letter = next(one for one in store.documents.letters_of(case_id) if one.kind == "tanda_terima")
    assert parse(letter.values)["perkiraan"]["jumlah"] > 0
    case_id = office.registered("PEN")
    with transaction() as store:
        letter = next(one for one in store.documents.letters_of(case_id) if one.kind == "tanda_terima")
    assert parse(letter.values)["perkiraan"] == {}
