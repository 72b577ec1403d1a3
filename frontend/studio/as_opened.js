// What an editor writes in the hand of the file that it opened, so that a change shows as the lines it changed.
//
// The writer has one order of attributes and of what is drawn, numbers for quotation marks, and measures of its own for
// labels; what was taken back comes to stand at the end. Files have their own.
import { commentsOf, withComments } from "./comments.js";
import { elements, everything, nth, replaced, treeOf } from "./tree.js";

const ATTRIBUTE = /([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g;
const REFERENCE = /&(?:#x([0-9a-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));/gi;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const FOREIGN = "extensionElements"; // what others mean by an order is not known
const HOLDERS = new Set(["definitions", "collaboration", "process", "subProcess", "adHocSubProcess", "transaction", "laneSet", "childLaneSet", "BPMNPlane"]);
const REFERRING = new Set(["incoming", "outgoing", "flowNodeRef"]);
const PLAIN = { "&#34;": "&quot;", "&#38;": "&amp;", "&#60;": "&lt;", "&#62;": ">", "&#39;": "'" };

const decoded = (text) => text.replace(REFERENCE, (_all, hex, number, name) => (
  name ? NAMED[name.toLowerCase()] : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number))
));
const value = (quoted) => decoded(quoted.slice(1, -1));
const words = (text) => text.split(CDATA).map((part, n) => (n % 2 ? part : decoded(part))).join("");
const plainly = (quoted) => quoted.replace(/&#(?:34|38|39|60|62);/g, (one) => PLAIN[one]);

/** What each element is known by: its id, its way from the root where several have that id or it has none. */
function keysOf(tree) {
  const all = everything(tree).slice(1);
  const often = new Map();
  for (const { id } of all) often.set(id, (often.get(id) ?? 0) + 1);
  const keys = new Map([[tree, ""]]);
  for (const one of all) {
    keys.set(one, one.id !== null && often.get(one.id) === 1 ? `#${one.id}` : `${keys.get(one.parent)}/${one.name} ${one.id ?? nth(one)}`);
  }
  return keys;
}

/** Each element by what it is known by; null where two have that, for nothing tells them apart. */
function known(tree) {
  const found = new Map();
  for (const [one, key] of keysOf(tree)) {
    if (one !== tree) found.set(key, found.has(key) ? null : one);
  }
  return found;
}

const isRoot = (one) => one.parent !== null && one.parent.parent === null;

const attributes = (one) => [...one.given.text.matchAll(ATTRIBUTE)].map(([, name, quoted]) => ({ name, quoted }));

/** The attributes of an element in the order and with the marks that it had; what it had not comes last. */
function attributesAs(one, was) {
  const before = new Map((was ? attributes(was) : []).map(({ name, quoted }, order) => [name, { quoted, order }]));
  const place = ({ name }) => before.get(name)?.order ?? before.size;
  const said = attributes(one);
  // A prefix that nothing uses is no longer declared: it does no harm where it was.
  const unused = was && isRoot(one) ? attributes(was).filter(({ name }) => name.startsWith("xmlns:") && !said.some((other) => other.name === name)) : [];
  const now = [...said, ...unused].sort((a, b) => place(a) - place(b));
  const same = ({ name, quoted }) => before.has(name) && value(before.get(name).quoted) === value(quoted);
  const blank = (from) => /\s*$/.exec(from.given.text)[0];
  const end = blank(was && (was.close === null) === (one.close === null) ? was : one);
  if (was && now.length === before.size && now.every(same)) return was.given.text.trimEnd() + end;
  return now.map((each) => ` ${each.name}=${same(each) ? before.get(each.name).quoted : plainly(each.quoted)}`).join("") + end;
}

function withAttributes(xml, before) {
  const pieces = [...known(treeOf(xml))].filter(([, one]) => one).map(([key, one]) => {
    const { at, text } = one.given;
    return { at, end: at + text.length, text: attributesAs(one, before.get(key)) };
  });
  return replaced(xml, pieces.sort((one, other) => one.at - other.at));
}

const textOf = (xml, one) => words(xml.slice(one.given.at + one.given.text.length + 1, one.close ?? one.end));

/** What tells a part from those beside it where their order says nothing, as BPMN has it; null where it says something. */
function mark(xml, one) {
  if (HOLDERS.has(one.parent.name) && one.id !== null) return `#${one.id}`;
  return REFERRING.has(one.name) ? `${one.name} ${textOf(xml, one).trim()}` : null;
}

/** Those that have a rank by it; what has none stays behind all that stood before it. */
function byRank(parts, rank) {
  let last = -1;
  const places = new Map(parts.map((one) => {
    const own = rank(one);
    last = Math.max(last, own ?? last);
    return [one, own ?? last + 0.5];
  }));
  return [...parts].sort((one, other) => places.get(one) - places.get(other));
}

/** The parts of an element in the order that the file had those in whose order says nothing. */
function inOrder(xml, parts, opened, was) {
  const ranks = new Map((was ? elements(was) : []).map((one, order) => [mark(opened, one), order]));
  const free = parts.filter((one) => mark(xml, one) !== null);
  const turns = byRank(free, (one) => ranks.get(mark(xml, one))).values();
  return parts.map((one) => (mark(xml, one) === null ? one : turns.next().value));
}

/** What is taken back comes to stand behind all others: it stands again where the file had it. */
function withOrder(xml, opened, before) {
  const keys = keysOf(treeOf(xml));
  function text(one) {
    const parts = one.name === FOREIGN ? [] : elements(one);
    const order = inOrder(xml, parts, opened, before.get(keys.get(one)));
    const pieces = parts.map(({ start, end }, place) => ({ at: start - one.start, end: end - one.start, text: text(order[place]) }));
    return replaced(xml.slice(one.start, one.end), pieces);
  }
  return text(keys.keys().next().value);
}

const labels = (one) => elements(one).filter(({ name }) => name === "BPMNLabel");
const isEmpty = (one) => one.close === null && !one.given.text.trim();

/** Without the labels that the editor adds to what only got another name: empty, they place nothing. */
function withoutEmpty(xml, before) {
  const had = ({ id }) => !before.get(`#${id}`) || labels(before.get(`#${id}`)).length;
  const added = everything(treeOf(xml)).filter((one) => one.parent && !had(one)).flatMap(labels).filter(isEmpty);
  return replaced(xml, added.map(({ start, end }) => ({ at: xml.lastIndexOf("\n", start), end, text: "" })));
}

const attribute = (one, name) => attributes(one).filter((each) => each.name === name).map(({ quoted }) => value(quoted))[0];
const boxOf = (one) => labels(one).flatMap(elements).find(({ name }) => name === "Bounds");
const placeOf = (xml, one) => elements(one).filter(({ name }) => name !== "BPMNLabel").map((each) => saying(xml, each)).join("");
const isAt = (one, box) => ["x", "y", "width", "height"].every((side) => Number(attribute(one, side)) === box[side]);

/** Of a drawn element: the boxes of its label as the file has it and now, where the editor made the one of the other by opening it. */
function remeasured(xml, one, opened, was, boxOnOpening) {
  const [old, now, opening] = [was && boxOf(was), boxOf(one), boxOnOpening(attribute(one, "bpmnElement"))];
  return old && now && opening && isAt(now, opening) && placeOf(xml, one) === placeOf(opened, was) ? [{ old, now }] : [];
}

/** The name of what is drawn; undefined where it is not known what that is. */
function nameOf(all, drawn) {
  const one = all.get(`#${attribute(drawn, "bpmnElement")}`);
  return one ? attribute(one, "name") ?? "" : undefined;
}

/** Labels of what is named and placed as in the file have the box that they had there, which the editor measures anew. */
function withLabels(xml, opened, before, boxOnOpening) {
  const now = known(treeOf(xml));
  const sameName = (one, was) => nameOf(now, one) !== undefined && nameOf(now, one) === nameOf(before, was);
  const drawn = [...now].filter(([key, one]) => one && before.get(key) && sameName(one, before.get(key)));
  const pieces = drawn.flatMap(([key, one]) => remeasured(xml, one, opened, before.get(key), boxOnOpening));
  const texts = pieces.map(({ old, now: { given } }) => ({ at: given.at, end: given.at + given.text.length, text: old.given.text }));
  return replaced(xml, texts.sort((one, other) => one.at - other.at));
}

/**
 * What an element says, however it is written: blanks between elements, marks and the order of attributes aside;
 * `loosely`: the boxes of labels and the order that says nothing aside as well.
 */
function saying(xml, one, loosely = false) {
  const inner = elements(one);
  const stops = [one.given.at + one.given.text.length + 1, ...inner.map(({ end }) => end)];
  const texts = one.close === null ? [""] : stops.map((stop, n) => words(xml.slice(stop, inner[n]?.start ?? one.close)));
  const said = texts.map((text) => (inner.length && !text.trim() ? "" : text));
  const own = attributes(one).filter(({ name }) => !(isRoot(one) && name.startsWith("xmlns:")));
  const parts = loosely ? looseParts(xml, one, inner) : inner.map((each) => saying(xml, each));
  return `${JSON.stringify([one.tag, own.map(({ name, quoted }) => [name, value(quoted)]).sort(), loosely ? said.join("") : said])}(${parts})`;
}

function looseParts(xml, one, inner) {
  if (one.name === FOREIGN) return inner.map((each) => saying(xml, each));
  const counted = inner.filter(({ name }) => name !== "BPMNLabel");
  const free = (each) => mark(xml, each) !== null;
  const [fixed, loose] = [counted.filter((each) => !free(each)), counted.filter(free)].map((all) => all.map((each) => saying(xml, each, true)));
  return [...fixed, "and", ...loose.sort()];
}

const remarked = (one) => everything(one).some(({ parts }) => parts.some((part) => part.words !== undefined));

/** What says the same as in the opened file as it was written there; comments are put in afterwards. */
function asWritten(xml, opened, before) {
  const keys = new Map([...known(treeOf(xml))].map(([key, one]) => [one, key]));
  const pieces = (one) => {
    const was = before.get(keys.get(one));
    if (was && !remarked(was) && saying(opened, was) === saying(xml, one)) return [{ at: one.start, end: one.end, text: opened.slice(was.start, was.end) }];
    return elements(one).flatMap(pieces);
  };
  return replaced(xml, [...keys.keys()].filter((one) => one && isRoot(one)).flatMap(pieces));
}

const meaning = (xml, loosely) => elements(treeOf(xml)).map((one) => saying(xml, one, loosely)).join("");

/** `xml` as the editor writes it, with what it did not change as it stands in the file it `opened`. */
function asOpened(xml, opened, boxOnOpening) {
  const before = known(treeOf(opened));
  const drawn = withLabels(withOrder(withoutEmpty(xml, before), opened, before), opened, before, boxOnOpening);
  const made = asWritten(withAttributes(drawn, before), opened, before);
  // Never another meaning for the sake of a hand.
  return meaning(drawn, true) === meaning(xml, true) && meaning(made) === meaning(drawn) ? made : xml;
}

/**
 * Of a file that is opened: what the editor writes of it -> that in the hand of the file, its comments among it;
 * `boxOnOpening`: the box {x, y, width, height} that the editor gave the label of an element, by id, when it opened the file.
 */
export function handOf(opened, boxOnOpening = () => null) {
  const comments = commentsOf(opened);
  return (xml) => withComments(asOpened(`${xml.trimEnd()}\n`, opened, boxOnOpening), comments);
}
