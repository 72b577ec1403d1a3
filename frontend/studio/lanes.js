// A lane's name ends in the code of its role: "Petugas Loket (FO)".
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";

const CODE = /\(([^()]*)\)\s*$/;

export const codeOf = (name) => CODE.exec(name ?? "")?.[1].trim() ?? "";

export const named = (code, title) => (code ? `${title} (${code})` : title);

export const titleOf = (name) => (name ?? "").replace(CODE, "").trim();

/** The lanes of the level an object stands on, and of the levels around it, innermost first. */
function lanesAround(object) {
  const found = [];
  for (let holder = object.$parent; holder; holder = holder.$parent) {
    for (const set of holder.laneSets ?? []) found.push(...inside(set));
  }
  return found;
}

function inside(set) {
  return (set.lanes ?? []).flatMap((lane) => [...(lane.childLaneSet ? inside(lane.childLaneSet) : []), lane]);
}

/** The role code of a task by its lane, or by the lane of the sub-process around it; "" without one. */
export function roleOf(element) {
  for (let object = getBusinessObject(element); object && !is(object, "bpmn:Process"); object = object.$parent) {
    const lane = lanesAround(object).find((one) => (one.flowNodeRef ?? []).includes(object));
    if (lane) return codeOf(lane.name);
  }
  return "";
}
