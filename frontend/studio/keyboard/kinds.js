// What can be added by name: the elements that the engine runs, as bpmn-js calls them.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { PopupEntries } from "bpmn-js/lib/features/popup-menu/PopupEntries";

const CAUGHT = ["receive-task", "message-intermediate-catch", "timer-intermediate-catch", "signal-intermediate-catch"];
const NODES = [
  "user-task", "service-task", "exclusive-gateway", "none-end-event", "rule-task", "call-activity", "send-task", "manual-task",
  "parallel-gateway", "inclusive-gateway", "event-based-gateway", ...CAUGHT, "message-intermediate-throw", "signal-intermediate-throw",
  "escalation-intermediate-throw", "none-intermediate-throwing", "expanded-subprocess", "message-end", "signal-end", "error-end", "escalation-end",
  "terminate-end",
];
const EDGES = ["timer", "message", "signal", "error", "escalation"].map((one) => `${one}-boundary`).concat(["timer", "message", "signal", "escalation"].map((one) => `non-interrupting-${one}-boundary`));
const ALWAYS = ["none-start-event", "data-object-reference", "expanded-pool"];
const LANES = [["lane-below", "Add lane below"], ["lane-above", "Add lane above"]];
const HOSTS = ["bpmn:Task", "bpmn:SubProcess", "bpmn:CallActivity"];

const entry = (id) => ({ id, label: PopupEntries[id].label, target: PopupEntries[id].target });

/** [{id, label, target}] that fit beside what is chosen; those that divide it into lanes have no target. */
export function kindsFor(chosen) {
  const waits = chosen && is(chosen, "bpmn:EventBasedGateway");
  const edges = chosen && HOSTS.some((type) => is(chosen, type)) ? EDGES : [];
  const lanes = chosen && (is(chosen, "bpmn:Lane") || is(chosen, "bpmn:Participant")) ? LANES : [];
  return [...lanes.map(([id, label]) => ({ id, label, target: null })), ...[...(waits ? CAUGHT : NODES), ...edges, ...ALWAYS].map(entry)];
}

/** What a button of the palette makes; null for a tool that only a hand can use. */
export const OF_PALETTE = {
  "create.start-event": "none-start-event", "create.intermediate-event": "none-intermediate-throwing", "create.end-event": "none-end-event",
  "create.exclusive-gateway": "exclusive-gateway", "create.task": "user-task", "create.data-object": "data-object-reference",
  "create.subprocess-expanded": "expanded-subprocess", "create.participant-expanded": "expanded-pool",
};

export const kindById = entry;
