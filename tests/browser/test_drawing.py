"""A process is drawn with the mouse in a real browser: from nothing, checked, mended, saved, handed over."""

import difflib

import pytest
from lxml import etree

from app.cli import release_files
from app.operations import draft_drawing, draft_files, release_drafts
from tests.browser.conftest import DESK, PHONE

NEW, KEY = "processes/bersama/periksa_ulang.bpmn", "periksa_ulang"
DIAGRAM = "processes/bersama/verifikasi.bpmn"
READY = "html[data-ready]"


@pytest.fixture
def plan(office):
    with office.prepared() as operations:
        return release_drafts.begin("Pemeriksaan ulang", operations.people["proses"], operations.at)


@pytest.fixture
def desk(office, plan):
    """The administrator in front of an editor."""

    def opened(page, path, login="proses"):
        person = office.person(login)
        person.go(f"/studio/{plan}/{page}?nama={path}")
        person.page.wait_for_selector(READY)
        return Desk(person.page)

    return opened


class Desk:
    def __init__(self, page):
        self.page = page

    def click(self, id):
        """Selects an element; a second click on the selected one would let go of it."""
        if self.selected() != id:
            box = self.page.locator(f'.djs-element[data-element-id="{id}"] .djs-hit').first.bounding_box()
            # A straight way has no height, so nothing of it is a thing to click; people click on the line.
            self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def select(self, id):
        """Selects what lies under others, such as a lane."""
        self.page.evaluate(
            "(id) => ePerizinan.modeler.get('selection').select(ePerizinan.modeler.get('elementRegistry').get(id))", id
        )

    def pad(self, action):
        self.page.locator(f'.djs-context-pad [data-action="{action}"]').click()

    def named(self, words):
        """Types the name into the label that stands open, and answers the id of what was made."""
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        return self.selected()

    def selected(self):
        return self.page.evaluate("ePerizinan.modeler.get('selection').get().at(-1)?.id")

    def replace(self, kind):
        self.pad("replace")
        self.page.locator(f'.djs-popup [data-id="replace-with-{kind}"]').click()
        return self.selected()

    def group(self, id):
        header = self.page.locator(f'[data-group-id="group-{id}"] .bio-properties-panel-group-header')
        if "open" not in header.get_attribute("class"):
            header.click()

    def choose(self, id, value):
        self.page.locator(f"#bio-properties-panel-{id}").select_option(value)

    def fill(self, id, words):
        before = self.page.locator("html").get_attribute("data-perubahan")
        self.page.locator(f"#bio-properties-panel-{id}").fill(words)
        self.page.keyboard.press("Tab")
        self.page.wait_for_selector(f'html:not([data-perubahan="{before}"])')

    def between(self, one, other):
        """The way from one element to another."""
        ways = "([a, b]) => ePerizinan.modeler.get('elementRegistry').get(a).outgoing.find((w) => w.target.id === b).id"
        return self.page.evaluate(ways, [one, other])

    def problems(self):
        """What the list says once the newest change is checked."""
        self.page.wait_for_selector('html[data-diperiksa="sudah"]')
        return [one.get_attribute("data-kode") for one in self.page.locator("[data-masalah] li[data-kode]").all()]

    def watermark(self):
        """Whether the mark of bpmn.io can be seen, and nothing lies on it."""
        seen = """
        () => {
          const box = document.querySelector('.bjs-powered-by').getBoundingClientRect();
          const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return on.closest('.bjs-powered-by') !== null;
        }
        """
        return self.page.evaluate(seen)

    def saved(self):
        self.page.keyboard.press("Control+s")
        self.page.wait_for_selector('[data-keadaan="tersimpan"]')


def test_a_process_is_drawn_from_nothing_and_its_problems_mended(office, plan, desk):
    person = office.person("proses")
    person.go(f"/studio/{plan}")
    person.page.get_by_label("Nama proses").fill("Periksa ulang")
    person.page.get_by_label("Berkas proses").fill(NEW)
    person.page.get_by_role("button", name="Gambar proses baru").click()
    person.page.wait_for_selector(READY)
    draw = Desk(person.page)
    draw.click(f"mulai_{KEY}")
    draw.pad("append.append-task")
    draw.named("Periksa lagi")
    draw.replace("user-task")
    draw.group("ep-kerja")
    draw.choose("ep-formKey", "putusan_ronde")
    draw.pad("append.gateway")
    gateway = draw.selected()
    draw.pad("append.append-task")
    draw.named("Catat hasil")
    service = draw.replace("service-task")
    draw.group("ep-layanan")
    draw.choose("ep-service", "outcome.set")
    draw.fill("ep-param-value", '"lanjut"')
    draw.click(service)
    draw.pad("append.end-event")
    draw.named("Diteruskan")
    draw.click(gateway)
    draw.pad("append.end-event")
    draw.named("Ditolak")
    assert {"no-default", "no-condition"} <= set(draw.problems())
    draw.page.get_by_role("button", name="Jadikan jalan bawaan").click()
    way = draw.between(gateway, service)
    draw.click(way)
    draw.group("ep-jalan")
    draw.page.get_by_role("button", name="Tambah syarat").click()
    draw.page.get_by_label("Nilai", exact=True).select_option("beri_satu_lagi")
    draw.group("general")
    draw.fill("name", "satu lagi")
    draw.click(gateway)
    draw.group("general")
    draw.fill("name", "Kesempatan lagi?")
    assert draw.problems() == []
    draw.saved()
    assert draw.page.evaluate("[...ePerizinan.missing]") == []
    assert draw.watermark()
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        kept = draft_files.opened(plan, NEW, by, at).content
        assert draft_drawing.faults(plan, NEW, kept, by, at) == ()
    for written in (b"conditionExpression", b"beri_satu_lagi", b'id="outcome.set"', b'value="putusan_ronde"'):
        assert written in kept


SAME = """
async (all) => {
  const { modeler } = ePerizinan;
  const found = {};
  for (const [path, xml] of Object.entries(all)) {
    const { warnings } = await modeler.importXML(xml);
    const once = (await modeler.saveXML({ format: true })).xml;
    await modeler.importXML(once);
    found[path] = [warnings.map((one) => one.message), once, (await modeler.saveXML({ format: true })).xml];
  }
  return found;
}
"""


UNORDERED = ("}lane", "}BPMNPlane")


def sorted_tree(node):
    """An element as plain values: what it says, without the order of what BPMN leaves unordered, and blanks."""
    inner = sorted(map(sorted_tree, node)) if node.tag.endswith(UNORDERED) else [sorted_tree(one) for one in node]
    return node.tag, sorted(node.attrib.items()), (node.text or "").strip(), inner


def test_every_diagram_of_the_office_comes_out_of_the_editor_as_it_went_in(desk):
    diagrams = {path: content.decode() for path, content in release_files().items() if path.endswith(".bpmn")}
    for path, (warnings, once, twice) in desk("diagram", DIAGRAM).page.evaluate(SAME, diagrams).items():
        assert warnings == [], path
        assert once == twice, path
        before, after = (
            sorted_tree(etree.fromstring(text.encode(), etree.XMLParser(remove_comments=True)))
            for text in (diagrams[path], once)
        )
        assert after == before, path


TEXTS = """
async (all) => {
  const found = {};
  for (const [path, xml] of Object.entries(all)) {
    await ePerizinan.open(xml);
    found[path] = await ePerizinan.text();
  }
  return found;
}
"""


def test_a_save_that_changes_nothing_gives_back_the_file_letter_by_letter(desk):
    diagrams = {path: content.decode() for path, content in release_files().items() if path.endswith(".bpmn")}
    diagrams["of another hand"] = diagrams[DIAGRAM].replace(
        ' name="Verifikasi keabsahan"', "\n      name='&#x56;erifikasi \"keabsahan&#34;'", 1
    )
    assert len(set(diagrams.values())) == len(diagrams)
    for path, text in desk("diagram", DIAGRAM).page.evaluate(TEXTS, diagrams).items():
        assert text == diagrams[path], path


RENAMED = """
async ([xml, id, name]) => {
  const { modeler } = ePerizinan;
  await ePerizinan.open(xml);
  const element = modeler.get("elementRegistry").get(id);
  const before = element.businessObject.name;
  modeler.get("modeling").updateProperties(element, { name });
  const once = await ePerizinan.text();
  modeler.get("modeling").updateProperties(element, { name: before });
  return [once, await ePerizinan.text()];
}
"""


def test_another_name_changes_the_line_it_stands_on_and_the_old_one_gives_back_the_file(desk):
    whole = release_files()["processes/retribusi/retribusi.bpmn"].decode()
    id = next(one.get("id") for one in etree.fromstring(whole.encode()).iter() if one.tag.endswith("}callActivity"))
    page = desk("diagram", DIAGRAM).page
    once, back = page.evaluate(RENAMED, [whole, id, 'Periksa "ulang" & <lagi>'])
    came = [line for line in once.splitlines() if line not in whole.splitlines()]
    assert len(once.splitlines()) == len(whole.splitlines())
    assert ['name="Periksa &quot;ulang&quot; &amp; &lt;lagi>"' in line and f'id="{id}"' in line for line in came] == [
        True
    ]
    assert back == whole


ALL_RENAMED = """
async (xml) => {
  const { modeler } = ePerizinan;
  await ePerizinan.open(xml);
  const [modeling, registry] = [modeler.get("modeling"), modeler.get("elementRegistry")];
  const named = registry.filter((one) => one.label && one.businessObject.name);
  const names = named.map((one) => one.businessObject.name);
  const give = (name) => named.forEach((one, at) => modeling.updateProperties(one, { name: name(names[at]) }));
  const others = ["S", "", "Nama lain yang jauh lebih panjang daripada yang semula ada di sini", ""];
  for (const other of others) give(() => other);
  const apart = await ePerizinan.text();
  give((name) => name);
  return [named.length, apart, await ePerizinan.text()];
}
"""


@pytest.mark.parametrize("path", ["processes/retribusi/retribusi.bpmn", "processes/bersama/penerbitan.bpmn", DIAGRAM])
def test_labels_are_again_where_the_file_put_them_once_events_and_ways_have_their_old_names(path, desk):
    whole = release_files()[path].decode()
    labelled, apart, back = desk("diagram", DIAGRAM).page.evaluate(ALL_RENAMED, whole)
    assert labelled > 2
    assert apart != whole
    assert back == whole


MOVED_LABEL = """
async ([xml, id, delta]) => {
  const { modeler } = ePerizinan;
  await ePerizinan.open(xml);
  const { label } = modeler.get("elementRegistry").get(id);
  const before = { x: label.x, y: label.y, width: label.width };
  const wider = { ...before, height: label.height, width: label.width + delta.width };
  if (delta.width) modeler.get("modeling").resizeShape(label, wider);
  else modeler.get("modeling").moveElements([label], delta);
  return [before, await ePerizinan.text()];
}
"""
DC, BPMNDI = "{http://www.omg.org/spec/DD/20100524/DC}", "{http://www.omg.org/spec/BPMN/20100524/DI}"


def label_box(text, id):
    """x, y and width of the label of an element, as a file has them."""
    tree = etree.fromstring(text.encode())
    drawn = next(one for one in tree.iter() if one.get("bpmnElement") == id)
    box = drawn.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")
    return {side: int(box.get(side)) for side in ("x", "y", "width")}


@pytest.mark.parametrize("delta", [{"x": 0, "y": 1}, {"x": -1, "y": 0}, {"width": 1}], ids=str)
def test_a_label_that_a_hand_moved_by_the_least_is_saved_where_it_was_put(delta, desk):
    whole = release_files()["processes/retribusi/retribusi.bpmn"].decode()
    before, text = desk("diagram", DIAGRAM).page.evaluate(MOVED_LABEL, [whole, "selesai", delta])
    wanted = {side: before[side] + delta.get(side, 0) for side in before}
    assert label_box(text, "selesai") == wanted != label_box(whole, "selesai")


ADDED = """
async (xml) => {
  const { modeler } = ePerizinan;
  await ePerizinan.open(xml);
  const [step, all] = [modeler.get("elementRegistry").get("verifikasi_keabsahan"), modeler.get("elementRegistry")];
  modeler.get("modeling").appendShape(step, { type: "bpmn:UserTask" }, { x: step.x + 300, y: step.y });
  return ePerizinan.text();
}
"""


def test_a_new_step_puts_nothing_of_the_file_elsewhere(desk):
    whole = release_files()[DIAGRAM].decode()
    found = desk("diagram", DIAGRAM).page.evaluate(ADDED, whole)
    apart = [line for line in difflib.ndiff(whole.splitlines(), found.splitlines()) if line[0] in "-+"]
    assert len([line for line in apart if line[0] == "+"]) > 5
    gone = [line for line in apart if line[0] == "-"]
    assert len(gone) < 4
    assert all("<dc:Bounds" in line for line in gone), gone  # the pool grows around what is put into it
    etree.fromstring(found.encode())


CHANGED = """
async ([xml, seed, back]) => {
  const { modeler } = ePerizinan;
  await ePerizinan.open(xml);
  const [modeling, registry] = [modeler.get("modeling"), modeler.get("elementRegistry")];
  let state = seed;
  const any = (all) => all[(state = (state * 48271) % 2147483647) % all.length];
  for (let done = 0; done < 12; done += 1) {
    const kinds = /Task|Gateway|Event|Call/;
    const nodes = registry.filter((one) => one.parent && !one.waypoints && !one.labelTarget && kinds.test(one.type));
    const one = any(nodes);
    const next = any(["bpmn:UserTask", "bpmn:ExclusiveGateway"]);
    const other = one.type === "bpmn:UserTask" ? "bpmn:ServiceTask" : one.type;
    any([
      () => modeling.updateProperties(one, { name: any(['a "b" & <c>', "", "'x' \u00e9", "Verifikasi"]) }),
      () => modeling.removeElements([one]),
      () => modeling.moveElements([one], { x: 10, y: 0 }),
      () => modeling.appendShape(one, { type: next }, { x: one.x + 250, y: one.y }),
      () => modeler.get("bpmnReplace").replaceElement(one, { type: other }),
    ])();
  }
  const stack = modeler.get("commandStack");
  while (back && stack.canUndo()) stack.undo();
  return [await ePerizinan.text(), (await modeler.saveXML({ format: true })).xml];
}
"""


HOLDERS = ("definitions", "collaboration", "process", "subProcess", "laneSet", "lane", "BPMNPlane")
EITHER_WAY = ("incoming", "outgoing")


def meant(one):
    """What an element says, however it is written: what BPMN leaves unordered has no order, labels are told apart."""
    kind = etree.QName(one).localname
    inner = [meant(each) for each in one.iterchildren(etree.Element) if etree.QName(each).localname != "BPMNLabel"]
    loose = [each for each in inner if kind in HOLDERS or etree.QName(each[0]).localname in EITHER_WAY]
    fixed = [each for each in inner if each not in loose]
    return [one.tag, sorted(one.attrib.items()), "" if inner else (one.text or ""), fixed, sorted(loose)]


def ways(tree):
    """The ways that leave each step, in their order: the first whose condition holds is taken."""
    found = {}
    for one in tree.iter("{*}sequenceFlow"):
        found.setdefault(one.get("sourceRef"), []).append(one.get("id"))
    return found


def labelled(tree):
    """id of what is drawn -> its name, its place, the box of its label; what has no box is left out."""
    names = {one.get("id"): one.get("name") for one in tree.iter("{*}*")}
    found = {}
    for one in tree.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge"):
        box = one.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")
        place = [sorted(each.attrib.items()) for each in one if each.tag != f"{BPMNDI}BPMNLabel"]
        if box is not None:
            found[one.get("bpmnElement")] = (names[one.get("bpmnElement")], place, dict(box.attrib))
    return found


def without(box, *sides):
    return {side: far for side, far in box.items() if side not in sides}


def assert_labels_are_told_truly(saved, plain, opened):
    """Where the editor has drawn a label it is saved; where only its height was measured anew, as the file has it."""
    assert saved.keys() == plain.keys()
    for id, (name, place, box) in saved.items():
        assert [name, place] == list(plain[id][:2])
        if box != plain[id][2]:
            assert (name, place, box) == opened[id]
            assert without(box, "height") == without(plain[id][2], "height")


@pytest.mark.parametrize("seed", [76, 2018, 16])
def test_whatever_was_changed_a_saved_diagram_says_what_was_drawn(seed, desk):
    page = desk("diagram", DIAGRAM).page
    for path in ("processes/retribusi/retribusi.bpmn", "processes/bersama/penerbitan.bpmn", DIAGRAM):
        whole = release_files()[path].decode()
        texts = page.evaluate(CHANGED, [whole, seed, False])
        saved, plain, opened = (etree.fromstring(text.encode()) for text in (*texts, whole))
        assert meant(saved) == meant(plain), path
        assert ways(saved) == ways(plain), path
        assert_labels_are_told_truly(*map(labelled, (saved, plain, opened)))


@pytest.mark.parametrize("seed", [76, 2018, 16, 7, 5])
def test_whatever_was_changed_and_taken_back_the_file_is_given_back_letter_by_letter(seed, desk):
    page = desk("diagram", DIAGRAM).page
    plain = []
    for path in ("processes/retribusi/retribusi.bpmn", "processes/bersama/penerbitan.bpmn", DIAGRAM):
        whole = release_files()[path].decode()
        saved, written = page.evaluate(CHANGED, [whole, seed, True])
        assert saved == whole, path
        plain.append(written != whole)
    assert any(plain)


FOREIGN = (
    '<bpmn:extensionElements><lain:catatan xmlns:lain="http://contoh.id/lain" penting="ya">'
    "<lain:butir>isi</lain:butir></lain:catatan>"
)


def test_extension_elements_of_others_are_kept_when_a_name_is_changed(desk):
    draw = desk("diagram", DIAGRAM)
    whole = release_files()[DIAGRAM].decode().replace("<bpmn:extensionElements>", FOREIGN, 1)
    draw.page.evaluate("(xml) => ePerizinan.modeler.importXML(xml)", whole)
    draw.click("verifikasi_keabsahan")
    draw.group("general")
    draw.fill("name", "Verifikasi berkas")
    text = draw.page.evaluate("ePerizinan.modeler.saveXML({ format: true }).then((one) => one.xml)")
    for kept in ("http://contoh.id/lain", 'penting="ya"', "isi</lain:butir>", 'name="Verifikasi berkas"'):
        assert kept in text


REMARKS = (
    '<bpmn:extensionElements><lain:catatan xmlns:lain="http://contoh.id/lain"><lain:butir>satu</lain:butir>'
    "<!-- di antara --><lain:butir>dua</lain:butir><!-- di akhir --></lain:catatan>"
)


def test_remarks_inside_the_extension_elements_of_others_stay_where_they_stood(office, plan, desk):
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        whole = release_files()[DIAGRAM].decode().replace("<bpmn:extensionElements>", REMARKS, 1)
        draft_files.save(plan, DIAGRAM, whole.encode(), 0, by, at)
    draw = desk("diagram", DIAGRAM)
    draw.click("verifikasi_keabsahan")
    draw.group("general")
    draw.fill("name", "Verifikasi berkas")
    draw.saved()
    with office.prepared():
        kept = draft_files.opened(plan, DIAGRAM, by, at).content.decode()
    assert 'name="Verifikasi berkas"' in kept
    inside = kept.partition("<lain:catatan")[2].partition("</lain:catatan>")[0]
    order = [inside.index(one) for one in (">satu<", "<!-- di antara -->", ">dua<", "<!-- di akhir -->")]
    assert order == sorted(order)
    assert kept.count("<!-- di a") == 2


def test_a_step_leads_to_its_form_and_says_whose_it_is(desk):
    draw = desk("diagram", DIAGRAM)
    draw.click("verifikasi_keabsahan")
    draw.group("ep-kerja")
    assert "Verifikator (Back Office) (VB)" in draw.page.locator('[data-entry-id="ep-peran"]').inner_text()
    address = draw.page.get_by_role("link", name="Lihat formulir ini").get_attribute("href")
    draw.page.goto(draw.page.url.partition("/studio")[0] + address)
    draw.page.wait_for_selector(READY)
    draw.page.locator("[data-pratinjau]").get_by_text("Absah, teruskan").wait_for()


def test_the_form_of_a_step_is_looked_at_without_leaving_the_drawing(desk, assert_accessible):
    draw = desk("diagram", DIAGRAM)
    draw.click("verifikasi_keabsahan")
    draw.group("ep-kerja")
    draw.page.get_by_role("button", name="Pratinjau formulir").click()
    draw.page.wait_for_selector("dialog[data-terlihat]")
    shown = draw.page.locator("dialog[data-terlihat]")
    assert "Absah, teruskan" in shown.inner_text()
    assert_accessible(draw.page)
    draw.page.keyboard.press("Escape")
    shown.wait_for(state="detached")
    assert draw.selected() == "verifikasi_keabsahan"


def test_what_another_saved_is_not_overwritten_and_the_drawing_stays_on_the_screen(office, plan, desk):
    draw = desk("diagram", DIAGRAM)
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        draft_files.save(plan, DIAGRAM, release_files()[DIAGRAM].replace(b'"Absah"', b'"Sah"'), 0, by, at)
    draw.click("verifikasi_keabsahan")
    draw.group("general")
    draw.fill("name", "Verifikasi berkas")
    draw.page.get_by_role("alert").get_by_text("menyimpan versi yang lebih baru").wait_for()
    assert draw.page.locator('[data-keadaan="ditolak"]').is_visible()
    assert "Verifikasi berkas" in draw.page.evaluate("ePerizinan.modeler.saveXML().then((one) => one.xml)")
    with office.prepared() as operations:
        assert b'"Sah"' in draft_files.opened(plan, DIAGRAM, by, at).content


def test_two_editors_take_turns(office, desk):
    first = desk("diagram", DIAGRAM)
    second = desk("diagram", DIAGRAM, "proses2")
    second.page.get_by_text("Fajar Nugroho, S.Kom. sedang mengubah berkas ini").wait_for()
    assert second.page.locator(".djs-palette").count() == 0
    for name in ("Urungkan", "Ulangi", "Tambah elemen"):
        assert second.page.get_by_role("button", name=name).count() == 0
        assert first.page.get_by_role("button", name=name).count() == 1
    assert second.page.get_by_text("Masukkan berkas").count() == 0
    second.page.get_by_role("button", name="Minta giliran").click()
    second.page.get_by_text("Anda sudah meminta giliran").wait_for()
    assert second.page.get_by_role("button", name="Minta giliran").count() == 0
    first.page.get_by_role("button", name="Simpan dan serahkan").click()  # nobody touches the page meanwhile
    first.page.get_by_text("sedang mengubah berkas ini").wait_for()
    second.page.wait_for_selector(".djs-palette")


def test_a_broken_file_is_refused_at_its_line_and_the_drawing_stays(desk, tmp_path):
    draw = desk("diagram", DIAGRAM)
    broken = tmp_path / "rusak.bpmn"
    broken.write_bytes(release_files()[DIAGRAM][:3000])
    draw.page.locator("[data-masukkan]").set_input_files(broken)
    draw.page.get_by_role("alert").get_by_text("Belum disimpan").wait_for()
    told = draw.page.locator("[data-masalah] li").first.inner_text()
    assert told.startswith("galat")
    assert "Berkas bukan XML yang benar" in told
    assert ", kolom " in told
    assert draw.page.locator('[data-element-id="verifikasi_keabsahan"]').count()


def test_elements_are_copied_from_one_diagram_into_another(desk):
    draw = desk("diagram", DIAGRAM)
    draw.click("verifikasi_keabsahan")
    draw.page.keyboard.press("Control+c")
    draw.page.goto(draw.page.url.replace("verifikasi.bpmn", "ronde_perbaikan.bpmn"))
    draw.page.wait_for_selector(READY)
    draw.page.evaluate("ePerizinan.modeler.get('canvas').focus()")
    pasted = """
    () => {
      const { modeler } = ePerizinan;
      const lane = modeler.get('elementRegistry').find((one) => one.type === 'bpmn:Lane');
      const [one] = modeler.get('copyPaste').paste({ element: lane, point: { x: lane.x + 400, y: lane.y + 60 } });
      const kept = ({ xml }) => xml.includes('verifikasi_keabsahan');
      return modeler.saveXML().then((all) => [one.businessObject.name, kept(all)]);
    }
    """
    assert draw.page.evaluate(pasted) == ["Verifikasi keabsahan", True]


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("diagram", DIAGRAM),
        ("tabel", "processes/bersama/usul_jalur.dmn"),
        ("formulir", "forms/verifikasi_keabsahan.json"),
        ("surat", "processes/letters/skrd.typ"),
        ("hukum", "processes/catalogue/permits.json"),
    ],
)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["meja", "ponsel"])
def test_editors_are_accessible_and_fit(office, plan, assert_accessible, page, path, viewport):
    person = office.person("proses", viewport=viewport)
    person.go(f"/studio/{plan}/{page}?nama={path}")
    person.page.wait_for_selector(READY)
    assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(person.page)
