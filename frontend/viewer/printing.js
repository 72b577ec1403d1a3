// On paper the whole diagram is drawn: on one sheet where its words can be read there, else on several in their order.
//
// The sheets are made when the page is printed and go afterwards; what is seen on the screen stays as it is.
const SHEET = { width: 1500, height: 880 }; // units of the drawing: on A4 lying down its words are six points high
const [OVER, EDGE] = [40, 16]; // units that two sheets have in common; units free around the drawing
const SEEK = 80; // units around an even cut within which one is sought that goes through fewer elements
const SVG = "http://www.w3.org/2000/svg";
const LEFT_OUT = ".djs-hit, .djs-outline, .djs-dragger, .djs-direct-editing-parent";

const isFrame = (one) => /Participant|Lane|SubProcess|Group/.test(one.type);
const ends = (one, at, size) => (one.waypoints ? one.waypoints.map((point) => point[at]) : [one[at], one[at] + one[size]]);

/** All that is drawn on the level that is seen. */
function drawing(viewer) {
  const [registry, canvas] = ["elementRegistry", "canvas"].map((one) => viewer.get(one));
  return registry.filter((one) => one.parent && canvas.findRoot(one) === canvas.getRootElement());
}

/** Where a drawing of a length is cut so that each part fits: [[from, length]], each with a bit of its neighbours. */
function parts(all, at, size, most) {
  const found = all.flatMap((one) => ends(one, at, size));
  const [from, to] = [Math.min(...found) - EDGE, Math.max(...found) + EDGE];
  const count = to - from <= most ? 1 : Math.ceil((to - from) / (most - SEEK - OVER));
  const nodes = all.filter((one) => !one.waypoints && !isFrame(one));
  const cuts = Array.from({ length: count - 1 }, (_, number) => better(nodes, at, size, from + ((number + 1) * (to - from)) / count));
  const [begins, stops] = [[from, ...cuts.map((one) => one - OVER)], [...cuts.map((one) => one + OVER), to]];
  return begins.map((begin, number) => [begin, stops[number] - begin]);
}

/** The place near an even cut that goes through the fewest elements. */
function better(nodes, at, size, even) {
  const through = (cut) => nodes.filter((one) => one[at] < cut && cut < one[at] + one[size]).length;
  const tried = Array.from({ length: 2 * (SEEK / 10) + 1 }, (_, step) => even + (step % 2 ? -1 : 1) * Math.ceil(step / 2) * 10);
  return tried.reduce((best, one) => (through(one) < through(best) ? one : best));
}

function svg(name, attributes, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** The drawing without what only a mouse needs.  The policy of the page lets styles be set one by one alone. */
function copied(viewport) {
  const copy = viewport.cloneNode(true);
  copy.removeAttribute("transform");
  for (const one of copy.querySelectorAll(LEFT_OUT)) one.remove();
  return copy;
}

/** What stands beside an element as a tag, at its place in the drawing. */
const noted = ({ x, y, html }) => svg("foreignObject", { x, y, width: 600, height: 40 }, html.cloneNode(true));

function sheet(viewer, box, notes, told) {
  const container = viewer.get("canvas").getContainer();
  const picture = svg("svg", { viewBox: [box.x, box.y, box.width, box.height].join(" "), width: box.width, height: box.height, role: "img" });
  picture.append(copied(container.querySelector("svg > .viewport")), ...notes.map(noted));
  const made = document.createElement("div");
  made.className = "diagram-lembar";
  const line = document.createElement("p");
  const mark = container.parentElement.querySelector(".bjs-powered-by svg")?.cloneNode(true); // the maker's mark is seen on paper, too
  line.append(told, ...(mark ? [mark] : []));
  made.append(line, picture);
  return made;
}

/** Whether there is anything in a part but the ground of pools and lanes. */
function filled(all, box) {
  const [right, low] = [box.x + box.width, box.y + box.height];
  const meets = (x, y, width, height) => x < right && box.x < x + width && y < low && box.y < y + height;
  return all.some((one) => {
    if (isFrame(one)) return meets(one.x, one.y, 30, one.height); // its name stands at its left
    if (!one.waypoints) return meets(one.x, one.y, one.width, one.height);
    return one.waypoints.slice(1).some((end, at) => meets(...stretch(one.waypoints[at], end)));
  });
}

const stretch = (from, end) => [Math.min(from.x, end.x), Math.min(from.y, end.y), Math.abs(end.x - from.x) + 1, Math.abs(end.y - from.y) + 1];

/** Several parts come after the whole, which shows how they belong together.  `said`: {part, with %a and %b; whole}. */
function sheets(viewer, notes, said) {
  const all = drawing(viewer);
  const boxed = (most) => {
    const [columns, rows] = [parts(all, "x", "width", most.width), parts(all, "y", "height", most.height)];
    return rows.flatMap(([y, height]) => columns.map(([x, width]) => ({ x, y, width, height }))).filter((box) => filled(all, box));
  };
  const [[one], boxes] = [boxed({ width: Infinity, height: Infinity }), boxed(SHEET)];
  if (boxes.length < 2) return [sheet(viewer, one, notes, "")];
  const called = (number) => said.part.replace("%a", number + 1).replace("%b", boxes.length);
  return [sheet(viewer, one, [], said.whole), ...boxes.map((box, number) => sheet(viewer, box, notes, called(number)))];
}

/** `notes`: answers [{x, y, html}], what stands beside elements in the units of the drawing. */
export function connectPrinting(viewer, element, notes) {
  if (element.closest(".tanpa-cetak")) return;
  const made = [];
  const draw = () => {
    if (!made.length) made.push(...sheets(viewer, notes(), { part: element.dataset.bagian ?? "", whole: element.dataset.seluruhnya ?? "" }));
    element.append(...made);
  };
  const clear = () => made.splice(0).forEach((one) => one.remove());
  window.addEventListener("beforeprint", draw);
  window.addEventListener("afterprint", clear);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? draw() : clear()));
}
