// What happens by itself: services with their parameters, decision tables, called processes, roles of lanes.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { h } from "@bpmn-io/properties-panel/preact";
import { useState } from "@bpmn-io/properties-panel/preact/hooks";
import { decision, operator, parameter, parametersOf } from "../extensions.js";
import { codeOf, named, titleOf } from "../lanes.js";
import { group, select, text } from "./entries.js";

const quoted = (value) => (value ? JSON.stringify(value) : "");
const plain = (value) => (/^"(?:[^"\\]|\\.)*"$/.test(value) ? JSON.parse(value) : value);

export function callGroups(element, around) {
  if (is(element, "bpmn:ServiceTask") || is(element, "bpmn:SendTask")) return [serviceGroup(element, around)];
  if (is(element, "bpmn:BusinessRuleTask")) return [decisionGroup(around)];
  if (is(element, "bpmn:CallActivity")) return [callGroup(around)];
  if (is(element, "bpmn:Lane")) return [laneGroup(around)];
  return [];
}

function serviceGroup(element, around) {
  const { words, said, write } = around;
  const find = (name) => words.services.find((one) => one.name === name);
  const titles = words.services.map((one) => [one.name, said.layanan_nama[one.name] ?? ""]);
  const service = find(operator(element)?.id);
  const unknown = parametersOf(element).filter((one) => !service?.params.some((param) => param.name === one.id));
  const entries = [
    select("ep-service", said.layanan, (one) => operator(one)?.id ?? "", (one, value) => write.setService(one, find(value)), titles),
    ...(service?.params ?? []).map((param) => parameterEntry(param, around)),
    ...unknown.map((one) => text(`ep-param-${one.id}`, `${one.id} ?`, (it) => parameter(it, one.id), (it, value) => write.setParameter(it, one.id, value, false))),
  ];
  if (Object.keys(service?.leaves ?? {}).length) {
    entries.push(text("ep-result", said.nama_hasil, (one) => operator(one)?.resultVariable ?? "", (one, value) => write.setResult(one, value), { description: said.nama_hasil_kosong }));
  }
  return group("ep-layanan", said.layanan, entries);
}

/** What has a closed list is chosen from it; an expression that stands there already stays, and one can be written. */
function parameterEntry(param, { words, said, write, registry }) {
  const [id, label] = [`ep-param-${param.name}`, `${said.parameter_nama[param.name] ?? param.name}${param.required ? " *" : ""}`];
  const set = (one, value) => write.setParameter(one, param.name, value, param.required);
  const read = (one) => parameter(one, param.name);
  const written = text(id, label, read, set, { description: said.ungkapan });
  const choices = param.words.length ? param.words.map((word) => [word, ""]) : listed(param, words, registry);
  if (!choices) return written;
  const chosen = select(id, label, (one) => plain(read(one)), (one, value) => set(one, quoted(value)), choices);
  return { id, chosen, written, read, said, component: Either, isEdited: chosen.isEdited };
}

/** Messages are those that diagrams already listen to, the drawn one first. */
function listed(param, words, registry) {
  if (param.list !== "messages") return words[param.list];
  const here = rootsOf(registry).filter((one) => is(one, "bpmn:Message") && one.name).map((one) => one.name);
  return [...new Set([...here, ...words.messages])].map((name) => [name, ""]);
}

/** Messages, signals, processes: what the file holds beside the drawing. */
function rootsOf(registry) {
  let holder = registry.filter((one) => one.businessObject && !one.labelTarget)[0]?.businessObject;
  while (holder?.$parent) holder = holder.$parent;
  return holder?.rootElements ?? [];
}

/** A closed list, or the text of an expression where one stands or is asked for. */
function Either({ element, chosen, written, read, said }) {
  const [asked, ask] = useState({ element: null, text: false });
  const [value, own] = [read(element), asked.element === element];
  const expression = Boolean(value) && plain(value) === value;
  const text = own ? asked.text : expression;
  const part = text ? written : chosen;
  return h("div", { class: "ep-pilih-atau-tulis" },
    h(part.component, { ...part, element, key: text ? "tulis" : "pilih" }),
    h("button", { type: "button", class: "tombol tautan kecil", "data-ganti": chosen.id, onClick: () => ask({ element, text: !text }) }, text ? said.pilih_daftar : said.tulis_ungkapan));
}

function decisionGroup({ words, said, write }) {
  const titles = words.decisions.map((one) => [one.id, one.name]);
  return group("ep-putusan", said.tabel, [select("ep-decision", said.tabel, decision, (one, value) => write.setDecision(one, value), titles)]);
}

function callGroup({ words, said, modeling }) {
  const read = (one) => getBusinessObject(one).calledElement ?? "";
  const set = (one, value) => modeling.updateProperties(one, { calledElement: value || undefined });
  return group("ep-panggil", said.proses_dipanggil, [select("ep-called", said.proses_dipanggil, read, set, words.processes.map((one) => [one.key, one.name]))]);
}

function laneGroup({ words, said, modeling }) {
  const read = (one) => codeOf(getBusinessObject(one).name);
  const rename = (one, code) => {
    const role = words.roles.find(([known]) => known === code);
    modeling.updateProperties(one, { name: named(code, role ? role[1] : titleOf(getBusinessObject(one).name)) });
  };
  return group("ep-lajur", said.lajur, [select("ep-role", said.peran, read, rename, words.roles, { description: said.peran_lajur })]);
}
