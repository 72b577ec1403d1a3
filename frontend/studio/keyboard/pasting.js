// What was copied is put down by keys alone: beside the chosen element or amid what is seen, where nothing is covered.
// Whose hand moves a mouse over the drawing lets it go where they want, as bpmn-js does.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { isLabel } from "bpmn-js/lib/util/LabelUtil";
import { edgeSpot } from "./edges.js";
import { ancestors, holders, isLane, isPool, middle, placeOf } from "./holders.js";
import { boxAround, held, stretches, partedBy } from "./room.js";

const LOW = 200; // once bpmn-js has named its own acts
const NO_WALK = ["Control", "Meta", "Shift", "Alt", "Escape", "Delete", "Backspace"]; // keys of whoever draws with the mouse, too
const APART = 60; // pixels between the chosen one and what comes

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
  const rooms = holders(get);

  /** Every holder, in the order in which one asks: the chosen one, those around the place, the nearest elsewhere, the drawing. */
  function every(place, chosen) {
    const away = (one) => {
      const near = held({ ...place, width: 0, height: 0 }, one);
      return Math.hypot(near.x - place.x, near.y - place.y);
    };
    const nearest = (kind) => rooms.level().filter((one) => kind(one) && !ancestors(one).slice(1).includes(chosen)).sort((one, other) => away(one) - away(other));
    const own = chosen && (isLane(chosen) || isPool(chosen)) ? [chosen] : [];
    const root = canvas.getRootElement();
    const around = rooms.at(place, chosen);
    const outside = chosen?.parent === root ? [root] : [];
    return [...own, ...around, ...outside, ...nearest(isLane), ...nearest(isPool), root];
  }

  /** The first that may hold all of it and has the size for it, else the first that may and grows; undefined where none may. */
  function holderFor(roots, box, place, chosen) {
    const may = (holder) => roots.every((one) => rules.canDrop(one, partedBy(holder))) && !turnedIntoPool(holder, roots);
    const able = every(place, chosen).filter(may);
    return able.find((one) => rooms.fits(one, box)) ?? able[0];
  }

  /** Where the copies are wanted: right of the chosen ones, below all pools, or amid what is seen. */
  function wantedFor(box, chosen, roots) {
    const beside = chosen.filter((one) => !isLane(one) && !isPool(one)).flatMap((one) => (one.waypoints ? stretches(one.waypoints) : [one]));
    if (roots.some(isPool)) return rooms.belowAll(box);
    if (!beside.length) {
      const seen = middle(canvas.viewbox());
      return { x: seen.x - box.width / 2, y: seen.y - box.height / 2 };
    }
    const one = boxAround(beside);
    return { x: one.x + one.width + APART, y: middle(one).y - box.height / 2 };
  }

  /** At the edge of a host, beside what sticks to it already; `tree` holds it alone, perhaps with its label. */
  function atEdge([event], host, boxes) {
    const [whole, own] = [middle(boxAround(boxes)), middle(event)]; // a label counts in the one, not in the other
    const { x, y } = edgeSpot(host, event, rooms.besides(host));
    return { element: host, point: { x: Math.round(x + whole.x - own.x), y: Math.round(y + whole.y - own.y) }, hints: { attach: true } };
  }

  /** {element, point, hints} of where a tree of copies goes; null where nothing may hold it. */
  function placeFor(tree, selected) {
    const { boxes, roots, loose } = contentOf(tree);
    const chosen = selected.map((one) => one.labelTarget ?? one);
    const host = [chosen.at(-1), chosen.at(-1)?.host].find((one) => one && is(one, "bpmn:Activity"));
    if (loose.length === 1 && roots.length === 1 && host) return atEdge(loose, host, boxes);
    const box = boxAround(boxes);
    const wanted = { ...box, ...wantedFor(box, chosen, roots) };
    const beside = chosen.at(-1);
    const holder = holderFor(roots, box, beside ? placeOf(beside) : middle(wanted), beside);
    if (!holder) return null;
    const place = middle(rooms.placeIn(holder, wanted));
    return { element: partedBy(holder), point: { x: Math.round(place.x), y: Math.round(place.y) }, hints: {} };
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
