// Mends of a click: those that can be meant in one way only.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { property, writing } from "./extensions.js";

/** `{label, act}` for a problem that is mended by a click, else null. */
export function mendOf(problem, modeler) {
  const element = modeler.get("elementRegistry").get(problem.element);
  const made = element && MENDS[problem.code]?.(element, (name) => modeler.get(name));
  return made ?? null;
}

const MENDS = {
  "no-default": (gateway, get) => onlyWithout(gateway, get),
  "no-condition": (flow, get) =>
    flow.source && !getBusinessObject(flow.source).default ? { label: "jadikan_bawaan", act: () => get("modeling").updateProperties(flow.source, { default: getBusinessObject(flow) }) } : null,
  "stray-condition": (flow, get) => ({ label: "hapus_syarat", act: () => get("modeling").updateProperties(flow, { conditionExpression: undefined }) }),
  "no-form": (task, get) => (property(task, "formKey") ? null : { label: "formulir_umum", act: () => writing(get).setProperty(task, "formKey", "tindakan") }),
  "untyped-task": (task, get) => ({ label: "jadikan_tugas", act: () => get("bpmnReplace").replaceElement(task, { type: "bpmn:UserTask" }) }),
  "unreachable": removable,
  "script": (task, get) => (is(task, "bpmn:ScriptTask") ? { label: "jadikan_layanan", act: () => get("bpmnReplace").replaceElement(task, { type: "bpmn:ServiceTask" }) } : null),
  "unsupported": (task, get) => (is(task, "bpmn:ScriptTask") ? { label: "jadikan_layanan", act: () => get("bpmnReplace").replaceElement(task, { type: "bpmn:ServiceTask" }) } : null),
};

/** The one way out without a condition is what a gateway does otherwise. */
function onlyWithout(gateway, get) {
  const open = (gateway.outgoing ?? []).filter((flow) => !getBusinessObject(flow).conditionExpression);
  if (open.length !== 1) return null;
  return { label: "jadikan_bawaan", act: () => get("modeling").updateProperties(gateway, { default: getBusinessObject(open[0]) }) };
}

function removable(element, get) {
  return { label: "hapus_elemen", act: () => get("modeling").removeElements([element]) };
}
