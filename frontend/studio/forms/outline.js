// The parts of the form in order: chosen by a click, moved by buttons or by dragging.
import { el } from "./dom.js";
import { renew } from "./renewing.js";
import { freeName } from "./state.js";

const HOLDERS = ["group", "rows"];

export function outline(place, kept, said, changing) {
  let dragged = null;

  function draw() {
    const form = kept.form();
    renew(
      place,
      el("button", { ...choosing([]), class: "ep-bagian ep-judul" }, form.title || form.key || "–"),
      el("ol", { class: "ep-daftar" }, (form.sections ?? []).map((section, at) => part(section, [at], section.title))),
      changing ? el("button", { type: "button", class: "tombol kecil", onclick: () => kept.add([], { title: said.bagian_baru, fields: [] }) }, said.tambah_bagian) : "",
    );
  }

  function choosing(path) {
    const now = path.join(".") === kept.chosen().join(".");
    return { type: "button", "data-jalur": path.join("."), "aria-pressed": String(now), onclick: () => kept.choose(path) };
  }

  function part(one, path, title) {
    const inner = path.length === 1 || HOLDERS.includes(one.type);
    const row = el("div", { class: "ep-baris", draggable: changing ? "true" : null, ondragstart: () => (dragged = path), ondragover: (event) => may(path) && event.preventDefault(), ondrop: (event) => drop(event, path) },
      el("button", { ...choosing(path), class: "ep-bagian" }, title || one.name || "–", path.length > 1 ? el("span", { class: "redup kecil" }, ` ${said.jenis[one.type] ?? one.type}${one.required ? " *" : ""}`) : null),
      changing ? tools(one, path, title) : null);
    return el("li", {}, row, inner ? el("ol", { class: "ep-daftar" }, (one.fields ?? []).map((field, at) => part(field, [...path, at], field.label))) : null,
      inner && changing ? el("button", { type: "button", class: "tombol kecil", onclick: () => addField(path) }, said.tambah_isian) : null);
  }

  // From the office's own icons: not every font has such a sign.
  function icon(name) {
    const [picture, use] = ["svg", "use"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    picture.setAttribute("class", "ikon");
    picture.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${place.dataset.ikon}#${name}`);
    picture.append(use);
    return picture;
  }

  function tools(one, path, title) {
    const act = (sign, words, run) => el("button", { type: "button", class: "ep-kecil", "aria-label": `${words}: ${title ?? ""}`, title: words, onclick: run }, sign);
    return el("span", { class: "ep-alat" },
      act("↑", said.naik, () => kept.move(path, path.at(-1) - 1)),
      act("↓", said.turun, () => kept.move(path, path.at(-1) + 1)),
      act(icon("ganda"), said.gandakan, () => kept.double(path)),
      act("×", said.hapus, () => kept.remove(path)));
  }

  function addField(path) {
    kept.add(path, { name: freeName(kept.form(), "isian_baru"), label: said.isian_baru, type: "text" });
  }

  const may = (path) => dragged && dragged.slice(0, -1).join(".") === path.slice(0, -1).join(".");

  function drop(event, path) {
    event.preventDefault();
    if (may(path)) kept.move(dragged, path.at(-1));
    dragged = null;
  }

  return draw;
}
