// The drawing by keyboard alone: one goes from element to element, hears which it is, and finds any by its name.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { choose } from "./chooser.js";
import { showKeys } from "./help.js";
import { naming } from "./naming.js";
import { seen } from "./walking.js";

const FIRST = 2000; // before arrows and letters mean anything else
const MARGINS = { top: 80, right: 80, bottom: 80, left: 160 }; // pixels; the palette covers the left

export class Reading {
  constructor(canvas, elementRegistry, selection, eventBus, keyboard, translate, words) {
    Object.assign(this, { canvas, registry: elementRegistry, selection, said: words.said });
    this.naming = naming(translate, words.said.papan);
    this.voice = document.querySelector("[data-suara]");
    eventBus.on("canvas.init", ({ svg }) => this.describe(svg));
    eventBus.on("selection.changed", () => this.tell());
    eventBus.on("canvas.focus.changed", ({ focused }) => focused && this.tell());
    keyboard.addListener(FIRST, ({ keyEvent }) => this.press(keyEvent));
  }

  describe(svg) {
    const told = { role: "application", "aria-label": this.said.papan.kanvas, "aria-describedby": "petunjuk-kanvas" };
    for (const [name, value] of Object.entries(told)) svg.setAttribute(name, value);
  }

  chosen() {
    return this.selection.get().at(-1);
  }

  tell() {
    if (!this.voice || !this.canvas.isFocused()) return;
    const all = this.selection.get();
    this.voice.textContent = all.length > 1 ? this.said.papan.banyak.replace("%n", all.length) : all.length ? this.naming.whole(all[0]) : this.said.papan.tidak_ada;
  }

  say(words) {
    if (this.voice) this.voice.textContent = words;
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const act = this.keys()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return undefined;
    return act(event) === false ? undefined : true;
  }

  keys() {
    return {
      PageDown: ({ shiftKey }) => this.step(1, shiftKey),
      PageUp: ({ shiftKey }) => this.step(-1, shiftKey),
      Home: () => this.begin(),
      g: () => this.goSomewhere(),
      "?": () => this.help(),
    };
  }

  /** The next or the one before in the order of reading; `more`: beside what is chosen already. */
  step(by, more) {
    const all = seen(this.registry, this.canvas);
    const here = all.indexOf(this.chosen());
    const at = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1);
    if (all[at]) this.choose(all[at], more);
  }

  begin() {
    const [first] = seen(this.registry, this.canvas);
    if (first) this.choose(first);
  }

  choose(element, more = false) {
    this.selection.select(element, more);
    this.canvas.scrollToElement(element, MARGINS);
    this.canvas.focus();
    this.tell();
  }

  async goSomewhere() {
    const id = await this.ask(this.said.papan.ke_mana, seen(this.registry, this.canvas).map((one) => this.option(one)));
    if (id) this.choose(this.registry.get(id));
  }

  option(element) {
    const way = is(element, "bpmn:SequenceFlow");
    return { id: element.id, label: way ? this.naming.whole(element) : this.naming.name(element) || element.id, note: way ? "" : this.naming.kind(element) };
  }

  /** The id that was chosen of `choices`; the drawing has the focus again afterwards. */
  async ask(title, choices) {
    const { cari, tidak_ditemukan } = this.said.papan;
    const id = await choose({ title, search: cari, empty: tidak_ditemukan, choices });
    this.canvas.focus();
    return id;
  }

  listed({ baca }) {
    return baca;
  }

  async help() {
    await showKeys({ ...this.said.papan.bantuan, daftar: this.listed(this.said.papan.bantuan) });
    this.canvas.focus();
  }
}
Reading.$inject = ["canvas", "elementRegistry", "selection", "eventBus", "keyboard", "translate", "config.words"];

export default { __init__: ["eperizinanKeys"], eperizinanKeys: ["type", Reading] };
