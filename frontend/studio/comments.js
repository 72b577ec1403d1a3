// Comments of the file: neither drawing nor table holds them, so each is kept with the place it stood at.
//
// A place is told from the nearest element around it that has an id, by names below that; prefixes are the editor's own.
import { elements, everything, nth, replaced, treeOf } from "./tree.js";

/** From the nearest element with an id down: {from: id or null, path: [[name, nth]]}. */
function wayTo(one) {
  const path = [];
  for (; one.parent && one.id === null; one = one.parent) path.unshift([one.name, nth(one)]);
  return { from: one.id, path };
}

/** [{words, from, path, after}] in the order of the file; `after`: what follows it in the same element. */
export function commentsOf(xml) {
  return everything(treeOf(xml)).flatMap((parent) => parent.parts.filter((part) => part.words !== undefined).map((part) => ({ ...part, ...wayTo(parent) })))
    .sort((one, other) => one.start - other.start)
    .map(({ words, start, parent, from, path }) => ({
      words, from, path,
      after: elements(parent).filter((next) => next.start > start).map((next) => ({ id: next.id, name: next.name, nth: nth(next) })),
    }));
}

/** Where a comment belongs in a file: the element it stands before, or the one at whose end it stands. */
function placeIn(tree, known, { from, path, after }) {
  let holder = from === null ? tree : known.get(from);
  for (const [name, number] of path) {
    holder = holder && elements(holder).filter((one) => one.name === name)[number];
  }
  const next = after.find(({ id }) => id !== null && known.has(id));
  if (!holder) return { before: (next && known.get(next.id)) || elements(tree)[0] };
  const here = elements(holder).filter((one) => after.some(({ id, name, nth: number }) => (id === null ? one.id === null && one.name === name && nth(one) === number : one.id === id)));
  if (here.length) return { before: here[0] };
  return next ? { before: known.get(next.id) } : { within: holder };
}

/** How a comment is written there: {at, text}. */
function written(xml, { before, within }, words) {
  const at = before?.start ?? within.close;
  const comment = `<!--${words}-->`;
  if (at === null) return written(xml, { before: within }, words); // closed where it opens
  const line = xml.lastIndexOf("\n", at - 1) + 1;
  const blank = xml.slice(line, at);
  if (blank.trim()) return { at, text: comment }; // within a text, to which no blank is added
  return { at: line, text: `${blank}${within?.parent ? "  " : ""}${comment}\n` };
}

/** `xml` with the comments where they stood; those whose surroundings went stand at the head. */
export function withComments(xml, comments) {
  if (!comments.length) return xml;
  const tree = treeOf(xml);
  const known = new Map(everything(tree).filter((one) => one.id !== null).map((one) => [one.id, one]));
  if (!elements(tree).length) return xml;
  const made = comments.map((one) => written(xml, placeIn(tree, known, one), one.words)).sort((one, other) => one.at - other.at);
  return replaced(xml, made.map(({ at, text }) => ({ at, end: at, text })));
}
