// The condition of a way out: chosen from known fields by rows, or written as text.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { h } from "@bpmn-io/properties-panel/preact";
import { rows, text as composed } from "../condition_text.js";
import { knownNames } from "../known.js";
import { area, check, group } from "./entries.js";

const CHOOSING = ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway"];
const body = (element) => getBusinessObject(element).conditionExpression?.body ?? "";

const isDefault = (element) => getBusinessObject(element).sourceRef?.default === getBusinessObject(element);

export function flowGroups(element, around) {
  if (!is(element, "bpmn:SequenceFlow") || !element.source) return [];
  const choosing = CHOOSING.some((type) => is(element.source, type));
  if (!choosing && !body(element)) return [];
  const { said, modeling } = around;
  const set = (one, value) => setCondition(one, value, around);
  const turn = (one, on) => {
    if (on) set(one, "");
    modeling.updateProperties(one.source, { default: on ? getBusinessObject(one) : undefined });
  };
  const entries = [check("ep-default", said.jalan_bawaan, isDefault, turn, { description: said.jalan_bawaan_arti })];
  if (!isDefault(element)) {
    entries.push({ id: "ep-syarat", component: Builder, set, ...around });
    entries.push(area("ep-condition", said.syarat_teks, body, set, { monospace: true, rows: 3 }));
  }
  return [group("ep-jalan", said.syarat, entries)];
}

function setCondition(element, value, { write, modeling }) {
  if (!value) return modeling.updateProperties(element, { conditionExpression: undefined });
  const known = getBusinessObject(element).conditionExpression;
  if (known) return modeling.updateModdleProperties(element, known, { body: value });
  const made = write.made("bpmn:FormalExpression", getBusinessObject(element), { body: value });
  return modeling.updateProperties(element, { conditionExpression: made });
}

function Builder({ element, set, words, said, registry }) {
  const found = rows(body(element));
  if (!found) return h("p", { class: "bio-properties-panel-entry ep-terbaca" }, said.syarat_teks_saja);
  const names = knownNames(registry, words);
  // Of the rows there are now: the next key may come before what is shown is drawn anew.
  const put = (alter) => set(element, composed(alter(rows(body(element)) ?? found)));
  const alter = (all) => put((now) => ({ ...now, rows: all(now.rows) }));
  const change = (index, fresh) => alter((all) => all.map((one, at) => (at === index ? { ...one, ...fresh } : one)));
  const line = (one, index) =>
    h("div", { class: "ep-syarat-baris", key: index },
      fieldChoice(one, names, said, (path) => change(index, first(names, path))),
      testChoice(one, said, (test) => change(index, { test })),
      valueControl(one, names, said, (value) => change(index, { value })),
      h("button", { type: "button", class: "ep-kecil", "aria-label": said.hapus_syarat, onClick: () => alter((all) => all.filter((_, at) => at !== index)) }, "×"));
  const both = found.rows.length > 1 &&
    choice(said.gabung, found.join, [["and", said.semua_benar], ["or", said.salah_satu]], (join) => put((now) => ({ ...now, join })));
  const add = h("button", { type: "button", class: "ep-kecil", onClick: () => alter((all) => [...all, first(names, likeliest(element, names))]) }, said.tambah_syarat);
  return h("div", { class: "bio-properties-panel-entry ep-syarat", "data-entry-id": "ep-syarat" }, both, found.rows.map(line), names.length ? add : null);
}

/** What is usually asked: the decision of the step that leads into the gateway, else the first there is. */
function likeliest(element, names) {
  const before = element.source.incoming.map((way) => way.source?.id);
  return (names.find((name) => before.some((id) => name.path.startsWith(`${id}.`))) ?? names[0])?.path ?? "";
}

/** A row that begins with a field and the first value it may have. */
function first(names, path) {
  const name = names.find((one) => one.path === path);
  const kind = name?.kind === "number" || name?.kind === "boolean" ? name.kind : "text";
  const value = name?.words?.[0]?.[0] ?? { number: "0", boolean: "true", text: "" }[kind];
  return { path, test: "==", value, kind };
}

const choice = (label, value, options, put) =>
  h("select", { class: "bio-properties-panel-input", "aria-label": label, value, onChange: (event) => put(event.target.value) },
    options.map(([one, title]) => h("option", { value: one, key: one }, title)));

/** Each names its step too: a list that is closed shows nothing of the group that the choice stands in. */
function fieldChoice(one, names, said, put) {
  const groups = [...new Set(names.map((name) => name.group))];
  const known = names.some((name) => name.path === one.path);
  return h("select", { class: "bio-properties-panel-input", "aria-label": said.data, value: one.path, onChange: (event) => put(event.target.value) },
    known ? null : h("option", { value: one.path }, `${one.path} ?`),
    groups.map((group) => h("optgroup", { label: group, key: group },
      names.filter((name) => name.group === group).map((name) => h("option", { value: name.path, key: name.path }, `${name.label} (${group})`)))));
}

function testChoice(one, said, put) {
  const tests = one.kind === "number" ? ["==", "!=", "<", "<=", ">", ">="] : ["==", "!="];
  return choice(said.perbandingan, one.test, tests.map((test) => [test, said.uji[test]]), put);
}

function valueControl(one, names, said, put) {
  const words = names.find((name) => name.path === one.path)?.words;
  if (one.kind === "boolean") return choice(said.nilai, one.value, [["true", said.ya], ["false", said.tidak]], put);
  if (words) return choice(said.nilai, one.value, words.some(([word]) => word === one.value) ? words : [[one.value, `${one.value} ?`], ...words], put);
  return h("input", { class: "bio-properties-panel-input", type: "text", "aria-label": said.nilai, value: one.value, onChange: (event) => put(event.target.value) });
}
