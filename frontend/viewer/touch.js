// Fingers: one moves the diagram sideways (up and down belongs to the page), two zoom and move.

export function connectTouch(viewer, container) {
  const canvas = viewer.get("canvas");
  const fingers = new Map();

  function moved(event) {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    const dx = event.clientX - before.x;
    const dy = event.clientY - before.y;
    if (other) pinch(before, event, other);
    canvas.scroll({ dx: other ? dx / 2 : dx, dy: other ? dy / 2 : 0 });
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  function pinch(before, event, other) {
    const old = Math.hypot(before.x - other.x, before.y - other.y);
    const now = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    if (old > 10) canvas.zoom(Math.min(4, Math.max(0.2, (canvas.zoom() * now) / old)), "auto");
  }

  container.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  container.addEventListener("pointermove", moved);
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    container.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
}
