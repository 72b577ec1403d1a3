// Any value of the law's data as controls: texts, figures, yes or no, lists, parts within parts.
import { el } from "../forms/dom.js";

const LONG = 60; // letters from which a text gets several lines

const BY_HAND = ["penyunting"]; // names that people give, with lists behind them: written as they stand

function byHand(key, value, path, { kept, said }) {
  const told = el("span", { class: "salah", hidden: true });
  const area = el("textarea", { class: "masukan kode", rows: "4", spellcheck: "false", "data-jalur": path.join("/"), value: JSON.stringify(value, null, 1), onchange: (event) => {
    try {
      kept.set(path, JSON.parse(event.target.value || "{}"));
    } catch (error) {
      [told.textContent, told.hidden] = [`${said.bukan_json} ${error.message}`, false];
    }
  } });
  return el("label", { class: "ep-kendali" }, el("span", {}, said.kata[key] ?? key), area, told);
}

/** `around`: {kept, said, words, file}; `path`: where the value stands, from the entry on. */
export function fields(value, path, around) {
  if (Array.isArray(value)) return value.every((one) => typeof one === "string") ? texts(value, path, around) : members(value, path, around);
  if (value && typeof value === "object") return Object.entries(value).map(([key, one]) => named(key, one, [...path, key], around));
  return [plain(value, path, around)];
}

/** What a word of the data is called; one that nobody named is read as it stands. */
const titled = (key, { said, words }) => words.labels[key] ?? said.kata[key] ?? String(key).replaceAll("_", " ");

function named(key, value, path, around) {
  if (BY_HAND.includes(key)) return byHand(key, value, path, around);
  if (value && typeof value === "object") {
    return el("fieldset", { class: "ep-kendali ep-dalam", "data-jalur": path.join("/") }, el("legend", {}, titled(key, around)), fields(value, path, around));
  }
  return el("label", { class: typeof value === "boolean" ? "centang" : "ep-kendali" },
    typeof value === "boolean" ? [plain(value, path, around), el("span", {}, titled(key, around))] : [el("span", {}, titled(key, around)), plain(value, path, around)]);
}

function plain(value, path, { kept, words, file }) {
  const set = (event) => kept.set(path, read(event.target, kept.before(path) ?? value));
  const given = { "data-jalur": path.join("/"), onchange: set };
  const choices = words.choices[`${file}.${path.at(-1)}`];
  if (typeof value === "boolean") return el("input", { ...given, type: "checkbox", checked: value });
  if (choices) {
    const known = choices.some(([code]) => code === value);
    return el("select", { ...given, class: "masukan" }, el("option", { value: "" }, "–"), known || !value ? null : el("option", { value, selected: true }, `${value} ?`),
      choices.map(([code, title]) => el("option", { value: code, selected: code === value }, title ? `${title} · ${code}` : code)));
  }
  if (typeof value === "string" && (value.length > LONG || value.includes("\n"))) return el("textarea", { ...given, class: "masukan", rows: String(Math.min(10, 2 + Math.floor(value.length / 80))), value });
  return el("input", { ...given, class: "masukan", type: "text", inputmode: typeof value === "number" ? "numeric" : null, value: value ?? "" });
}

/** What was typed in the kind the value had: a figure stays a figure, unless it is none, which the check tells. */
function read(control, before) {
  if (control.type === "checkbox") return control.checked;
  if (typeof before === "number" && /^-?\d+$/.test(control.value.trim())) return Number(control.value);
  return control.value;
}

/** A list of texts: of known things as ticks, else one a line. */
function texts(value, path, { kept, words, said, file }) {
  const choices = words.choices[`${file}.${path.at(-1)}`];
  if (!choices) {
    const lines = (event) => kept.set(path, event.target.value.split("\n").map((one) => one.trim()).filter(Boolean));
    return [el("textarea", { class: "masukan", "aria-label": `${path.at(-1)}: ${said.satu_sebaris}`, rows: String(Math.max(2, value.length)), "data-jalur": path.join("/"), value: value.join("\n"), onchange: lines })];
  }
  // Of those there are now: a second tick may come before the first one is drawn.
  const turn = (code, on) => kept.set(path, (now) => [...now.filter((one) => one !== code), ...(on ? [code] : [])]);
  const all = [...choices, ...value.filter((one) => !choices.some(([code]) => code === one)).map((one) => [one, `${one} ?`])];
  const box = ([code, title]) => el("label", { class: "centang" }, el("input", { type: "checkbox", value: code, checked: value.includes(code), onchange: (event) => turn(code, event.target.checked) }), el("span", {}, title || code));
  return [el("div", { class: "ep-centang-daftar", "data-jalur": path.join("/") }, all.map(box))];
}

function members(value, path, around) {
  const { kept, said } = around;
  const one = (member, at) => el("fieldset", { class: "ep-kendali ep-anggota" }, el("legend", {}, `${said.anggota_ke} ${at + 1}`), fields(member, [...path, at], around),
    value.length > 1 ? el("button", { type: "button", class: "tombol kecil", onclick: () => kept.drop([...path, at]) }, said.hapus) : null);
  // Its own key keeps the focus here: at its old place there is the first member's "Remove" once there are two.
  return [...value.map(one), el("button", { type: "button", class: "tombol kecil", "data-jalur": `${path.join("/")}/+`, onclick: () => kept.more(path) }, said.tambah_versi)];
}
