// The elements of a drawing in the order in which somebody reads it: along the ways, then what no way leads to.
const isWay = (element) => Boolean(element.waypoints);
const isHolder = (element) => ["bpmn:Participant", "bpmn:Lane"].includes(element.type);
const isStart = (element) => element.type === "bpmn:StartEvent";

const byPlace = (one, other) => one.y - other.y || one.x - other.x;

/** What is read right after an element: what sticks to it, what begins within it, the ways that leave it. */
function after(element) {
  if (isWay(element)) return [element.target];
  const within = isHolder(element) ? [] : (element.children ?? []).filter(isStart);
  return [...(element.attachers ?? []), ...within, ...(element.outgoing ?? [])];
}

/** `all`: every element that is drawn, labels left out. */
export function ordered(all) {
  const known = new Set(all);
  const shapes = all.filter((one) => !isWay(one)).sort(byPlace);
  const rest = [...shapes.filter((one) => !isHolder(one)), ...all.filter(isWay), ...shapes.filter(isHolder)];
  const [found, waiting] = [new Set(), [...shapes.filter(isStart), ...rest].reverse()];
  while (waiting.length) {
    const one = waiting.pop();
    if (found.has(one) || !known.has(one)) continue;
    found.add(one);
    waiting.push(...after(one).reverse());
  }
  return [...found];
}

/** The elements of the level that is seen. */
export function seen(registry, canvas) {
  const root = canvas.getRootElement();
  return ordered(registry.filter((one) => one.parent && !one.labelTarget && canvas.findRoot(one) === root));
}
