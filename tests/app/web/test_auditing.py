"""The audit room: who did what, when and from where, over all files, for supervisors only."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from app.operations import case_export, people, personal, trail
from app.web import event_words, trail_words
from tests.app.web.office import NOW

LINES = re.compile(r"<tr data-baris>.*?</tr>", re.S)


def lines(page):
    return LINES.findall(page.text)


def opened_nik(office, case_id, address="10.0.0.7"):
    with office.app.app_context():
        return people.reveal_nik(case_id, "Mencocokkan KTP", office.people["loket"], NOW, address)


@pytest.fixture
def supervisor(office):
    return office.logged_in("pengawas")


def words(page):
    return re.findall(r'<span class="kuat">([^<]+)</span>', "".join(page))


def test_the_trail_tells_what_happened_in_the_words_of_the_files_own_history(office, supervisor):
    case_id = office.registered()
    told = words(lines(supervisor.get("/audit?jenis=peristiwa")))
    history = supervisor.get(f"/berkas/{case_id}?bagian=riwayat").text
    assert "Periksa kelengkapan: Lengkap" in " ".join(told)
    assert told == words([history[history.index("Semua peristiwa") :]])


def test_a_line_of_the_trail_leads_to_that_line_of_the_file(office, supervisor):
    office.registered()
    address, anchor = re.search(r'href="(/berkas/[^"#]+)#(peristiwa-\d+)"', supervisor.get("/audit").text).groups()
    assert f'id="{anchor}"' in supervisor.get(address.replace("&amp;", "&"))


def test_the_trail_is_found_by_person_role_kind_file_and_time(office, supervisor):
    first, second = office.registered(), office.registered(at=NOW - timedelta(days=9))
    number = office.case(second).held.number
    clerk = office.people["loket"]
    for query, there in (
        (f"siapa={clerk}", "Petugas Loket"),
        ("peran=FO", "Petugas Loket"),
        ("jenis=letter_issued", "Surat terbit"),
        (f"berkas={quote(number)}", number),
        ("dari=19/10/2026&sampai=20/10/2026", str(first)),
        ("sampai=12/10/2026+23.59", str(second)),
    ):
        found = lines(supervisor.get(f"/audit?{query}"))
        assert found, query
        assert all(there in one for one in found), query


def test_the_machines_own_doing_is_found_as_the_systems(office, supervisor):
    office.registered()
    found = lines(supervisor.get("/audit?siapa=sistem"))
    assert found
    assert all("sistem" in one for one in found)


def test_a_tracking_code_finds_the_file_as_people_write_it(office, supervisor):
    code = office.case(office.registered()).held.tracking_code
    written = f"{code[:4]}-{code[4:]}".lower()
    assert lines(supervisor.get(f"/audit?berkas={written}&jenis=peristiwa"))


def test_who_looked_at_whose_number_and_from_where_stands_in_the_trail(office, supervisor):
    case_id = office.registered()
    opened_nik(office, case_id)
    opened_nik(office, case_id, "10.0.0.8")
    (line,) = lines(supervisor.get("/audit?alamat=10.0.0.7"))
    assert "NIK lengkap dibuka" in line
    assert "Mencocokkan KTP" in line
    assert f"/berkas/{case_id}" in line


def test_from_which_computer_an_official_acted_is_found_and_the_machine_came_from_nowhere(office, supervisor):
    case_id = office.registered()
    task = office.task(case_id)
    taken = office.logged_in("verifikator").post(f"/tugas/{task}/ambil", environ_base={"REMOTE_ADDR": "10.0.0.7"})
    assert taken.status == 303
    (line,) = lines(supervisor.get("/audit?alamat=10.0.0.7&peran=VB&jenis=task_claimed"))
    assert "Tugas diambil" in line
    assert ">10.0.0.7</td>" in line
    assert lines(supervisor.get("/audit?alamat=10.0.0.8")) == []
    by_machine = lines(supervisor.get(f"/audit?siapa=sistem&berkas={office.case(case_id).held.tracking_code}"))
    assert by_machine
    assert all(">–</td>" in one for one in by_machine)
    assert re.search(r"Tugas diambil[^\n]*10\.0\.0\.7", supervisor.get("/audit/unduh.csv?jenis=task_claimed").text)


def test_what_follows_in_the_same_thread_without_anybody_asking_has_no_address(office, supervisor):
    case_id = office.registered()
    office.logged_in("verifikator").get("/kotak-tugas", environ_base={"REMOTE_ADDR": "10.0.0.7"})
    office.claimed(case_id, "verifikator")
    assert lines(supervisor.get("/audit?jenis=task_claimed"))
    assert lines(supervisor.get("/audit?alamat=10.0.0.7&jenis=peristiwa")) == []


def test_a_supervisors_own_searches_are_recorded_and_shown_to_the_next(office, supervisor):
    office.registered()
    supervisor.get("/audit?peran=FO")
    supervisor.get("/audit/unduh.csv?peran=FO")
    assert "Jejak dicari" not in "".join(lines(supervisor.get("/audit")))
    by_head = lines(office.logged_in("kadis").get("/audit?jenis=akses"))
    assert any("Jejak dicari" in one and "peran FO" in one for one in by_head)
    assert any("Hasil pencarian jejak diunduh" in one for one in by_head)


def test_what_was_learned_later_shows_both_times(office, supervisor, database_rows):
    case_id = office.registered()
    database_rows("alter table events disable trigger all")
    database_rows(
        "update events set recorded_at = at + interval '3 days' where case_id = %s and kind = 'letter_issued'",
        (str(case_id),),
    )
    found = lines(supervisor.get("/audit?jenis=letter_issued"))
    assert all("dicatat" in one for one in found)
    assert "dicatat" not in "".join(lines(supervisor.get("/audit?jenis=case_opened")))


def test_the_pages_of_the_trail_hold_every_line_once_and_in_order(office, supervisor, monkeypatch):
    case_id = office.registered()
    opened_nik(office, case_id)
    whole = [re.sub(r"\s+", " ", one) for one in lines(supervisor.get("/audit"))]
    monkeypatch.setattr(trail, "PAGE", 3)
    found, address = [], "/audit"
    while address:
        page = supervisor.get(address)
        found += [re.sub(r"\s+", " ", one) for one in lines(page)]
        more = re.search(r'href="(/audit\?[^"]*lanjut=[^"]+)"', page.text)
        address = more.group(1).replace("&amp;", "&") if more else ""
    assert len(whole) > 6
    assert found == whole


def test_filters_stay_in_the_address_of_the_next_page_and_of_the_table(office, supervisor, monkeypatch):
    office.registered()
    monkeypatch.setattr(trail, "PAGE", 1)
    page = supervisor.get("/audit?peran=FO&dari=01/10/2026")
    assert re.search(r'href="/audit\?lanjut=[^"]+&amp;peran=FO&amp;dari=01/10/2026"', page.text)
    assert "/audit/unduh.csv?peran=FO&amp;dari=01/10/2026" in page


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("siapa=ngawur", "siapa"),
        ("peran=ngawur", "peran"),
        ("jenis=ngawur", "jenis"),
        ("dari=kemarin", "dari"),
        ("sampai=31/02/2026", "sampai"),
        ("dari=20/10/2026&sampai=19/10/2026", "sampai"),
        ("berkas=503/0000", "berkas"),
        ("alamat=10.0.0.7&siapa=sistem", "alamat"),
    ],
)
def test_what_cannot_be_looked_for_is_told_at_its_field_and_kept(supervisor, query, field):
    for address in ("/audit", "/audit/unduh.csv"):
        page = supervisor.get(f"{address}?{query}")
        assert page.status == 422
        assert f'id="s-{field}"' in page
        assert lines(page) == []


@pytest.mark.parametrize("query", ["lanjut=ngawur", "lanjut=~~", "berkas=%00", "sampai=31/12/9999", "dari=01/01/1900"])
def test_odd_addresses_break_nothing(supervisor, query):
    assert supervisor.get(f"/audit?{query}").status == 200


def test_an_empty_trail_says_so(office, supervisor):
    assert "Belum ada peristiwa yang tercatat." in supervisor.get("/audit")
    assert "Tidak ada jejak yang cocok." in supervisor.get("/audit?jenis=case_closed")


def test_the_table_for_a_spreadsheet_holds_what_was_found_and_computes_nothing(office, supervisor):
    case_id = office.registered()
    with office.app.app_context():
        case_export.export(case_id, "=HYPERLINK(1) dari loket", office.people["pengawas"], NOW, "10.0.0.9").file.close()
    answer = supervisor.get("/audit/unduh.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=jejak.csv"
    assert "'=HYPERLINK(1) dari loket" in answer
    assert office.case(case_id).held.number in answer
    assert "10.0.0.9" in answer


def test_a_table_that_is_cut_off_says_so(office, supervisor, monkeypatch):
    office.registered()
    monkeypatch.setattr(trail, "MOST", 2)
    answer = supervisor.get("/audit/unduh.csv?jenis=peristiwa")
    assert len(answer.text.strip().splitlines()) == 4
    assert "Hanya 2 baris terbaru" in answer


def test_only_supervisors_and_the_head_search_the_trail(office):
    assert office.logged_in("kadis").get("/audit").status == 200
    for login in ("loket", "kabid", "admin", "pemohon"):
        assert office.logged_in(login).get("/audit").status in (403, 404), login


def test_every_kind_of_trace_has_a_name(office):
    assert set(trail_words.EVENTS) == set(event_words.WORDS)
    assert set(trail_words.ACCESSES) == set(personal.ACCESSES)


def test_the_trail_is_told_in_english_to_whoever_reads_english(office, supervisor):
    office.registered()
    supervisor.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = supervisor.get("/audit")
    assert "Audit: search the trail" in page
    assert "Task opened: " in page


def test_a_number_read_in_a_letter_or_an_exported_file_is_recorded_with_the_computer_that_asked(office, supervisor):
    case_id = office.registered()
    letter = next(one.id for one in office.case(case_id).letters if one.kind == "tanda_terima")
    office.logged_in("verifikator").get(f"/surat/{letter}", environ_base={"REMOTE_ADDR": "10.0.0.7"})
    why, desk = {"alasan_ekspor": "Permintaan Ombudsman 12/2026"}, {"REMOTE_ADDR": "10.0.0.9"}
    office.logged_in("pengawas").post(f"/berkas/{case_id}/ekspor", why, environ_base=desk)
    for address, who in (("10.0.0.7", "Tanda Terima"), ("10.0.0.9", "Tanda Terima"), ("10.0.0.9", "Ombudsman")):
        assert any(who in one for one in lines(supervisor.get(f"/audit?alamat={address}&jenis=akses"))), (address, who)


def test_a_table_of_traces_has_times_that_a_spreadsheet_sorts(office, supervisor):
    office.registered()
    rows = supervisor.get("/audit/unduh.csv?jenis=task_completed").text.splitlines()[1:]
    assert rows
    assert all(re.match(r'"?2026-10-\d\d \d\d:\d\d"?;"?2026-10-\d\d \d\d:\d\d"?;', one) for one in rows), rows
    supervisor.get("/audit/akses")
    looks = supervisor.get(f"/audit/akses/unduh.csv?siapa={office.people['pengawas']}").text.splitlines()[1:]
    assert all(re.match(r'"?2026-10-\d\d \d\d:\d\d"?;', one) for one in looks), looks


def test_in_english_the_office_s_own_details_are_english_and_typed_reasons_are_marked_as_indonesian(office, supervisor):
    case_id = office.registered()
    opened_nik(office, case_id)
    for address in ("/audit?peran=FO&jenis=task_claimed&dari=01/10/2026", "/audit/akses", "/audit/pola",
                    f"/berkas/{case_id}/banding?dari={NOW - timedelta(minutes=1):%d/%m/%Y+%H.%M}"):  # fmt: skip
        supervisor.get(address)
    head = office.logged_in("kadis")
    assert "peran FO; jenis Tugas diambil; dari 01/10/2026" in head.get("/audit?jenis=akses")
    head.post("/bahasa", {"bahasa": "en"})
    page = head.get("/audit?jenis=akses").text
    for words in ("role FO; kind: Task taken; from 01/10/2026", "by who looked", "compared with"):
        assert words in page, words
    assert not re.search(r"dibandingkan dengan|menurut pelihat|; sampai", page)
    assert '<span lang="id">Mencocokkan KTP</span>' in page
    assert ";from 01/10/2026" not in head.get("/audit/unduh.csv?jenis=akses").text
    assert "compared with" in head.get("/audit/unduh.csv?jenis=akses").text
