// The words of bpmn-js and its panel in the language of the page; what has no word yet is noted for the tests.
import { INDONESIAN } from "./kamus.js";

export const missing = new Set();

// The panel writes "Event Based Gateway" of what the menus call "Event-based gateway".
const plain = (word) => word.toLowerCase().replaceAll("-", " ");

/** `more`: words of another editor beside those of the diagrams. */
export function translating(language, more = {}) {
  const known = new Map(language === "id" ? Object.entries({ ...INDONESIAN, ...more }).map(([word, own]) => [plain(word), own]) : []);
  function translate(template, values = {}) {
    const own = known.get(plain(template));
    if (language === "id" && own === undefined) missing.add(template);
    return (own ?? template).replace(/{([^}]+)}/g, (_, name) => values[name.trim()] ?? `{${name}}`);
  }
  return { translate: ["value", translate] };
}
