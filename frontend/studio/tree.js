// A file as the elements and comments it consists of, each with where it stands in the text.
const TOKEN = /<!--([\s\S]*?)-->|<!\[CDATA\[[\s\S]*?\]\]>|<[?!][\s\S]*?>|<\/[^>]*>|<([^\s/>]+)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>/g;
const ID = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const local = (name) => name.slice(name.indexOf(":") + 1);

/**
 * The elements of a file as {tag, name, id, given, start, close, end, parent, parts}, its comments as {words, start,
 * parent}, in order; `name`: the tag without its prefix, `given`: {at, text} of the attributes, `close`: where the closing tag begins, null of what has none.
 */
export function treeOf(xml) {
  const root = { name: "", id: null, start: 0, close: xml.length, end: xml.length, parent: null, parts: [] };
  let here = root;
  for (const { 0: all, 1: words, 2: name, 3: given, 4: empty, index: start } of xml.matchAll(TOKEN)) {
    if (words !== undefined) here.parts.push({ words, start, parent: here });
    else if (all.startsWith("</") && here.parent) [here.close, here.end, here] = [start, start + all.length, here.parent];
    else if (name) {
      const id = ID.exec(given);
      const attributes = { at: start + 1 + name.length, text: given };
      const one = { tag: name, name: local(name), id: id ? id[1] ?? id[2] : null, given: attributes, start, close: null, end: start + all.length, parent: here, parts: [] };
      here.parts.push(one);
      if (!empty) here = one;
    }
  }
  return root;
}

export const elements = (one) => one.parts.filter((part) => part.words === undefined);
export const everything = (one) => [one, ...elements(one).flatMap(everything)];
export const nth = (one) => elements(one.parent).filter((other) => other.name === one.name).indexOf(one);

/** `xml` with pieces of it replaced: [{at, end, text}] in the order of the text. */
export function replaced(xml, pieces) {
  let [text, end] = ["", 0];
  for (const piece of pieces) [text, end] = [text + xml.slice(end, piece.at) + piece.text, piece.end];
  return text + xml.slice(end);
}
