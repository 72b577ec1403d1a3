// What the chosen part says: its words as controls, those of its type alone.
import { el } from "./dom.js";
import { conditionControl, moreControl, pairsControl } from "./controls.js";
import { renew } from "./renewing.js";

const NUMBERS = ["number", "integer", "money"];
const DAYS = ["date", "datetime"];
const HAND = ["bulk", "unsent", "place", "measured"]; // written as they stand in the file

export function sheet(place, kept, words, said, changing) {
  function draw() {
    const path = kept.chosen();
    const part = kept.at(path);
    const set = (word) => (value) => kept.set(path, word, value);
    const lines = path.length === 0 ? formLines(part, set) : path.length === 1 ? sectionLines(part, set) : fieldLines(part, set);
    renew(place, el("h2", {}, path.length ? part.label ?? part.title ?? "" : said.formulir), el("fieldset", { class: "ep-lembar", "data-jalur": path.join("."), disabled: !changing }, el("legend", { class: "sr" }, said.sifat), lines));
  }

  const labelled = (word, control) => el("label", { class: "ep-kendali", "data-kata": word }, el("span", {}, said.kata[word] ?? word), control);
  const line = (word, value, put, more = {}) => labelled(word, el("input", { class: "masukan", type: "text", value: value ?? "", onchange: (event) => put(event.target.value.trim()), ...more }));
  const lines = (word, value, put) => labelled(word, el("textarea", { class: "masukan", rows: "2", value: value ?? "", onchange: (event) => put(event.target.value.trim()) }));
  const tick = (word, value, put) => el("label", { class: "centang", "data-kata": word }, el("input", { type: "checkbox", checked: Boolean(value), onchange: (event) => put(event.target.checked) }), el("span", {}, said.kata[word] ?? word));
  const whole = (text) => (/^-?\d+$/.test(text) ? Number(text) : text);

  function pick(word, value, options, put) {
    const shown = options.map((one) => (Array.isArray(one) ? one : [one, said[word]?.[one] ?? one]));
    const known = !value || shown.some(([one]) => one === value);
    return labelled(word, el("select", { class: "masukan", onchange: (event) => put(event.target.value) },
      el("option", { value: "" }, "–"), known ? null : el("option", { value, selected: true }, `${value} ?`),
      shown.map(([one, title]) => el("option", { value: one, selected: one === value }, title))));
  }

  const pairs = (all = []) => all.map((one) => [one.value, one.label, one.reason]);
  const outcomes = (all) => all.map(([value, label, reason]) => ({ value, label, ...(reason ? { reason } : {}) }));

  function formLines(form, set) {
    return [
      line("title", form.title, set("title")), lines("intro", form.intro, set("intro")),
      pairsControl(said, "outcomes", pairs(form.outcomes), (alter) => set("outcomes")((now) => outcomes(alter(pairs(now)))), changing, true),
    ];
  }

  function sectionLines(section, set) {
    return [line("title", section.title, set("title")), lines("help", section.help, set("help")), conditionControl(said, section.visible_if, earlier(), set("visible_if"))];
  }

  /** Fields that stand before the chosen part in the form. */
  function earlier() {
    const [section, field] = kept.chosen();
    return (kept.form().sections ?? []).flatMap((one, at) => (at < section ? one.fields ?? [] : at === section && field !== undefined ? (one.fields ?? []).slice(0, field) : []));
  }

  function fieldLines(field, set) {
    const is = (...types) => types.includes(field.type);
    return [
      line("label", field.label, set("label")), line("name", field.name, set("name")),
      pick("type", field.type, words.types.map((one) => [one, said.jenis[one] ?? one]), set("type")),
      is("note") ? lines("text", field.text, set("text")) : tick("required", field.required, set("required")),
      lines("help", field.help, set("help")),
      ...(is(...NUMBERS) ? [line("min", field.min, set("min")), line("max", field.max, set("max")), line("unit", field.unit, set("unit"))] : []),
      is("number") ? line("decimals", field.decimals, (text) => set("decimals")(whole(text)), { inputmode: "numeric" }) : null,
      is(...DAYS) ? pick("not_before", field.not_before, earlier().filter((one) => one.type === field.type).map((one) => [one.name, one.label]), set("not_before")) : null,
      ...(is("text", "digits") ? [line("length", (field.length ?? []).join(", "), (text) => set("length")(text.split(/[ ,]+/).filter(Boolean).map(whole)))] : []),
      is("text") ? pick("pattern", field.pattern, words.patterns, set("pattern")) : null,
      ...(is("choice", "choices") ? [pairsControl(said, "options", field.options ?? [], (alter) => set("options")((now = []) => alter(now)), changing), pick("options_from", field.options_from, words.lists, set("options_from"))] : []),
      is("rows") ? pick("rows_from", field.rows_from, words.lists, set("rows_from")) : null,
      is("group") ? line("repeat", field.repeat ? `${field.repeat.min ?? 0}-${field.repeat.max ?? 20}` : "", (text) => set("repeat")(repeat(text))) : null,
      ...(is("file") ? [line("accept", (field.accept ?? []).join(", "), (text) => set("accept")(text.split(/[ ,]+/).filter(Boolean))), line("max_mb", field.max_mb, (text) => set("max_mb")(whole(text))), line("many", field.many, (text) => set("many")(whole(text)))] : []),
      pick("control", field.control, words.controls, set("control")), pick("width", field.width, words.widths, set("width")),
      pick("prefill", field.prefill, prefills(field.prefill), set("prefill")),
      conditionControl(said, field.visible_if, earlier(), set("visible_if")),
      tick("routes", field.routes, set("routes")), tick("personal", field.personal, set("personal")),
      moreControl(said, Object.fromEntries(HAND.concat("kinds", "autocomplete").filter((word) => word in field).map((word) => [word, field[word]])), (all) => Object.entries(all).forEach(([word, value]) => set(word)(value))),
    ];
  }

  /** The closed list, and what of the application stands there already. */
  function prefills(value) {
    const stated = /^application\.(\w+)$/.exec(value ?? "");
    return stated ? [...words.prefills, [value, said.isian_permohonan.replace("%n", stated[1])]] : words.prefills;
  }

  function repeat(text) {
    const found = /^(\d+)\s*-\s*(\d+)$/.exec(text);
    return found ? { min: Number(found[1]), max: Number(found[2]) } : text;
  }

  return draw;
}
