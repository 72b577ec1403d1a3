// What happens by itself: services with their parameters, decision tables, called processes, roles of lanes.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
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

function serviceGroup(element, { words, said, write }) {
  const find = (name) => words.services.find((one) => one.name === name);
  const titles = words.services.map((one) => [one.name, said.layanan_nama[one.name] ?? ""]);
  const service = find(operator(element)?.id);
  const unknown = parametersOf(element).filter((one) => !service?.params.some((param) => param.name === one.id));
  const entries = [
    select("ep-service", said.layanan, (one) => operator(one)?.id ?? "", (one, value) => write.setService(one, find(value)), titles),
    ...(service?.params ?? []).map((param) => parameterEntry(param, words, said, write)),
    ...unknown.map((one) => text(`ep-param-${one.id}`, `${one.id} ?`, (it) => parameter(it, one.id), (it, value) => write.setParameter(it, one.id, value, false))),
  ];
  if (Object.keys(service?.leaves ?? {}).length) {
    entries.push(text("ep-result", said.nama_hasil, (one) => operator(one)?.resultVariable ?? "", (one, value) => write.setResult(one, value), { description: said.nama_hasil_kosong }));
  }
  return group("ep-layanan", said.layanan, entries);
}

/** What has a closed list is chosen from it; an expression that stands there already stays, and can be written as text. */
function parameterEntry(param, words, said, write) {
  const [id, label] = [`ep-param-${param.name}`, `${said.parameter_nama[param.name] ?? param.name}${param.required ? " *" : ""}`];
  const set = (one, value) => write.setParameter(one, param.name, value, param.required);
  const choices = param.words.length ? param.words.map((word) => [word, ""]) : words[param.list];
  if (choices) return select(id, label, (one) => plain(parameter(one, param.name)), (one, value) => set(one, quoted(value)), choices);
  return text(id, label, (one) => parameter(one, param.name), set, { description: said.ungkapan });
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
