// A label stays where the file put it: bpmn-js measures its box anew for every name, around what the name before left.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";

const FIRST = 1500; // before the box is measured

const boxOf = ({ x, y, width, height }) => ({ x, y, width, height });
const key = (label) => Object.values(boxOf(label)).join(" ");

/** What boxes labels had when the file was opened; with the old name a label that nobody moved since has its old box. */
class LabelBoxes extends CommandInterceptor {
  constructor(eventBus, elementRegistry) {
    super(eventBus);
    this.known = new Map();
    eventBus.on("import.done", () => this.remember(elementRegistry.filter((one) => one.labelTarget)));
    this.preExecute("element.updateLabel", FIRST, ({ context }) => this.before(context));
    this.postExecuted("element.updateLabel", ({ context }) => this.after(context));
  }

  remember(labels) {
    this.known = new Map(labels.map((one) => [one.labelTarget.id, { name: one.businessObject.name, box: boxOf(one), made: new Set([key(one)]) }]));
  }

  /** The box {x, y, width, height} of the label of an element when the file was opened. */
  onOpening(id) {
    return this.known.get(id)?.box;
  }

  before(context) {
    const target = context.element.labelTarget ?? context.element;
    const known = this.known.get(target.id);
    context.unmoved = known && target.label && known.made.has(key(target.label)) ? known : null;
    if (context.unmoved && context.newBounds === undefined && context.newLabel === known.name) context.newBounds = { ...known.box };
  }

  after({ unmoved, element }) {
    const label = (element.labelTarget ?? element).label;
    if (unmoved && label) unmoved.made.add(key(label));
  }
}
LabelBoxes.$inject = ["eventBus", "elementRegistry"];

export default { __init__: ["eperizinanLabels"], eperizinanLabels: ["type", LabelBoxes] };
