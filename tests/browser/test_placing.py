"""What is added by keys alone to the office's diagrams stands in its lane and covers nothing; all else makes room."""

import pytest

from tests.browser.test_drawing_by_keyboard import DIAGRAM, keys, plan
from tests.browser.test_pasting import CHOOSE, COVERED, LANE, MANY, shape

__all__ = ["keys", "plan"]
PARTED = ("processes/retribusi/retribusi.bpmn", "processes/non_retribusi/non_retribusi.bpmn")
PART = "pelayanan"  # the part of a process that lanes divide without a pool
LANES = "ePerizinan.modeler.get('elementRegistry').filter((one) => one.type === 'bpmn:Lane').map((one) => one.id)"
# What a part of a process hides although it does not hold it, and what stands in it beside all its lanes.
HIDDEN = """(id) => {
  const { x, y, width, height, parent, attachers } = ePerizinan.modeler.get('elementRegistry').get(id);
  return parent.children.filter((one) => one.id !== id && !one.waypoints && !one.labelTarget)
    .filter((one) => !attachers.includes(one))
    .filter((one) => x < one.x + one.width && one.x < x + width && y < one.y + one.height && one.y < y + height)
    .map((one) => one.id);
}"""
BESIDE_LANES = """(id) => {
  const part = ePerizinan.modeler.get('elementRegistry').get(id);
  const lanes = part.children.filter((one) => one.type === 'bpmn:Lane').map((one) => one.businessObject);
  const known = new Set(lanes.flatMap((one) => one.flowNodeRef ?? []));
  return part.children.filter((one) => !one.waypoints && !one.labelTarget && one.type !== 'bpmn:Lane' && !one.host)
    .filter((one) => !known.has(one.businessObject)).map((one) => one.id);
}"""
INSIDE = """([id, lane]) => {
  const [one, box] = [id, lane].map((each) => ePerizinan.modeler.get('elementRegistry').get(each));
  const along = (axis, size) => one[axis] >= box[axis] && one[axis] + one[size] <= box[axis] + box[size];
  return along('x', 'width') && along('y', 'height');
}"""
OFF_EDGE = """() => {
  const on = (at, from, size) => Math.abs(at - from) < 2 || Math.abs(at - from - size) < 2;
  const [x, y] = [(one) => one.x + one.width / 2, (one) => one.y + one.height / 2];
  return ePerizinan.modeler.get('elementRegistry').filter((one) => one.host && !one.labelTarget)
    .filter((one) => !on(x(one), one.host.x, one.host.width) && !on(y(one), one.host.y, one.host.height))
    .map((one) => one.id);
}"""
# How far each way's name stands from the way, pixels.
STRAYED = """() => {
  const away = (at, [from, to]) => {
    const [x, y] = [Math.min(Math.max(at.x, Math.min(from.x, to.x)), Math.max(from.x, to.x)),
      Math.min(Math.max(at.y, Math.min(from.y, to.y)), Math.max(from.y, to.y))];
    return Math.hypot(at.x - x, at.y - y);
  };
  const far = ({ label, waypoints }) => {
    const at = { x: label.x + label.width / 2, y: label.y + label.height / 2 };
    return Math.min(...waypoints.slice(1).map((to, one) => away(at, [waypoints[one], to])));
  };
  const ways = ePerizinan.modeler.get('elementRegistry').filter((one) => one.waypoints && one.label);
  return Object.fromEntries(ways.map((one) => [one.id, Math.round(far(one))]));
}"""
# What the ways from one element to another lead behind.
BEHIND = """([from, to]) => {
  const registry = ePerizinan.modeler.get('elementRegistry');
  const ways = registry.filter((one) => one.waypoints && one.source.id === from && one.target.id === to);
  const lines = ways.flatMap(({ waypoints }) => waypoints.slice(1).map((end, at) => [waypoints[at], end]));
  const cuts = (one, [a, b]) => Math.min(a.x, b.x) < one.x + one.width && Math.max(a.x, b.x) > one.x
    && Math.min(a.y, b.y) < one.y + one.height && Math.max(a.y, b.y) > one.y;
  const nodes = registry.filter((one) => one.parent && !one.waypoints && !one.labelTarget)
    .filter((one) => !/Lane|Participant/.test(one.type) && ![from, to, 'pelayanan'].includes(one.id))
    .filter((one) => one.parent.id !== to);
  return nodes.filter((one) => lines.some((line) => cuts(one, line))).map((one) => one.id);
}"""
# The ways that lead through an element and neither begin nor end there.
ON_WAYS = """(id) => {
  const registry = ePerizinan.modeler.get('elementRegistry');
  const { x, y, width, height } = registry.get(id);
  const cuts = ({ waypoints }) => waypoints.slice(1).some((b, at) => {
    const a = waypoints[at];
    return Math.min(a.x, b.x) < x + width && Math.max(a.x, b.x) > x
      && Math.min(a.y, b.y) < y + height && Math.max(a.y, b.y) > y;
  });
  const ways = registry.filter((one) => one.waypoints && one.source.id !== id && one.target.id !== id);
  return ways.filter(cuts).map((one) => one.id);
}"""
# Steps that are not in one lane, wholly.
IN_LANES = """(id) => {
  const part = ePerizinan.modeler.get('elementRegistry').get(id);
  const lanes = part.children.filter((one) => one.type === 'bpmn:Lane');
  const holds = (lane, one) => (lane.businessObject.flowNodeRef ?? []).includes(one.businessObject);
  const inside = (lane, one) => one.y >= lane.y && one.y + one.height <= lane.y + lane.height;
  const steps = part.children.filter((one) => !one.waypoints && !one.labelTarget && !one.host)
    .filter((one) => one.type !== 'bpmn:Lane');
  return steps.filter((one) => lanes.filter((lane) => holds(lane, one) && inside(lane, one)).length !== 1
    || lanes.filter((lane) => holds(lane, one)).length !== 1).map((one) => one.id);
}"""
EVENTS_COVERED = """() => {
  const registry = ePerizinan.modeler.get('elementRegistry');
  const shapes = registry.filter((one) => one.parent && !one.waypoints && !one.labelTarget)
    .filter((one) => !/Lane|Participant|SubProcess/.test(one.type));
  const meet = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;
  return shapes.filter((one) => one.host).flatMap((one) => shapes.filter((other) => other !== one && other !== one.host
    && meet(one, other)).map((other) => [one.id, other.id]));
}"""
NEW_ONES = (
    "(known) => ePerizinan.modeler.get('elementRegistry').filter((one) => !known.includes(one.id)).map((one) => one.id)"
)
PLACES = """ePerizinan.modeler.get('elementRegistry').filter((one) => one.parent)
  .map((one) => [one.id, one.x, one.y, one.width, one.height, (one.waypoints ?? []).map(({ x, y }) => [x, y])])"""
IDS = "ePerizinan.modeler.get('elementRegistry').getAll().map((one) => one.id)"


@pytest.fixture(params=PARTED, ids=["retribusi", "non_retribusi"])
def parted(request, keys):
    draw = keys(request.param)
    draw.tab_to("svg[role=application]")
    assert whole(draw)
    return draw


def whole(draw):
    """Whether nothing is covered and every step of the divided part has its lane, every event its edge."""
    seen = [*(draw.page.evaluate(each, PART) for each in (HIDDEN, BESIDE_LANES)), draw.page.evaluate(COVERED)]
    assert [*seen, draw.page.evaluate(OFF_EDGE)] == [[], [], [], []]
    return True


def test_a_step_for_a_full_lane_stands_in_it_and_nothing_is_hidden(parted):
    for at, lane in enumerate(parted.page.evaluate(LANES)):
        for turn in range(2):
            parted.page.evaluate(CHOOSE, lane)
            parted.add("tugas orang", f"Tambahan {at} {turn}")
            made = parted.named(f"Tambahan {at} {turn}")
            assert parted.page.evaluate(LANE, made) == lane
            assert parted.page.evaluate(INSIDE, [made, lane])
            assert whole(parted)


def test_a_part_of_a_process_that_is_wider_than_all_room_moves_the_others_aside(parted):
    before = parted.page.evaluate(MANY)
    for turn in range(3):
        parted.page.evaluate("ePerizinan.modeler.get('selection').select([])")
        parted.add("subproses (terbuka)", f"Bagian {turn}")
        assert shape(parted, parted.named(f"Bagian {turn}"))["within"] == "bpmn:SubProcess"
        assert parted.page.evaluate(HIDDEN, PART) == []
        assert parted.page.evaluate(BESIDE_LANES, PART) == []
    for _ in range(3):
        parted.press("Control+z", "Control+z")  # its name, then itself with its start
    assert parted.page.evaluate(MANY) == before


def test_a_step_that_is_moved_to_the_edge_lets_its_lane_grow_and_moves_the_others_aside(parted):
    moved = """(id) => {
      const get = (one) => ePerizinan.modeler.get(one);
      const one = get('elementRegistry').get(id);
      get('modeling').moveElements([one], { x: 150, y: 0 }, one.parent);
    }"""
    step = next(one for one in parted.page.evaluate(IDS) if one.startswith("akhir_"))
    lane, known = parted.page.evaluate(LANE, step), parted.page.evaluate(PLACES)
    parted.page.evaluate(moved, step)
    assert parted.page.evaluate(LANE, step) == lane
    assert parted.page.evaluate(INSIDE, [step, lane])
    assert whole(parted)
    parted.press("Control+z")
    assert parted.page.evaluate(PLACES) == known


def test_another_lane_moves_what_stands_below_it(parted):
    lanes, names = parted.page.evaluate(LANES), parted.page.evaluate(STRAYED)
    parted.page.evaluate(CHOOSE, lanes[-1])
    parted.find("a", "tambah lajur di bawah")
    parted.canvas()
    assert len(parted.page.evaluate(LANES)) == len(lanes) + 1
    assert whole(parted)
    parted.page.evaluate(CHOOSE, lanes[0])
    parted.find("a", "tambah lajur di atas")
    parted.canvas()
    assert whole(parted)
    assert {one: far for one, far in parted.page.evaluate(STRAYED).items() if far > names[one] + 20} == {}


def test_a_whole_drawing_is_pasted_beside_or_below_all_that_stands_there(parted):
    known = parted.page.evaluate(IDS)
    parted.press("Control+a", "Control+c", "Control+v")
    assert parted.heard().startswith("Ditempel")
    (copy,) = [
        one
        for one in parted.page.evaluate(NEW_ONES, known)
        if parted.page.evaluate("(id) => ePerizinan.modeler.get('elementRegistry').get(id).children?.length > 20", one)
    ]
    assert whole(parted)
    assert parted.page.evaluate(HIDDEN, copy) == []
    assert parted.page.evaluate("(id) => !ePerizinan.modeler.get('elementRegistry').get(id).parent.parent", copy)
    parted.press("Control+z")
    assert parted.page.evaluate(IDS) == known


def test_the_divided_part_is_duplicated_beside_itself_and_not_into_itself(parted):
    known = parted.page.evaluate(IDS)
    parted.page.evaluate(CHOOSE, PART)
    parted.press("Control+d")
    assert parted.heard().startswith("Ditempel")
    (copy,) = parted.chosen()
    assert parted.page.evaluate("(id) => !ePerizinan.modeler.get('elementRegistry').get(id).parent.parent", copy)
    assert whole(parted)
    assert parted.page.evaluate(HIDDEN, copy) == []
    parted.press("Control+z")
    assert parted.page.evaluate(IDS) == known


def test_a_step_into_a_short_way_stays_in_its_lane_while_what_follows_makes_room(keys):
    draw = keys(DIAGRAM)
    draw.tab_to("svg[role=application]")
    short = """() => {
      const lane = (id) => (one) => (one.businessObject.flowNodeRef ?? []).some((node) => node.id === id);
      const registry = ePerizinan.modeler.get('elementRegistry');
      const lanes = registry.filter((one) => one.type === 'bpmn:Lane');
      const gap = (one) => one.target.x - one.source.x - one.source.width;
      const ways = registry.filter((one) => one.type === 'bpmn:SequenceFlow' && gap(one) > 0 && gap(one) < 110);
      return ways.filter((one) => lanes.find(lane(one.source.id)) === lanes.find(lane(one.target.id)))
        .map((one) => [one.id, one.source.id, one.target.id]);
    }"""
    ways = draw.page.evaluate(short)
    assert ways
    for at, (way, source, target) in enumerate(ways):
        draw.page.evaluate(CHOOSE, way)
        draw.add("tugas layanan", f"Sisipan {at}")
        made = draw.named(f"Sisipan {at}")
        assert draw.page.evaluate(LANE, made) == draw.page.evaluate(LANE, source) == draw.page.evaluate(LANE, target)
        assert [source, made] in draw.ways()
        assert [made, target] in draw.ways()
        assert draw.page.evaluate(COVERED) == []


def test_what_follows_a_step_stands_right_of_it_in_its_lane_and_its_way_leads_behind_nothing(parted):
    office_has = parted.page.evaluate(IDS)
    for step in ("daftar", "verifikasi_berkas", "tetapkan", "tentukan_jalur", "layanan_ditutup", "layanan_terbit"):
        if step not in office_has:
            continue
        lane = parted.page.evaluate(LANE, step)
        for turn, kind in enumerate(("tugas orang", "selesai", "subproses (terbuka)")):
            parted.page.evaluate(CHOOSE, step)
            parted.add(kind, f"Sesudah {step} {turn}")
            made = parted.named(f"Sesudah {step} {turn}")
            assert parted.page.evaluate(LANE, made) == lane
            assert parted.page.evaluate(INSIDE, [made, lane])
            assert shape(parted, made)["x"] > shape(parted, step)["x"] + shape(parted, step)["width"]
            assert parted.page.evaluate(BEHIND, [step, made]) == []
            assert whole(parted)


def test_a_new_step_covers_no_way_of_others_and_a_part_of_a_process_makes_its_lane_higher(parted):
    for at, lane in enumerate(parted.page.evaluate(LANES)):
        for kind in ("tugas orang", "subproses (terbuka)"):
            parted.page.evaluate(CHOOSE, lane)
            parted.add(kind, f"{kind} {at}")
            made = parted.named(f"{kind} {at}")
            assert parted.page.evaluate(LANE, made) == lane
            assert parted.page.evaluate(INSIDE, [made, lane])
            assert parted.page.evaluate(ON_WAYS, made) == []
            assert whole(parted)


def test_the_steps_of_a_lane_that_is_deleted_go_wholly_into_one_other_lane(parted):
    known = parted.page.evaluate(PLACES)
    lanes = parted.page.evaluate(LANES)
    for lane in (lanes[2], lanes[3], lanes[0], lanes[-1]):
        parted.page.evaluate(CHOOSE, lane)
        parted.canvas()
        parted.press("Delete")
        assert lane not in parted.page.evaluate(LANES)
        assert parted.page.evaluate(IN_LANES, PART) == []
        assert whole(parted)
    for _ in range(4):
        parted.press("Control+z")
    assert sorted(parted.page.evaluate(PLACES)) == sorted(known)


def test_six_events_at_the_edge_of_a_task_cover_neither_each_other_nor_its_neighbours(parted):
    for turn in range(6):
        parted.page.evaluate(CHOOSE, "usul_jalur")
        parted.add("waktu di tepi", f"Lewat {turn}")
    assert parted.page.evaluate(EVENTS_COVERED) == []
    assert whole(parted)


def test_a_step_for_a_lane_stands_in_the_part_that_it_divides_within_a_pool_as_well(keys):
    draw = keys(PARTED[0])
    draw.tab_to("svg[role=application]")
    draw.find("a", "kolam")
    draw.canvas()
    (pool,) = draw.chosen()
    lane = draw.page.evaluate(LANES)[2]
    draw.page.evaluate(CHOOSE, lane)
    draw.add("tugas orang", "Tambahan")
    made = draw.named("Tambahan")
    assert shape(draw, made)["within"] == "bpmn:SubProcess"
    assert draw.page.evaluate(LANE, made) == lane
    assert draw.page.evaluate("(id) => ePerizinan.modeler.get('elementRegistry').get(id).parent.id", PART) == pool
