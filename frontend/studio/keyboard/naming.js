// What an element is called where it is not seen: its kind, its name, and where a way leads.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { PopupEntries } from "bpmn-js/lib/features/popup-menu/PopupEntries";

const OTHERS = {
  "bpmn:SequenceFlow": "Sequence flow",
  "bpmn:MessageFlow": "Message flow",
  "bpmn:Lane": "Lane",
  "bpmn:Participant": "Pool",
  "bpmn:TextAnnotation": "Text annotation",
  "bpmn:Association": "Association",
  "bpmn:Group": "Group",
  "bpmn:SubProcess": "Sub-process",
};

const definition = (object) => object.eventDefinitions?.[0]?.$type;

function fits({ target }, object) {
  if (target.type !== object.$type || target.eventDefinitionType !== definition(object)) return false;
  return target.cancelActivity === undefined || target.cancelActivity === object.cancelActivity;
}

/** The English words of bpmn-js for the kind of an element, to be translated. */
export function kindOf(element) {
  const object = getBusinessObject(element);
  if (OTHERS[object.$type]) return OTHERS[object.$type];
  return Object.values(PopupEntries).find((one) => fits(one, object))?.label ?? object.$type.replace("bpmn:", "");
}

/** `translate`: of bpmn-js; `said`: {tanpa_nama, dari_ke}. */
export function naming(translate, said) {
  const name = (element) => getBusinessObject(element).name?.trim() || getBusinessObject(element).text?.trim() || "";
  const kind = (element) => translate(kindOf(element));
  function whole(element) {
    if (!is(element, "bpmn:SequenceFlow")) return `${kind(element)}: ${name(element) || said.tanpa_nama}`;
    const [from, to] = [element.source, element.target].map((one) => name(one) || kind(one));
    return [`${kind(element)}: ${name(element)}`.replace(/: $/, ""), said.dari_ke.replace("%a", from).replace("%b", to)].join(", ");
  }
  return { name, kind, whole };
}
