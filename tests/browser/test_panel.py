"""The panel beside a drawing speaks as the office does: Indonesian, words for time, lists for what has one."""

import os

import pytest

from app.cli import release_files
from tests.browser.conftest import PHONE
from tests.browser.test_drawing import DIAGRAM, Desk, desk

__all__ = ["desk"]
WAITS, SENDS = "processes/retribusi/retribusi.bpmn", "processes/bersama/penyerahan.bpmn"

# Selects one element of every kind: those of the files, and all that palette and replace menu make of them.
EVERY_KIND = """
async (all) => {
  const { modeler, missing } = ePerizinan;
  const get = (name) => modeler.get(name);
  const frame = () => new Promise(requestAnimationFrame);
  const drawn = () => new Promise((done) => setTimeout(done, 0)).then(frame).then(frame);
  const seen = {};
  const look = async (one) => {
    get('selection').select(one);
    await drawn();
    const head = document.querySelector('.bio-properties-panel-header-type')?.textContent ?? '';
    seen[head] = one.type;
  };
  const loops = (one) => one.businessObject.loopCharacteristics?.$type ?? '';
  for (const xml of Object.values(all)) {
    await modeler.importXML(xml);
    const kinds = new Map();
    for (const one of get('elementRegistry').filter((one) => !one.labelTarget)) {
      const { eventDefinitions = [], cancelActivity } = one.businessObject;
      kinds.set([one.type, eventDefinitions.map((of) => of.$type), cancelActivity, loops(one)].join(), one);
    }
    for (const one of kinds.values()) await look(one);
  }
  const pools = () => get('elementRegistry').filter((one) => one.type === 'bpmn:Participant');
  const root = () => pools()[0] ?? get('canvas').getRootElement();
  const menu = get('popupMenu');
  const entries = (one) => {
    menu.open(one, 'bpmn-replace', { x: 100, y: 100 });
    const found = menu._current.entries;
    menu.close();
    return found;
  };
  const kinds = [
    'Task', 'SubProcess', 'CallActivity', 'ExclusiveGateway', 'StartEvent', 'EndEvent', 'IntermediateThrowEvent',
    'DataObjectReference', 'TextAnnotation', 'BoundaryEvent',
  ];
  for (const kind of kinds) {
    const edge = kind === 'BoundaryEvent';
    const place = { x: 900, y: 300 };
    const host = edge ? get('modeling').createShape({ type: 'bpmn:UserTask' }, place, root()) : root();
    const at = edge ? { x: host.x, y: host.y } : place;
    const made = () => get('modeling').createShape({ type: `bpmn:${kind}` }, at, host, { attach: edge });
    const first = made();
    await look(first);
    for (const id of Object.keys(entries(first))) {
      const one = made();
      const into = await entries(one)[id]?.action({}, {});
      await look(into?.businessObject ? into : get('elementRegistry').get(one.id) ?? first);
      for (const name of ['timeDuration', 'timeDate']) {
        const choice = document.querySelector('#bio-properties-panel-ep-timer-kind');
        if (!choice) continue;
        [choice.value] = [name];
        choice.dispatchEvent(new Event('change', { bubbles: true }));
        await drawn();
      }
    }
  }
  return [seen, [...missing]];
}
"""


def test_no_word_of_the_panel_is_english_whatever_is_selected(desk):
    diagrams = {path: content.decode() for path, content in release_files().items() if path.endswith(".bpmn")}
    seen, missing = desk("diagram", DIAGRAM).page.evaluate(EVERY_KIND, diagrams)
    assert missing == []
    heads = {one.lower() for one in seen}
    for wanted in (
        "pesan di tepi (tidak menghentikan)", "gerbang peristiwa", "subproses (terbuka)", "tunggu waktu",
        "tugas keputusan", "eskalasi di tepi (tidak menghentikan)", "galat di tepi", "gerbang pilih beberapa",
        "selesai dengan galat",
    ):  # fmt: skip
        assert wanted in heads, sorted(heads)


def timer(draw):
    return draw.page.evaluate(
        "ePerizinan.modeler.get('selection').get()[0].businessObject.eventDefinitions[0].timeDuration?.body"
        " ?? ePerizinan.modeler.get('selection').get()[0].businessObject.eventDefinitions[0].timeDate?.body"
    )


HOLDS = "JSON.stringify([one.businessObject.eventDefinitions, one.businessObject.extensionElements])"


def first_with(draw, word, group):
    """Selects the first element whose events or extensions hold a word, opens a group of its panel, answers its id."""
    held = f"ePerizinan.modeler.get('elementRegistry').find((one) => ({HOLDS} ?? '').includes('{word}')).id"
    id = draw.page.evaluate(held)
    draw.select(id)
    draw.group(group)
    return id


@pytest.fixture
def waiting(desk):
    """A desk with the timer of the retribution process selected and its group open."""
    draw = desk("diagram", WAITS)
    first_with(draw, "timeDuration", "ep-waktu")
    return draw


@pytest.mark.parametrize(
    ("words", "kept", "shown"),
    [
        ("4 jam", "PT4H", "4 jam"),
        ("2 hari", "P2D", "2 hari"),
        ("30 menit", "PT30M", "30 menit"),
        ("1 hari 4 jam", "P1DT4H", "1 hari 4 jam"),
        ("PT90M", "PT90M", "90 menit"),
    ],
)
def test_a_length_of_time_is_written_in_words_and_kept_as_bpmn_wants_it(waiting, words, kept, shown):
    field = waiting.page.locator("#bio-properties-panel-ep-timer")
    assert field.input_value() == "30 hari"
    waiting.fill("ep-timer", words)
    assert timer(waiting) == kept
    waiting.select("mulai")
    waiting.page.locator("#bio-properties-panel-ep-timer").wait_for(state="detached")


def test_what_is_no_length_of_time_is_told_by_an_example_beside_it_and_in_the_list(waiting):
    for words in ("4 jem", "2 hk", "0 menit", "P4J", "empat jam"):
        waiting.page.locator("#bio-properties-panel-ep-timer").fill(words)
        told = waiting.page.locator('[data-entry-id="ep-timer"] .bio-properties-panel-error')
        told.get_by_text("misalnya 30 menit, 4 jam, 2 hari").wait_for()
    waiting.fill("ep-timer", "5 jem")
    waiting.page.locator('[data-masalah] li[data-kode="timer"]').get_by_text("Tulis misalnya 10 hari, 4 jam").wait_for()
    waiting.fill("ep-timer", "mulai.pada")
    assert timer(waiting) == "mulai.pada"


def test_a_moment_is_written_as_a_day_and_a_time_of_the_office(waiting):
    waiting.choose("ep-timer-kind", "timeDate")
    waiting.page.locator("#bio-properties-panel-ep-timer").fill("31/02/2026 16.00")
    waiting.page.locator('[data-entry-id="ep-timer"] .bio-properties-panel-error').get_by_text("31/12/2026").wait_for()
    waiting.fill("ep-timer", "31/12/2026 16.00")
    assert timer(waiting) == "2026-12-31T16:00:00+07:00"


def test_a_standard_time_says_what_hk_is_and_cannot_be_nothing(desk):
    draw = desk("diagram", DIAGRAM)
    draw.click("verifikasi_keabsahan")
    draw.group("ep-kerja")
    place = draw.page.locator('[data-entry-id="ep-standard"]')
    place.get_by_text("hk: hari kerja").wait_for()
    draw.page.locator("#bio-properties-panel-ep-standard").fill("0 menit")
    place.locator(".bio-properties-panel-error").get_by_text("bukan nol").wait_for()


def test_who_gets_a_message_is_chosen_by_role_and_an_expression_stays_one(desk):
    draw = desk("diagram", SENDS)
    element = first_with(draw, "notice.send", "ep-layanan")
    choice = draw.page.locator("select#bio-properties-panel-ep-param-to")
    assert {"pemohon", "KB", "FO"} <= set(choice.locator("option").evaluate_all("(all) => all.map((one) => one.value)"))
    draw.choose("ep-param-to", "KB")
    value = f"""ePerizinan.modeler.get('elementRegistry').get('{element}').businessObject.extensionElements.values
        .flatMap((one) => one.parameterList?.parameters ?? []).find((one) => one.id === 'to')?.value"""
    assert draw.page.evaluate(value) == '"KB"'
    draw.page.locator('[data-ganti="ep-param-to"]').click()
    draw.fill("ep-param-to", "periksa.peran")
    assert draw.page.evaluate(value) == "periksa.peran"
    draw.select("mulai")
    draw.select(element)
    assert draw.page.locator("input#bio-properties-panel-ep-param-to").input_value() == "periksa.peran"


def test_the_id_of_a_step_in_force_leads_to_renaming_and_that_of_a_new_one_is_typed(desk):
    draw = desk("diagram", DIAGRAM)
    draw.click("catat_absah")
    draw.group("general")
    assert draw.page.locator("#bio-properties-panel-id").count() == 0
    link = draw.page.get_by_role("link", name="Ganti nama langkah ini")
    assert "catat_absah" in draw.page.locator('[data-entry-id="id"]').inner_text()
    address = link.get_attribute("href")
    draw.pad("append.append-task")
    draw.named("Baru")
    draw.group("general")
    draw.fill("id", "langkah_baru")
    assert draw.selected() == "langkah_baru"
    draw.saved()
    draw.page.goto(draw.page.url.partition("/studio")[0] + address)
    assert draw.page.get_by_label("Apa", exact=True).input_value() == "step"
    assert draw.page.get_by_label("Nama sekarang").input_value() == "catat_absah"
    draw.page.get_by_label("Nama baru").fill("catat_sah")
    draw.page.get_by_role("button", name="Ganti nama").click()
    draw.page.get_by_text("berkas mengikuti nama baru").wait_for()


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["meja", "ponsel"])
def test_the_panel_with_a_timer_and_a_picker_is_accessible_and_fits(office, plan, assert_accessible, viewport):
    person = office.person("proses", viewport=viewport) if viewport else office.person("proses")
    for path, kind, group in ((WAITS, "TimerEventDefinition", "ep-waktu"), (SENDS, "notice.send", "ep-layanan")):
        person.go(f"/studio/{plan}/diagram?nama={path}")
        draw = Desk(person.page)
        draw.page.wait_for_selector("html[data-ready]")
        first_with(draw, kind, group)
        assert_accessible(person.page)
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if shots := os.environ.get("SHOTS"):
            person.page.screenshot(path=f"{shots}/{group}-{'390' if viewport else '1440'}.png", full_page=True)
