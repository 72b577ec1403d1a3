// Two versions of a diagram: what came, went, changed and was drawn elsewhere, each with a colour, a sign and its word.
//
// Mounts on every [data-banding-diagram] that holds
//   <script type="application/json">{"before": "<definitions…" or null, "after": "<definitions…" or null,
//                                    "words": {"added": "baru", "removed": "dihapus", "changed": "berubah",
//                                              "moved": "digeser", "remark": "Beri catatan"},
//                                    "renamed": ["periksa_berkas"],
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
import { connectPrinting } from "../viewer/printing.js";
import { connectTouch } from "../viewer/touch.js";
import { fitAll } from "./fitting.js";
import { connectTags } from "./tags.js";

const FONT = "Plus Jakarta Sans Variable, Arial, sans-serif";
const SOUGHT = 4000; // milliseconds that an element sought in the list stays marked

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
  connectTouch(viewer, container);
  return viewer;
}

// `renamed`: steps that got another id; the older drawing says the newer one already, so that only this is told of them.
function mark(before, after, words, renamed) {
  const found = diff(before.getDefinitions(), after.getDefinitions());
  const changed = new Set([...Object.keys(found._changed), ...renamed]);
  const told = (id) => id in found._removed || id in found._added || changed.has(id);
  const [was, now] = [connectTags(before, words), connectTags(after, words)];
  for (const id of Object.keys(found._removed)) was.add(id, "removed");
  for (const id of Object.keys(found._added)) now.add(id, "added");
  for (const side of [was, now]) {
    for (const id of changed) side.add(id, "changed");
    for (const id of Object.keys(found._layoutChanged)) if (!told(id)) side.add(id, "moved");
    side.place();
  }
  return [was, now];
}

// The list in words leads to an element: it comes into view in its version and is marked for a while.
function reachable(views) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-unsur]");
    const viewer = link && views[link.dataset.sisiUnsur];
    const element = viewer?.get("elementRegistry").get(link.dataset.unsur);
    if (!element) return;
    event.preventDefault();
    const canvas = viewer.get("canvas");
    canvas.scrollToElement(element, { top: 60, bottom: 60, left: 60, right: 60 });
    const side = canvas.getContainer().closest("[data-sisi]");
    side.scrollIntoView({ block: "center" });
    side.focus({ preventScroll: true });
    canvas.addMarker(element, "is-sought");
    setTimeout(() => canvas.removeMarker(element, "is-sought"), SOUGHT);
  });
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
  const data = JSON.parse(element.querySelector('script[type="application/json"]').textContent);
  const { before, after, words, remark, renamed } = data;
  await document.fonts.load('12px "Plus Jakarta Sans Variable"');
  const sides = (name) => element.querySelector(`[data-sisi="${name}"]`);
  const [was, now] = [await drawn(sides("before"), before), await drawn(sides("after"), after)];
  const viewers = [was, now].filter(Boolean);
  fitAll(viewers);
  for (const one of viewers) connectKeys(one, one.get("canvas").getContainer().closest("[data-sisi]"), () => fitAll(viewers));
  if (now && remark) remarkable(now, remark, words);
  const tags = was && now ? mark(was, now, words, renamed) : [];
  if (was && now) together(was, now);
  for (const [at, [name, viewer]] of [["before", was], ["after", now]].entries()) {
    if (viewer) connectPrinting(viewer, sides(name), () => tags[at]?.full() ?? []);
  }
  reachable({ before: was, after: now });
  element.dataset.ready = "";
}

for (const element of document.querySelectorAll("[data-banding-diagram]")) {
  mount(element).catch((error) => {
    element.dataset.failed = error.message;
  });
}
