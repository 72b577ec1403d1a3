// What the arrows move of what is chosen, and why something of it stays.
import { is } from "bpmn-js/lib/util/ModelUtil";

const isLane = (one) => is(one, "bpmn:Lane");
const isWay = (one) => Boolean(one.waypoints);

/** The chosen ones without what goes along with another of them: what it holds, its label, the ways between steps. */
function apart(chosen) {
  const all = new Set(chosen);
  const within = (one) => Boolean(one.parent) && (all.has(one.parent) || within(one.parent));
  return chosen.filter((one) => !isWay(one) && !within(one) && !all.has(one.labelTarget));
}

function whyNot(one, chosen) {
  if (one.host && !chosen.includes(one.host)) return "tepi";
  return isLane(one) ? "lajur" : null;
}

/**
 * {moved, reason}: the elements that the arrows move, and why others stay: "lajur" for a lane, "tepi" for an event at
 * the edge of a task, "alur" where ways alone are chosen; null where all move. `level`: all that is drawn there.
 */
export function movable(selected, level) {
  const chosen = selected.filter((one) => level.includes(one));
  const parts = apart(chosen);
  if (!parts.length) return { moved: [], reason: chosen.length ? "alur" : null };
  // Lanes that part a whole process go with all of it, and with nothing less.
  if (level.every((one) => isWay(one) || one.labelTarget || chosen.includes(one))) return { moved: parts, reason: null };
  const moved = parts.filter((one) => !whyNot(one, chosen));
  return { moved, reason: parts.map((one) => whyNot(one, chosen)).find(Boolean) ?? null };
}
