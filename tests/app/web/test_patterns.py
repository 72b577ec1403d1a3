"""Patterns worth a look, who looked at whose data, and why somebody may: the pages of the audit room."""

import re
from urllib.parse import quote

import pytest

from app.operations import permitted
from app.store import transaction
from app.store.patterns import CODES
from app.web import act_words, pattern_words
from engine import access
from tests.app.web.office import NOW

ROWS = re.compile(r"<tr data-baris>.*?</tr>", re.S)


def rows(page):
    return ROWS.findall(page.text)


@pytest.fixture
def supervisor(office):
    return office.logged_in("pengawas")


@pytest.fixture
def late(office):
    """A file verified at a quarter to ten in the evening."""
    evening = NOW.replace(day=14, hour=21, minute=45)
    case_id = office.registered(at=evening.replace(hour=9))
    office.complete(office.task(case_id), "sah", "verifikator", evening, cara="lihat_asli")
    return case_id


def test_every_pattern_is_asked_in_neutral_words_with_its_threshold_and_its_source(office, supervisor):
    page = supervisor.get("/audit/pola")
    assert set(pattern_words.PATTERNS) == set(CODES)
    for name, question in pattern_words.PATTERNS.values():
        assert str(name) in page
        assert str(question) in page
    assert "contoh, belum ditetapkan Inspektorat" in page
    assert "bukan tuduhan" in page


def test_a_figure_opens_the_decisions_behind_it_and_becomes_a_finding_in_one_click(office, supervisor, late):
    page = supervisor.get("/audit/pola?dari=01/10/2026&sampai=20/10/2026")
    section = page.text.split('id="pola-luar_jam"')[1].split("</section>")[0]
    address, count = re.search(r'href="(/audit/pola/luar_jam[^"]+)">(\d+)', section).groups()
    behind = supervisor.get(address.replace("&amp;", "&"))
    assert len(rows(behind)) == int(count)
    assert f"/berkas/{late}" in "".join(rows(behind))
    assert "di luar jam" in behind
    draft = re.search(r'href="(/audit/temuan/baru[^"]+)"', section).group(1).replace("&amp;", "&")
    form = supervisor.get(draft)
    assert "Keputusan di luar jam kerja" in form
    assert "ini bukan tuduhan" in form
    said = re.search(r"<textarea[^>]*>([^<]+)", form.text).group(1)
    assert "Ratna Sari, S.E. " in said, said
    assert ".." not in said, said
    assert re.search(rf'<option value="{office.people["verifikator"]}" selected>', form.text)


def test_the_head_reads_patterns_and_is_offered_no_finding(office, late):
    page = office.logged_in("kadis").get("/audit/pola?dari=01/10/2026&sampai=20/10/2026")
    assert rows(page)
    assert "Jadikan temuan" not in page


def test_patterns_are_taken_away_as_tables_line_by_line_and_decision_by_decision(office, supervisor, late):
    whole = supervisor.get("/audit/pola/unduh.csv?dari=01/10/2026&sampai=20/10/2026")
    assert whole.headers["Content-Disposition"] == "attachment; filename=pola.csv"
    assert "Keputusan di luar jam kerja;" in whole
    one = supervisor.get("/audit/pola/luar_jam/unduh.csv?dari=01/10/2026&sampai=20/10/2026")
    assert office.case(late).held.number in one


@pytest.mark.parametrize("query", ["dari=kemarin", "dari=02/10/2026&sampai=01/10/2026", "dari=01/01/2020"])
def test_a_period_that_cannot_be_read_is_told_at_its_field_and_kept(supervisor, query):
    for address in ("/audit/pola", "/audit/pola/unduh.csv", "/audit/pola/kilat", "/audit/akses"):
        page = supervisor.get(f"{address}?{query}")
        assert page.status == 422, address
        assert 'class="ringkasan-salah"' in page


@pytest.mark.parametrize(
    "address",
    ["/audit/pola/ngawur", "/audit/pola/kilat?siapa=x&berkas=y&langkah=%00", "/audit/akses?menurut=x&siapa=1"],
)
def test_odd_addresses_break_nothing(supervisor, address):
    assert supervisor.get(address).status in (200, 404)


# --- who looked at whose data


def test_files_tasks_and_papers_that_officials_open_are_kept_once_a_day_and_applicants_are_not(office, supervisor):
    case_id = office.registered()
    clerk, owner = office.logged_in("kabid"), office.logged_in("pemohon")
    for _ in range(3):
        clerk.get(f"/berkas/{case_id}")
        owner.get(f"/berkas/{case_id}")
    document = re.search(r"/dokumen/([0-9a-f-]{36})", clerk.get(f"/berkas/{case_id}?bagian=dokumen").text).group(1)
    clerk.get(f"/dokumen/{document}")
    office.logged_in("verifikator").get(f"/tugas/{office.task(case_id)}")
    page = supervisor.get("/audit/akses?menurut=berkas")
    (line,) = [one for one in rows(page) if office.case(case_id).held.number in one]
    assert re.findall(r'data-label="Melihat">(\d+)', line) == ["3"], "card and paper of the kabid, task of the verifier"
    single = supervisor.get(f"/audit/akses?berkas={case_id}")
    assert {re.search(r'class="kuat">([^<]+)', one).group(1) for one in rows(single)} == {
        "Kartu atau tugas berkas dilihat",
        "Dokumen atau surat dilihat",
    }
    assert "Slamet Riyadi" in supervisor.get("/audit/akses?menurut=pemilik")


def test_who_opens_many_files_without_a_task_of_his_own_is_marked_and_the_list_opens(office, supervisor):
    files = [office.registered() for _ in range(5)]
    curious = office.logged_in("arsip")
    for one in files:
        curious.get(f"/berkas/{one}")
    page = supervisor.get("/audit/akses")
    (line,) = [one for one in rows(page) if "Endang Purwanti" in one]
    assert "patut diperiksa" in line
    address = re.search(r'href="(/audit/akses\?[^"]*lepas=ya[^"]*)"', line).group(1).replace("&amp;", "&")
    assert len(rows(supervisor.get(address))) == 5


def test_the_supervisors_own_look_ups_are_counted_too(office, supervisor):
    supervisor.get("/audit/pola")
    supervisor.get("/audit?peran=FO")
    page = office.logged_in("kadis").get("/audit/akses")
    (line,) = [one for one in rows(page) if "Irfan Maulana" in one]
    assert re.findall(r'data-label="Pemeriksaan audit">(\d+)', line) == ["2"]
    assert "Pola diperiksa" in office.logged_in("kadis").get(f"/audit/akses?siapa={office.people['pengawas']}")


# --- why may somebody


def test_every_act_and_right_has_a_name():
    assert set(act_words.RIGHTS) == set(access.ACTIONS)
    assert set(act_words.OF_CASE) == set(permitted.OF_CASE)
    assert set(act_words.OF_TASK) == set(permitted.OF_TASK)


def test_the_answer_says_what_the_system_says_and_why(office, supervisor):
    case_id = office.registered()
    number = office.case(case_id).held.number
    page = supervisor.get(f"/audit/boleh?siapa=Hendra&tindakan=kerjakan&berkas={quote(number)}")
    assert "tidak boleh" in page
    assert "Tugas ini untuk peran atau unit lain." in page
    assert "Tugas ini untuk peran Verifikator" in page
    allowed = supervisor.get(f"/audit/boleh?siapa=Ratna&tindakan=kerjakan&berkas={quote(number)}")
    assert ">boleh</span>" in allowed
    before = supervisor.get(f"/audit/boleh?siapa=Ratna&tindakan=kerjakan&berkas={quote(number)}&saat=01/10/2026+08.00")
    assert "tidak punya tugas yang terbuka" in before


def test_several_people_of_a_name_are_offered_as_links(office, supervisor):
    page = supervisor.get("/audit/boleh?siapa=Sari&tindakan=see_ledger")
    chosen = re.search(r'href="(/audit/boleh\?siapa=[^"]+)">Wulan Sari', page.text).group(1).replace("&amp;", "&")
    assert "tidak boleh" in supervisor.get(chosen)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("siapa=Ratna&tindakan=ngawur", "tindakan"),
        ("siapa=bukan+siapa-siapa&tindakan=see_ledger", "siapa"),
        ("siapa=Ratna&tindakan=lihat&berkas=503/0", "berkas"),
        ("siapa=Ratna&tindakan=see_ledger&saat=besok", "saat"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field_and_kept(supervisor, query, field):
    page = supervisor.get(f"/audit/boleh?{query}")
    assert page.status == 422
    assert f'id="s-{field}"' in page


def test_who_is_refused_a_task_asks_why_from_its_page(office):
    case_id = office.registered()
    person = office.logged_in("kabid")
    page = person.get(f"/tugas/{office.task(case_id)}")
    address = re.search(r'href="(/audit/boleh\?[^"]+)">Mengapa saya tidak boleh', page.text).group(1)
    answer = person.get(address.replace("&amp;", "&"))
    assert "Anda bertanya tentang diri sendiri" in answer
    assert "menghalangi" in answer


def test_the_pages_are_told_in_english_to_whoever_reads_english(office, supervisor, late):
    supervisor.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert "Decisions outside working hours" in supervisor.get("/audit/pola")
    assert "who looked at whose data" in supervisor.get("/audit/akses")
    page = supervisor.get("/audit/boleh?siapa=Hendra&tindakan=see_ledger")
    assert "This act is carried by the roles" in page
    assert "Holds the role" in page


def test_a_look_that_was_kept_names_the_file_its_owner_and_whence(office):
    case_id = office.registered()
    office.logged_in("kabid").get(f"/berkas/{case_id}")
    with office.app.app_context(), transaction() as store:
        (kept,) = store.people.access_to(case_id, "case_viewed")
    assert (kept.person_id, kept.subject_id) == (office.people["kabid"], office.people["pemohon"])
    assert kept.address
