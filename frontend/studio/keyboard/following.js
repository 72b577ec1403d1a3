// Where a step goes that follows another one: beside it in its lane, or below what comes after it there already.
import { crosses } from "./room.js";

const [APART, EDGE] = [60, 20]; // pixels between two steps, and between a step and the edge of its lane or a way
const FAR = 400; // pixels to the right in which a way that crosses the lane is gone round

const right = (one) => one.x + one.width;
const low = (one) => one.y + one.height;

/**
 * {box, widen, turn}: a box in `lane` for what follows `from`, by how many pixels all that comes after `from` has to move on
 * first, and where the way to the box turns down, undefined where it is straight or half way is as good as any place.  `wanted`: where bpmn-js would put it; `around`: the boxes that stand there, ways as their stretches.  The box may
 * reach below the lane, which is made higher then.
 */
export function following(from, lane, wanted, around) {
  const column = (box) => around.filter((one) => crosses({ ...box, x: box.x - EDGE, width: box.width + 2 * EDGE, y: lane.y, height: lane.height }, one));
  const beside = { ...wanted, x: right(from) + APART, y: Math.max(wanted.y, lane.y + EDGE) };
  if (from.host) return { box: below(wanted) };
  if (!around.some((one) => crosses({ ...beside, height: Math.min(beside.height, low(lane) - beside.y) }, one))) return { box: beside };
  if (!from.outgoing.length && !staysBeside(beside)) return { box: beside, widen: wanted.width + APART };
  const box = below(beside);
  return { box, turn: turnOf(box) };

  /** Whether a way that leads past the step would cover the new one even after all else moved on. */
  function staysBeside(box) {
    const past = right(from) + 1;
    return around.some((one) => one.x < past && right(one) > past && one.y < low(box) + EDGE && low(one) > box.y - EDGE);
  }

  /** Below all that stands in the same column of the lane, in the first column that no way leads through. */
  function below(box) {
    const through = (one) => one.width === 0 && low(one) > low(lane);
    const columns = Array.from({ length: FAR / EDGE }, (_, at) => ({ ...box, x: box.x + at * EDGE }));
    const found = columns.find((one) => !column(one).some(through)) ?? box;
    const floor = column(found).map((one) => Math.min(low(one), low(lane)) + EDGE);
    return { ...found, y: Math.max(lane.y + EDGE, ...(from.host ? [low(from.host) + 2 * EDGE] : []), ...floor) };
  }

  /** Where a way turns down to a box without leading behind anything: half way, else the first such place. */
  function turnOf(box) {
    const [begin, end] = [from.y + from.height / 2, box.y + box.height / 2];
    const nodes = around.filter((one) => one !== from && one.width && one.height && !one.labelTarget && one.y < low(lane)); // what is below moves on
    const lines = (x) => [
      { x: right(from), y: begin, width: x - right(from), height: 0 }, { x, y: begin, width: 0, height: end - begin }, { x, y: end, width: box.x - x, height: 0 },
    ];
    const clear = (x) => !nodes.some((one) => lines(x).some((line) => crosses(line, one)));
    const steps = Math.floor((box.x - right(from)) / 10) - 1;
    return clear((right(from) + box.x) / 2) ? undefined : Array.from({ length: steps }, (_, at) => right(from) + 10 * (at + 1)).find(clear);
  }
}
