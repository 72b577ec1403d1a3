// The editor of decision tables: dmn-js within the page around it; rows, cells and gaps with a problem are marked.
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
import { handOf } from "../as_opened.js";
import { openPage } from "../page.js";
import { stuck } from "../shaken.js";
import { missing, translating } from "../translating.js";
import { TABLES } from "./kamus.js";
import { tableMarks } from "./marks.js";
import cellSteps, { atOnce } from "./steps.js";

openPage(({ words, changing, container, language }) => {
  const additionalModules = [translating(language, TABLES)];
  const part = { additionalModules };
  const table = { additionalModules: changing ? [...additionalModules, cellSteps] : additionalModules };
  const views = { drd: part, decisionTable: table, literalExpression: part };
  const modeler = new (changing ? DmnModeler : DmnViewer)({ container, ...views });
  const mark = tableMarks(container, words.said, { go: (one) => go(one.element, one), mend: (one) => mend(one) });
  const watched = new Set();
  let [listener, inHand] = [() => {}, (xml) => xml];

  // What dmn-js says in English to listeners, or not at all: the head of the column of numbers is empty.
  const name = () => {
    const head = container.querySelector("th.index-column:not([role])");
    head?.setAttribute("aria-label", words.said.baris_tabel);
    head?.setAttribute("role", "cell");
    container.querySelector('[aria-label="Decision table context menu"]')?.setAttribute("aria-label", words.said.menu_tabel);
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

  function turn(way) {
    const stack = modeler.getActiveViewer()?.get("commandStack", false);
    if (container.contains(document.activeElement)) document.activeElement.blur(); // what is being typed counts as typed
    stack?.[way]();
  }

  // A press on a choice must not move the focus away: the list would close before the choice is made.
  container.addEventListener("mousedown", (event) => event.target.closest(".dms-select-options .option") && event.preventDefault(), true);

  container.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const way = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
    if (!way || !changing) return;
    event.preventDefault();
    event.stopPropagation();
    turn(way);
  }, true);

  async function opened(id) {
    const found = view(id);
    if (found && found !== modeler.getActiveView()) await modeler.open(found);
  }

  async function go(id, problem = {}) {
    await opened(id);
    const [cell, row] = [problem.cell, id].map((one) => one && container.querySelector(`td[data-element-id="${CSS.escape(one)}"]`));
    const place = cell || row || container.querySelector("tbody tr:last-child td:nth-child(2)");
    place?.scrollIntoView({ block: "center", inline: "nearest" });
    place?.querySelector("[contenteditable]")?.focus();
  }

  /** A gap is answered by a row that asks for just that; what it answers is still to be written. */
  function mend(problem) {
    if (!changing || problem.code !== "table-gap" || !problem.row?.length) return null;
    return { label: "tambah_baris", act: () => fill(problem) };
  }

  async function fill({ element, row: asked }) {
    await opened(element);
    const viewer = modeler.getActiveViewer();
    const modeling = viewer.get("modeling");
    const row = atOnce(viewer.get("commandStack"), () => {
      const made = modeling.addRow({ type: "dmn:DecisionRule" });
      asked.forEach((text, at) => modeling.editCell(made.cells[at].businessObject, text));
      return made;
    });
    go(row.id, { cell: row.cells[asked.length]?.businessObject.id }); // the answer is for a person to write
  }

  return {
    text: async () => inHand((await modeler.saveXML({ format: true })).xml),
    open: async (xml) => {
      inHand = handOf(xml);
      const { warnings } = await modeler.importXML(xml);
      const table = modeler.getViews().find((one) => one.type === "decisionTable");
      if (table) await modeler.open(table);
      return warnings.map((one) => one.message);
    },
    onChange: (changed) => (listener = changed),
    mark,
    go,
    mend,
    style: async () => [],
    acts: { urungkan: () => turn("undo"), ulangi: () => turn("redo") },
    stuck: () => stuck(modeler.getActiveViewer()?.get("commandStack", false)),
    shown: { modeler, missing },
  };
});
