// What grows by itself covers nothing: lanes that no pool holds grow along, and what stands beside it is moved aside.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { selfAndAllChildren } from "diagram-js/lib/util/Elements";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { isLabel } from "bpmn-js/lib/util/LabelUtil";
import { boxAround, crosses, partedBy } from "./keyboard/room.js";

const GROWS = ["shape.resize", "lane.resize", "lane.add"];
const SIDES = [
  { axis: "x", size: "width", far: true, direction: "e" }, { axis: "y", size: "height", far: true, direction: "s" },
  { axis: "x", size: "width", far: false, direction: "w" }, { axis: "y", size: "height", far: false, direction: "n" },
];

const isLane = (one) => is(one, "bpmn:Lane");
const boxOf = ({ x, y, width, height }) => ({ x, y, width, height });
const edge = (box, { axis, size, far }) => box[axis] + (far ? box[size] : 0);
const grownBy = (before, now, side) => (edge(now, side) - edge(before, side)) * (side.far ? 1 : -1);

const extended = (box, { axis, size, far }, by) => ({ ...box, [size]: box[size] + by, [axis]: box[axis] - (far ? 0 : by) });

const PAD = 20; // pixels between something and the edge of what holds it
const padded = ({ x, y, width, height }) => ({ x: x - PAD, y: y - PAD, width: width + 2 * PAD, height: height + 2 * PAD });

/** Events on an edge that has gone on without them: a lane that is added takes none along. */
const leftBehind = (shape, before, side) => shape.attachers.filter((one) => Math.abs(one[side.axis] + one[side.size] / 2 - edge(before, side)) < 1);

/** What a change lets grow that nobody drew larger by hand; a pool's own `balanced` is given by a hand alone. */
function growing({ command, context }) {
  const { shape, hints, balanced } = context;
  if (command === "lane.add") return partedBy(shape);
  const byItself = command === "shape.resize" ? hints?.autoResize && is(shape, "bpmn:SubProcess") : balanced === null && is(shape, "bpmn:Participant");
  return byItself ? shape : null;
}

class Growing extends CommandInterceptor {
  constructor(eventBus, modeling, spaceTool) {
    super(eventBus);
    Object.assign(this, { modeling, spaceTool });
    const before = new WeakMap(); // boxes by the context of the change
    this.preExecute(GROWS, (event) => {
      const shape = growing(event);
      if (shape) before.set(event.context, { shape, box: boxOf(shape) });
    });
    this.postExecuted(GROWS, ({ command, context }) => {
      const { shape, box } = before.get(context) ?? {};
      if (!shape?.parent) return;
      if (command === "shape.resize") this.takeLanesAlong(shape, box);
      this.moveAside(shape, box);
      if (command === "lane.add") this.reachAround(shape);
    });
  }

  /** Makes a lane higher by so many pixels; what stands below it moves on, and what it parts grows with it. */
  heighten(lane, by) {
    const [whole, start] = [partedBy(lane), lane.y + lane.height - 1];
    const before = boxOf(whole);
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(selfAndAllChildren(whole), "y", by, start);
    this.spaceTool.makeSpace(movingShapes, resizingShapes, { x: 0, y: by }, "s", start);
    this.moveAside(whole, before);
    this.reachAround(whole);
  }

  /** What holds something that grew reaches around it. */
  reachAround(shape) {
    const holder = shape.parent;
    const whole = holder.parent && boxAround([holder, padded(shape)]);
    if (!whole || (whole.width === holder.width && whole.height === holder.height)) return;
    if (is(holder, "bpmn:Participant")) this.modeling.resizeLane(holder, whole, null);
    else this.modeling.resizeShape(holder, whole, null, { autoResize: "se" });
  }

  /** The outermost lanes of a part of a process reach as near to its edge as before. */
  takeLanesAlong(shape, before) {
    for (const side of SIDES) {
      const by = grownBy(before, shape, side);
      const lanes = by > 0 ? selfAndAllChildren(shape).filter(isLane) : [];
      const outermost = lanes.filter((one) => lanes.every((other) => grownBy(one, other, side) <= 0));
      for (const lane of outermost) this.modeling.resizeShape(lane, extended(lane, side, by), null, { autoResize: false });
    }
  }

  /** Moves what a shape newly covers, and all behind it, as far as it grew; what holds both grows with it. */
  moveAside(shape, before) {
    let now = before;
    for (const side of SIDES) {
      const by = grownBy(before, shape, side);
      if (by <= 0) continue;
      const [next, left] = [extended(now, side, by), leftBehind(shape, now, side)];
      if (left.length || this.beside(shape).some((one) => crosses(one, next) && !crosses(one, now))) this.makeRoom(shape, side, edge(now, side), by, left);
      now = next;
    }
  }

  /** What stands beside a shape in the same holder, and not on its edge. */
  beside(shape) {
    return shape.parent.children.filter((one) => one !== shape && one.host !== shape && !one.waypoints && !isLabel(one) && !isLane(one) && !is(one, "bpmn:Group"));
  }

  makeRoom(shape, side, from, by, left) {
    const [holder, start, delta] = [shape.parent, side.far ? from - 1 : from + 1, side.far ? by : -by];
    const held = holder.parent && boxOf(holder);
    const spans = (one) => one[side.axis] < start && one[side.axis] + one[side.size] > start;
    const others = holder.children.filter((one) => one.host !== shape && one !== shape && (one.waypoints || isLane(one) || !spans(one)));
    const elements = [holder, ...(holder.attachers ?? []), ...others.flatMap((one) => selfAndAllChildren(one))];
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(elements, side.axis, delta, start);
    movingShapes.push(...left, ...left.map((one) => one.label).filter(Boolean));
    this.spaceTool.makeSpace(movingShapes, resizingShapes, { x: 0, y: 0, [side.axis]: delta }, side.direction, start);
    if (held) this.moveAside(holder, held);
  }
}
Growing.$inject = ["eventBus", "modeling", "spaceTool"];

export default { __init__: ["eperizinanGrowing"], eperizinanGrowing: ["type", Growing] };
