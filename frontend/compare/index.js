// Two versions of a diagram: what came, went, changed and was drawn elsewhere, each with a colour, a sign and its word.
//
// Mounts on every [data-banding-diagram] that holds
//   <script type="application/json">{"before": "<definitions…" or null, "after": "<definitions…" or null,
//                                    "words": {"added": "baru", "removed": "dihapus", "changed": "berubah",
//                                              "moved": "digeser", "remark": "Beri catatan"},
//                                    "remark": "/kelola/banding?…unsur=UNSUR" where somebody may, else null}</script>
// and two elements [data-sisi="before"] and [data-sisi="after"].  Both views move and zoom together.  The element gets
// data-ready when both are drawn, data-failed when they cannot be; the page's list in words stays where it is.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { diff } from "bpmn-js-differ";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "../viewer/viewer.css";
import "./compare.css";
import { connectKeys } from "../viewer/keys.js";
import { connectTouch } from "../viewer/touch.js";

const FONT = "Plus Jakarta Sans Variable, Arial, sans-serif";
const SIGNS = { added: "+", removed: "−", changed: "≠", moved: "↔" };

async function drawn(side, xml) {
  if (xml === null) return null;
  const container = document.createElement("div");
  container.className = "diagram-canvas";
  side.append(container);
  const style = { fontFamily: FONT };
  const viewer = new NavigatedViewer({
    container,
    textRenderer: { defaultStyle: style, externalStyle: style },
    zoomScroll: { enabled: false }, // the wheel scrolls the page
  });
  await viewer.importXML(xml);
  viewer.get("canvas").zoom("fit-viewport", "auto");
  connectKeys(viewer, side);
  connectTouch(viewer, container);
  return viewer;
}

// Above the middle of its longest stretch, where there is most room; counted from the corner of what the line spans.
function onLine(waypoints) {
  const stretches = waypoints.slice(1).map((end, at) => [waypoints[at], end]);
  const [from, to] = stretches.reduce((one, other) => (long(other) > long(one) ? other : one));
  const [left, top] = ["x", "y"].map((axis) => (from[axis] + to[axis]) / 2 - Math.min(...waypoints.map((one) => one[axis])));
  return { left, top: top - 24 };
}

const long = ([from, to]) => Math.hypot(to.x - from.x, to.y - from.y);

function tag(viewer, id, kind, words) {
  const shape = viewer.get("elementRegistry").get(id);
  if (!shape) return;
  viewer.get("canvas").addMarker(id, `is-${kind}`);
  if (shape.waypoints && kind === "moved") return; // its dots say so; lines go along with every shape that is moved
  const label = document.createElement("div");
  label.className = `diagram-beda is-${kind}${shape.waypoints ? " pada-alur" : ""}`;
  label.textContent = `${SIGNS[kind]} ${words[kind]}`;
  viewer.get("overlays").add(id, "beda", { position: shape.waypoints ? onLine(shape.waypoints) : { top: -20, left: 0 }, html: label, scale: { min: 0.7, max: 1.4 } });
}

function mark(before, after, words) {
  const found = diff(before.getDefinitions(), after.getDefinitions());
  const told = (id) => [found._removed, found._added, found._changed].some((some) => id in some);
  for (const id of Object.keys(found._removed)) tag(before, id, "removed", words);
  for (const id of Object.keys(found._added)) tag(after, id, "added", words);
  for (const viewer of [before, after]) {
    for (const id of Object.keys(found._changed)) tag(viewer, id, "changed", words);
    for (const id of Object.keys(found._layoutChanged)) if (!told(id)) tag(viewer, id, "moved", words);
  }
}

// What one of them is moved or zoomed to, the other one is as well.
function together(one, other) {
  let following = false;
  const follow = (from, to) =>
    from.on("canvas.viewbox.changed", () => {
      if (following) return;
      following = true;
      const { x, y, width, height } = from.get("canvas").viewbox();
      to.get("canvas").viewbox({ x, y, width, height });
      following = false;
    });
  follow(one, other);
  follow(other, one);
}

// A click on an element of the newer version offers the way to a remark on it.
function remarkable(viewer, address, words) {
  const overlays = viewer.get("overlays");
  viewer.on("element.click", ({ element }) => {
    overlays.remove({ type: "catatan" });
    const chosen = element.labelTarget ?? element;
    if (!chosen.parent) return;
    const link = document.createElement("a");
    link.className = "diagram-beda diagram-catatan";
    link.href = address.replace("UNSUR", encodeURIComponent(chosen.id));
    link.textContent = words.remark;
    overlays.add(chosen, "catatan", { position: { bottom: 0, left: 0 }, html: link, scale: { min: 0.8, max: 1.4 } });
  });
}

async function mount(element) {
  const { before, after, words, remark } = JSON.parse(element.querySelector('script[type="application/json"]').textContent);
  await document.fonts.load('12px "Plus Jakarta Sans Variable"');
  const sides = (name) => element.querySelector(`[data-sisi="${name}"]`);
  const [was, now] = [await drawn(sides("before"), before), await drawn(sides("after"), after)];
  if (now && remark) remarkable(now, remark, words);
  if (was && now) {
    mark(was, now, words);
    together(was, now);
  }
  element.dataset.ready = "";
}

for (const element of document.querySelectorAll("[data-banding-diagram]")) {
  mount(element).catch((error) => {
    element.dataset.failed = error.message;
  });
}
