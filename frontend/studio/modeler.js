// The editor itself: bpmn-js with our elements, our panel, our words. A reader gets the diagram alone.
import Modeler from "bpmn-js/lib/Modeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from "bpmn-js-properties-panel";
import minimap from "diagram-js-minimap";
import clipboard from "./clipboard.js";
import growing from "./growing.js";
import drawing from "./keyboard/drawing.js";
import reading from "./keyboard/reading.js";
import { seen } from "./keyboard/walking.js";
import labels from "./labels.js";
import laneHeirs from "./lane_heirs.js";
import offered from "./offered.js";
import outside from "./outside.js";
import properties from "./properties/index.js";
import references from "./references.js";
import spiffworkflow from "./spiffworkflow.json";
import together from "./together.js";
import { translating } from "./translating.js";

const FONT = "Plus Jakarta Sans Variable, Arial, sans-serif";
const [PALETTE, EDGE] = [125, 20]; // pixels at the left that the palette covers, and that stay free without it
const NARROW = 600; // pixels of the drawing's place, below which not all is shown but its beginning
const READABLE = 0.9;
const ARROWS = { moveSpeed: 10, moveSpeedAccelerated: 50 }; // pixels of the drawing; ten are one step of its grid

export function editor({ container, panel, words, language }) {
  const style = { fontFamily: FONT };
  return new Modeler({
    container,
    words,
    keyboardMoveSelection: ARROWS,
    propertiesPanel: { parent: panel, feelPopupContainer: container },
    textRenderer: { defaultStyle: style, externalStyle: style },
    moddleExtensions: { spiffworkflow },
    additionalModules: [
      BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, minimap, offered, references, properties, clipboard,
      drawing, labels, outside, growing, laneHeirs, together, translating(language),
    ],
  });
}

export function reader({ container, words, language }) {
  const style = { fontFamily: FONT };
  return new NavigatedViewer({
    container,
    words,
    textRenderer: { defaultStyle: style, externalStyle: style },
    moddleExtensions: { spiffworkflow },
    additionalModules: [references, reading, translating(language)],
  });
}

const covered = (modeler) => (modeler.get("palette", false)?.isOpen() ? PALETTE : EDGE);

/** The whole drawing beside the palette, never larger than it is. */
export function fit(modeler) {
  const canvas = modeler.get("canvas");
  const { inner, outer } = canvas.viewbox();
  const left = covered(modeler);
  const scale = Math.min(1, (outer.width - left - 20) / inner.width, (outer.height - 40) / inner.height) || 1;
  canvas.viewbox({ x: inner.x - left / scale, y: inner.y - 20 / scale, width: outer.width / scale, height: outer.height / scale });
}

/** What is seen first: the whole drawing; on a narrow screen its beginning, large enough to be read. */
export function begin(modeler) {
  const canvas = modeler.get("canvas");
  const { inner, outer } = canvas.viewbox();
  if (outer.width < NARROW) modeler.get("palette", false)?.close();
  fit(modeler);
  const [first] = seen(modeler.get("elementRegistry"), canvas);
  if (outer.width >= NARROW || canvas.zoom() >= READABLE || !first) return;
  const [width, height] = [outer.width / READABLE, outer.height / READABLE];
  const y = Math.max(inner.y - EDGE / READABLE, first.y + first.height / 2 - height / 2); // nothing is above the drawing
  canvas.viewbox({ x: first.x - EDGE / READABLE, y, width, height });
}
