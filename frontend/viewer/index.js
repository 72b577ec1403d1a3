// Shows the diagram of a case: what is done, where it stands now, what lies ahead.
//
// Mounts on every [data-diagram] that holds
//   <script type="application/json">{"xml": "<definitions…", "done": [ids], "now": [ids] or {id: "2 dari 3"},
//                                    "ahead": [ids], "missed": [ids] that no scenario passed, "here": "Di sini", "whole": true,
//                                    "times": {id: "1 jam 10 menit · Kantor"},
//                                    "heat": {id: {"level": 0 to 4, "text": "P90 2,1 hk"}}}</script>
// All but xml may be missing; data-bagian and data-seluruhnya name printed sheets ("Bagian %a dari %b"). The
// element gets data-ready when the diagram is drawn, data-failed when it cannot be; the page's text alternative stays. Keys on the focused diagram: + and - zoom, 0 fits, arrows move.
// A finger moves it sideways and still scrolls the page up and down; two fingers zoom and move it freely.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "./viewer.css";
import { connectKeys } from "./keys.js";
import { markHeat, markPosition, openAt, pinned } from "./position.js";
import { connectPrinting } from "./printing.js";
import { connectTouch } from "./touch.js";

const FONT = "Plus Jakarta Sans Variable, Arial, sans-serif";

async function mount(element) {
  const data = JSON.parse(element.querySelector('script[type="application/json"]').textContent);
  const container = document.createElement("div");
  container.className = "diagram-canvas";
  element.append(container);
  // Labels are measured while the diagram is imported, so the font must be there before.
  await document.fonts.load('12px "Plus Jakarta Sans Variable"');
  const style = { fontFamily: FONT };
  const viewer = new NavigatedViewer({
    container,
    textRenderer: { defaultStyle: style, externalStyle: style },
    zoomScroll: { enabled: false }, // the wheel scrolls the page
  });
  await viewer.importXML(data.xml);
  markPosition(viewer, data);
  markHeat(viewer, data.heat);
  connectPrinting(viewer, element, () => pinned(viewer));
  await sized(container);
  openAt(viewer, data);
  connectKeys(viewer, element);
  connectTouch(viewer, container);
  element.dataset.ready = "";
}

// A diagram in a closed part of the page has no size yet, and nothing can be fitted into nothing.
function sized(container) {
  return new Promise((resolve) => {
    const watch = new ResizeObserver(() => {
      if (!container.clientWidth || !container.clientHeight) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(container);
  });
}

for (const element of document.querySelectorAll("[data-diagram]")) {
  mount(element).catch((error) => {
    element.dataset.failed = error.message;
  });
}
