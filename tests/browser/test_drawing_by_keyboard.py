"""A process is drawn in a real browser without a mouse: reached, added, named, connected, moved, saved, heard."""

import pytest

from app.operations import draft_drawing, draft_files, release_drafts

NEW, KEY = "processes/bersama/periksa_ulang.bpmn", "periksa_ulang"
DIAGRAM = "processes/bersama/verifikasi.bpmn"
READY = "html[data-ready]"
ON_CANVAS = "svg[role=application]:focus"
ON_NAME = "#bio-properties-panel-name:focus"
HANDS = "addEventListener('pointerdown', () => { window.byHand = true; }, true)"
FURTHEST = 150  # presses of Tab until something is reached, else it is not


@pytest.fixture
def plan(office):
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        plan = release_drafts.begin("Pemeriksaan ulang", by, at)
        draft_drawing.draw_new(plan, NEW, "Periksa ulang", by, at)
        return plan


@pytest.fixture
def keys(office, plan):
    def opened(path):
        person = office.person("proses")
        person.page.add_init_script(HANDS)
        person.go(f"/studio/{plan}/diagram?nama={path}")
        person.page.wait_for_selector(READY)
        return Keys(person.page)

    return opened


class Keys:
    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for one in keys:
            self.page.keyboard.press(one)

    def type(self, words):
        self.page.keyboard.type(words)

    def tab_to(self, selector):
        here = "(one) => document.activeElement.matches(one)"
        for _ in range(FURTHEST):
            if self.page.evaluate(here, selector):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never reaches {selector}")

    def canvas(self):
        self.page.wait_for_selector(ON_CANVAS)

    def heard(self):
        return self.page.locator("[data-suara]").inner_text()

    def chosen(self):
        return self.page.evaluate("ePerizinan.modeler.get('selection').get().map((one) => one.id)")

    def find(self, key, words):
        """Presses the key of a dialog, types what is sought, and takes the first that fits."""
        self.canvas()
        self.press(key)
        self.page.locator("dialog[open] [role=option]").first.wait_for()
        self.type(words)
        self.press("Enter")
        self.page.locator("dialog.ep-pilih").wait_for(state="detached")

    def begin(self, *names):
        """Goes to the start, and adds human tasks behind it one after the other."""
        self.tab_to("svg[role=application]")
        self.press("Home")
        for one in names:
            self.add("tugas orang", one)

    def add(self, kind, name):
        self.find("a", kind)
        self.page.locator(".djs-direct-editing-content").wait_for()
        self.type(name)
        self.press("Enter")
        self.canvas()

    def open_group(self, id):
        group = f'[data-group-id="group-{id}"]'
        self.page.locator(group).wait_for()
        self.tab_to(f"{group} .bio-properties-panel-arrow")
        if not self.page.locator(f"{group} .bio-properties-panel-group-header.open").count():
            self.press("Enter")

    def choose(self, id, value):
        self.tab_to(f"#bio-properties-panel-{id}")
        field = self.page.locator(f"#bio-properties-panel-{id}")
        for _ in range(200):
            if field.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} is not offered")

    def named(self, name):
        """The id of what bears a name."""
        return self.page.evaluate(
            "(name) => ePerizinan.modeler.get('elementRegistry').find((one) => one.businessObject?.name === name).id",
            name,
        )

    def ways(self):
        """Where each way comes from and leads to."""
        every = "ePerizinan.modeler.get('elementRegistry').filter((one) => one.waypoints)"
        return self.page.evaluate(f"{every}.map((one) => [one.source.id, one.target.id])")

    def problems(self):
        self.page.wait_for_selector('html[data-diperiksa="sudah"]')
        return [one.get_attribute("data-kode") for one in self.page.locator("[data-masalah] li[data-kode]").all()]


def test_a_process_is_drawn_and_saved_without_a_mouse(office, plan, keys):
    draw = keys(NEW)
    draw.tab_to("svg[role=application]")
    draw.press("Home")
    assert draw.heard() == "Mulai: Mulai"
    draw.press("Delete")
    draw.tab_to('[data-action="create.start-event"]')
    draw.press("Enter")
    draw.page.locator(".djs-direct-editing-content").wait_for()
    draw.type("Ada permintaan")
    draw.press("Enter")
    draw.canvas()
    draw.add("tugas orang", "Periksa lagi")
    draw.press("F2")
    draw.page.wait_for_selector(ON_NAME)
    draw.open_group("ep-kerja")
    draw.choose("ep-formKey", "putusan_ronde")
    draw.press("Escape")
    draw.add("pilih satu", "Kesempatan lagi?")
    draw.add("selesai", "Diteruskan")
    draw.find("g", "kesempatan")
    draw.canvas()
    draw.add("selesai", "Ditolak")
    draw.find("g", "kesempatan")
    draw.canvas()
    draw.press("PageDown")
    assert "dari Kesempatan lagi? ke Diteruskan" in draw.heard()
    draw.press("F2")
    draw.page.wait_for_selector(ON_NAME)
    draw.type("satu lagi")
    draw.open_group("ep-jalan")
    draw.tab_to(".ep-syarat button")
    draw.press("Enter")
    draw.page.get_by_label("Nilai", exact=True).wait_for()
    draw.press("Escape")
    draw.canvas()
    draw.press("PageDown", "PageDown")
    assert "ke Ditolak" in draw.heard()
    draw.press("F2")
    draw.page.wait_for_selector(ON_NAME)
    draw.open_group("ep-jalan")
    draw.tab_to("#bio-properties-panel-ep-default")
    draw.press("Space", "Escape")
    assert draw.problems() == []
    draw.press("Control+s")
    draw.page.wait_for_selector('[data-keadaan="tersimpan"]')
    assert draw.page.evaluate("window.byHand") is None
    assert draw.page.evaluate("[...ePerizinan.missing]") == []
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        kept = draft_files.opened(plan, NEW, by, at).content
        assert draft_drawing.faults(plan, NEW, kept, by, at) == ()
    for written in (
        b"startEvent",
        b'name="Periksa lagi"',
        b'value="putusan_ronde"',
        b"exclusiveGateway",
        b"conditionExpression",
    ):
        assert written in kept


def test_an_element_is_put_into_a_way_at_an_edge_and_connected_by_keyboard(keys):
    draw = keys(NEW)
    draw.begin("Satu", "Tiga")
    draw.find("g", "satu ke tiga")
    draw.add("tugas layanan", "Dua")
    one, two, three = map(draw.named, ("Satu", "Dua", "Tiga"))
    found = draw.ways()
    assert [one, two] in found
    assert [two, three] in found
    assert [one, three] not in found
    draw.find("g", "tiga")
    draw.add("waktu di tepi", "Terlambat")
    draw.find("c", "satu")
    draw.canvas()
    assert [draw.named("Terlambat"), one] in draw.ways()
    draw.press("Control+z")
    assert [draw.named("Terlambat"), one] not in draw.ways()


def test_elements_are_chosen_together_aligned_and_moved_by_keyboard(keys):
    draw = keys(NEW)
    draw.begin("Satu")
    draw.press("ArrowUp", "ArrowUp")
    draw.add("tugas orang", "Dua")
    draw.press("ArrowDown", "Shift+ArrowDown")
    middle = "(id) => { const one = ePerizinan.modeler.get('elementRegistry').get(id); return one.y + one.height / 2; }"
    one, two = map(draw.named, ("Satu", "Dua"))
    assert draw.page.evaluate(middle, one) != draw.page.evaluate(middle, two)
    draw.press("Shift+PageUp", "Shift+PageUp")
    assert "elemen dipilih" in draw.heard()
    draw.find("t", "tengah mendatar")
    draw.canvas()
    assert draw.page.evaluate(middle, one) == draw.page.evaluate(middle, two)


PARTED = "processes/retribusi/retribusi.bpmn"  # lanes within a sub-process, no pool
PLACES = """() => Object.fromEntries(ePerizinan.modeler.get('elementRegistry').filter((one) => one.parent)
  .map((one) => [one.id, one.waypoints ? one.waypoints.map(({ x, y }) => [x, y]) : [[one.x, one.y]]]))"""
PARTS = """() => Object.fromEntries(ePerizinan.modeler.get('elementRegistry').filter((one) => one.type === 'bpmn:Lane')
  .map(({ id, businessObject: { flowNodeRef } }) => [id, (flowNodeRef ?? []).map((node) => node.id).sort()]))"""
LANES_ALONE = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="berkas" targetNamespace="urn:uji">
  <bpmn:process id="tanpa_kolam" isExecutable="true">
    <bpmn:laneSet id="lajur">
      <bpmn:lane id="atas" name="Loket"><bpmn:flowNodeRef>mulai</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="bawah" name="Verifikator"><bpmn:flowNodeRef>tugas</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="mulai" name="Mulai" />
    <bpmn:userTask id="tugas" name="Tugas" />
    <bpmn:sequenceFlow id="ke_tugas" sourceRef="mulai" targetRef="tugas" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="gambar">
    <bpmndi:BPMNPlane id="bidang" bpmnElement="tanpa_kolam">
      <bpmndi:BPMNShape id="atas_di" bpmnElement="atas" isHorizontal="true">
        <dc:Bounds x="100" y="100" width="500" height="120" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="bawah_di" bpmnElement="bawah" isHorizontal="true">
        <dc:Bounds x="100" y="220" width="500" height="120" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="mulai_di" bpmnElement="mulai">
        <dc:Bounds x="180" y="142" width="36" height="36" />
        <bpmndi:BPMNLabel><dc:Bounds x="183" y="182" width="30" height="14" /></bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="tugas_di" bpmnElement="tugas">
        <dc:Bounds x="300" y="240" width="110" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="ke_tugas_di" bpmnElement="ke_tugas">
        <di:waypoint x="216" y="160" />
        <di:waypoint x="355" y="160" />
        <di:waypoint x="355" y="240" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
CHOOSE = """(all) => ePerizinan.modeler.get('selection')
  .select(all.map((id) => ePerizinan.modeler.get('elementRegistry').get(id)))"""


def moved(places, x, y):
    return {id: [[left + x, top + y] for left, top in points] for id, points in places.items()}


@pytest.mark.parametrize("path", [PARTED, DIAGRAM])
def test_all_that_is_drawn_is_moved_by_the_arrows_as_it_stands(path, keys):
    draw = keys(path)
    draw.tab_to("svg[role=application]")
    places, parts = draw.page.evaluate(PLACES), draw.page.evaluate(PARTS)
    draw.press("Control+a", "ArrowRight", "Shift+ArrowDown")
    assert draw.page.evaluate(PLACES) == moved(places, 10, 50)
    assert draw.page.evaluate(PARTS) == parts
    draw.press("Control+z", "Control+z")
    assert draw.page.evaluate(PLACES) == places


def test_lanes_that_part_a_whole_process_are_moved_with_all_of_it(keys):
    draw = keys(NEW)
    draw.page.evaluate("(xml) => ePerizinan.open(xml)", LANES_ALONE)
    draw.tab_to("svg[role=application]")
    places, parts = draw.page.evaluate(PLACES), draw.page.evaluate(PARTS)
    assert parts == {"atas": ["mulai"], "bawah": ["tugas"]}
    draw.press("Control+a", "ArrowUp")
    assert draw.page.evaluate(PLACES) == moved(places, 0, -10)
    assert draw.page.evaluate(PARTS) == parts


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        (
            ["lajur_izin_retribusi_0"],
            "Lajur tidak digeser sendiri: pilih kolam atau subproses yang memuatnya, atau pilih semua.",
        ),
        (["ke_pelayanan_dari_permohonan_dibuka"], "Alur mengikuti langkah di kedua ujungnya: geser langkahnya."),
        (["dicabut"], "Peristiwa di tepi tugas digeser bersama tugasnya: pilih juga tugasnya."),
    ],
    ids=["lajur", "alur", "tepi"],
)
def test_what_the_arrows_cannot_move_alone_says_why_and_the_rest_moves(chosen, why, keys):
    draw = keys(PARTED)
    draw.tab_to("svg[role=application]")
    places = draw.page.evaluate(PLACES)
    draw.page.evaluate(CHOOSE, chosen)
    draw.press("ArrowRight")
    assert draw.heard() == why
    assert draw.page.evaluate(PLACES) == places
    draw.page.evaluate(CHOOSE, [*chosen, "selesai"])
    draw.press("ArrowRight")
    after = draw.page.evaluate(PLACES)
    assert after["selesai"] == moved(places, 10, 0)["selesai"]
    assert after[chosen[0]] == places[chosen[0]]


def test_the_keys_are_listed_and_the_drawing_has_the_focus_again(keys, assert_accessible):
    draw = keys(DIAGRAM)
    draw.tab_to("svg[role=application]")
    draw.press("?")
    listed = draw.page.get_by_role("dialog", name="Tombol papan ketik")
    assert "pergi ke elemen menurut namanya" in listed.inner_text()
    assert_accessible(draw.page)
    draw.press("Escape")
    draw.canvas()
    draw.press("a")
    draw.page.get_by_role("dialog", name="Tambah elemen").wait_for()
    offered = draw.page.locator("[role=option]").all_inner_texts()
    assert "Tugas orang" in offered
    assert not {"Tugas skrip", "Gerbang rumit"} & set(offered)
    assert_accessible(draw.page)
    draw.press("Escape")
    draw.canvas()
    assert draw.chosen() == []


def test_whoever_only_reads_goes_through_the_drawing_by_keyboard_and_is_offered_no_other_keys(office, plan, keys):
    keys(DIAGRAM)
    person = office.person("proses2")
    person.go(f"/studio/{plan}/diagram?nama={DIAGRAM}")
    person.page.wait_for_selector(READY)
    draw = Keys(person.page)
    draw.tab_to("svg[role=application]")
    draw.press("Home", "PageDown", "PageDown")
    assert draw.heard() == "Tugas orang: Verifikasi keabsahan"
    draw.press("a", "Delete")
    assert draw.page.locator("dialog[open]").count() == 0
    draw.press("?")
    listed = draw.page.get_by_role("dialog", name="Tombol papan ketik").inner_text()
    assert "elemen pertama" in listed
    assert "hapus yang dipilih" not in listed


def test_a_step_let_go_outside_the_pool_is_told_and_leaves_nothing(keys):
    draw = keys(NEW)
    many = "ePerizinan.modeler.get('elementRegistry').getAll().length"
    before = draw.page.evaluate(many)
    draw.page.locator('[data-action="create.task"]').click()
    box = draw.page.locator(".studio-kanvas").bounding_box()
    draw.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 30, steps=5)
    draw.page.mouse.down()
    draw.page.mouse.up()
    draw.page.locator(".djs-tooltip").get_by_text("Langkah harus berada di dalam kolam").wait_for()
    assert "tidak ada yang diubah" in draw.heard()
    assert draw.page.evaluate(many) == before


def test_comments_of_a_file_stand_before_their_elements_after_it_is_drawn(office, plan, keys):
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        whole = draft_files.opened(plan, NEW, by, at).content.decode()
        commented = whole.replace("<bpmn:startEvent", "<!-- dari Perda 4/2019 -->\n    <bpmn:startEvent", 1)
        commented = commented.replace("<bpmn:definitions", "<!-- kantor Metro -->\n<bpmn:definitions", 1)
        assert commented.count("<!--") == 2
        draft_files.save(plan, NEW, commented.encode(), 1, by, at)
    draw = keys(NEW)
    draw.tab_to("svg[role=application]")
    draw.press("Home", "e")
    draw.page.locator(".djs-direct-editing-content").wait_for()
    draw.press("Control+a")
    draw.type("Ada permintaan")
    draw.press("Enter")
    draw.page.wait_for_selector('[data-keadaan="tersimpan"]')
    with office.prepared():
        kept = draft_files.opened(plan, NEW, by, at).content.decode()
    assert 'name="Ada permintaan"' in kept
    assert "<!-- kantor Metro -->\n<bpmn:definitions" in kept
    assert kept.partition("<!-- dari Perda 4/2019 -->")[2].lstrip().startswith("<bpmn:startEvent")
