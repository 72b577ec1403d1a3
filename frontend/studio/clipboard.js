// Copied elements can be pasted into another diagram: they are kept where every page of this browser finds them.
const PLACE = "eperizinan-salinan";

class SharedClipboard {
  constructor(moddle) {
    this._moddle = moddle;
    this._own = null; // what does not fit into the browser's store
  }

  set(tree) {
    if (!Object.keys(tree).length) return; // a way alone, say: what was copied before stays
    this._own = tree;
    try {
      localStorage.setItem(PLACE, JSON.stringify(tree));
      this._own = null;
    } catch {
      localStorage.removeItem(PLACE);
    }
  }

  get() {
    if (this._own) return this._own;
    const kept = localStorage.getItem(PLACE);
    return kept ? JSON.parse(kept, reviving(this._moddle)) : null;
  }

  clear() {
    this._own = null;
    localStorage.removeItem(PLACE);
  }

  isEmpty() {
    return !this._own && !localStorage.getItem(PLACE);
  }
}
SharedClipboard.$inject = ["moddle"];

/** Objects of BPMN again from what JSON kept of them; one of an id is one object. */
function reviving(moddle) {
  const known = new Map();
  return (_, value) => {
    if (typeof value?.$type !== "string") return value;
    const { $type, ...attributes } = value;
    if (value.id && known.has(value.id)) return known.get(value.id);
    const made = $type.includes(":") && !moddle.registry.typeMap[$type] ? moddle.createAny($type, foreign($type), attributes) : moddle.create($type, attributes);
    if (value.id) known.set(value.id, made);
    return made;
  };
}

const foreign = (type) => `urn:tak-dikenal:${type.split(":")[0]}`;

export default { clipboard: ["type", SharedClipboard] };
