// The keys of the drawing, listed in a dialog.
import { el } from "../forms/dom.js";

/** `said`: {judul, tutup, daftar: [[keys, what they do]]}. */
export function showKeys({ judul, tutup, daftar }) {
  const rows = daftar.map(([keys, meaning]) => el("tr", {}, el("th", { scope: "row" }, keys.split(" ").map((one) => [el("kbd", {}, one), " "]).flat()), el("td", {}, meaning)));
  const close = el("button", { type: "button", class: "tombol utama", onclick: () => dialog.close() }, tutup);
  const dialog = el("dialog", { class: "ep-tombol-daftar", "aria-label": judul }, el("div", { class: "ep-baris" }, el("h2", {}, judul), close), el("table", { class: "tabel" }, el("tbody", {}, rows)));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve();
    });
  });
}
