// All of both versions fits into each view, and what stands beside elements at the edge has room there.
export const ROOM = 28; // pixels on each side of the drawings
const TOP = 44; // pixels at the top that the buttons cover

/** The smallest box {x, y, width, height} around the drawings. */
function around(viewers) {
  const all = viewers.map((one) => one.get("canvas").viewbox().inner);
  const [x, y] = [Math.min(...all.map((one) => one.x)), Math.min(...all.map((one) => one.y))];
  const [right, low] = [Math.max(...all.map((one) => one.x + one.width)), Math.max(...all.map((one) => one.y + one.height))];
  return { x, y, width: right - x, height: low - y };
}

/** Shows all that any of the viewers draws, at the same place in each and never larger than it is. */
export function fitAll(viewers) {
  const { x, y, width, height } = around(viewers);
  for (const one of viewers) {
    const canvas = one.get("canvas");
    const { outer } = canvas.viewbox();
    const scale = Math.min(1, (outer.width - 2 * ROOM) / width, (outer.height - TOP - ROOM) / height);
    const [left, top] = [(outer.width / scale - width) / 2, ((outer.height - TOP - ROOM) / scale - height) / 2 + TOP / scale];
    canvas.viewbox({ x: x - left, y: y - top, width: outer.width / scale, height: outer.height / scale });
  }
}
