// Where an event goes at the edge of a task: beside those that stick to it already, along one side after the other.
import { crosses } from "./room.js";

const [CORNER, NEXT] = [20, 44]; // pixels from a corner to the first event, and from one to the next

/** The middles of events around a host: its lower edge from the right, its upper edge, its sides. */
function* spots(host) {
  const [right, low] = [host.x + host.width, host.y + host.height];
  for (const y of [low, host.y]) for (let x = right - CORNER; x >= host.x + CORNER - 4; x -= NEXT) yield { x, y };
  for (const x of [right, host.x]) yield { x, y: host.y + host.height / 2 };
}

/** `others`: boxes beside the host.  The first middle where an event covers none, else none on the same edge, else the first. */
export function edgeSpot(host, { width, height }, others) {
  const all = [...spots(host)];
  const clear = (boxes) => ({ x, y }) => !boxes.some((one) => crosses({ x: x - width / 2, y: y - height / 2, width, height }, one));
  return all.find(clear([...others, ...host.attachers])) ?? all.find(clear(host.attachers)) ?? all[0];
}
