// What was copied is put down by keys alone: beside the chosen element or amid what is seen, where nothing is covered.
// Whose hand moves a mouse over the drawing lets it go where they want, as bpmn-js does.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { isExpanded } from "bpmn-js/lib/util/DiUtil";
import { isLabel } from "bpmn-js/lib/util/LabelUtil";
import { boxAround, freeBox, held, stretches, takesIn } from "./room.js";

const LOW = 200; // once bpmn-js has named its own acts
const NO_WALK = ["Control", "Meta", "Shift", "Alt", "Escape", "Delete", "Backspace"]; // keys of whoever draws with the mouse, too
const APART = 60; // pixels between the chosen one and what comes
const [EDGE, HEAD] = [20, 40]; // pixels that stay free within a holder, and at its left for its name
const ON_EDGE = { corner: 20, next: 44 }; // pixels along the lower edge of a task

const middle = (one) => ({ x: one.x + one.width / 2, y: one.y + one.height / 2 });
const isLane = (one) => is(one, "bpmn:Lane");
const isPool = (one) => is(one, "bpmn:Participant");
const isHolder = (one) => isLane(one) || isPool(one) || (is(one, "bpmn:SubProcess") && isExpanded(one));
const size = (one) => one.width * one.height;

function within(box, { x, y }) {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** Answers whether the mouse was moved over a drawing since a key was pressed by which one goes through it. */
export function handOver(svg) {
  let [last, over] = ["", false];
  const container = svg.closest(".djs-container");
  container.addEventListener("pointermove", ({ pointerType, screenX, screenY }) => {
    const place = `${screenX} ${screenY}`; // a page that scrolls below a mouse at rest reports a move as well
    if (pointerType !== "touch" && place !== last) over = true;
    last = place;
  });
  container.addEventListener("pointerleave", () => (over = false));
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !NO_WALK.includes(event.key)) over = false;
  }, true);
  return () => over;
}

/** A pool that comes into a drawing without one would have to take in all that stands there. */
const turnedIntoPool = (holder, roots) => is(holder, "bpmn:Process") && holder.children.length > 0 && roots.some(isPool);

/** What a tree of copied elements holds: all its boxes, and those of its elements that nothing copied holds. */
function contentOf(tree) {
  const all = Object.values(tree).flat();
  const ids = new Set(all.map((one) => one.id));
  const shapes = all.filter((one) => !one.waypoints && !isLabel(one) && !one.parent);
  return {
    boxes: all.filter((one) => !one.hidden).flatMap((one) => (one.waypoints ? stretches(one.waypoints) : [one])),
    roots: shapes.filter((one) => !ids.has(one.host)),
    loose: shapes.filter((one) => one.host && !ids.has(one.host)), // at the edge of what was not copied
  };
}

/** `get`: services of the modeler by name. */
export function pasting(get) {
  const [registry, canvas, rules] = ["elementRegistry", "canvas", "bpmnRules"].map(get);
  const level = () => registry.filter((one) => one.parent && canvas.findRoot(one) === canvas.getRootElement());
  const ancestors = (one) => (one ? [one, ...ancestors(one.parent)] : []);

  /** The holders at a place, the smallest first; `chosen` is beside the place, so what does not hold it holds nothing. */
  function holdersAt(place, chosen) {
    const around = ancestors(chosen).filter((one) => one !== chosen || !is(one, "bpmn:SubProcess"));
    const found = level().filter((one) => isHolder(one) && within(one, place) && (!chosen || isLane(one) || around.includes(one)));
    return found.sort((one, other) => size(one) - size(other));
  }

  /** The smallest place that may hold all of it: the chosen one, around the place, the nearest elsewhere; undefined where none may. */
  function holderFor(roots, place, chosen) {
    const root = canvas.getRootElement();
    const away = (one) => {
      const near = held({ ...place, width: 0, height: 0 }, one);
      return Math.hypot(near.x - place.x, near.y - place.y);
    };
    const nearest = (kind) => level().filter(kind).sort((one, other) => away(one) - away(other));
    const own = chosen && (isLane(chosen) || isPool(chosen)) ? [chosen] : [];
    const every = [...own, ...holdersAt(place, chosen), ...nearest(isLane), ...nearest(isPool), root];
    const may = (holder) => roots.every((one) => rules.canDrop(one, takesIn(holder))) && !turnedIntoPool(holder, roots);
    return every.find(may);
  }

  /** The free inside of a holder; the drawing itself is as large as it is needed. */
  function regionOf(holder, box, around) {
    if (!holder.parent) return { x: -1e6, y: -1e6, width: 2e6, height: 2e6 };
    const left = is(holder, "bpmn:SubProcess") ? EDGE : HEAD;
    const region = { x: holder.x + left, y: holder.y + EDGE, width: holder.width - left - EDGE, height: holder.height - 2 * EDGE };
    const wider = isLane(holder) && box.height > region.height && around;
    return wider ? regionOf(wider, box) : region;
  }

  function taken(holder, ways) {
    const frames = [...ancestors(holder), ...level().filter((one) => isLane(one) || (isPool(one) && holder.parent))];
    const all = level().filter((one) => !frames.includes(one));
    return all.flatMap((one) => (one.waypoints ? (ways ? stretches(one.waypoints) : []) : [one]));
  }

  /** A box for the copies: free of all, then free of elements alone, then right of everything that stands there. */
  function placeIn(holder, box, wanted) {
    const pool = ancestors(holder).find(isPool);
    const region = regionOf(holder, box, pool);
    const near = held({ ...box, ...wanted }, region);
    const found = freeBox(near, region, taken(holder, true)) ?? freeBox(near, region, taken(holder, false));
    const others = taken(holder, false).filter((one) => within(region, middle(one)));
    return found ?? { ...near, x: Math.max(near.x, ...others.map((one) => one.x + one.width + APART)) };
  }

  /** Where the copies are wanted: right of the chosen ones, below all pools, or amid what is seen. */
  function wantedFor(box, chosen, roots) {
    const beside = chosen.filter((one) => !isLane(one) && !isPool(one)).flatMap((one) => (one.waypoints ? stretches(one.waypoints) : [one]));
    if (roots.some(isPool)) return belowAll(box);
    if (!beside.length) {
      const seen = middle(canvas.viewbox());
      return { x: seen.x - box.width / 2, y: seen.y - box.height / 2 };
    }
    const one = boxAround(beside);
    return { x: one.x + one.width + APART, y: middle(one).y - box.height / 2 };
  }

  function belowAll(box) {
    const all = level().filter((one) => !one.waypoints);
    if (!all.length) return { x: box.x, y: box.y };
    const one = boxAround(all);
    return { x: one.x, y: one.y + one.height + APART };
  }

  /** At the lower edge of a host, beside what sticks to it already; `tree` holds it alone, perhaps with its label. */
  function atEdge([event], host, boxes) {
    const [whole, own] = [middle(boxAround(boxes)), middle(event)]; // a label counts in the one, not in the other
    const x = Math.round(host.x + host.width - ON_EDGE.corner - host.attachers.length * ON_EDGE.next + whole.x - own.x);
    return { element: host, point: { x, y: Math.round(host.y + host.height + whole.y - own.y) }, hints: { attach: true } };
  }

  /** {element, point, hints} of where a tree of copies goes; null where nothing may hold it. */
  function placeFor(tree, selected) {
    const { boxes, roots, loose } = contentOf(tree);
    const chosen = selected.map((one) => one.labelTarget ?? one);
    const host = [chosen.at(-1), chosen.at(-1)?.host].find((one) => one && is(one, "bpmn:Activity"));
    if (loose.length === 1 && roots.length === 1 && host) return atEdge(loose, host, boxes);
    const box = boxAround(boxes);
    const wanted = wantedFor(box, chosen, roots);
    const beside = chosen.at(-1);
    const [first] = beside?.waypoints ? stretches(beside.waypoints) : [beside];
    const holder = holderFor(roots, first ? middle(first) : middle({ ...box, ...wanted }), beside);
    if (!holder) return null;
    const place = middle(placeIn(holder, box, wanted));
    return { element: takesIn(holder), point: { x: Math.round(place.x), y: Math.round(place.y) }, hints: {} };
  }

  /** Puts a tree of copies down and answers what stands there now, children and labels left out; null where it may not. */
  function put(tree, selected) {
    const place = contentOf(tree).roots.length ? placeFor(tree, selected) : null;
    const made = place && get("copyPaste").paste({ tree, ...place });
    return made ? standing(made) : null;
  }

  function standing(made) {
    const kept = made.map((one) => registry.get(one.id)).filter((one) => one && !one.waypoints && !isLabel(one));
    return kept.filter((one) => !kept.includes(one.parent) && !kept.includes(one.host));
  }

  return { put };
}

/** `acts`: {paste, duplicate}, in the place of those that bpmn-js gives the keys Ctrl+V and Ctrl+D. */
export function instead(eventBus, acts) {
  eventBus.on("editorActions.init", LOW, ({ editorActions }) => {
    for (const [name, act] of Object.entries(acts)) {
      editorActions.unregister(name);
      editorActions.register(name, act);
    }
  });
}
