"""A technical visit on a phone whose network comes and goes: what was photographed and typed arrives once, or waits."""

import json
import re
from uuid import UUID

import pytest
from playwright.sync_api import expect

from app.operations import drafting
from app.operations.demo import invented
from app.store import transaction
from tests.app.operations.test_visits import arranged
from tests.browser.conftest import PHONE

STATE = "[data-lapangan-kata]"
SENT = re.compile(r"Semua terkirim pukul \d\d\.\d\d")
HERE = {"latitude": -5.1131, "longitude": 105.3067, "accuracy": 7.4}
VISITED = "05/08/2026 09.35"
QUIET = 4_100  # milliseconds of the page: longer than it waits after the last key


class Team:
    """A member of the team with a phone, at the report of a visit."""

    def __init__(self, office):
        self.office = office
        with office.prepared() as working:
            self.case_id = arranged(working)
            self.task = working.task(self.case_id, "tinjauan").id
        office.present.on("2026-08-05 09:40")
        self.person = office.person(
            "tim-pupr", viewport=PHONE, has_touch=True, permissions=["geolocation"], geolocation=HERE
        )
        self.page = self.person.page
        self.page.clock.install()
        self.open()

    def open(self):
        self.person.go(f"/tugas/{self.task}")
        if self.page.locator("form[data-lapangan]").count():
            expect(self.page.locator("form[data-lapangan]:not([data-rancangan])")).to_be_attached()

    @property
    def address(self):
        return f"**/tugas/{self.task}/lapangan"

    @property
    def state(self):
        return self.page.locator(STATE)

    def rest(self):
        """What the page does by itself a moment after the last key, without the moment."""
        self.page.clock.fast_forward(QUIET)

    def offline(self, on=True):
        self.page.context.set_offline(on)

    def photograph(self, *names, button="Ambil foto dengan kamera"):
        pictures = [{"name": one, "mimeType": "image/jpeg", "buffer": invented.photo()} for one in names]
        self.page.get_by_label(button).set_input_files(pictures)

    def lose_answers(self, address, times=1):
        """The office receives what is posted there and answers; the network drops the answer."""
        left = [times]

        def drop(route):
            if route.request.method == "POST" and left[0]:
                left[0] -= 1
                route.fetch()
                return route.abort()
            return route.continue_()

        self.page.route(address, drop)
        return left

    def fill(self):
        page = self.page
        page.get_by_label("Ya", exact=True).check()
        page.get_by_label("Yang hadir").fill("Slamet Riyadi")
        page.get_by_label("Waktu kunjungan").fill(VISITED)
        page.get_by_label("Temuan", exact=False).last.fill("Bangunan sesuai gambar")

    def kept(self):
        with self.office.application.app_context(), transaction() as store:
            found = store.documents.of_case(self.case_id, f"{self.task}/foto")
            events = [one for one in store.cases.events(self.case_id) if one.kind == "document_added"]
            return [one.caption for one in found], len([one for one in events if one.element == "tinjauan"])

    def on_the_phone(self):
        """How many photographs and typed forms the browser itself still holds."""
        count = """() => new Promise((done) => {
          const asked = indexedDB.open('lapangan');
          asked.onsuccess = () => {
            const base = asked.result, names = [...base.objectStoreNames];
            if (!names.length) return done([0, 0]);
            const work = base.transaction(names), found = names.map((one) => work.objectStore(one).count());
            work.oncomplete = () => { base.close(); done(found.map((one) => one.result)); };
          };
        })"""
        return self.page.evaluate(count)

    def values(self):
        with self.office.application.app_context(), transaction() as store:
            return store.cases.submissions(self.case_id, "tinjauan")[-1].values


@pytest.fixture
def team(office):
    found = Team(office)
    yield found
    found.offline(False)
    found.page.unroute_all(behavior="ignoreErrors")


def no_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_visit_is_reported_from_a_phone_whose_network_drops_and_everything_arrives_once(team, assert_accessible):
    page = team.page
    assert_accessible(page)
    no_sideways(page)
    page.get_by_role("button", name="Ambil titik dari ponsel").click()
    expect(page.get_by_label("Koordinat", exact=True)).to_have_value("-5,113100; 105,306700")
    expect(page.get_by_label("Ketelitian")).to_have_value("8")

    left = team.lose_answers(team.address)
    team.photograph("depan.jpg")
    expect(team.state).to_contain_text("Tidak ada jaringan")
    assert (left, team.kept()) == ([0], ([""], 1)), "the office has it, the phone does not know"
    team.offline()
    team.photograph("samping.jpg")
    expect(team.state).to_contain_text("2 foto belum terkirim — tersimpan di ponsel ini.")
    page.get_by_label("Keterangan foto 1").fill("Tampak depan")
    page.get_by_label("Keterangan foto 2").fill("Tampak samping")
    team.fill()
    expect(team.state).to_contain_text("Isian terakhir belum terkirim — tersimpan di ponsel ini.")
    expect(team.state).to_contain_text("Tidak ada jaringan")
    assert_accessible(page)
    no_sideways(page)
    assert team.on_the_phone() == [2, 1]

    page.get_by_role("button", name="Sesuai", exact=True).click()
    expect(team.state).to_contain_text("Keputusan belum dikirim")
    assert_accessible(page)

    team.offline(False)
    expect(team.state).to_contain_text(SENT, timeout=15_000)
    assert_accessible(page)
    assert team.kept() == (["Tampak depan", "Tampak samping"], 2)
    assert team.on_the_phone() == [0, 0]

    with page.expect_navigation():
        page.get_by_role("button", name="Sesuai", exact=True).click()
    expect(page.locator(".kabar[role=status]").first).to_contain_text("langkah ini sudah tercatat")
    assert team.kept()[1] == 2
    assert sorted(team.values()["keterangan_foto"].values()) == ["Tampak depan", "Tampak samping"]
    assert team.values()["koordinat_lapangan"] == "-5.113100, 105.306700"


def test_a_decision_whose_answer_gets_lost_is_sent_again_by_itself_and_stands_once(team):
    team.fill()
    team.rest()
    expect(team.state).to_contain_text(SENT)
    left = team.lose_answers(re.compile(f"/tugas/{team.task}$"))
    with team.page.expect_navigation(timeout=20_000):
        team.page.get_by_role("button", name="Sesuai", exact=True).click()
    expect(team.page.locator(".kabar[role=status]").first).to_contain_text("langkah ini sudah tercatat")
    assert left == [0]
    with team.office.application.app_context(), transaction() as store:
        assert len(store.cases.submissions(team.case_id, "tinjauan")) == 1


def test_a_draft_whose_answer_gets_lost_is_not_taken_for_somebody_elses(team):
    team.lose_answers(re.compile(f"/tugas/{team.task}$"))
    team.page.get_by_label("Catatan atau syarat").fill("Slamet")
    team.page.get_by_label("Temuan", exact=False).last.fill("Pagar")
    expect(team.state).to_contain_text("belum terkirim", timeout=10_000)
    team.page.get_by_label("Temuan", exact=False).last.fill("Pagar berdiri")
    team.rest()
    expect(team.state).to_contain_text(SENT, timeout=15_000)
    team.open()
    expect(team.page.get_by_label("Temuan", exact=False).last).to_have_value("Pagar berdiri")


def test_what_waits_on_the_phone_is_there_again_when_the_page_is_opened_anew(team):
    team.page.route(team.address, lambda route: route.abort())
    team.photograph("depan.jpg")
    team.page.get_by_label("Catatan atau syarat").fill("Slamet Riyadi")
    expect(team.state).to_contain_text("1 foto belum terkirim")
    expect(team.state).to_contain_text("Isian terakhir belum terkirim")
    team.open()
    expect(team.page.get_by_label("Catatan atau syarat")).to_have_value("Slamet Riyadi")
    expect(team.state).to_contain_text("1 foto belum terkirim")
    team.page.unroute_all(behavior="wait")
    team.page.get_by_role("button", name="Kirim sekarang").click()
    expect(team.state).to_contain_text(SENT)
    assert team.kept()[1] == 1


def test_when_somebody_else_completed_the_task_it_is_said_and_the_photographs_can_be_taken_away(
    team, assert_accessible
):
    team.offline()
    team.photograph("depan.jpg")
    expect(team.state).to_contain_text("1 foto belum terkirim")
    with team.office.prepared() as working:
        working.at = team.office.present.at
        working.do(team.case_id, "tinjauan", "tim-pupr", pemohon_hadir=True)
    team.offline(False)
    expect(team.state).to_contain_text("Tugas ini sudah diselesaikan oleh Budi Hartono")
    expect(team.state).to_contain_text("1 foto belum terkirim")
    assert_accessible(team.page)
    with team.page.expect_download() as download:
        team.page.locator(".foto-kartu [data-unduh]").click()
    assert download.value.suggested_filename.endswith(".jpg")

    team.person.go(f"/tugas/{team.task}")
    left = team.page.locator("[data-foto-sisa]")
    expect(left).to_contain_text("1 foto belum terkirim")
    assert_accessible(team.page)
    no_sideways(team.page)
    left.get_by_role("button", name="Hapus dari ponsel").click()
    expect(left).to_be_hidden()
    assert team.on_the_phone()[0] == 0


def test_a_picture_the_office_cannot_read_is_told_at_its_card_and_bars_the_decision_until_it_is_dropped(team):
    heic = {"name": "IMG.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"}
    team.page.get_by_label("Pilih foto yang sudah ada").set_input_files([heic])
    card = team.page.locator(".foto-kartu")
    expect(card).to_contain_text("HEIC")
    team.fill()
    team.page.get_by_role("button", name="Sesuai", exact=True).click()
    expect(team.state).to_contain_text("Keputusan belum dikirim")
    card.get_by_role("button", name="Hapus").click()
    expect(card).to_have_count(0)
    with team.page.expect_navigation():
        team.page.get_by_role("button", name="Sesuai", exact=True).click()
    assert team.kept()[1] == 0


def test_a_measured_figure_that_differs_is_said_in_words_while_it_is_typed(team, assert_accessible):
    row = team.page.locator(".kelompok-baris").first
    declared = row.locator(".ukuran-angka").inner_text()
    figure = int(re.match(r"[\d.]+", declared)[0].replace(".", ""))
    assert declared.endswith("m²")
    row.get_by_label("Terukur").fill(str(figure + 5))
    expect(row).to_contain_text("Terukur lebih besar 5 m²")
    row.get_by_label("Terukur").fill(str(figure))
    expect(row).to_contain_text("Terukur sama dengan yang dinyatakan")
    box = [row.locator(one).bounding_box() for one in (".ukuran-angka", "input[name$='terukur']")]
    assert box[0]["y"] < box[1]["y"], "one above the other on a phone"
    assert_accessible(team.page)


def test_who_logs_out_with_unsent_photographs_is_asked_and_leaves_nothing_behind(team):
    team.page.route(team.address, lambda route: route.abort())
    team.photograph("depan.jpg")
    expect(team.state).to_contain_text("1 foto belum terkirim")
    asked = []
    team.page.on("dialog", lambda dialog: asked.append(dialog.message))
    team.page.locator("details.orang summary").click()
    with team.page.expect_navigation():
        team.page.get_by_role("button", name="Keluar").click()
    assert asked == ["1 foto belum terkirim dan ikut terhapus dari ponsel ini. Tetap keluar?"]
    names = team.page.evaluate("indexedDB.databases().then((all) => JSON.stringify(all.map((one) => one.name)))")
    assert json.loads(names) == []


def test_an_expired_visit_keeps_the_photograph_until_its_owner_is_back(team):
    cookies = team.page.context.cookies()
    team.page.context.clear_cookies()
    team.photograph("depan.jpg")
    expect(team.state).to_contain_text("Sesi Anda berakhir")
    team.page.context.add_cookies(cookies)
    team.page.get_by_role("button", name="Kirim sekarang").click()
    expect(team.state).to_contain_text(SENT)
    assert team.kept()[1] == 1


def test_a_draft_from_another_device_is_not_overwritten_unasked(team):
    with team.office.application.app_context():
        other = {"temuan": ["dari kantor"], "ponsel": ["komputer"]}
        drafting.save_draft(UUID(team.task), other, team.office.ids["tim-pupr"], team.office.present.at, 0)
    team.page.get_by_label("Catatan atau syarat").fill("Slamet")
    team.rest()
    expect(team.state).to_contain_text("dari perangkat lain", timeout=10_000)
    team.page.get_by_role("button", name="Pakai isian di ponsel ini").click()
    expect(team.state).to_contain_text(SENT)


def test_without_javascript_photographs_are_uploaded_by_a_button(office):
    with office.prepared() as working:
        case_id = arranged(working)
        task = working.task(case_id, "tinjauan").id
    office.present.on("2026-08-05 09:40")
    person = office.person("tim-pupr", viewport=PHONE, java_script_enabled=False)
    page = person.go(f"/tugas/{task}")
    pictures = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": invented.photo()} for n in (1, 2)]
    page.get_by_label("Pilih foto yang sudah ada").set_input_files(pictures)
    page.get_by_label("Keterangan foto yang dipilih").fill("Pagar")
    person.press("Unggah foto")
    expect(page.locator(".foto-kartu")).to_have_count(2)
    expect(page.get_by_label("Keterangan foto 2")).to_have_value("Pagar")
    page.get_by_label("Keterangan foto 2").fill("Gerbang")
    page.get_by_label("Terukur").first.fill("1")
    person.press("Simpan rancangan")
    expect(page.get_by_label("Keterangan foto 2")).to_have_value("Gerbang")
    expect(page.locator(".ukuran-beda").first).to_contain_text("Terukur lebih kecil")
