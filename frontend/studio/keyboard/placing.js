// Where an element goes that nobody pulls there: after the chosen one, into the chosen way, or at a free place.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { selfAndAllChildren } from "diagram-js/lib/util/Elements";
import { edgeSpot } from "./edges.js";
import { following } from "./following.js";
import { holders, isLane, isPool, middle } from "./holders.js";
import { crosses, partedBy, within } from "./room.js";

const APART = 60; // pixels between what stands there and what comes
const FIRST = 70; // pixels from the edge of a holder to what comes first

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
    const begin = holder.parent ? { x: holder.x + FIRST, y: middle(holder).y } : middle(view);
    if (!nodes.length) return boxAt({ x: begin.x + shape.width / 2, y: begin.y }, shape);
    const last = nodes.reduce((one, other) => (right(other) > right(one) ? other : one));
    return boxAt({ x: right(last) + APART + shape.width / 2, y: holder.parent ? begin.y : middle(last).y }, shape);
  }

  const besides = (chosen) => chosen && !chosen.waypoints && !isLane(chosen) && !isPool(chosen);

  /** A lane is made as high as a box in it needs. */
  function heighten(lane, { y, height }) {
    const by = Math.round(y + height + rooms.EDGE - lane.y - lane.height);
    if (by > 0) get("eperizinanGrowing").heighten(lane, by);
  }

  /** The lane at a place in a holder, high enough for a box; the holder itself where no lane parts it. */
  function roomy(holder, box) {
    const lane = rooms.laneFor(holder, box);
    if (lane) heighten(lane, { ...box, y: lane.y + rooms.EDGE });
    return lane ?? holder;
  }

  function put(shape, chosen) {
    const holder = holderFor(chosen);
    const wanted = besides(chosen) ? boxAt({ x: right(chosen) + APART + shape.width / 2, y: middle(chosen).y }, shape) : atTheEnd(holder, shape);
    return modeling.createShape(shape, middle(rooms.placeIn(roomy(holder, wanted), wanted)), partedBy(holder));
  }

  /** After the chosen one, where bpmn-js would put it if that is free. */
  function append(from, shape) {
    const wanted = boxAt(get("eventBus").fire("autoPlace", { source: from, shape }), shape);
    const holder = rooms.around(from);
    if (isLane(holder)) return appendInLane(from, shape, following(from, holder, wanted, rooms.surroundings(holder)), holder);
    return modeling.appendShape(from, shape, middle(rooms.placeIn(holder, wanted)), from.parent);
  }

  function appendInLane(from, shape, { box, widen: by, turn }, lane) {
    if (by) widen(right(from), by);
    heighten(lane, box);
    const made = modeling.appendShape(from, shape, middle(box), from.parent);
    const [begin, end] = [middle(from).y, middle(made).y];
    if (turn) modeling.updateWaypoints(made.incoming[0], [{ x: right(from), y: begin }, { x: turn, y: begin }, { x: turn, y: end }, { x: made.x, y: end }]);
    return made;
  }

  /** Everything that begins right of a line moves on. */
  function widen(from, by) {
    const [start, tool] = [from + 1, get("spaceTool")];
    const { movingShapes, resizingShapes } = tool.calculateAdjustments(selfAndAllChildren(canvas.getRootElement()), "x", by, start);
    tool.makeSpace(movingShapes, resizingShapes, { x: by, y: 0 }, "e", start);
  }

  /** Whether a box in a way covers nothing but the way's own name. */
  const free = (box, way) => !rooms.besides(way).some((one) => crosses(box, one));

  /** In the middle of a way; where nothing fits in, all that comes after it makes room. */
  function insert(way, shape) {
    const half = Math.floor((way.waypoints.length - 1) / 2);
    const [from, to] = way.waypoints.slice(half, half + 2);
    const wanted = boxAt({ x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) }, shape);
    roomy(rooms.at(middle(wanted), way)[0] ?? rooms.around(way), wanted);
    const box = rooms.into(way, wanted);
    return modeling.createShape(shape, middle(free(box, way) ? box : amid(way, shape, box)), way);
  }

  function amid(way, shape, box) {
    const { source, target } = way;
    const gap = target.x - right(source);
    if (gap <= 0 || source.parent !== target.parent) return rooms.placeIn(roomy(rooms.around(source), box), box);
    if (shape.width + 2 * APART > gap) widen(right(source), shape.width + 2 * APART - gap);
    const wanted = boxAt({ x: Math.round((right(source) + target.x) / 2), y: middle(source).y }, shape);
    const holder = roomy(rooms.around(source), wanted);
    const between = rooms.into(way, wanted);
    return free(between, way) ? between : rooms.placeIn(holder, between);
  }

  const goesOn = (from) => from && is(from, "bpmn:FlowNode") && !is(from, "bpmn:EndEvent");
  const follows = (from, shape) => goesOn(from) && is(shape, "bpmn:FlowNode") && !is(shape, "bpmn:StartEvent");

  function pool() {
    const shape = factory.createParticipantShape();
    const { x, y } = rooms.belowAll({ x: 160, y: APART, width: shape.width, height: shape.height });
    return modeling.createShape(shape, middle({ x, y, width: shape.width, height: shape.height }), canvas.getRootElement());
  }

  function attached(host, shape) {
    return modeling.createShape(shape, edgeSpot(host, shape, rooms.besides(host)), host, { attach: true });
  }

  /** A part of a process begins somewhere: its start is drawn with it. */
  function begun(made) {
    if (!is(made, "bpmn:SubProcess")) return made;
    modeling.createShape(factory.createShape({ type: "bpmn:StartEvent" }), { x: made.x + FIRST, y: middle(made).y }, made);
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
