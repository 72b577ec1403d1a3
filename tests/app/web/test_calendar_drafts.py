"""The effect of a change of the calendar has an address: it is looked at again and again, and nothing is sent twice."""

import re

from tests.app.web.test_calendar import SOUND, revision

CHECK, PROPOSE = {**SOUND, "aksi": "periksa"}, {**SOUND, "aksi": "ajukan"}


def hidden(page):
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page.text)[1] for name in ("draf", "draf_versi", "kunci")
    }


def checked(browser, **changed):
    """Where the effect of a change is shown."""
    answer = browser.post("/kelola/kalender/usul", {**CHECK, **changed})
    assert answer.status == 303, answer.text
    return answer.location


def test_the_effect_of_a_change_is_asked_for_again_without_sending_anything_and_nothing_is_proposed(office):
    office.registered()
    admin = office.logged_in("admin")
    address = checked(admin)
    for _ in range(2):
        page = admin.get(address)
        assert page.status == 200
        assert "Langkah 2 dari 3" in page
        assert "menjadi tutup" in page
        assert "Peringatan hari jadi" in page
    assert "Belum ada perubahan sejak kalender awal." in admin.get("/kelola/kalender")


def test_whoever_goes_back_from_the_effect_finds_what_he_typed(office):
    admin = office.logged_in("admin")
    address = checked(admin)
    page = admin.get("/kelola/kalender/usul")
    assert "Dilanjutkan dari draf Anda" in page
    assert SOUND["baris"] in page
    assert SOUND["keputusan"] in page
    assert f'href="{address}"' in page
    assert re.search(r'<textarea id="f-baris"[^>]*></textarea>', admin.get("/kelola/kalender/usul?baru=1").text)
    assert "(perkiraan)" in admin.get("/kelola/kalender/usul?usulan=2027"), "a year that is asked for comes first"
    changed = {**CHECK, **hidden(page), "baris": "libur;23/10/2026;;;Keputusan lain"}
    assert admin.post("/kelola/kalender/usul", changed).location == address
    assert "libur;23/10/2026" in admin.get(address)


def test_the_same_change_checked_twice_is_one_draft_and_another_is_another(office):
    admin = office.logged_in("admin")
    assert checked(admin) == checked(admin)
    assert checked(admin, baris="libur;23/10/2026;;;Keputusan lain") != checked(admin)
    assert admin.get("/kelola/kalender/usul").text.count("/buang") == 2


def test_a_draft_is_its_authors_alone_and_is_thrown_away_by_him_alone(office):
    admin, other = office.logged_in("admin"), office.logged_in("kabid")
    address = checked(admin)
    away = other.get(address)
    assert (away.status, away.location) == (303, "/kelola/kalender")
    assert SOUND["baris"] not in other.get("/kelola/kalender/usul")
    other.post(address.replace("/dampak", "/buang"), {})
    assert admin.get(address).status == 200
    assert admin.post(address.replace("/dampak", "/buang"), {}).status == 303
    assert admin.get(address).status == 303
    assert "Draf Anda" not in admin.get("/kelola/kalender/usul")


def test_what_is_proposed_is_what_was_shown(office):
    admin = office.logged_in("admin")
    address = checked(admin)
    shown = hidden(admin.get(address))
    other = {**PROPOSE, **shown, "baris": "libur;23/10/2026;;;Keputusan lain"}
    again = admin.post("/kelola/kalender/usul", other)
    assert again.location == address
    page = admin.get(address)
    assert "Isiannya berubah sejak dampaknya ditunjukkan" in page
    assert "Jumat, 23 Oktober 2026" in page
    assert "Belum ada perubahan sejak kalender awal." in admin.get("/kelola/kalender")
    made = admin.post("/kelola/kalender/usul", {**other, **hidden(page)})
    assert "/kelola/kalender/perubahan/" in made.location
    assert "libur;23/10/2026" in admin.get(made.location)


def test_a_proposed_draft_is_gone_and_pressing_twice_proposes_once(office):
    admin = office.logged_in("admin")
    address = checked(admin)
    sent = {**PROPOSE, **hidden(admin.get(address))}
    first, second = (admin.post("/kelola/kalender/usul", sent) for _ in range(2))
    assert first.location == second.location
    back = admin.get(address)
    assert "sudah diajukan atau dibuang" in admin.follow(back)
    assert "Draf Anda" not in admin.get("/kelola/kalender/usul")


def test_a_draft_saved_in_another_window_is_not_written_over(office):
    admin = office.logged_in("admin")
    address = checked(admin)
    shown = hidden(admin.get(address))
    admin.post("/kelola/kalender/usul", {**CHECK, **shown, "baris": "libur;23/10/2026;;;Jendela pertama"})
    late = admin.post("/kelola/kalender/usul", {**CHECK, **shown, "baris": "libur;26/10/2026;;;Jendela kedua"})
    assert late.status == 409
    assert "dari jendela lain" in late
    assert "Jendela kedua" in late, "what was typed is still there"
    assert "Jendela pertama" in admin.get(address)


def test_a_draft_that_came_to_say_what_was_proposed_meanwhile_tells_so_at_its_address(office):
    admin, other = office.logged_in("admin"), office.logged_in("kabid")
    address = checked(admin)
    assert other.post("/kelola/kalender/usul", PROPOSE).status == 303
    page = admin.get(address)
    assert page.status == 422
    assert "sudah diusulkan dan menunggu penetapan" in page
    assert SOUND["baris"] in page


def test_a_change_of_the_offices_calendar_tells_its_steps_and_legal_limits_apart(office):
    office.submitted()
    office.registered()
    admin = office.logged_in("admin")
    page = admin.get(checked(admin, baris="libur;19/10/2026;22/10/2026;;Keputusan kota"))
    for heading in ("Langkah di loket yang bergeser", "Langkah di kantor yang bergeser", "Batas hukum yang bergeser"):
        assert heading in page
    assert "Janji kepada pemohon tidak ikut bergeser." not in page, "the promise of the other file does move"
    made = admin.post(
        "/kelola/kalender/usul", {**PROPOSE, **hidden(page), "baris": "libur;19/10/2026;22/10/2026;;Keputusan kota"}
    )
    kadis = office.logged_in("kadis")
    told = kadis.post(f"{made.location}/tetapkan", {"revisi": revision(kadis.get(made.location))})
    assert re.search(r"\d+ jam langkah di kantor bergeser\. \d+ batas hukum bergeser\.", kadis.follow(told).text)
