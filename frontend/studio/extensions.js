// What our diagrams keep in extension elements: properties by name, the service a task calls, the table it asks.
// Everything is written through `modeling`, or undo would not know of it.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";

const PREFIX = "spiffworkflow";

function extension(element, type) {
  const values = getBusinessObject(element).extensionElements?.get("values") ?? [];
  return values.find((one) => is(one, `${PREFIX}:${type}`));
}

export const propertiesOf = (element) => extension(element, "Properties")?.get("values") ?? [];

export const property = (element, name) => propertiesOf(element).find((one) => one.name === name)?.value ?? "";

export const operator = (element) => extension(element, "ServiceTaskOperator");

export const parametersOf = (element) => operator(element)?.parameterList?.get("parameters") ?? [];

export const parameter = (element, id) => parametersOf(element).find((one) => one.id === id)?.value ?? "";

export const decision = (element) => extension(element, "CalledDecisionId")?.value ?? "";

/** `modeler.get` in, functions that write out. */
export function writing(get) {
  const [modeling, factory] = [get("modeling"), get("bpmnFactory")];

  function made(type, parent, values = {}) {
    const one = factory.create(type, values);
    one.$parent = parent;
    return one;
  }

  /** The extension element of that type, made if it is not there. */
  function ensured(element, type) {
    const object = getBusinessObject(element);
    if (!object.extensionElements) {
      const block = made("bpmn:ExtensionElements", object, { values: [] });
      modeling.updateProperties(element, { extensionElements: block });
    }
    const block = object.extensionElements;
    const known = extension(element, type);
    if (known) return known;
    const one = made(`${PREFIX}:${type}`, block);
    modeling.updateModdleProperties(element, block, { values: [...block.get("values"), one] });
    return one;
  }

  function dropped(element, type) {
    const block = getBusinessObject(element).extensionElements;
    const rest = block?.get("values").filter((one) => !is(one, `${PREFIX}:${type}`)) ?? [];
    if (!block || rest.length === block.get("values").length) return;
    if (rest.length) modeling.updateModdleProperties(element, block, { values: rest });
    else modeling.updateProperties(element, { extensionElements: undefined });
  }

  /** Set a property; an empty value takes it out. */
  function setProperty(element, name, value) {
    const known = propertiesOf(element).find((one) => one.name === name);
    if (known && value) return modeling.updateModdleProperties(element, known, { value });
    if (!known && !value) return undefined;
    const holder = ensured(element, "Properties");
    const rest = holder.get("values").filter((one) => one.name !== name);
    const values = value ? [...rest, made(`${PREFIX}:Property`, holder, { name, value })] : rest;
    if (!values.length) return dropped(element, "Properties");
    return modeling.updateModdleProperties(element, holder, { values });
  }

  /** Call another service: parameters that it takes too keep their values, those it must have stand ready. */
  function setService(element, service) {
    if (!service) return dropped(element, "ServiceTaskOperator");
    const before = parametersOf(element);
    const called = ensured(element, "ServiceTaskOperator");
    const holder = made(`${PREFIX}:Parameters`, called);
    const kept = before.filter((one) => service.params.some((param) => param.name === one.id));
    const missing = service.params.filter((param) => param.required && !kept.some((one) => one.id === param.name));
    const fresh = missing.map((param) => made(`${PREFIX}:Parameter`, holder, { id: param.name, type: "str", value: "" }));
    const parameters = [...kept.map(({ id, type, value }) => made(`${PREFIX}:Parameter`, holder, { id, type, value })), ...fresh];
    holder.parameters = parameters;
    return modeling.updateModdleProperties(element, called, { id: service.name, parameterList: holder });
  }

  function setParameter(element, id, value, required) {
    const known = parametersOf(element).find((one) => one.id === id);
    if (known && (value || required)) return modeling.updateModdleProperties(element, known, { value });
    if (!known && !value) return undefined;
    const called = ensured(element, "ServiceTaskOperator");
    if (!called.parameterList) {
      modeling.updateModdleProperties(element, called, { parameterList: made(`${PREFIX}:Parameters`, called) });
    }
    const holder = called.parameterList;
    const rest = holder.get("parameters").filter((one) => one.id !== id);
    const parameters = value ? [...rest, made(`${PREFIX}:Parameter`, holder, { id, type: "str", value })] : rest;
    return modeling.updateModdleProperties(element, holder, { parameters });
  }

  function setResult(element, value) {
    const called = operator(element);
    return called && modeling.updateModdleProperties(element, called, { resultVariable: value || undefined });
  }

  function setDecision(element, value) {
    if (!value) return dropped(element, "CalledDecisionId");
    return modeling.updateModdleProperties(element, ensured(element, "CalledDecisionId"), { value });
  }

  /** A child of an element as a plain text expression, such as a condition; an empty text takes it out. */
  function setExpression(element, holder, name, text) {
    const value = text ? made("bpmn:FormalExpression", holder, { body: text }) : undefined;
    return modeling.updateModdleProperties(element, holder, { [name]: value });
  }

  return { made, setProperty, setService, setParameter, setResult, setDecision, setExpression };
}
