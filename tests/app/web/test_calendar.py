"""The calendar's pages: looked at, changed with the effect shown first, adopted by another, tried on a permit."""

import html
import io
import re

import pytest

LINES = "libur;21/10/2026;;;Keputusan kota\njam;22/10/2026;;07.30-11.30;Setengah hari"
SOUND = {"baris": LINES, "keputusan": "SK Walikota 9/2026", "sebab": "Peringatan hari jadi"}


def proposed(office, login="admin", **changed):
    answer = office.logged_in(login).post("/kelola/kalender/usul", {**SOUND, **changed, "aksi": "ajukan"})
    assert answer.status == 303, answer.text
    return answer.location


def revision(page):
    return re.search(r'name="revisi" value="(\d+)"', page.text)[1]


def test_the_effect_of_a_change_is_shown_before_anything_is_kept(office):
    case_id = office.registered()
    before = office.case(case_id).service.promised_at
    admin = office.logged_in("admin")
    page = admin.follow(admin.post("/kelola/kalender/usul", {**SOUND, "aksi": "periksa"}))
    assert page.status == 200
    assert "Langkah 2 dari 3" in page
    assert office.case(case_id).held.number in page
    assert office.case(case_id).service.promised_at == before
    assert "Belum ada perubahan sejak kalender awal." in admin.get("/kelola/kalender")


def test_a_change_is_adopted_by_the_head_of_office_and_the_promise_and_the_year_follow(office):
    case_id = office.registered()
    before = office.case(case_id).service.promised_at
    address = proposed(office)
    kadis = office.logged_in("kadis")
    assert address in kadis.get("/kotak-tugas")
    page = kadis.get(address)
    assert "Peringatan hari jadi" in page
    assert kadis.post(f"{address}/tetapkan", {"revisi": revision(page)}).status == 303
    assert office.case(case_id).service.promised_at > before
    year = kadis.get("/kelola/kalender?tahun=2026")
    assert "Keputusan kota" in year
    assert "SK Walikota 9/2026" in year
    why = office.logged_in("pemohon").get(f"/berkas/{case_id}/jam/{office.case(case_id).service.id}")
    assert "kalender kerja berubah menurut SK Walikota 9/2026" in why
    again = kadis.post(f"{address}/tetapkan", {"revisi": revision(page)})
    assert again.status == 409
    assert "sudah diputuskan" in again


def test_a_change_shown_in_another_world_is_not_adopted_unseen(office):
    first, second = proposed(office), proposed(office, baris="libur;23/10/2026;;;Keputusan kota", keputusan="SE 7/2026")
    kadis = office.logged_in("kadis")
    seen = revision(kadis.get(second))
    kadis.post(f"{first}/tetapkan", {"revisi": seen})
    late = kadis.post(f"{second}/tetapkan", {"revisi": seen})
    assert late.status == 409
    assert "periksa dampaknya sekali lagi" in late
    assert kadis.post(f"{second}/tetapkan", {"revisi": revision(late)}).status == 303


def test_what_cannot_be_read_is_told_with_its_line_and_nothing_typed_is_lost(office):
    wrong = {**SOUND, "baris": "libur;17/08/2027;;;Merdeka\nlibur;31/02/2027;;;Salah", "keputusan": ""}
    answer = office.logged_in("admin").post("/kelola/kalender/usul", {**wrong, "aksi": "ajukan"})
    assert answer.status == 422
    assert "Baris 2" in answer
    assert "Nomor SKB, keputusan, atau surat edaran wajib diisi" in answer
    assert "libur;31/02/2027;;;Salah" in answer
    assert "Peringatan hari jadi" in answer


@pytest.mark.parametrize("lines", ["\x00;;;;", '"', "libur;²²/08/2027;;;x", ";" * 500, "x" * 70_000, "\ud800"])
def test_hostile_lines_are_refused_in_words(office, lines):
    sent = {**SOUND, "baris": lines.encode("utf-8", "replace").decode(), "aksi": "periksa"}
    assert office.logged_in("admin").post("/kelola/kalender/usul", sent).status == 422


def test_a_table_of_another_program_is_read_like_typed_lines(office):
    table = "jenis;tanggal;sampai;jam;keterangan\r\nlibur;21/10/2026;;;Keputusan kota\r\n"
    sent = {**SOUND, "baris": "", "aksi": "ajukan", "berkas": (io.BytesIO(table.encode("utf-8-sig")), "libur.csv")}
    admin = office.logged_in("admin")
    answer = admin.post("/kelola/kalender/usul", sent, content_type="multipart/form-data")
    assert answer.status == 303
    assert "libur;21/10/2026" in admin.follow(answer)


def test_a_pasted_table_with_its_mark_and_a_file_with_another_are_read_together(office):
    page = send(
        office, "\ufefflibur;23/10/2026;;;Keputusan lain".encode(), baris="\ufefflibur;21/10/2026;;;Keputusan kota"
    )
    assert page.status == 200
    assert page.text.count("menjadi tutup") >= 2


def test_a_line_that_would_be_misread_is_told_in_english_and_kept_as_it_was_typed(office):
    admin = office.logged_in("admin")
    admin.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    lines = (
        'libur;07/12/2026;;;"Libur A\nlibur;08/12/2026;;;Libur B\njam;02/12/2026;04/12/2026;07.30-11.30;x\n'
        "jam;03/12/2026;;12.00-07.30;x\nminggu;01/02/2027;01/01/2027;Sen 08.00-12.00;x\ntahun;9999\n"
        "minggu;01/02/2027;;Sen 08.00-12.00 | Sen 09.00-10.00;x\nminggu;01/02/2027;;Sen 12.00-08.00;x"
    )
    page = admin.post("/kelola/kalender/usul", {**SOUND, "baris": lines, "aksi": "ajukan"})
    assert page.status == 422
    told = html.unescape(page.text)
    assert lines in told
    for sentence in (
        "Line 1: a quotation mark has no partner",
        "Line 3: the kind jam holds for one date",
        "Line 4: service hours of 03/12/2026: 12.00-07.30 is empty or overlaps",
        "Line 5: working hours from 01/02/2027: they end before they begin",
        "Line 6: the year 9999 is outside the calendar (1970-2199)",
        "Line 7: Monday is named twice",
        "Line 8: service hours of Monday from 01/02/2027: 12.00-08.00 is empty or overlaps",
    ):
        assert sentence in told
    assert "Belum ada perubahan sejak kalender awal." in office.logged_in("kadis").get("/kelola/kalender")


def test_the_year_taken_away_as_a_table_and_sent_back_changes_nothing_but_what_was_added(office):
    address = proposed(office, baris="libur;21/10/2026;;;Keputusan kota\nminggu;01/07/2026;;Sen-Jum 07.00-15.00;Baru")
    kadis, admin = office.logged_in("kadis"), office.logged_in("admin")
    assert kadis.post(f"{address}/tetapkan", {"revisi": revision(kadis.get(address))}).status == 303
    address = proposed(office, baris="biasa;21/10/2026", keputusan="SK Walikota 10/2026")
    assert kadis.post(f"{address}/tetapkan", {"revisi": revision(kadis.get(address))}).status == 303
    table = admin.get("/kelola/kalender/2026.csv")
    assert table.headers["Content-Disposition"].endswith("kalender-2026.csv")
    lines = table.text.lstrip("\ufeff")
    assert "21/10/2026" not in lines  # it came and went: what holds is taken away
    same = admin.post("/kelola/kalender/usul", {**SOUND, "baris": lines, "keputusan": "SE 3/2026", "aksi": "periksa"})
    assert same.status == 422
    assert "Tidak ada yang berubah" in same
    assert "tahun;2026" in same
    more = {**SOUND, "baris": lines + "libur;22/10/2026;;;Hari jadi", "keputusan": "SE 3/2026"}
    page = admin.follow(admin.post("/kelola/kalender/usul", {**more, "aksi": "periksa"}))
    assert page.status == 200
    assert f"{len(lines.splitlines()) - 1} baris sama dengan kalender yang berlaku" in page
    assert re.search(r"<textarea[^>]*>libur;22/10/2026;;;Hari jadi</textarea>", page.text)


def test_a_refused_change_says_why(office):
    address = proposed(office)
    kadis = office.logged_in("kadis")
    assert kadis.post(f"{address}/tolak", {"alasan": "no"}).status == 422
    assert kadis.post(f"{address}/tolak", {"alasan": "Bukan hari jadi kota"}).status == 303
    page = office.logged_in("admin").get(address)
    assert "Bukan hari jadi kota" in page
    assert "ditolak" in page


def test_the_tester_answers_for_any_permit_and_instant_and_estimates_where_a_list_is_missing(office):
    admin = office.logged_in("admin")
    page = admin.get("/kelola/kalender/penguji", query_string={"izin": "SIPB", "diterima": "03/08/2026 10.00"})
    assert page.status == 200
    assert "mulai (berkas lengkap)" in page
    late = admin.get("/kelola/kalender/penguji", query_string={"izin": "SIPB", "diterima": "30/12/2026 15.00"})
    assert "Daftar libur tahun 2027" in late
    assert "Perkiraan bukan janji." in late
    assert '1 Januari 2027 (<span lang="id">Tahun Baru Masehi</span>)' in late
    wrong = admin.get("/kelola/kalender/penguji", query_string={"izin": "SIPB", "diterima": "besok"})
    assert wrong.status == 422
    assert 'value="besok"' in wrong
    assert '<div class="kabar dekat"><svg' in late  # the sentence is one piece beside its sign, not torn into columns
    unknown = admin.get("/kelola/kalender/penguji", query_string={"izin": "TIDAK", "diterima": "besok"})
    assert unknown.status == 422
    assert "Jenis izin “TIDAK” tidak dikenal; pilih dari daftarnya" in unknown
    assert "Diterima: tulis tanggal dan jam" in unknown


@pytest.mark.parametrize("login", ["loket", "kasi", "sekretaris", "verifikator"])
def test_every_official_asks_when_a_file_received_now_is_due(office, login):
    person = office.logged_in(login)
    page = person.get("/kelola/kalender/penguji", query_string={"izin": "SIPB", "diterima": "03/08/2026 10.00"})
    assert page.status == 200
    assert "mulai (berkas lengkap)" in page
    assert 'href="/kelola/kalender"' not in page  # no way to a page that is closed to him
    assert "/kelola/kalender/penguji" in person.get("/kalender")
    assert "/kelola/kalender/penguji" not in office.browser().get("/kalender")


def test_the_counter_finds_the_tester_in_its_own_room(office):
    assert 'href="/kelola/kalender/penguji"' in office.logged_in("loket").get("/loket")


def test_the_lines_of_the_tester_and_of_a_decree_in_use_are_english(office):
    admin = office.logged_in("admin")
    admin.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = admin.get("/kelola/kalender/penguji", query_string={"izin": "SIPB", "diterima": "22/12/2026 10.00"})
    assert "Tue 22-12-2026" in page
    assert "Sel 22-12-2026" not in page
    assert "start (file complete)" in page
    assert "the whole day" in page
    assert ">penuh<" not in page
    proposed(office)
    taken = admin.post("/kelola/kalender/usul", {**SOUND, "baris": "libur;23/10/2026;;;x", "aksi": "ajukan"})
    assert "20 October 2026" in taken


def test_a_missing_list_is_drafted_by_a_library_and_no_estimated_date_is_adopted_unseen(office):
    admin = office.logged_in("admin")
    assert "usulan=2027" in admin.get("/kelola/kalender?tahun=2027")
    page = admin.get("/kelola/kalender/usul?usulan=2027")
    assert "bukan ketentuan" in page
    lines = re.search(r'<textarea id="f-baris"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)[1]
    assert "libur;17/08/2027;;;Hari Kemerdekaan Republik Indonesia" in lines
    assert "(perkiraan)" in lines
    assert lines.endswith("tahun;2027;;;"), "without it the year is closed and still not adopted"
    refused = admin.post("/kelola/kalender/usul", {**SOUND, "baris": lines, "aksi": "ajukan"})
    assert refused.status == 422
    assert "masih perkiraan" in refused
    compared = lines.replace(" (perkiraan)", "")
    assert admin.post("/kelola/kalender/usul", {**SOUND, "baris": compared, "aksi": "ajukan"}).status == 303


def test_every_line_at_fault_is_named_at_once_and_the_same_change_is_not_proposed_twice(office):
    admin = office.logged_in("admin")
    wrong = {**SOUND, "baris": "libur;99/99/2026;;;x\nfoo;1;2\njam;22/10/2026;;25.00-26.00;x", "aksi": "ajukan"}
    told = admin.post("/kelola/kalender/usul", wrong)
    assert told.status == 422
    assert all(f"Baris {n}" in told for n in (1, 2, 3))
    proposed(office)
    again = admin.post("/kelola/kalender/usul", {**SOUND, "aksi": "ajukan"})
    assert again.status == 422
    assert "sudah diusulkan dan menunggu penetapan" in again


def ics(*lines, start="20271021"):
    event = ["BEGIN:VEVENT", "UID:a@contoh.id", f"DTSTART;VALUE=DATE:{start}", "SUMMARY:Keputusan kota", *lines]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def send(office, content, login="admin", **changed):
    sent = {**SOUND, "baris": "", "aksi": "periksa", "berkas": (io.BytesIO(content), "libur.ics"), **changed}
    browser = office.logged_in(login)
    answer = browser.post("/kelola/kalender/usul", sent, content_type="multipart/form-data")
    return browser.follow(answer) if answer.status == 303 else answer


def test_a_calendar_of_another_program_is_previewed_like_typed_lines_and_says_which_days_differ(office):
    page = send(office, ics(start="20261021"))
    assert page.status == 200
    assert "libur;21/10/2026;;;Keputusan kota" in page
    assert "menjadi tutup" in page
    assert "Bulan berdampingan" in page


def test_a_recurring_event_is_refused_at_the_file_with_its_place_and_what_was_typed_is_kept(office):
    page = send(office, ics("RRULE:FREQ=YEARLY"), baris="libur;22/10/2026;;;Keputusan lain")
    assert page.status == 422
    assert "Acara 1 (baris 3, UID a@contoh.id)" in page
    assert "acara berulang (RRULE)" in page
    assert "libur;22/10/2026;;;Keputusan lain" in page
    assert "Peringatan hari jadi" in page


def test_a_change_beyond_its_length_is_refused_and_not_cut_off(office):
    page = send(office, ("libur;21/10/2026;;;x\n" * 5000).encode())
    assert page.status == 422
    assert "Paling banyak 60000 huruf" in page


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x00\x00\r\xff\xfe", b"libur;21/10/2026;;;a\x00b", b"libur;21/10/2026;;;\xe9"]
)
def test_a_file_that_is_no_text_is_refused_at_the_file_and_what_was_typed_is_kept(office, content):
    page = send(office, content, baris="libur;22/10/2026;;;Keputusan lain")
    assert page.status == 422
    assert "bukan teks CSV" in page
    assert 'href="#f-berkas"' in page
    assert "libur;22/10/2026;;;Keputusan lain" in page


def test_a_file_whose_lines_end_in_a_bare_carriage_return_is_read_line_by_line(office):
    page = send(office, b"libur;21/10/2026;;;Keputusan kota\rlibur;23/10/2026;;;Keputusan lain\r")
    assert page.status == 200
    assert page.text.count("menjadi tutup") >= 2


def test_a_change_beyond_the_years_of_the_calendar_is_told_at_its_line_and_kept(office):
    page = send(office, b"", baris="libur;31/12/9999;;;x")
    assert page.status == 422
    assert "Baris 1: tanggal di luar tahun 1970 sampai 2199" in page
    assert "libur;31/12/9999;;;x" in page


@pytest.mark.parametrize("received", ["01/01/3000 10.00", "31/12/9999 23.59", "01/01/1900 10.00"])
def test_the_tester_refuses_a_receipt_outside_the_calendar_at_its_field(office, received):
    page = office.logged_in("admin").get("/kelola/kalender/penguji", query_string={"izin": "IMB", "diterima": received})
    assert page.status == 422
    assert "di luar tahun 2000 sampai 2100" in page
    assert f'value="{received}"' in page


def adopted(office, **changed):
    address = proposed(office, **changed)
    kadis = office.logged_in("kadis")
    kadis.post(f"{address}/tetapkan", {"revisi": revision(kadis.get(address))})
    return address


def test_two_versions_are_compared_in_words_and_months_with_the_promises_each_difference_touches(office):
    office.registered()
    case_id = office.registered()
    adopted(office)
    number = office.case(case_id).held.number
    kadis = office.logged_in("kadis")
    year = kadis.get("/kelola/kalender?tahun=2026")
    assert "Versi kalender" in year
    assert year.text.count("SK Walikota 9/2026") >= 2
    page = kadis.get("/kelola/kalender/banding")
    row = re.search(r"<tr><td[^>]*><span[^>]*>Rabu, 21 Oktober 2026.*?</tr>", page.text, re.DOTALL)[0]
    assert "menjadi tutup" in row
    assert number in row
    assert re.search(r"Kamis, 22 Oktober 2026.*?jam berubah", page.text, re.DOTALL)
    assert page.text.count("Oktober 2026: semula") == page.text.count("Oktober 2026: menjadi") == 1
    assert re.search(r"<dt>Diusulkan</dt><dd>[^<]*\S[^<]* · ", page.text)
    newest = int(re.search(r'<span class="utama-sel">v(\d+)</span>', year.text)[1])
    back = kadis.get(f"/kelola/kalender/banding?dari={newest}&ke={newest - 1}")
    assert "menjadi hari layanan" in back
    assert kadis.get(f"/kelola/kalender/banding?dari=1&ke={newest + 1}").status == 404


def test_a_year_goes_to_calendar_programs_as_it_is_and_as_an_earlier_version_knew_it(office):
    adopted(office)
    admin = office.logged_in("admin")
    now = admin.get("/kelola/kalender/2026.ics")
    assert now.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Keputusan kota" in now
    assert "SUMMARY:Keputusan kota" not in admin.get("/kelola/kalender/2026.ics?versi=1")
    assert admin.get("/kelola/kalender/2026.ics?versi=99").status == 404


def test_everybody_reads_the_days_of_service_and_subscribes_to_them(office):
    adopted(office)
    visitor = office.browser()
    page = visitor.get("/kalender")
    assert "Keputusan kota" in page
    assert "/kalender.ics" in page
    assert "belum ditetapkan" in visitor.get("/kalender?tahun=2027")
    assert visitor.get("/kalender?tahun=1999").status == 404
    file = visitor.get("/kalender.ics")
    assert file.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Keputusan kota" in file
    assert "X-EPZ-JAM:07.30-11.30" in file


def test_hours_of_the_counter_are_adopted_and_told_and_move_no_promise(office):
    case_id = office.registered()
    before = office.case(case_id).service.promised_at
    adopted(office, baris="loket;04/01/2026;;Sen-Kam 08.00-12.00 | Jum 08.00-10.00;Loket", keputusan="SK Loket 3/2026")
    assert office.case(case_id).service.promised_at == before
    page = office.browser().get("/kalender")
    assert "Jam loket" in page
    assert "08.00–12.00" in page
    assert "SK Loket 3/2026" in page
    assert "loket;04/01/2026;;Sen 08.00-12.00" in office.logged_in("admin").get("/kelola/kalender/2026.csv")


def test_changed_hours_of_the_counter_show_the_steps_that_move_and_the_step_ticks_in_them(office):
    case_id = office.submitted()
    lines, decree = "loket;01/10/2026;;Sen-Jum 08.00-10.00;Loket", "SK Loket 4/2026"
    admin = office.logged_in("admin")
    sent = {"baris": lines, "keputusan": decree, "aksi": "periksa"}
    shown = admin.follow(admin.post("/kelola/kalender/usul", sent))
    for one in (
        "Langkah di loket yang bergeser",
        "Jam langkah di loket bergeser: 1.",
        "Periksa kelengkapan",
        "Sel 20/10/2026 16.00",
        "Sel 20/10/2026 10.00",
        "Senin–Jumat 08.00–10.00",
        "Jam kantor tidak berubah pada tanggal mana pun.",
    ):
        assert one in shown
    assert "Tidak ada berkas yang terkena." not in shown
    address = proposed(office, baris=lines, keputusan=decree)
    kadis = office.logged_in("kadis")
    assert "Langkah di loket yang bergeser" in kadis.get(address)
    told = kadis.post(f"{address}/tetapkan", {"revisi": revision(kadis.get(address))})
    after = kadis.get(told.location)
    for one in ("1 jam langkah di loket bergeser.", "Senin–Jumat 08.00–10.00", '<span class="redup kecil">1</span>'):
        assert one in after
    clerk = office.logged_in("loket")
    desk = clerk.get("/kotak-tugas?daftar=kelompok")
    assert 'data-sisa="30" data-satuan="hk" data-buka="[[&#34;2026-10-20T08:00:00+07:00&#34;,' in desk
    task = clerk.get(f"/tugas/{office.task(case_id)}")
    assert 'data-buka="[[&#34;2026-10-20T08:00:00+07:00&#34;,' in task
    clock = re.search(rf"/berkas/{case_id}/jam/[0-9a-f-]+", clerk.get(f"/berkas/{case_id}").text)
    why = clerk.get(clock[0])
    assert "menurut jam loket" in why
    assert "jam loket sejak 01/10/2026" in why
    clerk.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    assert "in the counter&#39;s hours" in clerk.get(clock[0])


def test_from_october_on_a_missing_list_is_asked_for_until_it_is_proposed_and_adopted(office):
    admin = office.logged_in("admin")
    assert "Siapkan daftar libur 2027" in admin.get("/kotak-tugas")
    assert "Daftar libur tahun 2027 belum ditetapkan." in office.logged_in("kadis").get("/kotak-tugas")
    assert "Daftar libur tahun 2027" not in office.logged_in("verifikator").get("/kotak-tugas")
    address = proposed(office, baris="libur;01/01/2027;;;Tahun baru\ntahun;2027;;;", keputusan="SKB 1/2027")
    assert "menunggu penetapan" in admin.get("/kotak-tugas")
    kadis = office.logged_in("kadis")
    kadis.post(f"{address}/tetapkan", {"revisi": revision(kadis.get(address))})
    assert "Daftar libur tahun 2027" not in admin.get("/kotak-tugas")


def test_a_decree_a_note_and_a_reason_that_are_too_long_are_told_at_their_fields_and_kept(office):
    long = {**SOUND, "keputusan": "K" * 201, "sebab": "S" * 2001, "aksi": "ajukan"}
    answer = office.logged_in("admin").post("/kelola/kalender/usul", long)
    assert answer.status == 422
    for name, count in (("keputusan", 201), ("sebab", 2001)):
        assert f'href="#f-{name}"' in answer
        assert f"Anda menulis {count}" in answer
    assert "S" * 2001 in answer
    address = proposed(office)
    refused = office.logged_in("kadis").post(f"{address}/tolak", {"alasan": "A" * 2001})
    assert refused.status == 422
    assert "Anda menulis 2001" in refused


def test_adopting_a_change_says_how_many_terms_of_applicants_it_moved(office):
    case_id = office.registered()
    wrong = {"keabsahan.ktp.hasil": "perbaikan", "cara": "lihat_asli"}
    office.complete(office.task(case_id), "perbaikan", "verifikator", reason="KTP buram", **wrong)
    address = proposed(office, baris="libur;21/10/2026;;;Keputusan kota")
    kadis = office.logged_in("kadis")
    answer = kadis.post(f"{address}/tetapkan", {"revisi": revision(kadis.get(address))})
    page = kadis.follow(answer)
    assert re.search(r"Perubahan kalender ditetapkan; \d+ janji bergeser\. 1 tenggat pemohon bergeser\.", page.text)


def test_amounts_of_the_tester_are_written_as_each_language_writes_numbers(office):
    admin = office.logged_in("admin")
    asked = {"izin": "SIPB", "diterima": "03/08/2026 10.00"}
    indonesian = admin.get("/kelola/kalender/penguji", query_string=asked)
    assert re.search(r'data-label="Jumlah">\d+,\d+</td>', indonesian.text)
    admin.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    english = admin.get("/kelola/kalender/penguji", query_string=asked)
    assert re.search(r'data-label="[^"]+">\d+\.\d+</td>', english.text)
    assert not re.search(r">\d+,\d+</td>", english.text)
