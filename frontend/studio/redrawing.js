// A page that draws itself anew at a change waits until the click or the key that made the change is through: the node
// that is pressed, and the one that the focus moves to, must still be there.
let pressed = false;
const waiting = new Set();

function run() {
  if (pressed) return;
  for (const draw of waiting) draw();
  waiting.clear();
}

document.addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    pressed = false;
    setTimeout(run);
  }, true);
}

/** Draw once, soon. */
export function soon(draw) {
  waiting.add(draw);
  setTimeout(run);
}
