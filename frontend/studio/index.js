// The editor of diagrams: bpmn-js within the page around it.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "@bpmn-io/properties-panel/assets/properties-panel.css";
import "diagram-js-minimap/assets/diagram-js-minimap.css";
import "./studio.css";
import { handOf } from "./as_opened.js";
import { badges } from "./badges.js";
import { exporting } from "./exporting.js";
import { mendOf } from "./mends.js";
import { begin, editor, fit, reader } from "./modeler.js";
import { openPage } from "./page.js";
import { stuck } from "./shaken.js";
import { styleProblems } from "./style.js";
import { missing } from "./translating.js";

openPage(({ luggage, words, changing, container, panel, language }) => {
  const modeler = changing ? editor({ container, words, panel, language }) : reader({ container, words, language });
  let inHand = (xml) => xml;
  const text = async () => inHand((await modeler.saveXML({ format: true })).xml);
  return {
    text,
    ...badges(modeler),
    open: async (xml) => {
      inHand = handOf(xml, (id) => modeler.get("eperizinanLabels", false)?.onOpening(id));
      const { warnings } = await modeler.importXML(xml);
      begin(modeler);
      return warnings.map((one) => one.message);
    },
    onChange: (listener) => modeler.on("commandStack.changed", listener),
    mend: (problem) => (changing ? mendOf(problem, modeler) : null),
    style: () => styleProblems(modeler, words.said.gaya),
    acts: {
      urungkan: () => modeler.get("commandStack").undo(),
      ulangi: () => modeler.get("commandStack").redo(),
      cari: () => modeler.get("searchPad", false)?.toggle(),
      muat: () => fit(modeler),
      tambah: () => modeler.get("eperizinanKeys").add?.(),
      ke: () => modeler.get("eperizinanKeys").goSomewhere(),
      tombol: () => modeler.get("eperizinanKeys").help(),
      ...exporting(modeler, luggage.path),
    },
    stuck: () => stuck(modeler.get("commandStack", false)),
    shown: { modeler, missing },
  };
});
