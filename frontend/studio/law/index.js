// The law's data of a draft in pages: permit types with their standards and requirements, tariffs, roles, terms, texts.
import "../studio.css";
import { openPage } from "../page.js";
import { soon } from "../redrawing.js";
import { el } from "../forms/dom.js";
import { renew } from "../forms/renewing.js";
import { fields } from "./fields.js";
import { state } from "./state.js";

openPage(({ luggage, words, changing, container }) => {
  const kept = state();
  const said = { ...words.said, ...words.said.hukum };
  const place = document.querySelector("[data-sifat]");
  const file = luggage.path.split("/").pop().replace(/\.json$/, "");
  const around = { kept, said, words, file };
  let sought = "";

  // Settings are named by the page; everything else names itself.
  const own = (one) => (one && typeof one === "object" && (one.name ?? one.title ?? one.label ?? one.subject ?? one.version)) || "";
  const title = (key, one) => own(one) || (file === "settings" && said.kata[key]) || "";

  function list() {
    const data = kept.data();
    const shown = Object.keys(data).filter((key) => `${key} ${title(key, data[key])}`.toLowerCase().includes(sought));
    const line = (key) => el("li", {}, el("button", { type: "button", class: "ep-bagian", "data-kunci": key, "aria-pressed": String(key === kept.chosen()), onclick: () => kept.choose(key) },
      Array.isArray(data) ? title(key, data[key]) || key : key, el("span", { class: "redup kecil" }, ` ${Array.isArray(data) ? "" : title(key, data[key])}`)));
    const search = el("input", { class: "masukan", type: "search", "aria-label": said.saring, placeholder: said.saring, value: sought, oninput: (event) => ((sought = event.target.value.toLowerCase()), list()) });
    renew(container, search, el("ol", { class: "ep-daftar" }, shown.map(line)), changing ? adding(data) : "");
  }

  function adding(data) {
    if (Array.isArray(data)) return el("button", { type: "button", class: "tombol kecil", onclick: () => (kept.more([]), kept.choose(String(kept.data().length - 1))) }, said.tambah_versi);
    const name = el("input", { class: "masukan", type: "text", "aria-label": said.kode_baru, placeholder: said.kode_baru, oninput: (event) => event.target.setCustomValidity("") });
    return el("form", { class: "ep-baru", onsubmit: (event) => {
      event.preventDefault();
      if (kept.double(name.value.trim())) return;
      name.setCustomValidity(said.kode_dipakai);
      name.reportValidity();
    } }, name, el("button", { class: "tombol kecil" }, said.gandakan));
  }

  function sheet() {
    const key = kept.chosen();
    const value = kept.data()[key];
    renew(place, el("h2", {}, `${key} ${title(key, value)}`),
      el("fieldset", { class: "ep-lembar", disabled: !changing }, el("legend", { class: "sr" }, said.sifat), value === undefined ? "" : value && typeof value === "object" && key !== "penyunting" ? fields(value, [key], around) : key === "penyunting" ? fields({ penyunting: value }, [], around) : el("label", { class: "ep-kendali" }, el("span", {}, title(key, value) || key), fields(value, [key], around))),
      changing && value !== undefined ? el("button", { type: "button", class: "tombol kecil bahaya", onclick: () => kept.drop([key]) }, said.hapus_butir) : "");
  }

  const redraw = () => (list(), sheet());
  kept.listen(() => soon(redraw));
  return {
    text: async () => `${JSON.stringify(kept.data(), null, 2)}\n`,
    open: async (source) => {
      kept.load(JSON.parse(source));
      list();
      sheet();
      return [];
    },
    onChange: (listener) => kept.listen((changed) => changed && listener()),
    mark: () => {},
    go: (id) => [id, id.split(/[ .:/]/)[0]].some((one) => one in kept.data() && (kept.choose(one), true)),
    mend: () => null,
    style: async () => [],
    acts: { urungkan: kept.undo, ulangi: kept.redo },
    shown: { kept },
  };
});
