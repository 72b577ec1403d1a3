"""What would make a letter or a payment wrong is told at its field."""

import json
import re
from datetime import timedelta

import pypdfium2
import pytest

from app.operations import control_card, documents, soundness
from app.operations import people as accounts
from app.operations.clock_views import decimal, spoken
from app.operations.work import Work
from app.store import transaction
from engine.case import Step, read_clock
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from engine.events import KINDS

PLAIN = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}


def along(office, permit, *steps):
    case_id = office.registered(permit)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", **PLAIN)
    for element, by in steps:
        office.do(case_id, element, by)
    return case_id


def pages(content):
    found = pypdfium2.PdfDocument(content)
    return "\n".join(found[number].get_textpage().get_text_range() for number in range(len(found)))


def test_no_permit_is_drafted_that_would_be_issued_expired(office):
    case_id = along(office, "PEN")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "susun_naskah", "pengolahan", berlaku_sampai="01/01/2020")
    assert set(refused.value.errors) == {"berlaku_sampai"}
    office.do(case_id, "susun_naskah", "pengolahan")


@pytest.mark.parametrize(
    ("lasts", "last"),
    [({"str_seumur_hidup": True}, "03/08/2031"), ({"str_berlaku_sampai": "01/03/2028"}, "01/03/2028")],
)
def test_no_permit_outlives_what_its_type_allows_or_the_paper_it_rests_on(office, lasts, last):
    case_id = office.open("SIPB")
    office.do(case_id, "ajukan", "pemohon", **{"str_seumur_hidup": False} | lasts)
    office.do(case_id, "periksa_kelengkapan", "loket")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", **PLAIN)
    for end in ("31/12/2099", last.replace("01/03", "02/03").replace("03/08", "04/08")):
        with pytest.raises(SubmissionInvalid) as refused:
            office.do(case_id, "susun_naskah", "pengolahan", berlaku_sampai=end)
        assert f"paling lama 5 tahun; paling lambat sampai {last}" in refused.value.errors["berlaku_sampai"]
    office.do(case_id, "susun_naskah", "pengolahan", berlaku_sampai=last)


def test_a_length_counts_from_the_beginning_that_is_written(office):
    case_id = along(office, "IUTM")
    begin = {"berlaku_mulai": "01/12/2026"}
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "susun_naskah", "pengolahan", **begin, berlaku_sampai="02/12/2031")
    assert "5 tahun; paling lambat sampai 01/12/2031" in refused.value.errors["berlaku_sampai"]
    office.do(case_id, "susun_naskah", "pengolahan", **begin, berlaku_sampai="01/12/2031")


def test_a_draft_of_before_that_ends_too_late_is_sent_back_instead_of_signed(office, monkeypatch):
    case_id = along(office, "SIPB")
    with monkeypatch.context() as before:
        before.setattr(soundness, "_outlives", lambda *_: None)
        office.do(case_id, "susun_naskah", "pengolahan", berlaku_sampai="31/12/2099")
    for element, by in (("paraf_kasi", "kasi"), ("paraf_kabid", "kabid"), ("penomoran", "penomoran")):
        office.do(case_id, element, by)
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "tanda_tangan", "kadis", cara="peragaan")
    assert "kembalikan naskah" in refused.value.errors["keputusan"]
    office.do(case_id, "tanda_tangan", "kadis", "kembalikan")


def test_a_new_permit_is_not_good_before_its_decree(office):
    case_id = along(office, "PEN")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "susun_naskah", "pengolahan", berlaku_mulai="01/07/2026")
    assert set(refused.value.errors) == {"berlaku_mulai"}
    drafted = office.at.date()
    office.do(case_id, "susun_naskah", "pengolahan", berlaku_mulai=drafted.strftime("%d/%m/%Y"))
    office.later(days=3)
    for element, by in (("paraf_kasi", "kasi"), ("paraf_kabid", "kabid"), ("penomoran", "penomoran")):
        office.do(case_id, element, by)
    office.do(case_id, "tanda_tangan", "kadis", cara="peragaan")
    with transaction() as store:
        issued = json.loads(store.documents.letters_of(case_id, "sk_izin")[-1].values)["berkas"]
    assert issued["berlaku_mulai"] == office.at.date().isoformat() > drafted.isoformat()


def scheduled(office, when):
    """A building's file with one visit appointed, and the login of who goes there."""
    case_id = office.registered("IMB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", **PLAIN | {"butuh_tinjauan": True})
    agency = next(iter(office.case(case_id).case.deployment.catalogue.permits["IMB"].agencies))
    office.do(case_id, "jadwalkan", "kabid", waktu=when, perangkat=[agency])
    return case_id, f"tim-{agency.lower()}"


def test_no_visit_is_reported_before_its_hour_on_the_same_day(office):
    case_id, team = scheduled(office, "05/08/2026 14.00")
    office.at = office.at.replace(day=5, hour=13, minute=40)
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "tinjauan", team, "sesuai", pemohon_hadir=True, waktu_kunjungan="05/08/2026 13.30")
    assert "05/08/2026 14.00" in refused.value.errors["waktu_kunjungan"]
    office.later(minutes=10)
    office.do(case_id, "tinjauan", team, "sesuai", pemohon_hadir=True, waktu_kunjungan="05/08/2026 13.50")


def test_who_applies_for_another_sends_his_power_of_attorney_once(office):
    case_id = office.open("PEN")
    given = {"dikuasakan": True, "nama_kuasa": "Dewi", "nik_kuasa": "1872010101900009"}
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "ajukan", "pemohon", **given)
    assert set(refused.value.errors) == {"berkas_tambahan.surat_kuasa.unggahan"}
    office.do(case_id, "ajukan", "pemohon", **given, berkas_tambahan__surat_kuasa__unggahan=True)
    with transaction() as store:
        asked = [one for one in store.documents.of_case(case_id) if "kuasa" in one.field]
    assert len(asked) == 1


def test_a_research_that_ends_before_it_begins_is_refused_at_its_end(office):
    case_id = office.open("PEN")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "ajukan", "pemohon", mulai_penelitian="01/12/2026", selesai_penelitian="01/11/2026")
    assert refused.value.errors == {"selesai_penelitian": "Selesai tidak boleh sebelum “Mulai”"}


def test_a_place_far_from_the_city_is_refused_at_its_field(office):
    case_id = office.open("PEN")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "ajukan", "pemohon", koordinat="-6.2088, 106.8456")
    assert set(refused.value.errors) == {"koordinat"}
    office.do(case_id, "ajukan", "pemohon", koordinat="-5.1131, 105.3067")


@pytest.mark.parametrize("year", ["1203", "2099", "2027"])
def test_a_vehicle_of_a_year_that_cannot_be_is_refused_at_its_field(office, year):
    case_id = office.open("TRY")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "ajukan", "pemohon", tahun_pembuatan=year)
    assert set(refused.value.errors) == {"kendaraan_pemohon.0.tahun_pembuatan"}


def test_who_initials_sees_the_draft_and_who_signs_gets_a_paper_without_its_mark(office):
    case_id = along(office, "PEN", ("susun_naskah", "pengolahan"))
    task = office.task(case_id, "paraf_kasi")
    assert task.properties["draft"] == "sk_izin"
    drafted = documents.draft_letter(case_id, "sk_izin", office.people["kasi"], office.at).content
    assert "RANCANGAN" in pages(drafted).upper()
    for element, by in (("paraf_kasi", "kasi"), ("paraf_kabid", "kabid"), ("penomoran", "penomoran")):
        office.do(case_id, element, by)
    to_sign = documents.draft_letter(case_id, "sk_izin", office.people["kadis"], office.at).content
    assert "RANCANGAN" not in pages(to_sign).upper()
    others = documents.draft_letter(case_id, "sk_izin", office.people["kasi"], office.at).content
    assert "RANCANGAN" in pages(others).upper()


def test_the_printed_card_tells_clocks_and_history(office):
    case_id = along(office, "PEN")
    card = pages(documents.draft_letter(case_id, "kartu_kendali", office.people["kasi"], office.at).content)
    assert "RANCANGAN" not in card
    for said in ("Jam Layanan", "Periksa kelengkapan", "Verifikasi keabsahan", "Surat terbit"):
        assert said in card, said


def test_the_printed_card_holds_every_event_exact_time_and_a_word_where_no_day_is_known(office):
    case_id = along(office, "PEN")
    office.later(minutes=7)
    with transaction() as store:
        held = store.cases.see(case_id)
        told = control_card.values(Work(store, held, Step(held.case, ()), office.at))
        events = store.cases.events(case_id)
        reading = read_clock(held.case, held.case.clock("L"), store.calendars.world(), office.at)
    assert [one["no"] for one in told["riwayat"]] == [str(row.seq) for row in events]
    assert set(control_card.WORDS) == KINDS
    service, limit = told["jam"][0], told["jam"][-1]
    assert (service["nama"], limit["nama"]) == ("Jam Layanan", "Batas Hukum")
    assert reading.elapsed.denominator > 10
    assert service["terpakai"] == f"{decimal(reading.elapsed)} hari kerja ({spoken(int(reading.elapsed_minutes))})"
    assert all(one[name] for one in told["jam"] for name in ("mulai", "janji", "terpakai", "standar"))
    found = documents.draft_letter(case_id, "kartu_kendali", office.people["kasi"], office.at)
    assert re.fullmatch(r"kartu-kendali-00001-PEN-[0-9]+\.pdf", found.name)
    assert "....." not in pages(found.content)


def test_a_card_says_of_a_limit_that_has_not_begun_or_is_not_set_that_it_is_so(office):
    case_id = office.open("PEN")
    with transaction() as store:
        held = store.cases.see(case_id)
        told = control_card.values(Work(store, held, Step(held.case, ()), office.at))
    assert [(one["nama"], one["janji"]) for one in told["jam"]] == [
        ("Jam Layanan", "belum mulai"),
        ("Batas Hukum", "belum mulai"),
    ]


def test_an_office_behind_one_address_logs_in_as_often_as_it_likes_and_a_guesser_does_not(office):
    email = "kasi@dpmptsp-contoh.id"
    for number in range(40):
        at = office.at + timedelta(seconds=number)
        accounts.log_in(email, "peragaan-metro-76", "10.0.0.1", at)
    for _ in range(5):
        with pytest.raises(NotAllowed):
            accounts.log_in(email, "salah-salah-salah", "10.0.0.2", office.at)
    with pytest.raises(Refused):
        accounts.log_in(email, "peragaan-metro-76", "10.0.0.2", office.at)
