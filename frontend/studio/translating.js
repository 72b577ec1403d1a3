// The words of bpmn-js and its panel in the language of the page; what has no word yet is noted for the tests.
import { INDONESIAN } from "./kamus.js";

export const missing = new Set();

/** `more`: words of another editor beside those of the diagrams. */
export function translating(language, more = {}) {
  const known = new Map(language === "id" ? Object.entries({ ...INDONESIAN, ...more }).map(([word, own]) => [word.toLowerCase(), own]) : []);
  function translate(template, values = {}) {
    const own = known.get(template.toLowerCase());
    if (language === "id" && own === undefined) missing.add(template);
    return (own ?? template).replace(/{([^}]+)}/g, (_, name) => values[name.trim()] ?? `{${name}}`);
  }
  return { translate: ["value", translate] };
}
