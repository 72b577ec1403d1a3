// Markers and the "Di sini" overlay: where a case stands in its diagram.

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
