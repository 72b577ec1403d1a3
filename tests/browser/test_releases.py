"""Releases on a desk and on a phone: the effect followed live, cases moved, two diagrams that move together."""

import io

import pytest
from lxml import etree
from pypdf import PdfReader
from sqlalchemy import create_engine, text

from app.cli import release_files
from app.operations import (
    draft_files,
    draft_usage,
    impact,
    migration_batches,
    processes,
    release_drafts,
    releases_shown,
)
from app.operations.impact import Subject
from benchmarks.impact_scale import copy
from engine.bpmn import elements, reading
from engine.forms.values import Unreadable, instant_of
from tests.app.operations.test_impact import longer
from tests.app.operations.test_leaps import NO_CHECK, to_the_calculation
from tests.app.operations.test_migrating import changed, renamed
from tests.app.operations.test_publishing import stopping
from tests.browser.conftest import PHONE

FITS = "document.documentElement.scrollWidth <= innerWidth"
DRAWN = "[data-banding-diagram][data-ready]"


@pytest.fixture
def release(office):
    """A release in effect, with the office's running cases on the one before."""
    with office.prepared() as operations:
        by = operations.people["proses"]
        first = processes.active().id
        for permit in ("SIPB", "PEN"):
            operations.registered(permit)
        id = processes.deploy(changed(renamed), "Nama langkah baru", operations.at, development=True, by=by).id
        return first, id, operations


def count(office, at):
    with office.prepared():
        while impact.count_one(at):
            pass


def test_the_effect_is_asked_for_followed_while_it_is_counted_and_shown(office, release):
    _first, id, operations = release
    person = office.person("proses")
    person.go(f"/kelola/proses/{id}/dampak")
    person.page.get_by_role("button", name="Hitung dampaknya").click()
    person.page.locator("progress").wait_for()
    count(office, operations.at)
    person.page.get_by_role("heading", name="Menurut proses, izin dan langkah").wait_for(timeout=15_000)
    person.sees("Verifikasi dan keabsahan")


def test_a_refused_approval_is_not_sent_again_when_the_counting_ends(office):
    with office.prepared() as operations:
        operations.registered("SIPB")
        id = processes.deploy(changed(renamed), "Uji", operations.at, False, operations.people["proses"]).id
    person = office.person("proses2")
    person.go(f"/kelola/proses/{id}")
    person.page.get_by_label("Keputusan yang mendasari").fill("SK 13/2026")
    person.page.get_by_label("Berlaku mulai").fill("01/01/2020 08.00")
    person.page.locator("#f-dampak").check()
    person.press("Setujui dan terbitkan")
    person.sees("Saat berlaku sudah lewat")
    count(office, operations.at)
    person.page.get_by_role("link", name="Muat ulang halaman ini").wait_for(timeout=15_000)
    assert person.page.get_by_label("Keputusan yang mendasari").input_value() == "SK 13/2026"
    with office.prepared():
        assert releases_shown.release(id, operations.people["proses"], operations.at).row.status == "draft"
    person.follow("Muat ulang halaman ini")
    person.page.get_by_role("heading", name="Dampak pada berkas berjalan").wait_for()


def approving(office, operations, files):
    """Who approves, at the page of a release of these files, and what the page asks of him."""
    id = processes.deploy(files, "Uji", operations.at, False, operations.people["proses"]).id
    person, asked = office.person("proses2"), []
    person.go(f"/kelola/proses/{id}")
    person.page.on("dialog", lambda dialog: asked.append(dialog.message))
    return person, asked


def test_what_an_approval_demands_is_said_at_its_control_before_anything_is_asked(office, assert_accessible):
    with office.prepared() as operations:
        files = changed(lambda name, text: longer(name, stopping(name, text)))
        person, asked = approving(office, operations, files)
    page = person.page
    page.get_by_label("Berlaku mulai").fill("01/12/2026 08.00")
    page.get_by_role("button", name="Setujui dan terbitkan").click()
    for told in ("#h-keputusan", "#h-berhenti"):
        page.locator(told).wait_for()
    assert page.evaluate("document.activeElement.id") == "f-keputusan"
    assert page.locator("#f-berhenti").get_attribute("aria-describedby") == "h-berhenti"
    assert_accessible(page)
    page.get_by_label("Keputusan yang mendasari").fill("SK 13/2026")
    page.keyboard.press("Enter")
    page.locator("#h-keputusan").wait_for(state="hidden")
    assert (asked, page.evaluate("document.activeElement.id")) == ([], "f-berhenti")
    assert page.get_by_label("Berlaku mulai").input_value() == "01/12/2026 08.00"
    page.keyboard.press("Space")
    person.press("Setujui dan terbitkan")
    person.sees("disetujui dan berlaku mulai")
    assert asked == ["Terbitkan bagi semua berkas baru?"]


def test_a_day_that_cannot_be_read_is_said_before_the_approval_is_asked_about(office, assert_accessible):
    with office.prepared() as operations:
        person, asked = approving(office, operations, changed(renamed))
    page = person.page
    page.get_by_label("Berlaku mulai").fill("besok pagi")
    page.get_by_role("button", name="Setujui dan terbitkan").click()
    page.locator("#h-berlaku").wait_for()
    assert "tulis tanggal dan jam" in page.locator("#h-berlaku").inner_text()
    assert page.evaluate("document.activeElement.id") == "f-berlaku"
    assert asked == []
    assert_accessible(page)
    page.get_by_label("Berlaku mulai").fill("01/12/2026 08.00")
    person.press("Setujui dan terbitkan")
    person.sees("disetujui dan berlaku mulai")
    assert asked == ["Terbitkan bagi semua berkas baru?"]


NO_SUCH_DAY = ("32/13/2026 08.00", "31/11/2026 08.00", "29/02/2027 08.00", "0/1/2027 08.00", "31/12/1899 08.00")


def answered(typed):
    """What the office says of an instant that it cannot read."""
    with pytest.raises(Unreadable) as fault:
        instant_of(typed)
    return f"Berlaku mulai: {fault.value}"


def test_a_day_no_calendar_has_is_said_as_the_office_says_it_before_the_approval_is_asked_about(
    office, assert_accessible
):
    with office.prepared() as operations:
        id = processes.deploy(changed(renamed), "Uji", operations.at, False, operations.people["proses"]).id
    person, asked = office.person("proses2"), []
    person.go(f"/kelola/proses/{id}")
    page = person.page
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    for typed in NO_SUCH_DAY:
        page.get_by_label("Berlaku mulai").fill(typed)
        page.get_by_role("button", name="Setujui dan terbitkan").click()
        page.locator("#tiada-berlaku").wait_for()
        assert page.locator("#tiada-berlaku").inner_text().strip() == answered(typed)
        assert page.locator("#h-berlaku").is_hidden()
    assert page.evaluate("document.activeElement.id") == "f-berlaku"
    assert page.locator("#f-berlaku").get_attribute("aria-describedby") == "b-berlaku tiada-berlaku"
    assert_accessible(page)
    page.get_by_label("Berlaku mulai").fill("besok pagi")
    page.get_by_role("button", name="Setujui dan terbitkan").click()
    page.locator("#h-berlaku").wait_for()
    assert page.locator("#tiada-berlaku").is_hidden()
    assert asked == []
    page.get_by_label("Berlaku mulai").fill("29/2/2028 08.00")  # there is one
    page.get_by_role("button", name="Setujui dan terbitkan").click()
    assert "setahun" in page.locator("#s-berlaku").inner_text()
    assert asked == ["Terbitkan bagi semua berkas baru?"]


GROUPS = 65
SPREAD = """
update impact_cases set steps = 'langkah_' || lpad((others.place % :groups)::text, 2, '0') from (
  select case_id, row_number() over (order by case_id) as place from impact_cases where case_id != all(:walked)
) others where others.case_id = impact_cases.case_id
"""


def counted_in_groups(office, id, operations):
    """Two files each at so many steps, beside the two that were walked."""
    owner = create_engine(office.application.config["OWNER_URL"])
    with office.prepared():
        with owner.begin() as connection:
            walked = connection.scalars(text("select id from cases")).all()
            copy(connection, walked[0], 2 * GROUPS)
        impact.ask(Subject(id), operations.people["proses"], operations.at)
        while impact.count_one(operations.at):
            pass
        with owner.begin() as connection:
            connection.execute(text(SPREAD), {"groups": GROUPS, "walked": walked})
    owner.dispose()


def test_a_printed_effect_holds_the_sixty_groups_that_it_speaks_of_and_says_how_much_of_the_list(office, release):
    _first, id, operations = release
    counted_in_groups(office, id, operations)
    person = office.person("proses")
    person.go(f"/kelola/proses/{id}/dampak")
    paper = io.BytesIO(person.page.pdf(format="A4"))
    told = " ".join("".join(one.extract_text() for one in PdfReader(paper).pages).split())
    groups, foot, lines = told.partition("Enam puluh kelompok terbesar")
    assert foot
    assert len({number for number in range(GROUPS) if f"langkah_{number:02}" in groups}) == 60
    assert f"Halaman ini memuat 50 dari {2 * GROUPS + 2} berkas; seluruhnya dalam CSV." in lines


def test_releases_are_gone_through_by_keyboard_and_folded_rows_are_passed_over(office, release):
    person = office.person("proses")
    person.go("/kelola/proses")
    for named in ("terbitan 2", "terbitan 1"):
        person.page.keyboard.press("j")
        assert person.page.locator("tr.terpilih").count() == 1
        assert named in person.page.locator(":focus").inner_text()
    # A row in a part that is folded cannot be chosen; the one behind it can.
    person.page.evaluate("document.querySelectorAll('[data-baris]')[0].hidden = true")
    person.page.keyboard.press("k")
    assert "terbitan 1" in person.page.locator(":focus").inner_text()


def test_cases_are_moved_by_keyboard_held_and_gone_on_with(office, release):
    _first, id, operations = release
    with office.prepared():
        impact.ask(Subject(id), operations.people["proses"], operations.at)
    count(office, operations.at)
    person = office.person("proses")
    person.go(f"/kelola/proses/{id}/dampak")
    person.page.get_by_label("Mengapa dipindahkan").focus()
    person.page.keyboard.type("Nama langkah menurut SOP baru")
    person.page.once("dialog", lambda dialog: dialog.accept())
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    person.page.get_by_role("button", name="Jeda").wait_for()
    with office.prepared():
        migration_batches.work_one(operations.at)
    person.page.get_by_role("button", name="Jeda").press("Enter")
    person.sees("dijeda")
    person.page.get_by_role("button", name="Lanjutkan").press("Enter")
    person.sees("sedang dipindahkan")
    with office.prepared():
        while migration_batches.work_one(operations.at):
            pass
    person.page.get_by_role("button", name="Kembalikan berkas").wait_for(timeout=15_000)


def test_two_versions_of_a_diagram_are_coloured_named_and_moved_together(office, release):
    first, id, _operations = release
    person = office.person("proses")
    person.go(f"/kelola/banding?dari={first}&ke={id}")
    person.page.get_by_role("link", name="Lihat diagramnya").first.click()
    page = person.page
    page.locator(DRAWN).wait_for(timeout=15_000)
    assert page.locator('[data-sisi="after"] .is-changed').count() >= 1
    assert "berubah" in page.locator('[data-sisi="after"] .diagram-beda').first.text_content()
    view = """(side) => {
      const { a, e, f } = document.querySelector(`[data-sisi="${side}"] .viewport`).getCTM();
      return [a, e, f];
    }"""
    before = page.evaluate(view, "before")
    page.locator('[data-sisi="after"]').focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(view, "before") != before
    assert page.evaluate(view, "before") == pytest.approx(page.evaluate(view, "after"), abs=0.5)
    assert page.get_by_role("heading", name="Dalam kata-kata").is_visible()


STROKE = """([side, id]) => {
  const line = document.querySelector(`[data-sisi="${side}"] [data-element-id="${id}"] .djs-visual > path`);
  const [drawn, head] = [line, line.parentNode.querySelector("defs path")].map((one) => getComputedStyle(one));
  return [drawn.stroke, drawn.strokeDasharray !== "none", head.fill];
}"""


def test_a_flow_that_came_or_went_is_drawn_in_its_colour_and_says_so_in_a_word(office):
    path = "processes/bersama/verifikasi.bpmn"
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Alur lain", by, at)
        flow = next(one.id for one in elements.flows(reading.read(path, release_files()[path])))
        draft_files.save(plan, path, release_files()[path].replace(f'"{flow}"'.encode(), b'"alur_baru"'), 0, by, at)
        first = processes.active().id
    page = office.person("proses").go(f"/kelola/banding/diagram?dari={first}&ke={plan}&nama={path}")
    page.locator(DRAWN).wait_for(timeout=15_000)
    red, green = "rgb(168, 30, 43)", "rgb(26, 104, 64)"
    assert page.evaluate(STROKE, ["before", flow]) == [red, True, red]
    assert page.evaluate(STROKE, ["after", "alur_baru"]) == [green, False, green]
    tag = '[data-sisi="{}"] .djs-overlays[data-container-id="{}"] .diagram-beda'
    for side, id, sign, word in (("before", flow, "−", "dihapus"), ("after", "alur_baru", "+", "baru")):
        there = page.locator(tag.format(side, id))
        assert there.inner_text() == sign
        assert there.get_attribute("title").startswith(word)
        assert there.get_attribute("aria-label") == there.get_attribute("title")


def test_a_step_under_another_id_is_coloured_as_changed_in_both_versions_and_told_by_both_ids(office):
    path = "processes/bersama/verifikasi.bpmn"
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Id lain", by, at)
        draft_usage.rename(plan, "step", "catat_absah", "catat_sah", by, at)
        first = processes.active().id
    page = office.person("proses").go(f"/kelola/banding/diagram?dari={first}&ke={plan}&nama={path}")
    page.locator(DRAWN).wait_for(timeout=15_000)
    for side in ("before", "after"):
        [tag] = page.evaluate(TAGS, side)
        assert (tag["id"], tag["title"]) == ("catat_sah", "berubah: Catat: absah")
        assert page.locator(f'[data-sisi="{side}"] .djs-element.is-changed').count() == 1
        assert not page.locator(f'[data-sisi="{side}"] :is(.is-added, .is-removed)').count()
    [line] = page.locator("section[aria-labelledby='judul-kata'] li").all_inner_texts()
    assert "catat_absah" in line
    assert "catat_sah" in line


CLOSE = "processes/retribusi/penetapan_retribusi.bpmn"
GONE = ("hitung_ulang", "cek_retribusi", "perhitungan_sesuai", "paraf_skrd", "paraf_skrd_setuju")
COME = """<bpmn:userTask xmlns:bpmn="{ns}" id="{id}" name="{name}"/>"""
SHAPE = """<bpmndi:BPMNShape xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="{id}_di" bpmnElement="{id}">
  <dc:Bounds x="{x}" y="725" width="110" height="80"/></bpmndi:BPMNShape>"""
FLOW = """<bpmn:sequenceFlow xmlns:bpmn="{ns}" id="{id}" sourceRef="{a}" targetRef="{b}"/>"""
EDGE = """<bpmndi:BPMNEdge xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="{id}_di" bpmnElement="{id}">
  <di:waypoint x="{x}" y="765"/><di:waypoint x="{to}" y="765"/></bpmndi:BPMNEdge>"""


def three_for_two(content):
    """A diagram without three neighbouring steps, their questions and their flows, with two new steps close by."""
    root = etree.fromstring(content)
    process = next(elements.inside(root, "process"))
    flows = [one for one in elements.flows(root) if {one.source, one.target} & set(GONE)]
    lost = {*GONE, *(one.id for one in flows)}
    for one in [*root.iter()]:
        if {one.get("id"), one.get("bpmnElement"), (one.text or "").strip()} & lost:
            one.getparent().remove(one)
    plane = next(one for one in root.iter() if elements.local(one) == "BPMNPlane")
    given = {"ns": elements.BPMN}
    for id, name, x in (("periksa_berdua", "Periksa berdua", 1435), ("simpulkan", "Simpulkan", 1575)):
        process.append(etree.fromstring(COME.format(**given, id=id, name=name)))
        plane.append(etree.fromstring(SHAPE.format(id=id, x=x)))
    for id, a, b, x, to in (
        ("ke_simpulkan", "periksa_berdua", "simpulkan", 1545, 1575),
        ("ke_terbit", "simpulkan", "terbit_skrd", 1685, 2115),
    ):
        process.append(etree.fromstring(FLOW.format(**given, id=id, a=a, b=b)))
        plane.append(etree.fromstring(EDGE.format(id=id, x=x, to=to)))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


TAGS = """(side) => [...document.querySelectorAll(`[data-sisi="${side}"] .diagram-tanda`)].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  const id = one.closest("[data-container-id]").dataset.containerId;
  return { id, said: one.innerText.trim(), title: one.title, x, y, width, height, seen: width > 0 };
})"""


def covered(tags):
    """Pairs of tags of which one covers a part of the other."""
    seen = [one for one in tags if one["seen"]]
    return [
        (one["id"], other["id"])
        for n, one in enumerate(seen)
        for other in seen[n + 1 :]
        if one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    ]


@pytest.fixture
def three_steps_for_two(office):
    """The address of a diagram of which a draft takes three neighbouring steps out and puts two others there."""
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Pemeriksaan berdua", by, at)
        draft_files.save(plan, CLOSE, three_for_two(release_files()[CLOSE]), 0, by, at)
        first = processes.active().id
    return f"/kelola/banding/diagram?dari={first}&ke={plan}&nama={CLOSE}"


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["meja", "ponsel"])
def test_no_tag_of_a_coloured_diagram_covers_another_one_at_any_size(
    office, three_steps_for_two, viewport, assert_accessible
):
    person = office.person("proses", viewport=viewport) if viewport else office.person("proses")
    page = person.go(three_steps_for_two)
    page.locator(DRAWN).wait_for(timeout=15_000)
    assert page.evaluate(FITS)
    assert_accessible(page)
    page.locator('[data-sisi="before"]').focus()
    sizes = []
    for key in ("0", "+", "+", "+", "+", "-", "-", "0"):
        page.keyboard.press(key)
        before, after = page.evaluate(TAGS, "before"), page.evaluate(TAGS, "after")
        assert not covered(before), key
        assert not covered(after), key
        sizes.append([one["id"] for one in before if one["seen"]])
    told = {one["id"]: one["title"] for one in page.evaluate(TAGS, "before")}
    assert {"hitung_ulang", "cek_retribusi", "paraf_skrd"} <= set(told)
    assert told["cek_retribusi"] == "dihapus: Periksa perhitungan"
    assert {"hitung_ulang", "cek_retribusi", "paraf_skrd"} <= set(max(sizes, key=len)), "enlarged, each has its tag"
    assert sizes[0] == sizes[-1]


@pytest.fixture
def longer_than_before(office):
    """The address of a diagram of which a draft has more at its right and its left, and less in between."""
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Lebih panjang", by, at)
        root = etree.fromstring(three_for_two(release_files()[CLOSE]))
        process = next(elements.inside(root, "process"))
        plane = next(one for one in root.iter() if elements.local(one) == "BPMNPlane")
        for id, x in (("di_kiri", -300), ("di_kanan", 4600)):
            process.append(etree.fromstring(COME.format(ns=elements.BPMN, id=id, name=id)))
            plane.append(etree.fromstring(SHAPE.format(id=id, x=x)))
        draft_files.save(plan, CLOSE, etree.tostring(root, encoding="utf-8", xml_declaration=True), 0, by, at)
        first = processes.active().id
    return f"/kelola/banding/diagram?dari={first}&ke={plan}&nama={CLOSE}"


CUT = """(side) => {
  const frame = document.querySelector(`[data-sisi="${side}"] .djs-container`).getBoundingClientRect();
  const within = ({ x, y, right, bottom }) =>
    x >= frame.x && y >= frame.y && right <= frame.right && bottom <= frame.bottom;
  const shown = document.querySelectorAll(
    `[data-sisi="${side}"] :is(.diagram-tanda:not([hidden]), .djs-shape .djs-visual > :first-child)`);
  return [shown.length, [...shown].filter((one) => !within(one.getBoundingClientRect())).length];
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("pressed", ["before", "after"])
def test_all_of_both_versions_and_their_tags_is_shown_in_each_view(office, longer_than_before, width, pressed):
    page = office.person("proses", viewport={"width": width, "height": 844}).go(longer_than_before)
    page.locator(DRAWN).wait_for(timeout=15_000)
    for again in (False, True):
        for side in ("before", "after"):
            shown, cut = page.evaluate(CUT, side)
            assert shown > 20
            assert not cut, (side, again)
        page.locator(f'[data-sisi="{pressed}"]').focus()
        for key in ("+", "+", "ArrowRight"):
            page.keyboard.press(key)
        page.locator(f'[data-sisi="{pressed}"] [data-diagram-zoom="fit"]').click()


def test_steps_say_the_whole_word_and_flows_and_questions_only_its_sign(office, three_steps_for_two):
    page = office.person("proses").go(three_steps_for_two)
    page.locator(DRAWN).wait_for(timeout=15_000)
    page.locator('[data-sisi="before"]').focus()
    for _ in range(6):
        page.keyboard.press("+")
    before = {one["id"]: one for one in page.evaluate(TAGS, "before") if one["seen"]}
    assert before["paraf_skrd"]["said"] == "− dihapus"
    assert before["perhitungan_sesuai"]["said"] == "−"
    assert before["perhitungan_sesuai"]["title"] == "dihapus: Sesuai?"
    assert all(one["said"] == "−" for id, one in before.items() if id.startswith("ke_") and "dihapus" in one["title"])
    assert {one["said"] for one in page.evaluate(TAGS, "after") if one["id"] == "simpulkan"} == {"+ baru"}


IN_VIEW = """([side, id]) => {
  const frame = document.querySelector(`[data-sisi="${side}"]`).getBoundingClientRect();
  const shape = document.querySelector(`[data-sisi="${side}"] [data-element-id="${id}"]`).getBoundingClientRect();
  return shape.x >= frame.x && shape.right <= frame.right && shape.y >= frame.y && shape.bottom <= frame.bottom;
}"""


def test_a_line_of_the_list_in_words_leads_to_its_element_in_the_diagram(office, three_steps_for_two):
    page = office.person("proses").go(three_steps_for_two)
    page.locator(DRAWN).wait_for(timeout=15_000)
    for side, id in (("before", "paraf_skrd"), ("after", "periksa_berdua")):
        page.locator('[data-sisi="before"]').focus()
        for key in ["0", *["+"] * 6, *["ArrowRight"] * 20]:
            page.keyboard.press(key)
        assert not page.evaluate(IN_VIEW, [side, id])
        page.locator(f'a[data-unsur="{id}"]').first.press("Enter")
        assert page.evaluate(IN_VIEW, [side, id])
        drawn = page.locator(f'[data-sisi="{side}"] [data-element-id="{id}"]').first
        assert "is-sought" in drawn.get_attribute("class")
        assert page.evaluate("document.activeElement.dataset.sisi") == side


def test_scenarios_mark_the_flows_they_walk_and_tell_those_they_do_not(office):
    with office.prepared() as operations:
        plan = release_drafts.begin("Cakupan", operations.people["proses"], operations.at)
    page = office.person("proses").go(f"/studio/{plan}/skenario")
    drawn = page.locator("[data-diagram][data-ready]").first
    drawn.wait_for(timeout=15_000)
    data = page.evaluate("JSON.parse(document.querySelector('[data-diagram] script').textContent)")
    lines = """(marker) => [...document.querySelector("[data-diagram]").querySelectorAll(`.djs-connection.${marker}`)]
      .map((one) => [one.dataset.elementId, getComputedStyle(one.querySelector(".djs-visual > path")).stroke])"""
    walked, missed = dict(page.evaluate(lines, "is-done")), dict(page.evaluate(lines, "is-missed"))
    assert walked
    assert missed
    assert set(walked) <= set(data["done"])
    assert set(missed) <= set(data["missed"])
    assert set(walked.values()) == {"rgb(26, 104, 64)"}
    assert set(missed.values()) == {"rgb(128, 82, 0)"}
    told = page.locator("details[open] li").all_inner_texts()
    assert len(told) == len(missed)
    assert all(" → " in one for one in told)


def test_a_click_on_an_element_of_the_newer_version_leads_to_a_remark_on_it(office):
    path = "processes/bersama/verifikasi.bpmn"
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Nama langkah", by, at)
        draft_files.save(plan, path, release_files()[path].replace(b'name="Absah"', b'name="Sah"'), 0, by, at)
        first = processes.active().id
    page = office.person("proses").go(f"/kelola/banding/diagram?dari={first}&ke={plan}&nama={path}")
    page.locator(DRAWN).wait_for(timeout=15_000)
    step = page.locator('[data-sisi="after"] [data-element-id="verifikasi_keabsahan"] .djs-hit').first
    step.scroll_into_view_if_needed()
    shape = step.bounding_box()
    page.mouse.click(shape["x"] + shape["width"] / 2, shape["y"] + shape["height"] / 2)
    page.locator('[data-sisi="after"]').get_by_role("link", name="Beri catatan").click()
    page.wait_for_url("**unsur=verifikasi_keabsahan**")
    assert page.get_by_label("Tentang").input_value() == f"{path}#verifikasi_keabsahan"
    assert page.locator("#f-tentang option:checked").inner_text() == "Verifikasi keabsahan"


# Pools, lanes and parts of a process: what holds others.
FRAMES = """() => [...document.querySelectorAll('script[type="application/json"]')]
  .map((one) => JSON.parse(one.textContent))
  .flatMap(({ xml, before, after }) => [xml, before, after]).filter(Boolean)
  .flatMap((xml) => [...new DOMParser().parseFromString(xml, "text/xml").getElementsByTagName("*")])
  .filter((one) => ["participant", "lane", "subProcess"].includes(one.localName)).map((one) => one.id)"""
CENTRES = """(frames) => [...document.querySelectorAll('[data-sisi="after"] .djs-shape')]
  .filter((one) => !frames.includes(one.dataset.elementId) && !one.dataset.elementId.endsWith("_label"))
  .map((one) => [one.dataset.elementId, one.querySelector(".djs-hit").getBoundingClientRect()])
  .map(([id, box]) => [id, box.x + box.width / 2, box.y + box.height / 2])"""


@pytest.fixture
def all_renamed(office):
    """The address of a diagram of which a draft renames whatever bears a name."""
    path = "processes/retribusi/retribusi.bpmn"
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Semua bernama lain", by, at)
        root = etree.fromstring(release_files()[path])
        for one in elements.flow_nodes(root):
            one.set("name", f"{one.get('name', '')} lagi")
        for one in elements.inside(next(elements.inside(root, "process")), "sequenceFlow"):
            one.set("name", f"{one.get('name', '')} lagi")
        draft_files.save(plan, path, etree.tostring(root, encoding="utf-8", xml_declaration=True), 0, by, at)
        first = processes.active().id
    return f"/kelola/banding/diagram?dari={first}&ke={plan}&nama={path}"


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["meja", "ponsel"])
def test_whoever_clicks_the_middle_of_a_step_of_the_whole_diagram_may_remark_on_it(office, all_renamed, viewport):
    person = office.person("proses", viewport=viewport) if viewport else office.person("proses")
    page = person.go(all_renamed)
    page.locator(DRAWN).wait_for(timeout=15_000)
    page.locator('[data-sisi="after"]').scroll_into_view_if_needed()
    page.locator('[data-sisi="after"]').press("0")
    box = page.locator('[data-sisi="after"] .djs-container').bounding_box()
    link = page.locator('[data-sisi="after"] .diagram-catatan')
    middles = page.evaluate(CENTRES, page.evaluate(FRAMES))
    assert len(middles) > 20
    assert page.locator('[data-sisi="after"] .diagram-tanda:not([hidden])').count() > 10
    for id, x, y in middles:
        page.mouse.click(box["x"] + 4, box["y"] + 4)  # beside the drawing: what was offered before is gone
        link.wait_for(state="detached")
        page.mouse.click(x, y)
        assert f"unsur={id}" in link.get_attribute("href"), id


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["meja", "ponsel"])
def test_pages_of_releases_are_accessible_and_fit(office, release, assert_accessible, viewport):
    first, id, operations = release
    with office.prepared():
        impact.ask(Subject(id), operations.people["proses"], operations.at)
    count(office, operations.at)
    with office.prepared():
        batch = migration_batches.start(id, "Nama langkah menurut SOP baru", operations.people["proses"], operations.at)
        while migration_batches.work_one(operations.at):
            pass
    person = office.person("proses", viewport=viewport) if viewport else office.person("proses")
    for path, words in (
        (f"/kelola/proses/{id}/dampak", "Daftar"),
        ("/kelola/pindah", "Pemindahan berkas"),
        (f"/kelola/pindah/{batch}", "dipindahkan"),
        (f"/kelola/banding?dari={first}&ke={id}", "berkas berbeda"),
        (f"/kelola/proses/{id}/berkas", "Berkas pada terbitan"),
        (f"/kelola/proses/{first}", "Usulkan kembali"),
    ):
        person.go(path)
        if words != "Daftar":
            person.sees(words)
        assert person.page.evaluate(FITS), path
        assert_accessible(person.page)


@pytest.fixture
def leaping(office):
    """A release in effect without the check of a levy, for which a file waits; its effect is counted."""
    with office.prepared() as operations:
        to_the_calculation(operations)
        by, at = operations.people["proses"], operations.at
        id = processes.deploy(changed(NO_CHECK), "Tanpa pemeriksaan", at, development=True, by=by).id
        impact.ask(Subject(id), by, at)
    count(office, at)
    return id, at


def test_what_a_choice_passes_over_is_read_beside_it_and_known_before_files_move(office, leaping, assert_accessible):
    id, at = leaping
    person = office.person("proses")
    person.go(f"/kelola/proses/{id}/dampak")
    person.sees("Tidak dapat dipilih: Sampaikan SKRD.", "hasil Bekukan ketetapan")
    assert_accessible(person.page)
    person.page.get_by_label("Periksa perhitungan", exact=False).select_option("terbit_skrd")
    person.press("Simpan pilihan", exact=False)
    count(office, at)
    person.go(f"/kelola/proses/{id}/dampak")
    person.sees("Tetapkan dan tanda tangani SKRD: melewati: Paraf SKRD")
    person.page.get_by_label("Mengapa dipindahkan").fill("Pemeriksaan dihapus dari SOP")
    person.page.get_by_role("button", name="Mulai memindahkan").click()
    person.sees("Baca dahulu yang dilewati, lalu nyatakan bahwa Anda tahu")
    assert_accessible(person.page)
    tick = person.page.get_by_label("Saya tahu bahwa 1 berkas melewati langkah", exact=False)
    tick.focus()
    person.page.keyboard.press("Space")
    assert tick.is_checked()
    person.page.set_viewport_size(PHONE)
    assert person.page.evaluate(FITS)
    person.press("Mulai memindahkan")
    person.sees("Pemindahan dimulai")


def test_both_diagrams_begin_at_the_same_height_however_long_a_title_is(office):
    path = "processes/bersama/verifikasi.bpmn"
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin(("Penyederhanaan verifikasi menurut SOP " * 3).strip(), by, at)
        draft_files.save(plan, path, release_files()[path].replace(b'name="Absah"', b'name="Sah"'), 0, by, at)
        first = processes.active().id
    page = office.person("proses").go(f"/kelola/banding/diagram?dari={first}&ke={plan}&nama={path}")
    page.locator(DRAWN).wait_for(timeout=15_000)
    heads = [page.locator(f"#sisi-{side}").bounding_box()["height"] for side in ("before", "after")]
    assert heads[1] > heads[0], "the title must be longer than one line"
    old, new = (page.locator(f'.diagram[data-sisi="{side}"]').bounding_box() for side in ("before", "after"))
    assert (old["y"], old["height"]) == (new["y"], new["height"])
