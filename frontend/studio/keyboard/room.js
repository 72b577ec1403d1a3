// A free place for a box: the nearest to where it is wanted that covers nothing.
import { is } from "bpmn-js/lib/util/ModelUtil";

const CLEAR = 20; // pixels between what stands there and what comes
const STEP = 20;
const RINGS = 60; // how many steps away a place is still sought

const meet = (one, other) =>
  one.x < other.x + other.width + CLEAR && other.x < one.x + one.width + CLEAR && one.y < other.y + other.height + CLEAR && other.y < one.y + one.height + CLEAR;

/** Whether two boxes share a place, edges left out. */
export const crosses = (one, other) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

/** Whether a point lies within a box. */
export const within = (box, { x, y }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

const inside = (one, region) =>
  one.x >= region.x && one.y >= region.y && one.x + one.width <= region.x + region.width && one.y + one.height <= region.y + region.height;

/** The places around one, the nearest first. */
function* around({ x, y }) {
  yield { x, y };
  const far = (one) => Math.hypot(one.x - x, one.y - y);
  for (let ring = 1; ring <= RINGS; ring += 1) {
    const [away, found] = [ring * STEP, []];
    for (let at = -away; at <= away; at += STEP) {
      found.push({ x: x + away, y: y + at }, { x: x + at, y: y + away }, { x: x + at, y: y - away }, { x: x - away, y: y + at });
    }
    yield* found.sort((one, other) => far(one) - far(other));
  }
}

/** A box moved into a region as far as it fits. */
export function held(box, region) {
  const along = (at, size, from, room) => Math.max(from, Math.min(at, from + room - size));
  return { ...box, x: along(box.x, box.width, region.x, region.width), y: along(box.y, box.height, region.y, region.height) };
}

/** `wanted`: {x, y, width, height} within `region`; `taken`: boxes.  The nearest box that `may` be and meets none, null without one. */
export function freeBox(wanted, region, taken, may) {
  for (const place of around(wanted)) {
    const box = { ...wanted, ...place };
    if (inside(box, region) && may(box) && !taken.some((one) => meet(box, one))) return box;
  }
  return null;
}

/** The boxes that a way covers, one for each of its stretches. */
export const stretches = (waypoints) =>
  waypoints.slice(1).map((end, at) => {
    const from = waypoints[at];
    return { x: Math.min(from.x, end.x), y: Math.min(from.y, end.y), width: Math.abs(end.x - from.x), height: Math.abs(end.y - from.y) };
  });

/** The box around all of several. */
export function boxAround(boxes) {
  const [x, y] = [Math.min(...boxes.map((one) => one.x)), Math.min(...boxes.map((one) => one.y))];
  return { x, y, width: Math.max(...boxes.map((one) => one.x + one.width)) - x, height: Math.max(...boxes.map((one) => one.y + one.height)) - y };
}

/** What lanes part, and what takes in an element that is put into one: a pool, a part of a process, the process. */
export function partedBy(one) {
  let holder = one;
  while (is(holder, "bpmn:Lane")) holder = holder.parent;
  return holder;
}
