// Work for a person: its form, its time, the states it sets, and who may not do it.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { h } from "@bpmn-io/properties-panel/preact";
import { property } from "../extensions.js";
import { roleOf } from "../lanes.js";
import { group, select, text } from "./entries.js";
import { showForm } from "./form_preview.js";

const DURATION = /^(?!0+([.,]0+)? )\d{1,4}([.,]\d{1,2})? (menit|jam|hk|hari kerja)$/;

export const isWork = (element) => element.type !== "label" && (is(element, "bpmn:UserTask") || is(element, "bpmn:ManualTask") || element.type === "bpmn:Task");

export function workGroups(element, { words, said, write, registry }) {
  if (!isWork(element)) return [];
  const given = (name) => (one) => property(one, name);
  const set = (name) => (one, value) => write.setProperty(one, name, value);
  const field = (name, label, more) => text(`ep-${name}`, label, given(name), set(name), more);
  const chosen = (name, label, choices, more) => select(`ep-${name}`, label, given(name), set(name), choices, more);
  const time = { validate: (value) => (value && !DURATION.test(value) ? said.waktu_salah : undefined), description: said.waktu_contoh };
  return [
    group("ep-kerja", said.pekerjaan, [
      { id: "ep-peran", component: Role, words, said },
      chosen("formKey", said.formulir, words.forms.map((one) => [one.key, one.title]), { description: said.formulir_kosong }),
      { id: "ep-formulir-lihat", component: FormLink, words, said },
      field("standard", said.waktu_standar, time),
      field("standardOnline", said.waktu_daring, time),
      field("legalBasis", said.dasar_hukum),
    ]),
    group("ep-pemisahan", said.pemisahan, [
      { id: "ep-notSameAs", component: NotSameAs, said, write, registry },
      field("namedBy", said.ditunjuk, { description: said.ditunjuk_contoh }),
    ]),
    group("ep-keadaan", said.keadaan, [
      chosen("state", said.keadaan_terbuka, words.states),
      chosen("stateClaimed", said.keadaan_diambil, words.states),
      chosen("stateAgain", said.keadaan_lagi, words.states),
    ]),
  ];
}

function Role({ element, words, said }) {
  const code = roleOf(element);
  const name = words.roles.find(([known]) => known === code)?.[1];
  const shown = code ? `${name ?? said.peran_asing} (${code})` : said.tanpa_peran;
  return h("div", { class: "bio-properties-panel-entry ep-terbaca", "data-entry-id": "ep-peran" }, h("b", null, said.peran), " ", shown);
}

function FormLink({ element, words, said }) {
  const key = property(element, "formKey");
  const form = words.forms.find((one) => one.key === key);
  if (!form) return null;
  const address = words.formAddress.replace("KUNCI", encodeURIComponent(key));
  const look = () => showForm(form, words.formPreview, said.lihat);
  return h("div", { class: "bio-properties-panel-entry ep-terbaca ep-baris" },
    h("button", { type: "button", class: "tombol kecil", "data-lihat-formulir": form.key, onClick: look }, said.pratinjau_formulir),
    h("a", { href: address, target: "_blank", rel: "noopener" }, said.lihat_formulir));
}

/** The other tasks of the diagram to tick; ids of tasks elsewhere stand in the list as they were written. */
function NotSameAs({ element, said, write, registry }) {
  const now = () => property(element, "notSameAs").split(",").map((one) => one.trim()).filter(Boolean);
  const named = now();
  const here = registry.filter((one) => isWork(one) && one !== element && !one.labelTarget).map((one) => getBusinessObject(one));
  const elsewhere = named.filter((id) => !here.some((one) => one.id === id));
  const all = [...here.map((one) => [one.id, one.name || one.id]), ...elsewhere.map((id) => [id, id])];
  const turn = (id, on) => write.setProperty(element, "notSameAs", [...now().filter((one) => one !== id), ...(on ? [id] : [])].join(", "));
  const box = ([id, name]) =>
    h("label", { class: "ep-centang", key: id },
      h("input", { type: "checkbox", checked: named.includes(id), onChange: (event) => turn(id, event.target.checked) }), " ", name);
  return h("fieldset", { class: "bio-properties-panel-entry ep-pilihan", "data-entry-id": "ep-notSameAs" },
    h("legend", null, said.bukan_orang_sama), all.length ? all.map(box) : said.tanpa_tugas_lain);
}
