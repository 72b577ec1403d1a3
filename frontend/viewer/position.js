// Markers, the first view, and the "Di sini" overlay: where a case stands in its diagram.

const [ABOVE, HIGH] = [4, 22]; // units between an element and its label, and those of the label itself

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

// It grows upward from its element, so that it never covers its words, however small the drawing is.
function labelled(text, look) {
  const [label, anchor] = [document.createElement("div"), document.createElement("div")];
  label.className = look;
  label.textContent = text;
  anchor.className = "diagram-jangkar";
  anchor.append(label);
  return anchor;
}

function pin(viewer, id, text, look = "diagram-here") {
  if (!viewer.get("elementRegistry").get(id)) return;
  viewer.get("overlays").add(id, "here", {
    position: { top: -ABOVE, left: 0 },
    html: labelled(text, look),
    scale: { min: 0.7, max: 1.4 },
  });
}

// The labels above elements, where they stand in the drawing itself.
export function pinned(viewer) {
  const all = viewer.get("overlays").get({ type: "here" });
  return all.map(({ element: { x, y }, html }) => ({ x, y: y - ABOVE - HIGH, html: html.firstChild }));
}

// How long each step takes: a colour by its level and the figures above it, so that nobody depends on the colour.
export function markHeat(viewer, heat) {
  for (const [id, { level, text }] of Object.entries(heat ?? {})) {
    mark(viewer, [id], `is-heat-${level}`);
    if (text) pin(viewer, id, text);
  }
}

// How long each step stood open and whose time it was, above it.
function markTimes(viewer, times) {
  for (const [id, text] of Object.entries(times ?? {})) pin(viewer, id, text, "diagram-time");
}

export function markPosition(viewer, { done, missed, now, ahead, times, here = "Di sini" }) {
  markTimes(viewer, times);
  mark(viewer, idsOf(done), "is-done");
  mark(viewer, idsOf(missed), "is-missed");
  mark(viewer, idsOf(ahead), "is-ahead");
  mark(viewer, idsOf(now), "is-now");
  for (const id of idsOf(now)) {
    const count = Array.isArray(now) ? null : now[id];
    pin(viewer, id, count ? `${here} · ${count}` : here);
  }
}

const READABLE = 0.7;
const SMALLEST = 0.4; // below this nothing can be made out, however much of it there is
const EDGE = 16; // pixels of the view between its border and what it opens at

// All of it when that can be read or the case is through (`whole`), else the part that matters: where the case
// stands, or the upper left corner with the beginning of the flow in it.
export function openAt(viewer, { now, whole }) {
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  if (whole || canvas.zoom() >= READABLE) return;
  const registry = viewer.get("elementRegistry");
  const standing = idsOf(now).map((id) => registry.get(id)).find(Boolean);
  if (standing) centreOn(canvas, standing);
  else openAtBeginning(canvas, registry);
}

function centreOn(canvas, { x, y, width, height }) {
  const { outer } = canvas.viewbox();
  look(canvas, READABLE, x + width / 2 - outer.width / 2 / READABLE, y + height / 2 - outer.height / 2 / READABLE);
}

// The top of the diagram and where the flow begins are both in view; a small view shows them smaller.
function openAtBeginning(canvas, registry) {
  const starts = registry.filter((one) => one.type === "bpmn:StartEvent");
  const first = starts.sort((a, b) => a.x - b.x)[0];
  if (!first) return;
  const { inner, outer } = canvas.viewbox();
  const down = first.y + first.height + labelBelow(first) - inner.y;
  const zoom = Math.min(READABLE, (outer.height - 2 * EDGE) / down);
  if (zoom < SMALLEST) centreOn(canvas, first);
  else look(canvas, zoom, inner.x - EDGE / zoom, inner.y - EDGE / zoom);
}

function labelBelow({ y, height, label }) {
  return label ? Math.max(0, label.y + label.height - y - height) : 0;
}

function look(canvas, zoom, x, y) {
  const { outer } = canvas.viewbox();
  canvas.viewbox({ x, y, width: outer.width / zoom, height: outer.height / zoom });
}
