// Where an element goes that nobody pulls there: after the chosen one, into the chosen way, or at a free place.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { selfAndAllChildren } from "diagram-js/lib/util/Elements";
import { ancestors, holders, isLane, isPool, middle } from "./holders.js";
import { crosses, partedBy, within } from "./room.js";

const APART = 60; // pixels between what stands there and what comes
const EDGE = { first: 70, corner: 20, next: 44 };

const right = (one) => one.x + one.width;
const boxAt = ({ x, y }, { width, height }) => ({ x: x - width / 2, y: y - height / 2, width, height });

/** `get`: services of the modeler by name. */
export function placing(get) {
  const [canvas, modeling, rules, factory] = ["canvas", "modeling", "bpmnRules", "elementFactory"].map(get);
  const rooms = holders(get);
  const first = (kind) => rooms.level().find(kind);

  /** What holds a new element: the chosen lane or pool, what is around the chosen element, the first lane or pool. */
  function holderFor(chosen) {
    const root = canvas.getRootElement();
    const around = chosen && rooms.around(chosen);
    if (around && (around !== root || !is(root, "bpmn:Collaboration"))) return around;
    return first(isLane) ?? first(isPool) ?? root;
  }

  /** The nodes that stand in a holder; the drawing itself holds what nothing else does. */
  function inside(holder) {
    const holds = holder.parent ? (one) => within(holder, middle(one)) : (one) => one.parent === holder;
    return rooms.standing(holder).filter((one) => is(one, "bpmn:FlowNode") && !one.labelTarget && holds(one));
  }

  /** Right of all that stands in a holder, at its middle; a drawing without a pool is its own holder. */
  function atTheEnd(holder, shape) {
    const nodes = inside(holder);
    const view = canvas.viewbox();
    const begin = holder.parent ? { x: holder.x + EDGE.first, y: middle(holder).y } : middle(view);
    if (!nodes.length) return boxAt({ x: begin.x + shape.width / 2, y: begin.y }, shape);
    const last = nodes.reduce((one, other) => (right(other) > right(one) ? other : one));
    return boxAt({ x: right(last) + APART + shape.width / 2, y: holder.parent ? begin.y : middle(last).y }, shape);
  }

  const besides = (chosen) => chosen && !chosen.waypoints && !isLane(chosen) && !isPool(chosen);

  function put(shape, chosen) {
    const holder = holderFor(chosen);
    const wanted = besides(chosen) ? boxAt({ x: right(chosen) + APART + shape.width / 2, y: middle(chosen).y }, shape) : atTheEnd(holder, shape);
    return modeling.createShape(shape, middle(rooms.placeIn(holder, wanted)), partedBy(holder));
  }

  /** After the chosen one, where bpmn-js would put it if that is free. */
  function append(from, shape) {
    const wanted = get("eventBus").fire("autoPlace", { source: from, shape });
    const place = middle(rooms.placeIn(rooms.around(from), boxAt(wanted, shape)));
    return modeling.appendShape(from, shape, place, from.parent);
  }

  /** Makes room behind an element, where its way leads on to the right. */
  function widen({ source, target }, by) {
    const start = right(source) + 1;
    const tool = get("spaceTool");
    const { movingShapes, resizingShapes } = tool.calculateAdjustments(selfAndAllChildren(canvas.getRootElement()), "x", by, start);
    tool.makeSpace(movingShapes, resizingShapes, { x: by, y: 0 }, "e", start);
    return target.x - right(source);
  }

  /** Whether a box in a way covers nothing but the way's own name; what holds the way is beneath it. */
  function free(box, way) {
    const beneath = ancestors(way);
    return !rooms.level().some((one) => !one.waypoints && !one.labelTarget && !isLane(one) && !beneath.includes(one) && crosses(box, one));
  }

  /** In the middle of a way; where nothing fits in, all that comes after it makes room. */
  function insert(way, shape) {
    const half = Math.floor((way.waypoints.length - 1) / 2);
    const [from, to] = way.waypoints.slice(half, half + 2);
    const box = rooms.into(way, boxAt({ x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) }, shape));
    return modeling.createShape(shape, middle(free(box, way) ? box : amid(way, shape, box)), way);
  }

  function amid(way, shape, box) {
    const { source, target } = way;
    const gap = target.x - right(source);
    if (gap <= 0 || source.parent !== target.parent) return rooms.placeIn(rooms.around(source), box);
    const wide = widen(way, Math.max(0, shape.width + 2 * APART - gap));
    const between = boxAt({ x: Math.round(right(source) + wide / 2), y: middle(source).y }, shape);
    return free(between, way) ? between : rooms.placeIn(rooms.around(source), between);
  }

  const goesOn = (from) => from && is(from, "bpmn:FlowNode") && !is(from, "bpmn:EndEvent");
  const follows = (from, shape) => goesOn(from) && is(shape, "bpmn:FlowNode") && !is(shape, "bpmn:StartEvent");

  function pool() {
    const shape = factory.createParticipantShape();
    const { x, y } = rooms.belowAll({ x: 160, y: APART, width: shape.width, height: shape.height });
    return modeling.createShape(shape, middle({ x, y, width: shape.width, height: shape.height }), canvas.getRootElement());
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

  function made(target, chosen) {
    if (target.type === "bpmn:Participant") return pool();
    const shape = factory.createShape({ ...target });
    if (is(shape, "bpmn:BoundaryEvent")) return attached(chosen, shape);
    if (chosen && rules.canInsert(shape, chosen)) return begun(insert(chosen, shape));
    return begun(follows(chosen, shape) ? append(chosen, shape) : put(shape, chosen));
  }

  /** The element that was made of `target` (type and its more), beside `chosen`; one act for whoever takes it back. */
  const add = (target, chosen) => get("together").do(() => made(target, chosen));

  return { add, goesOn };
}
