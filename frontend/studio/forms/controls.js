// Controls of the sheet that hold more than one value.
import { el } from "./dom.js";

/** Pairs of value and label, one below the other; `changing`: with ways to add and drop, `reasons`: with a tick whether a reason is needed.
 *
 * `put` is given what to do with the pairs there are: keys come before a drawing, so what is shown may be older than what was typed. */
export function pairsControl(said, word, pairs, put, changing, reasons = false) {
  const change = (at, place, value) => put((now) => now.map((one, index) => (index === at ? Object.assign([...one], { [place]: value }) : one)));
  const box = (at, place, label) => el("input", { class: "masukan", type: "text", value: pairs[at][place] ?? "", "aria-label": `${label} ${at + 1}`, onchange: (event) => change(at, place, event.target.value.trim()) });
  const line = (_, at) => el("div", { class: "ep-pasangan" }, box(at, 0, said.nilai), box(at, 1, said.sebutan),
    reasons ? el("label", { class: "centang" }, el("input", { type: "checkbox", checked: Boolean(pairs[at][2]), onchange: (event) => change(at, 2, event.target.checked) }), el("span", {}, said.perlu_sebab)) : null,
    changing && el("button", { type: "button", class: "ep-kecil", "aria-label": `${said.hapus} ${at + 1}`, onclick: () => put((now) => now.filter((__, index) => index !== at)) }, "×"));
  return el("fieldset", { class: "ep-kendali", "data-kata": word }, el("legend", {}, said.kata[word]), pairs.map(line),
    changing && el("button", { type: "button", class: "tombol kecil", onclick: () => put((now) => [...now, [freeValue(now), said.pilihan_baru]]) }, said.tambah_pilihan));
}

function freeValue(pairs) {
  const taken = new Set(pairs.map(([value]) => value));
  for (let number = pairs.length + 1; ; number += 1) if (!taken.has(`pilihan_${number}`)) return `pilihan_${number}`;
}

const TESTS = ["is", "in", "filled"];
const testOf = (condition) => TESTS.find((one) => condition && one in condition) ?? "is";

/** `visible_if`: one earlier field is a value, is one of several, or is filled; `put` is given what to do with the one there is. */
export function conditionControl(said, condition, fields, put) {
  const test = testOf(condition);
  const known = (name) => fields.find((one) => one.name === name);
  const field = known(condition?.field);
  const made = (name, kind, value) => (name ? { field: name, [kind]: value } : "");
  const begun = (name, kind) => made(name, kind, { is: first(known(name)), in: [first(known(name))], filled: true }[kind]);
  const names = el("select", { class: "masukan", "aria-label": said.bila_isian, onchange: (event) => put((now) => begun(event.target.value, testOf(now))) },
    el("option", { value: "" }, said.selalu), condition && !field ? el("option", { value: condition.field, selected: true }, `${condition.field} ?`) : null,
    fields.map((one) => el("option", { value: one.name, selected: one.name === condition?.field }, one.label)));
  const kinds = el("select", { class: "masukan", "aria-label": said.uji, onchange: (event) => put((now) => begun(now?.field, event.target.value)) },
    TESTS.map((one) => el("option", { value: one, selected: one === test }, said.bila[one])));
  return el("fieldset", { class: "ep-kendali", "data-kata": "visible_if" }, el("legend", {}, said.kata.visible_if), names, condition ? kinds : null,
    condition && test !== "filled" ? wanted(said, condition, test, field, (alter) => put((now) => made(now?.field, test, alter(now?.[test])))) : null);
}

function first(field) {
  return field?.options?.[0]?.[0] ?? (["yes_no", "declaration"].includes(field?.type) ? true : "");
}

function wanted(said, condition, test, field, put) {
  const options = field?.options?.length ? field.options : ["yes_no", "declaration"].includes(field?.type) ? [["true", said.ya], ["false", said.tidak]] : null;
  const read = (text) => (["true", "false"].includes(text) && !field?.options ? text === "true" : text);
  const label = { class: "masukan", "aria-label": said.nilai };
  if (!options) {
    const shown = test === "in" ? condition.in.join(", ") : String(condition.is);
    return el("input", { ...label, type: "text", value: shown, onchange: (event) => put(() => (test === "in" ? event.target.value.split(/\s*,\s*/) : event.target.value)) });
  }
  if (test === "is") return el("select", { ...label, onchange: (event) => put(() => read(event.target.value)) }, options.map(([value, title]) => el("option", { value, selected: value === String(condition.is) }, title)));
  const turn = (value, on) => put((now = []) => [...now.filter((one) => String(one) !== value), ...(on ? [read(value)] : [])]);
  return el("span", {}, options.map(([value, title]) => el("label", { class: "centang" },
    el("input", { type: "checkbox", checked: condition.in.map(String).includes(value), onchange: (event) => turn(value, event.target.checked) }), el("span", {}, title))));
}

/** Words that have no control of their own, as they stand in the file. */
export function moreControl(said, given, put) {
  const told = el("span", { class: "salah", hidden: true });
  const area = el("textarea", { class: "masukan kode", rows: "4", spellcheck: "false", value: Object.keys(given).length ? JSON.stringify(given, null, 1) : "", onchange: (event) => {
    let read;
    try {
      read = JSON.parse(event.target.value || "{}");
      if (!read || typeof read !== "object" || Array.isArray(read)) throw new TypeError("{…}");
    } catch (error) {
      [told.textContent, told.hidden] = [`${said.bukan_json} ${error.message}`, false];
      return;
    }
    for (const word of Object.keys(given)) if (!(word in read)) read[word] = "";
    put(read);
  } });
  return el("details", { class: "ep-kendali", "data-kata": "lainnya", open: Object.keys(given).length > 0 }, el("summary", {}, said.lainnya), el("label", {}, el("span", { class: "sr" }, said.lainnya), area), told);
}
