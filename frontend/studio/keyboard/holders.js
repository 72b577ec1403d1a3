// What holds elements in a drawing: lanes, pools, opened parts of a process, the drawing itself; and the room in each.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { isExpanded } from "bpmn-js/lib/util/DiUtil";
import { boxAround, crosses, freeBox, held, partedBy, stretches, within } from "./room.js";

const APART = 60; // pixels between what stands there and what comes
const [EDGE, HEAD] = [20, 40]; // pixels that stay free within a holder, and at its left for its name
const ENDLESS = { x: -1e6, y: -1e6, width: 2e6, height: 2e6 };

export const middle = (one) => ({ x: one.x + one.width / 2, y: one.y + one.height / 2 });
export const isLane = (one) => is(one, "bpmn:Lane");
export const isPool = (one) => is(one, "bpmn:Participant");
const isHolder = (one) => isLane(one) || isPool(one) || (is(one, "bpmn:SubProcess") && isExpanded(one));
const size = (one) => one.width * one.height;

export const ancestors = (one) => (one ? [one, ...ancestors(one.parent)] : []);

/** Where an element stands: a way stands where it begins. */
export const placeOf = (one) => middle(one.waypoints ? stretches(one.waypoints)[0] : one);

/** `get`: services of the modeler by name. */
export function holders(get) {
  const [registry, canvas] = ["elementRegistry", "canvas"].map(get);
  const level = () => registry.filter((one) => one.parent && canvas.findRoot(one) === canvas.getRootElement()); // a closed part of a process is drawn by itself

  /** The holders at a place, the smallest first; `chosen` stands there, so what does not hold it holds nothing. */
  function at(place, chosen) {
    const around = ancestors(chosen).filter((one) => one !== chosen || !is(one, "bpmn:SubProcess"));
    const holds = (one) => !chosen || around.includes(isLane(one) ? partedBy(one) : one);
    return level().filter((one) => isHolder(one) && within(one, place) && holds(one)).sort((one, other) => size(one) - size(other));
  }

  /** What a chosen element stands in; a chosen lane or pool itself. */
  function around(chosen) {
    if (isLane(chosen) || isPool(chosen)) return chosen;
    return at(placeOf(chosen), chosen)[0] ?? canvas.getRootElement();
  }

  const insideOf = (holder) => {
    const left = is(holder, "bpmn:SubProcess") ? EDGE : HEAD;
    return { x: holder.x + left, y: holder.y + EDGE, width: holder.width - left - EDGE, height: holder.height - 2 * EDGE };
  };

  /** The inside of a holder, of all that its lanes part where a box is too high for one; the drawing is as large as it is needed. */
  function regionOf(holder, box) {
    if (!holder.parent) return ENDLESS;
    const region = insideOf(holder);
    return isLane(holder) && box.height > region.height ? regionOf(partedBy(holder), box) : region;
  }

  function fits(holder, box) {
    const region = regionOf(holder, box);
    return box.width <= region.width && box.height <= region.height;
  }

  function taken(holder, ways) {
    const frames = [...ancestors(holder), ...level().filter((one) => isLane(one) || (isPool(one) && holder.parent))];
    const all = level().filter((one) => !frames.includes(one));
    return all.flatMap((one) => (one.waypoints ? (ways ? stretches(one.waypoints) : []) : [one]));
  }

  /** Below all that is drawn; `box` itself where nothing is. */
  function belowAll(box) {
    const all = level().filter((one) => !one.waypoints);
    if (!all.length) return box;
    const whole = boxAround(all);
    return { ...box, x: whole.x, y: whole.y + whole.height + APART };
  }

  function rightOfAll(holder, box, region) {
    const others = taken(holder, false).filter((one) => within(region, middle(one)));
    return { ...box, x: Math.max(box.x, ...others.map((one) => one.x + one.width + APART)) };
  }

  /** The lanes that part a holder and are parted by none, the nearest to a box first. */
  function lanesOf(holder, box) {
    const away = (one) => Math.abs(middle(one).y - middle(box).y);
    const lanes = level().filter((one) => isLane(one) && !one.children.some(isLane) && ancestors(one).includes(holder) && partedBy(one) === partedBy(holder));
    return lanes.sort((one, other) => away(one) - away(other));
  }

  /** A box on its way moved into the lane, or whatever else holds it, at that place. */
  function into(way, box) {
    const holder = at(middle(box), way)[0] ?? around(way);
    return held(box, regionOf(holder, box));
  }

  /** The box nearest to `wanted` that covers neither elements nor ways; without one a place that grows the holder.
   * Its middle lies in a lane where there are any. */
  function placeIn(holder, wanted) {
    const [lane, ...others] = lanesOf(holder, wanted);
    if (lane && others.length && fits(lane, wanted)) return placeIn(lane, wanted);
    const region = regionOf(holder, wanted);
    const lanes = lane ? lanesOf(partedBy(lane), wanted) : [];
    const may = (box) => !lanes.length || lanes.some((one) => crosses({ ...middle(box), width: 0, height: 0 }, one));
    const near = held(wanted, region);
    const found = freeBox(near, region, taken(holder, true), may);
    if (found || !holder.parent) return found ?? belowAll(near);
    const box = rightOfAll(holder, near, region);
    return may(box) ? box : { ...box, y: middle(lane).y - box.height / 2 };
  }

  /** Shapes that stand beside an element in what holds it, or over that. */
  const besides = (one) => level().filter((other) => !other.waypoints && !other.labelTarget && !isLane(other) && !ancestors(one).includes(other));

  const laneFor = (holder, box) => (isLane(holder) ? holder : lanesOf(holder, box)[0]);

  /** What stands around a place in a holder, ways as the boxes of their stretches. */
  const surroundings = (holder) => taken(holder, true);

  return { level, at, around, besides, into, laneFor, surroundings, fits, placeIn, belowAll, standing: (holder) => taken(holder, false), EDGE };
}
