"""The pages of limits that near, promises extended with consent, and clock rules: shown, answered, refused in place."""

import io
from datetime import timedelta

import pytest

from app.operations import limit_watch
from app.operations.demo.invented import paper
from app.store import transaction
from engine.case import read_clock
from tests.app.web.office import NOW

REASON = "Menunggu hasil uji tanah"
RULES = {
    "whole_day": "ya", "afternoon": "tidak", "applicant_grace": "tidak", "fresh_quota": "tidak", "by_length": "tidak",
    "rungs": "50, 80", "limit_days": "3, 1", "near": "60", "berlaku": "21/10/2026", "keputusan": "SK Kadis 3/2026",
}  # fmt: skip


def promise(application, case_id, name="L"):
    with application.app_context(), transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        return read_clock(held.case, held.case.clock(name), world, NOW).promised_at


def raised(application, case_id):
    """The risk of a limit that nears, as the watch raises it the day before."""
    limit = promise(application, case_id, "H")
    with application.app_context():
        limit_watch.look(case_id, limit - timedelta(hours=3))
        with transaction() as store:
            return store.limit_risks.of_case(case_id)[0].id


def later(application, case_id, days=7):
    day = promise(application, case_id).date() + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.strftime("%d/%m/%Y")


def extension(database_rows):
    [(id,)] = database_rows("select id from extensions order by proposed_at desc limit 1")
    return id


def asked(office, application, case_id, login="kasi", **typed):
    wanted = {"hari_baru": later(application, case_id), "alasan_perpanjangan": REASON, **typed}
    return office.logged_in(login).post(f"/berkas/{case_id}/perpanjangan", wanted)


def test_a_limit_that_nears_stands_in_the_inbox_on_the_board_and_on_the_card_until_it_is_answered(office, application):
    case_id = office.registered()
    risk = raised(application, case_id)
    kabid = office.logged_in("kabid")
    number = office.case(case_id).held.number
    assert f"Risiko fiktif positif {number}" in kabid.get("/kotak-tugas")
    assert "/jam-layanan/risiko" in kabid.get("/jam-layanan")
    card = kabid.get(f"/berkas/{case_id}")
    assert "Menunggu jawaban Kepala Bidang atau Kepala Dinas." in card
    page = kabid.get("/jam-layanan/risiko")
    assert number in page
    assert "Yang menghalangi" in page
    wrong = kabid.post(
        f"/jam-layanan/risiko/{risk}", {f"sebab-{risk}": "Petugas sedang sakit", f"tindakan-{risk}": "x"}
    )
    assert wrong.status == 422
    assert "Petugas sedang sakit" in wrong
    assert f'id="s-tindakan-{risk}"' in wrong
    typed = {f"sebab-{risk}": "Petugas sedang sakit", f"tindakan-{risk}": "Tugas dialihkan"}
    assert kabid.post(f"/jam-layanan/risiko/{risk}", typed).status == 303
    history = kabid.get(f"/berkas/{case_id}?bagian=riwayat")
    assert "Petugas sedang sakit · Tugas dialihkan" in history
    assert "Risiko fiktif positif dijawab" in history
    assert kabid.post(f"/jam-layanan/risiko/{risk}", typed).status == 409


def test_an_applicant_reads_nothing_of_the_office_own_risks(office, application):
    case_id = office.registered()
    raised(application, case_id)
    applicant = office.logged_in("pemohon")
    for address in (f"/permohonan/{case_id}", f"/berkas/{case_id}", f"/berkas/{case_id}?bagian=riwayat"):
        assert "fiktif" not in applicant.get(address).text.lower(), address


def test_the_applicant_agrees_on_his_own_page_and_every_page_tells_both_dates(office, application, database_rows):
    case_id = office.registered()
    old = promise(application, case_id)
    assert asked(office, application, case_id).status == 303
    applicant = office.logged_in("pemohon")
    page = applicant.get(f"/permohonan/{case_id}")
    assert "Kantor meminta persetujuan Anda" in page
    assert REASON in page
    address = f"/permohonan/{case_id}/perpanjangan/{extension(database_rows)}"
    assert applicant.post(address, {}).status == 422
    assert promise(application, case_id) == old
    assert applicant.post(address, {"putusan": "setuju"}).status == 303
    assert promise(application, case_id) > old
    clock = office.case(case_id).service.id
    for browser, shown in (
        (applicant, f"/permohonan/{case_id}"),
        (applicant, f"/berkas/{case_id}/jam/{clock}"),
        (office.logged_in("kasi"), f"/berkas/{case_id}"),
        (office.logged_in("kasi"), "/jam-layanan"),
    ):
        assert "diperpanjang dengan persetujuan" in browser.get(shown), shown
    assert "persetujuan pemohon" in applicant.get(f"/berkas/{case_id}/jam/{clock}")
    assert office.logged_in("kasi").get(f"/berkas/{case_id}/jam/{clock}/penjelasan.pdf").data.startswith(b"%PDF")
    csv = office.logged_in("pengawas").get("/jam-layanan/unduh.csv")
    assert f"{old:%d/%m/%Y}" in csv
    assert applicant.post(address, {"putusan": "setuju"}).status == 409


def test_a_date_that_cannot_be_promised_keeps_what_was_typed(office, application):
    case_id = office.registered()
    for wrong in ("besok", "19/10/2026", ""):
        page = asked(office, application, case_id, hari_baru=wrong)
        assert page.status == 422
        assert 'id="s-hari_baru"' in page
        assert REASON in page


def test_the_counter_records_a_signed_answer_and_whoever_sees_the_file_reads_its_scan(
    office, application, database_rows
):
    case_id = office.registered()
    asked(office, application, case_id, "kabid")
    clerk, id = office.logged_in("loket"), extension(database_rows)
    address = f"/berkas/{case_id}/perpanjangan/{id}"
    silent = clerk.post(address, {"jawaban_tertulis": "Surat 20 Oktober"})
    assert silent.status == 422
    assert 'href="#f-putusan"' in silent
    endless = clerk.post(address, {"putusan": "tolak", "jawaban_tertulis": "S" * 2001})
    assert endless.status == 422
    assert "Anda menulis 2001" in endless
    missing = clerk.post(address, {"putusan": "setuju", "jawaban_tertulis": "Surat 20 Oktober"})
    assert missing.status == 422
    assert "Surat 20 Oktober" in missing
    scan = (io.BytesIO(paper()), "persetujuan.pdf")
    typed = {"putusan": "setuju", "jawaban_tertulis": "Surat 20 Oktober", "pindaian_setuju": scan}
    assert clerk.post(address, typed, content_type="multipart/form-data").status == 303
    assert office.logged_in("pemohon").get(f"/berkas/perpanjangan/{id}/pindaian").status == 200
    assert office.logged_in("pemohon2").get(f"/berkas/perpanjangan/{id}/pindaian").status == 404


def test_clock_rules_are_shown_with_their_examples_and_adopted_by_another_person(office):
    admin, kadis = office.logged_in("admin"), office.logged_in("kadis")
    page = admin.get("/kelola/aturan-jam")
    for word in ("Ketatnya jam tutup", "Bobot setengah hari", "Peringatan batas hukum", "belum dipastikan pejabat"):
        assert word in page
    made = admin.post("/kelola/aturan-jam", RULES)
    assert made.status == 303
    assert made.location in kadis.get("/kotak-tugas")
    assert "Tetapkan aturan" not in admin.get(made.location)
    proposal = kadis.get(made.location)
    assert "Tetapkan aturan" in proposal
    assert "Kahar pada hari terakhir" not in proposal, "only what would change"
    assert kadis.post(f"{made.location}/tetapkan").status == 303
    assert kadis.post(f"{made.location}/tetapkan").status == 409
    after = office.logged_in("pengawas").get("/kelola/aturan-jam")
    assert "SK Kadis 3/2026" in after


@pytest.mark.parametrize(
    ("field", "typed"), [("rungs", "banyak"), ("near", "170"), ("berlaku", "kemarin"), ("keputusan", "")]
)
def test_a_rule_that_cannot_be_read_is_refused_at_its_field_with_the_rest_kept(office, field, typed):
    page = office.logged_in("admin").post("/kelola/aturan-jam", {**RULES, field: typed})
    assert page.status == 422
    assert f'id="s-{field}"' in page
    assert 'name="whole_day" value="ya" checked' in page


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("near", "170", "The colour threshold must be between 1 and 99 per cent"),
        ("rungs", "0", "There are at most 6 warnings, each a number between 1 and 99 per cent"),
        ("limit_days", "31", "There are at most 6 days before the legal limit, each a number from 1 to 30"),
    ],
)
def test_what_the_clocks_own_rule_refuses_is_told_in_the_readers_language(office, field, typed, told):
    admin = office.logged_in("admin")
    admin.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = admin.post("/kelola/aturan-jam", {**RULES, field: typed})
    assert page.status == 422
    assert told in page


def test_the_new_pages_speak_english_to_who_chose_it(office, application):
    case_id = office.registered()
    raised(application, case_id)
    asked(office, application, case_id)
    kabid = office.logged_in("kabid")
    kabid.post("/bahasa", {"bahasa": "en"})
    assert "Risk of deemed approval" in kabid.get("/jam-layanan/risiko")
    assert "Strictness of closing time" in kabid.get("/kelola/aturan-jam")
    assert "Extension of the promise" in kabid.get(f"/berkas/{case_id}?bagian=tindakan")
