// Entries of the panel from two functions each: how a value is read from the element, and how it is written.
import {
  CheckboxEntry, Group, SelectEntry, TextAreaEntry, TextFieldEntry,
  isCheckboxEntryEdited, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited,
} from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { useService } from "bpmn-js-properties-panel";

const bound = ({ element, id, label, read, write, description }) => ({
  element, id, label, description,
  getValue: () => read(element),
  // A field that is only left changes nothing: the drawing would be written, saved and checked for it.
  setValue: (value) => (value ?? "") !== (read(element) ?? "") && write(element, value),
});

function Text(props) {
  return h(TextFieldEntry, { ...bound(props), debounce: useService("debounceInput"), validate: props.validate });
}

function Area(props) {
  return h(TextAreaEntry, { ...bound(props), debounce: useService("debounceInput"), rows: props.rows ?? 2, monospace: props.monospace });
}

function Select(props) {
  return h(SelectEntry, { ...bound(props), getOptions: () => props.options(props.element) });
}

function Check(props) {
  return h(CheckboxEntry, bound(props));
}

export const text = (id, label, read, write, more = {}) => ({ id, label, read, write, ...more, component: Text, isEdited: isTextFieldEntryEdited });

export const area = (id, label, read, write, more = {}) => ({ id, label, read, write, ...more, component: Area, isEdited: isTextAreaEntryEdited });

export const check = (id, label, read, write, more = {}) => ({ id, label, read, write, ...more, component: Check, isEdited: isCheckboxEntryEdited });

/** `choices`: [[value, title]], the value shown too unless `more.bare`; a value that is none of them is kept and shown as what it is. */
export function select(id, label, read, write, choices, more = {}) {
  const options = (element) => {
    const [now, listed] = [read(element), typeof choices === "function" ? choices(element) : choices];
    const shown = listed.map(([value, title]) => ({ value, label: title && title !== value ? (more.bare ? title : `${title} · ${value}`) : value }));
    const known = !now || listed.some(([value]) => value === now);
    return [{ value: "", label: "–" }, ...(known ? [] : [{ value: now, label: `${now} ?` }]), ...shown];
  };
  return { id, label, read, write, options, ...more, component: Select, isEdited: isSelectEntryEdited };
}

export const group = (id, label, entries) => ({ id, label, component: Group, entries });
