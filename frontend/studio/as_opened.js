// What an editor writes in the hand of the file that it opened, so that a change shows as the lines it changed.
//
// The writer has one order of attributes and of what is drawn, and numbers for quotation marks; files have their own.
import { commentsOf, withComments } from "./comments.js";
import { elements, everything, nth, replaced, treeOf } from "./tree.js";

const ATTRIBUTE = /([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g;
const REFERENCE = /&(?:#x([0-9a-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));/gi;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const PLAIN = { "&#34;": "&quot;", "&#38;": "&amp;", "&#60;": "&lt;", "&#62;": ">", "&#39;": "'" };

const decoded = (text) => text.replace(REFERENCE, (_all, hex, number, name) => (
  name ? NAMED[name.toLowerCase()] : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number))
));
const value = (quoted) => decoded(quoted.slice(1, -1));
const words = (text) => text.split(CDATA).map((part, n) => (n % 2 ? part : decoded(part))).join("");
const plainly = (quoted) => quoted.replace(/&#(?:34|38|39|60|62);/g, (one) => PLAIN[one]);

/** Each element by its id, by its way from the root where several have that id or it has none. */
function known(tree) {
  const all = everything(tree).slice(1);
  const often = new Map();
  for (const { id } of all) often.set(id, (often.get(id) ?? 0) + 1);
  const [found, keys] = [new Map(), new Map([[tree, ""]])];
  for (const one of all) {
    const key = one.id !== null && often.get(one.id) === 1 ? `#${one.id}` : `${keys.get(one.parent)}/${one.name} ${one.id ?? nth(one)}`;
    keys.set(one, key);
    // Two that nothing tells apart: neither is known.
    found.set(key, found.has(key) ? null : one);
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

/** Those that the file had in its order; what is new stays behind what the writer put before it. */
function inOrder(drawn, rank) {
  const found = drawn.filter(({ id }) => rank.has(id)).sort((one, other) => rank.get(one.id) - rank.get(other.id));
  drawn.forEach((one, place) => {
    if (!rank.has(one.id)) found.splice(place ? found.indexOf(drawn[place - 1]) + 1 : 0, 0, one);
  });
  return found;
}

const labels = (one) => elements(one).filter(({ name }) => name === "BPMNLabel");
const isEmpty = (one) => one.close === null && !one.given.text.trim();

/** Without the labels that the editor adds to what only got another name: empty, they place nothing. */
function withoutEmpty(xml, before) {
  const had = ({ id }) => !before.get(`#${id}`) || labels(before.get(`#${id}`)).length;
  const added = everything(treeOf(xml)).filter((one) => one.parent && !had(one)).flatMap(labels).filter(isEmpty);
  return replaced(xml, added.map(({ start, end }) => ({ at: xml.lastIndexOf("\n", start), end, text: "" })));
}

const planes = (tree) => everything(tree).filter(({ name }) => name === "BPMNPlane");

/** What is drawn in the order that the file had it in: BPMN leaves it open. */
function withDrawing(xml, opened) {
  const rank = new Map(planes(opened).flatMap(elements).map(({ id }, order) => [id, order]));
  const pieces = planes(treeOf(xml)).flatMap((plane) => {
    const drawn = elements(plane);
    return inOrder(drawn, rank).map(({ start, end }, place) => ({ at: drawn[place].start, end: drawn[place].end, text: xml.slice(start, end) }));
  });
  return replaced(xml, pieces);
}

/** What an element says, however it is written: blanks between elements, marks and the order of attributes aside. */
function saying(xml, one) {
  const inner = elements(one);
  const stops = [one.given.at + one.given.text.length + 1, ...inner.map(({ end }) => end)];
  const texts = one.close === null ? [""] : stops.map((stop, n) => words(xml.slice(stop, inner[n]?.start ?? one.close)));
  const said = texts.map((text) => (inner.length && !text.trim() ? "" : text));
  const own = attributes(one).filter(({ name }) => !(isRoot(one) && name.startsWith("xmlns:")));
  return JSON.stringify([one.tag, own.map(({ name, quoted }) => [name, value(quoted)]).sort(), said, inner.map((each) => saying(xml, each))]);
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

const meaning = (xml) => elements(treeOf(xml)).map((one) => saying(xml, one)).join("");

/** `xml` as the editor writes it, with what it did not change as it stands in the file it `opened`. */
function asOpened(xml, opened) {
  const tree = treeOf(opened);
  const before = known(tree);
  const drawn = withDrawing(withoutEmpty(xml, before), tree);
  const made = asWritten(withAttributes(drawn, before), opened, before);
  return meaning(made) === meaning(drawn) ? made : xml; // never another meaning for the sake of a hand
}

/** Of a file that is opened: what the editor writes of it -> that in the hand of the file, its comments among it. */
export function handOf(opened) {
  const comments = commentsOf(opened);
  return (xml) => withComments(asOpened(`${xml.trimEnd()}\n`, opened), comments);
}
