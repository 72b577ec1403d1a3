// A list's path (`loopDataInputRef`: `tentukan.instansi`) is a reference that no element of the diagram answers.
// The reader of BPMN would drop it; it is kept as something of that id, which is written as it was read.
const PATHS = /loopData(Input|Output)Ref$/;

class KeptReferences {
  constructor(eventBus, moddle) {
    eventBus.on("import.parse.complete", 1500, ({ references, warnings }) => {
      for (const { element, property, id } of references ?? []) {
        if (!PATHS.test(property) || element.get(property)) continue;
        element.set(property, moddle.create("bpmn:Property", { id }));
        const told = warnings.findIndex((one) => one.property === property && one.value === id && one.element === element);
        if (told >= 0) warnings.splice(told, 1);
      }
    });
  }
}
KeptReferences.$inject = ["eventBus", "moddle"];

export default { __init__: ["eperizinanReferences"], eperizinanReferences: ["type", KeptReferences] };
