"""What the administrator sees and turns, and that nobody else does."""

import html
import json
import re
from uuid import uuid4

import pytest

from app.operations import officials, people, processes
from app.store import transaction
from tests.app.web.office import NOW

NEW = {"nama": "Bayu Pratama, S.H.", "email": "bayu@contoh.id", "nip": "199001012020011001", "pangkat": "Penata",
       "sandi": "kuda baterai staples"}  # fmt: skip
ROLE = {"peran": "VB", "unit": "", "macam": "definitif", "dasar": "SK 800/12/2026", "mulai": "20/10/2026"}
PAGES = ("pegawai", "pengaturan", "nomor", "kalender", "katalog", "proses", "kesehatan")


def person_page(office, login):
    return f"/kelola/pegawai/{office.people[login]}"


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_opens_every_page_of_his_room(office, page):
    assert office.logged_in("admin").get(f"/kelola/{page}").status == 200


@pytest.mark.parametrize("page", PAGES)
def test_clerks_and_applicants_stay_outside(office, page):
    assert office.logged_in("verifikator").get(f"/kelola/{page}").status == 403
    assert office.logged_in("pemohon").get(f"/kelola/{page}").status == 403
    assert office.browser().get(f"/kelola/{page}").status == 303


# --- people


def test_an_official_is_hired_and_given_a_role_with_its_sk(office):
    admin = office.logged_in("admin")
    hired = admin.post("/kelola/pegawai", NEW)
    assert hired.status == 303
    given = admin.post(f"{hired.location}/peran", ROLE)
    page = admin.follow(given)
    assert "SK 800/12/2026" in page
    assert "Verifikator" in page
    assert office.browser().post("/masuk", {"email": NEW["email"], "sandi": NEW["sandi"]}).location == "/kotak-tugas"


def test_a_weak_password_or_a_used_address_keeps_what_was_typed(office, database_rows):
    answer = office.logged_in("admin").post(
        "/kelola/pegawai", {**NEW, "email": "kasi@dpmptsp-contoh.id", "sandi": "pendek"}
    )
    assert answer.status == 422
    for sentence in ("Surel ini sudah dipakai akun lain", "Kata sandi harus 12", 'value="Bayu Pratama, S.H."'):
        assert sentence in answer
    assert "pendek" not in answer
    assert database_rows("select count(*) from people where email = 'bayu@contoh.id'") == [(0,)]


def details(office, login, **changed):
    """The form of an official's details as the page shows it, with what is typed over it."""
    text = office.logged_in("admin").get(person_page(office, login)).text.split("/data")[1].split("</form>")[0]
    shown = re.findall(r'name="(nama|email|nip|pangkat)" type="\w+" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in shown} | changed


def test_an_official_s_details_are_put_right_and_told_without_their_values(office, database_rows):
    admin, clerk = office.logged_in("admin"), office.logged_in("kasi")
    typed = details(office, "kasi", nama="Rahmat Hidayat, M.Si.", pangkat="Pembina (IV/a)")
    answer = admin.post(f"{person_page(office, 'kasi')}/data", typed)
    page = admin.follow(answer)
    assert "Data pegawai diubah." in page
    assert "<h1>Rahmat Hidayat, M.Si.</h1>" in page
    told = database_rows("select body::text from office_events where kind = 'official_changed'")
    assert len(told) == 1
    assert "rank" in told[0][0]
    assert "Rahmat" not in told[0][0]
    assert clerk.get("/kotak-tugas").status == 200, "his session stays"
    assert "Tidak ada yang berubah." in admin.follow(admin.post(f"{person_page(office, 'kasi')}/data", typed))


def test_another_e_mail_of_an_official_ends_his_sessions_and_what_was_sent_to_the_old_one(office, database_rows):
    admin, clerk = office.logged_in("admin"), office.logged_in("kasi")
    with office.app.app_context():
        people.ask_reset("kasi@dpmptsp-contoh.id", "https://contoh.id/sandi-baru/{token}", "127.0.0.1", NOW)
    typed = details(office, "kasi", email="kasi.baru@contoh.id")
    assert admin.post(f"{person_page(office, 'kasi')}/data", typed).status == 303
    assert clerk.get("/kotak-tugas").status == 303
    assert database_rows("select count(*) from tokens where used_at is null") == [(0,)]
    assert admin.get("/kelola/pegawai").status == 200
    own = details(office, "admin", email="admin.baru@contoh.id")
    assert admin.post(f"{person_page(office, 'admin')}/data", own).status == 303
    assert admin.get("/kelola/pegawai").status == 200, "the administrator's own session stays"


def test_a_fault_in_an_official_s_details_keeps_what_was_typed_and_changes_nothing(office, database_rows):
    before = database_rows("select * from people order by id")
    typed = {"nama": "X", "email": "KASI@dpmptsp-contoh.id", "nip": "123", "pangkat": "Juru"}
    answer = office.logged_in("admin").post(f"{person_page(office, 'verifikator')}/data", typed)
    assert answer.status == 422
    for sentence in (
        "Nama dengan gelar wajib diisi",
        "Surel ini sudah dipakai akun lain",
        'value="Juru"',
        'href="#f-email"',
    ):
        assert sentence in answer
    assert database_rows("select * from people order by id") == before


def test_an_applicant_s_details_are_not_the_administrator_s_to_change(office, database_rows):
    before = database_rows("select name, email from people order by id")
    typed = {"nama": "Orang Lain", "email": "lain@contoh.id"}
    assert office.logged_in("admin").post(f"{person_page(office, 'pemohon')}/data", typed).status == 404
    assert database_rows("select name, email from people order by id") == before


def test_a_substitute_needs_an_end_and_a_technical_team_its_agency(office, database_rows):
    admin = office.logged_in("admin")
    before = database_rows("select count(*) from grants")
    stand_in = admin.post(f"{person_page(office, 'sekretaris')}/peran", {**ROLE, "peran": "KD", "macam": "plh"})
    team = admin.post(f"{person_page(office, 'sekretaris')}/peran", {**ROLE, "peran": "TT"})
    assert (stand_in.status, team.status) == (422, 422)
    assert "Plt. dan Plh. harus punya tanggal akhir" in stand_in
    assert "memerlukan perangkat daerah" in team
    assert database_rows("select count(*) from grants") == before


def test_unreadable_days_come_back_both_with_a_sentence(office):
    answer = office.logged_in("admin").post(
        f"{person_page(office, 'sekretaris')}/peran", {**ROLE, "mulai": "31/02/2026", "sampai": "besok"}
    )
    assert answer.status == 422
    assert 'value="31/02/2026"' in answer
    assert answer.text.count('class="salah"') == 2


def test_a_substitute_says_whom_he_stands_in_for(office):
    admin = office.logged_in("admin")
    typed = {**ROLE, "peran": "KD", "macam": "plh", "sampai": "30/10/2026", "menggantikan": str(office.people["kadis"])}
    page = admin.follow(admin.post(f"{person_page(office, 'sekretaris')}/peran", typed))
    assert "menggantikan Dr. Nurhayati Lubis" in page


def test_a_substitute_for_nobody_and_a_role_held_twice_are_refused(office, database_rows):
    admin, address = office.logged_in("admin"), f"{person_page(office, 'sekretaris')}/peran"
    typed = {**ROLE, "peran": "KD", "macam": "plh", "sampai": "30/10/2026"}
    assert "Pilih pejabat yang digantikan" in admin.post(address, typed)
    for nobody in (uuid4(), office.people["loket"], office.people["pemohon"]):
        told = admin.post(address, {**typed, "menggantikan": str(nobody)})
        assert told.status == 422
        assert "tidak memegang peran itu" in told
    named = {**typed, "menggantikan": str(office.people["kadis"])}
    assert admin.post(address, named).status == 303
    again = admin.post(address, {**named, "mulai": "30/10/2026", "sampai": "02/11/2026"})
    assert again.status == 422
    assert "sudah dipegangnya pada hari-hari itu" in again
    after = {**named, "mulai": "31/10/2026", "sampai": "02/11/2026"}
    assert admin.post(address, after).status == 303


def test_nobody_is_stood_in_for_by_two_at_once_nor_on_days_that_are_past(office):
    admin = office.logged_in("admin")
    typed = {**ROLE, "peran": "KD", "macam": "plh", "sampai": "30/10/2026", "menggantikan": str(office.people["kadis"])}
    past = admin.post(f"{person_page(office, 'sekretaris')}/peran", {**typed, "mulai": "19/10/2026"})
    assert past.status == 422
    assert "mulai paling awal hari ini" in past
    assert admin.post(f"{person_page(office, 'sekretaris')}/peran", typed).status == 303
    second = {**typed, "mulai": "30/10/2026", "sampai": "31/10/2026"}
    told = admin.post(f"{person_page(office, 'kabid')}/peran", second)
    assert told.status == 422
    assert "sudah digantikan" in told
    after = {**second, "mulai": "31/10/2026"}
    assert admin.post(f"{person_page(office, 'kabid')}/peran", after).status == 303


def test_only_a_technical_role_belongs_to_an_agency(office):
    told = office.logged_in("admin").post(f"{person_page(office, 'sekretaris')}/peran", {**ROLE, "unit": "PUPR"})
    assert told.status == 422
    assert "bukan peran tim teknis" in told


def test_an_administrator_gives_himself_nothing(office):
    answer = office.logged_in("admin").post(f"{person_page(office, 'admin')}/peran", {**ROLE, "peran": "KD"})
    assert answer.status == 422
    assert "tidak memberi peran kepada dirinya sendiri" in answer


def test_a_revoked_role_counts_from_the_next_click(office, database_rows):
    (grant,) = database_rows("select id::text from grants where person_id = %s", (str(office.people["pengawas"]),))[0]
    supervisor = office.logged_in("pengawas")
    assert supervisor.get("/kelola/kesehatan").status == 200
    assert office.logged_in("admin").post(f"{person_page(office, 'pengawas')}/peran/{grant}/cabut").status == 303
    assert supervisor.get("/kelola/kesehatan").status == 403


def test_a_role_that_was_never_given_cannot_be_revoked(office, database_rows):
    ((of_another,),) = database_rows(
        "select id from grants where person_id = %s and revoked_at is null limit 1", (str(office.people["kasi"]),)
    )
    for grant in (uuid4(), of_another):
        answer = office.logged_in("admin").post(f"{person_page(office, 'pengawas')}/peran/{grant}/cabut")
        assert answer.status == 404
        assert "Pemberian peran ini tidak ditemukan." in answer
    assert database_rows("select count(*) from office_events where kind = 'role_revoked'") == [(0,)]


def test_disabling_asks_first_ends_sessions_and_hands_tasks_back(office, database_rows):
    case_id = office.registered()
    task = office.claimed(case_id, "verifikator")
    holder, admin = office.logged_in("verifikator"), office.logged_in("admin")
    assert admin.post(f"{person_page(office, 'verifikator')}/nonaktif").status == 422
    assert holder.get("/kotak-tugas").status == 200
    page = admin.follow(admin.post(f"{person_page(office, 'verifikator')}/nonaktif", {"yakin": "ya"}))
    assert "1 tugas dikembalikan" in page
    assert holder.get("/kotak-tugas").status == 303
    assert database_rows("select assignee_id from tasks where id = %s", (str(task),)) == [(None,)]
    admin.post(f"{person_page(office, 'verifikator')}/aktif")
    assert office.logged_in("verifikator").get("/kotak-tugas").status == 200


def test_a_book_is_started_anew_until_its_first_number_is_given(office):
    admin = office.logged_in("admin")
    typed = {"register": "BAP", "izin": "", "tahun": "2027", "mulai": "5"}
    for first in ("5", "50", "20"):
        assert admin.post("/kelola/nomor", {**typed, "mulai": first}).status == 303
    assert "0020" in admin.get("/kelola/nomor")


@pytest.mark.parametrize("nip", ["123", "bukan nip", "1990010120200110012"])
def test_a_nip_that_is_none_is_refused_and_so_is_another_persons(office, nip, database_rows):
    admin = office.logged_in("admin")
    assert admin.post("/kelola/pegawai", {**NEW, "nip": nip}).status == 422
    assert admin.post("/kelola/pegawai", NEW).status == 303
    again = admin.post("/kelola/pegawai", {**NEW, "email": "lain@contoh.id"})
    assert again.status == 422
    assert "sudah dipakai pegawai lain" in again


def test_the_last_administrator_cannot_lock_the_office_out(office, database_rows):
    admin, own = office.logged_in("admin"), person_page(office, "admin")
    ((grant,),) = database_rows(
        "select id from grants where person_id = %s and role = 'AS' and revoked_at is null",
        (str(office.people["admin"]),),
    )
    refused = admin.post(f"{own}/peran/{grant}/cabut")
    assert refused.status == 409
    assert "administrator terakhir" in refused
    assert admin.post(f"{person_page(office, 'sekretaris')}/peran", {**ROLE, "peran": "AS"}).status == 303
    second = office.logged_in("sekretaris")
    assert second.post(f"{own}/peran/{grant}/cabut").status == 303
    assert second.post(f"{person_page(office, 'admin')}/nonaktif", {"yakin": "ya"}).status == 303
    assert admin.get("/kelola/pegawai").status in (303, 403)


def test_the_own_account_is_not_disabled(office):
    answer = office.logged_in("admin").post(f"{person_page(office, 'admin')}/nonaktif", {"yakin": "ya"})
    assert answer.status == 409


@pytest.mark.parametrize("address", ["/peran", "/nonaktif", "/aktif"])
def test_nobody_but_the_administrator_changes_people(office, database_rows, address):
    before = database_rows("select count(*) from grants"), database_rows("select count(disabled_at) from people")
    for login, status in (("kadis", 403), ("pemohon", 404)):
        found = office.logged_in(login).post(f"{person_page(office, 'kasi')}{address}", {**ROLE, "yakin": "ya"})
        assert found.status == status
    assert (
        database_rows("select count(*) from grants"),
        database_rows("select count(disabled_at) from people"),
    ) == before


def test_an_unknown_person_is_not_found(office):
    admin = office.logged_in("admin")
    assert admin.get(f"/kelola/pegawai/{uuid4()}").status == 404
    assert admin.get(f"/kelola/pegawai/{office.people['pemohon']}").status == 404


# --- settings and books


def settings_typed(office):
    """The settings page as it stands, ready to be sent."""
    page = office.logged_in("admin").get("/kelola/pengaturan").text
    inputs = re.findall(r'<input id="f-(\w+)" name="\w+" type="text" value="([^"]*)"', page)
    areas = re.findall(r'<textarea id="f-(\w+)"[^>]*>([^<]*)</textarea>', page)
    return {name: html.unescape(value) for name, value in (*inputs, *areas)}


def test_a_changed_citation_stands_on_pages_and_on_new_letters(office, database_rows):
    admin = office.logged_in("admin")
    typed = settings_typed(office) | {
        "peraturan": "Peraturan Walikota Metro Nomor 6 Tahun 2018",
        "kop": "KOTA METRO\nDPMPTSP",
    }
    assert admin.post("/kelola/pengaturan", typed).status == 303
    assert "Nomor 6 Tahun 2018" in office.browser().get("/")
    office.registered(at=NOW)
    (values,) = database_rows("select values from letters where kind = 'tanda_terima'")[0]
    assert '"kop":["KOTA METRO","DPMPTSP"]' in values
    told = database_rows("select body from office_events where kind = 'settings_changed'")
    assert len(told) == 1
    assert "Nomor 6 Tahun 2018" in told[0][0]


def test_sending_the_page_unchanged_changes_nothing(office, database_rows):
    admin = office.logged_in("admin")
    page = admin.follow(admin.post("/kelola/pengaturan", settings_typed(office)))
    assert "Tidak ada yang berubah." in page
    assert database_rows("select count(*) from settings") == [(0,)]


def test_the_shipped_value_takes_the_override_away(office, database_rows):
    admin, shipped = office.logged_in("admin"), settings_typed(office)
    admin.post("/kelola/pengaturan", shipped | {"telepon": "(0725) 1"})
    assert database_rows("select count(*) from settings") == [(1,)]
    assert "Semula" in admin.get("/kelola/pengaturan")
    admin.post("/kelola/pengaturan", shipped)
    assert database_rows("select count(*) from settings") == [(0,)]


def test_wrong_settings_come_back_as_they_were_typed(office, database_rows):
    wrong = {"telepon": "", "berlaku_sejak": "kemarin", "public_url": "javascript:alert(1)", "alamat": "x" * 700}
    answer = office.logged_in("admin").post("/kelola/pengaturan", settings_typed(office) | wrong)
    assert answer.status == 422
    assert answer.text.count('class="salah"') == 4
    assert 'value="kemarin"' in answer
    assert database_rows("select count(*) from settings") == [(0,)]


def test_those_who_may_read_settings_do_not_change_them(office, database_rows):
    supervisor = office.logged_in("kabid")
    page = supervisor.get("/kelola/pengaturan")
    assert "Simpan pengaturan" not in page
    assert supervisor.post("/kelola/pengaturan", {"telepon": "1"}).status == 403
    assert supervisor.post("/kelola/nomor", {"register": "BAP", "tahun": "2026", "mulai": "5"}).status == 403
    assert database_rows("select count(*) from settings") == [(0,)]


def test_a_book_begins_where_the_paper_book_ended(office):
    admin = office.logged_in("admin")
    typed = {"register": "PENDAFTARAN", "izin": "", "tahun": "2026", "mulai": "142"}
    assert admin.post("/kelola/nomor", typed).status == 303
    case_id = office.registered(at=NOW)
    assert office.case(case_id).held.number.startswith("00142 ")
    again = admin.post("/kelola/nomor", {**typed, "mulai": "5"})
    assert again.status == 422
    assert "nomornya tidak dapat diatur lagi" in again


def test_a_book_s_start_is_read_carefully(office, database_rows):
    admin = office.logged_in("admin")
    for wrong in ({"register": "TIDAK"}, {"register": "IZIN"}, {"tahun": "26"}, {"mulai": "0"}, {"mulai": "²"}):
        typed = {"register": "BAP", "izin": "", "tahun": "2026", "mulai": "5", **wrong}
        assert admin.post("/kelola/nomor", typed).status == 422
    assert database_rows("select count(*) from number_books") == [(0,)]


# --- to look at


def test_the_calendar_shows_holidays_with_their_decree_and_warns_of_an_open_year(office):
    admin = office.logged_in("admin")
    page = admin.get("/kelola/kalender?tahun=2026")
    for sentence in ("Hari Buruh Internasional", "SKB 3 Menteri", "Jam Ramadan 1447 H", "07.30–12.00"):
        assert sentence in page
    assert "belum ditetapkan" in admin.get("/kelola/kalender?tahun=2027")
    assert admin.get("/kelola/kalender?tahun=9999").status == 404
    assert admin.get("/kelola/kalender?tahun=dua ribu").status == 200


def test_the_catalogue_names_sources_and_marks_examples(office):
    page = office.logged_in("kabid").get("/kelola/katalog")
    for sentence in ("imb-2012-contoh", "Standar pelayanan Izin Trayek Kota Metro", "tidak dilayani", "contoh"):
        assert sentence in page


@pytest.fixture
def draft(office):
    """A second release, proposed by one process administrator."""
    with office.app.app_context():
        with transaction() as store:
            files = store.deployments.files(store.deployments.active().id)
        files["processes/bersama/README.md"] = b"Catatan baru\n"
        return processes.deploy(files, "catatan", NOW, development=False, by=office.people["proses"])


def test_a_release_waits_for_a_second_person(office, draft):
    author, second = office.logged_in("proses"), office.logged_in("proses2")
    page = author.get(f"/kelola/proses/{draft.id}")
    assert "pengusul tidak menyetujui usulnya sendiri" in page
    assert "processes/bersama/README.md" in page
    assert draft.checksum in page
    assert author.post(f"/kelola/proses/{draft.id}/setujui").status == 409
    assert office.logged_in("admin").post(f"/kelola/proses/{draft.id}/setujui").status == 403
    assert "menunggu persetujuan" in second.get("/kelola/proses")
    assert second.post(f"/kelola/proses/{draft.id}/setujui").status == 303
    assert second.post(f"/kelola/proses/{draft.id}/setujui").status == 409


@pytest.fixture
def stricter(office):
    """A release that promises SIPB sooner and raises the levy on buildings."""
    with office.app.app_context():
        with transaction() as store:
            files = store.deployments.files(store.deployments.active().id)
        permits = json.loads(files["processes/catalogue/permits.json"])
        permits["SIPB"]["standards"].append(
            {"budget": "5 hk", "valid_from": "2027-01-01", "basis": "SK Kadis 7/2026", "example": True}
        )
        tariffs = json.loads(files["processes/catalogue/tariffs.json"])
        next(one for one in tariffs if one["levy"] == "imb")["content"]["harga_satuan"] = 5000
        files |= {
            "processes/catalogue/permits.json": json.dumps(permits).encode(),
            "processes/catalogue/tariffs.json": json.dumps(tariffs).encode(),
        }
        return processes.deploy(files, "standar baru", NOW, development=False, by=office.people["proses"])


def test_a_release_that_changes_standards_or_tariffs_takes_effect_by_a_decree_only(office, stricter):
    second = office.logged_in("proses2")
    page = second.get(f"/kelola/proses/{stricter.id}")
    changes = (
        "Yang berubah menurut hukum",
        "Surat Izin Praktik Bidan",
        "5 hari kerja (contoh) sejak 01/01/2027",
        "imb-2012-contoh",
    )
    for sentence in changes:
        assert sentence in page
    second.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert "5 working days (example) since 01/01/2027" in second.get(f"/kelola/proses/{stricter.id}")
    second.post("/bahasa", {"bahasa": "id", "lanjut": "/"})
    refused = second.post(f"/kelola/proses/{stricter.id}/setujui", {"keputusan": " "})
    assert refused.status == 422
    assert "Sebutkan keputusan yang mendasari" in refused
    assert second.post(f"/kelola/proses/{stricter.id}/setujui", {"keputusan": "SK Kadis 7/2026"}).status == 303
    assert "SK Kadis 7/2026" in second.get(f"/kelola/proses/{stricter.id}")


def test_a_release_is_turned_down_with_a_reason_and_may_be_proposed_again(office, stricter):
    author, second = office.logged_in("proses"), office.logged_in("proses2")
    assert author.post(f"/kelola/proses/{stricter.id}/tolak", {"alasan": "Saya sendiri"}).status == 409
    assert second.post(f"/kelola/proses/{stricter.id}/tolak", {"alasan": ""}).status == 422
    assert second.post(f"/kelola/proses/{stricter.id}/tolak", {"alasan": "Belum disepakati"}).status == 303
    assert "Belum disepakati" in author.get(f"/kelola/proses/{stricter.id}")
    assert second.post(f"/kelola/proses/{stricter.id}/setujui", {"keputusan": "SK Kadis 7/2026"}).status == 409
    with office.app.app_context():
        with transaction() as store:
            files = store.deployments.files(stricter.id)
        again = processes.deploy(files, "lagi", NOW, development=False, by=office.people["proses2"])
    assert (again.id, again.status) == (stricter.id, "draft")
    assert author.post(f"/kelola/proses/{stricter.id}/setujui", {"keputusan": "SK Kadis 8/2026"}).status == 303


def test_an_unknown_release_is_not_found(office):
    assert office.logged_in("proses").get(f"/kelola/proses/{uuid4()}").status == 404


def test_health_verifies_the_ledger_and_finds_what_was_tampered_with(office, database_rows):
    office.submitted()
    admin = office.logged_in("admin")
    assert "Semua rantai utuh." in admin.post("/kelola/kesehatan/buku-jejak")
    database_rows("alter table events disable trigger all")
    database_rows("update events set role = 'KD' where seq = 2")
    page = admin.post("/kelola/kesehatan/buku-jejak")
    assert "1 rantai rusak." in page


def test_what_was_given_up_is_tried_again_and_an_incident_closed(office, database_rows):
    case_id = office.submitted()
    with office.app.app_context():
        people.ask_reset("kasi@dpmptsp-contoh.id", "https://contoh.id/{token}", "127.0.0.1", NOW)
    database_rows(
        "update outbox set given_up_at = now(), fault = 'jalan putus' where id = (select id from outbox limit 1)"
    )
    (effect,) = database_rows("select id::text from outbox where given_up_at is not null")[0]
    statement = (
        "insert into incidents (id, case_id, element, reason, during, at) "
        "values (%s, %s, 'gerbang', 'tak ada jalan', 'wake', now())"
    )
    incident = str(uuid4())
    database_rows(statement, (incident, str(case_id)))
    admin = office.logged_in("admin")
    page = admin.get("/kelola/kesehatan")
    assert "jalan putus" in page
    assert "tak ada jalan" in page
    assert office.logged_in("pengawas").post(f"/kelola/kesehatan/kiriman/{effect}").status == 403
    assert admin.post(f"/kelola/kesehatan/kiriman/{effect}").status == 303
    assert admin.post(f"/kelola/kesehatan/kiriman/{effect}").status == 404
    assert admin.post(f"/kelola/kesehatan/gangguan/{incident}").status == 303
    assert admin.post(f"/kelola/kesehatan/gangguan/{incident}").status == 404
    assert database_rows("select count(*) from outbox where given_up_at is not null") == [(0,)]


def test_a_release_whose_lane_waits_for_nobody_says_so_before_its_first_file_comes(office):
    with office.app.app_context():
        with transaction() as store:
            files = store.deployments.files(store.deployments.active().id)
        waiting = [one for one in processes.waiting_for_nobody(files, NOW) if "AP" not in one.message]
        assert waiting == []
        officials.disable(office.people["kabid"], office.people["admin"], NOW)
        told = {(one.code, one.severity) for one in processes.waiting_for_nobody(files, NOW)}
        assert told == {("nobody-holds", "warning")}
        assert any("(KB)" in one.message or "KB " in one.message for one in processes.waiting_for_nobody(files, NOW))
