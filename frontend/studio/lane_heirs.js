// A lane that is deleted leaves its place to one neighbour, so that each of its steps stands wholly in one lane.
// bpmn-js halves the place between two neighbours: their border then runs through the steps.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { isHorizontal } from "bpmn-js/lib/util/DiUtil";

const BEFORE_REFERENCES = 600; // before bpmn-js looks which step stands in which lane

const lanesIn = (holder) => holder.children.filter((one) => is(one, "bpmn:Lane"));

/** The neighbour before a lane, or the one after the first lane; undefined where it was the only one. */
function heirOf(lane, holder, axis) {
  const others = lanesIn(holder).sort((one, other) => one[axis] - other[axis]);
  return others.findLast((one) => one[axis] < lane[axis]) ?? others[0];
}

class LaneHeirs extends CommandInterceptor {
  constructor(eventBus, modeling) {
    super(eventBus);
    this.modeling = modeling;
    this.postExecuted("shape.delete", BEFORE_REFERENCES, ({ context: { shape, hints, oldParent } }) => {
      if (!is(shape, "bpmn:Lane") || hints?.nested) return;
      const [axis, size] = isHorizontal(shape) ? ["y", "height"] : ["x", "width"];
      const heir = heirOf(shape, oldParent, axis);
      if (heir) this.take(heir, shape, axis, size);
    });
  }

  /** The heir, and of its own lanes those at the same edge, reach over the place of the deleted one. */
  take(heir, lane, axis, size) {
    const after = heir[axis] > lane[axis];
    const inner = lanesIn(heir).sort((one, other) => one[axis] - other[axis]).at(after ? 0 : -1);
    const box = { x: heir.x, y: heir.y, width: heir.width, height: heir.height };
    this.modeling.resizeShape(heir, { ...box, [axis]: heir[axis] - (after ? lane[size] : 0), [size]: heir[size] + lane[size] }, null, { autoResize: false });
    if (inner) this.take(inner, lane, axis, size);
  }
}
LaneHeirs.$inject = ["eventBus", "modeling"];

export default { deleteLaneBehavior: ["type", LaneHeirs] };
