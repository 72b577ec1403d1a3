// Markers, the first view, and the "Di sini" overlay: where a case stands in its diagram.

function idsOf(value) {
  return Array.isArray(value) ? value : Object.keys(value ?? {});
}

function mark(viewer, ids, marker) {
  const registry = viewer.get("elementRegistry");
  const canvas = viewer.get("canvas");
  for (const id of ids) {
    if (registry.get(id)) canvas.addMarker(id, marker);
  }
}

function hereLabel(text) {
  const label = document.createElement("div");
  label.className = "diagram-here";
  label.textContent = text;
  return label;
}

function pin(viewer, id, text) {
  if (!viewer.get("elementRegistry").get(id)) return;
  viewer.get("overlays").add(id, "here", {
    position: { top: -26, left: 0 },
    html: hereLabel(text),
    scale: { min: 0.7, max: 1.4 },
  });
}

export function markPosition(viewer, { done, now, ahead, here = "Di sini" }) {
  mark(viewer, idsOf(done), "is-done");
  mark(viewer, idsOf(ahead), "is-ahead");
  mark(viewer, idsOf(now), "is-now");
  for (const id of idsOf(now)) {
    const count = Array.isArray(now) ? null : now[id];
    pin(viewer, id, count ? `${here} · ${count}` : here);
  }
}

const READABLE = 0.7;

// All of it when that can be read or the case is through (`whole`), else the part that matters: where the case
// stands, or where the flow begins.
export function openAt(viewer, { now, whole }) {
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  if (whole || canvas.zoom() >= READABLE) return;
  const registry = viewer.get("elementRegistry");
  const first = idsOf(now).map((id) => registry.get(id)).find(Boolean) ?? registry.find((one) => one.type === "bpmn:StartEvent");
  if (!first) return;
  canvas.zoom(READABLE, "auto");
  const { width, height } = canvas.viewbox().outer;
  const centre = { x: first.x + first.width / 2, y: first.y + first.height / 2 };
  const left = idsOf(now).length ? width / 2 : Math.min(width / 2, 90);
  canvas.viewbox({
    x: centre.x - left / READABLE,
    y: centre.y - height / 2 / READABLE,
    width: width / READABLE,
    height: height / READABLE,
  });
}
