// The panel for our elements beside what BPMN itself gives (name, documentation, timers, messages, errors).
import { is } from "bpmn-js/lib/util/ModelUtil";
import { h } from "@bpmn-io/properties-panel/preact";
import { writing } from "../extensions.js";
import { callGroups } from "./calls.js";
import { eventGroups, listGroups } from "./events.js";
import { flowGroups } from "./flows.js";
import { timerGroups } from "./timers.js";
import { workGroups } from "./work.js";

const FOREIGN = ["CompensationEventDefinition", "link", "Link"];
const REPLACED = ["compensation", "timer"]; // timers are read as words by our own group
// What a list runs over is asked by our own group; of the standard one only the number of rounds and its end are ours.
const ORDER = [workGroups, callGroups, flowGroups, timerGroups, eventGroups, listGroups];

/** The id of a step that the release in effect has is shown, and changed where all that say it follow. */
function hold(groups, { words, said }) {
  const general = groups.find((one) => one.id === "general");
  const held = { id: "id", component: FixedId, words, said };
  if (general) general.entries = general.entries.map((one) => (one.id === "id" ? held : one));
}

function FixedId({ element, words, said }) {
  const id = element.businessObject.id;
  return h("div", { class: "bio-properties-panel-entry", "data-entry-id": "id", title: said.id_tetap },
    h("b", null, "Id"), ` ${id} `, h("a", { href: words.renaming.replace("LANGKAH", encodeURIComponent(id)) }, said.ganti_nama));
}

class OurProperties {
  constructor(propertiesPanel, injector, elementRegistry, modeling, words) {
    this.around = { words, said: words.said, registry: elementRegistry, modeling, write: writing((name) => injector.get(name)) };
    propertiesPanel.registerProvider(400, this);
  }

  getGroups(element) {
    return (groups) => {
      const kept = groups.filter((one) => !FOREIGN.some((word) => one.id.includes(word)) && !REPLACED.includes(one.id));
      if (this.around.words.fixed?.includes(element.businessObject?.id)) hold(kept, this.around);
      const own = ORDER.flatMap((made) => made(element, this.around));
      const general = kept.findIndex((one) => one.id === "general") + 1;
      return is(element, "bpmn:BaseElement") ? [...kept.slice(0, general), ...own, ...kept.slice(general)] : kept;
    };
  }
}
OurProperties.$inject = ["propertiesPanel", "injector", "elementRegistry", "modeling", "config.words"];

export default { __init__: ["eperizinanProperties"], eperizinanProperties: ["type", OurProperties] };
