// What events carry and wait for, and rounds over the members of a list.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { property } from "../extensions.js";
import { check, group, text } from "./entries.js";

const definition = (element) => getBusinessObject(element).eventDefinitions?.[0];

export function eventGroups(element, { said, write }) {
  const kind = definition(element)?.$type ?? "";
  const named = ["bpmn:MessageEventDefinition", "bpmn:SignalEventDefinition", "bpmn:EscalationEventDefinition"].includes(kind);
  const throws = named && (is(element, "bpmn:ThrowEvent") || is(element, "bpmn:EndEvent"));
  const waits = is(element, "bpmn:ReceiveTask") || (named && is(element, "bpmn:CatchEvent"));
  const field = (name, label, description) => text(`ep-${name}`, label, (one) => property(one, name), (one, value) => write.setProperty(one, name, value), { description });
  const entries = [
    ...(throws ? [field("payload", said.dibawa, said.dibawa_contoh)] : []),
    ...(waits ? [field("correlation", said.untuk_siapa, said.untuk_siapa_contoh)] : []),
    ...(is(element, "bpmn:EndEvent") || is(element, "bpmn:IntermediateThrowEvent") ? [field("state", said.keadaan_berkas, "")] : []),
  ];
  return entries.length ? [group("ep-peristiwa", said.peristiwa, entries)] : [];
}

export function listGroups(element, { said, write, modeling }) {
  const loop = getBusinessObject(element).loopCharacteristics;
  if (!loop) return [];
  if (is(loop, "bpmn:StandardLoopCharacteristics")) return [loopGroup(loop, { said, write, modeling })];
  const update = (one, values) => modeling.updateModdleProperties(one, loop, values);
  return [group("ep-daftar", said.anggota_daftar, [
    text("ep-items", said.daftar, ...item(loop, "loopDataInputRef", update, write), { description: said.daftar_contoh }),
    text("ep-item", said.anggota, ...data(loop, "inputDataItem", update, write)),
    text("ep-output", said.kumpulan, ...item(loop, "loopDataOutputRef", update, write)),
    text("ep-result-item", said.hasil_anggota, ...data(loop, "outputDataItem", update, write)),
  ])];
}

// References to data name paths, no element of the diagram; something of that id is written as its text.
const item = (loop, name, update, write) => [
  () => loop[name]?.id ?? "",
  (one, value) => update(one, { [name]: value ? write.made("bpmn:Property", loop, { id: value }) : undefined }),
];

const data = (loop, name, update, write) => [
  () => loop[name]?.id ?? "",
  (one, value) => update(one, { [name]: value ? write.made(name === "inputDataItem" ? "bpmn:DataInput" : "bpmn:DataOutput", loop, { id: value }) : undefined }),
];

function loopGroup(loop, { said, write, modeling }) {
  const update = (one, values) => modeling.updateModdleProperties(one, loop, values);
  return group("ep-ulang", said.ulang, [
    text("ep-loop-condition", said.ulang_selama, () => loop.loopCondition?.body ?? "", (one, value) => write.setExpression(one, loop, "loopCondition", value)),
    text("ep-loop-maximum", said.ulang_terbanyak, () => String(loop.loopMaximum ?? ""), (one, value) => update(one, { loopMaximum: value ? Number(value) : undefined }),
      { validate: (value) => (value && !/^\d{1,4}$/.test(value) ? said.angka_bulat : undefined) }),
    check("ep-test-before", said.uji_dahulu, () => Boolean(loop.testBefore), (one, value) => update(one, { testBefore: value })),
  ]);
}
