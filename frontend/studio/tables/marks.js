// Problems within the table: rows and cells bear a mark with its word, and below the table stands what no row answers.
//
// Cells are drawn anew at every change, so their marks are rules of style, not elements.
import { el } from "../forms/dom.js";

const quoted = (words) => JSON.stringify(words);
const COLOURS = { error: ["#fbe6e6", "#a81e2b"], warning: ["#fdf0d3", "#805200"] };

/** `container`: of the table; `said`: of the page; `acts`: {go(problem), mend(problem)}. */
export function tableMarks(container, said, acts) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const gaps = el("div", { class: "ep-celah", role: "group", "aria-label": said.tanda_tabel["table-gap"], hidden: true });
  container.after(gaps);

  const word = (one) => said.tanda_tabel[one.code] ?? said.tingkat[one.severity];

  function row(id, one) {
    const [back, ink] = COLOURS[one.severity] ?? COLOURS.warning;
    const at = `[data-row-id="${CSS.escape(id)}"]`;
    return [`${at}{background:${back}!important}`, `td.rule-index${at}::after{content:${quoted(word(one))};color:${ink}}`];
  }

  function cell(one) {
    const ink = (COLOURS[one.severity] ?? COLOURS.warning)[1];
    const at = `td[data-element-id="${CSS.escape(one.cell)}"]`;
    return [`${at}{outline:2px solid ${ink};outline-offset:-2px}`, `${at}::after{content:${quoted(word(one))};color:${ink}}`];
  }

  function gap(one) {
    const mend = acts.mend(one);
    return el("p", { class: "ep-celah-baris", "data-celah": one.element },
      el("span", { class: "lencana dekat" }, word(one)), " ", el("span", { lang: one.lang ?? "id" }, one.message), " ",
      el("button", { type: "button", class: "tombol kecil", onclick: () => acts.go(one) }, said.ke_baris_akhir), " ",
      mend ? el("button", { type: "button", class: "tombol kecil", onclick: mend.act }, said.perbaikan[mend.label]) : null);
  }

  return (problems) => {
    const rows = problems.filter((one) => one.element && one.code !== "table-gap");
    const rules = rows.flatMap((one) => [...row(one.element, one), ...(one.beside ? row(one.beside, one) : []), ...(one.cell ? cell(one) : [])]);
    sheet.replaceSync(rules.join("\n"));
    const found = problems.filter((one) => one.code === "table-gap");
    gaps.hidden = !found.length;
    gaps.replaceChildren(...found.map(gap));
  };
}
