"""What was copied in a drawing is put down by keys alone; a hand on the mouse still lets it go where it wants."""

import pytest

from tests.browser.test_drawing import desk
from tests.browser.test_drawing_by_keyboard import DIAGRAM, NEW, READY, keys, plan

__all__ = ["desk", "keys", "plan"]
STEP, OTHER = "verifikasi_keabsahan", "processes/bersama/ronde_perbaikan.bpmn"
PARTED = "processes/retribusi/retribusi.bpmn"  # its lanes part a sub-process that no pool holds
DRAGGED = "ePerizinan.modeler.get('dragging').context() != null"
MANY = "ePerizinan.modeler.get('elementRegistry').getAll().length"
# What is drawn over something else, pools, lanes and parts of a process left out.
COVERED = """
() => {
  const shapes = ePerizinan.modeler.get('elementRegistry')
    .filter((one) => one.parent && !one.waypoints && !one.labelTarget && !one.host)
    .filter((one) => !/Participant|Lane|SubProcess/.test(one.type));
  const meet = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;
  const after = (at) => shapes.slice(at + 1);
  return shapes.flatMap((one, at) => after(at).filter((other) => meet(one, other)).map((other) => [one.id, other.id]));
}
"""
CHOOSE = "(id) => ePerizinan.modeler.get('selection').select(ePerizinan.modeler.get('elementRegistry').get(id))"
POOLS = "ePerizinan.modeler.get('elementRegistry').filter((one) => one.type === 'bpmn:Participant').length"
FAILS = """(id) => {
  const get = (one) => ePerizinan.modeler.get(one);
  const [modeling, registry] = [get('modeling'), get('elementRegistry')];
  get('eventBus').on('commandStack.elements.delete.postExecute', () => { throw new Error('sengaja'); });
  try {
    modeling.removeElements([registry.get(id)]);
  } catch (error) {
    window.dispatchEvent(new ErrorEvent('error', { error })); // as where nobody catches it
  }
}"""
SHAPE = """(id) => {
  const { x, y, width, height, parent, host } = ePerizinan.modeler.get('elementRegistry').get(id);
  return { x, y, width, height, within: parent.type, host: host?.id };
}"""
LANE = """(id) => ePerizinan.modeler.get('elementRegistry').filter((one) => one.type === 'bpmn:Lane')
  .find((one) => (one.businessObject.flowNodeRef ?? []).some((node) => node.id === id))?.id"""
SEEN = """() => {
  const { x, y, width, height } = ePerizinan.modeler.get('canvas').viewbox();
  return [x + width / 2, y + height / 2];
}"""


def shape(draw, id):
    return draw.page.evaluate(SHAPE, id)


def test_what_was_copied_stands_beside_it_at_once_is_heard_moved_and_taken_back(keys):
    draw = keys(DIAGRAM)
    draw.tab_to("svg[role=application]")
    before = draw.page.evaluate(MANY)
    draw.find("g", "verifikasi keabsahan")
    draw.canvas()
    draw.press("Control+c", "Control+v")
    assert not draw.page.evaluate(DRAGGED)
    (made,) = draw.chosen()
    assert made != STEP
    assert draw.heard().startswith("Ditempel: Tugas orang: Verifikasi keabsahan")
    assert draw.page.evaluate(COVERED) == []
    assert draw.page.evaluate(LANE, made) == draw.page.evaluate(LANE, STEP)
    one, other = shape(draw, STEP), shape(draw, made)
    assert abs(one["x"] - other["x"]) + abs(one["y"] - other["y"]) < 600, "beside it"
    draw.press("ArrowRight")
    assert shape(draw, made)["x"] == other["x"] + 10
    draw.press("Control+z")
    draw.press("Control+z")
    assert draw.page.evaluate(MANY) == before


def test_several_steps_are_duplicated_with_the_ways_between_them(keys):
    draw = keys(DIAGRAM)
    draw.tab_to("svg[role=application]")
    draw.find("g", "verifikasi keabsahan")
    draw.canvas()
    draw.press("Shift+PageDown", "Shift+PageDown")
    assert "3 elemen" in draw.heard()
    ways = len(draw.ways())
    draw.press("Control+d")
    assert "Ditempel: 2 elemen" in draw.heard()
    assert len(draw.ways()) == ways + 1
    assert set(draw.chosen()) <= {end for way in draw.ways() for end in way}
    assert draw.page.evaluate(COVERED) == []


def test_what_was_copied_in_one_diagram_is_pasted_amid_what_is_seen_of_another(keys):
    draw = keys(DIAGRAM)
    draw.tab_to("svg[role=application]")
    draw.press("Control+v")
    assert draw.heard() == "Belum ada yang disalin."
    draw.find("g", "verifikasi keabsahan")
    draw.canvas()
    draw.press("Control+c")
    draw.page.goto(draw.page.url.replace("verifikasi.bpmn", "ronde_perbaikan.bpmn"))
    draw.page.wait_for_selector(READY)
    draw.tab_to("svg[role=application]")
    draw.press("Control+v")
    assert draw.chosen() == [STEP]
    assert draw.heard().startswith("Ditempel: Tugas orang: Verifikasi keabsahan")
    there = shape(draw, STEP)
    x, y = draw.page.evaluate(SEEN)
    assert abs(there["x"] + 50 - x) + abs(there["y"] + 40 - y) < 500
    assert there["within"] == "bpmn:Participant"
    assert draw.page.evaluate(LANE, STEP)
    assert draw.page.evaluate(COVERED) == []


def test_an_event_at_an_edge_is_pasted_at_the_edge_of_the_chosen_task(keys):
    draw = keys(NEW)
    draw.tab_to("svg[role=application]")
    draw.press("Home")
    draw.add("tugas orang", "Satu")
    draw.add("tugas orang", "Dua")
    draw.find("g", "satu")
    draw.add("waktu di tepi", "Terlambat")
    draw.press("Control+c")
    draw.find("g", "tugas orang dua")
    draw.canvas()
    draw.press("Control+v")
    (made,) = draw.chosen()
    there, host = shape(draw, made), shape(draw, draw.named("Dua"))
    assert there["host"] == draw.named("Dua")
    assert there["y"] + there["height"] / 2 == pytest.approx(host["y"] + host["height"], abs=1)
    assert host["x"] < there["x"] < host["x"] + host["width"]


def test_within_a_part_of_a_process_copies_are_pasted_into_it(keys):
    draw = keys(NEW)
    draw.tab_to("svg[role=application]")
    draw.press("Home")
    draw.add("tugas orang", "Satu")
    draw.press("Control+c")
    draw.add("subproses (terbuka)", "Bagian")
    part = draw.named("Bagian")
    draw.press("PageDown")
    begin = draw.chosen()
    draw.press("Control+v")
    (made,) = draw.chosen()
    assert begin != [made]
    parent = "(id) => ePerizinan.modeler.get('elementRegistry').get(id).parent.id"
    assert draw.page.evaluate(parent, made) == part
    assert draw.page.evaluate(COVERED) == []


def test_with_the_mouse_over_the_drawing_a_copy_hangs_on_it_until_it_is_let_go(desk):
    draw = desk("diagram", DIAGRAM)
    draw.click(STEP)
    before = draw.page.evaluate(MANY)
    draw.page.keyboard.press("Control+c")
    draw.page.keyboard.press("Control+v")
    assert draw.page.evaluate(DRAGGED)
    draw.page.keyboard.press("Escape")
    assert not draw.page.evaluate(DRAGGED)
    assert draw.page.evaluate(MANY) == before
    draw.page.keyboard.press("Control+v")
    assert draw.page.evaluate(DRAGGED)
    draw.page.keyboard.press("Escape")
    draw.page.keyboard.press("PageDown")
    draw.page.keyboard.press("Control+v")
    assert not draw.page.evaluate(DRAGGED), "whoever walks by keys puts down by keys"
    assert draw.page.evaluate(MANY) > before


def test_in_lanes_that_no_pool_holds_copies_and_new_elements_stand_where_they_part_a_process(keys):
    draw = keys(PARTED)
    draw.tab_to("svg[role=application]")
    before = draw.page.evaluate(MANY)
    draw.press("Home")
    for name, within in (("penyerahan", "bpmn:Process"), ("pendaftaran", "bpmn:SubProcess")):
        draw.find("g", name)
        draw.canvas()
        draw.press("Control+c", "Control+v")
        (made,) = draw.chosen()
        assert draw.heard().startswith("Ditempel")
        assert shape(draw, made)["within"] == within, "in what holds the one that was copied"
        assert draw.page.evaluate(COVERED) == []
        draw.press("Control+z")
        assert draw.page.evaluate(MANY) == before
    draw.press("Escape")
    draw.page.evaluate("ePerizinan.modeler.get('selection').select([])")
    draw.press("Control+v")
    assert draw.heard().startswith("Ditempel")
    draw.page.evaluate("ePerizinan.modeler.get('selection').select([])")
    draw.add("tugas orang", "Tambahan")
    assert shape(draw, draw.named("Tambahan"))["within"] == "bpmn:SubProcess"
    draw.press("Control+s")
    draw.page.wait_for_selector("[data-keadaan=tersimpan]")


def test_a_way_alone_is_not_copied_and_what_was_copied_before_stays(keys):
    draw = keys(DIAGRAM)
    draw.tab_to("svg[role=application]")
    draw.find("g", "verifikasi keabsahan")
    draw.canvas()
    draw.press("Control+c")
    draw.page.evaluate(CHOOSE, "ke_absah_dari_verifikasi_keabsahan")
    draw.press("Control+c")
    assert draw.heard().startswith("Yang dipilih tidak dapat disalin sendiri")
    draw.press("Control+v")
    assert draw.heard().startswith("Ditempel: Tugas orang: Verifikasi keabsahan")


@pytest.mark.parametrize(
    ("path", "one", "why"),
    [
        (
            DIAGRAM,
            "ke_absah_dari_verifikasi_keabsahan",
            "Yang dipilih tidak dapat disalin sendiri: pilih juga langkahnya.",
        ),
        (
            PARTED,
            "lajur_izin_retribusi_0",
            "Lajur tidak dapat disalin sendiri: pilih kolam atau subproses yang memuatnya.",
        ),
    ],
)
def test_what_cannot_be_doubled_alone_is_told_with_its_reason(path, one, why, keys):
    draw = keys(path)
    draw.tab_to("svg[role=application]")
    before = draw.page.evaluate(MANY)
    for key in ("Control+d", "Control+c"):
        draw.page.evaluate(CHOOSE, one)
        draw.press(key)
        assert draw.heard() == why
    assert draw.page.evaluate(MANY) == before


def test_a_pool_is_pasted_below_the_others_with_what_it_holds(keys):
    draw = keys(DIAGRAM)
    draw.tab_to("svg[role=application]")
    before = draw.page.evaluate(MANY)
    draw.press("Control+a", "Control+c", "Control+v")
    assert draw.heard().startswith("Ditempel")
    assert draw.page.evaluate(POOLS) == 2
    assert draw.page.evaluate(COVERED) == []
    draw.press("Control+z")
    assert draw.page.evaluate(MANY) == before


def test_a_change_that_fails_midway_is_told_and_nobody_goes_on_drawing_for_nothing(keys):
    draw = keys(DIAGRAM)
    draw.page.evaluate(FAILS, STEP)
    told = draw.page.locator("[data-kabar=ditolak]")
    told.wait_for()
    assert "gagal di tengah jalan" in told.inner_text()
    assert told.get_by_role("button", name="Muat ulang").is_visible()
    draw.page.wait_for_selector("[data-keadaan=rusak]")
