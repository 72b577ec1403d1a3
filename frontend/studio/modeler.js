// The editor itself: bpmn-js with our elements, our panel, our words. A reader gets the diagram alone.
import Modeler from "bpmn-js/lib/Modeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from "bpmn-js-properties-panel";
import minimap from "diagram-js-minimap";
import clipboard from "./clipboard.js";
import offered from "./offered.js";
import properties from "./properties/index.js";
import references from "./references.js";
import spiffworkflow from "./spiffworkflow.json";
import { translating } from "./translating.js";

const FONT = "Plus Jakarta Sans Variable, Arial, sans-serif";
const PALETTE = 125; // pixels at the left that the palette covers

export function editor({ container, panel, words, language }) {
  const style = { fontFamily: FONT };
  return new Modeler({
    container,
    words,
    propertiesPanel: { parent: panel, feelPopupContainer: container },
    textRenderer: { defaultStyle: style, externalStyle: style },
    moddleExtensions: { spiffworkflow },
    additionalModules: [
      BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, minimap, offered, references, properties, clipboard,
      translating(language),
    ],
  });
}

export function reader({ container }) {
  const style = { fontFamily: FONT };
  return new NavigatedViewer({ container, textRenderer: { defaultStyle: style, externalStyle: style }, moddleExtensions: { spiffworkflow }, additionalModules: [references] });
}

/** The whole drawing beside the palette, never larger than it is. */
export function fit(modeler) {
  const canvas = modeler.get("canvas");
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, (outer.width - PALETTE - 20) / inner.width, (outer.height - 40) / inner.height) || 1;
  canvas.viewbox({ x: inner.x - PALETTE / scale, y: inner.y - 20 / scale, width: outer.width / scale, height: outer.height / scale });
}
