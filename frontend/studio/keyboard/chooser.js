// A dialog that finds one of many by a few letters: what to add, where to go, what to connect with.
import { el } from "../forms/dom.js";

let numbers = 0;

const fold = (words) => words.toLowerCase().normalize("NFKD");

/** `{title, search, empty, choices: [{id, label, note}]}` -> the id that was chosen, null when none was. */
export function choose({ title, search, empty, choices }) {
  const [list, told] = [el("div", { role: "listbox", id: `ep-daftar-${(numbers += 1)}`, "aria-label": title }), el("p", { class: "redup kecil", role: "status" })];
  const input = el("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-label": search, placeholder: search,
    "aria-controls": list.id, "aria-expanded": "true", "aria-autocomplete": "list",
  });
  const dialog = el("dialog", { class: "palet ep-pilih", "aria-label": title }, el("h2", {}, title), input, list, told);
  let [active, chosen] = [0, null];

  const options = () => [...list.children];
  function mark(index) {
    const all = options();
    active = all.length ? (index + all.length) % all.length : -1;
    all.forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    input.setAttribute("aria-activedescendant", all[active]?.id ?? "");
    all[active]?.scrollIntoView({ block: "nearest" });
  }

  function draw() {
    const wanted = fold(input.value).split(/\s+/).filter(Boolean);
    const fits = choices.filter((one) => wanted.every((word) => fold(`${one.label} ${one.note ?? ""}`).includes(word)));
    const begins = (one) => fold(one.label).startsWith(wanted[0] ?? "");
    const found = [...fits.filter(begins), ...fits.filter((one) => !begins(one))];
    list.replaceChildren(...found.map((one, at) => el("div", { role: "option", id: `${list.id}-${at}`, "data-pilihan": one.id, onclick: () => take(one.id) },
      el("span", {}, one.label), one.note ? el("span", { class: "redup kecil" }, one.note) : null)));
    told.textContent = found.length ? "" : empty;
    mark(0);
  }

  function take(id) {
    chosen = id ?? null;
    dialog.close();
  }

  const keys = {
    ArrowDown: () => mark(active + 1), ArrowUp: () => mark(active - 1),
    Enter: () => active >= 0 && take(options()[active].dataset.pilihan),
  };
  input.addEventListener("input", draw);
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // what is typed here is no key of the drawing
    if (event.isComposing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  draw();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
  });
}
