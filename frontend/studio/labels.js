// A label stays where the file put it: bpmn-js measures its box anew for every name, around what the name before left.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";

const FIRST = 1500; // before its height is snapped to its words

const boxOf = ({ x, y, width, height }) => ({ x, y, width, height });
const key = (label) => Object.values(boxOf(label)).join(" ");

// Whoever draws the edge of a label with the mouse says nothing of how small it may get.
const isMeasured = ({ minBounds }) => minBounds?.width === 0 && minBounds.height === 0;

/** What boxes labels had when the file was opened: with the name of then, one that nobody moved since has that box. */
class LabelBoxes extends CommandInterceptor {
  constructor(eventBus, elementRegistry) {
    super(eventBus);
    this.known = new Map();
    eventBus.on("import.done", () => this.remember(elementRegistry.filter((one) => one.labelTarget)));
    this.preExecute("shape.resize", FIRST, ({ context }) => this.before(context));
    this.executed("shape.resize", ({ context: { unmoved, shape } }) => void unmoved?.made.add(key(shape)));
  }

  remember(labels) {
    this.known = new Map(labels.map((one) => [one.labelTarget.id, { name: one.businessObject.name, box: boxOf(one), made: new Set([key(one)]) }]));
  }

  /** The box {x, y, width, height} of the label of an element when the file was opened. */
  onOpening(id) {
    return this.known.get(id)?.box;
  }

  before(context) {
    const { shape } = context;
    const known = shape.labelTarget && isMeasured(context) ? this.known.get(shape.labelTarget.id) : null;
    if (!known?.made.has(key(shape))) return;
    context.unmoved = known;
    if (shape.businessObject.name === known.name) context.newBounds = { ...known.box };
  }
}
LabelBoxes.$inject = ["eventBus", "elementRegistry"];

export default { __init__: ["eperizinanLabels"], eperizinanLabels: ["type", LabelBoxes] };
