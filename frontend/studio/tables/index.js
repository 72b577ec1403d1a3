// The editor of decision tables: dmn-js within the page around it; rows with a problem are marked in the table.
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";
import "../studio.css";
import DmnModeler from "dmn-js/lib/Modeler";
import DmnViewer from "dmn-js/lib/NavigatedViewer";
import { openPage } from "../page.js";
import { translating } from "../translating.js";
import { TABLES } from "./kamus.js";

openPage(({ words, changing, container, language }) => {
  const additionalModules = [translating(language, TABLES)];
  const part = { additionalModules };
  const views = { drd: part, decisionTable: part, literalExpression: part };
  const modeler = new (changing ? DmnModeler : DmnViewer)({ container, ...views });
  const marks = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];
  const watched = new Set();
  let listener = () => {};

  // The head of the column of numbers is empty, which tells a listener nothing.
  const name = () => {
    const head = container.querySelector("th.index-column:not([role])");
    head?.setAttribute("aria-label", words.said.baris_tabel);
    head?.setAttribute("role", "cell");
  };
  new MutationObserver(name).observe(container, { childList: true, subtree: true });

  modeler.on("views.changed", () => {
    const viewer = modeler.getActiveViewer();
    if (!viewer || watched.has(viewer)) return;
    watched.add(viewer);
    viewer.on("elements.changed", () => listener());
  });

  const view = (id) => modeler.getViews().find((one) => one.element.id === id || holds(one.element, id));
  const holds = (decision, id) => [...(decision.decisionLogic?.rule ?? []), ...(decision.decisionLogic?.input ?? []), ...(decision.decisionLogic?.output ?? [])].some((one) => one.id === id);

  return {
    text: async () => `${(await modeler.saveXML({ format: true })).xml.trimEnd()}\n`,
    open: async (xml) => {
      const { warnings } = await modeler.importXML(xml);
      const table = modeler.getViews().find((one) => one.type === "decisionTable");
      if (table) await modeler.open(table);
      return warnings.map((one) => one.message);
    },
    onChange: (changed) => (listener = changed),
    // Cells are drawn anew at every change, so the marks are rules of style, not attributes.
    mark(problems) {
      const rule = (one) => `[data-row-id="${CSS.escape(one.element)}"]{background:${one.severity === "error" ? "#fbe6e6" : "#fdf0d3"}!important}`;
      marks.replaceSync(problems.filter((one) => one.element).map(rule).join("\n"));
    },
    async go(id) {
      const found = view(id);
      if (found && found !== modeler.getActiveView()) await modeler.open(found);
      container.querySelector(`[data-row-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
    },
    mend: () => null,
    style: async () => [],
    acts: {
      urungkan: () => modeler.getActiveViewer()?.get("commandStack", false)?.undo(),
      ulangi: () => modeler.getActiveViewer()?.get("commandStack", false)?.redo(),
    },
    shown: { modeler },
  };
});
