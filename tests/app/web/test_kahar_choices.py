"""Corrections of a declaration and the choice between one event and another, through the pages of the office."""

import re

from tests.app.web.test_kahar import SOUND, changed, checked, established, proposed, revision

KEEPING = {"aksi": "koreksi", "uraian_koreksi": "Berita acara kedua menyebut hal lain", "batas_areas": "semua"}
STANDS = {"dasar": ["a"], "peristiwa": "lainnya", "tak_terduga": SOUND["tak_terduga"], "akibat": "SUSPEND"}
OTHER = "Kebakaran gardu tidak ada hubungannya dengan kabel yang putus"


def corrected(office, address, **typed):
    return changed(office.logged_in("kasi"), address, {**KEEPING, **STANDS, **typed})


def test_the_effect_of_a_proposal_has_an_address_that_going_back_and_reloading_ask_for_without_sending_again(office):
    kasi = office.logged_in("kasi")
    answer = kasi.post("/kahar/usul", {**SOUND, "aksi": "periksa"})
    assert (answer.status, answer.location.endswith("/dampak")) == (303, True)
    page = kasi.get(answer.location)
    assert "Langkah 2 dari 3" in page
    draft = re.search(r'name="draf" value="([^"]+)"', page.text)[1]
    sent = {**SOUND, "draf": draft, "draf_versi": "1", "aksi": "ajukan"}
    assert kasi.post("/kahar/usul", sent).status == 303
    back = kasi.get(answer.location)
    assert back.status == 303
    assert "sudah diajukan atau dibuang" in kasi.follow(back)


def test_the_effect_of_somebody_elses_draft_is_not_shown(office):
    kasi = office.logged_in("kasi")
    address = kasi.post("/kahar/usul", {**SOUND, "aksi": "periksa"}).location
    answer = office.logged_in("kabid").get(address)
    assert answer.status == 303
    assert "Kabel serat optik" not in office.logged_in("kabid").follow(answer)


def test_a_draft_that_can_no_longer_be_proposed_says_why_in_the_place_of_its_effect(office):
    kasi = office.logged_in("kasi")
    draft = kasi.post("/kahar/usul", {**SOUND, "uraian": "pendek", "aksi": "simpan"}).location.split("draf=")[1]
    answer = kasi.get(f"/kahar/usul/{draft}/dampak")
    assert answer.status == 422
    assert '<a href="#f-uraian">' in answer


def test_a_premature_end_is_emptied_through_the_page_and_history_says_old_and_new(office):
    address = proposed(office, sampai="19/10/2026 15.00")
    established(office, address)
    assert "Ternyata masih berlangsung" in office.logged_in("kasi").get(address)
    assert corrected(office, address, berlangsung_koreksi="ya").status == 303
    kadis = office.logged_in("kadis")
    page = kadis.get(address)
    assert re.search(r"15\.00 <span class=\"sr\">menjadi</span>.*belum pulih", page.text)
    assert kadis.post(f"{address}/tetapkan", {"revisi": revision(page)}).status == 303
    after = kadis.get(address)
    assert "Berita Acara Pemulihan" in office.logged_in("kasi").get(address), "its recovery is asked for again"
    assert "belum pulih" in after


def test_effect_ground_and_kind_are_corrected_through_the_page(office):
    address = proposed(office)
    established(office, address)
    typed = {"dasar": ["a", "c"], "peristiwa": "kebakaran", "akibat": "ROLL_LAST_DAY"}
    assert corrected(office, address, **typed).status == 303
    page = office.logged_in("kadis").get(address)
    for told in ("huruf a, c", "Kebakaran", "Hanya hari terakhir yang bergeser"):
        assert told in page


def test_a_form_without_the_nature_of_the_event_leaves_it_alone(office):
    address = proposed(office)
    established(office, address)
    sent = {**KEEPING, "sejak_koreksi": "19/10/2026 14.00"}
    assert changed(office.logged_in("kasi"), address, sent).status == 303
    page = office.logged_in("kadis").get(address)
    assert "<dt>Jenis peristiwa</dt>" not in page
    assert "Lainnya, dengan alasan tidak dapat diduga" in page


def test_the_account_of_an_event_is_corrected_through_the_page_and_moves_no_clock(office):
    address = proposed(office)
    established(office, address)
    kasi, told = office.logged_in("kasi"), {"uraian_peristiwa": "Angin kencang merobohkan tiang listrik kantor."}
    form = kasi.get(address).text
    assert re.search(rf'<textarea id="f-uraian_peristiwa"[^>]*>{SOUND["uraian"]}', form), "it begins with what stands"
    sent = {**told, "waktu_peristiwa": "19/10/2026 07.30", "upaya": "Genset dinyalakan", "bukti": "BA 2\nFoto tiang"}
    assert corrected(office, address, **sent).status == 303
    page = office.logged_in("kadis").get(address)
    for words in (told["uraian_peristiwa"], "07.30", "Genset dinyalakan", "BA 2; Foto tiang", "Tidak ada jam yang ber"):
        assert words in page
    assert "Tidak ada berkas yang terkena" not in page


def test_a_faulty_account_keeps_what_was_typed_and_says_where_it_is_wrong(office):
    address = proposed(office)
    established(office, address)
    answer = corrected(office, address, uraian_peristiwa="pendek", waktu_peristiwa="kemarin", upaya="", bukti=" ")
    assert answer.status == 422
    fields = ("uraian_peristiwa", "waktu_peristiwa", "bukti")
    assert [one for one in fields if f'<a href="#f-{one}">' not in answer] == []
    assert 'value="kemarin"' in answer


def test_a_recovery_without_a_readable_moment_is_told_with_its_other_faults_under_the_name_of_its_field(office):
    address = proposed(office)
    established(office, address)
    for typed, told in (("besok", "Kondisi stabil sejak: "), ("", "Saat kondisi stabil wajib diisi")):
        sent = {"aksi": "pulih", "sampai_pulih": typed, "uraian_pulih": "x"}
        answer = office.logged_in("kasi").post(f"{address}/ubah", sent)
        assert answer.status == 422
        assert told in answer
        assert [one for one in ("sampai_pulih", "uraian_pulih") if f'<a href="#f-{one}">' not in answer] == []


def test_unreadable_times_reason_scope_and_nature_are_told_at_once_and_everything_typed_is_kept(office):
    address = proposed(office)
    established(office, address)
    answer = corrected(
        office,
        address,
        sejak_koreksi="kemarin",
        sampai_koreksi="besok",
        uraian_koreksi="pendek",
        batas_units="pilih",
        peristiwa="",
        dasar=[],
    )
    assert answer.status == 422
    fields = ("sejak_koreksi", "sampai_koreksi", "uraian_koreksi", "units", "peristiwa", "dasar")
    assert [one for one in fields if f'<a href="#f-{one}">' not in answer] == []
    assert 'value="kemarin"' in answer
    assert "tidak mengubah apa pun" not in answer


def test_one_event_declared_twice_is_a_choice_with_a_way_to_the_first_and_a_reason_for_the_second(office):
    first = proposed(office)
    kasi, more = office.logged_in("kasi"), {"peristiwa": "kebakaran", "sejak": "19/10/2026 14.00"}
    page = checked(kasi, **more)
    assert "peristiwa yang sama atau lain?" in page
    assert re.search(rf'href="{first}\?draf=[0-9a-f-]+#koreksi"', page.text)
    unsaid = kasi.post("/kahar/usul", {**SOUND, **more, "aksi": "ajukan"})
    assert unsaid.status == 422
    assert '<a href="#f-tumpang">' in unsaid
    assert "Langkah 2 dari 3" in unsaid
    no_reason = kasi.post("/kahar/usul", {**SOUND, **more, "aksi": "ajukan", "tumpang": "lain", "alasan_lain": "lain"})
    assert no_reason.status == 422
    assert '<a href="#f-alasan_lain">' in no_reason
    same = re.search(r'name="tumpang" value="([0-9a-f-]{36})"', page.text)[1]
    answer = kasi.post("/kahar/usul", {**SOUND, **more, "aksi": "ajukan", "tumpang": same})
    assert answer.status == 303
    assert re.fullmatch(rf"{first}\?draf=[0-9a-f-]+#koreksi", answer.location)
    second = kasi.post("/kahar/usul", {**SOUND, **more, "aksi": "ajukan", "tumpang": "lain", "alasan_lain": OTHER})
    assert second.status == 303
    assert OTHER in office.logged_in("kadis").get(second.location)


def test_the_effect_of_every_change_is_shown_before_anything_is_proposed(office):
    number = office.case(office.registered()).held.number
    address = proposed(office)
    established(office, address)
    kasi = office.logged_in("kasi")
    changes = [
        {"aksi": "pulih", "sampai_pulih": "19/10/2026 15.00", "uraian_pulih": "Jaringan pulih kembali"},
        {"aksi": "panjang", "uraian_panjang": "Kabel belum tersambung"},
        {**KEEPING, "sejak_koreksi": "19/10/2026 14.00"},
        {"aksi": "cabut", "uraian_cabut": "Pernyataan keliru menurut inspektorat"},
    ]
    for sent in changes:
        answer = kasi.post(f"{address}/ubah", sent)
        assert answer.location.endswith("/dampak"), sent["aksi"]
        for page in (kasi.get(answer.location), kasi.get(answer.location)):
            assert "belum ada yang diusulkan" in page
            assert (number in page) is (sent["aksi"] != "panjang"), sent["aksi"]
        assert "menunggu penetapan" not in kasi.get(address), "nothing is kept that holds anybody up"
    assert "Draf Anda" not in office.logged_in("kabid").get("/kahar")


def test_a_checked_change_is_edited_again_as_it_was_typed_and_only_what_was_shown_is_proposed(office):
    address = proposed(office)
    established(office, address)
    kasi = office.logged_in("kasi")
    effect = kasi.post(f"{address}/ubah", {**KEEPING, "sejak_koreksi": "19/10/2026 14.00"}).location
    again = kasi.get(effect).text
    form = kasi.get(re.search(r'href="([^"]+draf=[^"]+)"', again)[1].split("#")[0])
    assert 'value="19/10/2026 14.00"' in form
    assert re.search(r'<details[^>]*id="koreksi" open', form.text)
    draft = {name: re.search(rf'name="{name}" value="([^"]+)"', form.text)[1] for name in ("draf", "draf_versi")}
    other = kasi.post(f"{address}/ubah", {**KEEPING, **draft, "sejak_koreksi": "19/10/2026 14.30"})
    assert other.location == effect, "the same draft"
    outdated = kasi.post(effect.removesuffix("/dampak"), {"draf_versi": "1"})
    assert outdated.location == effect
    assert "periksa dampaknya sekali lagi" in kasi.follow(outdated)
    assert kasi.post(effect.removesuffix("/dampak"), {"draf_versi": "2"}).status == 303
    page = kasi.get(address)
    assert "14.30" in page
    assert "14.00" not in page.text.split("Versi</h2>")[1]
    twice = kasi.post(effect.removesuffix("/dampak"), {"draf_versi": "2"})
    assert "sudah diajukan atau dibuang" in kasi.follow(twice)
    assert "sudah diajukan atau dibuang" in kasi.follow(kasi.get(effect))


def test_a_draft_of_a_change_is_its_authors_alone_and_leads_from_the_register_to_its_effect(office):
    address = proposed(office)
    established(office, address)
    kasi, kabid = office.logged_in("kasi"), office.logged_in("kabid")
    effect = kasi.post(f"{address}/ubah", {"aksi": "cabut", "uraian_cabut": "Kabel tidak pernah putus"}).location
    assert f'href="{effect}"' in kasi.get("/kahar")
    assert kabid.get(effect).status == 303
    assert "Kabel tidak pernah putus" not in kabid.get(address + "?draf=" + effect.split("/")[-2])
    assert kabid.post(effect.removesuffix("/dampak"), {"draf_versi": "1"}).status == 303
    assert "menunggu penetapan" not in kabid.get(address)
    assert kasi.get("/kahar/usul?draf=" + effect.split("/")[-2]).status == 404


def two_declared(office):
    """Two events of one day that do not meet; the address of the later one."""
    early = proposed(office, sejak="19/10/2026 08.00", sampai="19/10/2026 10.00")
    late = proposed(office, peristiwa="kebakaran", sejak="19/10/2026 11.00", sampai="19/10/2026 12.00")
    for one in (early, late):
        established(office, one)
    return early, late


def test_a_correction_that_reaches_another_declaration_asks_whether_it_is_the_same_event(office):
    early, late = two_declared(office)
    kasi = office.logged_in("kasi")
    effect = kasi.post(f"{late}/ubah", {**KEEPING, "sejak_koreksi": "19/10/2026 09.00"}).location
    page = kasi.get(effect)
    assert "peristiwa yang sama atau lain?" in page
    send = effect.removesuffix("/dampak")
    unsaid = kasi.post(send, {"draf_versi": "1"})
    assert unsaid.status == 422
    assert '<a href="#f-tumpang">' in unsaid
    no_reason = kasi.post(send, {"draf_versi": "1", "tumpang": "lain", "alasan_lain": "lain"})
    assert no_reason.status == 422
    assert '<a href="#f-alasan_lain">' in no_reason
    same = kasi.post(send, {"draf_versi": "1", "tumpang": early.rsplit("/", 1)[1]})
    assert same.location.startswith(early)
    assert same.location.endswith("#koreksi")
    assert "menunggu penetapan" not in kasi.get(late)
    assert kasi.post(send, {"draf_versi": "1", "tumpang": "lain", "alasan_lain": OTHER}).status == 303
    assert OTHER in office.logged_in("kadis").get(late)


def said_to_be_the_same(browser, address, **typed):
    """The page that whoever proposes comes to when the event was declared already."""
    sent = {**SOUND, "peristiwa": "kebakaran", **typed, "aksi": "ajukan", "tumpang": address.rsplit("/", 1)[1]}
    answer = browser.post("/kahar/usul", sent)
    assert answer.status == 303, answer.text
    assert answer.location.endswith("#koreksi")
    return browser.get(answer.location.removesuffix("#koreksi"))


def test_the_same_event_that_still_waits_is_said_to_wait_with_the_way_to_take_ones_own_back(office):
    first = proposed(office)
    own = said_to_be_the_same(office.logged_in("kasi"), first)
    assert 'id="koreksi"' in own
    assert "masih menunggu penetapan, jadi belum dapat dikoreksi" in own
    assert 'href="#tarik"' in own
    assert 'id="tarik"' in own
    others = said_to_be_the_same(office.logged_in("kabid"), first)
    assert "Minta Kepala Dinas menetapkan atau menolaknya dahulu" in others
    assert 'href="#tarik"' not in others
    assert "Draf Anda" in office.logged_in("kabid").get("/kahar"), "nothing typed is lost"


def test_the_same_event_that_stands_opens_its_correction_with_what_was_typed(office):
    first = proposed(office, sampai="19/10/2026 15.00")
    established(office, first)
    kasi = office.logged_in("kasi")
    areas = {"batas_areas": "pilih", "areas": ["18.72.01"]}
    page = said_to_be_the_same(
        kasi, first, sejak="19/10/2026 14.00", uraian="Kabel kedua ikut putus siang itu", **areas
    )
    assert re.search(r'<details[^>]*id="koreksi" open', page.text)
    assert "Anda di sini karena yang Anda tulis adalah peristiwa yang sama" in page
    assert re.search(r'name="sejak_koreksi"[^>]*value="19/10/2026 14.00"', page.text)
    assert "Kabel kedua ikut putus siang itu</textarea>" in page
    assert re.search(r'name="areas" value="18.72.01" checked', page.text)
    assert re.search(r'name="berlangsung_koreksi" value="ya" checked', page.text), "it was typed without an end"
    assert re.search(r'<option value="lainnya" selected', page.text), "what it is stays as it was established"
    draft = {name: re.search(rf'name="{name}" value="([^"]+)"', page.text)[1] for name in ("draf", "draf_versi")}
    effect = kasi.post(f"{first}/ubah", {**KEEPING, **draft, "sejak_koreksi": "19/10/2026 14.00"})
    assert draft["draf"] in effect.location, "the draft goes on as that of the correction"
    assert kasi.get(f"/kahar/usul/{draft['draf']}/dampak").status == 303


def test_a_correction_of_what_is_another_declarations_event_goes_on_there(office):
    early, late = two_declared(office)
    kasi = office.logged_in("kasi")
    effect = kasi.post(f"{late}/ubah", {**KEEPING, "sejak_koreksi": "19/10/2026 09.00"}).location
    answer = kasi.post(effect.removesuffix("/dampak"), {"draf_versi": "1", "tumpang": early.rsplit("/", 1)[1]})
    page = kasi.get(answer.location.removesuffix("#koreksi"))
    assert "Anda di sini karena" in page
    assert re.search(r'name="sejak_koreksi"[^>]*value="19/10/2026 09.00"', page.text)
    assert KEEPING["uraian_koreksi"] + "</textarea>" in page
