"""No refusal without its ground: from the proposal to the signed letter."""

from uuid import UUID

import pypdfium2
import pytest

from app.operations import desk, documents
from app.store import transaction
from engine.errors import SubmissionInvalid
from tests.app.operations.flowing import path_decided

GROUND = "Pasal 11 ayat (2)"


def refused(office, *given, **fixed):
    with pytest.raises(SubmissionInvalid) as found:
        office.do(*given, **fixed)
    return found.value.errors


def proposed(office):
    case_id = office.registered("PEN")
    office.do(case_id, "verifikasi_keabsahan", "verifikator", "tidak_sah", usul_penolakan=1, dasar=GROUND)
    return case_id


@pytest.mark.parametrize("wrong", [{}, {"keabsahan__ktp__hasil": "tidak_sah"}])
def test_whoever_verifies_names_the_ground_of_a_proposed_refusal_also_when_all_papers_are_valid(office, wrong):
    case_id = office.registered("PEN")
    told = refused(office, case_id, "verifikasi_keabsahan", "verifikator", "tidak_sah", **wrong)
    assert set(told) == {"usul_penolakan"}
    told = refused(office, case_id, "verifikasi_keabsahan", "verifikator", "tidak_sah", usul_penolakan=1, dasar="")
    assert set(told) == {"usul_penolakan.0.dasar"}
    office.do(case_id, "verifikasi_keabsahan", "verifikator", "tidak_sah", usul_penolakan=1)


def test_a_record_and_a_recommendation_that_lead_to_refusal_name_their_ground(office):
    case_id = office.registered("IMB")
    path_decided(office, case_id, butuh_kajian=True, butuh_rekomendasi=True, perangkat=["PUPR"])
    office.do(case_id, "kajian", "tim-pupr")
    assert set(refused(office, case_id, "bap", "ketua-pupr", "tidak_sesuai")) == {"usul_penolakan"}
    office.do(case_id, "bap", "ketua-pupr")
    assert set(refused(office, case_id, "rekomendasi", "ketua-pupr", "ditolak")) == {"usul_penolakan"}


def test_whoever_would_rather_refuse_than_sign_names_the_ground(office):
    case_id = office.registered("PEN")
    path_decided(office, case_id)
    steps = {"susun_naskah": "pengolahan", "paraf_kasi": "kasi", "paraf_kabid": "kabid", "penomoran": "penomoran"}
    for element, by in steps.items():
        office.do(case_id, element, by)
    assert set(refused(office, case_id, "tanda_tangan", "kadis", "tolak", cara="peragaan")) == {"usul_penolakan"}


def test_a_refusal_is_drafted_with_the_grounds_that_were_proposed_and_never_without(office):
    case_id = proposed(office)
    assert set(refused(office, case_id, "telaah_penolakan", "kabid", "teruskan")) == {"alasan_penolakan"}
    page = desk.task_page(UUID(office.task(case_id, "telaah_penolakan").id), office.people["kabid"], office.at)
    assert page.typed["alasan_penolakan.0.dasar"] == [GROUND]


def test_the_signed_letter_names_the_law_beside_every_reason(office):
    case_id = proposed(office)
    office.do(case_id, "telaah_penolakan", "kabid", "teruskan", alasan_penolakan=2, dasar=GROUND)
    office.do(case_id, "tanda_tangan_penolakan", "kadis", cara="peragaan")
    with transaction() as store:
        letter = store.documents.letters_of(case_id, "surat_penolakan")[0]
    found = pypdfium2.PdfDocument(documents.letter(letter.id, office.people["kadis"], office.at).content)
    assert found[0].get_textpage().get_text_range().count(GROUND) == 2


def test_a_refusal_signed_by_hand_is_kept_with_the_scan_of_its_paper(office):
    case_id = proposed(office)
    office.do(case_id, "telaah_penolakan", "kabid", "teruskan", alasan_penolakan=2, dasar=GROUND)
    by_hand = {"cara": "basah"}
    assert set(refused(office, case_id, "tanda_tangan_penolakan", "kadis", "ditandatangani", **by_hand)) == {"pindaian"}
    office.do(case_id, "tanda_tangan_penolakan", "kadis", cara="basah", pindaian=True)
    with transaction() as store:
        kept = store.documents.letters_of(case_id, "surat_penolakan")[-1]
    assert (kept.signed, kept.signing_way, kept.signed_by) == (True, "basah", office.people["kadis"])
    assert kept.signed_sha256


def test_a_refusal_drafted_by_an_older_form_without_a_ground_is_not_signed(office, database_superuser):
    case_id = proposed(office)
    office.do(case_id, "telaah_penolakan", "kabid", "teruskan", alasan_penolakan=1)
    database_superuser("alter table submissions disable trigger user")
    database_superuser("update submissions set values = '{}' where element = 'telaah_penolakan'")
    told = refused(office, case_id, "tanda_tangan_penolakan", "kadis", "ditandatangani", cara="peragaan")
    assert "dasar hukum" in told["keputusan"]
    office.do(case_id, "tanda_tangan_penolakan", "kadis", "kembalikan", cara="peragaan")
