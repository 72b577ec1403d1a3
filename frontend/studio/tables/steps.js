// A step of undoing is what was typed into one cell, however many letters it took.
const same = (one, other) =>
  one.command === "element.updateProperties" && other?.command === one.command && one.context.element === other.context.element &&
  String(Object.keys(one.context.properties)) === String(Object.keys(other.context.properties));

/** `way`: "undo" | "redo" of a command stack of diagram-js; its next act is read as it reads it itself. */
export function step(stack, way) {
  const next = () => (way === "undo" ? stack._getUndoAction() : stack._getRedoAction());
  const first = next();
  if (!first) return;
  do stack[way]();
  while (same(first, next()));
}
