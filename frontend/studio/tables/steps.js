// A step of undoing is what was typed into one cell, however many letters it took.
const same = (one, other) =>
  one?.command === "element.updateProperties" && other?.command === one.command && one.context.element === other.context.element &&
  String(Object.keys(one.context.properties)) === String(Object.keys(other.context.properties));

class CellSteps {
  constructor(commandStack, eventBus, modeling) {
    // Acts of one id are undone and done again together; diagram-js joins what belongs to one act in the same way.
    eventBus.on("commandStack.changed", ({ trigger }) => {
      const [before, last] = [commandStack._stackIdx - 1, commandStack._stackIdx].map((at) => commandStack._stack[at]);
      if (trigger === "execute" && same(last, before)) last.id = before.id;
    });
    // A cell that shows what was undone reports it as typed; that is no act, and would end the doing again.
    const edit = modeling.editCell.bind(modeling);
    modeling.editCell = (cell, text) => (cell.text === text ? undefined : edit(cell, text));
  }
}
CellSteps.$inject = ["commandStack", "eventBus", "modeling"];

/** Several acts that are undone and done again as one; answers what they answer. */
export function atOnce(commandStack, acts) {
  const before = commandStack._stackIdx;
  const made = acts();
  const mine = commandStack._stack.slice(before + 1, commandStack._stackIdx + 1);
  for (const one of mine) one.id = mine[0].id;
  return made;
}

export default { __init__: ["eperizinanCellSteps"], eperizinanCellSteps: ["type", CellSteps] };
