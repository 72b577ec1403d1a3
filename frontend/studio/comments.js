// Comments of the file: neither drawing nor table holds them, so each is kept with the element it stood before.
const idOf = (node) => node?.getAttribute?.("id") ?? null;

/** The id of the element that a comment stands before, else of the one around it. */
function anchor(comment) {
  const next = idOf(comment.nextElementSibling);
  if (next) return next;
  for (let holder = comment.parentElement; holder; holder = holder.parentElement) if (idOf(holder)) return idOf(holder);
  return null;
}

/** [{words, before}] in the order of the file; `before` null: at its head. */
export function commentsOf(xml) {
  const read = new DOMParser().parseFromString(xml, "application/xml");
  const walker = read.createTreeWalker(read, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push({ words: walker.currentNode.data, before: anchor(walker.currentNode) });
  return found;
}

const opening = (id) => new RegExp(`^([ \\t]*)<[^/!?][^>]*?\\sid="${id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}"`, "m");
const ROOT = /^()<[^/!?]/m;

/** `xml` with the comments before their elements again; those of elements that went stand at the head. */
export function withComments(xml, comments) {
  return comments.reduce((text, { words, before }) => {
    const place = (before && opening(before).exec(text)) || ROOT.exec(text);
    if (!place) return text;
    return `${text.slice(0, place.index)}${place[1]}<!--${words}-->\n${text.slice(place.index)}`;
  }, xml);
}
