// The names that conditions and parameters of a diagram may read: what its tasks, services and tables leave.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { decision, operator, property } from "./extensions.js";

const HUMAN = ["bpmn:UserTask", "bpmn:ManualTask"];

/** [{path, label, kind, words}] in the order of the drawing. */
export function knownNames(registry, words) {
  const found = registry.filter((one) => !one.labelTarget && one.businessObject).flatMap((one) => left(one, words));
  const start = Object.entries(words.start).flatMap(([name, kinds]) =>
    Object.entries(kinds).map(([field, kind]) => ({ path: `${name}.${field}`, label: field, kind, words: null, group: name })),
  );
  return [...found, ...start];
}

function left(element, words) {
  const { id, name } = getBusinessObject(element);
  const group = name || id;
  const named = (key, field, kind, choices, label) => ({ path: `${key}.${field}`, label: label ?? field, kind, words: choices, group });
  if (HUMAN.some((type) => is(element, type)) || element.type === "bpmn:Task") {
    const form = words.forms.find((one) => one.key === (property(element, "formKey") || "tindakan"));
    if (!form) return [];
    const outcome = form.outcomes.length ? [named(id, "keputusan", "text", form.outcomes, words.said.keputusan)] : [];
    return [...outcome, ...form.fields.map((field) => named(id, field.name, field.kind, field.words, field.label))];
  }
  if (operator(element)) {
    const called = operator(element);
    const service = words.services.find((one) => one.name === called.id);
    return Object.entries(service?.leaves ?? {}).map(([leaf, kind]) => named(called.resultVariable || id, leaf, kind, null));
  }
  const table = words.decisions.find((one) => one.id === decision(element));
  return (table?.outputs ?? []).map((output) => named(id, output, "any", null));
}
