// Drawing by keyboard alone: elements are added, connected, named, aligned and moved without a mouse.
import { is, getBusinessObject } from "bpmn-js/lib/util/ModelUtil";
import { kindById, kindsFor, OF_PALETTE } from "./kinds.js";
import { movable } from "./moving.js";
import { handOver, instead, pasting } from "./pasting.js";
import { placing } from "./placing.js";
import { Reading } from "./reading.js";

const ALIGNED = [
  ["left", "Align elements left"], ["center", "Align elements center"], ["right", "Align elements right"], ["top", "Align elements top"],
  ["middle", "Align elements middle"], ["bottom", "Align elements bottom"], ["horizontal", "Distribute elements horizontally"],
  ["vertical", "Distribute elements vertically"],
];
const NAME = "#bio-properties-panel-name";
const TRIES = 20; // frames until the panel shows what was just chosen
const WAYS = { ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowDown: [0, 1] };

const isEmpty = (tree) => !Object.keys(tree ?? {}).length;

class Drawing extends Reading {
  constructor(injector, ...rest) {
    super(...rest);
    this.get = (name) => injector.get(name);
    this.panel = document.querySelector("[data-sifat]");
    this.get("eventBus").on("palette.changed", () => this.openPalette());
    this.get("eventBus").on("canvas.init", ({ svg }) => (this.handOver = handOver(svg)));
    this.get("eventBus").on("copyPaste.elementsCopied", ({ elements, tree }) => elements.length && isEmpty(tree) && this.notCopied(elements));
    instead(this.get("eventBus"), { paste: () => this.paste(), duplicate: () => this.duplicate() });
    this.panel?.addEventListener("keydown", (event) => event.key === "Escape" && this.canvas.focus());
  }

  keys() {
    return {
      ...super.keys(),
      a: () => this.add(),
      c: () => (this.chosen() ? this.connect() : false), // with nothing chosen the tool for the mouse begins
      t: () => this.align(),
      F2: () => this.rename(),
      Enter: () => this.rename(),
      ...Object.fromEntries(Object.entries(WAYS).map(([key, way]) => [key, ({ shiftKey }) => this.move(way, shiftKey)])),
    };
  }

  /** Buttons of the palette that make something are reached by Tab and pressed by Enter or the space bar. */
  openPalette() {
    const palette = this.canvas.getContainer().querySelector(".djs-palette");
    for (const one of palette?.querySelectorAll(".entry") ?? []) {
      if (!OF_PALETTE[one.dataset.action] || one.tabIndex === 0) continue;
      one.tabIndex = 0;
      one.addEventListener("keydown", (event) => {
        if (!["Enter", " "].includes(event.key)) return;
        event.preventDefault();
        this.make(kindById(OF_PALETTE[one.dataset.action]));
      });
    }
  }

  listed({ baca, ubah }) {
    return [...baca, ...ubah];
  }

  async add() {
    const translate = this.get("translate");
    const all = kindsFor(this.chosen());
    const id = await this.ask(this.said.papan.tambah, all.map((one) => ({ id: one.id, label: translate(one.label) })));
    if (id) this.make(all.find((one) => one.id === id));
  }

  make({ id, target }) {
    const made = target ? placing(this.get).add(target, this.chosen()) : this.get("modeling").addLane(this.chosen(), id === "lane-below" ? "bottom" : "top");
    this.choose(made);
    if (target && !is(made, "bpmn:Participant")) this.get("directEditing").activate(made);
  }

  async connect() {
    const [from, rules] = [this.chosen(), this.get("bpmnRules")];
    const reached = new Set((from.outgoing ?? []).map((one) => one.target));
    const targets = this.registry.filter((one) => one !== from && !one.labelTarget && !one.waypoints && !reached.has(one) && rules.canConnect(from, one));
    if (!targets.length) return this.say(this.said.papan.tanpa_tujuan);
    const id = await this.ask(this.said.papan.sambungkan.replace("%n", this.naming.name(from) || this.naming.kind(from)), targets.map((one) => this.option(one)));
    const way = id && this.get("modeling").connect(from, this.registry.get(id));
    if (way) this.choose(way);
    return undefined;
  }

  paste() {
    this.putDown(this.get("clipboard").get());
  }

  duplicate() {
    const chosen = this.selection.get();
    if (!chosen.length) return this.say(this.said.papan.tidak_ada);
    const tree = this.get("copyPaste").copy(chosen, { clip: false });
    return isEmpty(tree) ? undefined : this.putDown(tree); // why it is not copied is said already
  }

  notCopied(elements) {
    this.say(elements.every((one) => is(one, "bpmn:Lane")) ? this.said.papan.lajur_tak_tersalin : this.said.papan.tak_tersalin);
  }

  /** Copies stand at once; they hang on the mouse that is over the drawing. */
  putDown(tree) {
    if (this.handOver()) return this.get("copyPaste").paste({ tree });
    if (isEmpty(tree)) return this.say(this.said.papan.belum_disalin);
    const made = pasting(this.get).put(tree, this.selection.get());
    if (!made?.length) return this.say(this.said.papan.tanpa_tempat);
    this.choose(made[0]);
    this.selection.select(made);
    const told = made.length > 1 ? this.said.papan.jumlah.replace("%n", made.length) : this.naming.whole(made[0]);
    return this.say(this.said.papan.ditempel.replace("%n", told));
  }

  /** Moves what may be moved of what is chosen by one step of the grid, or several, and says why the rest stays. */
  move([x, y], far) {
    if (!this.chosen()) return false;
    const root = this.canvas.getRootElement();
    const { moved, reason } = movable(this.selection.get(), this.registry.filter((one) => one.parent && this.canvas.findRoot(one) === root));
    const { moveSpeed, moveSpeedAccelerated } = this.get("config.keyboardMoveSelection");
    const step = far ? moveSpeedAccelerated : moveSpeed;
    if (moved.length) this.get("modeling").moveElements(moved, { x: x * step, y: y * step });
    if (reason) this.say(this.said.papan.tetap[reason]);
    return undefined;
  }

  async align() {
    const elements = this.selection.get().filter((one) => !one.waypoints);
    if (elements.length < 2) return this.say(this.said.papan.pilih_dua);
    const translate = this.get("translate");
    const how = await this.ask(translate("Align elements"), ALIGNED.map(([id, label]) => ({ id, label: translate(label) })));
    if (["horizontal", "vertical"].includes(how)) this.get("distributeElements").trigger(elements, how);
    else if (how) this.get("alignElements").trigger(elements, how);
    return undefined;
  }

  /** The field of the name in the panel, once the panel shows what is chosen. */
  rename(tries = TRIES) {
    const one = this.chosen();
    if (!one || getBusinessObject(one).name === undefined && !("name" in (getBusinessObject(one).$descriptor?.propertiesByName ?? {}))) return;
    const field = this.panel?.querySelector(NAME);
    if (!field) {
      if (tries) requestAnimationFrame(() => this.rename(tries - 1));
      return;
    }
    const header = field.closest(".bio-properties-panel-group")?.querySelector(".bio-properties-panel-group-header");
    if (header && !header.classList.contains("open")) header.click();
    requestAnimationFrame(() => (field.focus(), field.select?.()));
  }
}
Drawing.$inject = ["injector", ...Reading.$inject];

export default { __init__: ["eperizinanKeys"], eperizinanKeys: ["type", Drawing] };
