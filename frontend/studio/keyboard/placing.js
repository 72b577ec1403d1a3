// Where an element goes that nobody pulls there: after the chosen one, into the chosen way, or at a free place.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { takesIn } from "./room.js";

const APART = 60; // pixels between what stands there and what comes
const EDGE = { first: 70, corner: 20, next: 44 };

const right = (one) => one.x + one.width;
const middle = (one) => ({ x: one.x + one.width / 2, y: one.y + one.height / 2 });

/** Whether one box lies within another, by its middle. */
function within(box, one) {
  const { x, y } = middle(one);
  return x >= box.x && x <= right(box) && y >= box.y && y <= box.y + box.height;
}

const touches = (one, place, shape) =>
  Math.abs(middle(one).x - place.x) < (one.width + shape.width) / 2 && Math.abs(middle(one).y - place.y) < (one.height + shape.height) / 2;

/** `get`: services of the modeler by name. */
export function placing(get) {
  const [registry, canvas, modeling, rules, autoPlace, factory] = ["elementRegistry", "canvas", "modeling", "bpmnRules", "autoPlace", "elementFactory"].map(get);
  const here = (one) => one.parent && canvas.findRoot(one) === canvas.getRootElement(); // a closed part of a process is drawn by itself
  const nodes = () => registry.filter((one) => !one.labelTarget && is(one, "bpmn:FlowNode") && here(one));
  const first = (type) => registry.find((one) => is(one, type) && here(one));

  /** What holds a new element: the chosen lane or pool, what is around the chosen element, the first pool. */
  function holderFor(chosen) {
    for (let one = chosen; one; one = one.parent) {
      if (is(one, "bpmn:Lane") || is(one, "bpmn:Participant")) return one;
      if (is(one, "bpmn:SubProcess") && one !== chosen && one.children.length) return one;
    }
    return first("bpmn:Lane") ?? first("bpmn:Participant") ?? canvas.getRootElement();
  }

  /** Right of all that stands in a holder, at its middle; a drawing without a pool is its own holder. */
  function freePlace(holder, shape) {
    const boxed = Boolean(holder.parent);
    const inside = nodes().filter((one) => one !== holder && one !== shape && (!boxed || within(holder, one)));
    const view = canvas.viewbox();
    const begin = boxed ? { x: holder.x + EDGE.first, y: holder.y + holder.height / 2 } : { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    if (!inside.length) return { x: begin.x + shape.width / 2, y: begin.y };
    const last = inside.reduce((one, other) => (right(other) > right(one) ? other : one));
    return { x: right(last) + APART + shape.width / 2, y: boxed ? begin.y : middle(last).y };
  }

  /** The middle of a way, lower where something stands there. */
  function amid(way, shape) {
    const half = Math.floor((way.waypoints.length - 1) / 2);
    const [from, to] = way.waypoints.slice(half, half + 2);
    const place = { x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) };
    while (nodes().some((one) => !is(one, "bpmn:SubProcess") && touches(one, place, shape))) place.y += shape.height / 2 + EDGE.corner;
    return place;
  }

  const goesOn = (from) => from && is(from, "bpmn:FlowNode") && !is(from, "bpmn:EndEvent");
  const follows = (from, shape) => goesOn(from) && is(shape, "bpmn:FlowNode") && !is(shape, "bpmn:StartEvent");

  function pool() {
    const [shape, root] = [factory.createParticipantShape(), canvas.getRootElement()];
    const low = Math.max(0, ...root.children.map((one) => (one.y ?? 0) + (one.height ?? 0)));
    return modeling.createShape(shape, { x: 160 + shape.width / 2, y: low + APART + shape.height / 2 }, root);
  }

  function attached(host, shape) {
    const at = { x: right(host) - EDGE.corner - host.attachers.length * EDGE.next, y: host.y + host.height };
    return modeling.createShape(shape, at, host, { attach: true });
  }

  /** A part of a process begins somewhere: its start is drawn with it. */
  function begun(made) {
    if (!is(made, "bpmn:SubProcess")) return made;
    modeling.createShape(factory.createShape({ type: "bpmn:StartEvent" }), { x: made.x + EDGE.first, y: middle(made).y }, made);
    return made;
  }

  /** The element that was made of `target` (type and its more), beside `chosen`. */
  function add(target, chosen) {
    if (target.type === "bpmn:Participant") return pool();
    const shape = factory.createShape({ ...target });
    if (is(shape, "bpmn:BoundaryEvent")) return attached(chosen, shape);
    if (chosen && rules.canInsert(shape, chosen)) return begun(modeling.createShape(shape, amid(chosen, shape), chosen));
    if (follows(chosen, shape)) return begun(autoPlace.append(chosen, shape));
    const holder = holderFor(chosen);
    return begun(modeling.createShape(shape, freePlace(holder, shape), takesIn(holder)));
  }

  return { add, goesOn };
}
