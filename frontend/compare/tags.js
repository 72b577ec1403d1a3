// Tags on a coloured diagram: what happened to an element, as a sign and a word where there is room for one.
//
// No tag covers another one at any size of the drawing.  A task tells the whole word; flows and small elements tell
// the sign, and the word to whoever points at it or listens.  Where not even a sign has room the tag is left away
// until the drawing is made larger: colour and dash say it, and the list in words.
import { ROOM } from "./fitting.js";

const SIGNS = { added: "+", removed: "−", changed: "≠", moved: "↔" };
const GAP = 3; // pixels between two tags
const SMALL = 0.4; // at a smaller drawing than this the signs are smaller, too
const CORE = 14; // pixels around the middle of a shape that no tag covers: there one points at it
const BIG = 80; // in the units of the drawing: from this width on an element tells the word
const ALONG = [0.5, 0.3, 0.7, 0.15, 0.85]; // places on a stretch of a line

export function connectTags(viewer, words) {
  const canvas = viewer.get("canvas");
  const tags = [];
  let scale = 0;
  const place = () => {
    const next = canvas.viewbox().scale;
    if (next === scale) return;
    scale = next;
    laid(viewer, tags, scale);
  };
  viewer.on("canvas.viewbox.changed", place);
  return {
    add(id, kind) {
      const element = viewer.get("elementRegistry").get(id);
      if (!element) return;
      canvas.addMarker(id, `is-${kind}`);
      if (element.waypoints && kind === "moved") return; // its dots say so; lines go along with every shape that is moved
      tags.push({ element, label: drawnTag(viewer, element, kind, words) });
    },
    place,
    /** Where each tag stands in the drawing at its full size. */
    full() {
      laid(viewer, tags, 1);
      const found = tags.filter(({ label }) => !label.hidden).map(({ label, box }) => ({ ...box, html: plain(label) }));
      laid(viewer, tags, scale);
      return found;
    },
  };
}

function plain(label) {
  const copy = label.cloneNode(true);
  copy.style.left = copy.style.top = "";
  return copy;
}

function drawnTag(viewer, element, kind, words) {
  const label = document.createElement("div");
  label.className = `diagram-beda diagram-tanda is-${kind}`;
  const name = element.businessObject.name;
  const said = name ? `${words[kind]}: ${name}` : words[kind];
  label.setAttribute("role", "img");
  label.setAttribute("aria-label", said);
  label.title = said;
  const word = document.createElement("span");
  word.className = "kata";
  word.textContent = ` ${words[kind]}`;
  label.append(SIGNS[kind], word);
  // Whoever clicks a tag means what it stands at.
  label.addEventListener("click", (originalEvent) => viewer.get("eventBus").fire("element.click", { element, originalEvent }));
  viewer.get("overlays").add(element, "beda", { position: { top: 0, left: 0 }, html: label, scale: false });
  return label;
}

// Big elements first: their words need the most room.
function laid(viewer, tags, scale) {
  const order = [...tags].sort((one, other) => Number(isBig(other.element)) - Number(isBig(one.element)));
  const drawn = viewer.get("elementRegistry").filter((one) => one.parent && !one.waypoints && !isFrame(one));
  const shapes = drawn.map((one) => scaled(one, scale));
  const edge = edgeOf(viewer, scale);
  const taken = [];
  for (const tag of order) {
    const { element, label } = tag;
    label.classList.toggle("kecil", scale < SMALL);
    const found = room(element, label, scale, taken, shapes, edge);
    label.hidden = !found;
    if (!found) continue;
    tag.box = found.box;
    taken.push(found.box);
    label.classList.toggle("ringkas", found.short);
    const corner = cornerOf(element);
    label.style.left = `${found.box.x - corner.x * scale}px`;
    label.style.top = `${found.box.y - corner.y * scale}px`;
  }
}

/** How far tags may stand from the drawing: what is beyond that is cut off where all of it is shown. */
function edgeOf(viewer, scale) {
  const { x, y, width, height } = scaled(viewer.get("canvas").viewbox().inner, scale);
  return { left: x - ROOM, top: y - ROOM, right: x + width + ROOM, low: y + height + ROOM };
}

const inside = (edge, { x, y, width, height }) => x >= edge.left && y >= edge.top && x + width <= edge.right && y + height <= edge.low;

const isFrame = (one) => /Participant|Lane|SubProcess|Group/.test(one.type);
const isBig = (element) => !element.waypoints && element.width >= BIG;
const scaled = (one, scale) => ({ x: one.x * scale, y: one.y * scale, width: one.width * scale, height: one.height * scale });

function cornerOf(element) {
  if (!element.waypoints) return element;
  const [x, y] = ["x", "y"].map((axis) => Math.min(...element.waypoints.map((one) => one[axis])));
  return { x, y };
}

// The first place that covers no other tag and no middle of a shape, rather one that covers no shape at all; the word
// rather than the sign.
function room(element, label, scale, taken, shapes, edge) {
  const sizes = isBig(element) ? [false, true] : [true];
  for (const others of [[...taken, ...shapes], [...taken, ...shapes.map(core)]]) {
    for (const short of sizes) {
      const size = sizeOf(label, short);
      if (!short && size.width > element.width * scale) continue;
      const box = places(element, size, scale).find((one) => inside(edge, one) && !others.some((other) => meet(one, other)));
      if (box) return { box, short };
    }
  }
  return null;
}

function core({ x, y, width, height }) {
  const [wide, high] = [Math.max(width / 2, CORE), Math.max(height / 2, CORE)];
  return { x: x + (width - wide) / 2, y: y + (height - high) / 2, width: wide, height: high };
}

function sizeOf(label, short) {
  label.hidden = false;
  label.classList.toggle("ringkas", short);
  return { width: label.offsetWidth, height: label.offsetHeight };
}

const meet = (one, other) =>
  one.x < other.x + other.width + GAP &&
  other.x < one.x + one.width + GAP &&
  one.y < other.y + other.height + GAP &&
  other.y < one.y + one.height + GAP;

function places(element, size, scale) {
  const corners = element.waypoints ? beside(onLine(element.waypoints, scale), size) : around(scaled(element, scale), size);
  return corners.map(([x, y]) => ({ x, y, ...size }));
}

// Above, below, then beside a shape.
function around({ x, y, width, height }, size) {
  const [above, below, right] = [y - size.height - GAP - 1, y + height + GAP + 1, x + width - size.width];
  const middle = y + (height - size.height) / 2;
  return [
    [x, above], [right, above], [x, below], [right, below],
    [x + width + GAP + 1, middle], [x - size.width - GAP - 1, middle],
  ];
}

function onLine(waypoints, scale) {
  const stretches = waypoints.slice(1).map((end, at) => [waypoints[at], end]);
  stretches.sort((one, other) => long(other) - long(one));
  return stretches.flatMap(([from, to]) =>
    ALONG.map((at) => [(from.x + (to.x - from.x) * at) * scale, (from.y + (to.y - from.y) * at) * scale]),
  );
}

const long = ([from, to]) => Math.hypot(to.x - from.x, to.y - from.y);

// On the line itself, where its dots and colour go through behind the sign; else close to it.
function beside(points, { width, height }) {
  const away = [[0, 0], [0, -1], [0, 1], [-1, 0], [1, 0]];
  return away.flatMap(([right, down]) =>
    points.map(([x, y]) => [x - width / 2 + right * (width + GAP), y - height / 2 + down * (height / 2 + 5)]),
  );
}
