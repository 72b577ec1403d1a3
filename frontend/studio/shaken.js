// A change that fails midway leaves an editor that takes in no more: what is drawn then is neither saved nor taken back.

/** Whether a command stack still waits for the end of a change that failed. */
export const stuck = (stack) => Boolean(stack?._currentExecution?.actions?.length);

/** Calls `tell` once such a change failed; a fault beside the drawing leaves everything as it was. */
export function watched(editor, tell) {
  let told = false;
  const look = () => {
    if (told || !editor.stuck?.()) return;
    told = true;
    tell();
  };
  for (const kind of ["error", "unhandledrejection"]) window.addEventListener(kind, look);
}
