// A label stays where the file put it: bpmn-js measures its box anew for every name, around what the name before left,
// and puts one whose name was emptied at the usual place.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";

const LATER = 500; // once the height of a box is snapped to its words

const boxOf = ({ x, y, width, height }) => ({ x, y, width, height });
const key = (shape) => Object.values(boxOf(shape)).join(" ");
const place = ({ waypoints, ...shape }) => (waypoints ? waypoints.map(({ x, y }) => `${x} ${y}`).join() : key(shape));
const named = ({ element }) => element.labelTarget ?? element;

// Whoever draws the edge of a label with the mouse says nothing of how small it may get.
const isMeasured = ({ minBounds }) => minBounds?.width === 0 && minBounds.height === 0;

/** A box of another size around the same middle. */
const around = ({ x, y, width }, size) => ({ x: Math.round(x + width / 2 - size.width / 2), y, width: size.width, height: size.height });

/** What boxes labels had when the file was opened: with the name of then, one that nobody moved since has that box. */
class LabelBoxes extends CommandInterceptor {
  constructor(eventBus, elementRegistry) {
    super(eventBus);
    this.known = new Map();
    eventBus.on("import.done", () => this.remember(elementRegistry.filter((one) => one.labelTarget)));
    this.preExecute("element.updateLabel", ({ context }) => this.emptied(context));
    this.preExecuted("element.updateLabel", ({ context }) => this.filled(context));
    this.preExecute("shape.resize", LATER, ({ context }) => this.measured(context));
    this.executed("shape.resize", ({ context: { unmoved, shape } }) => void unmoved?.made.add(key(shape)));
  }

  /** Of each: its name, its box, all boxes that were made of it since, and where its element was when its name was emptied. */
  remember(labels) {
    const one = (label) => ({ name: label.businessObject.name, box: boxOf(label), made: new Set([key(label)]), left: null });
    this.known = new Map(labels.map((label) => [label.labelTarget.id, one(label)]));
  }

  /** The box {x, y, width, height} of the label of an element when the file was opened. */
  onOpening(id) {
    return this.known.get(id)?.box;
  }

  emptied(context) {
    const target = named(context);
    const known = this.known.get(target.id);
    context.bare = !target.label;
    if (known && target.label && !context.newLabel?.trim()) known.left = known.made.has(key(target.label)) ? place(target) : null;
  }

  filled(context) {
    const target = named(context);
    const known = this.known.get(target.id);
    if (known && context.bare && target.label && known.left === place(target)) known.made.add(key(target.label));
  }

  measured(context) {
    const { shape } = context;
    const known = shape.labelTarget && isMeasured(context) ? this.known.get(shape.labelTarget.id) : null;
    if (!known?.made.has(key(shape))) return;
    context.unmoved = known;
    context.newBounds = shape.businessObject.name === known.name ? { ...known.box } : around(known.box, context.newBounds);
  }
}
LabelBoxes.$inject = ["eventBus", "elementRegistry"];

export default { __init__: ["eperizinanLabels"], eperizinanLabels: ["type", LabelBoxes] };
