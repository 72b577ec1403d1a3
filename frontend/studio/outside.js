// What may not stand where it was let go is told where it was let go, and longer than bpmn-js does; nothing of it remains.
import { is } from "bpmn-js/lib/util/ModelUtil";

const SHOWN = 8000; // milliseconds
const FIRST = 1500; // before bpmn-js tells the same for two seconds

class Outside {
  constructor(eventBus, tooltips, words) {
    const voice = document.querySelector("[data-suara]");
    eventBus.on(["shape.move.rejected", "create.rejected"], FIRST, (event) => {
      const { shape, target } = event.context;
      if (!is(target, "bpmn:Collaboration") || !shape) return;
      const message = document.createElement("div");
      message.textContent = words.said.papan.luar_kolam;
      tooltips.add({ position: { x: event.x + 5, y: event.y + 5 }, type: "error", timeout: SHOWN, html: message });
      if (voice) voice.textContent = message.textContent;
      event.stopPropagation();
    });
  }
}
Outside.$inject = ["eventBus", "tooltips", "config.words"];

export default { __init__: ["eperizinanOutside"], eperizinanOutside: ["type", Outside] };
